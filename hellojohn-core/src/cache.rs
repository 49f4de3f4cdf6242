//! What every instance keeps in memory for a moment: signing keys, tenant settings and origins.
//!
//! No security decision about a user or session is made from here (performance is bought
//! with settings, never with authority).

mod keys;
mod origins;
mod tenants;

pub(crate) use keys::{KeyCache, place};
pub(crate) use origins::OriginCache;
pub(crate) use tenants::TenantCache;

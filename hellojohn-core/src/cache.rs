//! What every instance keeps in memory for a moment: signing keys, tenant settings and origins.
//!
//! No security decision about a user or session is made from here (performance is bought
//! with settings, never with authority).

use std::time::Duration;

use crate::time::Timestamp;

mod keys;
mod origins;
mod tenants;

pub(crate) use keys::{KeyCache, Readable, place};
pub(crate) use origins::OriginCache;
pub(crate) use tenants::TenantCache;

/// Whether what was read at one moment may still be used at another. A clock that was set
/// back makes everything stale: better to read anew than to trust the future.
fn is_fresh(read_at: Timestamp, now: Timestamp, max_age: Duration) -> bool {
    now >= read_at && now.since(read_at) <= max_age
}

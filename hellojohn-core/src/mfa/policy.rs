//! Who must have a second factor, and which kinds may be enrolled.

use crate::{factor::FactorKind, tenant::TenantConfig, user::User};

/// Whether a user must have a second factor.
pub(crate) fn required(_config: &TenantConfig, _user: &User) -> bool {
    false
}

/// Whether a kind of factor may be enrolled.
pub(crate) fn allows(_config: &TenantConfig, _kind: FactorKind) -> bool {
    true
}

//! The rules a person who chooses a password can follow.

use hellojohn_core::password::PasswordPolicy;
use schemars::JsonSchema;
use serde::Serialize;

/// The rules that a form can check as well.
#[derive(Serialize, JsonSchema)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a documented, independent setting of its own name"
)]
pub(crate) struct PasswordRules {
    min_length: u32,
    max_length: u32,
    require_uppercase: bool,
    require_lowercase: bool,
    require_number: bool,
    require_symbol: bool,
}

impl PasswordRules {
    pub(crate) const fn of(policy: &PasswordPolicy) -> Self {
        Self {
            min_length: policy.min_length,
            max_length: policy.max_length,
            require_uppercase: policy.require_uppercase,
            require_lowercase: policy.require_lowercase,
            require_number: policy.require_number,
            require_symbol: policy.require_symbol,
        }
    }
}

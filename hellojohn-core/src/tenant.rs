//! Tenants: the unit of isolation, and the settings each may choose.

use std::str::FromStr;

use crate::{
    id::TenantId,
    input::{InputError, Metadata},
    time::Timestamp,
};

mod config;

pub use config::{LONGEST_ACCESS_TOKEN, LONGEST_SESSION, TenantConfig};

/// One product, environment or customer with users of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Tenant {
    /// Never changes.
    pub id: TenantId,
    /// For people.
    pub name: String,
    /// For URLs; unique in the instance.
    pub slug: String,
    /// Whether it is served.
    pub status: TenantStatus,
    /// A label; self-hosted instances put no limits on it.
    pub plan: String,
    /// What the tenant chose for itself.
    pub config: TenantConfig,
    /// Visible to frontends.
    pub public_metadata: Metadata,
    /// Visible to servers only.
    pub private_metadata: Metadata,
    /// When it was made.
    pub created_at: Timestamp,
    /// When anything about it last changed.
    pub updated_at: Timestamp,
}

impl Tenant {
    /// A tenant with default settings.
    pub fn new(id: TenantId, name: String, slug: String, now: Timestamp) -> Self {
        Self {
            id,
            name,
            slug,
            status: TenantStatus::Active,
            plan: "free".to_owned(),
            config: TenantConfig::default(),
            public_metadata: Metadata::default(),
            private_metadata: Metadata::default(),
            created_at: now,
            updated_at: now,
        }
    }

    /// Refuses a tenant that is not served.
    pub const fn require_active(&self) -> Result<(), TenantError> {
        match self.status {
            TenantStatus::Active => Ok(()),
            TenantStatus::Suspended => Err(TenantError::Suspended),
            TenantStatus::Deleted => Err(TenantError::NotFound),
        }
    }
}

/// Whether a tenant is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TenantStatus {
    /// Yes.
    Active,
    /// Not until it is activated again.
    Suspended,
    /// No; its data waits to be purged.
    Deleted,
}

impl TenantStatus {
    /// The word used in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Deleted => "deleted",
        }
    }
}

impl FromStr for TenantStatus {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Active, Self::Suspended, Self::Deleted]
            .into_iter()
            .find(|status| status.as_str() == text)
            .ok_or(())
    }
}

/// Why a tenant cannot be served or changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TenantError {
    /// No such tenant.
    #[error("there is no such tenant")]
    NotFound,
    /// The tenant is suspended.
    #[error("this tenant is suspended")]
    Suspended,
    /// The slug belongs to another tenant.
    #[error("this slug is taken")]
    SlugTaken,
    /// A password rule is looser than the instance's; names the rule.
    #[error("`{0}` may not be looser than the instance's password policy")]
    PolicyTooWeak(&'static str),
    /// A value is out of range.
    #[error(transparent)]
    Input(#[from] InputError),
}

impl TenantError {
    /// The stable code of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "tenant_not_found",
            Self::Suspended => "tenant_suspended",
            Self::SlugTaken => "slug_taken",
            Self::PolicyTooWeak(_) => "policy_too_weak",
            Self::Input(error) => error.code(),
        }
    }
}

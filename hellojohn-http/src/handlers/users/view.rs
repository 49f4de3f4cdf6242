use hellojohn_core::{input::Metadata, time::Timestamp, user::User};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::wire::Moment;

/// A user as servers see them.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "User")]
pub(crate) struct UserBody {
    #[serde(flatten)]
    own: OwnUser,
    /// Visible to servers only.
    private_metadata: Map<String, Value>,
}

/// A user as they see themselves.
#[derive(Serialize, JsonSchema)]
pub(crate) struct OwnUser {
    id: String,
    tenant_id: String,
    email: String,
    email_verified: bool,
    /// The address the account moves to when its mailbox is proven.
    pending_email: Option<String>,
    username: Option<String>,
    name: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    /// E.164.
    phone: Option<String>,
    phone_verified: bool,
    avatar_url: Option<String>,
    /// The application's own id.
    external_id: Option<String>,
    /// The primary role.
    role: String,
    roles: Vec<String>,
    /// `active`, `disabled`, `banned` or `pending`.
    status: &'static str,
    mfa_enabled: bool,
    /// Visible to the user and in tokens.
    public_metadata: Map<String, Value>,
    created_at: Moment,
    updated_at: Moment,
    last_sign_in_at: Option<Moment>,
    last_active_at: Option<Moment>,
}

impl UserBody {
    pub(crate) fn of(user: User, now: Timestamp) -> Self {
        Self {
            private_metadata: object(&user.private_metadata),
            own: OwnUser::of(user, now),
        }
    }
}

impl OwnUser {
    pub(crate) fn of(user: User, now: Timestamp) -> Self {
        Self {
            status: user.status_at(now).as_str(),
            public_metadata: object(&user.public_metadata),
            id: user.id.to_string(),
            tenant_id: user.tenant_id.to_string(),
            email: user.email.to_string(),
            email_verified: user.email_verified,
            pending_email: user.pending_email.map(|email| email.to_string()),
            username: user.username,
            name: user.name,
            first_name: user.first_name,
            last_name: user.last_name,
            phone: user.phone,
            phone_verified: user.phone_verified,
            avatar_url: user.avatar_url,
            external_id: user.external_id,
            roles: vec![user.role.clone()],
            role: user.role,
            mfa_enabled: user.mfa_enabled,
            created_at: user.created_at.into(),
            updated_at: user.updated_at.into(),
            last_sign_in_at: user.last_sign_in_at.map(Moment),
            last_active_at: user.last_active_at.map(Moment),
        }
    }
}

fn object(metadata: &Metadata) -> Map<String, Value> {
    metadata.as_object().clone()
}

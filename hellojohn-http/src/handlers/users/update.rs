use hellojohn_core::flows::{MetadataPatch, UserPatch};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::UserBody;
use crate::{call::Call, problem::Problem, reply::Reply, wire::Change};

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "UserChanges")]
pub(super) struct Body {
    #[serde(default)]
    email: Change<String>,
    #[serde(default)]
    email_verified: Change<bool>,
    #[serde(default)]
    username: Change<String>,
    #[serde(default)]
    name: Change<String>,
    #[serde(default)]
    first_name: Change<String>,
    #[serde(default)]
    last_name: Change<String>,
    /// E.164. Alias `phone_number`.
    #[serde(default, alias = "phone_number")]
    phone: Change<String>,
    #[serde(default)]
    avatar_url: Change<String>,
    #[serde(default)]
    external_id: Change<String>,
    #[serde(default)]
    role: Change<String>,
    /// `active` or `disabled`.
    #[serde(default)]
    status: Change<String>,
    /// Replaced whole.
    #[serde(default)]
    public_metadata: Change<Map<String, Value>>,
    /// Replaced whole.
    #[serde(default)]
    private_metadata: Change<Map<String, Value>>,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "MetadataChanges")]
pub(super) struct MetadataBody {
    /// Merged into what the user sees.
    public: Option<Map<String, Value>>,
    /// Merged into what servers see.
    private: Option<Map<String, Value>>,
}

pub(super) async fn update(call: Call) -> Result<Reply, Problem> {
    let body: Body = call.body()?;
    let patch = UserPatch {
        email: body.email.patch(),
        email_verified: body.email_verified.patch(),
        username: body.username.patch(),
        name: body.name.patch(),
        first_name: body.first_name.patch(),
        last_name: body.last_name.patch(),
        phone: body.phone.patch(),
        avatar_url: body.avatar_url.patch(),
        external_id: body.external_id.patch(),
        role: body.role.patch(),
        status: body.status.patch(),
        public_metadata: body.public_metadata.patch(),
        private_metadata: body.private_metadata.patch(),
    };
    let id = call.id()?;
    let user = call.engine().update_user(call.caller()?, id, patch).await?;
    Reply::ok(&UserBody::of(user, call.engine().now()))
}

pub(super) async fn merge_metadata(call: Call) -> Result<Reply, Problem> {
    let body: MetadataBody = call.body()?;
    let patch = MetadataPatch {
        public: body.public.unwrap_or_default(),
        private: body.private.unwrap_or_default(),
    };
    let id = call.id()?;
    let engine = call.engine();
    let user = engine.merge_metadata(call.caller()?, id, patch).await?;
    Reply::ok(&UserBody::of(user, engine.now()))
}

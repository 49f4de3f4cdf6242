use hellojohn_core::flows::{NewPassword, NewUser, NewUserMail};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::UserBody;
use crate::{call::Call, problem::Problem, reply::Reply, wire::Secret};

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "NewUser")]
pub(super) struct Body {
    email: String,
    /// In clear. Give this or `password_hash`, or neither.
    password: Option<Secret>,
    /// Of another system: PHC Argon2, bcrypt, scrypt or PBKDF2. Upgraded at the first sign-in.
    password_hash: Option<Secret>,
    name: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    username: Option<String>,
    /// E.164. Alias `phone_number`.
    #[serde(alias = "phone_number")]
    phone: Option<String>,
    avatar_url: Option<String>,
    email_verified: Option<bool>,
    /// `member` if left out.
    role: Option<String>,
    /// The application's own id.
    external_id: Option<String>,
    public_metadata: Option<Map<String, Value>>,
    private_metadata: Option<Map<String, Value>>,
    /// Mails a welcome, and a link that proves the address unless it is proven already.
    send_welcome_email: Option<bool>,
}

pub(super) async fn create(call: Call) -> Result<Reply, Problem> {
    let new = new_user(call.body()?)?;
    let user = call.engine().create_user(call.caller()?, new).await?;
    Reply::created(&UserBody::of(user, call.engine().now()))
}

fn new_user(body: Body) -> Result<NewUser, Problem> {
    let password = match (body.password, body.password_hash) {
        (None, None) => NewPassword::None,
        (Some(text), None) => NewPassword::Clear(text.0),
        (None, Some(hash)) => NewPassword::Hash(hash.0),
        (Some(_), Some(_)) => return Err(Problem::field("password_hash", "not_with_password")),
    };
    Ok(NewUser {
        email: body.email,
        password,
        name: body.name,
        first_name: body.first_name,
        last_name: body.last_name,
        username: body.username,
        phone: body.phone,
        avatar_url: body.avatar_url,
        email_verified: body.email_verified,
        role: body.role,
        external_id: body.external_id,
        public_metadata: body.public_metadata.unwrap_or_default(),
        private_metadata: body.private_metadata.unwrap_or_default(),
        mail: match body.send_welcome_email {
            Some(true) => NewUserMail::Welcome,
            Some(false) | None => NewUserMail::None,
        },
    })
}

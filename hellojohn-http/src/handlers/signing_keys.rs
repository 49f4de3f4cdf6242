//! The keys that sign access tokens, for operators of the instance.

use hellojohn_core::{
    flows::{Activation, KeyMaterial, NewSigningKey, Retirement},
    signing_key::{KeyStanding, KeyState},
};
use http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    call::Call,
    problem::Problem,
    reply::Reply,
    route::{Access, Route},
    wire::{Moment, PageBody, Secret},
};

pub(crate) fn routes() -> Vec<Route> {
    let write = Access::Operator("keys:write");
    vec![
        Route::get(
            "/v1/system/jwt-keys",
            "list_signing_keys",
            "Lists the keys that sign access tokens.",
        )
        .access(Access::Operator("keys:read"))
        .replies::<PageBody<KeyBody>>(StatusCode::OK)
        .handled_by(|call| Box::pin(list(call))),
        Route::post(
            "/v1/system/jwt-keys",
            "add_signing_key",
            "Adds a signing key: it is published at once and signs when told to.",
        )
        .access(write)
        .optional_body::<NewKeyBody>()
        .refuses(&["invalid_signing_key", "feature_not_available"])
        .replies::<KeyBody>(StatusCode::CREATED)
        .handled_by(|call| Box::pin(add(call))),
        Route::post(
            "/v1/system/jwt-keys/{kid}/activate",
            "activate_signing_key",
            "Lets a key take over signing once verifiers could see it.",
        )
        .access(write)
        .query::<ForceQuery>()
        .refuses(&["signing_key_in_use", "signing_key_retired"])
        .replies::<KeyBody>(StatusCode::OK)
        .handled_by(|call| Box::pin(activate(call))),
        Route::delete(
            "/v1/system/jwt-keys/{kid}",
            "retire_signing_key",
            "Takes a key out of the JWK set for ever; its tokens are refused from then on.",
        )
        .access(write)
        .query::<ForceQuery>()
        .refuses(&["signing_key_active", "signing_key_in_use"])
        .handled_by(|call| Box::pin(retire(call))),
    ]
}

#[derive(Deserialize, JsonSchema)]
struct ForceQuery {
    /// `true` does not wait for caches and live tokens: for a compromised key.
    force: Option<bool>,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "NewSigningKey")]
struct NewKeyBody {
    /// Ed25519, PKCS#8 PEM; the server makes a key if it is left out.
    private_key: Option<Secret>,
    /// SPKI PEM, when the pair shall be checked.
    public_key: Option<String>,
    /// Whether it takes over signing once verifiers could see it.
    set_as_signing_key: Option<bool>,
    /// Keys of single tenants are not available in this version.
    tenant_id: Option<String>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SigningKey")]
struct KeyBody {
    key_id: String,
    algorithm: &'static str,
    /// `standby`, `active`, `retiring` or `retired`.
    status: &'static str,
    is_signing_key: bool,
    created_at: Moment,
    /// From when it signs, if that is planned.
    active_from: Option<Moment>,
    /// From when it may be retired without breaking a live token.
    free_from: Option<Moment>,
    retired_at: Option<Moment>,
}

impl KeyBody {
    fn of(standing: KeyStanding) -> Self {
        Self {
            algorithm: standing.key.purpose.algorithm(),
            status: standing.state.as_str(),
            is_signing_key: standing.state == KeyState::Active,
            created_at: standing.key.created_at.into(),
            active_from: standing.key.active_from.map(Moment),
            free_from: standing.free_from.map(Moment),
            retired_at: standing.key.retired_at.map(Moment),
            key_id: standing.key.id,
        }
    }
}

async fn list(call: Call) -> Result<Reply, Problem> {
    let keys = call.engine().signing_keys(call.operator()?).await?;
    let keys = keys.into_iter().map(KeyBody::of).collect();
    Reply::ok(&PageBody::whole(keys))
}

async fn add(call: Call) -> Result<Reply, Problem> {
    let body: NewKeyBody = call.body()?;
    if body.tenant_id.is_some() {
        return Err(Problem::not_available(
            "tenants have no signing keys of their own yet",
        ));
    }
    let new = NewSigningKey {
        material: match body.private_key {
            Some(pem) => KeyMaterial::Pem(pem.0),
            None => KeyMaterial::Generate,
        },
        public_key: body.public_key,
        activation: (body.set_as_signing_key == Some(true)).then_some(Activation::WhenPublished),
    };
    let key = call.engine().add_signing_key(call.operator()?, new).await?;
    Reply::created(&KeyBody::of(key))
}

async fn activate(call: Call) -> Result<Reply, Problem> {
    let query: ForceQuery = call.query()?;
    let activation = if query.force == Some(true) {
        Activation::Now
    } else {
        Activation::WhenPublished
    };
    let engine = call.engine();
    let key = engine
        .activate_signing_key(call.operator()?, call.text(), activation)
        .await?;
    Reply::ok(&KeyBody::of(key))
}

async fn retire(call: Call) -> Result<Reply, Problem> {
    let query: ForceQuery = call.query()?;
    let retirement = if query.force == Some(true) {
        Retirement::Now
    } else {
        Retirement::WhenFree
    };
    let engine = call.engine();
    engine
        .retire_signing_key(call.operator()?, call.text(), retirement)
        .await?;
    Ok(Reply::empty())
}

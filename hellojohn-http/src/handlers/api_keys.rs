//! API keys of a tenant.

use hellojohn_core::{
    api_key::{ApiKey, ApiKeyFilter, Environment, KeyKind},
    flows::{CreatedApiKey, NewApiKey},
    id::ApiKeyId,
    secret::ExposeSecret,
    time::Timestamp,
};
use http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    call::Call,
    problem::Problem,
    reply::Reply,
    route::{Access, Route},
    wire::{Life, Moment, PageBody, PageQuery, word},
};

pub(crate) fn routes() -> Vec<Route> {
    let read = Access::Server("api_keys:read");
    let write = Access::Server("api_keys:write");
    vec![
        Route::get(
            "/v1/api-keys",
            "list_api_keys",
            "Lists API keys, newest first.",
        )
        .access(read)
        .query::<ListQuery>()
        .replies::<PageBody<KeyBody>>(StatusCode::OK)
        .handled_by(|call| Box::pin(list(call))),
        Route::post(
            "/v1/api-keys",
            "create_api_key",
            "Makes an API key; the answer is the only place the key is shown.",
        )
        .access(write)
        .body::<NewKeyBody>()
        .replies::<CreatedBody>(StatusCode::CREATED)
        .handled_by(|call| Box::pin(create(call))),
        Route::get("/v1/api-keys/{id}", "read_api_key", "Reads an API key.")
            .access(read)
            .replies::<KeyBody>(StatusCode::OK)
            .handled_by(|call| Box::pin(show(call))),
        Route::delete(
            "/v1/api-keys/{id}",
            "revoke_api_key",
            "Ends an API key at once.",
        )
        .access(write)
        .handled_by(|call| Box::pin(revoke(call))),
        Route::post(
            "/v1/api-keys/{id}/rotate",
            "rotate_api_key",
            "Makes a successor; the old key works for the overlap.",
        )
        .access(write)
        .optional_body::<RotateBody>()
        .replies::<CreatedBody>(StatusCode::CREATED)
        .handled_by(|call| Box::pin(rotate(call))),
    ]
}

#[derive(Deserialize, JsonSchema)]
struct ListQuery {
    #[serde(flatten)]
    page: PageQuery,
    /// `publishable` or `secret`.
    #[serde(rename = "type")]
    kind: Option<String>,
    /// `true` lists revoked keys instead. A rotated key is one when its overlap is over.
    revoked: Option<bool>,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "NewApiKey")]
struct NewKeyBody {
    /// For people.
    name: String,
    /// `publishable` or `secret`.
    #[serde(rename = "type")]
    kind: String,
    /// What it may do; everything if left out. Publishable keys have none.
    scopes: Option<Vec<String>>,
    /// After how long it stops working; never if left out.
    expires_in: Option<Life>,
    /// `live` (default) or `test`: a label.
    environment: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "RotateApiKey")]
struct RotateBody {
    /// How long the old key still works, from 1 minute, which is the default, to 30 days.
    overlap: Option<Life>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ApiKey")]
struct KeyBody {
    id: String,
    name: String,
    /// `publishable` or `secret`.
    #[serde(rename = "type")]
    kind: &'static str,
    /// What the key begins with.
    prefix: String,
    last_four: String,
    scopes: Vec<String>,
    created_at: Moment,
    last_used_at: Option<Moment>,
    expires_at: Option<Moment>,
    revoked: bool,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "CreatedApiKey")]
struct CreatedBody {
    #[serde(flatten)]
    record: KeyBody,
    /// The key. It is not shown again.
    key: String,
}

impl KeyBody {
    fn of(key: ApiKey, now: Timestamp) -> Self {
        Self {
            prefix: key.prefix(),
            id: key.id.to_string(),
            name: key.name,
            kind: key.kind.as_str(),
            last_four: key.last_four,
            scopes: key.scopes.as_slice().to_vec(),
            created_at: key.created_at.into(),
            last_used_at: key.last_used_at.map(Moment),
            expires_at: key.expires_at.map(Moment),
            revoked: key.revoked_at.is_some_and(|at| at <= now),
        }
    }
}

impl CreatedBody {
    fn of(created: CreatedApiKey, now: Timestamp) -> Self {
        Self {
            key: created.key.expose_secret().to_owned(),
            record: KeyBody::of(created.record, now),
        }
    }
}

async fn list(call: Call) -> Result<Reply, Problem> {
    let query: ListQuery = call.query()?;
    let engine = call.engine();
    let now = engine.now();
    let filter = ApiKeyFilter {
        kind: word("type", query.kind.as_deref())?,
        revoked: Some((query.revoked.unwrap_or(false), now)),
    };
    let page = query.page.request()?;
    let page = engine.list_api_keys(call.caller()?, filter, page).await?;
    Reply::ok(&PageBody::of(page, |key| KeyBody::of(key, now)))
}

async fn create(call: Call) -> Result<Reply, Problem> {
    let body: NewKeyBody = call.body()?;
    let kind = body.kind.parse::<KeyKind>();
    let new = NewApiKey {
        name: body.name,
        kind: kind.map_err(|()| Problem::field("type", "invalid_value"))?,
        environment: word::<Environment>("environment", body.environment.as_deref())?
            .unwrap_or_default(),
        scopes: body.scopes.unwrap_or_default(),
        expires_in: body.expires_in.map(Life::span),
    };
    let created = call.engine().create_api_key(call.caller()?, new).await?;
    Reply::created(&CreatedBody::of(created, call.engine().now()))
}

async fn show(call: Call) -> Result<Reply, Problem> {
    let id: ApiKeyId = call.id()?;
    let key = call.engine().api_key(call.caller()?, id).await?;
    Reply::ok(&KeyBody::of(key, call.engine().now()))
}

async fn revoke(call: Call) -> Result<Reply, Problem> {
    let id: ApiKeyId = call.id()?;
    call.engine().revoke_api_key(call.caller()?, id).await?;
    Ok(Reply::empty())
}

async fn rotate(call: Call) -> Result<Reply, Problem> {
    let body: RotateBody = call.body()?;
    let overlap = body.overlap.map(Life::span);
    let id: ApiKeyId = call.id()?;
    let engine = call.engine();
    let created = engine.rotate_api_key(call.caller()?, id, overlap).await?;
    Reply::created(&CreatedBody::of(created, engine.now()))
}

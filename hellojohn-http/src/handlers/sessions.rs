//! Sessions: a user's own, or all of the tenant's for its servers.

use hellojohn_core::{
    flows::{ListSessions, OwnSession, SessionVerdict},
    id::{SessionId, UserId},
    session::Session,
    time::Timestamp,
};
use http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    call::Call,
    problem::Problem,
    reply::Reply,
    route::{Access, Route},
    wire::{Life, Moment, PageBody, PageQuery, Secret, word},
};

pub(crate) fn routes() -> Vec<Route> {
    let read = Access::UserOrServer("sessions:read");
    let write = Access::UserOrServer("sessions:write");
    vec![
        Route::get(
            "/v1/sessions",
            "list_sessions",
            "Lists sessions, newest first: all of the tenant's for a server, their own for a user.",
        )
        .access(read)
        .query::<ListQuery>()
        .replies::<PageBody<SessionBody>>(StatusCode::OK)
        .handled_by(|call| Box::pin(list(call))),
        Route::get("/v1/sessions/{id}", "read_session", "Reads a session.")
            .access(read)
            .replies::<SessionBody>(StatusCode::OK)
            .handled_by(|call| Box::pin(show(call))),
        Route::delete(
            "/v1/sessions/{id}",
            "revoke_session",
            "Ends a session: its refresh token dies at once.",
        )
        .access(write)
        .handled_by(|call| Box::pin(revoke(call))),
        Route::post(
            "/v1/sessions/verify",
            "verify_session",
            "Whether an access token is good at this moment, its session included.",
        )
        .access(Access::Server("sessions:read"))
        .body::<VerifyBody>()
        .replies::<Verdict>(StatusCode::OK)
        .handled_by(|call| Box::pin(verify(call))),
        Route::delete(
            "/v1/users/{id}/sessions",
            "revoke_user_sessions",
            "Ends every session of a user.",
        )
        .access(write)
        .query::<RevokeAllQuery>()
        .handled_by(|call| Box::pin(revoke_all(call))),
    ]
}

#[derive(Deserialize, JsonSchema)]
struct ListQuery {
    #[serde(flatten)]
    page: PageQuery,
    /// Of this user; a user always gets their own.
    user_id: Option<String>,
    /// `active`, `expired` or `revoked`.
    status: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
struct RevokeAllQuery {
    /// `true` spares the session the call is made with.
    except_current: Option<bool>,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "VerifySession")]
struct VerifyBody {
    /// The access token.
    token: Secret,
    /// How old the proof behind the session may be: of its second factor where the user has one,
    /// else of the sign-in. An older one is `step_up_required`.
    max_age: Option<Life>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SessionVerdict")]
struct Verdict {
    valid: bool,
    /// Why it is not valid: an error code.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    /// Whether the user must have a second factor that this session has not shown: it is good for
    /// nothing but enrolling or verifying one.
    #[serde(skip_serializing_if = "Option::is_none")]
    restricted: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<SessionBody>,
    /// What the token says.
    #[serde(skip_serializing_if = "Option::is_none")]
    claims: Option<Map<String, Value>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Session")]
struct SessionBody {
    id: String,
    user_id: String,
    tenant_id: String,
    /// `active`, `expired` or `revoked`.
    status: &'static str,
    user_agent: Option<String>,
    ip_address: Option<String>,
    country: Option<String>,
    /// `desktop`, `mobile`, `tablet`, `bot` or `unknown`.
    device_type: Option<String>,
    created_at: Moment,
    last_active_at: Moment,
    expires_at: Moment,
    /// For a user: whether the call is made with this session.
    #[serde(skip_serializing_if = "Option::is_none")]
    current: Option<bool>,
}

impl SessionBody {
    fn of(own: OwnSession, now: Timestamp) -> Self {
        Self {
            current: own.current,
            ..Self::of_session(own.session, now)
        }
    }

    fn of_session(session: Session, now: Timestamp) -> Self {
        Self {
            status: session.status_at(now).as_str(),
            id: session.id.to_string(),
            user_id: session.user_id.to_string(),
            tenant_id: session.tenant_id.to_string(),
            user_agent: session.client.user_agent,
            ip_address: session.client.ip_address,
            country: session.client.country,
            device_type: session.client.device_type,
            created_at: session.created_at.into(),
            last_active_at: session.last_active_at.into(),
            expires_at: session.expires_at.into(),
            current: None,
        }
    }
}

async fn list(call: Call) -> Result<Reply, Problem> {
    let query: ListQuery = call.query()?;
    let request = ListSessions {
        user_id: word("user_id", query.user_id.as_deref())?,
        status: word("status", query.status.as_deref())?,
        page: query.page.request()?,
    };
    let page = call.engine().list_sessions(call.caller()?, request).await?;
    let now = call.engine().now();
    Reply::ok(&PageBody::of(page, |own| SessionBody::of(own, now)))
}

async fn show(call: Call) -> Result<Reply, Problem> {
    let id: SessionId = call.id()?;
    let own = call.engine().session(call.caller()?, id).await?;
    Reply::ok(&SessionBody::of(own, call.engine().now()))
}

async fn revoke(call: Call) -> Result<Reply, Problem> {
    let id: SessionId = call.id()?;
    call.engine().revoke_session(call.caller()?, id).await?;
    Ok(Reply::empty())
}

async fn verify(call: Call) -> Result<Reply, Problem> {
    let body: VerifyBody = call.body()?;
    let engine = call.engine();
    let mut verdict = engine.verify_session(call.caller()?, &body.token.0).await?;
    if let Some(max_age) = body.max_age {
        verdict = verdict.within(max_age.span(), engine.now());
    }
    let verdict = match verdict {
        SessionVerdict::Invalid(reason) => Verdict {
            valid: false,
            reason: Some(reason),
            restricted: None,
            session: None,
            claims: None,
        },
        SessionVerdict::Valid(verified) => Verdict {
            valid: true,
            reason: None,
            restricted: Some(verified.restriction.is_some()),
            claims: serde_json::to_value(&verified.claims)
                .ok()
                .and_then(|claims| claims.as_object().cloned()),
            session: Some(SessionBody::of_session(verified.session, engine.now())),
        },
    };
    Reply::ok(&verdict)
}

async fn revoke_all(call: Call) -> Result<Reply, Problem> {
    let query: RevokeAllQuery = call.query()?;
    let id: UserId = call.id()?;
    let caller = call.caller()?;
    let except = match (query.except_current, caller.user()) {
        (Some(true), Some(signed_in)) => Some(signed_in.session.id),
        (Some(true), None) => return Err(Problem::field("except_current", "not_applicable")),
        _ => None,
    };
    call.engine()
        .revoke_user_sessions(caller, id, except)
        .await?;
    Ok(Reply::empty())
}

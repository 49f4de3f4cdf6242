//! Users who lost their second factor, and administrators who let them back in.

use hellojohn_core::{
    flows::ListRecoveries,
    id::{RecoveryId, UserId},
    recovery::{RecoveryDecision, RecoveryRequest, RecoveryVerdict},
};
use http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::challenge::challenge;
use crate::{
    call::Call,
    problem::Problem,
    reply::Reply,
    route::{Access, RateClass, Route},
    wire::{Moment, PageBody, PageQuery, Secret, word},
};

pub(super) fn routes() -> Vec<Route> {
    let write = Access::Server("users:write");
    let decision = |path, id, summary| {
        Route::post(path, id, summary)
            .access(write)
            .optional_body::<ReasonBody>()
            .replies::<RecoveryBody>(StatusCode::OK)
    };
    vec![
        Route::post(
            "/v1/mfa/recovery-requests",
            "request_recovery",
            "Asks to be let in without the second factor: mails a link that proves the mailbox.",
        )
        .access(Access::Handle)
        .rate(RateClass::MfaVerify)
        .body::<RequestBody>()
        .refuses(&[
            "link_invalid",
            "mfa_challenge_expired",
            "too_many_attempts",
            "user_disabled",
            "user_banned",
        ])
        .replies::<Accepted>(StatusCode::ACCEPTED)
        .handled_by(|call| Box::pin(request(call))),
        Route::post(
            "/v1/mfa/recovery-requests/prove",
            "prove_recovery",
            "Proves the mailbox with the mailed link; an administrator decides afterwards.",
        )
        .access(Access::Handle)
        .rate(RateClass::EmailVerify)
        .body::<ProveBody>()
        .refuses(&[
            "link_invalid",
            "link_expired",
            "user_disabled",
            "user_banned",
        ])
        .handled_by(|call| Box::pin(prove(call))),
        Route::get(
            "/v1/admin/mfa/recovery-requests",
            "list_recoveries",
            "Lists the requests of users who lost their second factor, newest first.",
        )
        .access(Access::Server("users:read"))
        .query::<ListQuery>()
        .replies::<PageBody<RecoveryBody>>(StatusCode::OK)
        .handled_by(|call| Box::pin(list(call))),
        decision(
            "/v1/admin/mfa/recovery-requests/{id}/approve",
            "approve_recovery",
            "Removes the user's second factors. Only once the user has proven the mailbox.",
        )
        .refuses(&["recovery_not_proven", "recovery_closed"])
        .handled_by(|call| Box::pin(decide(call, RecoveryVerdict::Approve))),
        decision(
            "/v1/admin/mfa/recovery-requests/{id}/deny",
            "deny_recovery",
            "Leaves the user's second factors in place.",
        )
        .refuses(&["recovery_closed"])
        .handled_by(|call| Box::pin(decide(call, RecoveryVerdict::Deny))),
        Route::delete(
            "/v1/admin/users/{id}/mfa",
            "reset_mfa",
            "Removes every second factor of a user, passkeys included, and ends their sessions.",
        )
        .access(write)
        .optional_body::<ReasonBody>()
        .handled_by(|call| Box::pin(reset(call))),
    ]
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "RequestRecovery")]
struct RequestBody {
    challenge_id: Secret,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RecoveryAccepted")]
struct Accepted {
    /// `accepted`, whether a mail went out or an earlier one is still good.
    status: &'static str,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "ProveRecovery")]
struct ProveBody {
    /// The secret of the mailed link.
    token: Secret,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "MfaReason")]
struct ReasonBody {
    /// Why, for people.
    reason: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
struct ListQuery {
    #[serde(flatten)]
    page: PageQuery,
    /// `requested`, `proven`, `approved` or `denied`.
    status: Option<String>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RecoveryRequest")]
struct RecoveryBody {
    id: String,
    user_id: String,
    /// The address the proof was sent to.
    email: String,
    /// `requested`, `proven`, `approved` or `denied`.
    status: &'static str,
    /// Why it was decided so.
    reason: Option<String>,
    created_at: Moment,
    expires_at: Moment,
    proven_at: Option<Moment>,
    decided_at: Option<Moment>,
    /// The key or user that decided.
    decided_by: Option<String>,
}

impl RecoveryBody {
    fn of(request: RecoveryRequest) -> Self {
        Self {
            id: request.id.to_string(),
            user_id: request.user_id.to_string(),
            email: request.email.to_string(),
            status: request.status.as_str(),
            reason: request.reason,
            created_at: request.created_at.into(),
            expires_at: request.expires_at.into(),
            proven_at: request.proven_at.map(Moment::from),
            decided_at: request.decided_at.map(Moment::from),
            decided_by: request.decided_by,
        }
    }
}

async fn request(call: Call) -> Result<Reply, Problem> {
    let body: RequestBody = call.body()?;
    let challenge = challenge(body.challenge_id)?;
    let holder = call.holder_of(&challenge).await?;
    call.engine().request_recovery(&holder, &challenge).await?;
    let accepted = Accepted { status: "accepted" };
    Ok(Reply::ok(&accepted)?.with_status(StatusCode::ACCEPTED))
}

async fn prove(call: Call) -> Result<Reply, Problem> {
    let body: ProveBody = call.body()?;
    let holder = call.holder_of(&body.token.0).await?;
    call.engine().prove_recovery(&holder, &body.token.0).await?;
    Ok(Reply::empty())
}

async fn list(call: Call) -> Result<Reply, Problem> {
    let query: ListQuery = call.query()?;
    let request = ListRecoveries {
        status: word("status", query.status.as_deref())?,
        page: query.page.request()?,
    };
    let page = call.engine().list_recoveries(call.caller()?, request);
    Reply::ok(&PageBody::of(page.await?, RecoveryBody::of))
}

async fn decide(call: Call, verdict: RecoveryVerdict) -> Result<Reply, Problem> {
    let decision = RecoveryDecision {
        verdict,
        reason: reason(&call)?,
    };
    let id: RecoveryId = call.id()?;
    let engine = call.engine();
    let decided = engine.decide_recovery(call.caller()?, id, decision).await?;
    Reply::ok(&RecoveryBody::of(decided))
}

async fn reset(call: Call) -> Result<Reply, Problem> {
    let reason = reason(&call)?;
    let id: UserId = call.id()?;
    call.engine().reset_mfa(call.caller()?, id, reason).await?;
    Ok(Reply::empty())
}

fn reason(call: &Call) -> Result<Option<String>, Problem> {
    let body: ReasonBody = call.body()?;
    Ok(body.reason)
}

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    call::Call,
    problem::Problem,
    reply::Reply,
    route::{Access, RateClass, Route},
    wire::Secret,
};

pub(super) fn route() -> Route {
    Route::post(
        "/v1/auth/unlock",
        "unlock",
        "Lifts the lock of an account with the token of its unlock mail.",
    )
    .access(Access::Handle)
    .rate(RateClass::SignIn)
    .body::<Body>()
    .refuses(&["link_invalid", "link_expired", "account_locked"])
    .handled_by(|call| Box::pin(unlock(call)))
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "Unlock")]
struct Body {
    /// From the unlock mail.
    token: Secret,
}

async fn unlock(call: Call) -> Result<Reply, Problem> {
    let body: Body = call.body()?;
    let caller = call.holder_of(&body.token.0).await?;
    call.engine().unlock(&caller, &body.token.0).await?;
    Ok(Reply::empty())
}

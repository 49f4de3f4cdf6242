use schemars::JsonSchema;
use serde::Deserialize;

use crate::{call::Call, problem::Problem, reply::Reply, wire::Secret};

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "Unlock")]
pub(super) struct Body {
    /// From the unlock mail.
    token: Secret,
}

pub(super) async fn unlock(call: Call) -> Result<Reply, Problem> {
    let body: Body = call.body()?;
    let caller = call.holder_of(&body.token.0).await?;
    call.engine().unlock(&caller, &body.token.0).await?;
    Ok(Reply::empty())
}

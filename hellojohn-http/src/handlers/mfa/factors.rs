use hellojohn_core::{
    factor::FactorKind,
    flows::NewFactor,
    id::{FactorId, UserId},
    mfa::FactorProof,
    passkey::Attachment,
};
use http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{
    challenge::answer,
    view::{Codes, Confirmed, Enrolled, FactorBody, FactorList},
};
use crate::{
    call::Call,
    problem::Problem,
    reply::Reply,
    wire::{Secret, word},
};

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "EnrolFactor")]
pub(super) struct EnrolBody {
    /// `totp`, `sms`, `email_otp` or `webauthn`.
    #[serde(rename = "type")]
    kind: String,
    /// What the user calls it.
    name: Option<String>,
    /// Of `sms`: E.164; the user's own number if left out.
    phone_number: Option<String>,
    /// Of `webauthn`: `platform` or `cross-platform`; either if left out.
    authenticator_type: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "RenameFactor")]
pub(super) struct RenameBody {
    /// What the user calls it.
    name: String,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "ConfirmFactor")]
pub(super) struct ConfirmBody {
    /// This, or `credential`.
    code: Option<Secret>,
    /// Of `webauthn`: what the browser answered.
    credential: Option<Map<String, Value>>,
}

pub(super) async fn list(call: Call) -> Result<Reply, Problem> {
    let user: UserId = call.id()?;
    let factors = call.engine().list_factors(call.caller()?, user).await?;
    Reply::ok(&FactorList::from(factors))
}

pub(super) async fn enrol(call: Call) -> Result<Reply, Problem> {
    let body: EnrolBody = call.body()?;
    let user: UserId = call.id()?;
    let kind = word::<FactorKind>("type", Some(&body.kind))?;
    let kind = kind.ok_or_else(|| Problem::field("type", "required"))?;
    let new = NewFactor {
        kind,
        name: body.name,
        phone: body.phone_number,
        attachment: word::<Attachment>("authenticator_type", body.authenticator_type.as_deref())?,
    };
    let begun = call
        .engine()
        .enrol_factor(call.caller()?, user, new)
        .await?;
    Ok(Reply::ok(&Enrolled::from(begun))?.with_status(StatusCode::CREATED))
}

pub(super) async fn confirm(call: Call) -> Result<Reply, Problem> {
    let body: ConfirmBody = call.body()?;
    let user: UserId = call.id()?;
    let proof = FactorProof {
        factor: call.nested_id::<FactorId>()?,
        answer: answer(body.code, body.credential)?,
    };
    let engine = call.engine();
    let confirmed = engine.confirm_factor(call.caller()?, user, proof).await?;
    Reply::ok(&Confirmed::from(confirmed))
}

pub(super) async fn rename(call: Call) -> Result<Reply, Problem> {
    let body: RenameBody = call.body()?;
    let user: UserId = call.id()?;
    let factor: FactorId = call.nested_id()?;
    let renamed = call
        .engine()
        .rename_factor(call.caller()?, user, factor, &body.name)
        .await?;
    Reply::ok(&FactorBody::of(renamed, None))
}

pub(super) async fn remove(call: Call) -> Result<Reply, Problem> {
    let user: UserId = call.id()?;
    let factor: FactorId = call.nested_id()?;
    call.engine()
        .remove_factor(call.caller()?, user, factor)
        .await?;
    Ok(Reply::empty())
}

pub(super) async fn generate_codes(call: Call) -> Result<Reply, Problem> {
    let user: UserId = call.id()?;
    let engine = call.engine();
    let made = engine.generate_backup_codes(call.caller()?, user).await?;
    Reply::ok(&Codes::from(made))
}

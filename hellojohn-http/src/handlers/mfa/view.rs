use hellojohn_core::{
    factor::Factor,
    flows::{BackupCodes, ConfirmedFactor, Enrolment, Factors, SentChallenge},
    mfa::{MfaRequired, OfferedFactor},
    secret::{ExposeSecret, SecretString},
};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::{PageBody, TokenSet};
use crate::{handlers::auth::tokens::AuthResult, wire::Moment};

/// A second factor.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Factor")]
pub(crate) struct FactorBody {
    id: String,
    user_id: String,
    /// `totp`, `sms`, `email_otp` or `webauthn`.
    #[serde(rename = "type")]
    kind: &'static str,
    name: Option<String>,
    /// `pending`, `active` or `disabled`.
    status: &'static str,
    /// Where codes go, masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    created_at: Moment,
    last_used_at: Option<Moment>,
}

impl FactorBody {
    pub(super) fn of(factor: Factor, hint: Option<String>) -> Self {
        Self {
            id: factor.id.to_string(),
            user_id: factor.user_id.to_string(),
            kind: factor.kind.as_str(),
            name: factor.name,
            status: factor.status.as_str(),
            hint,
            created_at: factor.created_at.into(),
            last_used_at: factor.last_used_at.map(Moment::from),
        }
    }
}

/// A user's second factors.
#[derive(Serialize, JsonSchema)]
pub(super) struct FactorList {
    #[serde(flatten)]
    page: PageBody<FactorBody>,
    /// How many backup codes are left.
    backup_codes_left: u64,
}

impl From<Factors> for FactorList {
    fn from(factors: Factors) -> Self {
        let list = factors.factors.into_iter();
        let list = list.map(|factor| FactorBody::of(factor, None)).collect();
        Self {
            page: PageBody::whole(list),
            backup_codes_left: factors.backup_codes,
        }
    }
}

/// A factor that waits for its confirmation.
#[derive(Serialize, JsonSchema)]
pub(super) struct Enrolled {
    factor_id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// Of `totp`: shown this once.
    #[serde(skip_serializing_if = "Option::is_none")]
    totp: Option<Totp>,
    /// Of `sms`: where the code went, masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    phone_number: Option<String>,
    /// Of `email_otp`: where the code went, masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    /// Of `webauthn`: what the browser is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    webauthn: Option<AskedOfBrowser>,
    /// Until when it can be confirmed.
    expires_at: Option<Moment>,
}

/// What a browser is given.
#[derive(Serialize, JsonSchema)]
struct AskedOfBrowser {
    /// For `PublicKeyCredential.parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON`.
    options: Value,
}

impl From<Value> for AskedOfBrowser {
    fn from(options: Value) -> Self {
        Self { options }
    }
}

#[derive(Serialize, JsonSchema)]
struct Totp {
    /// Base 32.
    secret: String,
    /// `otpauth://totp/…`
    uri: String,
    /// A PNG as `data:` URL.
    qr_code: String,
}

impl From<Enrolment> for Enrolled {
    fn from(enrolment: Enrolment) -> Self {
        let Enrolment {
            factor,
            hint,
            totp,
            webauthn,
            ..
        } = enrolment;
        let (phone_number, email) = match factor.kind.as_str() {
            "sms" => (hint, None),
            _ => (None, hint),
        };
        Self {
            factor_id: factor.id.to_string(),
            kind: factor.kind.as_str(),
            status: factor.status.as_str(),
            name: factor.name,
            totp: totp.map(|setup| Totp {
                secret: shown(&setup.secret),
                uri: shown(&setup.uri),
                qr_code: shown(&setup.qr_code),
            }),
            phone_number,
            email,
            webauthn: webauthn.map(AskedOfBrowser::from),
            expires_at: factor.expires_at.map(Moment::from),
        }
    }
}

/// A factor that counts from now on.
#[derive(Serialize, JsonSchema)]
pub(super) struct Confirmed {
    #[serde(flatten)]
    factor: FactorBody,
    /// With the first factor: shown this once.
    #[serde(skip_serializing_if = "Option::is_none")]
    backup_codes: Option<Vec<String>>,
}

impl From<ConfirmedFactor> for Confirmed {
    fn from(confirmed: ConfirmedFactor) -> Self {
        let codes = confirmed.backup_codes;
        Self {
            factor: FactorBody::of(confirmed.factor, confirmed.hint),
            backup_codes: codes.map(|codes| codes.iter().map(shown).collect()),
        }
    }
}

/// New backup codes, shown this once.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "BackupCodes")]
pub(super) struct Codes {
    codes: Vec<String>,
    generated_at: Moment,
}

impl From<BackupCodes> for Codes {
    fn from(made: BackupCodes) -> Self {
        Self {
            codes: made.codes.iter().map(shown).collect(),
            generated_at: made.generated_at.into(),
        }
    }
}

/// A challenge, and how it can be answered.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "MfaChallenge")]
pub(super) struct Asked {
    challenge_id: String,
    expires_at: Moment,
    available_factors: Vec<Offer>,
}

#[derive(Serialize, JsonSchema)]
struct Offer {
    /// A factor's id, or `backup_codes`.
    id: String,
    /// `totp`, `sms`, `email_otp`, `webauthn` or `backup_codes`.
    #[serde(rename = "type")]
    kind: &'static str,
    name: Option<String>,
    /// Where codes go, masked.
    hint: Option<String>,
}

impl From<&MfaRequired> for Asked {
    fn from(required: &MfaRequired) -> Self {
        Self {
            challenge_id: shown(&required.challenge),
            expires_at: required.expires_at.into(),
            available_factors: required.factors.iter().map(Offer::from).collect(),
        }
    }
}

impl From<&OfferedFactor> for Offer {
    fn from(offered: &OfferedFactor) -> Self {
        Self {
            id: offered.choice.to_string(),
            kind: offered.kind,
            name: offered.name.clone(),
            hint: offered.hint.clone(),
        }
    }
}

/// What the error `mfa_required` tells beside the members of every error.
pub(crate) fn challenge_members(required: &MfaRequired) -> Map<String, Value> {
    match serde_json::to_value(Asked::from(required)) {
        Ok(Value::Object(members)) => members,
        _ => Map::new(),
    }
}

/// What was made ready to answer with.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SentMfaChallenge")]
pub(super) struct Sent {
    pub(super) challenge_id: String,
    factor_id: String,
    expires_at: Moment,
    /// Of `webauthn`: what the browser is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    webauthn: Option<AskedOfBrowser>,
}

impl Sent {
    pub(super) fn of(challenge: &SecretString, sent: SentChallenge) -> Self {
        Self {
            challenge_id: shown(challenge),
            factor_id: sent.factor.to_string(),
            expires_at: sent.expires_at.into(),
            webauthn: sent.webauthn.map(AskedOfBrowser::from),
        }
    }
}

/// What a right answer opened: a new session with its user, or the next tokens of a session.
#[derive(Serialize, JsonSchema)]
pub(super) struct Verified {
    /// Always true.
    pub(super) mfa_verified: bool,
    #[serde(flatten)]
    pub(super) opened: Opened,
}

#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum Opened {
    /// To a sign-in.
    SignedIn(Box<AuthResult>),
    /// To a step-up.
    SteppedUp(TokenSet),
}

fn shown(secret: &SecretString) -> String {
    secret.expose_secret().to_owned()
}

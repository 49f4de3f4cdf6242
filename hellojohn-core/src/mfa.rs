//! The second wall: challenges that wait for a second factor, and why one is refused.

use std::{str::FromStr, time::Duration};

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    id::{FactorId, SessionId, UserId},
    input::Email,
    secret::SecretHash,
    session::Amr,
    time::Timestamp,
    user::User,
};

mod attempts;
mod error;
mod offer;
mod otp_code;
pub(crate) mod policy;

pub use attempts::{CodeAttempts, TooManyAttempts};
pub use error::MfaError;
pub use offer::{BACKUP_CODES, FactorChoice, MfaRequired, OfferedFactor};
pub(crate) use offer::{is_second_to, offered};
pub use otp_code::OtpCode;
pub(crate) use otp_code::{CODE_LIFE, OTP_DIGITS, RESEND_AFTER, SENDS_PER_HOUR};

/// How long a challenge waits.
pub const CHALLENGE_LIFE: Duration = Duration::from_mins(5);
/// How many answers are checked for one challenge (R127).
pub const CHALLENGE_ATTEMPTS: u32 = 5;
/// How old a second factor may be when the user changes their factors (R134).
pub const STEP_UP_AGE: Duration = Duration::from_mins(5);
/// How old a sign-in may be when a user without second factors enrols one.
pub const FRESH_SIGN_IN: Duration = Duration::from_mins(15);

/// Somebody half let in: what waits for a second factor.
#[derive(Clone, Debug, PartialEq)]
pub struct MfaChallenge {
    /// The hash of its id, which only the client holds.
    pub hash: SecretHash,
    /// Whose it is.
    pub user_id: UserId,
    /// What waits.
    pub kind: ChallengeKind,
    /// The session that is stepped up.
    pub session_id: Option<SessionId>,
    /// How many answers were taken, right or wrong.
    pub attempts: u32,
    /// What was so when it began.
    pub data: ChallengeData,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on it is worth nothing.
    pub expires_at: Timestamp,
    /// When it was answered or ended.
    pub consumed_at: Option<Timestamp>,
}

impl MfaChallenge {
    /// Why it takes no further answer, if it does not.
    pub fn refusal(&self, now: Timestamp) -> Option<MfaError> {
        if self.attempts >= CHALLENGE_ATTEMPTS {
            return Some(MfaError::TooManyAttempts(self.expires_at.since(now)));
        }
        let is_over = self.consumed_at.is_some() || self.expires_at <= now;
        is_over.then_some(MfaError::ChallengeExpired)
    }
}

/// What waits for a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChallengeKind {
    /// A sign-in.
    SignIn,
    /// A session that is to prove its user anew.
    StepUp,
}

impl ChallengeKind {
    /// The word in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::StepUp => "step_up",
        }
    }
}

impl FromStr for ChallengeKind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut all = [Self::SignIn, Self::StepUp].into_iter();
        all.find(|kind| kind.as_str() == text).ok_or(())
    }
}

/// What was so when a challenge began. It is void when the account is no longer the same (R030, R133).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChallengeData {
    /// How the first factor was proven, as in the `amr` claim.
    pub amr: Vec<String>,
    /// The way of signing in.
    pub method: String,
    /// When the first factor was proven.
    pub auth_time: Timestamp,
    /// The address of the account.
    pub email: String,
    /// When its password was last set.
    pub password_changed_at: Option<Timestamp>,
    /// The state of a ceremony with an authenticator, while there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webauthn: Option<Value>,
}

impl ChallengeData {
    /// What is so now.
    pub(crate) fn of(user: &User, amr: &[Amr], method: &str, auth_time: Timestamp) -> Self {
        Self {
            amr: amr.iter().map(|amr| amr.as_str().to_owned()).collect(),
            method: method.to_owned(),
            auth_time,
            email: user.email.to_string(),
            password_changed_at: user.password_changed_at,
            webauthn: None,
        }
    }

    /// Whether the account still has the password and the address it had.
    pub(crate) fn still_holds(&self, user: &User) -> bool {
        self.email == user.email.as_str() && self.password_changed_at == user.password_changed_at
    }

    /// How the first factor was proven.
    pub fn first_factor(&self) -> Vec<Amr> {
        self.amr
            .iter()
            .filter_map(|word| word.parse().ok())
            .collect()
    }

    /// The stored form.
    pub fn to_object(&self) -> Map<String, Value> {
        match serde_json::to_value(self) {
            Ok(Value::Object(object)) => object,
            _ => Map::new(),
        }
    }

    /// Reads the stored form.
    pub fn from_object(object: Map<String, Value>) -> Option<Self> {
        serde_json::from_value(Value::Object(object)).ok()
    }
}

/// Where a message with a code goes.
pub(crate) fn code_target<'a>(phone: Option<&'a str>, email: &'a Email) -> &'a str {
    phone.unwrap_or(email.as_str())
}

/// What is shown to prove a second factor.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum FactorAnswer {
    /// A code, as typed.
    Code(SecretString),
    /// What an authenticator answered (`PublicKeyCredential` as JSON).
    Credential(Value),
}

/// A factor and what is shown to prove it.
#[derive(Clone, Debug)]
pub struct FactorProof {
    /// Which factor.
    pub factor: FactorId,
    /// What is shown.
    pub answer: FactorAnswer,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::TenantId;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(seconds)
    }

    fn user() -> User {
        let email = Email::parse("ada@example.com").unwrap();
        User::new(
            UserId::new(at(1), [1; 10]),
            TenantId::new(at(1), [2; 10]),
            email,
            at(1),
        )
    }

    #[test]
    fn what_was_so_reads_back() {
        let mut user = user();
        user.password_changed_at = Some(Timestamp::from_micros(1_234_567));
        let data = ChallengeData::of(&user, &[Amr::Password], "email_password", at(9));
        let read = ChallengeData::from_object(data.to_object()).unwrap();
        assert_eq!(read, data);
        assert_eq!(read.first_factor(), [Amr::Password]);
        assert!(read.still_holds(&user));
        let mut moved = user.clone();
        moved.email = Email::parse("eve@example.com").unwrap();
        assert!(!read.still_holds(&moved));
        user.password_changed_at = Some(Timestamp::from_micros(1_234_568));
        assert!(!read.still_holds(&user));
    }

    #[test]
    fn a_challenge_tells_why_it_takes_no_answer() {
        let mut challenge = MfaChallenge {
            hash: SecretHash::of(b"x"),
            user_id: user().id,
            kind: ChallengeKind::SignIn,
            session_id: None,
            attempts: 4,
            data: ChallengeData::of(&user(), &[], "email_password", at(1)),
            created_at: at(1),
            expires_at: at(301),
            consumed_at: None,
        };
        let code = |challenge: &MfaChallenge, now| challenge.refusal(at(now)).map(|e| e.code());
        assert_eq!(code(&challenge, 300), None);
        assert_eq!(code(&challenge, 301), Some("mfa_challenge_expired"));
        challenge.attempts = 5;
        assert_eq!(code(&challenge, 300), Some("too_many_attempts"));
        challenge.attempts = 0;
        challenge.consumed_at = Some(at(2));
        assert_eq!(code(&challenge, 300), Some("mfa_challenge_expired"));
    }
}

//! What is good for one use: mailed links, exchange codes, ceremonies (R028–R032).

use data_encoding::BASE64URL_NOPAD;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use crate::{
    id::{TenantId, UserId},
    input::Email,
    secret::SecretHash,
    time::Timestamp,
};

mod bound;
mod redeem;

pub(crate) use bound::state_of;
pub(crate) use redeem::NewOneTime;

macro_rules! purposes {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal, $word:literal;)*) => {
        /// What a one-time secret is for. One made for one purpose is worth nothing for another.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Purpose { $($(#[$doc])* $name),* }

        impl Purpose {
            /// Every purpose.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// What its secrets begin with.
            pub const fn prefix(self) -> &'static str {
                match self { $(Self::$name => $prefix),* }
            }

            /// The word in the database.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }
        }
    };
}

purposes! {
    /// Proves the mailbox of an account.
    VerifyEmail = "vfy", "verify_email";
    /// Proves the mailbox an account moves to.
    ChangeEmail = "chg", "change_email";
    /// Takes a change of address back.
    UndoEmailChange = "und", "undo_email_change";
    /// Sets a new password.
    ResetPassword = "rst", "reset_password";
    /// Signs in.
    MagicLink = "mlk", "magic_link";
    /// Fetches the outcome of a sign-in that ended in a redirect.
    ExchangeCode = "cod", "exchange_code";
    /// Lifts a lock.
    Unlock = "unl", "unlock";
    /// Accepts an invitation.
    Invitation = "inv_tok", "invitation";
    /// Proves the mailbox of somebody who lost their second factor.
    MfaRecovery = "rcv", "mfa_recovery";
    /// Waits for a second factor (kept with its state elsewhere).
    MfaChallenge = "challenge", "mfa_challenge";
    /// A passkey that is being registered.
    PasskeyEnrolment = "pke", "passkey_enrolment";
    /// A sign-in with a passkey.
    PasskeySignIn = "pks", "passkey_sign_in";
}

impl std::str::FromStr for Purpose {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut all = Self::ALL.iter().copied();
        all.find(|purpose| purpose.as_str() == text).ok_or(())
    }
}

/// A one-time secret: prefix of its purpose, the tenant's ULID, 256 random bits.
///
/// It names its tenant, so that a link needs nothing beside it.
#[derive(Clone, Debug)]
pub struct OneTimeToken {
    purpose: Purpose,
    tenant: TenantId,
    text: SecretString,
}

const ULID: usize = 26;
const SECRET: usize = 43;

impl OneTimeToken {
    /// Makes one from random bytes.
    pub fn mint(purpose: Purpose, tenant: TenantId, random: [u8; 32]) -> Self {
        let tenant_text = tenant.to_string();
        let ulid = tenant_text.split_once('_').map_or("", |(_, ulid)| ulid);
        let secret = BASE64URL_NOPAD.encode(&random);
        Self {
            purpose,
            tenant,
            text: format!("{}_{ulid}{secret}", purpose.prefix()).into(),
        }
    }

    /// Reads one; `None` unless it is whole and of this purpose (N77).
    pub fn parse(purpose: Purpose, text: &SecretString) -> Option<Self> {
        let rest = text.expose_secret().strip_prefix(purpose.prefix())?;
        let (ulid, secret) = rest.strip_prefix('_')?.split_at_checked(ULID)?;
        let tenant = format!("{}_{ulid}", TenantId::PREFIX).parse().ok()?;
        let whole = secret.len() == SECRET && BASE64URL_NOPAD.decode(secret.as_bytes()).is_ok();
        whole.then(|| Self {
            purpose,
            tenant,
            text: text.clone(),
        })
    }

    /// Reads one of any purpose.
    pub fn parse_any(text: &SecretString) -> Option<Self> {
        let mut all = Purpose::ALL.iter();
        all.find_map(|purpose| Self::parse(*purpose, text))
    }

    /// What it is for.
    pub const fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// The tenant it belongs to.
    pub const fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// The secret itself, for the one message or answer that carries it.
    pub const fn secret(&self) -> &SecretString {
        &self.text
    }

    /// The random bytes, where a protocol carries them alone: the challenge of a ceremony.
    pub(crate) fn random(&self) -> Vec<u8> {
        let text = self.text.expose_secret();
        let at = text.len().saturating_sub(SECRET);
        let secret = text.get(at..).unwrap_or_default();
        BASE64URL_NOPAD
            .decode(secret.as_bytes())
            .unwrap_or_default()
    }

    /// By what it is stored and found.
    pub fn hash(&self) -> SecretHash {
        SecretHash::of(self.text.expose_secret().as_bytes())
    }
}

/// What is stored of a one-time secret.
#[derive(Clone, Debug, PartialEq)]
pub struct OneTime {
    /// What it is for.
    pub purpose: Purpose,
    /// The hash of the secret.
    pub hash: SecretHash,
    /// Whose it is; none for accounts that do not exist yet.
    pub user_id: Option<UserId>,
    /// The mailbox it was sent to, or is about.
    pub email: Option<Email>,
    /// What its purpose needs.
    pub data: Map<String, Value>,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on it is worth nothing (R031).
    pub expires_at: Timestamp,
    /// When it was used.
    pub consumed_at: Option<Timestamp>,
}

/// To whom one-time secrets belong.
#[derive(Clone, Copy, Debug)]
pub enum Owner<'a> {
    /// A user.
    User(UserId),
    /// A mailbox that may have no account.
    Mailbox(&'a Email),
}

/// Why a link or code was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LinkError {
    /// Unknown, used, voided, or what it was made for has changed: nobody learns which.
    #[error("the link or code is not valid, or no longer; ask for a new one")]
    Invalid,
    /// Its time is over.
    #[error("the link or code has expired; ask for a new one")]
    Expired,
}

impl LinkError {
    /// The stable code of this error.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invalid => "link_invalid",
            Self::Expired => "link_expired",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tenant() -> TenantId {
        TenantId::new(Timestamp::from_seconds(1_700_000_000), [3; 10])
    }

    #[test]
    fn a_token_reads_back_for_its_own_purpose_only() {
        for purpose in Purpose::ALL {
            let token = OneTimeToken::mint(*purpose, tenant(), [7; 32]);
            for other in Purpose::ALL {
                let read = OneTimeToken::parse(*other, token.secret());
                assert_eq!(read.is_some(), other == purpose, "{purpose:?} as {other:?}");
            }
            let read = OneTimeToken::parse_any(token.secret()).unwrap();
            assert_eq!((read.purpose(), read.tenant()), (*purpose, tenant()));
            assert_eq!(read.hash(), token.hash());
            assert_eq!(token.random(), [7; 32]);
        }
    }

    /// N77.
    #[test]
    fn a_token_cut_short_or_followed_by_junk_is_none() {
        let token = OneTimeToken::mint(Purpose::MagicLink, tenant(), [7; 32]);
        let text = token.secret().expose_secret();
        for end in 0..text.len() {
            let cut = SecretString::from(text.get(..end).unwrap());
            assert!(OneTimeToken::parse_any(&cut).is_none(), "{end}");
        }
        for junk in [" ", "a", "=", "\0", "é"] {
            let longer = SecretString::from(format!("{text}{junk}"));
            assert!(OneTimeToken::parse_any(&longer).is_none(), "{junk:?}");
        }
    }
}

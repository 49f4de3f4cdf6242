//! Signing keys as states that follow from times: standby → active → retiring → retired.
//!
//! Nothing switches a key over. A key carries the moment from which it signs, and which
//! key signs *now* is a function of the stored times. Instances with the same rows agree
//! without talking to each other, and there is never more or less than one signer (R073).

use std::{str::FromStr, time::Duration};

use crate::{tenant::LONGEST_ACCESS_TOKEN, time::Timestamp};

/// One key pair or secret as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningKey {
    /// `kid_` and the RFC 7638 thumbprint for token keys.
    pub id: String,
    /// What it signs. Each key has one purpose (R078).
    pub purpose: KeyPurpose,
    /// The Ed25519 public key; none for symmetric keys.
    pub public_key: Option<[u8; 32]>,
    /// The private key, sealed.
    pub sealed: String,
    /// When it was made and published.
    pub created_at: Timestamp,
    /// From when it signs; not yet planned if unset.
    pub active_from: Option<Timestamp>,
    /// When it was retired by hand.
    pub retired_at: Option<Timestamp>,
}

/// What a key signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyPurpose {
    /// Access tokens; the public half is in the JWKS.
    AccessToken,
    /// The authentication code of refresh tokens.
    RefreshToken,
}

impl KeyPurpose {
    /// The word used in the API and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AccessToken => "access_token",
            Self::RefreshToken => "refresh_token",
        }
    }

    /// The name of the algorithm (RFC 7518, RFC 8037).
    pub const fn algorithm(self) -> &'static str {
        match self {
            Self::AccessToken => "EdDSA",
            Self::RefreshToken => "HS256",
        }
    }
}

impl FromStr for KeyPurpose {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::AccessToken, Self::RefreshToken]
            .into_iter()
            .find(|purpose| purpose.as_str() == text)
            .ok_or(())
    }
}

/// What a key does at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyState {
    /// Published, does not sign yet.
    Standby,
    /// Signs.
    Active,
    /// Signs no more; stays published until no token of it can be alive.
    Retiring,
    /// No longer published: its tokens are refused.
    Retired,
}

impl KeyState {
    /// The word used in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Standby => "standby",
            Self::Active => "active",
            Self::Retiring => "retiring",
            Self::Retired => "retired",
        }
    }

    /// Whether verifiers still accept the key.
    pub const fn is_published(self) -> bool {
        !matches!(self, Self::Retired)
    }
}

/// A key with what it does now, and until when it must stay if it is retiring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyStanding {
    /// The key.
    pub key: SigningKey,
    /// What it does now.
    pub state: KeyState,
    /// From when it may be retired without breaking a live token.
    pub free_from: Option<Timestamp>,
}

/// Room for clocks that disagree when a key leaves the JWKS.
const SKEW: Duration = Duration::from_mins(1);

/// How long after its last signature a key must stay: the longest token, the cached JWKS, and skew.
pub fn overlap(jwks_max_age: Duration) -> Duration {
    LONGEST_ACCESS_TOKEN + jwks_max_age + SKEW
}

/// What every key of one purpose does at a moment, newest signer first.
///
/// The active key is the one with the latest `active_from` that is not in the future;
/// equal times are decided by id. A superseded key retires by itself after `overlap`.
pub fn standings(keys: &[SigningKey], now: Timestamp, overlap: Duration) -> Vec<KeyStanding> {
    let mut order: Vec<&SigningKey> = keys.iter().collect();
    order.sort_by_key(|key| std::cmp::Reverse((key.active_from, key.id.clone())));
    let mut superseded_at: Option<Timestamp> = None;
    order
        .into_iter()
        .map(|key| {
            let started = key.active_from.filter(|from| *from <= now);
            let free_from = superseded_at.map(|at| at + overlap);
            let state = match (key.retired_at, started, free_from) {
                (Some(at), _, _) if at <= now => KeyState::Retired,
                (_, None, _) => KeyState::Standby,
                (_, Some(_), None) => KeyState::Active,
                (_, Some(_), Some(free)) if free <= now => KeyState::Retired,
                (_, Some(_), Some(_)) => KeyState::Retiring,
            };
            // A key that signed took over from the older ones, also when it is retired since.
            // Only if the newest of all is gone does the one before it sign again.
            let signed = started.filter(|from| key.retired_at.is_none_or(|at| at > *from));
            if signed.is_some() && (state != KeyState::Retired || superseded_at.is_some()) {
                superseded_at = signed;
            }
            let free_from = free_from.filter(|_| state == KeyState::Retiring);
            KeyStanding {
                key: key.clone(),
                state,
                free_from,
            }
        })
        .collect()
}

/// When a key that is to sign may begin: at once if nothing signs yet or verifiers had
/// time to see it, else when their cached JWKS have run out (R074).
pub fn may_sign_from(created_at: Timestamp, now: Timestamp, jwks_max_age: Duration) -> Timestamp {
    now.max(created_at + jwks_max_age)
}

/// Why something about a signing key cannot be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SigningKeyError {
    /// No such key.
    #[error("there is no such signing key")]
    NotFound,
    /// The key signs; activate another first.
    #[error("this key signs now; activate another one first")]
    Active,
    /// Tokens of the key may still be alive; gives the moment from which it is free.
    #[error("tokens of this key may be alive until {0}")]
    InUse(Timestamp),
    /// A retired key does not come back.
    #[error("this key is retired")]
    Retired,
    /// Not an Ed25519 key in PKCS#8 PEM, or its public half belongs to another key.
    #[error("not an Ed25519 private key in PKCS#8 PEM form")]
    InvalidKey,
    /// There is no key to sign with.
    #[error("there is no active signing key")]
    NoneActive,
}

impl SigningKeyError {
    /// The stable code of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "signing_key_not_found",
            Self::Active => "signing_key_active",
            Self::InUse(_) => "signing_key_in_use",
            Self::Retired => "signing_key_retired",
            Self::InvalidKey => "invalid_signing_key",
            Self::NoneActive => "no_signing_key",
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(id: &str, active_from: Option<i64>) -> SigningKey {
        SigningKey {
            id: id.to_owned(),
            purpose: KeyPurpose::AccessToken,
            public_key: None,
            sealed: String::new(),
            created_at: Timestamp::from_seconds(0),
            active_from: active_from.map(Timestamp::from_seconds),
            retired_at: None,
        }
    }

    fn states(keys: &[SigningKey], now: i64) -> Vec<(String, KeyState)> {
        standings(keys, Timestamp::from_seconds(now), Duration::from_secs(100))
            .into_iter()
            .map(|standing| (standing.key.id, standing.state))
            .collect()
    }

    fn state_of(keys: &[SigningKey], now: i64, id: &str) -> KeyState {
        states(keys, now)
            .into_iter()
            .find(|(key, _)| key == id)
            .unwrap()
            .1
    }

    #[test]
    fn a_key_goes_through_its_states_by_time_alone() {
        let keys = [key("a", Some(0)), key("b", Some(50))];
        assert_eq!(state_of(&keys, 49, "b"), KeyState::Standby);
        assert_eq!(state_of(&keys, 50, "b"), KeyState::Active);
        assert_eq!(state_of(&keys, 50, "a"), KeyState::Retiring);
        assert_eq!(state_of(&keys, 149, "a"), KeyState::Retiring);
        assert_eq!(state_of(&keys, 150, "a"), KeyState::Retired);
    }

    #[test]
    fn any_number_of_keys_may_overlap() {
        let keys = [
            key("a", Some(0)),
            key("b", Some(10)),
            key("c", Some(20)),
            key("d", None),
        ];
        assert_eq!(state_of(&keys, 30, "a"), KeyState::Retiring);
        assert_eq!(state_of(&keys, 30, "b"), KeyState::Retiring);
        assert_eq!(state_of(&keys, 30, "c"), KeyState::Active);
        assert_eq!(state_of(&keys, 30, "d"), KeyState::Standby);
    }

    #[test]
    fn a_key_signs_only_after_caches_could_see_it() {
        let at = Timestamp::from_seconds;
        let wait = Duration::from_mins(10);
        assert_eq!(may_sign_from(at(0), at(10), wait), at(600));
        assert_eq!(may_sign_from(at(0), at(700), wait), at(700));
    }

    #[test]
    fn retiring_the_newest_key_lets_the_one_before_sign_again() {
        let mut keys = [key("a", Some(0)), key("b", Some(50))];
        keys[1].retired_at = Some(Timestamp::from_seconds(60));
        assert_eq!(state_of(&keys, 60, "a"), KeyState::Active);
    }

    proptest! {
        /// Retiring a key that does not sign changes nobody else: no key comes back, the signer stays.
        #[test]
        fn retiring_one_key_moves_no_other(
            times in proptest::collection::vec(proptest::option::of(0_i64..500), 2..8),
            pick in 0_usize..8, now in 0_i64..1_000,
        ) {
            let mut keys: Vec<_> = times.iter().enumerate().map(|(n, from)| key(&format!("k{n}"), *from)).collect();
            let pick = pick % keys.len();
            let before = states(&keys, now);
            let name = keys[pick].id.clone();
            prop_assume!(state_of(&keys, now, &name) != KeyState::Active);
            keys[pick].retired_at = Some(Timestamp::from_seconds(now));
            for (id, state) in before.into_iter().filter(|(id, _)| *id != name) {
                for later in [now, now + 50, now + 150] {
                    let after = state_of(&keys, later, &id);
                    prop_assert!(state != KeyState::Retired || after == KeyState::Retired, "{id} came back");
                }
                prop_assert_eq!(state_of(&keys, now, &id), state);
            }
        }

        /// However many instances add keys at whatever times, exactly one signs once one has begun (R073).
        #[test]
        fn exactly_one_key_signs(times in proptest::collection::vec(proptest::option::of(0_i64..500), 1..8), now in 0_i64..1_000) {
            let keys: Vec<_> = times.iter().enumerate().map(|(n, from)| key(&format!("k{n}"), *from)).collect();
            let active = states(&keys, now).into_iter().filter(|(_, s)| *s == KeyState::Active).count();
            let begun = times.iter().flatten().any(|from| *from <= now);
            prop_assert_eq!(active, usize::from(begun));
        }
    }
}

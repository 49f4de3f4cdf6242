use secrecy::{ExposeSecret, SecretString};

use crate::{
    Engine, Error,
    access::{Caller, Principal},
    idempotency::{IdempotencyError, KEPT_FOR, STALE_AFTER},
    seal::{
        SealError,
        places::{self, KEPT_ANSWERS},
    },
    secret::{SecretHash, mac, same},
    store::{Access, KeptAnswer},
    time::Timestamp,
};

/// A request that carries an `Idempotency-Key`.
#[derive(Clone, Copy)]
pub struct Repeatable<'a> {
    /// The key, as given.
    pub key: &'a str,
    /// What is asked: method and path.
    pub action: &'a str,
    /// With what body.
    pub body: &'a [u8],
}

/// A claim to settle or release.
#[derive(Clone, Copy, Debug)]
pub struct Claimed {
    key: SecretHash,
    at: Timestamp,
}

impl std::fmt::Debug for Repeatable<'_> {
    // The body may hold a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Repeatable")
            .field("action", &self.action)
            .finish_non_exhaustive()
    }
}

/// What a repeatable request found.
#[derive(Debug)]
pub enum Claim {
    /// It is the first: do it, then settle or release the claim.
    First(Claimed),
    /// It was done: this is the kept answer.
    Done(SecretString),
}

impl Engine {
    /// Claims an idempotency key for a request of this caller.
    ///
    /// Keys of different callers never meet. The stored fingerprint is keyed, so that a
    /// database dump tells nothing about the bodies.
    pub async fn claim_request(
        &self,
        caller: &Caller,
        request: Repeatable<'_>,
    ) -> Result<Claim, Error> {
        let shaped = (1..=255).contains(&request.key.len())
            && request
                .key
                .bytes()
                .all(|b| b.is_ascii_graphic() || b == b' ');
        if !shaped {
            return Err(IdempotencyError::InvalidKey.into());
        }
        let who = who(caller);
        let secret = self.fingerprint_key();
        let now = self.now();
        let kept = KeptAnswer {
            key: SecretHash::from_bytes(mac(
                secret,
                &[b"key", who.as_bytes(), request.key.as_bytes()],
            )),
            fingerprint: SecretHash::from_bytes(mac(
                secret,
                &[b"request", request.action.as_bytes(), request.body],
            )),
            answer: None,
            created_at: now,
            expires_at: now + KEPT_FOR,
        };
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let there = unit.claim(&kept, now - STALE_AFTER).await?;
        unit.commit().await?;
        let Some(there) = there else {
            return Ok(Claim::First(Claimed {
                key: kept.key,
                at: now,
            }));
        };
        if !same(there.fingerprint.as_bytes(), kept.fingerprint.as_bytes()) {
            return Err(IdempotencyError::OtherRequest.into());
        }
        let sealed = there.answer.ok_or(IdempotencyError::InProgress)?;
        let name = row(&kept.key);
        let opened = match self.inner().sealer.open(KEPT_ANSWERS.place(&name), &sealed) {
            // While the encryption key is changed, another instance may know one that is not known
            // here yet: the request was done, but only that instance can repeat the answer.
            Err(SealError::UnknownKey(_)) => return Err(IdempotencyError::InProgress.into()),
            opened => opened?,
        };
        let text = String::from_utf8(opened.to_vec()).unwrap_or_default();
        Ok(Claim::Done(SecretString::from(text)))
    }

    /// Keeps the answer of a claimed request, sealed: it may hold tokens.
    pub async fn settle_request(
        &self,
        caller: &Caller,
        claimed: Claimed,
        answer: &SecretString,
    ) -> Result<(), Error> {
        let inner = self.inner();
        let Claimed { key, at } = claimed;
        let sealed = inner.sealer.seal(
            KEPT_ANSWERS.place(&row(&key)),
            answer.expose_secret().as_bytes(),
            &*inner.ports.random,
        )?;
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        unit.settle(&key, at, &sealed).await?;
        Ok(unit.commit().await?)
    }

    /// Gives a claim back: nothing was done, and the request may be repeated.
    pub async fn release_request(&self, caller: &Caller, claimed: Claimed) -> Result<(), Error> {
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        unit.release(&claimed.key, claimed.at).await?;
        Ok(unit.commit().await?)
    }
}

fn row(key: &SecretHash) -> String {
    places::row_of_bytes(key.as_bytes())
}

fn who(caller: &Caller) -> String {
    match caller.principal() {
        Principal::Application => "application".to_owned(),
        Principal::Anonymous => "anonymous".to_owned(),
        Principal::Publishable(id) | Principal::Secret { id, .. } => id.to_string(),
        Principal::User(signed_in) => signed_in.session.id.to_string(),
    }
}

use crate::{
    Engine, Error,
    access::{Caller, user_actor},
    factor::Factor,
    flows::finish_sign_in::Proven,
    id::SessionId,
    mfa::{
        CHALLENGE_LIFE, ChallengeData, ChallengeKind, MfaChallenge, MfaError, MfaRequired, offered,
    },
    one_time::{OneTimeToken, Purpose},
    secret::{SecretHash, SecretString},
    store::UnitOfWork,
    trail::Entry,
    user::User,
};

/// A challenge to make.
pub(crate) struct NewChallenge<'a> {
    pub(crate) kind: ChallengeKind,
    pub(crate) session: Option<SessionId>,
    pub(crate) data: ChallengeData,
    pub(crate) factors: &'a [Factor],
}

impl Engine {
    /// Asks somebody whose first factor was right for the second one, and keeps what the unit of
    /// work holds already.
    pub(crate) async fn start_mfa(
        &self,
        mut unit: Box<dyn UnitOfWork>,
        caller: &Caller,
        proven: Proven<'_>,
        factors: &[Factor],
    ) -> Result<MfaRequired, Error> {
        let Proven {
            mut user,
            proof,
            method,
            rehashed,
        } = proven;
        let challenge = NewChallenge {
            kind: ChallengeKind::SignIn,
            session: None,
            data: ChallengeData::of(&user, proof.amr(), method, proof.at()),
            factors,
        };
        let required = self.make_challenge(&mut *unit, &user, challenge).await?;
        if let Some(hash) = rehashed {
            // The password was right, whatever becomes of the second factor (R008).
            user.password_hash = Some(hash.clone());
            unit.update_user(&user).await?;
        }
        let entry = Entry::new("mfa.challenged")
            .user(user.id)
            .by(user_actor(&user))
            .with("auth_method", method);
        self.record(&mut *unit, caller, entry).await?;
        unit.commit().await?;
        Ok(required)
    }

    /// Makes a challenge in the caller's unit of work. Older ones stay: whoever knows only the
    /// password must not be able to end those of the owner.
    pub(crate) async fn make_challenge(
        &self,
        unit: &mut dyn UnitOfWork,
        user: &User,
        new: NewChallenge<'_>,
    ) -> Result<MfaRequired, Error> {
        let now = self.now();
        let token = OneTimeToken::mint(Purpose::MfaChallenge, unit.tenant(), self.random());
        let expires_at = now + CHALLENGE_LIFE;
        let left = unit.count_backup_codes(user.id).await?;
        let factors = offered(new.factors, &new.data.first_factor(), &user.email, left);
        unit.insert_challenge(&MfaChallenge {
            hash: token.hash(),
            user_id: user.id,
            kind: new.kind,
            session_id: new.session,
            attempts: 0,
            data: new.data,
            created_at: now,
            expires_at,
            consumed_at: None,
        })
        .await?;
        Ok(MfaRequired {
            challenge: token.secret().clone(),
            expires_at,
            factors,
        })
    }
}

/// The hash of a challenge's id; what is none of this tenant is like one that is over.
pub(crate) fn challenge_hash(caller: &Caller, id: &SecretString) -> Result<SecretHash, MfaError> {
    OneTimeToken::parse(Purpose::MfaChallenge, id)
        .filter(|token| token.tenant() == caller.tenant_id())
        .map(|token| token.hash())
        .ok_or(MfaError::ChallengeExpired)
}

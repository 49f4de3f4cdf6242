//! Secrets of users: made for the state an account is in, and worth nothing in another (R030).

use secrecy::SecretString;
use serde_json::{Map, Value, json};

use super::{LinkError, OneTime, OneTimeToken, Owner, Purpose};
use crate::{
    Engine, Error,
    id::UserId,
    lockout::void_if_begun_before,
    store::{StoreError, UnitOfWork},
    time::Timestamp,
    user::User,
};

/// What a change of address, password or status makes worthless. A change of address can still be
/// taken back: whoever took an account over must not be able to void that.
pub(crate) const LINKS: &[Purpose] = &[
    Purpose::VerifyEmail,
    Purpose::ChangeEmail,
    Purpose::ResetPassword,
    Purpose::MagicLink,
    Purpose::ExchangeCode,
    Purpose::Unlock,
    Purpose::MfaRecovery,
    Purpose::MfaChallenge,
    Purpose::PasskeyEnrolment,
    Purpose::PasskeySignIn,
];

impl Engine {
    /// Voids what was sent to a user and not used yet, and what waits for their second factor: a
    /// state that is lifted again brings none of it back (R032, R046).
    pub(crate) async fn void_links(
        &self,
        unit: &mut dyn UnitOfWork,
        user: UserId,
    ) -> Result<(), StoreError> {
        unit.void_one_time(Owner::User(user), LINKS).await?;
        unit.void_challenges_of(user, self.now()).await?;
        Ok(())
    }
}

/// The state of an account a secret is made for.
pub(crate) fn state_of(user: &User) -> Map<String, Value> {
    let password = user.password_changed_at.map(Timestamp::as_micros);
    let state = [
        ("account_email", json!(user.email)),
        ("password_changed_at", json!(password)),
    ];
    state
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

impl OneTime {
    /// Whether the account is in the state this was made for.
    fn fits(&self, user: &User) -> bool {
        self.user_id == Some(user.id)
            && state_of(user)
                .iter()
                .all(|(name, value)| self.data.get(name) == Some(value))
    }
}

impl Engine {
    /// Uses up a secret of a user, who is read for update in the same unit.
    ///
    /// The user's row is locked before the secret's, as everywhere, so that nobody waits for each
    /// other. Why a secret does not fit any more is not told.
    pub(crate) async fn redeem_of_user(
        &self,
        unit: &mut dyn UnitOfWork,
        purpose: Purpose,
        secret: &SecretString,
    ) -> Result<(OneTime, User), Error> {
        let there = self.live_one_time(unit, purpose, secret).await?;
        let id = there.user_id.ok_or(LinkError::Invalid)?;
        let user = unit.user_for_update(id).await?.ok_or(LinkError::Invalid)?;
        let spent = self.redeem(unit, purpose, secret).await?;
        if matches!(purpose, Purpose::MagicLink | Purpose::ExchangeCode) {
            let locked = unit.locked_since(id).await?;
            void_if_begun_before(locked, spent.created_at).map_err(|_| LinkError::Invalid)?;
        }
        if spent.fits(&user) && user.require_active(self.now()).is_ok() {
            Ok((spent, user))
        } else {
            Err(LinkError::Invalid.into())
        }
    }

    /// A secret that could be used now; looking does not use it up (R034).
    pub(crate) async fn live_one_time(
        &self,
        unit: &mut dyn UnitOfWork,
        purpose: Purpose,
        secret: &SecretString,
    ) -> Result<OneTime, Error> {
        let token = OneTimeToken::parse(purpose, secret)
            .filter(|token| token.tenant() == unit.tenant())
            .ok_or(LinkError::Invalid)?;
        let there = unit.one_time(purpose, &token.hash()).await?;
        match there.filter(|there| there.consumed_at.is_none()) {
            Some(there) if there.expires_at > self.now() => Ok(there),
            Some(_) => Err(LinkError::Expired.into()),
            None => Err(LinkError::Invalid.into()),
        }
    }
}

use secrecy::SecretString;

use crate::{
    Engine, Error,
    access::{Caller, user_actor},
    credential::CredentialError,
    flows::{
        finish_sign_in::Proven,
        request_magic_link::{MAGIC_LINK, require_magic_links},
    },
    id::UserId,
    issuer::SignedIn,
    metrics::Flow,
    one_time::{LinkError, OneTime, OneTimeToken, Purpose},
    proof::ProofOfAuthentication,
    session::RevocationReason,
    store::{Access, UnitOfWork},
    trail::{self, Entry},
    user::{User, UserError},
};

impl Engine {
    /// Signs in by a mailed link, or by the code that its page handed on.
    ///
    /// The link is used up in the transaction that makes the session, and the account's states are
    /// read again there (R023).
    pub async fn redeem_magic_link(
        &self,
        caller: &Caller,
        secret: &SecretString,
    ) -> Result<SignedIn, Error> {
        let outcome = self.open_by_link(caller, secret).await;
        self.meters().ended(Flow::MagicLink, outcome)
    }

    async fn open_by_link(
        &self,
        caller: &Caller,
        secret: &SecretString,
    ) -> Result<SignedIn, Error> {
        require_magic_links(caller)?;
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let purpose = OneTimeToken::parse_any(secret).map(|token| token.purpose());
        let (spent, user) = match purpose {
            Some(Purpose::MagicLink) => self.open_magic_link(&mut *unit, caller, secret).await?,
            Some(Purpose::ExchangeCode) => {
                self.redeem_of_user(&mut *unit, Purpose::ExchangeCode, secret)
                    .await?
            }
            _ => return Err(LinkError::Invalid.into()),
        };
        let proof = ProofOfAuthentication::by_mailbox(user.id, &spent, self.now())
            .ok_or(LinkError::Invalid)?;
        let proven = Proven {
            user,
            proof,
            method: MAGIC_LINK,
            rehashed: None,
        };
        self.finish_sign_in(unit, caller, proven).await
    }

    /// Uses a link up and gives the account it signs in, whose address is proven by it. An account
    /// that does not exist yet is made, if that was asked for.
    pub(crate) async fn open_magic_link(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        secret: &SecretString,
    ) -> Result<(OneTime, User), Error> {
        let purpose = Purpose::MagicLink;
        let there = self.live_one_time(unit, purpose, secret).await?;
        if there.user_id.is_none() {
            let spent = self.redeem(unit, purpose, secret).await?;
            let user = self.enrol_mailbox(unit, caller, &spent).await?;
            return Ok((spent, user));
        }
        let (spent, mut user) = self.redeem_of_user(unit, purpose, secret).await?;
        if !user.email_verified {
            self.claim_account(unit, caller, &mut user).await?;
        }
        Ok((spent, user))
    }

    /// The owner of the mailbox takes over an account whose address nobody had proven. Whoever made
    /// it may have been somebody else, so their password, sessions and half-open ways in end (N67).
    async fn claim_account(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        user: &mut User,
    ) -> Result<(), Error> {
        let now = self.now();
        self.void_links(unit, user.id).await?;
        self.end_sessions(unit, user.id, None, RevocationReason::Revoked)
            .await?;
        let had_password = user.password_hash.take().is_some();
        if had_password {
            user.password_changed_at = Some(now);
        }
        user.pending_email = None;
        user.email_verified = true;
        user.updated_at = now;
        unit.update_user(user).await?;
        let entry = Entry::new("user.email_verified")
            .user(user.id)
            .by(user_actor(user))
            .with("password_removed", had_password);
        self.record(unit, caller, entry).await?;
        self.emit(unit, "user.email_verified", trail::user_data(user))
            .await
    }

    async fn enrol_mailbox(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        spent: &OneTime,
    ) -> Result<User, Error> {
        let config = &caller.tenant().config;
        let email = spent.email.clone().ok_or(LinkError::Invalid)?;
        if !config.sign_up_allowed() {
            return Err(CredentialError::SignUpDisabled.into());
        }
        if !config.allows_domain_of(&email) {
            return Err(CredentialError::DomainNotAllowed.into());
        }
        let now = self.now();
        let id = UserId::new(now, self.random());
        let mut user = User::new(id, caller.tenant_id(), email, now);
        user.email_verified = true;
        self.run_before_sign_up(unit, caller, &mut user).await?;
        match self.write_account(unit, caller, &user).await {
            // Somebody made one since: the link was for an address nobody had (R030).
            Err(Error::User(UserError::EmailTaken)) => Err(LinkError::Invalid.into()),
            written => written.map(|()| user),
        }
    }
}

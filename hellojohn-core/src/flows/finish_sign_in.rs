use crate::{
    Engine, Error,
    access::{Caller, user_actor},
    credential::CredentialError,
    factor::Factor,
    issuer::SignedIn,
    mfa::MfaError,
    proof::ProofOfAuthentication,
    store::UnitOfWork,
    time::Timestamp,
    trail::Entry,
    user::{PasswordHash, Profile, User},
};

/// Somebody whose first factor was verified, or both.
pub(crate) struct Proven<'a> {
    /// The user, read for update in the unit of work.
    pub(crate) user: User,
    /// What was proven.
    pub(crate) proof: ProofOfAuthentication,
    /// The name of the way in `allowed_auth_methods`.
    pub(crate) method: &'a str,
    /// The password hashed anew, where it was hashed in an older way.
    pub(crate) rehashed: Option<&'a PasswordHash>,
}

impl Engine {
    /// Where every way of signing in ends: states are read again, the session is written, audited
    /// and announced with whatever the unit of work holds already, and its tokens are signed
    /// (R023, R046, R058).
    ///
    /// A user with second factors who has proven only the first one gets a challenge instead of a
    /// session; what the unit holds already is kept with it (N20).
    pub(crate) async fn finish_sign_in(
        &self,
        mut unit: Box<dyn UnitOfWork>,
        caller: &Caller,
        proven: Proven<'_>,
    ) -> Result<SignedIn, Error> {
        let now = self.now();
        may_sign_in(caller, &proven.user, proven.method, now)?;
        if proven.proof.second_factor_at().is_none() {
            let factors = unit.factors_of(proven.user.id).await?;
            if factors.iter().any(Factor::is_active) {
                let required = self.start_mfa(unit, caller, proven, &factors).await?;
                return Err(MfaError::Required(Box::new(required)).into());
            }
        }
        let Proven {
            mut user,
            proof,
            method,
            rehashed,
        } = proven;
        let session = self.open_session(&mut *unit, caller, &user, &proof).await?;
        unit.note_sign_in(user.id, now, rehashed).await?;
        let entry = Entry::new("user.login").user(user.id).by(user_actor(&user));
        self.record(
            &mut *unit,
            caller,
            entry
                .with("auth_method", method)
                .with("session_id", session.id.to_string()),
        )
        .await?;
        unit.commit().await?;

        user.last_sign_in_at = Some(now);
        user.last_active_at = Some(now);
        let tokens = self
            .sign_tokens(caller, &session, &Profile::from(&user))
            .await?;
        Ok(SignedIn {
            user,
            session,
            tokens,
        })
    }
}

/// What keeps a user out whatever they prove.
pub(crate) fn may_sign_in(
    caller: &Caller,
    user: &User,
    method: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let config = &caller.tenant().config;
    if !config.allows_method(method) {
        return Err(CredentialError::MethodDisabled.into());
    }
    user.require_active(now)?;
    if config.requires_verified_email() && !user.email_verified {
        return Err(CredentialError::EmailNotVerified.into());
    }
    if !config.allows_domain_of(&user.email) {
        return Err(CredentialError::DomainNotAllowed.into());
    }
    Ok(())
}

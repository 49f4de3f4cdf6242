//! The one door: the only code that makes sessions and tokens.

use secrecy::SecretString;
use serde_json::Map;

use crate::{
    Engine, Error,
    access::Caller,
    hooks::HookContext,
    id::{SessionId, TokenId},
    proof::ProofOfAuthentication,
    session::{RevocationReason, Session},
    store::UnitOfWork,
    time::Timestamp,
    token::{AccessClaims, RefreshToken, is_reserved, issue_access_token},
    trail::{self, Entry},
    user::{Profile, User},
};

/// An access token and the refresh token that goes with it.
#[derive(Clone, Debug)]
pub struct TokenPair {
    /// Short-lived, verified without a call to us.
    pub access_token: SecretString,
    /// When it expires.
    pub access_expires_at: Timestamp,
    /// Long-lived, good for one refresh.
    pub refresh_token: SecretString,
    /// When it expires unless used.
    pub refresh_expires_at: Timestamp,
}

/// A user who has just signed up or in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The user.
    pub user: User,
    /// The new session.
    pub session: Session,
    /// Its tokens.
    pub tokens: TokenPair,
}

impl Engine {
    /// Writes a session for a user who proved who they are, in the caller's unit of work.
    ///
    /// `user` was read in this unit, so the states that forbid a session are those of now (R058).
    pub(crate) async fn open_session(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        user: &User,
        proof: &ProofOfAuthentication,
    ) -> Result<Session, Error> {
        let now = self.now();
        user.require_active(now)?;
        debug_assert_eq!(proof.user(), user.id);
        self.run_before_sign_in(unit, caller, user, now).await?;
        let config = &caller.tenant().config;
        if let Some(most) = config.max_sessions_per_user {
            let ended = unit
                .revoke_oldest_sessions_of(user.id, most.saturating_sub(1), now)
                .await?;
            for id in ended {
                let entry = Entry::new("session.revoked")
                    .session(id)
                    .reason(RevocationReason::TooManySessions.as_str());
                self.record(unit, caller, entry).await?;
                self.emit(
                    unit,
                    "session.revoked",
                    trail::session_ended(id, user.id, RevocationReason::TooManySessions),
                )
                .await?;
            }
        }
        let session = Session {
            id: SessionId::new(now, self.random()),
            tenant_id: caller.tenant_id(),
            user_id: user.id,
            generation: 0,
            salt: self.random(),
            rotated_at: now,
            created_at: now,
            last_active_at: now,
            expires_at: now + config.session_duration(self.settings()),
            idle_expires_at: config.idle_timeout.map(|span| now + span.0),
            revoked_at: None,
            revoked_reason: None,
            client: caller.origin().client.clone(),
            amr: proof.amr().to_vec(),
            auth_time: proof.at(),
            mfa_verified: proof.second_factor_at().is_some(),
            mfa_at: proof.second_factor_at(),
        };
        unit.insert_session(&session).await?;
        self.run_after_sign_in(unit, caller, user, &session).await?;
        self.emit(unit, "session.created", trail::session_data(&session))
            .await?;
        Ok(session)
    }

    /// Signs the tokens of a session's current generation.
    pub(crate) async fn sign_tokens(
        &self,
        caller: &Caller,
        session: &Session,
        profile: &Profile,
    ) -> Result<TokenPair, Error> {
        let keys = self.keys().await?;
        let now = self.now();
        let tenant = caller.tenant();
        let custom = self.custom_claims(caller, session, profile).await?;
        let life = tenant.config.access_token_ttl(self.settings());
        let expires_at = (now + life).min(session.expires_at).as_seconds();
        let claims = AccessClaims {
            issuer: self.settings().issuer.clone(),
            subject: session.user_id,
            audience: tenant.id.to_string(),
            issued_at: now.as_seconds(),
            not_before: now.as_seconds(),
            expires_at,
            token_id: TokenId::new(now, self.random()),
            tenant_id: tenant.id,
            client_id: None,
            session_id: session.id,
            email: Some(profile.email.to_string()),
            email_verified: profile.email_verified,
            name: profile.name.clone(),
            org_id: None,
            role: Some(profile.role.clone()),
            org_role: None,
            roles: vec![profile.role.clone()],
            permissions: None,
            mfa_verified: session.mfa_verified,
            amr: session
                .amr
                .iter()
                .map(|amr| amr.as_str().to_owned())
                .collect(),
            auth_time: session.auth_time.as_seconds(),
            mfa_at: session.mfa_at.map(Timestamp::as_seconds),
            public_metadata: token_metadata(profile),
            custom,
            act: None,
        };
        let access_token = issue_access_token(&claims, &keys.signer, tenant.config.token_format)?;
        let key = keys.refresh_key()?;
        self.meters().issued(tenant.config.token_format);
        Ok(TokenPair {
            access_token: SecretString::from(access_token),
            access_expires_at: Timestamp::from_seconds(expires_at),
            refresh_token: RefreshToken::mint(
                key,
                tenant.id,
                session.id,
                session.generation,
                session.salt,
            ),
            refresh_expires_at: session.refresh_expires_at(),
        })
    }

    async fn custom_claims(
        &self,
        caller: &Caller,
        session: &Session,
        profile: &Profile,
    ) -> Result<Map<String, serde_json::Value>, Error> {
        let mut custom = Map::new();
        for hook in &self.inner().hooks {
            let added = hook.claims(caller.tenant(), profile, session).await?;
            custom.extend(added.into_iter().filter(|(name, _)| !is_reserved(name)));
        }
        Ok(custom)
    }

    async fn run_before_sign_in(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        user: &User,
        now: Timestamp,
    ) -> Result<(), Error> {
        for hook in &self.inner().hooks {
            let mut cx = HookContext::of(caller, now, &mut *unit);
            hook.before_sign_in(&mut cx, user).await?;
        }
        Ok(())
    }

    async fn run_after_sign_in(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        user: &User,
        session: &Session,
    ) -> Result<(), Error> {
        let now = session.created_at;
        for hook in &self.inner().hooks {
            let mut cx = HookContext::of(caller, now, &mut *unit);
            hook.after_sign_in(&mut cx, user, session).await?;
        }
        Ok(())
    }
}

/// The largest `public_metadata` that goes into a token, in bytes of its JSON.
const TOKEN_METADATA_LIMIT: usize = 4 * 1024;

/// The user's public metadata, or nothing when it is too large for a token.
fn token_metadata(profile: &Profile) -> Map<String, serde_json::Value> {
    let object = profile.public_metadata.as_object();
    if object.is_empty() || profile.public_metadata.to_json().len() > TOKEN_METADATA_LIMIT {
        return Map::new();
    }
    object.clone()
}

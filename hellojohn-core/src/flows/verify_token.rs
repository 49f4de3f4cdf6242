use secrecy::{ExposeSecret, SecretString};

use crate::{
    Engine, Error,
    access::{AccessError, Caller},
    id::TenantId,
    tenant::LONGEST_ACCESS_TOKEN,
    token::{self, AccessClaims, Expected, TokenError},
};

impl Engine {
    /// Verifies an access token of the caller's tenant: signature, issuer, audience, times (R061–R067).
    ///
    /// Says nothing about whether its session was revoked since; see
    /// [`verify_session`](Self::verify_session) for that.
    pub async fn verify_access_token(
        &self,
        caller: &Caller,
        token: &SecretString,
    ) -> Result<AccessClaims, Error> {
        self.verify_in(caller.tenant_id(), token).await
    }

    /// Verifies a token of whatever tenant it says it is of; the caller compares that tenant.
    pub(crate) async fn verify_any_tenant(
        &self,
        token: &SecretString,
    ) -> Result<AccessClaims, Error> {
        let claimed =
            token::claimed_tenant(token.expose_secret()).ok_or(AccessError::InvalidToken)?;
        self.verify_in(claimed, token).await
    }

    async fn verify_in(
        &self,
        tenant: TenantId,
        token: &SecretString,
    ) -> Result<AccessClaims, Error> {
        let keys = self.keys().await?;
        let expected = Expected::new(&self.settings().issuer, tenant, self.now())
            .max_lifetime(LONGEST_ACCESS_TOKEN);
        let text = token.expose_secret();
        match token::verify_access_token(text, &keys.verifiers, &expected) {
            Err(TokenError::UnknownKey { .. }) => {
                // Another instance may have made this key a moment ago.
                let keys = self.keys_after_unknown().await?;
                token::verify_access_token(text, &keys.verifiers, &expected)
            }
            verified => verified,
        }
        .map_err(|error| match error {
            TokenError::Expired => AccessError::TokenExpired.into(),
            _ => AccessError::InvalidToken.into(),
        })
    }
}

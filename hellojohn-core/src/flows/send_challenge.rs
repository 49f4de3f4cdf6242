use serde_json::Value;

use crate::{
    Engine, Error,
    access::Caller,
    factor::FactorKind,
    flows::{start_mfa::challenge_hash, verify_mfa::code_subject},
    mfa::{FactorChoice, MfaError, is_second_to},
    secret::SecretString,
    store::Access,
    time::Timestamp,
};

/// What was made ready to answer a challenge with.
#[derive(Clone, Debug)]
pub struct SentChallenge {
    /// With which factor.
    pub factor: FactorChoice,
    /// Until when: of the challenge's end and the code's the earlier.
    pub expires_at: Timestamp,
    /// What an authenticator is asked (`PublicKeyCredentialRequestOptions` as JSON).
    pub webauthn: Option<Value>,
}

impl Engine {
    /// Sends the code of a factor, or asks its authenticator. Where there is nothing to send, says
    /// only how long the challenge waits.
    pub async fn send_challenge(
        &self,
        caller: &Caller,
        challenge: &SecretString,
        factor: FactorChoice,
    ) -> Result<SentChallenge, Error> {
        let hash = challenge_hash(caller, challenge)?;
        let now = self.now();
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let challenge = unit
            .challenge(&hash)
            .await?
            .ok_or(MfaError::ChallengeExpired)?;
        if let Some(refusal) = challenge.refusal(now) {
            return Err(refusal.into());
        }
        let user = unit
            .user_for_update(challenge.user_id)
            .await?
            .filter(|user| challenge.data.still_holds(user))
            .ok_or(MfaError::ChallengeExpired)?;
        user.require_active(now)?;
        let mut sent = SentChallenge {
            factor,
            expires_at: challenge.expires_at,
            webauthn: None,
        };
        let FactorChoice::Factor(id) = factor else {
            return Ok(sent);
        };
        let factor = unit
            .factor(id)
            .await?
            .filter(|factor| factor.user_id == user.id && factor.is_active())
            .ok_or(MfaError::FactorNotFound)?;
        if !is_second_to(&challenge.data.first_factor(), factor.kind) {
            return Err(MfaError::FactorNotAllowed.into());
        }
        match factor.kind {
            FactorKind::Totp => {}
            FactorKind::Sms | FactorKind::EmailOtp => {
                let subject = code_subject(&hash);
                let code_ends = self
                    .send_code(&mut *unit, caller, &user, (&factor, &subject))
                    .await?;
                sent.expires_at = sent.expires_at.min(code_ends);
            }
            FactorKind::WebAuthn => {
                let (options, kept) = self.ask_authenticator(&mut *unit, caller, &factor).await?;
                let mut data = challenge.data;
                data.webauthn = Some(kept);
                if !unit.put_challenge_data(&hash, &data, now).await? {
                    return Err(MfaError::ChallengeExpired.into());
                }
                sent.webauthn = Some(options);
            }
        }
        unit.commit().await?;
        Ok(sent)
    }
}

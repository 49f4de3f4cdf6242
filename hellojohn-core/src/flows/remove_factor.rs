use crate::{
    Engine, Error,
    access::Caller,
    factor::{Factor, FactorKind},
    flows::{list_factors::may_change, request_magic_link::MAGIC_LINK, sign_up::EMAIL_PASSWORD},
    id::{FactorId, UserId},
    mfa::{
        MfaError,
        policy::{Demand, ProofAge},
    },
    store::Access,
    tenant::TenantConfig,
    trail::{self, Entry},
    user::{User, UserError},
};

impl Engine {
    /// Removes a second factor; with the last one the backup codes go, and every challenge that waits.
    ///
    /// A user proves a factor anew first (R134), and keeps one where the policy asks for it. An
    /// unconfirmed factor counts for nothing, so giving it up needs neither.
    pub async fn remove_factor(
        &self,
        caller: &Caller,
        user: UserId,
        id: FactorId,
    ) -> Result<(), Error> {
        may_change(caller, user)?;
        let now = self.now();
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let mut user = unit
            .user_for_update(user)
            .await?
            .ok_or(UserError::NotFound)?;
        let mut factors = unit.factors_of(user.id).await?;
        let at = factors.iter().position(|factor| factor.id == id);
        let at = at.ok_or(MfaError::FactorNotFound)?;
        if factors.get(at).is_some_and(Factor::is_active) {
            self.require_fresh_proof(&mut *unit, caller, &user, ProofAge::FACTORS)
                .await?;
        }
        let factor = factors.remove(at);
        let is_last = factor.is_active() && !factors.iter().any(Factor::is_active);
        if is_last
            && self.mfa_demand(&caller.tenant().config, &user) == Demand::Required
            && !caller.is_server()
        {
            return Err(MfaError::RequiredByPolicy.into());
        }
        if factor.is_active() && factor.kind == FactorKind::WebAuthn && !caller.is_server() {
            let others = unit.passkeys_of(user.id).await?;
            let others = others.iter().any(|passkey| passkey.factor_id != id);
            if !others && !has_another_way(&caller.tenant().config, &user) {
                return Err(MfaError::LastCredential.into());
            }
        }
        if !unit.delete_factor(id).await? {
            return Err(MfaError::FactorNotFound.into());
        }
        if is_last {
            unit.replace_backup_codes(user.id, &[], now).await?;
            unit.void_challenges_of(user.id, now).await?;
            user.mfa_enabled = false;
            user.updated_at = now;
            unit.update_user(&user).await?;
        }
        let entry = Entry::new("mfa.removed")
            .user(user.id)
            .with("factor_id", id.to_string())
            .with("factor_type", factor.kind.as_str());
        self.record(&mut *unit, caller, entry).await?;
        if factor.is_active() {
            self.emit(
                &mut *unit,
                "mfa.removed",
                trail::factor_data(&user, &factor),
            )
            .await?;
            self.tell_of_change(&mut *unit, caller, &user, ("removed", &factor))
                .await?;
        }
        Ok(unit.commit().await?)
    }
}

/// Whether somebody without passkeys gets into their account: with a password, or by a link to
/// their proven mailbox that signs in or sets one.
fn has_another_way(config: &TenantConfig, user: &User) -> bool {
    let passwords = config.allows_method(EMAIL_PASSWORD);
    let links = config.magic_link_enabled() && config.allows_method(MAGIC_LINK);
    (passwords && user.password_hash.is_some()) || (user.email_verified && (passwords || links))
}

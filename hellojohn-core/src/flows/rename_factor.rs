use crate::{
    Engine, Error,
    access::Caller,
    factor::Factor,
    flows::{enrol_factor::named, list_factors::may_change},
    id::{FactorId, UserId},
    mfa::MfaError,
    store::Access,
    trail::Entry,
    user::UserError,
};

impl Engine {
    /// Changes what a user calls a factor.
    pub async fn rename_factor(
        &self,
        caller: &Caller,
        user: UserId,
        id: FactorId,
        name: &str,
    ) -> Result<Factor, Error> {
        may_change(caller, user)?;
        let name = named(Some(name))?;
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        unit.user_for_update(user)
            .await?
            .ok_or(UserError::NotFound)?;
        let factor = unit.factor(id).await?;
        let mut factor = factor
            .filter(|factor| factor.user_id == user)
            .ok_or(MfaError::FactorNotFound)?;
        if !unit.rename_factor(id, name.as_deref()).await? {
            return Err(MfaError::FactorNotFound.into());
        }
        factor.name = name;
        let entry = Entry::new("mfa.renamed")
            .user(user)
            .with("factor_id", id.to_string());
        self.record(&mut *unit, caller, entry).await?;
        unit.commit().await?;
        Ok(factor)
    }
}

use crate::{
    Engine, Error,
    access::Caller,
    factor::{Factor, FactorStatus},
    id::UserId,
    store::Access,
    user::UserError,
};

/// The second factors of a user.
#[derive(Clone, Debug)]
pub struct Factors {
    /// Active ones, and those that may still be confirmed; the oldest first.
    pub factors: Vec<Factor>,
    /// How many backup codes are left.
    pub backup_codes: u64,
}

impl Engine {
    /// Lists a user's second factors: for themselves, or for the tenant's servers.
    pub async fn list_factors(&self, caller: &Caller, user: UserId) -> Result<Factors, Error> {
        may_see(caller, user)?;
        let now = self.now();
        let mut unit = self.store().begin(caller.tenant_id(), Access::Read).await?;
        unit.user(user).await?.ok_or(UserError::NotFound)?;
        let mut factors = unit.factors_of(user).await?;
        factors
            .retain(|factor| factor.status != FactorStatus::Pending || factor.is_pending_at(now));
        let backup_codes = unit.count_backup_codes(user).await?;
        Ok(Factors {
            factors,
            backup_codes,
        })
    }
}

fn may_see(caller: &Caller, user: UserId) -> Result<(), Error> {
    caller.require_user_or("mfa:read")?;
    own_or_any(caller, user)
}

/// Whether the caller may change a user's factors: the user, or a server.
pub(crate) fn may_change(caller: &Caller, user: UserId) -> Result<(), Error> {
    caller.require_user_or("mfa:write")?;
    own_or_any(caller, user)
}

fn own_or_any(caller: &Caller, user: UserId) -> Result<(), Error> {
    if caller.may_act_for(user) {
        Ok(())
    } else {
        Err(UserError::NotFound.into())
    }
}

//! Who must have a second factor, what a session without one may still do, and how old a proof
//! may be: pure decisions over what was read for the request.

use std::time::Duration;

use crate::{
    Engine, Error,
    access::Caller,
    factor::FactorKind,
    mfa::{FRESH_SIGN_IN, MfaError, STEP_UP_AGE},
    session::{Session, SessionError},
    settings::Settings,
    store::UnitOfWork,
    tenant::TenantConfig,
    time::Timestamp,
    user::User,
};

/// Whether a second factor is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Demand {
    /// Whoever wants one may have one.
    #[default]
    Optional,
    /// Nobody goes on without one.
    Required,
}

impl Demand {
    /// Required if a setting says so.
    const fn if_set(required: bool) -> Self {
        if required {
            Self::Required
        } else {
            Self::Optional
        }
    }
}

/// What every level says about one user. A level tightens what the others say and never loosens it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Demands {
    /// The instance, by `MFA_REQUIRED`.
    pub instance: Demand,
    /// The tenant, by `mfa_required`.
    pub tenant: Demand,
    /// The organizations the user is a member of.
    pub organization: Demand,
    /// The user's role, by the tenant's `mfa_required_roles`.
    pub role: Demand,
}

impl Demands {
    /// What instance and tenant say about a user today; there are no organizations yet.
    pub fn of(settings: &Settings, config: &TenantConfig, user: &User) -> Self {
        Self {
            instance: Demand::if_set(settings.mfa_required),
            tenant: Demand::if_set(config.mfa_required == Some(true)),
            organization: Demand::Optional,
            role: Demand::if_set(config.mfa_required_roles.contains(&user.role)),
        }
    }

    /// The strictest of them.
    pub fn strictest(self) -> Demand {
        self.instance
            .max(self.tenant)
            .max(self.organization)
            .max(self.role)
    }
}

/// What a session lacks as long as it has not shown the second factor its user must have (R048).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restriction {
    /// The user has no factor and has to enrol one.
    Enrolment,
    /// The user has a factor and has to show it.
    Verification,
}

/// Which sessions a call is open to; only a call that says otherwise is open to restricted ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// Sessions that lack nothing.
    #[default]
    Unrestricted,
    /// Every session: reading one's own account, signing out.
    Everyone,
    /// Also those whose user has to enrol a factor.
    Enrolling,
    /// Also those whose user has to show a factor.
    Verifying,
}

impl Restriction {
    /// Judged anew for every request, so that a policy that was tightened holds for the sessions there are.
    pub const fn of(demand: Demand, user: &User, session: &Session) -> Option<Self> {
        match (demand, session.mfa_verified, user.mfa_enabled) {
            (Demand::Optional, ..) | (Demand::Required, true, _) => None,
            (Demand::Required, false, false) => Some(Self::Enrolment),
            (Demand::Required, false, true) => Some(Self::Verification),
        }
    }

    /// Refuses a call that is not open to such a session.
    pub const fn check(self, reach: Reach) -> Result<(), MfaError> {
        match (self, reach) {
            (_, Reach::Everyone)
            | (Self::Enrolment, Reach::Enrolling)
            | (Self::Verification, Reach::Verifying) => Ok(()),
            (Self::Enrolment, _) => Err(MfaError::EnrollmentRequired),
            (Self::Verification, _) => Err(MfaError::StepUpRequired),
        }
    }
}

/// When a session last proved what counts: the second factor where the user has one, else the
/// sign-in (R049). The age of the access token says nothing.
pub fn proven_at(user: &User, session: &Session) -> Option<Timestamp> {
    if user.mfa_enabled {
        session.mfa_at
    } else {
        session.mfa_at.max(Some(session.auth_time))
    }
}

/// How old a proof may be, by what the user has to prove themselves with. The tenant's
/// `step_up_max_age` tightens it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ProofAge {
    /// Of a user with second factors.
    second_factor: Duration,
    /// Of a user without.
    sign_in: Duration,
}

impl ProofAge {
    /// For changing second factors.
    pub(crate) const FACTORS: Self = Self {
        second_factor: STEP_UP_AGE,
        sign_in: FRESH_SIGN_IN,
    };
    /// For moving an account to another address.
    pub(crate) const EMAIL: Self = Self {
        second_factor: STEP_UP_AGE,
        sign_in: STEP_UP_AGE,
    };
}

fn is_fresh(user: &User, session: &Session, max_age: Duration, now: Timestamp) -> bool {
    proven_at(user, session).is_some_and(|at| now.since(at) <= max_age)
}

/// Whether a kind of factor may be enrolled.
pub(crate) fn allows(config: &TenantConfig, kind: FactorKind) -> bool {
    config.allows_factor(kind.as_str())
}

impl Engine {
    /// What is asked of a user at this moment.
    pub(crate) fn mfa_demand(&self, config: &TenantConfig, user: &User) -> Demand {
        Demands::of(self.settings(), config, user).strictest()
    }

    /// Refuses a signed-in user whose session, read in the unit of work that changes their
    /// account, is no fresh proof of who they are (R038, R134). A server acts on its own word.
    pub(crate) async fn require_fresh_proof(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        user: &User,
        age: ProofAge,
    ) -> Result<(), Error> {
        let Some(session) = caller.session_id() else {
            return Ok(());
        };
        let session = unit.session(session).await?.ok_or(SessionError::Revoked)?;
        let max_age = if user.mfa_enabled {
            let agreed = caller.tenant().config.step_up_max_age();
            age.second_factor.min(agreed)
        } else {
            age.sign_in
        };
        if is_fresh(user, &session, max_age, self.now()) {
            Ok(())
        } else {
            Err(MfaError::StepUpRequired.into())
        }
    }

    /// Refuses a signed-in user whose proof is older than the tenant's `step_up_max_age`, as it was
    /// read with their access token. A server acts on its own word.
    pub fn require_fresh(&self, caller: &Caller) -> Result<(), Error> {
        let max_age = caller.tenant().config.step_up_max_age();
        match caller.user() {
            Some(own) if !is_fresh(&own.user, &own.session, max_age, self.now()) => {
                Err(MfaError::StepUpRequired.into())
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::{SessionId, TenantId, UserId},
        input::Email,
        session::{Amr, ClientInfo},
    };

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(seconds)
    }

    fn user() -> User {
        let email = Email::parse("ada@example.com").unwrap();
        let start = at(1_000);
        User::new(
            UserId::new(start, [1; 10]),
            TenantId::new(start, [2; 10]),
            email,
            start,
        )
    }

    fn session() -> Session {
        Session {
            id: SessionId::new(at(1_000), [1; 10]),
            tenant_id: user().tenant_id,
            user_id: user().id,
            generation: 0,
            salt: [9; 16],
            rotated_at: at(1_000),
            created_at: at(1_000),
            last_active_at: at(1_000),
            expires_at: at(100_000),
            idle_expires_at: None,
            revoked_at: None,
            revoked_reason: None,
            client: ClientInfo::default(),
            amr: vec![Amr::Password],
            auth_time: at(1_000),
            mfa_verified: false,
            mfa_at: None,
        }
    }

    #[test]
    fn the_strictest_level_wins() {
        use Demand::{Optional, Required};
        for bits in 0..16_u8 {
            let level = |bit: u8| Demand::if_set(bits & bit != 0);
            let demands = Demands {
                instance: level(1),
                tenant: level(2),
                organization: level(4),
                role: level(8),
            };
            let expected = if bits == 0 { Optional } else { Required };
            assert_eq!(demands.strictest(), expected, "{demands:?}");
        }
    }

    #[test]
    fn what_a_session_may_reach() {
        use Reach::{Enrolling, Everyone, Unrestricted, Verifying};
        let outcome = |required: bool, has_factor: bool, verified: bool, reach: Reach| {
            let (mut user, mut session) = (user(), session());
            user.mfa_enabled = has_factor;
            session.mfa_verified = verified;
            let restriction = Restriction::of(Demand::if_set(required), &user, &session);
            match restriction.map_or(Ok(()), |restriction| restriction.check(reach)) {
                Ok(()) => "ok",
                Err(error) => error.code(),
            }
        };
        let (enrol, verify) = ("mfa_enrollment_required", "step_up_required");
        // required, has a factor, verified; then the outcome for each reach.
        let table = [
            ((false, false, false), ["ok", "ok", "ok", "ok"]),
            ((false, true, false), ["ok", "ok", "ok", "ok"]),
            ((false, true, true), ["ok", "ok", "ok", "ok"]),
            ((true, false, false), [enrol, "ok", "ok", enrol]),
            ((true, true, false), [verify, "ok", verify, "ok"]),
            ((true, true, true), ["ok", "ok", "ok", "ok"]),
            // A passkey that verified its user, later removed: the session did show it.
            ((true, false, true), ["ok", "ok", "ok", "ok"]),
        ];
        for ((required, factor, verified), expected) in table {
            let reached = [Unrestricted, Everyone, Enrolling, Verifying]
                .map(|reach| outcome(required, factor, verified, reach));
            assert_eq!(reached, expected, "{required} {factor} {verified}");
        }
    }

    #[test]
    fn who_is_asked_follows_settings_and_role() {
        let key = crate::seal::EncryptionKey::parse(
            &"0123456789abcdefghijklmnopqrstuvwxyz".to_owned().into(),
        )
        .unwrap();
        let mut settings = Settings::new("https://auth.example.com", key);
        let mut config = TenantConfig::default();
        let mut user = user();
        assert_eq!(Demands::of(&settings, &config, &user), Demands::default());
        config.mfa_required_roles = vec!["admin".to_owned()];
        assert_eq!(
            Demands::of(&settings, &config, &user).role,
            Demand::Optional
        );
        user.role = "admin".to_owned();
        assert_eq!(
            Demands::of(&settings, &config, &user).role,
            Demand::Required
        );
        settings.mfa_required = true;
        // A tenant cannot loosen it.
        config.mfa_required = Some(false);
        config.mfa_required_roles.clear();
        let demands = Demands::of(&settings, &config, &user);
        assert_eq!(demands.strictest(), Demand::Required);
    }

    #[test]
    fn freshness_is_of_the_strongest_thing_the_user_has() {
        let minutes = |n: u64| Duration::from_mins(n);
        let (mut user, mut session) = (user(), session());
        let now = at(1_000 + 600);
        assert!(is_fresh(&user, &session, minutes(10), now));
        assert!(!is_fresh(&user, &session, minutes(9), now));
        // With a factor the sign-in no longer counts (N30).
        user.mfa_enabled = true;
        assert!(!is_fresh(&user, &session, minutes(10), now));
        session.mfa_at = Some(at(1_500));
        assert!(is_fresh(&user, &session, minutes(2), now));
        assert!(!is_fresh(&user, &session, minutes(1), now));
    }
}

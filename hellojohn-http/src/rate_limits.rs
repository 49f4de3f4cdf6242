//! How often what may be called (R021, R022; the table is in `docs/features/rate-limits.md`).

use std::time::Duration;

use hellojohn_core::rate::Quota;

use crate::route::RateClass;

/// The budgets of the classes of routes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateLimits {
    /// Password checks, per address.
    pub login: Quota,
    /// Password checks, of a whole tenant.
    pub login_tenant: Quota,
    /// Sign-ups, per address.
    pub signup: Quota,
    /// Mails somebody asks for: per e-mail address, and per address.
    pub magic_link: Quota,
    /// Reset mails, per e-mail address.
    pub password_forgot: Quota,
    /// Reset mails, per address.
    pub password_forgot_address: Quota,
    /// Tokens out of mails that are shown, per address and kind.
    pub link: Quota,
    /// Codes that are asked for or shown, per address.
    pub mfa: Quota,
    /// Codes that are asked for, per user.
    pub mfa_challenge: Quota,
    /// Steps of a passkey, per address.
    pub passkey: Quota,
    /// Refreshes, per session.
    pub refresh: Quota,
    /// Returns from another identity provider, per address.
    pub callback: Quota,
    /// Reading, per key or user.
    pub read: Quota,
    /// Writing, per key or user.
    pub write: Quota,
    /// Writing many at once, per key.
    pub bulk: Quota,
    /// Mails to try the settings, per key.
    pub email_test: Quota,
    /// Mails that are only shown, per key.
    pub template_preview: Quota,
    /// Everything without a key of its own, per address; also credentials that are refused.
    pub global: Quota,
}

impl Default for RateLimits {
    fn default() -> Self {
        let ten_minutes = Duration::from_mins(10);
        let hour = Duration::from_hours(1);
        Self {
            login: Quota::per_minute(10),
            login_tenant: Quota::per_minute(1_000),
            signup: Quota::per_minute(5),
            magic_link: Quota::new(5, ten_minutes),
            password_forgot: Quota::new(5, ten_minutes),
            password_forgot_address: Quota::new(20, hour),
            link: Quota::per_minute(30),
            mfa: Quota::per_minute(30),
            mfa_challenge: Quota::new(5, ten_minutes),
            passkey: Quota::per_minute(30),
            refresh: Quota::per_minute(60),
            callback: Quota::per_minute(30),
            read: Quota::per_minute(1_000),
            write: Quota::per_minute(500),
            bulk: Quota::per_minute(50),
            email_test: Quota::new(5, hour),
            template_preview: Quota::per_minute(30),
            global: Quota::per_minute(300),
        }
    }
}

/// What a request of one class draws from.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Budgets {
    /// Before anybody is looked up.
    pub(crate) address: Option<Quota>,
    /// Of the tenant as a whole.
    pub(crate) tenant: Option<Quota>,
    /// Of whom the request is about, as the handler finds it.
    pub(crate) subject: Option<Quota>,
    /// Of the key or user that asks.
    pub(crate) principal: Option<Quota>,
}

impl RateLimits {
    pub(crate) fn of(&self, class: RateClass) -> Budgets {
        let none = Budgets::default();
        let address = |quota| Budgets {
            address: Some(quota),
            ..none
        };
        let mailing = |address, subject| Budgets {
            address: Some(address),
            subject: Some(subject),
            ..none
        };
        let principal = |quota| Budgets {
            principal: Some(quota),
            ..none
        };
        match class {
            RateClass::Unlimited => none,
            RateClass::SignIn => Budgets {
                tenant: Some(self.login_tenant),
                ..address(self.login)
            },
            RateClass::SignUp => address(self.signup),
            RateClass::MagicLink | RateClass::EmailResend => {
                mailing(self.magic_link, self.magic_link)
            }
            RateClass::PasswordForgot => {
                mailing(self.password_forgot_address, self.password_forgot)
            }
            RateClass::EmailVerify | RateClass::PasswordReset | RateClass::Unlock => {
                address(self.link)
            }
            RateClass::MfaChallenge => mailing(self.mfa, self.mfa_challenge),
            RateClass::MfaVerify => address(self.mfa),
            RateClass::PasskeyOptions | RateClass::PasskeyVerify => address(self.passkey),
            RateClass::Refresh => mailing(self.global, self.refresh),
            RateClass::Callback => address(self.callback),
            RateClass::Read => principal(self.read),
            RateClass::Write => principal(self.write),
            RateClass::Bulk => principal(self.bulk),
            RateClass::EmailTest => principal(self.email_test),
            RateClass::TemplatePreview => principal(self.template_preview),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_counted_class_has_a_budget() {
        let limits = RateLimits::default();
        for class in RateClass::COUNTED {
            let budgets = limits.of(class);
            assert!(
                budgets.address.or(budgets.principal).is_some(),
                "{class:?} is not limited"
            );
        }
    }
}

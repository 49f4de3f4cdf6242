//! Where mailed links lead: our own pages below a configured address, or a page of the
//! application that the tenant listed. Never anything a request's headers say (R033, N11).

use secrecy::{ExposeSecret, SecretString};

use crate::{Engine, access::Caller, one_time::OneTimeToken, redirect::RedirectUrl};

/// A page of ours that a mailed link opens. Opening it consumes nothing (R034).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Page {
    /// Proves a mailbox: of an account, or one it moves to.
    VerifyEmail,
    /// Takes a change of address back.
    UndoEmailChange,
    /// Sets a new password.
    ResetPassword,
    /// Signs in, and goes on to the application.
    MagicLink,
    /// Lifts a lock.
    Unlock,
    /// Proves the mailbox of somebody who lost their second factor.
    MfaRecovery,
}

impl Page {
    /// Its path below the base of links.
    pub const fn path(self) -> &'static str {
        match self {
            Self::VerifyEmail => "/auth/verify-email",
            Self::UndoEmailChange => "/auth/undo-email-change",
            Self::ResetPassword => "/auth/reset-password",
            Self::MagicLink => "/v1/auth/magic-link/callback",
            Self::Unlock => "/auth/unlock",
            Self::MfaRecovery => "/auth/mfa-recovery",
        }
    }
}

impl Engine {
    /// A link to one of our pages that carries a one-time secret.
    pub(crate) fn page_link(
        &self,
        caller: &Caller,
        page: Page,
        token: &OneTimeToken,
    ) -> SecretString {
        let own = caller.tenant().config.links_base_url.as_deref();
        let base = own.unwrap_or(&self.settings().issuer);
        let base = base.trim_end_matches('/');
        let secret = token.secret().expose_secret();
        format!("{base}{}?token={secret}", page.path()).into()
    }

    /// The same, or a link to the page of the application the request asked for.
    pub(crate) fn page_or_own_link(
        &self,
        caller: &Caller,
        (page, own): (Page, Option<&RedirectUrl>),
        token: &OneTimeToken,
    ) -> SecretString {
        match own {
            Some(url) => url.carrying("token", token.secret()),
            None => self.page_link(caller, page, token),
        }
    }
}

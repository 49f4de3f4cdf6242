use ::metrics::{Counter, Gauge, Histogram};

use super::{
    ARGON2_MEMORY, ARGON2_QUEUED, ARGON2_REFUSED, ARGON2_RUNNING, ARGON2_THREADS, ARGON2_TIME,
    ARGON2_WAIT, MESSAGES, OUTCOMES, RETRIES, REUSES, ROTATIONS, TOKENS,
};
use crate::{Error, mail::Channel, store::SendOutcome, token::TokenFormat};

/// The flows whose outcomes are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flow {
    Authenticate,
    SignUp,
    SignIn,
    Refresh,
    SignOut,
    ChangePassword,
    ResetPassword,
    VerifyEmail,
    UndoEmailChange,
    MagicLink,
}

impl Flow {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Authenticate => "authenticate",
            Self::SignUp => "sign_up",
            Self::SignIn => "sign_in",
            Self::Refresh => "refresh",
            Self::SignOut => "sign_out",
            Self::ChangePassword => "change_password",
            Self::ResetPassword => "reset_password",
            Self::VerifyEmail => "verify_email",
            Self::UndoEmailChange => "undo_email_change",
            Self::MagicLink => "magic_link",
        }
    }
}

/// The engine's handles, registered once so that counting does not look anything up.
pub(crate) struct Meters {
    authenticated: Counter,
    signed_up: Counter,
    signed_in: Counter,
    refreshed: Counter,
    signed_out: Counter,
    changed_password: Counter,
    reset_password: Counter,
    verified_email: Counter,
    undone_email_change: Counter,
    signed_in_by_link: Counter,
    jwt: Counter,
    #[cfg(feature = "paseto")]
    paseto: Counter,
    pub(crate) rotations: Counter,
    pub(crate) retries: Counter,
    pub(crate) reuses: Counter,
}

impl Meters {
    pub(crate) fn register() -> Self {
        let ok = |flow: Flow| OUTCOMES.count(&[("flow", flow.as_str()), ("result", "ok")]);
        Self {
            authenticated: ok(Flow::Authenticate),
            signed_up: ok(Flow::SignUp),
            signed_in: ok(Flow::SignIn),
            refreshed: ok(Flow::Refresh),
            signed_out: ok(Flow::SignOut),
            changed_password: ok(Flow::ChangePassword),
            reset_password: ok(Flow::ResetPassword),
            verified_email: ok(Flow::VerifyEmail),
            undone_email_change: ok(Flow::UndoEmailChange),
            signed_in_by_link: ok(Flow::MagicLink),
            jwt: TOKENS.count(&[("format", "jwt")]),
            #[cfg(feature = "paseto")]
            paseto: TOKENS.count(&[("format", "paseto")]),
            rotations: ROTATIONS.count(&[]),
            retries: RETRIES.count(&[]),
            reuses: REUSES.count(&[]),
        }
    }

    /// Counts how a flow ended, and passes its outcome on.
    pub(crate) fn ended<T>(&self, flow: Flow, outcome: Result<T, Error>) -> Result<T, Error> {
        match &outcome {
            Ok(_) => self.ok(flow).increment(1),
            Err(error) => OUTCOMES
                .count(&[("flow", flow.as_str()), ("result", error.code())])
                .increment(1),
        }
        outcome
    }

    /// Counts an attempt to send a message. There are few: the handle is looked up.
    #[expect(clippy::unused_self, reason = "whoever counts has the meters")]
    pub(crate) fn message(&self, channel: Channel, outcome: &SendOutcome) {
        let result = match outcome {
            SendOutcome::Sent(_) => "sent",
            SendOutcome::Retry { .. } => "retried",
            SendOutcome::Unsent { .. } => "unsent",
            SendOutcome::Dead { .. } => "dead",
        };
        MESSAGES
            .count(&[("channel", channel.as_str()), ("result", result)])
            .increment(1);
    }

    /// Counts a token.
    pub(crate) fn issued(&self, format: TokenFormat) {
        match format {
            TokenFormat::Jwt => self.jwt.increment(1),
            #[cfg(feature = "paseto")]
            TokenFormat::Paseto => self.paseto.increment(1),
        }
    }

    const fn ok(&self, flow: Flow) -> &Counter {
        match flow {
            Flow::Authenticate => &self.authenticated,
            Flow::SignUp => &self.signed_up,
            Flow::SignIn => &self.signed_in,
            Flow::Refresh => &self.refreshed,
            Flow::SignOut => &self.signed_out,
            Flow::ChangePassword => &self.changed_password,
            Flow::ResetPassword => &self.reset_password,
            Flow::VerifyEmail => &self.verified_email,
            Flow::UndoEmailChange => &self.undone_email_change,
            Flow::MagicLink => &self.signed_in_by_link,
        }
    }
}

/// The handles of a password pool.
pub(crate) struct PasswordMeters {
    pub(crate) running: Gauge,
    pub(crate) queued: Gauge,
    pub(crate) refused: Counter,
    pub(crate) wait: Histogram,
    pub(crate) time: Histogram,
    pub(crate) memory: Gauge,
}

impl PasswordMeters {
    /// Registers them for a pool of so many threads.
    pub(crate) fn register(threads: usize) -> Self {
        ARGON2_THREADS.show(&[]).set(float(threads));
        Self {
            running: ARGON2_RUNNING.show(&[]),
            queued: ARGON2_QUEUED.show(&[]),
            refused: ARGON2_REFUSED.count(&[]),
            wait: ARGON2_WAIT.measure(&[]),
            time: ARGON2_TIME.measure(&[]),
            memory: ARGON2_MEMORY.show(&[]),
        }
    }
}

/// Counts of this kind are far below what a float holds exactly.
pub(crate) fn float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

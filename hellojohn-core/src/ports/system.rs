//! The operating system's clock and randomness: the only ambient authority in this crate.

use crate::{
    ports::{Clock, Random},
    time::Timestamp,
};

/// The system clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        #[expect(clippy::disallowed_methods, reason = "this is the Clock port")]
        let since_epoch = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or_default();
        Timestamp::from_micros(i64::try_from(since_epoch.as_micros()).unwrap_or(i64::MAX))
    }
}

/// The operating system's random generator.
#[derive(Clone, Copy, Debug)]
pub struct SystemRandom(());

/// The operating system has no randomness to give (R079).
#[derive(Debug, thiserror::Error)]
#[error("the operating system's random generator is not available")]
pub struct NoRandomness;

impl SystemRandom {
    /// Tries the generator once, so that a host without one fails at start.
    pub fn new() -> Result<Self, NoRandomness> {
        let mut probe = [0; 32];
        getrandom::fill(&mut probe).map_err(|_| NoRandomness)?;
        Ok(Self(()))
    }
}

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) {
        if getrandom::fill(bytes).is_err() {
            // It worked at start. Going on without randomness would mint guessable secrets.
            std::process::abort();
        }
    }
}

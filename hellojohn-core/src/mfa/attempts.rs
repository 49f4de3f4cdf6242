use std::time::Duration;

use crate::time::Timestamp;

/// When codes of one account were tried: of all kinds together, wrong or still being checked (R127, N22).
///
/// An attempt is written down before its check, and struck out again if the code was right. A right
/// code forgives none of the wrong ones before it: the owner's daily sign-in would otherwise give a
/// guesser new attempts every day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeAttempts {
    at: Vec<Timestamp>,
}

/// No further code is checked for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyAttempts {
    /// How long.
    pub wait: Duration,
}

const SHORT: Window = Window {
    span: Duration::from_mins(10),
    most: 5,
};
const LONG: Window = Window {
    span: Duration::from_hours(24),
    most: 30,
};

struct Window {
    span: Duration,
    most: usize,
}

impl CodeAttempts {
    /// Reads what is stored.
    pub fn new(mut at: Vec<Timestamp>) -> Self {
        at.sort_unstable();
        Self { at }
    }

    /// When they were, the oldest first.
    pub fn times(&self) -> &[Timestamp] {
        &self.at
    }

    /// Writes one more attempt down, if there is one left.
    pub fn reserve(&mut self, now: Timestamp) -> Result<(), TooManyAttempts> {
        for window in [LONG, SHORT] {
            if let Some(wait) = self.wait(&window, now) {
                return Err(TooManyAttempts { wait });
            }
        }
        // What a clock that went back calls the future still counts.
        self.at.retain(|at| now.since(*at) < LONG.span);
        self.at.push(now);
        self.at.sort_unstable();
        Ok(())
    }

    /// Strikes an attempt out: its code was right.
    pub fn forgive(&mut self, reserved: Timestamp) {
        if let Some(place) = self.at.iter().position(|at| *at == reserved) {
            self.at.remove(place);
        }
    }

    /// How long until the window has room, if it has none.
    fn wait(&self, window: &Window, now: Timestamp) -> Option<Duration> {
        let recent = || self.at.iter().filter(|at| now.since(**at) < window.span);
        let beyond = recent().count().checked_sub(window.most)?;
        let opens = recent().nth(beyond).map(|at| *at + window.span)?;
        Some(opens.since(now).max(Duration::from_secs(1)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(seconds)
    }

    #[test]
    fn five_in_ten_minutes_and_the_window_slides() {
        let mut attempts = CodeAttempts::default();
        for second in 0..5 {
            attempts.reserve(at(second)).unwrap();
        }
        let refused = attempts.reserve(at(5)).unwrap_err();
        assert_eq!(refused.wait, Duration::from_secs(595));
        assert!(attempts.reserve(at(599)).is_err());
        attempts.reserve(at(600)).unwrap();
        assert!(attempts.reserve(at(600)).is_err());
    }

    #[test]
    fn a_right_code_strikes_out_its_own_attempt_only() {
        let mut attempts = CodeAttempts::default();
        for second in 0..4 {
            attempts.reserve(at(second)).unwrap();
        }
        attempts.reserve(at(9)).unwrap();
        attempts.forgive(at(9));
        assert_eq!(attempts.times(), [at(0), at(1), at(2), at(3)]);
        attempts.forgive(at(77));
        assert_eq!(attempts.times().len(), 4);
    }

    #[test]
    fn a_clock_that_goes_back_gives_no_attempts() {
        let mut attempts = CodeAttempts::default();
        for second in 0..5 {
            attempts.reserve(at(90_000 + second)).unwrap();
        }
        assert!(attempts.reserve(at(1_000)).is_err());
    }

    proptest! {
        /// R127: whatever the pace, no ten minutes see more than five and no day more than thirty.
        #[test]
        fn the_limits_hold_at_any_pace(pauses in prop::collection::vec(0_i64..4_000, 1..400)) {
            let mut attempts = CodeAttempts::default();
            let mut now = 0;
            let mut let_in: Vec<i64> = Vec::new();
            for pause in pauses {
                now += pause;
                if attempts.reserve(at(now)).is_ok() {
                    let_in.push(now);
                }
            }
            for (first, span, most) in let_in.iter().flat_map(|t| [(*t, 600, 5), (*t, 86_400, 30)]) {
                let within = let_in.iter().filter(|t| (first..first + span).contains(*t)).count();
                prop_assert!(within <= most, "{within} within {span} s of {first}");
            }
        }
    }
}

use std::{ops::RangeInclusive, time::Duration};

use hellojohn_core::lockout::{Counting, LockoutPolicy, MOST_CONSECUTIVE, Threshold};

use super::{
    env::Env,
    parse::{flag, number, span},
    settings::{
        ACCOUNT_LOCKOUT_DISABLE_THRESHOLD, ACCOUNT_LOCKOUT_DISABLE_WINDOW, ACCOUNT_LOCKOUT_ENABLED,
        ACCOUNT_LOCKOUT_HARD_THRESHOLD, ACCOUNT_LOCKOUT_HARD_WINDOW,
        ACCOUNT_LOCKOUT_SOFT_THRESHOLD, ACCOUNT_LOCKOUT_SOFT_WINDOW, Setting,
    },
};

const FAILURES: RangeInclusive<u32> = 1..=MOST_CONSECUTIVE;
const WINDOWS: RangeInclusive<Duration> = Duration::from_secs(1)..=Duration::from_hours(24);

/// Reads when too many failed attempts lock an account.
pub(crate) fn from_env(env: &mut Env) -> LockoutPolicy {
    let mut threshold =
        |failures: &'static Setting, window: &'static Setting, default: Threshold| Threshold {
            failures: env.parsed(failures, default.failures, number(FAILURES)),
            within: env.parsed(window, default.within, span(WINDOWS)),
        };
    let default = LockoutPolicy::default();
    let policy = LockoutPolicy {
        soft: threshold(
            &ACCOUNT_LOCKOUT_SOFT_THRESHOLD,
            &ACCOUNT_LOCKOUT_SOFT_WINDOW,
            default.soft,
        ),
        hard: threshold(
            &ACCOUNT_LOCKOUT_HARD_THRESHOLD,
            &ACCOUNT_LOCKOUT_HARD_WINDOW,
            default.hard,
        ),
        disable: threshold(
            &ACCOUNT_LOCKOUT_DISABLE_THRESHOLD,
            &ACCOUNT_LOCKOUT_DISABLE_WINDOW,
            default.disable,
        ),
        counting: Counting::On,
    };
    let steps = [policy.soft, policy.hard, policy.disable].map(|step| step.failures);
    if !steps.is_sorted() {
        env.refuse(
            &ACCOUNT_LOCKOUT_SOFT_THRESHOLD.variable(),
            "the thresholds must grow: soft, hard, disable",
        );
    }
    let counting = if env.parsed(&ACCOUNT_LOCKOUT_ENABLED, true, flag) {
        Counting::On
    } else {
        Counting::Off
    };
    LockoutPolicy { counting, ..policy }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(settings: &[(&str, &'static str)]) -> Result<LockoutPolicy, String> {
        let settings = settings.iter();
        let mut env = Env::of(settings.map(|(name, value)| ((*name).to_owned(), *value)));
        let policy = from_env(&mut env);
        env.finish()
            .map(|_| policy)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn thresholds_are_read_and_have_an_order() {
        assert_eq!(read(&[]), Ok(LockoutPolicy::default()));
        let policy = read(&[
            ("ACCOUNT_LOCKOUT_SOFT_THRESHOLD", "3"),
            ("ACCOUNT_LOCKOUT_HARD_WINDOW", "30m"),
            ("HELLOJOHN_ACCOUNT_LOCKOUT_ENABLED", "false"),
        ]);
        let policy = policy.unwrap();
        assert_eq!(policy.soft.failures, 3);
        assert_eq!(policy.hard.within, Duration::from_mins(30));
        assert_eq!(policy.counting, Counting::Off);
        for (name, value) in [
            ("ACCOUNT_LOCKOUT_SOFT_THRESHOLD", "0"),
            ("ACCOUNT_LOCKOUT_DISABLE_THRESHOLD", "101"),
            ("ACCOUNT_LOCKOUT_SOFT_WINDOW", "25h"),
            ("HELLOJOHN_ACCOUNT_LOCKOUT_SOFT_THRESHOLD", "11"),
        ] {
            let error = read(&[(name, value)]).unwrap_err();
            assert!(error.starts_with(name), "{error}");
        }
    }
}

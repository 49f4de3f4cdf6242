//! Finding Argon2 parameters for a host.

use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Version};

use super::{
    arena::Arena,
    params::{Argon2Params, FLOOR, MAX_ITERATIONS, MAX_MEMORY_KIB},
};
use crate::ports::PasswordsError;

/// Proposes parameters whose hash takes about `target`, preferring memory over passes (RFC 9106 §4).
///
/// It starts from the default, never goes below the floor (R006), and asks
/// `measure` some ten times; see [`time_one_hash`].
pub fn propose(
    target: Duration,
    mut measure: impl FnMut(Argon2Params) -> Duration,
) -> Argon2Params {
    let start = Argon2Params::default();
    let with = |memory, passes| Argon2Params::new(memory, passes, start.parallelism());

    let mut best = start;
    let mut spent = measure(start);
    while spent.saturating_mul(2) <= target && best.memory_kib() * 2 <= MAX_MEMORY_KIB {
        let Ok(doubled) = with(best.memory_kib() * 2, best.iterations()) else {
            break;
        };
        let longer = measure(doubled);
        if longer > target {
            break;
        }
        (best, spent) = (doubled, longer);
    }

    let passes = affordable_passes(best, spent, target);
    for passes in (1..=passes).rev() {
        if let Ok(candidate) = with(best.memory_kib(), passes)
            && (candidate == best && spent <= target || measure(candidate) <= target)
        {
            return candidate;
        }
    }

    // Even one pass over 64 MiB is too slow here: down the floor, most memory first.
    let mut least = start;
    for candidate in FLOOR
        .iter()
        .filter_map(|&(memory, passes)| with(memory, passes).ok())
    {
        least = candidate;
        if measure(candidate) <= target {
            break;
        }
    }
    least
}

/// Really hashes with these parameters and tells how long it took, for [`propose`].
///
/// The memory is touched beforehand, as it is in a running pool. A host without
/// that much memory answers [`Duration::MAX`].
pub fn time_one_hash(params: Argon2Params) -> Duration {
    timed(params).unwrap_or(Duration::MAX)
}

/// How many passes fit into the target if time is proportional to them.
fn affordable_passes(params: Argon2Params, spent: Duration, target: Duration) -> u32 {
    let one = (spent / params.iterations()).as_nanos().max(1);
    let affordable = u32::try_from(target.as_nanos() / one).unwrap_or(u32::MAX);
    affordable.clamp(1, MAX_ITERATIONS)
}

fn timed(params: Argon2Params) -> Result<Duration, PasswordsError> {
    let mut arena = Arena::new(params);
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.for_library()?);
    let mut tag = [0; 32];
    arena.derive(&argon2, b"warm the memory", &[0; 16], &mut tag)?;
    let start = Instant::now();
    arena.derive(&argon2, b"correct horse battery staple", &[1; 16], &mut tag)?;
    Ok(start.elapsed())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A host that fills one MiB in so many microseconds.
    fn model(micros: u64) -> impl FnMut(Argon2Params) -> Duration {
        move |params| {
            let work = u64::from(params.memory_kib()) * u64::from(params.iterations()) / 1024;
            Duration::from_micros(work * micros)
        }
    }

    #[test]
    fn the_proposal_comes_close_to_the_target_on_any_host() {
        let target = Duration::from_millis(100);
        for micros in [50, 100, 200, 500, 520, 900, 1_500] {
            let found = propose(target, model(micros));
            let spent = model(micros)(found);
            assert!(spent <= target, "{micros}: {found:?} takes {spent:?}");
            assert!(spent >= target / 2, "{micros}: {found:?} takes {spent:?}");
            assert!(found.memory_kib() >= 65_536, "{micros}: {found:?}");
        }
    }

    #[test]
    fn memory_is_preferred_to_passes() {
        let found = propose(Duration::from_millis(400), model(500));
        assert_eq!(found.memory_kib(), 262_144);
        assert_eq!(found.iterations(), 3);
    }

    #[test]
    fn a_slow_host_gets_the_floor_and_nothing_below_it() {
        for micros in [2_500, 10_000, 1_000_000] {
            let found = propose(Duration::from_millis(100), model(micros));
            assert!(Argon2Params::new(found.memory_kib(), found.iterations(), 4).is_ok());
            assert!(found.memory_kib() < 65_536);
        }
        let found = propose(Duration::ZERO, model(1_000));
        assert_eq!((found.memory_kib(), found.iterations()), (7_168, 5));
    }

    #[test]
    fn a_fast_host_stops_at_the_caps() {
        let found = propose(Duration::from_hours(1), model(1));
        assert_eq!((found.memory_kib(), found.iterations()), (262_144, 4));
    }

    #[test]
    fn a_real_hash_takes_time() {
        let spent = time_one_hash(Argon2Params::new(7_168, 5, 1).unwrap());
        assert!(
            spent > Duration::from_micros(500) && spent < Duration::from_secs(10),
            "{spent:?}"
        );
    }

    #[test]
    fn few_measurements_are_made() {
        for micros in [1, 100, 1_500, 1_000_000] {
            let mut count = 0;
            let mut host = model(micros);
            propose(Duration::from_millis(100), |params| {
                count += 1;
                host(params)
            });
            assert!(count <= 10, "{micros}: {count}");
        }
    }
}

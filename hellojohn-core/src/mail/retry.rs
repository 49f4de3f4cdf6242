//! When a message is tried again.

use std::time::Duration;

/// How long to wait after the first, second … failed attempt.
const PAUSES: [Duration; 5] = [
    Duration::from_secs(10),
    Duration::from_mins(1),
    Duration::from_mins(5),
    Duration::from_mins(30),
    Duration::from_hours(2),
];

/// How long to wait after so many failed attempts, up to a fifth more or less by chance; none
/// when it is time to give up.
pub(crate) fn pause_after(attempts: u32, chance: u8) -> Option<Duration> {
    let before = usize::try_from(attempts.saturating_sub(1)).ok()?;
    let pause = PAUSES.get(before)?;
    let percent = 80 + u32::from(chance) * 40 / u32::from(u8::MAX);
    Some(*pause * percent / 100)
}

/// Whether so many attempts were begun that a further one would be one too many: then earlier
/// ones ended the worker itself.
pub(crate) const fn is_beyond(attempts: u32) -> bool {
    attempts as usize > PAUSES.len() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        let mut last = Duration::ZERO;
        for attempts in 1..=5 {
            let (low, high) = (pause_after(attempts, 0), pause_after(attempts, u8::MAX));
            let (low, high) = (low.unwrap(), high.unwrap());
            assert!(last < low && low < high, "{attempts}: {low:?} {high:?}");
            last = high;
        }
        assert_eq!(pause_after(6, 0), None);
        assert!(!is_beyond(6) && is_beyond(7));
        assert_eq!(pause_after(1, 0), Some(Duration::from_secs(8)));
        assert_eq!(pause_after(1, u8::MAX), Some(Duration::from_secs(12)));
    }
}

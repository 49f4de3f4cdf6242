//! Argon2id parameters between a floor and a cap (R006).

use crate::ports::PasswordsError;

/// Memory (KiB) and the least number of passes that go with it: the OWASP Password Storage equivalents.
pub(super) const FLOOR: [(u32, u32); 5] = [
    (47_104, 1),
    (19_456, 2),
    (12_288, 3),
    (9_216, 4),
    (7_168, 5),
];
/// Caps on every Argon2 hash, our own and imported ones alike (R194): what may be made must
/// also be checked, and no check may cost others their turn. 256 MiB, ten passes, and of
/// memory times passes 1 GiB, about a second.
pub(super) const MAX_MEMORY_KIB: u32 = 256 * 1024;
pub(super) const MAX_ITERATIONS: u32 = 10;
const MAX_WORK_KIB: u32 = 1024 * 1024;
const MAX_PARALLELISM: u32 = 16;

/// Whether a hash with these parameters costs no more than any may.
pub(super) fn within_caps(memory_kib: u32, iterations: u32, parallelism: u32) -> bool {
    memory_kib <= MAX_MEMORY_KIB
        && iterations <= MAX_ITERATIONS
        && parallelism <= MAX_PARALLELISM
        && memory_kib.saturating_mul(iterations) <= MAX_WORK_KIB
}

/// How costly our own hashes are: Argon2id (RFC 9106) with a 16-byte salt and a 32-byte tag.
///
/// The default is 64 MiB, three passes, four lanes. Lanes are computed one after
/// the other, so that one hash takes one core.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Argon2Params {
    memory_kib: u32,
    iterations: u32,
    parallelism: u32,
}

/// Why Argon2 parameters are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParamsError {
    /// Cheaper than every pair OWASP gives as the minimum.
    #[error(
        "argon2 memory {memory_kib} KiB with {iterations} iterations is below the floor: at least \
         47104 KiB with 1 iteration, 19456 with 2, 12288 with 3, 9216 with 4 or 7168 with 5"
    )]
    BelowFloor {
        /// The memory asked for.
        memory_kib: u32,
        /// The passes asked for.
        iterations: u32,
    },
    /// More than one hash may ever cost.
    #[error(
        "argon2 parameters are above the caps: 262144 KiB, 10 iterations, and memory times iterations 1048576 KiB"
    )]
    AboveCap,
    /// No lanes, or more than sixteen.
    #[error("argon2 parallelism must be between 1 and 16")]
    Parallelism,
}

impl ParamsError {
    /// The stable name of this error.
    pub const fn code(self) -> &'static str {
        match self {
            Self::BelowFloor { .. } => "argon2_below_floor",
            Self::AboveCap => "argon2_above_cap",
            Self::Parallelism => "argon2_parallelism",
        }
    }
}

impl Argon2Params {
    /// Takes parameters that are neither too weak nor too costly.
    pub fn new(memory_kib: u32, iterations: u32, parallelism: u32) -> Result<Self, ParamsError> {
        if !(1..=MAX_PARALLELISM).contains(&parallelism) {
            return Err(ParamsError::Parallelism);
        }
        if !within_caps(memory_kib, iterations, parallelism) {
            return Err(ParamsError::AboveCap);
        }
        let enough = |&(memory, passes): &(u32, u32)| memory_kib >= memory && iterations >= passes;
        if !FLOOR.iter().any(enough) {
            return Err(ParamsError::BelowFloor {
                memory_kib,
                iterations,
            });
        }
        Ok(Self {
            memory_kib,
            iterations,
            parallelism,
        })
    }

    /// Memory of one hash, in KiB (`m`).
    pub const fn memory_kib(self) -> u32 {
        self.memory_kib
    }

    /// Passes over the memory (`t`).
    pub const fn iterations(self) -> u32 {
        self.iterations
    }

    /// Lanes (`p`).
    pub const fn parallelism(self) -> u32 {
        self.parallelism
    }

    /// The library's form of these parameters.
    pub(super) fn for_library(self) -> Result<argon2::Params, PasswordsError> {
        argon2::Params::new(self.memory_kib, self.iterations, self.parallelism, None)
            .map_err(|_| PasswordsError::Failed)
    }
}

impl Default for Argon2Params {
    fn default() -> Self {
        Self {
            memory_kib: 65_536,
            iterations: 3,
            parallelism: 4,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_floor_pair_is_taken_and_one_step_below_it_is_not() {
        for (memory, passes) in FLOOR {
            assert!(
                Argon2Params::new(memory, passes, 1).is_ok(),
                "{memory} {passes}"
            );
            for (memory, passes) in [(memory - 1, passes), (memory, passes - 1)] {
                assert_eq!(
                    Argon2Params::new(memory, passes, 1),
                    Err(ParamsError::BelowFloor {
                        memory_kib: memory,
                        iterations: passes
                    })
                );
            }
        }
        assert!(Argon2Params::new(4_096, 20, 1).is_err());
    }

    #[test]
    fn the_caps_hold() {
        assert!(Argon2Params::new(262_144, 4, 16).is_ok());
        assert_eq!(
            Argon2Params::new(1_048_577, 1, 1),
            Err(ParamsError::AboveCap)
        );
        assert_eq!(Argon2Params::new(65_536, 21, 1), Err(ParamsError::AboveCap));
        assert_eq!(
            Argon2Params::new(65_536, 3, 0),
            Err(ParamsError::Parallelism)
        );
        assert_eq!(
            Argon2Params::new(65_536, 3, 17),
            Err(ParamsError::Parallelism)
        );
    }

    #[test]
    fn the_default_is_the_documented_one_and_valid() {
        assert_eq!(Argon2Params::new(65_536, 3, 4), Ok(Argon2Params::default()));
        assert!(Argon2Params::default().for_library().is_ok());
    }

    #[test]
    fn the_refusal_names_the_floor() {
        let refusal = Argon2Params::new(4_096, 3, 1).unwrap_err();
        assert_eq!(refusal.code(), "argon2_below_floor");
        assert!(refusal.to_string().contains("7168 with 5"));
    }
}

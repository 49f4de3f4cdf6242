//! Whether a database survives an upgrade by this program and the way back (U1, R2, R4).
//!
//! The same trial is made of every released version in the tests, and of a user's own backup by
//! `hj migrations verify`.

mod checksums;
mod trial;

pub use checksums::Checksums;
pub use trial::{Outcome, Step, StepDone, UpgradeTrial, Verdict};

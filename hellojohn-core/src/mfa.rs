//! Second factors.

pub mod policy;

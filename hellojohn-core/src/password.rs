//! Passwords: what is accepted as one (R001–R005), and how it is hashed and checked (R006, R008, R013, R193).

mod arena;
mod blocklist;
mod breach;
mod calibrate;
mod import;
mod params;
mod policy;
mod pool;
mod text;
mod weakness;

pub use breach::is_breached;
pub use calibrate::{propose, time_one_hash};
pub use import::{Scheme, UnsupportedHash, recognise};
pub use params::{Argon2Params, ParamsError};
pub use policy::{InvalidPolicy, PasswordPolicy};
pub use pool::{PasswordPool, PoolError, PoolSettings};
pub use text::MAX_PASSWORD_BYTES;
pub use weakness::Weakness;

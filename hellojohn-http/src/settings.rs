//! What the host decides about the HTTP side.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// How [`Api`](crate::Api) presents itself and whom it believes.
#[derive(Clone, Debug)]
pub struct HttpSettings {
    /// The value of `X-HelloJohn-Version`.
    pub version: String,
    /// How many proxies stand in front. With 0 the `X-Forwarded-*` headers are ignored; with
    /// `n` the `n`-th address from the right of `X-Forwarded-For` is the client (R184).
    pub trusted_proxy_hops: u8,
    /// What the health routes tell.
    pub health: HealthInfo,
    /// Whether the host wants traffic.
    pub readiness: Readiness,
}

/// What the health routes tell besides the state.
#[derive(Clone, Debug, Default)]
pub struct HealthInfo {
    /// The newest migration of the database.
    pub schema_version: Option<String>,
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            trusted_proxy_hops: 0,
            health: HealthInfo::default(),
            readiness: Readiness::default(),
        }
    }
}

/// A switch the host keeps: turned off while it drains, so that `/health` sends traffic elsewhere.
#[derive(Clone, Debug)]
pub struct Readiness(Arc<AtomicBool>);

impl Default for Readiness {
    fn default() -> Self {
        Self(Arc::new(AtomicBool::new(true)))
    }
}

impl Readiness {
    /// Asks for traffic; so it begins.
    pub fn set_ready(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// Asks for no more traffic. Requests are still answered.
    pub fn set_unready(&self) {
        self.0.store(false, Ordering::Release);
    }

    /// What was asked last.
    pub fn is_ready(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

//! What the host decides about the HTTP side.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
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
#[derive(Clone, Debug, Default)]
pub struct Readiness(Arc<State>);

#[derive(Debug, Default)]
struct State {
    draining: AtomicBool,
    pending_migrations: AtomicUsize,
}

impl Readiness {
    /// Asks for traffic; so it begins.
    pub fn set_ready(&self) {
        self.0.draining.store(false, Ordering::Release);
    }

    /// Asks for no more traffic. Requests are still answered.
    pub fn set_unready(&self) {
        self.0.draining.store(true, Ordering::Release);
    }

    /// What was asked last.
    pub fn is_ready(&self) -> bool {
        !self.0.draining.load(Ordering::Acquire)
    }

    /// Tells how many migrations the database still lacks; none until told. Only the health
    /// routes show it, as `pending`: old and new servers run side by side during an update.
    pub fn note_pending_migrations(&self, count: usize) {
        self.0.pending_migrations.store(count, Ordering::Release);
    }

    /// Whether the database lacked migrations when it was last told.
    pub fn has_pending_migrations(&self) -> bool {
        self.0.pending_migrations.load(Ordering::Acquire) > 0
    }
}

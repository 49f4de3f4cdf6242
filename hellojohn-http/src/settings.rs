//! What the host decides about the HTTP side.

use std::sync::{
    Arc, PoisonError, RwLock,
    atomic::{AtomicBool, Ordering},
};

use crate::{metrics::MetricsPage, rate_limits::RateLimits};

/// How [`Api`](crate::Api) presents itself and whom it believes.
#[derive(Clone, Debug)]
pub struct HttpSettings {
    /// The value of `X-HelloJohn-Version`.
    pub version: String,
    /// How many proxies stand in front. With 0 the `X-Forwarded-*` headers are ignored; with
    /// `n` the `n`-th address from the right of `X-Forwarded-For` is the client (R184).
    pub trusted_proxy_hops: u8,
    /// How often routes may be called; `None` counts nothing.
    pub rate_limits: Option<RateLimits>,
    /// Whether the host wants traffic, and what it knows of the schema.
    pub readiness: Readiness,
    /// What `/metrics` answers; without it there is no such page.
    pub metrics: Option<MetricsPage>,
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            trusted_proxy_hops: 0,
            rate_limits: Some(RateLimits::default()),
            readiness: Readiness::default(),
            metrics: None,
        }
    }
}

/// What the host tells the health routes: whether it wants traffic, and where the schema stands.
#[derive(Clone, Debug, Default)]
pub struct Readiness(Arc<State>);

#[derive(Debug, Default)]
struct State {
    draining: AtomicBool,
    schema: RwLock<Option<Arc<SchemaState>>>,
}

/// The schema of the database, as the host saw it last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SchemaState {
    /// The newest applied migration.
    pub version: Option<String>,
    /// The names of the migrations the database still lacks.
    pub pending: Vec<String>,
    /// The names of migrations this program does not know: a newer one has run them.
    pub newer: Vec<String>,
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

    /// Tells where the schema stands. Only the health routes show it: old and new servers
    /// run side by side during an update.
    pub fn note_schema(&self, schema: SchemaState) {
        let mut noted = self
            .0
            .schema
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *noted = Some(Arc::new(schema));
    }

    /// Where the schema stood when it was last told; none until told.
    pub fn schema(&self) -> Option<Arc<SchemaState>> {
        let noted = self.0.schema.read().unwrap_or_else(PoisonError::into_inner);
        noted.clone()
    }
}

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};

use fred::{
    clients::WithOptions,
    interfaces::ClientLike as _,
    prelude::{
        Builder, Client, Config, ConnectionConfig, Options, PerformanceConfig, ReconnectPolicy,
    },
    rustls::{ClientConfig, RootCertStore, crypto::aws_lc_rs},
    rustls_native_certs::load_native_certs,
    types::config::{TlsConnector, UnresponsiveConfig},
};
use hellojohn_core::{
    rate::{Quota, RateDecision, RateKey},
    secret::{ExposeSecret as _, SecretString},
    time::Timestamp,
};
use tokio::task::JoinHandle;

use super::{RedisError, script::Draw};
use crate::metrics;

/// The connection to Redis, and whether it is worth asking.
pub(super) struct Link {
    state: Arc<State>,
    probing: JoinHandle<()>,
}

struct State {
    client: Client,
    patient: WithOptions<Client>,
    failures: AtomicU32,
    away: AtomicBool,
}

/// So many failures in a row, and nobody asks any more.
const ENOUGH: u32 = 3;
const PROBE_EVERY: Duration = Duration::from_millis(100);
/// How long Redis may take to answer for the first time before somebody is told.
const FIRST_ANSWER: Duration = Duration::from_secs(2);
const RECONNECT_AFTER_MS: u32 = 100;

impl Link {
    /// Begins to connect, and returns before it has.
    pub(super) fn start(url: &SecretString, timeout: Duration) -> Result<Self, RedisError> {
        let config = configuration(url.expose_secret())?;
        let client = Builder::from_config(config)
            .with_performance_config(|performance: &mut PerformanceConfig| {
                performance.default_command_timeout = timeout;
            })
            .with_connection_config(|connection: &mut ConnectionConfig| {
                connection.connection_timeout = Duration::from_secs(1);
                connection.internal_command_timeout = Duration::from_secs(1);
                connection.max_command_attempts = 1;
                connection.reconnect_on_auth_error = true;
                // A connection whose other end is gone without a word.
                connection.unresponsive = UnresponsiveConfig {
                    max_timeout: Some(Duration::from_secs(2)),
                    interval: Duration::from_millis(500),
                };
            })
            .set_policy(ReconnectPolicy::new_constant(0, RECONNECT_AFTER_MS))
            .build()
            .map_err(|_| RedisError::InvalidUrl)?;
        // Its task lives as long as the client; the probe tells when it is connected.
        drop(client.connect());
        let options = Options {
            max_attempts: Some(1),
            timeout: Some(timeout),
            fail_fast: true,
            ..Options::default()
        };
        let state = Arc::new(State {
            patient: client.with_options(&options),
            client,
            failures: AtomicU32::new(0),
            away: AtomicBool::new(true),
        });
        metrics::redis_is_away();
        let probing = tokio::spawn(probe(Arc::clone(&state)));
        Ok(Self { state, probing })
    }

    /// What Redis decides, unless it is known or found not to answer.
    pub(super) async fn ask(&self, draw: &Draw<'_>) -> Option<RateDecision> {
        let state = &*self.state;
        if state.away.load(Ordering::Acquire) || !state.client.is_connected() {
            return None;
        }
        match draw.run(&state.patient).await {
            Ok(decision) => {
                state.failures.store(0, Ordering::Relaxed);
                Some(decision)
            }
            Err(error) => {
                state.failed(&error);
                None
            }
        }
    }

    /// Whether Redis is asked at present.
    pub(super) fn is_up(&self) -> bool {
        !self.state.away.load(Ordering::Acquire) && self.state.client.is_connected()
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.probing.abort();
    }
}

impl State {
    fn failed(&self, error: &fred::error::Error) {
        let failures = self.failures.fetch_add(1, Ordering::Relaxed) + 1;
        if failures >= ENOUGH && !self.away.swap(true, Ordering::AcqRel) {
            metrics::redis_is_away();
            tracing::warn!(error = error.details(), "{AWAY}");
        }
    }
}

const AWAY: &str =
    "Redis does not answer; each instance limits requests by itself until it is back";

/// Asks now and then, so that no request has to find out whether Redis is back.
async fn probe(state: Arc<State>) {
    let key = RateKey::new(&[0; 32], &[b"probe"]);
    let draw = Draw {
        key: &key,
        quota: Quota::per_minute(1),
        now: Timestamp::from_seconds(0),
        remembered: None,
    };
    let mut pause = tokio::time::interval(PROBE_EVERY);
    pause.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    // It counts as away from the start, so a wrong address would never be told as a change.
    let mut first = Some(tokio::time::Instant::now() + FIRST_ANSWER);
    loop {
        pause.tick().await;
        let away = state.away.load(Ordering::Acquire);
        if !away {
            first = None;
        } else if first.is_some_and(|until| tokio::time::Instant::now() >= until) {
            first = None;
            tracing::warn!("{AWAY}; it did not answer yet, so check its address and password");
        }
        if !state.client.is_connected() {
            if !away && !state.away.swap(true, Ordering::AcqRel) {
                metrics::redis_is_away();
                tracing::warn!("{AWAY}");
            }
        } else if away && draw.run(&state.patient).await.is_ok() {
            state.failures.store(0, Ordering::Relaxed);
            state.away.store(false, Ordering::Release);
            metrics::redis_is_up();
            tracing::info!("Redis answers; requests are counted with the other instances");
        }
    }
}

/// Whether this is an address of Redis.
pub(super) fn check(url: &SecretString) -> Result<(), RedisError> {
    address(url.expose_secret()).map(|_| ())
}

fn configuration(url: &str) -> Result<Config, RedisError> {
    let (mut config, transport) = address(url)?;
    if transport == Transport::Tls {
        config.tls = Some(system_roots()?.into());
    }
    // Goes on trying also if it was never there.
    config.fail_fast = false;
    Ok(config)
}

#[derive(PartialEq, Eq)]
enum Transport {
    Plain,
    Tls,
}

/// Reads an address as one without TLS: the library's own choice of certificates fails on a
/// single one it cannot read.
fn address(url: &str) -> Result<(Config, Transport), RedisError> {
    let (rest, transport) = match url.split_once("://") {
        Some(("redis", rest)) => (rest, Transport::Plain),
        Some(("rediss", rest)) => (rest, Transport::Tls),
        _ => return Err(RedisError::InvalidUrl),
    };
    let config = Config::from_url_centralized(&format!("redis://{rest}"));
    let config = config.map_err(|_| RedisError::InvalidUrl)?;
    Ok((config, transport))
}

fn system_roots() -> Result<TlsConnector, RedisError> {
    let mut roots = RootCertStore::empty();
    let (added, _) = roots.add_parsable_certificates(load_native_certs().certs);
    if added == 0 {
        return Err(RedisError::NoRoots);
    }
    let provider = Arc::new(aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| RedisError::NoRoots)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_redis_urls_are_taken_and_none_is_repeated() {
        for good in [
            "redis://127.0.0.1",
            "redis://:hunter2@cache.example:6380/3",
            "redis://user:hunter2@[::1]:6379/0",
            "rediss://user:hunter2@cache.example",
        ] {
            assert!(address(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "hunter2",
            "http://hunter2",
            "redis:hunter2",
            "redis://:hunter2@",
        ] {
            let error = check(&bad.to_owned().into()).unwrap_err().to_string();
            assert!(!error.contains("hunter2"), "{error}");
        }
    }
}

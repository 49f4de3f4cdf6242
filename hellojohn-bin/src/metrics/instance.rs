//! The instance: its version, its schema, its database, its keys and its housekeeping.

use std::{sync::Mutex, time::Duration};

use hellojohn_core::{flows::Purged, metrics::Series, ports::LimiterStanding, time::Timestamp};
use hellojohn_storage::{Connections, Standing};
use metrics::{Counter, Gauge};

pub(super) const SERIES: &[Series] = &[
    BUILD,
    READY,
    SCHEMA,
    PENDING,
    NEWER,
    EPOCH,
    DATABASE_UP,
    DATABASE_PING,
    CONNECTIONS,
    MOST_CONNECTIONS,
    REDIS,
    KEY_AGE,
    HOUSEKEEPING,
    HOUSEKEPT_AT,
    PURGED,
];

const BUILD: Series = Series::gauge(
    "hellojohn_build_info",
    &["version"],
    "1 beside the version of this program.",
);
const READY: Series = Series::gauge(
    "hellojohn_ready",
    &[],
    "1 while this instance wants traffic, 0 before it serves and while it drains.",
);
const SCHEMA: Series = Series::gauge(
    "hellojohn_schema_info",
    &["version"],
    "1 beside the version of the schema as it is now, 0 beside former ones.",
);
const PENDING: Series = Series::gauge(
    "hellojohn_migrations_pending",
    &[],
    "Migrations of this program that the database lacks.",
);
const NEWER: Series = Series::gauge(
    "hellojohn_migrations_newer",
    &[],
    "Migrations of the database that this program does not know.",
);
const EPOCH: Series = Series::gauge(
    "hellojohn_restore_epoch",
    &[],
    "How many times a backup was restored into this database.",
);
const DATABASE_UP: Series = Series::gauge(
    "hellojohn_database_up",
    &[],
    "1 if the database answered when it was last asked.",
);
const DATABASE_PING: Series = Series::gauge(
    "hellojohn_database_ping_seconds",
    &[],
    "How long the database took to answer when it was last asked, with a new connection.",
);
const CONNECTIONS: Series = Series::gauge(
    "hellojohn_db_connections",
    &["state"],
    "Connections to the database: idle or in_use.",
);
const MOST_CONNECTIONS: Series = Series::gauge(
    "hellojohn_db_connections_max",
    &[],
    "Connections to the database that there may be.",
);
const REDIS: Series = Series::gauge(
    "hellojohn_redis_state",
    &["state"],
    "1 beside the state of Redis: disabled, ok or degraded.",
);
const KEY_AGE: Series = Series::gauge(
    "hellojohn_signing_key_age_seconds",
    &[],
    "How long the key that signs access tokens has been signing.",
);
const HOUSEKEEPING: Series = Series::counter(
    "hellojohn_housekeeping_runs_total",
    &["result"],
    "Runs of the hourly housekeeping: ok or failed.",
);
const HOUSEKEPT_AT: Series = Series::gauge(
    "hellojohn_housekeeping_last_success_timestamp_seconds",
    &[],
    "When housekeeping last succeeded, in seconds since 1970; 0 before the first time.",
);
const PURGED: Series = Series::counter(
    "hellojohn_purged_total",
    &["what"],
    "Rows removed by housekeeping: sessions, answers or events.",
);

/// Shows where requests are counted.
pub(super) fn show_redis(standing: LimiterStanding) {
    for (state, word) in [
        (LimiterStanding::Alone, "disabled"),
        (LimiterStanding::Shared, "ok"),
        (LimiterStanding::Degraded, "degraded"),
    ] {
        let holds = if state == standing { 1.0 } else { 0.0 };
        REDIS.show(&[("state", word)]).set(holds);
    }
}

/// Shows whether this instance wants traffic.
pub(super) fn show_ready(ready: bool) {
    READY.show(&[]).set(f64::from(u8::from(ready)));
}

/// Shows the connections to the database.
pub(super) fn show_connections(connections: Connections) {
    let idle = connections.idle.min(connections.open);
    let show = |state, count: u32| CONNECTIONS.show(&[("state", state)]).set(f64::from(count));
    show("idle", idle);
    show("in_use", connections.open - idle);
    MOST_CONNECTIONS.show(&[]).set(f64::from(connections.most));
}

/// What the watch over the database sets.
pub(crate) struct InstanceMeters {
    pending: Gauge,
    newer: Gauge,
    epoch: Gauge,
    up: Gauge,
    ping: Gauge,
    key_age: Gauge,
    schema: Mutex<Option<String>>,
}

impl InstanceMeters {
    /// Registers them, and states what does not change.
    pub(crate) fn register() -> Self {
        BUILD.state_fact("version", env!("CARGO_PKG_VERSION"), 1.0);
        show_redis(LimiterStanding::Alone);
        Self {
            pending: PENDING.show(&[]),
            newer: NEWER.show(&[]),
            epoch: EPOCH.show(&[]),
            up: DATABASE_UP.show(&[]),
            ping: DATABASE_PING.show(&[]),
            key_age: KEY_AGE.show(&[]),
            schema: Mutex::new(None),
        }
    }

    /// The database answered.
    pub(crate) fn stands(&self, standing: &Standing, took: Duration) {
        self.up.set(1.0);
        self.ping.set(took.as_secs_f64());
        self.pending.set(count(standing.pending.len()));
        self.newer.set(count(standing.newer.len()));
        let epoch = standing.restore_epoch.map_or(0, |epoch| epoch.number);
        let epoch = u32::try_from(epoch).unwrap_or(u32::MAX);
        self.epoch.set(f64::from(epoch));
        let mut schema = self
            .schema
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if *schema != standing.version {
            if let Some(former) = schema.as_deref() {
                SCHEMA.state_fact("version", former, 0.0);
            }
            schema.clone_from(&standing.version);
        }
        if let Some(version) = schema.as_deref() {
            SCHEMA.state_fact("version", version, 1.0);
        }
    }

    /// The database did not answer.
    pub(crate) fn is_away(&self) {
        self.up.set(0.0);
    }

    /// How long the key that signs has been at it.
    pub(crate) fn signs_since(&self, since: Timestamp, now: Timestamp) {
        self.key_age.set(now.since(since).as_secs_f64());
    }
}

/// The handles of housekeeping.
pub(crate) struct HousekeepingMeters {
    ok: Counter,
    failed: Counter,
    at: Gauge,
    sessions: Counter,
    answers: Counter,
    events: Counter,
}

impl HousekeepingMeters {
    /// Registers them.
    pub(crate) fn register() -> Self {
        let purged = |what| PURGED.count(&[("what", what)]);
        Self {
            ok: HOUSEKEEPING.count(&[("result", "ok")]),
            failed: HOUSEKEEPING.count(&[("result", "failed")]),
            at: HOUSEKEPT_AT.show(&[]),
            sessions: purged("sessions"),
            answers: purged("answers"),
            events: purged("events"),
        }
    }

    /// A run succeeded.
    pub(crate) fn done(&self, purged: Purged, now: Timestamp) {
        self.ok.increment(1);
        let now = u32::try_from(now.as_seconds()).unwrap_or(u32::MAX);
        self.at.set(f64::from(now));
        self.sessions.increment(purged.sessions);
        self.answers.increment(purged.answers);
        self.events.increment(purged.events);
    }

    /// A run failed.
    pub(crate) fn failed(&self) {
        self.failed.increment(1);
    }
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

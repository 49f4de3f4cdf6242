//! What the server does for itself, once an hour.

use std::time::Duration;

use hellojohn_core::Engine;
use tokio::time::{MissedTickBehavior, interval_at};

use crate::{failure::chain, metrics::HousekeepingMeters};

const FIRST: Duration = Duration::from_mins(1);
const EVERY: Duration = Duration::from_hours(1);

/// Purges what nobody needs any more, until the task is dropped.
pub(crate) async fn run(engine: Engine) {
    let mut ticks = interval_at(tokio::time::Instant::now() + FIRST, EVERY);
    let meters = HousekeepingMeters::register();
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        match engine.purge().await {
            Ok(purged) => {
                meters.done(purged, engine.now());
                tracing::info!(
                    purged.sessions = purged.sessions,
                    purged.answers = purged.answers,
                    purged.events = purged.events,
                    "purged"
                );
            }
            Err(error) => {
                meters.failed();
                tracing::warn!(error = %chain(&error), "purge failed; it is tried again in an hour");
            }
        }
    }
}

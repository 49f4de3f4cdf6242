//! Whether the configured Redis answers.

use std::time::Duration;

use hellojohn_core::ports::{LimiterStanding, RateLimiter as _};
use hellojohn_storage::{RedisLimiter, RedisOptions};
use tokio::time::{sleep, timeout};

use crate::findings::Findings;

const PATIENCE: Duration = Duration::from_secs(2);
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Asks it the way the server does.
pub(super) async fn look(options: &RedisOptions, findings: &mut Findings) {
    let limiter = match RedisLimiter::start(options) {
        Ok(limiter) => limiter,
        Err(error) => {
            return findings.bad("Redis", error.to_string(), "check HELLOJOHN_REDIS_URL");
        }
    };
    let shared = async {
        while limiter.standing() != LimiterStanding::Shared {
            sleep(LOOK_EVERY).await;
        }
    };
    if timeout(PATIENCE, shared).await.is_ok() {
        findings.good("Redis", "answers and runs the script of the limits");
    } else {
        findings.warn(
            "Redis",
            "does not answer; each instance counts requests by itself",
            "start it, and check HELLOJOHN_REDIS_URL",
        );
    }
}

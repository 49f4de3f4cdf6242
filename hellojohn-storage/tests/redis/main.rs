//! The shared limiter against a real Redis: the same answers as in memory, and what happens without it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod faults;
mod sameness;
mod server;

use std::time::Duration;

use hellojohn_core::{
    ports::{LimiterStanding, RateLimiter as _},
    rate::RateKey,
};
use hellojohn_storage::{RedisLimiter, RedisOptions};

/// A limiter that waits for a slow machine.
fn limiter(url: &str) -> RedisLimiter {
    let mut options = RedisOptions::new(url.to_owned().into()).unwrap();
    options.timeout = Duration::from_secs(2);
    RedisLimiter::start(&options).unwrap()
}

async fn stands(limiter: &RedisLimiter, standing: LimiterStanding) {
    for _ in 0..1_000 {
        if limiter.standing() == standing {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("never {standing:?}");
}

/// A name no other test has.
fn key(words: &[&str]) -> RateKey {
    let mut parts: Vec<&[u8]> = words.iter().map(|word| word.as_bytes()).collect();
    let id = format!("{}-{:?}", std::process::id(), std::time::Instant::now());
    parts.push(id.as_bytes());
    RateKey::new(&[3; 32], &parts)
}

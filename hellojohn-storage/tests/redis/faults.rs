use std::time::Duration;

use hellojohn_core::{
    ports::{LimiterStanding, RateLimiter as _},
    rate::{Quota, RateKey},
    time::Timestamp,
};
use hellojohn_storage::RedisLimiter;

use super::{key, limiter, server::Redis, stands};

const NOW: Timestamp = Timestamp::from_seconds(1_900_000_000);

fn quota() -> Quota {
    Quota::new(10, Duration::from_hours(1))
}

/// How many of `tries` are let through.
async fn pass(limiter: &RedisLimiter, name: &RateKey, tries: usize) -> usize {
    let mut passed = 0;
    for _ in 0..tries {
        passed += usize::from(limiter.hit(name, quota(), NOW).await.allowed);
    }
    passed
}

#[tokio::test(flavor = "multi_thread")]
async fn without_redis_an_instance_lets_its_share_through() {
    let mut redis = Redis::absent();
    let limiter = limiter(&redis.url());
    assert_eq!(limiter.standing(), LimiterStanding::Degraded);
    assert_eq!(pass(&limiter, &key(&["alone"]), 30).await, 5);

    // It comes up later, and nobody has to be told.
    redis.start();
    stands(&limiter, LimiterStanding::Shared).await;
    assert_eq!(pass(&limiter, &key(&["together"]), 30).await, 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redis_that_was_lost_or_emptied_resets_nothing() {
    let mut redis = Redis::absent();
    redis.start();
    let limiter = limiter(&redis.url());
    stands(&limiter, LimiterStanding::Shared).await;
    let name = key(&["guessed"]);
    assert_eq!(pass(&limiter, &name, 30).await, 10);

    redis.command(&["FLUSHALL"]);
    assert_eq!(pass(&limiter, &name, 30).await, 0, "after FLUSHALL");

    redis.kill();
    stands(&limiter, LimiterStanding::Degraded).await;
    assert_eq!(
        pass(&limiter, &name, 30).await,
        5,
        "more than the share while it is away"
    );
    redis.start();
    stands(&limiter, LimiterStanding::Shared).await;
    assert_eq!(
        pass(&limiter, &name, 30).await,
        0,
        "after it came back empty"
    );
    // Its scripts are gone, too, and others are counted as ever.
    assert_eq!(pass(&limiter, &key(&["fresh"]), 30).await, 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frozen_redis_holds_up_a_few_requests_and_then_none() {
    let mut redis = Redis::absent();
    redis.start();
    let limiter = limiter(&redis.url());
    stands(&limiter, LimiterStanding::Shared).await;
    redis.signal("STOP");
    let name = key(&["frozen"]);
    // The third failure in a row is the last one anybody waits for.
    assert_eq!(pass(&limiter, &name, 3).await, 3);
    assert_eq!(limiter.standing(), LimiterStanding::Degraded);
    assert_eq!(pass(&limiter, &name, 30).await, 2);
    redis.signal("CONT");
    stands(&limiter, LimiterStanding::Shared).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_is_like_no_redis_until_it_is_right() {
    let mut redis = Redis::absent();
    redis.start();
    redis.command(&["CONFIG", "SET", "requirepass", "right"]);
    let limiter = limiter(&redis.url().replace("://", "://:other@"));
    assert_eq!(pass(&limiter, &key(&["locked out"]), 30).await, 5);
    assert_eq!(limiter.standing(), LimiterStanding::Degraded);
    redis.command(&["-a", "right", "CONFIG", "SET", "requirepass", "other"]);
    stands(&limiter, LimiterStanding::Shared).await;
    assert_eq!(pass(&limiter, &key(&["let in"]), 30).await, 10);
}

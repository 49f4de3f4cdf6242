use std::time::Duration;

use fred::{interfaces::LuaInterface as _, prelude::ClientLike as _};
use hellojohn_core::{
    ports::{LimiterStanding, RateLimiter as _},
    rate::{InProcessLimiter, Quota},
    time::Timestamp,
};
use proptest::{prelude::*, test_runner::TestRunner};

use super::{key, limiter, stands};

fn url() -> String {
    #[expect(clippy::disallowed_methods, reason = "where the test's Redis is")]
    let url = std::env::var("TEST_REDIS_URL");
    url.unwrap_or_else(|_| panic!("TEST_REDIS_URL must name a Redis for these tests"))
}

/// Whatever is asked in whatever order and however the clock jumps, memory and Redis say the same.
#[test]
fn memory_and_redis_give_the_same_answers() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let shared = runtime.block_on(async {
        let shared = limiter(&url());
        stands(&shared, LimiterStanding::Shared).await;
        shared
    });
    // Real time must not run ahead of the test's, or Redis forgets before it may.
    let hits = proptest::collection::vec((0_u8..3, -2_000_000_i64..20_000_000), 1..80);
    let case = (1_u32..20, 60_u64..3_600, hits);
    let mut runner = TestRunner::new(ProptestConfig::with_cases(60));
    let outcome = runner.run(&case, |(limit, window, hits)| {
        let quota = Quota::new(limit, Duration::from_secs(window));
        let here = InProcessLimiter::default();
        let keys: Vec<_> = ["a", "b", "c"].map(|word| key(&[word])).to_vec();
        let mut now = Timestamp::from_seconds(1_900_000_000);
        for (which, step) in hits {
            now = Timestamp::from_micros(now.as_micros() + step);
            let key = &keys[usize::from(which)];
            let there = runtime.block_on(shared.hit(key, quota, now));
            prop_assert_eq!(here.draw(key, quota, now), there);
        }
        prop_assert_eq!(shared.standing(), LimiterStanding::Shared);
        Ok(())
    });
    outcome.unwrap();
}

/// Two instances draw from one budget, at the same time and exactly.
#[tokio::test(flavor = "multi_thread")]
async fn instances_share_a_budget() {
    let one = std::sync::Arc::new(limiter(&url()));
    let other = std::sync::Arc::new(limiter(&url()));
    stands(&one, LimiterStanding::Shared).await;
    stands(&other, LimiterStanding::Shared).await;
    let (quota, name) = (Quota::new(100, Duration::from_hours(1)), key(&["shared"]));
    let now = Timestamp::from_seconds(1_900_000_000);
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..300 {
        let limiter = std::sync::Arc::clone(if n % 2 == 0 { &one } else { &other });
        tasks.spawn(async move { limiter.hit(&name, quota, now).await.allowed });
    }
    let passed = tasks.join_all().await.into_iter().filter(|&passed| passed);
    assert_eq!(passed.count(), 100);
}

/// The name by which the script is called is that of the script.
#[tokio::test]
async fn the_digest_is_that_of_the_script() {
    let config = fred::prelude::Config::from_url(&url()).unwrap();
    let client = fred::prelude::Builder::from_config(config).build().unwrap();
    client.init().await.unwrap();
    let source = include_str!("../../src/redis/budget.lua");
    let digest: String = client.script_load(source).await.unwrap();
    assert!(include_str!("../../src/redis/script.rs").contains(&format!("\"{digest}\"")));
    client.quit().await.unwrap();
}

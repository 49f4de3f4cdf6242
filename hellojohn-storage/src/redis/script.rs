use std::time::Duration;

use fred::{
    clients::WithOptions,
    interfaces::LuaInterface as _,
    prelude::{Client, Error},
};
use hellojohn_core::{
    rate::{Quota, RateDecision, RateKey, allowed, refused},
    time::Timestamp,
};

pub(super) const SOURCE: &str = include_str!("budget.lua");

/// SHA-1 of the source, by which Redis knows the script once it has seen it.
pub(super) const DIGEST: &str = "e59261d4ac8d903f1d48ad3774f98ddbfca3b4bf";

const PREFIX: &[u8] = b"hj:rate:";

/// One request to Redis.
pub(super) struct Draw<'a> {
    pub(super) key: &'a RateKey,
    pub(super) quota: Quota,
    pub(super) now: Timestamp,
    /// When the budget will be full again as far as this instance knows.
    pub(super) remembered: Option<Timestamp>,
}

impl Draw<'_> {
    /// Lets Redis decide.
    pub(super) async fn run(&self, client: &WithOptions<Client>) -> Result<RateDecision, Error> {
        let key = [PREFIX, self.key.as_bytes()].concat();
        let arguments = vec![
            self.now.as_micros(),
            micros(self.quota.interval()),
            micros(self.quota.refill()),
            self.remembered.map_or(0, Timestamp::as_micros),
        ];
        let answer: Result<(u8, i64), Error> = client
            .evalsha(DIGEST, key.as_slice(), arguments.clone())
            .await;
        let (passed, full_at) = match answer {
            // It was started anew, or its scripts were flushed.
            Err(error) if error.details().starts_with("NOSCRIPT") => {
                client.eval(SOURCE, key.as_slice(), arguments).await?
            }
            answer => answer?,
        };
        let full_at = Timestamp::from_micros(full_at);
        let decision = if passed == 1 { allowed } else { refused };
        Ok(decision(full_at, self.quota, self.now))
    }
}

fn micros(span: Duration) -> i64 {
    i64::try_from(span.as_micros()).unwrap_or(i64::MAX)
}

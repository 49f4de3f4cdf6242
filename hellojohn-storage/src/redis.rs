//! Budgets that all instances share, in Redis (R025).
//!
//! Redis runs the same decision as [`hellojohn_core::rate::decide`], with the caller's clock.
//! Whether it answers is found out in the background: a request asks a Redis that answers,
//! or decides in this process by its share of the budget. It never waits for a connection,
//! and for an answer only the first few times that none comes.

mod link;
mod script;

use std::{fmt, time::Duration};

use async_trait::async_trait;
use hellojohn_core::{
    ports::{LimiterStanding, RateLimiter},
    rate::{InProcessLimiter, Quota, RateDecision, RateKey},
    secret::SecretString,
    time::Timestamp,
};

use self::{link::Link, script::Draw};
use crate::metrics;

/// How to reach Redis, and what to do without it.
#[derive(Clone, Debug)]
pub struct RedisOptions {
    /// `redis://` or `rediss://` with user, password, host, port and database number.
    pub url: SecretString,
    /// How many instances there are: without Redis each lets this part of a budget through.
    pub instances: u32,
    /// How long a request waits for an answer before it is decided here.
    pub timeout: Duration,
}

impl RedisOptions {
    /// Two instances, which wait 40 ms. Refuses what is no address of Redis.
    pub fn new(url: SecretString) -> Result<Self, RedisError> {
        link::check(&url)?;
        Ok(Self {
            url,
            instances: 2,
            timeout: Duration::from_millis(40),
        })
    }
}

/// Redis cannot be used as it is configured.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RedisError {
    /// Not an address of Redis. The address is not repeated: it may hold a password.
    #[error("not an address such as redis://user:password@host:6379/0")]
    InvalidUrl,
    /// TLS was asked for, and this host trusts no certificate.
    #[error("this host has no root certificates for TLS")]
    NoRoots,
}

impl RedisError {
    /// The stable code of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::InvalidUrl => "invalid_redis_url",
            Self::NoRoots => "no_root_certificates",
        }
    }
}

/// Counts requests in Redis, with the other instances.
///
/// Each instance remembers what it let through itself, and Redis is told: a Redis that was
/// emptied or started anew does not give everybody a full budget again (N32).
pub struct RedisLimiter {
    link: Link,
    instances: u32,
    /// What this instance let through of each budget.
    own: InProcessLimiter,
    /// Its shares of the budgets, for when Redis does not answer.
    shares: InProcessLimiter,
}

impl RedisLimiter {
    /// Begins to connect in the background; Redis need not be there. To be called in a Tokio runtime.
    pub fn start(options: &RedisOptions) -> Result<Self, RedisError> {
        Ok(Self {
            link: Link::start(&options.url, options.timeout)?,
            instances: options.instances.max(1),
            own: InProcessLimiter::default(),
            shares: InProcessLimiter::default(),
        })
    }

    fn decide_here(&self, key: &RateKey, quota: Quota, now: Timestamp) -> RateDecision {
        metrics::fell_back();
        let share = quota.share(self.instances);
        let decision = self.shares.draw(key, share, now);
        if decision.allowed {
            // The others do the same meanwhile: what Redis is told later speaks for all of them.
            self.own.note(key, share, now);
        }
        decision
    }
}

#[async_trait]
impl RateLimiter for RedisLimiter {
    async fn hit(&self, key: &RateKey, quota: Quota, now: Timestamp) -> RateDecision {
        let draw = Draw {
            key,
            quota,
            now,
            remembered: self.own.full_at(key),
        };
        if let Some(decision) = self.link.ask(&draw).await {
            if decision.allowed {
                self.own.note(key, quota, now);
            }
            return decision;
        }
        self.decide_here(key, quota, now)
    }

    fn standing(&self) -> LimiterStanding {
        if self.link.is_up() {
            LimiterStanding::Shared
        } else {
            LimiterStanding::Degraded
        }
    }
}

impl fmt::Debug for RedisLimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisLimiter")
            .field("instances", &self.instances)
            .finish_non_exhaustive()
    }
}

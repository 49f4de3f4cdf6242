use super::{Quota, RateDecision, RateKey};
use crate::{Engine, ports::LimiterStanding};

impl Engine {
    /// Draws one request from the budget that these parts name.
    ///
    /// The first part should say what is limited; the others whom. Never fails: a limiter that
    /// cannot reach its store decides on its own (R025).
    pub async fn draw(&self, parts: &[&[u8]], quota: Quota) -> RateDecision {
        let key = self.rate_key(parts);
        self.limiter().hit(&key, quota, self.now()).await
    }

    /// The name of a budget on every instance with this encryption key.
    pub fn rate_key(&self, parts: &[&[u8]]) -> RateKey {
        RateKey::new(self.fingerprint_key(), parts)
    }

    /// Where this engine counts.
    pub fn limiter_standing(&self) -> LimiterStanding {
        self.limiter().standing()
    }
}

use std::time::Duration;

use hellojohn_core::{
    ports::{Clock as _, system::SystemClock},
    signing_key::{KeyPurpose, KeyState, overlap, standings},
    store::{Access, Store as _},
};
use hellojohn_storage::SqlStore;

use crate::{config::Config, failure::chain, findings::Findings};

/// After this long a signing key should have had a successor.
const OLD: Duration = Duration::from_hours(24 * 365);

const FIRST_START: &str = "the first start makes one";

/// What the signing keys do; they stay sealed.
pub(super) async fn look(config: &Config, store: &SqlStore, findings: &mut Findings) {
    if matches!(store.migrations().status().await, Ok(status) if status.version.is_none()) {
        findings.warn(
            "signing key",
            "none: the database has no tables",
            FIRST_START,
        );
        return;
    }
    let rows = async {
        let mut unit = store.begin_control(Access::Read).await?;
        unit.signing_keys().await
    };
    let rows = match rows.await {
        Ok(rows) => rows,
        Err(error) => {
            findings.warn("signing key", chain(&error), "check the role's rights");
            return;
        }
    };
    let now = SystemClock.now();
    let rows: Vec<_> = rows
        .into_iter()
        .filter(|key| key.purpose == KeyPurpose::AccessToken)
        .collect();
    let keys = standings(&rows, now, overlap(config.tokens.jwks_max_age));
    let active = keys.iter().find(|key| key.state == KeyState::Active);
    let Some(since) = active.and_then(|key| key.key.active_from) else {
        findings.warn("signing key", "none signs yet", FIRST_START);
        return;
    };
    let age = now.since(since);
    let days = age.as_secs() / (24 * 60 * 60);
    if age > OLD {
        findings.warn(
            "signing key",
            format!("Ed25519, signs for {days} days"),
            "make and activate another with `hj signing-keys`",
        );
    } else {
        findings.good("signing key", format!("Ed25519, signs for {days} days"));
    }
}

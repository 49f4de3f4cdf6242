//! Looks at the database's schema while the server runs: others migrate it, restore it and roll it back.

use std::time::{Duration, Instant};

use hellojohn_core::store::StoreError;
use hellojohn_core::{Engine, access::Operator, signing_key::KeyState};
use hellojohn_http::{Readiness, SchemaState};
use hellojohn_storage::{MigrationError, Release, SqlStore, Standing};

use crate::{
    failure::{Failure, WAY_OUT, chain},
    metrics::InstanceMeters,
};

const EVERY: Duration = Duration::from_secs(10);
const PATIENCE: Duration = Duration::from_secs(5);

/// Tells health, metrics and the log where the schema stands.
pub(crate) struct SchemaWatch {
    store: SqlStore,
    readiness: Readiness,
    meters: InstanceMeters,
    seen: Option<Standing>,
}

/// The release of this program.
pub(crate) fn own_release() -> Release {
    // A test proves that it is one.
    env!("CARGO_PKG_VERSION").parse().unwrap_or(Release {
        major: 0,
        minor: 0,
        patch: 0,
    })
}

/// Why this program must not touch a database, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) why: String,
    pub(crate) fix: String,
}

/// Whether this program must not touch a database that stands like this (U11, R200).
pub(crate) fn refusal(standing: &Standing) -> Option<Refusal> {
    if standing.half_restored {
        return Some(Refusal {
            why: "a restore into this database was begun and not finished".to_owned(),
            fix: WAY_OUT.to_owned(),
        });
    }
    later_major(standing)
}

fn later_major(standing: &Standing) -> Option<Refusal> {
    let own = own_release();
    let release = standing
        .release
        .filter(|_| standing.is_of_later_major(own))?;
    Some(Refusal {
        why: format!(
            "the schema of this database is of release {release}, and this program is {own}: an \
             older major release cannot serve it"
        ),
        fix: format!(
            "start version {release} or later, or restore the backup from before the upgrade"
        ),
    })
}

impl SchemaWatch {
    /// A watch over this database.
    pub(crate) fn new(store: SqlStore, readiness: Readiness) -> Self {
        Self {
            store,
            readiness,
            meters: InstanceMeters::register(),
            seen: None,
        }
    }

    /// Looks once.
    pub(crate) async fn look(&mut self) -> Result<Standing, MigrationError> {
        let started = Instant::now();
        let migrations = self.store.migrations();
        let looked = tokio::time::timeout(PATIENCE, migrations.standing()).await;
        let standing = match looked {
            Ok(Ok(standing)) => standing,
            Ok(Err(error)) => {
                self.meters.is_away();
                return Err(error);
            }
            Err(late) => {
                self.meters.is_away();
                return Err(StoreError::Unavailable(Box::new(late)).into());
            }
        };
        self.meters.stands(&standing, started.elapsed());
        self.readiness.note_schema(SchemaState {
            version: standing.version.clone(),
            pending: standing.pending.clone(),
            newer: standing.newer.clone(),
        });
        self.tell(&standing);
        self.seen = Some(standing.clone());
        Ok(standing)
    }

    /// Looks once in a while, until the task is dropped.
    pub(crate) async fn run(mut self, engine: Engine) {
        let mut away = false;
        loop {
            self.note_key_age(&engine).await;
            tokio::time::sleep(EVERY).await;
            match self.look().await {
                Ok(_) => away = false,
                Err(error) if !away => {
                    away = true;
                    tracing::warn!(error = %chain(&error), "the schema cannot be read");
                }
                Err(_) => {}
            }
        }
    }

    /// The log hears of a change, not of every look.
    fn tell(&self, standing: &Standing) {
        let before = self.seen.as_ref();
        let is_news = |part: fn(&Standing) -> &Vec<String>| {
            !part(standing).is_empty() && before.map(part) != Some(part(standing))
        };
        if is_news(|standing| &standing.newer) {
            let release = standing.release.map(|release| release.to_string());
            tracing::warn!(
                migrations.newer = %standing.newer.join(", "),
                schema.release = release,
                "the database has migrations that are newer than this program"
            );
        }
        if is_news(|standing| &standing.pending) && before.is_some_and(|b| b.pending.is_empty()) {
            tracing::warn!(
                migrations.pending = %standing.pending.join(", "),
                "the schema was rolled back under this program; run `hj migrations run`, or start the version before"
            );
        }
        if let (Some(before), Some(problem)) = (before, &standing.problem)
            && before.problem.as_ref() != Some(problem)
        {
            tracing::warn!("{problem}");
        }
        if let Some(before) = before
            && before.restore_epoch != standing.restore_epoch
        {
            tracing::warn!(
                restore.epoch = standing.restore_epoch.map(|epoch| epoch.number),
                "a backup was restored into this database"
            );
        }
    }

    async fn note_key_age(&self, engine: &Engine) {
        let Ok(keys) = engine.signing_keys(&Operator::local()).await else {
            return;
        };
        let signs = keys.iter().find(|key| key.state == KeyState::Active);
        if let Some(since) = signs.and_then(|key| key.key.active_from) {
            self.meters.signs_since(since, engine.now());
        }
    }
}

/// Refuses to go on with a database this program must not touch, or whose history is another's.
pub(crate) fn require_known(standing: &Standing) -> Result<(), Failure> {
    refuse(refusal(standing))?;
    match &standing.problem {
        None => Ok(()),
        Some(problem) => Err(Failure::general(format!(
            "{problem}; see `hj migrations validate`"
        ))),
    }
}

/// Refuses a database of a later major release; whether it was restored whole is asked elsewhere.
pub(crate) fn require_own_major(standing: &Standing) -> Result<(), Failure> {
    refuse(later_major(standing))
}

fn refuse(refusal: Option<Refusal>) -> Result<(), Failure> {
    refusal.map_or(Ok(()), |Refusal { why, fix }| {
        Err(Failure::general(format!("{why}; {fix}")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn newer(release: Option<&str>) -> Standing {
        Standing {
            newer: vec!["29990101_001_future".to_owned()],
            release: release.map(|release| release.parse().unwrap()),
            ..Standing::default()
        }
    }

    #[test]
    fn only_a_later_major_is_refused() {
        let own = own_release();
        assert_eq!(own.to_string(), env!("CARGO_PKG_VERSION"));
        let later = format!("{}.0.0", own.major + 1);
        let next_minor = format!("{}.{}.0", own.major, own.minor + 1);
        let refused = refusal(&newer(Some(&later))).unwrap();
        assert!(refused.why.contains(&later) && refused.fix.contains(&later));
        assert_eq!(refusal(&newer(Some(&next_minor))), None);
        assert_eq!(refusal(&newer(None)), None);
        let known = Standing {
            newer: Vec::new(),
            ..newer(Some(&later))
        };
        assert_eq!(refusal(&known), None, "every migration is known here");
    }

    #[test]
    fn half_a_restore_is_refused_with_the_way_out() {
        let half = Standing {
            half_restored: true,
            ..Standing::default()
        };
        let Refusal { fix, .. } = refusal(&half).unwrap();
        assert!(fix.contains("hj admin restore-epoch") && fix.contains("hj backup restore"));
    }
}

use hellojohn_core::restore::{PENDING_TABLE, RestoreEpoch, SETTING};

use super::{Migration, MigrationError, Newer, Release, ledger, plan, schema_release as release};
use crate::conn::Direct;

/// Where a database stands towards this program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The newest applied version; none for an empty database.
    pub version: Option<String>,
    /// Which release brought it, if its runner wrote that down.
    pub release: Option<Release>,
    /// The names of what this program would apply, oldest first.
    pub pending: Vec<String>,
    /// The names of applied migrations newer than everything this program knows.
    pub newer: Vec<String>,
    /// What is wrong with the applied migrations: one was changed, is missing, or came out of order.
    pub problem: Option<String>,
    /// How many times a backup was restored into this database, and when last; none if what is
    /// written there is no epoch.
    pub restore_epoch: Option<RestoreEpoch>,
    /// Whether a restore began and did not end: the database may be half there.
    pub half_restored: bool,
}

impl Standing {
    /// Whether the schema is of a major release after `own`, which `own` must not use (U11).
    pub fn is_of_later_major(&self, own: Release) -> bool {
        !self.newer.is_empty() && self.release.is_some_and(|it| it.major > own.major)
    }
}

pub(super) async fn standing(
    conn: &mut Direct,
    catalog: &[Migration],
) -> Result<Standing, MigrationError> {
    let applied = ledger::read(conn).await?;
    let version = applied.last().map(|entry| entry.version().to_owned());
    let release = match &version {
        Some(version) => release::of(conn, version).await?,
        None => None,
    };
    let newest_known = catalog.last().map_or("", Migration::version);
    let epoch = release::setting(conn, SETTING).await?;
    let problem = plan::pending(catalog, &applied, Newer::Allow).err();
    Ok(Standing {
        release,
        problem: problem.map(|problem| problem.to_string()),
        pending: plan::not_applied(catalog, &applied)
            .into_iter()
            .map(|migration| migration.name().to_owned())
            .collect(),
        newer: applied
            .iter()
            .filter(|entry| entry.version() > newest_known)
            .map(|entry| entry.name.clone())
            .collect(),
        version,
        restore_epoch: RestoreEpoch::of_setting(epoch.as_deref()).ok(),
        half_restored: conn.has_table(PENDING_TABLE).await?,
    })
}

use hellojohn_core::time::Timestamp;

use super::{Migration, MigrationError, ledger, plan};
use crate::conn::Direct;

/// Where a database stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The newest applied version, `YYYYMMDD_NNN`; none for an empty database.
    pub version: Option<String>,
    /// The names of what would be applied, oldest first.
    pub pending: Vec<String>,
}

/// One line of the list of migrations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// `YYYYMMDD_NNN_title`.
    pub name: String,
    /// Whether it is applied.
    pub state: State,
}

/// Whether a migration is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is.
    Applied {
        /// Since when.
        at: Timestamp,
        /// With which others.
        batch: i64,
    },
    /// Not yet.
    Pending,
}

pub(super) async fn status(
    conn: &mut Direct,
    catalog: &[Migration],
) -> Result<Status, MigrationError> {
    let applied = ledger::read(conn).await?;
    Ok(Status {
        version: applied.last().map(|entry| entry.version().to_owned()),
        pending: plan::not_applied(catalog, &applied)
            .into_iter()
            .map(|migration| migration.name().to_owned())
            .collect(),
    })
}

pub(super) async fn list(
    conn: &mut Direct,
    catalog: &[Migration],
) -> Result<Vec<Listed>, MigrationError> {
    let applied = ledger::read(conn).await?;
    let pending = plan::not_applied(catalog, &applied)
        .into_iter()
        .map(|migration| Listed {
            name: migration.name().to_owned(),
            state: State::Pending,
        });
    let mut list: Vec<Listed> = applied
        .iter()
        .map(|entry| Listed {
            name: entry.name.clone(),
            state: State::Applied {
                at: entry.applied_at,
                batch: entry.batch,
            },
        })
        .chain(pending)
        .collect();
    list.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(list)
}

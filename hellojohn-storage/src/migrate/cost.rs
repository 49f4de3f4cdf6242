//! What pending migrations would cost: which locks, on how much, for how long.

use std::fmt;

use super::{
    Blocking, LockMode, Migration, MigrationError, Newer, Phase, Threshold, Work,
    header::Kind,
    ledger, plan,
    statement::{
        Action, Change, Effect, On, change, effects, effects_on_sqlite, statements, summary,
    },
};
use crate::conn::Direct;

mod size;

use size::Size;

/// What one pending migration would do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlannedMigration {
    /// `YYYYMMDD_NNN_title`.
    pub name: String,
    /// Its part in a change that takes more than one release.
    pub phase: Phase,
    /// Whether it can be undone.
    pub reversible: bool,
    /// The columns, `table.column`, whose values it changes on purpose.
    pub changes: Vec<String>,
    /// What it does, in order.
    pub statements: Vec<PlannedStatement>,
}

/// What one statement of a pending migration would do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlannedStatement {
    /// Its beginning.
    pub text: String,
    /// The locks it takes; none for one that touches nothing others use.
    pub locks: Vec<PlannedLock>,
    /// The worst of its locks.
    pub verdict: Verdict,
}

/// A lock that a statement would take, and what it does under it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlannedLock {
    /// How strong it is.
    pub mode: LockMode,
    /// The strongest lock of the same transaction that is held while this statement works.
    pub held: LockMode,
    /// On which table; none if that cannot be told.
    pub table: Option<String>,
    /// How many rows the table has now, about.
    pub rows: Option<u64>,
    /// How large the table and its indexes are now.
    pub bytes: Option<u64>,
    /// How much of it is gone through.
    pub work: Work,
    /// What that means for those who use it.
    pub verdict: Verdict,
}

/// What a change means for a database in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Verdict {
    /// Nobody notices.
    Online,
    /// Others wait for a moment.
    BriefLock,
    /// Others would wait for as long as it takes; plan a quiet hour.
    NeedsWindow,
}

impl Verdict {
    /// As people read it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::BriefLock => "brief lock",
            Self::NeedsWindow => "needs a window",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl PlannedMigration {
    /// The worst of its statements.
    pub fn verdict(&self) -> Verdict {
        let verdicts = self.statements.iter().map(|statement| statement.verdict);
        verdicts.max().unwrap_or(Verdict::Online)
    }
}

/// What everything pending would do.
pub(super) async fn look(
    conn: &mut Direct,
    catalog: &[Migration],
    threshold: Threshold,
) -> Result<Vec<PlannedMigration>, MigrationError> {
    let applied = ledger::read(conn).await?;
    let mut planned = Vec::new();
    for migration in plan::pending(catalog, &applied, Newer::Allow)? {
        planned.push(of(conn, migration, threshold).await);
    }
    Ok(planned)
}

/// Refuses statements that would keep others out of a large table while they go through it.
///
/// SQLite's one lock lets readers in, so there is nothing to refuse.
pub(super) async fn refuse(
    conn: &mut Direct,
    pending: &[&Migration],
    blocking: Blocking,
) -> Result<(), MigrationError> {
    let Blocking::RefuseAbove(threshold) = blocking else {
        return Ok(());
    };
    if !conn.has_sessions() {
        return Ok(());
    }
    for migration in pending {
        for statement in of(conn, migration, threshold).await.statements {
            let refused = statement.locks.into_iter().find(|lock| {
                let size = Size {
                    rows: lock.rows,
                    bytes: lock.bytes,
                };
                lock.verdict == Verdict::NeedsWindow
                    && lock.held.keeps_writers_out()
                    && size.is_above(threshold)
            });
            if let Some(lock) = refused {
                return Err(MigrationError::Blocking {
                    name: migration.name().to_owned(),
                    statement: statement.text,
                    lock: lock.held,
                    size: Size {
                        rows: lock.rows,
                        bytes: lock.bytes,
                    }
                    .to_string(),
                    table: lock
                        .table
                        .unwrap_or_else(|| "tables it cannot tell".to_owned()),
                });
            }
        }
    }
    Ok(())
}

async fn of(conn: &mut Direct, migration: &Migration, threshold: Threshold) -> PlannedMigration {
    let mut made = Vec::new();
    let mut validated = Vec::new();
    let mut held = LockMode::AccessShare;
    let mut planned = Vec::new();
    for statement in statements(migration.up()) {
        let change = change(statement);
        if let Change::CreateTable { name, .. } = &change {
            made.push(name.clone());
        }
        let mut effects = if conn.has_sessions() {
            effects(&change)
        } else {
            effects_on_sqlite(&change)
        };
        if is_proven(&change, &validated) {
            for effect in &mut effects {
                effect.work = Work::None;
            }
        }
        note_validated(change, &mut validated);
        let mut locks = Vec::new();
        for effect in effects {
            let lock = lock(conn, effect, &made, threshold).await;
            locks.push(judged(lock, held, migration.header().kind));
        }
        for lock in &locks {
            let is_new = lock
                .table
                .as_ref()
                .is_some_and(|table| made.contains(table));
            if !is_new {
                held = held.max(lock.mode);
            }
        }
        let verdict = locks.iter().map(|lock| lock.verdict).max();
        planned.push(PlannedStatement {
            text: summary(statement),
            locks,
            verdict: verdict.unwrap_or(Verdict::Online),
        });
    }
    PlannedMigration {
        name: migration.name().to_owned(),
        phase: migration.phase(),
        reversible: migration.is_reversible(),
        changes: migration.changes().to_vec(),
        statements: planned,
    }
}

/// Whether all it does is SET NOT NULL where a validated constraint stands.
///
/// PostgreSQL 12 and later believe such a constraint and do not look at the rows. In one statement
/// with its DROP CONSTRAINT they would, because dropping comes first.
fn is_proven(change: &Change, validated: &[String]) -> bool {
    let Change::Alter { table, actions } = change else {
        return false;
    };
    validated.contains(table) && actions.iter().all(|action| *action == Action::SetNotNull)
}

/// Keeps the tables whose rows an earlier statement has proved.
fn note_validated(change: Change, validated: &mut Vec<String>) {
    let Change::Alter { table, actions } = change else {
        return;
    };
    if actions.contains(&Action::DropConstraint) {
        validated.retain(|proved| *proved != table);
    } else if actions.contains(&Action::ValidateConstraint) {
        validated.push(table);
    }
}

/// The lock with the size of what it is on; a table made by the same migration is empty.
async fn lock(
    conn: &mut Direct,
    effect: Effect,
    made: &[String],
    threshold: Threshold,
) -> PlannedLock {
    let Effect { on, lock, work } = effect;
    let (table, measured) = match on {
        On::Table(table) => (Some(table.clone()), Some(table)),
        On::Index(index) => {
            let table = size::table_of(conn, &index).await;
            (table.clone(), table)
        }
        // Anything may be the largest.
        On::Anything => (None, size::largest_table(conn).await),
    };
    let is_new = table.as_ref().is_some_and(|table| made.contains(table));
    let size = match measured {
        Some(table) if !is_new => size::measure(conn, &table).await,
        _ => Size::EMPTY,
    };
    let verdict = match (&table, is_new) {
        (_, true) => Verdict::Online,
        (None, _) if work > Work::None => Verdict::NeedsWindow,
        _ if work > Work::None && size.is_above(threshold) => Verdict::NeedsWindow,
        _ => Verdict::BriefLock,
    };
    PlannedLock {
        mode: lock,
        held: lock,
        table,
        rows: size.rows,
        bytes: size.bytes,
        work,
        verdict,
    }
}

/// The same with what the transaction holds already, and milder where nobody is kept out.
fn judged(mut lock: PlannedLock, held: LockMode, kind: Kind) -> PlannedLock {
    if kind == Kind::Transaction {
        lock.held = held.max(lock.mode);
    }
    let harmless = match lock.work {
        Work::Update => kind == Kind::Backfill,
        _ => !lock.held.keeps_writers_out(),
    };
    if harmless {
        lock.verdict = Verdict::Online;
    }
    lock
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(mode: LockMode, held: LockMode, work: Work, kind: Kind) -> (Verdict, LockMode) {
        let lock = PlannedLock {
            mode,
            held: mode,
            table: Some("t".to_owned()),
            rows: Some(1_000_000),
            bytes: None,
            work,
            verdict: if work == Work::None {
                Verdict::BriefLock
            } else {
                Verdict::NeedsWindow
            },
        };
        let judged = judged(lock, held, kind);
        (judged.verdict, judged.held)
    }

    #[test]
    fn a_lock_that_is_held_counts_for_all_that_follows() {
        use LockMode::{AccessExclusive, AccessShare, RowExclusive, ShareUpdateExclusive};
        let scan = |held| judge(ShareUpdateExclusive, held, Work::Scan, Kind::Transaction);
        assert_eq!(scan(AccessShare), (Verdict::Online, ShareUpdateExclusive));
        assert_eq!(
            scan(AccessExclusive),
            (Verdict::NeedsWindow, AccessExclusive)
        );
        let bare = judge(
            ShareUpdateExclusive,
            AccessExclusive,
            Work::Scan,
            Kind::Bare,
        );
        assert_eq!(bare, (Verdict::Online, ShareUpdateExclusive));
        let update = |kind| judge(RowExclusive, AccessShare, Work::Update, kind).0;
        assert_eq!(update(Kind::Backfill), Verdict::Online);
        assert_eq!(update(Kind::Transaction), Verdict::NeedsWindow);
        let brief = judge(AccessExclusive, AccessShare, Work::None, Kind::Transaction);
        assert_eq!(brief, (Verdict::BriefLock, AccessExclusive));
    }
}

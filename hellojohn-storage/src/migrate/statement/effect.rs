use std::fmt;

use super::{
    alter::{Action, Check},
    change::Change,
};

/// A lock on a table, weakest first, by PostgreSQL's names; SQLite has one for the whole database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum LockMode {
    /// What reading takes.
    AccessShare,
    /// What `SELECT FOR UPDATE` takes.
    RowShare,
    /// What writing rows takes.
    RowExclusive,
    /// Keeps out other changes of the schema and VACUUM; rows are read and written.
    ShareUpdateExclusive,
    /// Keeps out everybody who writes.
    Share,
    /// Keeps out everybody who writes, and its like.
    ShareRowExclusive,
    /// Lets only readers in.
    Exclusive,
    /// Keeps out everybody.
    AccessExclusive,
    /// SQLite's only lock: one writer in the whole database, and readers beside it.
    Write,
}

impl LockMode {
    const ALL: [Self; 9] = [
        Self::AccessShare,
        Self::RowShare,
        Self::RowExclusive,
        Self::ShareUpdateExclusive,
        Self::Share,
        Self::ShareRowExclusive,
        Self::Exclusive,
        Self::AccessExclusive,
        Self::Write,
    ];

    /// The name in PostgreSQL's documentation, such as `ACCESS EXCLUSIVE`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AccessShare => "ACCESS SHARE",
            Self::RowShare => "ROW SHARE",
            Self::RowExclusive => "ROW EXCLUSIVE",
            Self::ShareUpdateExclusive => "SHARE UPDATE EXCLUSIVE",
            Self::Share => "SHARE",
            Self::ShareRowExclusive => "SHARE ROW EXCLUSIVE",
            Self::Exclusive => "EXCLUSIVE",
            Self::AccessExclusive => "ACCESS EXCLUSIVE",
            Self::Write => "WRITE",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.as_str() == name)
    }

    /// Whether rows cannot be written while another holds it.
    pub(in super::super) fn keeps_writers_out(self) -> bool {
        self >= Self::Share
    }
}

impl fmt::Display for LockMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How much of a table a statement goes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Work {
    /// None of it.
    None,
    /// It reads every row.
    Scan,
    /// It changes rows in place.
    Update,
    /// It writes the whole table anew.
    Rewrite,
}

impl Work {
    /// One lower-case word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Scan => "scan",
            Self::Update => "update",
            Self::Rewrite => "rewrite",
        }
    }
}

/// What a lock is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) enum On {
    Table(String),
    /// The table of this index.
    Index(String),
    /// It cannot be told.
    Anything,
}

/// One lock that a statement takes, and what it does under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Effect {
    pub(in super::super) on: On,
    pub(in super::super) lock: LockMode,
    pub(in super::super) work: Work,
}

fn on(table: &str, lock: LockMode, work: Work) -> Effect {
    let on = On::Table(table.to_owned());
    Effect { on, lock, work }
}

/// What a statement locks on PostgreSQL; one we do not know is taken for the worst.
pub(in super::super) fn effects(change: &Change) -> Vec<Effect> {
    use LockMode as L;
    match change {
        Change::CreateTable { references, .. } => {
            let locked = references.iter();
            locked
                .map(|table| on(table, L::ShareRowExclusive, Work::None))
                .collect()
        }
        Change::CreateIndex {
            table,
            concurrently,
            ..
        } => {
            let lock = if *concurrently {
                L::ShareUpdateExclusive
            } else {
                L::Share
            };
            vec![on(table, lock, Work::Scan)]
        }
        Change::DropIndex { name, concurrently } => {
            let lock = if *concurrently {
                L::ShareUpdateExclusive
            } else {
                L::AccessExclusive
            };
            let on = On::Index(name.clone());
            vec![Effect {
                on,
                lock,
                work: Work::None,
            }]
        }
        Change::Alter { table, actions } => actions
            .iter()
            .flat_map(|action| altered(table, action))
            .collect(),
        Change::DropTable { names } => names
            .iter()
            .map(|table| on(table, L::AccessExclusive, Work::None))
            .collect(),
        Change::Drop { table } => table
            .iter()
            .map(|table| on(table, L::AccessExclusive, Work::None))
            .collect(),
        Change::Insert { table } => vec![on(table, L::RowExclusive, Work::None)],
        Change::Write { table } => vec![on(table, L::RowExclusive, Work::Update)],
        Change::Hold { table, lock, scans } => {
            vec![on(
                table,
                *lock,
                if *scans { Work::Scan } else { Work::None },
            )]
        }
        Change::Rewrite { table } => vec![on(table, L::AccessExclusive, Work::Rewrite)],
        Change::Beside | Change::Rename => Vec::new(),
        Change::Unknown => vec![Effect {
            on: On::Anything,
            lock: L::AccessExclusive,
            work: Work::Rewrite,
        }],
    }
}

fn altered(table: &str, action: &Action) -> Vec<Effect> {
    use LockMode as L;
    let (lock, work) = match action {
        Action::AddColumn { volatile: true, .. } | Action::SetType | Action::Unknown => {
            (L::AccessExclusive, Work::Rewrite)
        }
        Action::AddColumn { checked: true, .. }
        | Action::SetNotNull
        | Action::AddKey { using_index: false }
        | Action::AddConstraint {
            check: Check::OfItself,
            not_valid: false,
        } => (L::AccessExclusive, Work::Scan),
        Action::AddColumn { .. }
        | Action::AddKey { .. }
        | Action::AddConstraint {
            check: Check::OfItself,
            ..
        }
        | Action::DropColumn
        | Action::DropConstraint
        | Action::Rename
        | Action::Catalogue => (L::AccessExclusive, Work::None),
        Action::AddConstraint {
            check: Check::Of(tables),
            not_valid,
        } => {
            let work = if *not_valid { Work::None } else { Work::Scan };
            let mut effects = vec![on(table, L::ShareRowExclusive, work)];
            effects.extend(
                tables
                    .iter()
                    .map(|table| on(table, L::ShareRowExclusive, Work::None)),
            );
            return effects;
        }
        Action::ValidateConstraint => (L::ShareUpdateExclusive, Work::Scan),
        Action::Settings => (L::ShareUpdateExclusive, Work::None),
    };
    vec![on(table, lock, work)]
}

/// What a statement locks on SQLite: always the whole database against other writers.
pub(in super::super) fn effects_on_sqlite(change: &Change) -> Vec<Effect> {
    let mut effects = effects(change);
    for effect in &mut effects {
        effect.lock = LockMode::Write;
    }
    effects
}

#[cfg(test)]
mod tests {
    use super::{super::change::change, *};

    fn told(statement: &str) -> String {
        let lines: Vec<String> = effects(&change(statement))
            .into_iter()
            .map(|effect| {
                let on = match effect.on {
                    On::Table(name) => name,
                    On::Index(name) => format!("of {name}"),
                    On::Anything => "?".to_owned(),
                };
                format!("{on}: {}, {}", effect.lock, effect.work.as_str())
            })
            .collect();
        lines.join("; ")
    }

    const TABLE: &[(&str, &str)] = &[
        ("CREATE TABLE t (a INT)", ""),
        (
            "CREATE TABLE t (a INT REFERENCES u (id), FOREIGN KEY (b) REFERENCES public.v)",
            "u: SHARE ROW EXCLUSIVE, none; v: SHARE ROW EXCLUSIVE, none",
        ),
        ("create unique index i on public.t (a)", "t: SHARE, scan"),
        (
            "CREATE INDEX CONCURRENTLY i ON t (a)",
            "t: SHARE UPDATE EXCLUSIVE, scan",
        ),
        ("DROP INDEX i", "of i: ACCESS EXCLUSIVE, none"),
        (
            "DROP INDEX CONCURRENTLY i",
            "of i: SHARE UPDATE EXCLUSIVE, none",
        ),
        (
            "ALTER TABLE \"T\" ADD COLUMN a TEXT",
            "T: ACCESS EXCLUSIVE, none",
        ),
        (
            "ALTER TABLE t ADD a TEXT NOT NULL DEFAULT 'x'",
            "t: ACCESS EXCLUSIVE, none",
        ),
        (
            "ALTER TABLE t ADD a TEXT DEFAULT 'x'::text",
            "t: ACCESS EXCLUSIVE, none",
        ),
        (
            "ALTER TABLE t ADD a TIMESTAMPTZ DEFAULT now()",
            "t: ACCESS EXCLUSIVE, none",
        ),
        (
            "ALTER TABLE t ADD a VARCHAR(9)[] NOT NULL DEFAULT '{}'::varchar(9)[] CHECK (a <> b)",
            "t: ACCESS EXCLUSIVE, scan",
        ),
        (
            "ALTER TABLE t ADD a DATE DEFAULT now()::date NOT NULL",
            "t: ACCESS EXCLUSIVE, none",
        ),
        (
            "ALTER TABLE t ADD a TEXT DEFAULT 'x'::text || gen_random_uuid()",
            "t: ACCESS EXCLUSIVE, rewrite",
        ),
        (
            "ALTER TABLE t ADD a TIMESTAMPTZ DEFAULT now() + random() * '1 day'::interval",
            "t: ACCESS EXCLUSIVE, rewrite",
        ),
        (
            "ALTER TABLE t ADD a BOOL DEFAULT '1'::text = random()::text",
            "t: ACCESS EXCLUSIVE, rewrite",
        ),
        (
            "ALTER TABLE t ADD a BOOL DEFAULT 1::int IS DISTINCT FROM f(1)",
            "t: ACCESS EXCLUSIVE, rewrite",
        ),
        (
            "ALTER TABLE t ADD a INT DEFAULT -1, ADD b BIGSERIAL",
            "t: ACCESS EXCLUSIVE, none; t: ACCESS EXCLUSIVE, rewrite",
        ),
        (
            "ALTER TABLE t ADD a UUID DEFAULT gen_random_uuid()",
            "t: ACCESS EXCLUSIVE, rewrite",
        ),
        (
            "ALTER TABLE t ADD a FLOAT DEFAULT 1 + random()",
            "t: ACCESS EXCLUSIVE, rewrite",
        ),
        (
            "ALTER TABLE t ADD a INT GENERATED ALWAYS AS (b * 2) STORED",
            "t: ACCESS EXCLUSIVE, rewrite",
        ),
        (
            "ALTER TABLE t ADD a INT CHECK (a > 0)",
            "t: ACCESS EXCLUSIVE, scan",
        ),
        (
            "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)",
            "t: ACCESS EXCLUSIVE, scan",
        ),
        (
            "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID",
            "t: ACCESS EXCLUSIVE, none",
        ),
        (
            "ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES u (a)",
            "t: SHARE ROW EXCLUSIVE, scan; u: SHARE ROW EXCLUSIVE, none",
        ),
        (
            "ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES u (a) NOT VALID",
            "t: SHARE ROW EXCLUSIVE, none; u: SHARE ROW EXCLUSIVE, none",
        ),
        (
            "ALTER TABLE t ADD CONSTRAINT c UNIQUE (a)",
            "t: ACCESS EXCLUSIVE, scan",
        ),
        (
            "ALTER TABLE t ADD CONSTRAINT c UNIQUE USING INDEX i",
            "t: ACCESS EXCLUSIVE, none",
        ),
        (
            "ALTER TABLE t VALIDATE CONSTRAINT c",
            "t: SHARE UPDATE EXCLUSIVE, scan",
        ),
        (
            "ALTER TABLE t ALTER a SET NOT NULL",
            "t: ACCESS EXCLUSIVE, scan",
        ),
        (
            "ALTER TABLE t ALTER COLUMN a TYPE BIGINT",
            "t: ACCESS EXCLUSIVE, rewrite",
        ),
        (
            "ALTER TABLE t ALTER COLUMN a SET DEFAULT random()",
            "t: ACCESS EXCLUSIVE, none",
        ),
        (
            "ALTER TABLE t SET (fillfactor = 80)",
            "t: SHARE UPDATE EXCLUSIVE, none",
        ),
        (
            "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
            "t: ACCESS EXCLUSIVE, none",
        ),
        ("ALTER TABLE t DROP a", "t: ACCESS EXCLUSIVE, none"),
        (
            "ALTER TABLE t ATTACH PARTITION p FOR VALUES IN (1)",
            "t: ACCESS EXCLUSIVE, rewrite",
        ),
        (
            "DROP TABLE t, u",
            "t: ACCESS EXCLUSIVE, none; u: ACCESS EXCLUSIVE, none",
        ),
        (
            "TRUNCATE t, u",
            "t: ACCESS EXCLUSIVE, none; u: ACCESS EXCLUSIVE, none",
        ),
        ("UPDATE t SET a = 1", "t: ROW EXCLUSIVE, update"),
        ("INSERT INTO t VALUES (1)", "t: ROW EXCLUSIVE, none"),
        (
            "LOCK TABLE t IN SHARE ROW EXCLUSIVE MODE",
            "t: SHARE ROW EXCLUSIVE, none",
        ),
        ("LOCK t", "t: ACCESS EXCLUSIVE, none"),
        ("VACUUM FULL t", "t: ACCESS EXCLUSIVE, rewrite"),
        (
            "CREATE TRIGGER a BEFORE UPDATE ON t EXECUTE FUNCTION f()",
            "t: SHARE ROW EXCLUSIVE, none",
        ),
        (
            "CREATE FUNCTION f() RETURNS int AS 'SELECT 1' LANGUAGE sql",
            "",
        ),
        ("COMMENT ON TABLE t IS 'x'", ""),
        ("DO $$ BEGIN END $$", "?: ACCESS EXCLUSIVE, rewrite"),
        (
            "WITH x AS (SELECT 1) UPDATE t SET a = 1",
            "?: ACCESS EXCLUSIVE, rewrite",
        ),
        ("REINDEX TABLE t", "?: ACCESS EXCLUSIVE, rewrite"),
    ];

    #[test]
    fn locks_are_those_of_the_documentation() {
        for (statement, expected) in TABLE {
            assert_eq!(told(statement), *expected, "{statement}");
        }
    }
}

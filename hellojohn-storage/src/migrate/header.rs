use std::fmt;

use hellojohn_core::store::StoreError;

use crate::conn::Direct;

/// What the leading comment lines of a script tell about it, as `-- hellojohn: …` in any order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) kind: Kind,
    pub(super) phase: Phase,
    /// Whether it is meant to have no way back.
    pub(super) forward_only: bool,
    /// Counts what a backfill has still to do.
    pub(super) remaining: Option<String>,
    /// The columns, `table.column`, whose values it changes on purpose.
    pub(super) changes: Vec<String>,
    /// What no directive is.
    pub(super) unknown: Vec<String>,
    release: Option<String>,
}

/// How a script runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// In one transaction with its line in the ledger.
    Transaction,
    /// Its one statement outside every transaction.
    Bare,
    /// Its one statement again and again, each time in a transaction, until it changes nothing.
    Backfill,
}

/// The part of a migration in a change of the schema that takes more than one release (R203).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Phase {
    /// It adds; the program before works on.
    Expand,
    /// It fills in what was added, in batches.
    Backfill,
    /// It takes away what no program uses any more.
    Contract,
}

impl Phase {
    /// One lower-case word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Expand => "expand",
            Self::Backfill => "backfill",
            Self::Contract => "contract",
        }
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Scripts that name no release came with the first.
const FIRST_RELEASE: &str = "0.1.0";

impl Header {
    /// Reads the comment lines a script begins with.
    pub(super) fn read(script: &str) -> Self {
        let mut header = Self {
            kind: Kind::Transaction,
            phase: Phase::Expand,
            forward_only: false,
            remaining: None,
            changes: Vec::new(),
            unknown: Vec::new(),
            release: None,
        };
        for line in script.lines().map(str::trim) {
            match line.strip_prefix("--").map(str::trim_start) {
                Some(comment) => {
                    if let Some(directive) = comment.strip_prefix("hellojohn:") {
                        header.take(directive.trim());
                    }
                }
                None if line.is_empty() => {}
                None => break,
            }
        }
        header
    }

    fn take(&mut self, directive: &str) {
        let (word, rest) = directive.split_once(' ').unwrap_or((directive, ""));
        match (word, rest.trim()) {
            ("no-transaction", "") => self.kind = Kind::Bare,
            ("backfill", "") => {
                self.kind = Kind::Backfill;
                self.phase = Phase::Backfill;
            }
            ("forward-only", "") => self.forward_only = true,
            ("phase", "expand") => self.phase = Phase::Expand,
            ("phase", "contract") => self.phase = Phase::Contract,
            ("changes", columns) if columns.split(',').all(|it| is_column(it.trim())) => {
                let columns = columns.split(',').map(|it| it.trim().to_owned());
                self.changes.extend(columns);
            }
            ("release", release) if !release.is_empty() => self.release = Some(release.to_owned()),
            ("remaining", query) if !query.is_empty() => self.remaining = Some(query.to_owned()),
            _ => self.unknown.push(directive.to_owned()),
        }
    }

    /// The release that brought the script.
    pub(super) fn release(&self) -> &str {
        self.release.as_deref().unwrap_or(FIRST_RELEASE)
    }

    /// Counts what a backfill has still to do; none if the script does not say how.
    pub(super) async fn remaining(&self, conn: &mut Direct) -> Result<Option<u64>, StoreError> {
        let Some(query) = &self.remaining else {
            return Ok(None);
        };
        let rows = conn.ask(query).await?;
        let count = rows.first().map_or(Ok(0), |row| row.columns().int())?;
        Ok(Some(u64::try_from(count).unwrap_or(0)))
    }
}

/// Whether it has the form `table.column`.
fn is_column(text: &str) -> bool {
    let is_name = |name: &str| {
        !name.is_empty()
            && name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    text.split_once('.')
        .is_some_and(|(table, column)| is_name(table) && is_name(column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directives_stand_in_the_leading_comments_in_any_order() {
        let header = Header::read(
            "-- What it is for.\n--hellojohn: release 0.3.0\n\n-- hellojohn: no-transaction\nCREATE INDEX\n-- hellojohn: phase contract",
        );
        assert_eq!(header.kind, Kind::Bare);
        assert_eq!(header.phase, Phase::Expand);
        assert_eq!(header.release(), "0.3.0");
        assert!(header.unknown.is_empty());

        let header = Header::read(
            "-- hellojohn: backfill\n-- hellojohn: remaining SELECT count(*) FROM t\n-- hellojohn: forward-only\nUPDATE t",
        );
        assert_eq!(
            (header.kind, header.phase),
            (Kind::Backfill, Phase::Backfill)
        );
        assert_eq!(header.remaining.as_deref(), Some("SELECT count(*) FROM t"));
        assert!(header.forward_only);
    }

    #[test]
    fn columns_that_change_are_named_with_their_tables() {
        let header = Header::read(
            "-- hellojohn: changes hj_user.email,hj_user.name\n-- hellojohn: changes cp_setting.value\nUPDATE",
        );
        let changes = ["hj_user.email", "hj_user.name", "cp_setting.value"];
        assert_eq!(header.changes, changes);
        for bad in [
            "",
            " hj_user",
            " hj_user.",
            " hj_user.a b",
            " hj_user.a,",
            " a.b.c",
        ] {
            let header = Header::read(&format!("-- hellojohn: changes{bad}"));
            assert!(
                header.changes.is_empty() && header.unknown.len() == 1,
                "{bad}"
            );
        }
    }

    #[test]
    fn a_plain_script_came_with_the_first_release_and_a_misspelt_word_is_told() {
        let header = Header::read("CREATE TABLE t (a INT)");
        assert_eq!(
            (header.kind, header.release()),
            (Kind::Transaction, "0.1.0")
        );
        let header = Header::read("-- hellojohn: no-transactions\n-- hellojohn: release");
        assert_eq!(header.kind, Kind::Transaction);
        assert_eq!(header.unknown, ["no-transactions", "release"]);
    }
}

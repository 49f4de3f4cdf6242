//! Rules for scripts, so that the release before still works on the new schema and nobody waits long.

use std::fmt;

use super::{
    Migration, Phase,
    header::Kind,
    statement::{Action, Change, Lexeme, change, lexemes, statements, summary},
};

/// The database a script is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dialect {
    /// PostgreSQL.
    Postgres,
    /// SQLite.
    Sqlite,
}

/// A rule that a script breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// Which rule.
    pub rule: Rule,
    /// The beginning of the statement, or the directive.
    pub at: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.rule, self.at)
    }
}

/// What scripts may not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Rule {
    /// R203, U13.
    #[error(
        "drops, renames and changes of types belong into a migration with `-- hellojohn: phase contract`"
    )]
    DestructiveOutsideContract,
    /// They hide that a database is not what it should be.
    #[error("`IF EXISTS` and `IF NOT EXISTS` hide drift")]
    Conditional,
    /// It rewrites the table under ACCESS EXCLUSIVE.
    #[error(
        "a default that differs from row to row rewrites the table; add the column, set the default, backfill"
    )]
    VolatileDefault,
    /// It keeps writers out while it builds.
    #[error(
        "an index on an existing table is built with `CREATE INDEX CONCURRENTLY` and `-- hellojohn: no-transaction`"
    )]
    PlainIndex,
    /// The scan must happen under a lock that lets others work.
    #[error(
        "`SET NOT NULL` follows `ADD … CHECK … NOT VALID` in an earlier migration and `VALIDATE CONSTRAINT` in this one"
    )]
    UnsafeNotNull,
    /// The scan must happen under a lock that lets others work.
    #[error(
        "a constraint on an existing table is added `NOT VALID` and validated by a later migration"
    )]
    ValidConstraint,
    /// The lock of the first would be held while the second scans.
    #[error("`VALIDATE CONSTRAINT` belongs into a later migration than what it validates")]
    ValidatedAtOnce,
    /// An index is built concurrently first, and then made a constraint.
    #[error("a key on an existing table is added `USING INDEX`")]
    KeyWithoutIndex,
    /// Somebody must have decided it.
    #[error("without a down script the first lines say `-- hellojohn: forward-only`")]
    NoDownScript,
    /// Only one can be resumed.
    #[error("such a script holds one statement")]
    NotOneStatement,
    /// Nobody could see how far it is.
    #[error("a backfill counts what it has still to do with `-- hellojohn: remaining SELECT …`")]
    NothingRemaining,
    /// It would not be batched.
    #[error("a backfill changes a bounded number of rows each time, by a `LIMIT`")]
    UnboundedBackfill,
    /// CONCURRENTLY cannot run in a transaction, and on SQLite nothing runs outside of one.
    #[error("this cannot run as the script asks")]
    WrongTransaction,
    /// A misspelt directive would silently do nothing.
    #[error("this is no directive")]
    UnknownDirective,
}

impl Migration {
    /// The rules that its scripts break, in the order of its lines.
    pub fn lint(&self, dialect: Dialect) -> Vec<Finding> {
        let mut lint = Lint {
            dialect,
            kind: self.header().kind,
            contracts: self.phase() == Phase::Contract,
            made: Vec::new(),
            added: Vec::new(),
            validated: Vec::new(),
            findings: Vec::new(),
        };
        lint.directives(self);
        for statement in statements(self.up()) {
            lint.statement(statement);
        }
        lint.findings
    }
}

struct Lint {
    dialect: Dialect,
    kind: Kind,
    contracts: bool,
    /// Tables this script makes, which nobody uses yet.
    made: Vec<String>,
    /// Tables that were given a constraint not yet validated.
    added: Vec<String>,
    validated: Vec<String>,
    findings: Vec<Finding>,
}

impl Lint {
    fn find(&mut self, rule: Rule, at: &str) {
        let at = summary(at);
        self.findings.push(Finding { rule, at });
    }

    fn directives(&mut self, migration: &Migration) {
        let header = migration.header();
        for directive in &header.unknown {
            let at = directive.clone();
            self.findings.push(Finding {
                rule: Rule::UnknownDirective,
                at,
            });
        }
        if migration.down().is_none() && !header.forward_only {
            self.find(Rule::NoDownScript, migration.name());
        }
        if migration.check().is_err() {
            self.find(Rule::NotOneStatement, migration.up());
        }
        if self.kind == Kind::Bare && self.dialect == Dialect::Sqlite {
            self.find(Rule::WrongTransaction, migration.up());
        }
        if self.kind == Kind::Backfill {
            if header.remaining.is_none() {
                self.find(Rule::NothingRemaining, migration.up());
            }
            if !has(&lexemes(migration.up()), &["LIMIT"]) {
                self.find(Rule::UnboundedBackfill, migration.up());
            }
        }
    }

    fn statement(&mut self, statement: &str) {
        let words = lexemes(statement);
        if has(&words, &["IF", "EXISTS"]) || has(&words, &["IF", "NOT", "EXISTS"]) {
            self.find(Rule::Conditional, statement);
        }
        if self.kind == Kind::Transaction && has(&words, &["CONCURRENTLY"]) {
            self.find(Rule::WrongTransaction, statement);
        }
        match change(statement) {
            Change::CreateTable { name, .. } => self.made.push(name),
            Change::CreateIndex {
                table,
                concurrently: false,
                ..
            } if self.dialect == Dialect::Postgres && !self.made.contains(&table) => {
                self.find(Rule::PlainIndex, statement);
            }
            Change::DropTable { names } if names.iter().any(|name| !self.made.contains(name)) => {
                self.destructive(statement);
            }
            Change::Drop { .. } | Change::DropIndex { .. } | Change::Rename => {
                self.destructive(statement);
            }
            Change::Alter { table, actions } => {
                for action in actions {
                    self.action(&table, &action, statement);
                }
            }
            _ => {}
        }
    }

    fn destructive(&mut self, statement: &str) {
        if !self.contracts {
            self.find(Rule::DestructiveOutsideContract, statement);
        }
    }

    fn action(&mut self, table: &String, action: &Action, statement: &str) {
        if self.made.contains(table) {
            return;
        }
        match action {
            Action::DropColumn | Action::Rename | Action::SetType => self.destructive(statement),
            Action::DropConstraint if !self.validated.contains(table) => {
                self.destructive(statement);
            }
            Action::AddColumn { volatile: true, .. } => self.find(Rule::VolatileDefault, statement),
            Action::AddColumn {
                not_null_bare: true,
                ..
            } => self.find(Rule::UnsafeNotNull, statement),
            Action::AddColumn { checked: true, .. } if self.dialect == Dialect::Postgres => {
                self.find(Rule::ValidConstraint, statement);
            }
            Action::AddConstraint {
                not_valid: false, ..
            } => self.find(Rule::ValidConstraint, statement),
            Action::AddConstraint { .. } => self.added.push(table.clone()),
            Action::AddKey { using_index: false } => self.find(Rule::KeyWithoutIndex, statement),
            Action::ValidateConstraint if self.added.contains(table) => {
                self.find(Rule::ValidatedAtOnce, statement);
            }
            Action::ValidateConstraint => self.validated.push(table.clone()),
            Action::SetNotNull if !self.validated.contains(table) => {
                self.find(Rule::UnsafeNotNull, statement);
            }
            _ => {}
        }
    }
}

/// Whether these words stand one after the other.
fn has(lexemes: &[Lexeme<'_>], words: &[&str]) -> bool {
    lexemes.windows(words.len()).any(|window| {
        window
            .iter()
            .zip(words)
            .all(|(lexeme, word)| lexeme.is(word))
    })
}

#[cfg(test)]
mod tests;

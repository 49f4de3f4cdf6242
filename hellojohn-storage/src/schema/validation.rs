//! Whether a live schema is the one this build expects, and what to do if not.

use hellojohn_core::store::StoreError;
use serde::Serialize;

use super::{Difference, Problem, Schema, compare::compare, expected, live};
use crate::{
    conn::Target,
    migrate::{LEDGER_TABLE, MigrationError, Migrations, State},
};

/// What a validation found (R204).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Validation {
    /// Everything that is not as expected, always in the same order.
    pub differences: Vec<Difference>,
    /// How many things were looked at.
    pub checked: Checked,
    /// The names of the migrations that would be applied, oldest first.
    pub pending: Vec<String>,
    /// The names of applied migrations that are newer than this build; what they added is not told.
    pub newer: Vec<String>,
    /// What is wrong with the history of the migrations, one line each, in the form of the differences.
    pub history: Vec<String>,
    /// What to do about the differences.
    pub advice: Advice,
}

/// How many parts of each sort the expected schema has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Checked {
    /// Tables, with the ledger of the migrations.
    pub tables: usize,
    /// Columns.
    pub columns: usize,
    /// Indexes that no constraint made.
    pub indexes: usize,
    /// Primary keys, unique keys and conditions.
    pub constraints: usize,
    /// References to other tables.
    pub foreign_keys: usize,
    /// Views, functions, triggers, policies and rules.
    pub other: usize,
}

/// What brings a schema to what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// Nothing: it is.
    Nothing,
    /// Applying what is pending.
    Run,
    /// A backup, or repair by hand: every migration is applied, yet the schema is another.
    Repair,
}

impl Validation {
    /// Whether the schema is the expected one, and came about as expected.
    pub const fn is_valid(&self) -> bool {
        self.differences.is_empty() && self.history.is_empty()
    }
}

/// Compares the schema of a database with the one this build expects. Changes nothing.
pub(crate) async fn validate(target: &Target) -> Result<Validation, StoreError> {
    let expected = expected(target)?;
    let live = live(target).await?;
    let mut differences = compare(expected, &live);
    let ledger = ledger(target, !differences.is_empty()).await?;
    if !ledger.newer.is_empty() {
        differences.retain(|difference| difference.problem != Problem::Unexpected);
    }
    Ok(Validation {
        advice: advice(&differences, &ledger.pending, &live),
        differences,
        checked: Checked::of(expected),
        pending: ledger.pending,
        newer: ledger.newer,
        history: ledger.history,
    })
}

fn advice(differences: &[Difference], pending: &[String], live: &Schema) -> Advice {
    // Without its ledger a database would be given what it has already.
    let lost = live.table(LEDGER_TABLE).is_none() && !live.tables.is_empty();
    if differences.is_empty() {
        Advice::Nothing
    } else if pending.is_empty() || lost {
        Advice::Repair
    } else {
        Advice::Run
    }
}

/// What the ledger says.
#[derive(Default)]
struct Ledger {
    pending: Vec<String>,
    newer: Vec<String>,
    history: Vec<String>,
}

/// Reads the ledger; one that is damaged itself is told by the differences.
async fn ledger(target: &Target, differs: bool) -> Result<Ledger, StoreError> {
    let migrations = Migrations::new(target.clone());
    let listed = match migrations.list().await {
        Ok(listed) => listed,
        Err(_) if differs => return Ok(Ledger::default()),
        Err(crate::MigrationError::Store(error)) => return Err(error),
        Err(error) => return Err(StoreError::Failed(Box::new(error))),
    };
    let newest_known = migrations.newest_known();
    let mut ledger = Ledger::default();
    for entry in listed {
        match entry.state {
            State::Pending => ledger.pending.push(entry.name),
            State::Applied { .. } if entry.name.as_str() > newest_known => {
                ledger.newer.push(entry.name);
            }
            State::Applied { .. } => {}
        }
    }
    let problems = migrations.problems().await.unwrap_or_default();
    ledger.history = problems.iter().filter_map(in_short).collect();
    Ok(ledger)
}

fn in_short(problem: &MigrationError) -> Option<String> {
    match problem {
        MigrationError::Changed { name } => Some(format!("Changed migration: {name}")),
        MigrationError::Missing { name } => Some(format!("Unexpected migration: {name}")),
        MigrationError::OutOfOrder { name, .. } => Some(format!("Missing migration: {name}")),
        _ => None,
    }
}

impl Checked {
    fn of(schema: &Schema) -> Self {
        let count = |of: fn(&super::Table) -> usize| schema.tables.iter().map(of).sum();
        Self {
            tables: schema.tables.len(),
            columns: count(|table| table.columns.len()),
            indexes: count(|table| table.indexes.len()),
            constraints: count(|table| table.constraints.len()),
            foreign_keys: count(|table| table.foreign_keys.len()),
            other: [
                &schema.views,
                &schema.functions,
                &schema.triggers,
                &schema.policies,
                &schema.rules,
            ]
            .map(Vec::len)
            .iter()
            .sum(),
        }
    }
}

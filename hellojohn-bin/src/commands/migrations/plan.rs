use clap::Args;
use hellojohn_storage::{Migrations, PlannedLock, PlannedMigration, PlannedStatement, Work};
use serde_json::{Value, json};

use super::{large::Large, status::up_to_date};
use crate::{
    failure::Failure,
    output::{Format, Output, Table, bytes, or_dash},
};

#[derive(Args)]
pub(crate) struct Plan {
    #[command(flatten)]
    large: Large,
}

const HEADERS: [&str; 10] = [
    "MIGRATION",
    "PHASE",
    "REVERSIBLE",
    "STATEMENT",
    "LOCK",
    "TABLE",
    "ROWS",
    "SIZE",
    "WORK",
    "VERDICT",
];

pub(super) async fn plan(
    migrations: &Migrations,
    flags: Plan,
    output: &mut Output,
) -> Result<(), Failure> {
    let planned = migrations.plan(flags.large.into()).await?;
    if planned.is_empty() && output.format() == Format::Table {
        return up_to_date(migrations.status().await?.version, output);
    }
    let mut table = Table::new(&HEADERS);
    for migration in &planned {
        for statement in &migration.statements {
            if statement.locks.is_empty() {
                table.row(row(migration, statement, None));
            }
            for lock in &statement.locks {
                table.row(row(migration, statement, Some(lock)));
            }
        }
    }
    let json: Vec<Value> = planned.iter().map(as_json).collect();
    output.list(&table, &json.into())?;
    tell_changes(&planned, output)
}

/// Values that will not be what they are now.
fn tell_changes(planned: &[PlannedMigration], output: &mut Output) -> Result<(), Failure> {
    if output.format() == Format::Json {
        return Ok(());
    }
    for migration in planned.iter().filter(|it| !it.changes.is_empty()) {
        let (name, columns) = (&migration.name, migration.changes.join(", "));
        output.line(format_args!("Changed on purpose by {name}: {columns}"))?;
    }
    Ok(())
}

fn row(
    migration: &PlannedMigration,
    statement: &PlannedStatement,
    lock: Option<&PlannedLock>,
) -> [String; HEADERS.len()] {
    let of_lock = |tell: fn(&PlannedLock) -> Option<String>| or_dash(lock.and_then(tell));
    let verdict = lock.map_or(statement.verdict, |lock| lock.verdict);
    [
        migration.name.clone(),
        migration.phase.to_string(),
        if migration.reversible { "yes" } else { "no" }.to_owned(),
        shortened(&statement.text),
        of_lock(|lock| Some(lock.mode.to_string())),
        of_lock(|lock| lock.table.clone()),
        of_lock(|lock| lock.rows.map(|rows| rows.to_string())),
        of_lock(|lock| lock.bytes.map(bytes)),
        of_lock(|lock| (lock.work != Work::None).then(|| lock.work.as_str().to_owned())),
        verdict.to_string(),
    ]
}

/// Enough to recognise it in a table; JSON has more.
fn shortened(statement: &str) -> String {
    const MOST: usize = 48;
    if statement.chars().count() <= MOST {
        return statement.to_owned();
    }
    let mut short: String = statement.chars().take(MOST - 1).collect();
    short.push('…');
    short
}

fn as_json(migration: &PlannedMigration) -> Value {
    let statements: Vec<Value> = migration.statements.iter().map(statement_as_json).collect();
    json!({
        "name": migration.name,
        "phase": migration.phase.as_str(),
        "reversible": migration.reversible,
        "changes": migration.changes,
        "verdict": migration.verdict().as_str(),
        "statements": statements,
    })
}

fn statement_as_json(statement: &PlannedStatement) -> Value {
    let locks: Vec<Value> = statement.locks.iter().map(lock_as_json).collect();
    json!({
        "statement": statement.text,
        "verdict": statement.verdict.as_str(),
        "locks": locks,
    })
}

fn lock_as_json(lock: &PlannedLock) -> Value {
    json!({
        "lock": lock.mode.as_str(),
        "strongest_held": lock.held.as_str(),
        "table": lock.table,
        "rows": lock.rows,
        "bytes": lock.bytes,
        "work": lock.work.as_str(),
        "verdict": lock.verdict.as_str(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_statement_is_cut() {
        assert_eq!(shortened("SELECT 1"), "SELECT 1");
        assert_eq!(shortened(&"é".repeat(80)).chars().count(), 48);
    }
}

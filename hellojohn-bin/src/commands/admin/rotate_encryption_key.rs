use std::io::{self, IsTerminal as _, Write as _};

use clap::Args;
use hellojohn_core::{
    Engine, access::Operator, flows::ResealedColumn, seal::places::SealedColumn, store::SealedCount,
};
use serde_json::{Value, json};

use super::super::instance;
use crate::{
    cli::Global,
    failure::Failure,
    output::{Format, Output, Table},
    progress::Progress,
};

#[derive(Args)]
pub(crate) struct RotateEncryptionKey {
    /// Only count what is sealed with which key
    #[arg(long)]
    dry_run: bool,
    /// Confirm that there is a backup of the database and of the former key
    #[arg(long, visible_alias = "yes", conflicts_with = "dry_run")]
    backup_exists: bool,
}

pub(super) async fn run(
    global: &Global,
    output: &mut Output,
    command: RotateEncryptionKey,
) -> Result<(), Failure> {
    let engine = instance::engine(global).await?;
    let key_id = engine.settings().encryption_key.id().to_owned();
    let found = engine.sealed_values(&Operator::local()).await?;
    let counts = found.iter().flat_map(|(_, counts)| counts);
    let former = counts.filter(|count| count.key_id != key_id);
    let total: u64 = former.map(|count| count.values).sum();
    if command.dry_run {
        return tell_counts(output, &key_id, &found, total);
    }
    if total > 0 && !command.backup_exists {
        confirm()?;
    }
    let done = rotate(&engine, total).await?;
    tell_done(output, &key_id, &done)?;
    let left: u64 = done.iter().map(|column| column.left(&key_id)).sum();
    if left == 0 {
        return Ok(());
    }
    Err(Failure::general(format!(
        "{left} values still carry another key than `{key_id}`; run again when every instance has the new key"
    )))
}

async fn rotate(engine: &Engine, total: u64) -> Result<Vec<ResealedColumn>, Failure> {
    let mut progress = Progress::start("Sealing anew", total);
    let done = engine
        .rotate_encryption_key(&Operator::local(), &mut |rows| progress.set(rows))
        .await;
    progress.finish();
    Ok(done?)
}

/// Nobody shall find out afterwards that there is no way back.
fn confirm() -> Result<(), Failure> {
    let stdin = io::stdin();
    if !stdin.is_terminal() {
        return Err(Failure::general(
            "first make a backup (`hj backup create`) and keep the former key with it, then confirm with --backup-exists",
        ));
    }
    let mut terminal = io::stderr();
    write!(
        terminal,
        "Is there a backup of the database, and of the former key? [y/N] "
    )?;
    terminal.flush()?;
    let mut answer = String::new();
    stdin.read_line(&mut answer)?;
    if matches!(answer.trim(), "y" | "Y" | "yes") {
        return Ok(());
    }
    Err(Failure::general("nothing was changed"))
}

fn tell_counts(
    output: &mut Output,
    key_id: &str,
    found: &[(SealedColumn, Vec<SealedCount>)],
    total: u64,
) -> Result<(), Failure> {
    if output.format() == Format::Json {
        let columns = found.iter().map(|(column, counts)| {
            json!({ "table": column.table, "column": column.column, "keys": keys(counts) })
        });
        let columns: Vec<Value> = columns.collect();
        return output.json(
            &json!({ "dry_run": true, "key_id": key_id, "to_reseal": total, "columns": columns }),
        );
    }
    output.line("DRY RUN — No changes will be made\n")?;
    let mut table = Table::new(&["TABLE", "COLUMN", "KEY ID", "VALUES"]);
    for (column, counts) in found {
        for count in counts {
            table.row([
                column.table.to_owned(),
                column.column.to_owned(),
                count.key_id.clone(),
                count.values.to_string(),
            ]);
        }
    }
    output.list(&table, &Value::Null)?;
    output.line(format_args!(
        "\nWould seal {total} values anew with encryption key `{key_id}`"
    ))
}

fn tell_done(output: &mut Output, key_id: &str, done: &[ResealedColumn]) -> Result<(), Failure> {
    let left: u64 = done.iter().map(|column| column.left(key_id)).sum();
    if output.format() == Format::Json {
        let columns = done.iter().map(|column| {
            json!({
                "table": column.column.table,
                "column": column.column.column,
                "resealed": column.resealed,
                "unreadable": column.unreadable,
                "keys": keys(&column.now),
            })
        });
        let columns: Vec<Value> = columns.collect();
        return output.json(&json!({ "key_id": key_id, "left": left, "columns": columns }));
    }
    let mut table = Table::new(&["TABLE", "COLUMN", "SEALED ANEW", "NEW KEY", "OTHER KEYS"]);
    for column in done {
        let others = column.left(key_id);
        let all: u64 = column.now.iter().map(|count| count.values).sum();
        table.row([
            column.column.table.to_owned(),
            column.column.column.to_owned(),
            column.resealed.to_string(),
            (all - others).to_string(),
            others.to_string(),
        ]);
    }
    output.list(&table, &Value::Null)?;
    for column in done {
        for row in &column.unreadable {
            let (table, name) = (column.column.table, column.column.column);
            output.line(format_args!("❌ {table}.{name} of `{row}` does not open"))?;
        }
    }
    if left > 0 {
        return Ok(());
    }
    output.line(format_args!(
        "\n✅ Everything is sealed with encryption key `{key_id}`; \
         HELLOJOHN_ENCRYPTION_KEY_PREVIOUS can go from every instance"
    ))
}

fn keys(counts: &[SealedCount]) -> Value {
    let keys = counts
        .iter()
        .map(|count| json!({ "key_id": count.key_id, "values": count.values }));
    Value::Array(keys.collect())
}

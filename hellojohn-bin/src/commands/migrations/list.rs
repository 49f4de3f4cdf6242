use hellojohn_storage::{Migrations, State};
use serde_json::json;

use crate::{
    failure::Failure,
    output::{Output, Table, date_and_time, note, or_dash},
};

pub(super) async fn list(migrations: &Migrations, output: &mut Output) -> Result<(), Failure> {
    let mut table = Table::new(&["VERSION", "STATUS", "APPLIED AT"]);
    let mut rows = Vec::new();
    for migration in migrations.list().await? {
        let (status, at, batch) = match migration.state {
            State::Applied { at, batch } => ("applied", Some(at), Some(batch)),
            State::Pending => ("pending", None, None),
        };
        rows.push(json!({
            "name": migration.name,
            "status": status,
            "applied_at": at,
            "batch": batch,
        }));
        table.row([
            migration.name,
            status.to_owned(),
            or_dash(at.map(date_and_time)),
        ]);
    }
    output.list(&table, &rows.into())?;
    // The documented states leave no room for it in the table.
    for problem in migrations.problems().await? {
        note(format_args!("Warning: {problem}"));
    }
    Ok(())
}

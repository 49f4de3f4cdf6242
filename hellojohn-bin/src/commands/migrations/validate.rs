//! `hj migrations validate`: whether the schema is the one this program expects.

use hellojohn_storage::{Advice, Difference, SqlStore, Validation};
use serde_json::{Value, json};

use crate::{
    failure::{Failure, chain},
    output::{Format, Output},
};

/// Prints what differs, in the form of the documentation; anything that does fails the command.
pub(super) async fn validate(store: &SqlStore, output: &mut Output) -> Result<(), Failure> {
    let validation = store
        .validate_schema()
        .await
        .map_err(|error| Failure::general(chain(&error)))?;
    match output.format() {
        Format::Json => output.json(&as_json(&validation))?,
        Format::Table => output.text(&as_text(&validation))?,
    }
    if validation.is_valid() {
        Ok(())
    } else {
        Err(Failure::said())
    }
}

fn as_text(validation: &Validation) -> String {
    let mut lines = Vec::new();
    if validation.is_valid() {
        lines.push("✅ Schema validation passed".to_owned());
        lines.push(format!(
            "  All {} tables present",
            validation.checked.tables
        ));
        lines.push("  All indexes present".to_owned());
        lines.push("  All constraints valid".to_owned());
    } else {
        lines.push("❌ Schema validation failed\n".to_owned());
        let differences = validation.differences.iter();
        lines.extend(differences.map(|difference| format!("  {difference}")));
        let history = validation.history.iter();
        lines.extend(history.map(|problem| format!("  {problem}")));
    }
    if !validation.newer.is_empty() {
        lines.push(format!(
            "\nNewer than this program, so what it added was not checked: {}",
            validation.newer.join(", ")
        ));
    }
    if let Some(hint) = hint(validation) {
        lines.push(format!("\n{hint}"));
    }
    lines.join("\n") + "\n"
}

fn hint(validation: &Validation) -> Option<String> {
    match validation.advice {
        Advice::Run => Some("Run hj migrations run to apply missing migrations.".to_owned()),
        Advice::Repair => Some(
            "No missing migration explains this: the schema was changed by other means. \
             Repair it by hand or restore a backup, then validate again."
                .to_owned(),
        ),
        Advice::Nothing if !validation.history.is_empty() => Some(
            "The schema is as expected, but not the history of its migrations: another build \
             applied them, or somebody edited hj_schema_migration. hj migrations run says more."
                .to_owned(),
        ),
        Advice::Nothing if validation.pending.is_empty() => None,
        Advice::Nothing => Some(format!(
            "Pending migrations that change no schema: {}. Run hj migrations run.",
            validation.pending.join(", ")
        )),
    }
}

fn as_json(validation: &Validation) -> Value {
    json!({
        "valid": validation.is_valid(),
        "checked": validation.checked,
        "differences": validation.differences.iter().map(as_object).collect::<Vec<_>>(),
        "history": validation.history,
        "pending": validation.pending,
        "newer": validation.newer,
        "hint": hint(validation),
    })
}

fn as_object(difference: &Difference) -> Value {
    json!({
        "kind": difference.kind,
        "object": difference.object,
        "problem": difference.problem,
        "expected": difference.expected,
        "found": difference.found,
    })
}

//! The checked-in expectation is what the migrations make, on both databases the same.

use std::{collections::BTreeSet, path::PathBuf};

use hellojohn_storage::{ConstraintKind, Kind, Schema, Table};
use serde_json::Value;

use crate::databases::{empty_postgres, empty_sqlite};

#[tokio::test]
async fn the_expectation_is_what_the_migrations_make() {
    let postgres = empty_postgres().await;
    postgres.store.migrate().await.unwrap();
    let of_postgres = postgres.store.schema().await.unwrap();
    check("postgres", &of_postgres);

    let sqlite = empty_sqlite().await;
    sqlite.store.migrate().await.unwrap();
    let of_sqlite = sqlite.store.schema().await.unwrap();
    check("sqlite", &of_sqlite.with_kinds_of(&of_postgres));
}

/// Compares with the file, or writes it if `UPDATE_SCHEMA` is set.
fn check(folder: &str, made: &Schema) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("migrations")
        .join(folder)
        .join("schema.json");
    let text = render(&serde_json::to_value(made).unwrap(), 0) + "\n";
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(&path, text).unwrap();
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    assert!(
        kept == text,
        "migrations/{folder}/schema.json is not what the migrations make; \
         set UPDATE_SCHEMA=1 and run this test to write it anew"
    );
}

/// Indented, names first, but a column, index or constraint on one line.
fn render(value: &Value, depth: usize) -> String {
    let nested = |inner: &Value| inner.is_array() || inner.is_object();
    let lists = |inner: &Value| inner.as_array().is_some_and(|all| all.iter().any(nested));
    let (open, close, long, items): (char, char, bool, Vec<String>) = match value {
        Value::Array(all) => {
            let items = all.iter().map(|inner| render(inner, depth + 1));
            ('[', ']', all.iter().any(nested), items.collect())
        }
        Value::Object(fields) => {
            let (first, rest): (Vec<_>, Vec<_>) =
                fields.iter().partition(|(name, _)| *name == "name");
            let items = first.into_iter().chain(rest);
            let items =
                items.map(|(name, inner)| format!("\"{name}\": {}", render(inner, depth + 1)));
            ('{', '}', fields.values().any(lists), items.collect())
        }
        _ => return value.to_string(),
    };
    if !long {
        return format!("{open}{}{close}", items.join(", "));
    }
    let indent = "  ".repeat(depth + 1);
    let items = items.join(&format!(",\n{indent}"));
    format!("{open}\n{indent}{items}\n{}{close}", "  ".repeat(depth))
}

#[tokio::test]
async fn both_databases_have_the_same_schema() {
    let (postgres, sqlite) = (empty_postgres().await, empty_sqlite().await);
    let (postgres, sqlite) = (
        postgres.store.expected_schema().unwrap(),
        sqlite.store.expected_schema().unwrap(),
    );
    let names = |schema: &Schema| -> Vec<String> {
        schema
            .tables
            .iter()
            .map(|table| table.name.clone())
            .collect()
    };
    assert_eq!(names(sqlite), names(postgres));
    assert!(postgres.tables.len() >= 13);
    for (one, two) in postgres.tables.iter().zip(&sqlite.tables) {
        let table = &one.name;
        assert_eq!(columns(two), columns(one), "{table}");
        assert_eq!(two.primary_key, one.primary_key, "{table}");
        assert_eq!(indexes(two), indexes(one), "{table}");
        assert_eq!(rules(two), rules(one), "{table}");
        assert_eq!(references(two), references(one), "{table}");
        assert!(two.options.contains(&"STRICT".to_owned()), "{table}");
    }
}

fn columns(table: &Table) -> BTreeSet<String> {
    let columns = table.columns.iter();
    columns
        .map(|column| format!("{} {:?} {}", column.name, column.kind, column.nullable))
        .collect()
}

fn indexes(table: &Table) -> Vec<&str> {
    let indexes = table.indexes.iter();
    indexes.map(|index| index.name.as_str()).collect()
}

fn references(table: &Table) -> Vec<String> {
    let keys = table.foreign_keys.iter();
    keys.map(|key| {
        format!(
            "{} {:?} {} {:?}",
            key.name, key.columns, key.table, key.references
        )
    })
    .collect()
}

/// Without the conditions that make a truth value of SQLite's number.
fn rules(table: &Table) -> BTreeSet<String> {
    let is_of_type = |name: &str| {
        table.columns.iter().any(|column| {
            column.kind == Kind::Boolean && name == format!("{}_{}_check", table.name, column.name)
        })
    };
    let rules = table.constraints.iter();
    rules
        .filter(|rule| rule.kind != ConstraintKind::Check || !is_of_type(&rule.name))
        .map(|rule| format!("{} {:?}", rule.name, rule.kind))
        .collect()
}

//! What SQLite tells of itself, as a schema.

use serde::Deserialize;

use super::{
    Column, Constraint, ConstraintKind, ForeignKey, Index, Kind, Schema, SchemaObject, Table,
    ddl::{self, Definition, Rule},
    tokens::{render, tokens},
};

/// Reads the answer of `sqlite.sql`.
pub(super) fn schema(json: &str) -> serde_json::Result<Schema> {
    let told: Told = serde_json::from_str(json)?;
    Ok(Schema {
        tables: told.tables.iter().map(table).collect(),
        views: told.views.iter().map(object).collect(),
        triggers: told.triggers.iter().map(object).collect(),
        ..Schema::default()
    })
}

#[derive(Deserialize)]
struct Told {
    tables: Vec<ToldTable>,
    views: Vec<ToldObject>,
    triggers: Vec<ToldObject>,
}

#[derive(Deserialize)]
struct ToldTable {
    name: String,
    sql: String,
    columns: Vec<ToldColumn>,
    indexes: Vec<ToldObject>,
}

#[derive(Deserialize)]
struct ToldColumn {
    name: String,
    #[serde(rename = "type")]
    type_name: String,
    not_null: i64,
    default: Option<String>,
    /// Its place in the primary key; 0 if it is not in it.
    key: i64,
}

#[derive(Deserialize)]
struct ToldObject {
    name: String,
    #[serde(default)]
    table: Option<String>,
    sql: String,
}

fn table(told: &ToldTable) -> Table {
    let name = told.name.to_lowercase();
    let parts = ddl::definition(&told.sql);
    let mut key: Vec<&ToldColumn> = told
        .columns
        .iter()
        .filter(|column| column.key > 0)
        .collect();
    key.sort_by_key(|column| column.key);
    Table {
        columns: told
            .columns
            .iter()
            .map(|told| column(told, &parts))
            .collect(),
        primary_key: key
            .into_iter()
            .map(|column| column.name.to_lowercase())
            .collect(),
        constraints: parts
            .rules
            .iter()
            .filter(|rule| !rule.is("FOREIGN"))
            .map(|rule| constraint(rule, &name))
            .collect(),
        foreign_keys: parts
            .rules
            .iter()
            .filter(|rule| rule.is("FOREIGN"))
            .map(|rule| foreign_key(rule, &name))
            .collect(),
        indexes: told.indexes.iter().map(index).collect(),
        options: parts.options,
        name,
    }
}

fn column(told: &ToldColumn, parts: &Definition) -> Column {
    let name = told.name.to_lowercase();
    let of = |list: &[(String, String)]| {
        list.iter()
            .find(|(column, _)| *column == name)
            .map(|(_, text)| text.clone())
    };
    let declared = told.type_name.to_uppercase();
    let kind = match declared.as_str() {
        "INTEGER" | "INT" | "BIGINT" => Kind::Integer,
        "BLOB" => Kind::Bytes,
        _ => Kind::Text,
    };
    let type_name = match of(&parts.collations) {
        Some(collation) => format!("{declared} COLLATE {}", collation.to_uppercase()),
        None => declared,
    };
    let default = told.default.as_deref().map(|sql| render(&tokens(sql)));
    Column {
        type_name,
        kind,
        nullable: told.not_null == 0,
        default: of(&parts.generated).or(default),
        name,
    }
}

fn constraint(rule: &Rule, table: &str) -> Constraint {
    let kind = if rule.is("PRIMARY") {
        ConstraintKind::PrimaryKey
    } else if rule.is("UNIQUE") {
        ConstraintKind::Unique
    } else {
        ConstraintKind::Check
    };
    Constraint {
        name: name_of(rule, table),
        kind,
        definition: rule.definition(),
        valid: true,
    }
}

fn foreign_key(rule: &Rule, table: &str) -> ForeignKey {
    ForeignKey {
        name: name_of(rule, table),
        columns: rule.names_after("FOREIGN"),
        table: rule.word_after("REFERENCES").unwrap_or_default(),
        references: rule.names_after("REFERENCES"),
        definition: rule.definition(),
        valid: true,
    }
}

fn name_of(rule: &Rule, table: &str) -> String {
    rule.name
        .clone()
        .unwrap_or_else(|| format!("{table} {}", rule.definition()))
}

fn index(told: &ToldObject) -> Index {
    Index {
        name: told.name.to_lowercase(),
        definition: render(&tokens(&told.sql)),
        valid: true,
    }
}

fn object(told: &ToldObject) -> SchemaObject {
    SchemaObject {
        name: told.name.to_lowercase(),
        table: told.table.as_ref().map(|table| table.to_lowercase()),
        definition: render(&tokens(&told.sql)),
    }
}

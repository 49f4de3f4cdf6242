//! A schema as values, the same for both databases.

pub use hellojohn_core::backup::Kind;
use serde::{Deserialize, Serialize};

/// Everything of ours in a database: what is named `hj_…` or `cp_…`, and what hangs on it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schema {
    /// By name.
    pub tables: Vec<Table>,
    /// By name.
    #[serde(default)]
    pub views: Vec<SchemaObject>,
    /// By name and argument types; PostgreSQL only.
    #[serde(default)]
    pub functions: Vec<SchemaObject>,
    /// By table and name.
    #[serde(default)]
    pub triggers: Vec<SchemaObject>,
    /// Row security, by table and name; PostgreSQL only.
    #[serde(default)]
    pub policies: Vec<SchemaObject>,
    /// Rewrite rules, by table and name; PostgreSQL only.
    #[serde(default)]
    pub rules: Vec<SchemaObject>,
}

/// One table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Without the name of the schema it is in.
    pub name: String,
    /// In the order of the table.
    pub columns: Vec<Column>,
    /// The names of the columns of the primary key, in its order.
    pub primary_key: Vec<String>,
    /// Primary key, unique and check constraints, by name.
    pub constraints: Vec<Constraint>,
    /// References to other tables, by name.
    pub foreign_keys: Vec<ForeignKey>,
    /// Indexes that no constraint made, by name.
    pub indexes: Vec<Index>,
    /// What holds for the table as a whole: `STRICT`, `fillfactor=90`, row security.
    pub options: Vec<String>,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// The type as the database spells it, with its collation if that is not the type's own.
    pub type_name: String,
    /// What it holds, the same on both databases.
    pub kind: Kind,
    /// Whether it may be empty.
    pub nullable: bool,
    /// The expression a missing value gets, or how it is generated.
    pub default: Option<String>,
}

/// A rule every row keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Constraint {
    /// Its name; an unnamed one is called by its table and definition.
    pub name: String,
    /// What sort of rule.
    pub kind: ConstraintKind,
    /// As the database tells it.
    pub definition: String,
    /// Whether it was checked for the rows that were there before it.
    pub valid: bool,
}

/// What sort of rule a constraint is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConstraintKind {
    /// The primary key.
    PrimaryKey,
    /// A unique key.
    Unique,
    /// A condition.
    Check,
    /// Any other, such as an exclusion.
    Other,
}

/// An index that is not part of a constraint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// Its name.
    pub name: String,
    /// The statement that makes it.
    pub definition: String,
    /// Whether it is complete and used; a concurrent build that failed leaves one that is not.
    pub valid: bool,
}

/// A reference to another table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignKey {
    /// Its name; an unnamed one is called by its table and definition.
    pub name: String,
    /// The columns that refer.
    pub columns: Vec<String>,
    /// The table referred to.
    pub table: String,
    /// The columns referred to.
    pub references: Vec<String>,
    /// As the database tells it, with what happens on deletion.
    pub definition: String,
    /// Whether it was checked for the rows that were there before it.
    pub valid: bool,
}

/// A view, function, trigger, policy or rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchemaObject {
    /// Its name.
    pub name: String,
    /// The table it belongs to, if it belongs to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// As the database tells it.
    pub definition: String,
}

impl Schema {
    /// The table of this name.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.name == name)
    }

    /// Takes the kind of each column from another database's schema where that has the column.
    #[must_use]
    pub fn with_kinds_of(mut self, other: &Self) -> Self {
        for table in &mut self.tables {
            let Some(known) = other.table(&table.name) else {
                continue;
            };
            for column in &mut table.columns {
                if let Some(known) = known.column(&column.name) {
                    column.kind = known.kind;
                }
            }
        }
        self
    }

    /// Puts everything but columns in the order of names.
    pub(super) fn sort(&mut self) {
        self.tables.sort_by(|one, two| one.name.cmp(&two.name));
        for table in &mut self.tables {
            table
                .constraints
                .sort_by(|one, two| one.name.cmp(&two.name));
            table
                .foreign_keys
                .sort_by(|one, two| one.name.cmp(&two.name));
            table.indexes.sort_by(|one, two| one.name.cmp(&two.name));
            table.options.sort();
        }
        for objects in [
            &mut self.views,
            &mut self.functions,
            &mut self.triggers,
            &mut self.policies,
            &mut self.rules,
        ] {
            objects.sort_by(|one, two| (&one.table, &one.name).cmp(&(&two.table, &two.name)));
        }
    }
}

impl Table {
    /// The column of this name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

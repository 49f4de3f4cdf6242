//! What the schema is, what it should be, and how the two differ.
//!
//! The expectation is made from the migrations themselves by a test, which also fails when the
//! file is not what they make: `migrations/*/schema.json`.

mod compare;
mod ddl;
mod difference;
mod expected;
mod introspect;
mod model;
mod sqlite;
mod tokens;
mod validation;

pub use difference::{Difference, ObjectKind, Problem};
pub use model::{
    Column, Constraint, ConstraintKind, ForeignKey, Index, Kind, Schema, SchemaObject, Table,
};
pub use validation::{Advice, Checked, Validation};

pub(crate) use compare::compare;
pub(crate) use expected::expected;
pub(crate) use introspect::introspect;
pub(crate) use validation::validate;

use hellojohn_core::store::StoreError;

use crate::conn::{Direct, Target};

/// The schema of a database, read on a connection of its own.
pub(crate) async fn live(target: &Target) -> Result<Schema, StoreError> {
    let mut conn = Direct::open(target).await?;
    // Behind PgBouncer the messages of one statement need a transaction to reach one server.
    // To spell a condition PostgreSQL opens its table, and so waits for a migration at work on it.
    let begin = "BEGIN; SET LOCAL lock_timeout = '10s'; SET LOCAL statement_timeout = '1min'";
    conn.script(conn.choose(begin, "BEGIN")).await?;
    let schema = introspect(&mut conn).await?;
    conn.script("COMMIT").await?;
    Ok(schema)
}

//! Rows of any table as values, out of a database and into one.

use hellojohn_core::{
    backup::{DatabaseKind, Kind, Table, TableProof, Tree, Value, Writer, canonical_json},
    store::StoreError,
    time::Timestamp,
};
use sea_query::{Alias, Asterisk, Expr, ExprTrait as _, InsertStatement, Query, SelectStatement};

use super::BackupError;
use crate::{
    conn::{self, Columns, Direct},
    error::Misuse,
};

/// How many rows are asked for at once.
const BATCH: u64 = 1_000;

/// The rows of one table, batch by batch in the order of the primary key.
pub(crate) struct Reading<'t> {
    table: &'t Table,
    after: Option<Vec<Value>>,
    over: bool,
}

impl<'t> Reading<'t> {
    pub(crate) const fn of(table: &'t Table) -> Self {
        Self {
            table,
            after: None,
            over: false,
        }
    }

    /// The next rows; none are left after an empty batch.
    pub(crate) async fn batch(&mut self, conn: &mut Direct) -> Result<Vec<Vec<Value>>, StoreError> {
        if self.over {
            return Ok(Vec::new());
        }
        let query = self.query(conn)?;
        let rows = conn.rows(&query).await?;
        let rows: Result<Vec<Vec<Value>>, StoreError> = rows
            .iter()
            .map(|row| {
                let mut columns = row.columns();
                let kinds = self.table.columns.iter().map(|column| column.kind);
                kinds.map(|kind| read(&mut columns, kind)).collect()
            })
            .collect();
        let rows = rows?;
        self.over = u64::try_from(rows.len()).unwrap_or(0) < BATCH;
        self.after = rows.last().map(|row| self.key_of(row));
        Ok(rows)
    }

    fn key_of(&self, row: &[Value]) -> Vec<Value> {
        let columns = &self.table.columns;
        let at = |name: &String| columns.iter().position(|column| column.name == *name);
        let key = self.table.primary_key.iter();
        key.filter_map(|name| row.get(at(name)?).cloned()).collect()
    }

    fn query(&self, conn: &Direct) -> Result<SelectStatement, StoreError> {
        let mut query = Query::select();
        for column in &self.table.columns {
            let name = quoted(&column.name)?;
            // As a number: a driver may not be able to hold every time a database can.
            let selected = match column.kind {
                Kind::Time => conn.choose_owned(
                    || format!("(EXTRACT(EPOCH FROM {name}) * 1000000)::BIGINT"),
                    || name.clone(),
                ),
                _ => name,
            };
            query.expr(Expr::cust(selected));
        }
        query.from(Alias::new(&self.table.name)).limit(BATCH);
        let mut key = Vec::new();
        for name in &self.table.primary_key {
            let text = self
                .table
                .columns
                .iter()
                .any(|column| column.name == *name && column.kind == Kind::Text);
            let name = quoted(name)?;
            // Byte by byte, whatever the language of the database.
            let by = if text {
                conn.choose_owned(|| format!("{name} COLLATE \"C\""), || name.clone())
            } else {
                name
            };
            query.order_by_expr(Expr::cust(by.clone()), sea_query::Order::Asc);
            key.push(Expr::cust(by));
        }
        if let Some(after) = &self.after {
            let after: Result<Vec<Expr>, StoreError> =
                after.iter().map(|value| bound(value, conn)).collect();
            query.and_where(Expr::tuple(key).gt(Expr::tuple(after?)));
        }
        Ok(query)
    }
}

/// Names come from a catalogue or a backup, and go into a statement.
pub(super) fn quoted(name: &str) -> Result<String, StoreError> {
    let plain = !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if plain {
        Ok(conn::quote::name(name))
    } else {
        Err(Misuse::Statement(format!("`{name}` is no name of ours")).into())
    }
}

fn read(columns: &mut Columns<'_>, kind: Kind) -> Result<Value, StoreError> {
    Ok(match kind {
        Kind::Text => columns.opt_text()?.map(Value::Text),
        Kind::Integer => columns.opt_int()?.map(Value::Integer),
        Kind::Boolean => columns.opt_flag()?.map(Value::Boolean),
        Kind::Time => columns
            .opt_int()?
            .map(|micros| Value::Time(Timestamp::from_micros(micros))),
        Kind::Bytes => columns.opt_blob()?.map(Value::Bytes),
        Kind::Json => match columns.opt_json()? {
            Some(text) => {
                let json =
                    canonical_json(&text).map_err(|error| columns.corrupt(&error.to_string()))?;
                Some(Value::Json(json))
            }
            None => None,
        },
    }
    .unwrap_or(Value::Null))
}

fn bound(value: &Value, conn: &Direct) -> Result<Expr, StoreError> {
    Ok(match value {
        Value::Text(text) => Expr::value(conn::text(text.as_str())),
        Value::Integer(number) => Expr::value(sea_query::Value::BigInt(Some(*number))),
        Value::Boolean(flag) => Expr::value(sea_query::Value::Bool(Some(*flag))),
        Value::Time(at) => Expr::value(conn::at(*at)),
        Value::Bytes(bytes) => Expr::value(conn::bytes(bytes)),
        Value::Json(text) => {
            let text = conn::text(text.as_str());
            match conn.kind() {
                DatabaseKind::Postgres => Expr::value(text).cast_as(Alias::new("jsonb")),
                DatabaseKind::Sqlite => Expr::value(text),
            }
        }
        Value::Null => Expr::cust("NULL"),
        other => return Err(Misuse::Statement(format!("{other:?} cannot be written")).into()),
    })
}

/// Neither database takes more than 32,766 values in a statement.
const MOST_VALUES: usize = 30_000;

/// How many rows of a table are written at once.
pub(super) fn rows_at_once(table: &Table) -> usize {
    (MOST_VALUES / table.columns.len().max(1)).clamp(1, 250)
}

/// Writes rows.
pub(super) async fn insert(
    conn: &mut Direct,
    table: &Table,
    rows: &[Vec<Value>],
) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut statement = InsertStatement::new();
    statement
        .into_table(Alias::new(&table.name))
        .columns(table.columns.iter().map(|column| Alias::new(&column.name)));
    for row in rows {
        let values: Result<Vec<Expr>, StoreError> =
            row.iter().map(|value| bound(value, conn)).collect();
        statement
            .values(values?)
            .map_err(|error| Misuse::Statement(error.to_string()))?;
    }
    conn.execute(&statement).await.map(drop)
}

/// Writes every row of the tables into a backup.
pub(super) async fn write<W: std::io::Write>(
    conn: &mut Direct,
    tables: &[Table],
    writer: &mut Writer<W>,
    told: &mut (dyn FnMut(u64) + Send),
) -> Result<(), BackupError> {
    let mut done = 0;
    for table in tables {
        let mut reading = Reading::of(table);
        loop {
            let rows = reading.batch(conn).await?;
            if rows.is_empty() {
                break;
            }
            for row in &rows {
                writer.row(&table.name, row)?;
                done += 1;
            }
            told(done);
        }
    }
    Ok(())
}

/// What a table amounts to as it is in the database.
pub(super) async fn proof(conn: &mut Direct, table: &Table) -> Result<TableProof, BackupError> {
    let mut tree = Tree::default();
    let mut reading = Reading::of(table);
    loop {
        let rows = reading.batch(conn).await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            tree.push(table.leaf(tree.len() + 1, row)?);
        }
    }
    Ok(TableProof {
        name: table.name.clone(),
        rows: tree.len(),
        root: tree.root(),
    })
}

/// How many rows a table has.
pub(super) async fn count(conn: &mut Direct, table: &str) -> Result<u64, StoreError> {
    let mut query = Query::select();
    query
        .expr(Expr::col(Asterisk).count())
        .from(Alias::new(table));
    let rows = conn.rows(&query).await?;
    let counted = rows.first().map(|row| row.columns().int()).transpose()?;
    Ok(u64::try_from(counted.unwrap_or(0)).unwrap_or(0))
}

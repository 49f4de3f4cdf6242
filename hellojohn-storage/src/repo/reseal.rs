use async_trait::async_trait;
use hellojohn_core::{
    seal::places::{self, KeyColumn, SealedColumn},
    store::{KeyPart, ResealStore, RowKey, SealedCount, SealedRow, StoreError},
};
use sea_query::{Alias, Expr, ExprTrait as _, Func, Order, Query, SelectStatement};

use crate::{
    conn::{self, Row},
    unit::ControlSqlUnit,
};

/// The key's id within sealed text: eight characters after `v1:`.
fn key_id(column: &SealedColumn) -> Expr {
    // Plain numbers: PostgreSQL has no such function of `bigint`, which parameters are.
    Func::cust(Alias::new("substr"))
        .args([Expr::col(column.column), Expr::cust("4"), Expr::cust("8")])
        .into()
}

/// Only what is sealed there.
fn narrow(select: &mut SelectStatement, column: &SealedColumn) {
    select
        .from(column.table)
        .and_where(Expr::col(column.column).is_not_null());
    if !column.only.is_empty() {
        let names = column.only.iter().copied();
        select.and_where(Expr::col(column.named_by.name()).is_in(names));
    }
}

fn part(part: &KeyPart) -> Expr {
    match part {
        KeyPart::Text(text) => Expr::value(text.as_str()),
        KeyPart::Bytes(bytes) => Expr::value(conn::bytes(bytes)),
    }
}

/// The primary key of a row, as one value to compare.
fn columns(column: &SealedColumn) -> Expr {
    Expr::tuple(column.primary_key.iter().map(|part| Expr::col(part.name())))
}

fn read(row: &Row, column: &SealedColumn) -> Result<SealedRow, StoreError> {
    let mut row = row.columns();
    let mut key = Vec::new();
    let mut name = String::new();
    for of_key in column.primary_key {
        let part = match of_key {
            KeyColumn::Text(_) => KeyPart::Text(row.text()?),
            KeyColumn::Bytes(_) => KeyPart::Bytes(row.blob()?),
        };
        if *of_key == column.named_by {
            name = match &part {
                KeyPart::Text(text) => text.clone(),
                KeyPart::Bytes(bytes) => places::row_of_bytes(bytes),
            };
        }
        key.push(part);
    }
    Ok(SealedRow {
        key: RowKey(key),
        name,
        sealed: row.text()?,
    })
}

#[async_trait]
impl ResealStore for ControlSqlUnit {
    async fn sealed_otherwise(
        &mut self,
        column: &SealedColumn,
        key: &str,
        after: Option<&RowKey>,
        limit: u32,
    ) -> Result<Vec<SealedRow>, StoreError> {
        let mut query = Query::select();
        query.columns(column.primary_key.iter().map(|part| part.name()));
        query.column(column.column);
        narrow(&mut query, column);
        query
            .and_where(key_id(column).ne(key))
            .and_where_option(
                after.map(|after| columns(column).gt(Expr::tuple(after.0.iter().map(part)))),
            )
            .limit(conn::limit(limit));
        for part in column.primary_key {
            query.order_by(part.name(), Order::Asc);
        }
        let rows = self.tx.read(&query).await?;
        rows.iter().map(|row| read(row, column)).collect()
    }

    async fn replace_sealed(
        &mut self,
        column: &SealedColumn,
        row: &SealedRow,
        sealed: &str,
    ) -> Result<Option<String>, StoreError> {
        let mut update = Query::update();
        update
            .table(column.table)
            .value(column.column, sealed)
            .and_where(Expr::col(column.column).eq(row.sealed.as_str()));
        for (name, value) in column.primary_key.iter().zip(&row.key.0) {
            update.and_where(Expr::col(name.name()).eq(part(value)));
        }
        update.returning_col(column.column);
        let rows = self.tx.write_returning(&update).await?;
        rows.first().map(|row| row.columns().text()).transpose()
    }

    async fn count_sealed(
        &mut self,
        column: &SealedColumn,
    ) -> Result<Vec<SealedCount>, StoreError> {
        let id = Alias::new("key_id");
        let mut query = Query::select();
        query
            .expr_as(key_id(column), id.clone())
            .expr(Expr::col(column.column).count());
        narrow(&mut query, column);
        query.group_by_col(id.clone()).order_by(id, Order::Asc);
        let rows = self.tx.read(&query).await?;
        rows.iter()
            .map(|row| {
                let mut row = row.columns();
                Ok(SealedCount {
                    key_id: row.text()?,
                    values: u64::try_from(row.int()?).unwrap_or(0),
                })
            })
            .collect()
    }
}

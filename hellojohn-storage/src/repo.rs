//! One file per store trait, each statement written once for every database.

mod api_keys;
mod audit;
mod backup_codes;
mod code_attempts;
mod devices;
mod email;
mod factors;
pub(crate) mod hot;
mod idempotency;
mod lockouts;
mod message_queue;
mod messages;
mod mfa_challenges;
mod one_time;
mod otp_codes;
mod outbox;
mod passkeys;
mod recovery;
mod reseal;
mod restore;
mod sessions;
mod settings;
mod signing_keys;
mod tenants;
mod users;

use hellojohn_core::{
    page::{Order, Position, SortKey, Window},
    store::StoreError,
    time::Timestamp,
};
use sea_query::{Expr, ExprTrait as _, Iden, Query, SelectStatement};

use crate::{conn, error::Misuse, unit::SqlUnit};

/// What a list is ordered by: a column or expression, the id that breaks ties, and their kind.
struct Sort {
    key: Expr,
    id: Expr,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Time,
    Text,
}

/// Orders a list and cuts the window out of it.
fn cut(select: &mut SelectStatement, sort: Sort, window: &Window) -> Result<(), StoreError> {
    let order = match window.order {
        Order::Ascending => sea_query::Order::Asc,
        Order::Descending => sea_query::Order::Desc,
    };
    if let Some(after) = &window.after {
        let here = Expr::tuple([sort.key.clone(), sort.id.clone()]);
        let there = Expr::tuple([place(after, sort.kind)?, Expr::value(after.id.as_str())]);
        select.and_where(match window.order {
            Order::Ascending => here.gt(there),
            Order::Descending => here.lt(there),
        });
    }
    select
        .order_by_expr(sort.key, order.clone())
        .order_by_expr(sort.id, order)
        .limit(conn::limit(window.limit));
    Ok(())
}

fn place(position: &Position, kind: Kind) -> Result<Expr, StoreError> {
    match (&position.key, kind) {
        (SortKey::Time(micros), Kind::Time) => {
            Ok(Expr::value(conn::at(Timestamp::from_micros(*micros))))
        }
        (SortKey::Text(text), Kind::Text) => Ok(Expr::value(text.as_str())),
        _ => Err(Misuse::OtherList.into()),
    }
}

/// Counts the rows of a table that the caller narrows down.
fn counting<T: Iden + 'static>(table: T, id: T) -> SelectStatement {
    let mut select = Query::select();
    select.expr(Expr::col(id).count()).from(table);
    select
}

impl SqlUnit {
    /// The answer to what [`counting`] began.
    async fn count(&mut self, query: &SelectStatement) -> Result<u64, StoreError> {
        let rows = self.tx.read(query).await?;
        let count = rows.first().map_or(Ok(0), |row| row.columns().int())?;
        Ok(u64::try_from(count).unwrap_or(0))
    }
}

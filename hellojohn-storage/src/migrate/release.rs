use hellojohn_core::store::StoreError;
use sea_query::{Expr, ExprTrait as _, OnConflict, Query};

use super::Migration;
use crate::{
    conn::{self, Direct},
    tables::CpSetting as C,
};

/// The row of `cp_setting` that says which release brought the newest migration.
///
/// Its value is `<release> <version>`; it holds only while the version is the newest of the ledger,
/// because programs before 0.2.0 do not write it.
const NAME: &str = "schema_release";

/// Writes which migration is the newest; of one this program does not know it says nothing.
pub(super) async fn write(conn: &mut Direct, newest: Option<&Migration>) -> Result<(), StoreError> {
    if !conn.has_table("cp_setting").await? {
        return Ok(());
    }
    let Some(newest) = newest else {
        let mut delete = Query::delete();
        delete
            .from_table(C::Table)
            .and_where(Expr::col(C::Name).eq(NAME));
        return conn.rows(&delete).await.map(drop);
    };
    let value = format!("{} {}", newest.release(), newest.version());
    let mut insert = conn::insert(
        C::Table,
        [
            (C::Name, conn::text(NAME)),
            (C::Value, conn::text(value)),
            (C::UpdatedAt, conn::at(super::now())),
        ],
    )?;
    insert.on_conflict(
        OnConflict::column(C::Name)
            .update_columns([C::Value, C::UpdatedAt])
            .to_owned(),
    );
    conn.rows(&insert).await.map(drop)
}

use std::{fmt, str::FromStr};

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
pub(crate) const NAME: &str = "schema_release";

/// A release of the program, which may have brought migrations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Release {
    /// Changes when an older program must not use the schema.
    pub major: u64,
    /// Changes with additions.
    pub minor: u64,
    /// Changes with repairs.
    pub patch: u64,
}

/// The text is not of the form `X.Y.Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a release of the form X.Y.Z")]
pub struct InvalidRelease;

impl FromStr for Release {
    type Err = InvalidRelease;

    fn from_str(text: &str) -> Result<Self, InvalidRelease> {
        // What follows a `-` or `+` is about one build of the release.
        let numbers = text.split(['-', '+']).next().unwrap_or_default();
        let mut numbers = numbers.split('.').map(str::parse);
        let mut next = || numbers.next().and_then(Result::ok).ok_or(InvalidRelease);
        let release = Self {
            major: next()?,
            minor: next()?,
            patch: next()?,
        };
        numbers.next().map_or(Ok(release), |_| Err(InvalidRelease))
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

/// Which release brought the newest migration, as its runner wrote it down.
///
/// Believed only if it speaks of the ledger's newest version: a program that does not know
/// of the note may have migrated or rolled back since.
pub(super) async fn of(conn: &mut Direct, newest: &str) -> Result<Option<Release>, StoreError> {
    let note = setting(conn, NAME).await?;
    Ok(note.and_then(|note| believed(&note, newest)))
}

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

/// A setting of the instance; none as long as there is no table of settings.
pub(super) async fn setting(
    conn: &mut Direct,
    name: &'static str,
) -> Result<Option<String>, StoreError> {
    if !conn.has_table("cp_setting").await? {
        return Ok(None);
    }
    // As text, which is one message: this is read outside of transactions too.
    let sql = format!("SELECT value FROM cp_setting WHERE name = '{name}'");
    let rows = conn.ask(&sql).await?;
    rows.first().map(|row| row.columns().text()).transpose()
}

fn believed(note: &str, newest: &str) -> Option<Release> {
    let (release, version) = note.split_once(' ')?;
    release.parse().ok().filter(|_| version == newest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_have_three_numbers_and_an_order() {
        let release = |text: &str| text.parse::<Release>();
        assert_eq!(release("0.2.0").unwrap().to_string(), "0.2.0");
        assert_eq!(release("1.0.0-rc.1").unwrap().major, 1);
        assert!(release("0.10.0").unwrap() > release("0.9.9").unwrap());
        for bad in ["", "1", "1.2", "1.2.3.4", "v1.2.3", "1.x.3", "1.-2.3"] {
            assert!(release(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_note_about_another_version_is_not_believed() {
        let note = "0.2.0 20261120_002";
        assert!(believed(note, "20261120_002").is_some());
        assert_eq!(believed(note, "20261120_003"), None);
        assert_eq!(believed("0.2.0", "20261120_002"), None);
    }
}

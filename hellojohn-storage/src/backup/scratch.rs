use hellojohn_core::store::StoreError;

use crate::conn::{Direct, Target, is_duplicate, quote};

/// Whether a database was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// It was.
    New,
    /// It was not: there is one of that name.
    NameTaken,
}

/// Makes an empty database on the PostgreSQL server of this URL, for a trial of a backup.
///
/// Of a template without anything of its own: what a server puts into every new database would
/// be in the way of a restore.
pub async fn make_database(server: &str, name: &str) -> Result<Made, StoreError> {
    let name = quote::name(name);
    match run(
        server,
        &format!("CREATE DATABASE {name} TEMPLATE template0"),
    )
    .await
    {
        Ok(()) => Ok(Made::New),
        Err(error) if is_duplicate(&error) => Ok(Made::NameTaken),
        Err(error) => Err(error),
    }
}

/// Drops a database with everything in it, whoever is connected to it.
pub async fn drop_database(server: &str, name: &str) -> Result<(), StoreError> {
    let name = quote::name(name);
    run(server, &format!("DROP DATABASE {name} WITH (FORCE)")).await
}

async fn run(server: &str, sql: &str) -> Result<(), StoreError> {
    let target = Target::parse(server).map_err(|error| StoreError::Failed(Box::new(error)))?;
    let mut conn = Direct::open(&target).await?;
    conn.script(sql).await?;
    conn.close().await
}

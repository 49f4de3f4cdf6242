//! The store itself: connections, units of work, and the statements of the hot path.

use std::fmt;

use async_trait::async_trait;
use hellojohn_core::{
    id::{SessionId, TenantId},
    secret::SecretHash,
    store::{
        Access, ControlUnit, KeyWithTenant, Rotated, Rotation, SessionWithUser, Store, StoreError,
        UnitOfWork,
    },
};

use sea_query::Query;

use crate::{
    conn::{Pool, Target},
    error::ConnectError,
    metrics::Connections,
    migrate::{Done, MigrationError, MigrationOptions, Migrations},
    options::SqlStoreOptions,
    repo::hot,
    schema::{self, Schema, Validation},
    tables::CpSetting,
    unit::{ControlSqlUnit, SqlUnit},
    upgrade::UpgradeTrial,
};

/// A PostgreSQL or SQLite database. Clones share their connections.
#[derive(Clone)]
pub struct SqlStore {
    pool: Pool,
    target: Target,
}

impl SqlStore {
    /// Connects to `postgres://…`, `postgresql://…` or `sqlite://…`.
    ///
    /// The file of a SQLite database is made if it is missing, readable by its owner only.
    /// `?synchronous=normal` trades the last moments before a power cut for speed there;
    /// `?statement-cache-capacity=0` is for PgBouncer in transaction mode.
    pub async fn connect(url: &str, options: SqlStoreOptions) -> Result<Self, ConnectError> {
        let target = Target::parse(url)?;
        let pool = Pool::connect(&target, options).await?;
        Ok(Self { pool, target })
    }

    /// The migrations of this database.
    pub fn migrations(&self) -> Migrations {
        Migrations::new(self.target.clone())
    }

    /// Applies every pending migration.
    pub async fn migrate(&self) -> Result<Vec<Done>, MigrationError> {
        self.migrations().run(&MigrationOptions::default()).await
    }

    pub(crate) const fn target(&self) -> &Target {
        &self.target
    }

    /// The schema of this database, as far as it is ours. Changes nothing.
    pub async fn schema(&self) -> Result<Schema, StoreError> {
        schema::live(&self.target).await
    }

    /// The schema this build expects of this database.
    pub fn expected_schema(&self) -> Result<&'static Schema, StoreError> {
        schema::expected(&self.target)
    }

    /// Compares the two (R204). Changes nothing.
    pub async fn validate_schema(&self) -> Result<Validation, StoreError> {
        schema::validate(&self.target).await
    }

    /// A trial of the upgrade on this database, which is a copy made for it.
    pub fn upgrade_trial(&self) -> UpgradeTrial {
        UpgradeTrial::new(self.target.clone())
    }

    /// How many connections there are at this moment.
    pub fn connections(&self) -> Connections {
        self.pool.connections()
    }

    /// Waits for what is under way, and closes every connection.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

impl fmt::Debug for SqlStore {
    /// Never the URL, which may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SqlStore")
            .field(&self.target.scheme())
            .finish()
    }
}

#[async_trait]
impl Store for SqlStore {
    async fn begin(
        &self,
        tenant: TenantId,
        access: Access,
    ) -> Result<Box<dyn UnitOfWork>, StoreError> {
        let tx = self.pool.begin(access).await?;
        Ok(Box::new(SqlUnit::new(tx, tenant)))
    }

    async fn begin_control(&self, access: Access) -> Result<Box<dyn ControlUnit>, StoreError> {
        let tx = self.pool.begin(access).await?;
        Ok(Box::new(ControlSqlUnit::new(tx)))
    }

    async fn rotate(
        &self,
        tenant: TenantId,
        rotation: &Rotation,
    ) -> Result<Option<Rotated>, StoreError> {
        let rows = self.pool.write(&hot::rotate(tenant, rotation)).await?;
        rows.first()
            .map(|row| hot::read_rotated(row, tenant))
            .transpose()
    }

    async fn session_with_user(
        &self,
        tenant: TenantId,
        session: SessionId,
    ) -> Result<Option<SessionWithUser>, StoreError> {
        let statement = hot::session_with_user(tenant, session);
        let rows = self.pool.read(&statement).await?;
        rows.first()
            .map(|row| hot::read_session_with_user(row, tenant))
            .transpose()
    }

    async fn key_by_hash(&self, hash: &SecretHash) -> Result<Option<KeyWithTenant>, StoreError> {
        let rows = self.pool.read(&hot::key_by_hash(hash)).await?;
        rows.first().map(hot::read_key).transpose()
    }

    async fn ping(&self) -> Result<(), StoreError> {
        // Asks a table of ours: a database without the schema is as good as none.
        let mut query = Query::select();
        query
            .column(CpSetting::Name)
            .from(CpSetting::Table)
            .limit(1);
        self.pool.read(&query).await.map(drop)
    }
}

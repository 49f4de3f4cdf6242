//! Units of work: every store trait over one transaction.

use std::any::Any;

use async_trait::async_trait;
use hellojohn_core::{
    id::TenantId,
    store::{ControlUnit, StoreError, UnitOfWork},
};
use sea_query::{Expr, ExprTrait as _, IntoColumnRef};

use crate::{
    conn::{Connection, Tx},
    error::Misuse,
};

/// A unit of work in one tenant. Its stores are the traits of `hellojohn_core::store`.
pub struct SqlUnit {
    pub(crate) tx: Tx,
    tenant: TenantId,
    key: String,
}

impl SqlUnit {
    pub(crate) fn new(tx: Tx, tenant: TenantId) -> Self {
        Self {
            tx,
            tenant,
            key: tenant.to_string(),
        }
    }

    /// The tenant as it is stored.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    /// The predicate every statement of a tenant carries.
    pub(crate) fn of_tenant(&self, column: impl IntoColumnRef) -> Expr {
        Expr::col(column).eq(self.key.as_str())
    }

    /// Refuses a value of another tenant.
    pub(crate) fn own(&mut self, tenant: TenantId) -> Result<(), StoreError> {
        if tenant == self.tenant {
            return Ok(());
        }
        self.tx.note(Err(Misuse::OtherTenant.into()))
    }
}

#[async_trait]
impl UnitOfWork for SqlUnit {
    fn tenant(&self) -> TenantId {
        self.tenant
    }

    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        self.tx.commit().await
    }
}

/// A unit of work in the control plane.
pub struct ControlSqlUnit {
    pub(crate) tx: Tx,
}

impl ControlSqlUnit {
    pub(crate) const fn new(tx: Tx) -> Self {
        Self { tx }
    }
}

#[async_trait]
impl ControlUnit for ControlSqlUnit {
    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        self.tx.commit().await
    }
}

/// The connection under a unit of work, for the statements of an embedding application.
///
/// They are kept or lost together with the unit. Nothing keeps them inside the tenant.
/// `None` if the unit is not one of this crate.
pub fn connection(unit: &mut dyn UnitOfWork) -> Option<Connection<'_>> {
    let unit: &mut dyn Any = unit;
    unit.downcast_mut::<SqlUnit>()
        .map(|unit| unit.tx.connection())
}

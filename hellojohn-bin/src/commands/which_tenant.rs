use hellojohn_core::{Engine, access::Operator, tenant::Tenant};

use crate::failure::{Exit, Failure};

/// The tenant with this id or slug; without one, the only tenant there is.
pub(super) async fn which_tenant(engine: &Engine, named: Option<&str>) -> Result<Tenant, Failure> {
    let operator = Operator::local();
    let Some(named) = named else {
        let mut tenants = engine.tenants(&operator, None, 2).await?;
        let only = tenants.pop();
        return match (only, tenants.is_empty()) {
            (Some(tenant), true) => Ok(tenant),
            (None, _) => Err(Failure::new(
                Exit::NotFound,
                "there is no tenant yet; make one with `hj tenants create --name <name>`",
            )),
            (Some(_), false) => Err(Failure::general(
                "there are several tenants; name one with --tenant <id or slug>",
            )),
        };
    };
    match named.parse() {
        Ok(id) => Ok(engine.tenant(&operator, id).await?),
        Err(_) => Ok(engine.tenant_by_slug(&operator, named).await?),
    }
}

/// Every tenant, oldest first.
pub(super) async fn all_tenants(engine: &Engine) -> Result<Vec<Tenant>, Failure> {
    let operator = Operator::local();
    let mut all: Vec<Tenant> = Vec::new();
    loop {
        let after = all.last().map(|tenant| tenant.id);
        let mut more = engine.tenants(&operator, after, PAGE).await?;
        if more.is_empty() {
            return Ok(all);
        }
        all.append(&mut more);
    }
}

const PAGE: u32 = 100;

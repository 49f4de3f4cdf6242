use crate::{
    Engine, Error,
    access::Caller,
    api_key::{ApiKey, ApiKeyError, ApiKeyFilter},
    id::ApiKeyId,
    page::{Cursors, Order, Page, PageRequest, Position, SortKey, Total},
    store::Access,
};

impl Engine {
    /// Lists API keys of the tenant, newest first.
    pub async fn list_api_keys(
        &self,
        caller: &Caller,
        filter: ApiKeyFilter,
        page: PageRequest,
    ) -> Result<Page<ApiKey>, Error> {
        caller.require("api_keys:read")?;
        let cursors = Cursors::new(
            self.cursor_key(),
            format!("{} api_keys {}", caller.tenant_id(), filter.list_name()),
        );
        let window = cursors.window(&page, Order::Descending)?;
        let mut unit = self.store().begin(caller.tenant_id(), Access::Read).await?;
        let items = unit.api_keys(filter, &window).await?;
        let total = match page.total {
            Total::Counted => Some(unit.count_api_keys(filter).await?),
            Total::Omitted => None,
        };
        Ok(cursors.page(&page, items, total, position))
    }

    /// One API key of the tenant.
    pub async fn api_key(&self, caller: &Caller, id: ApiKeyId) -> Result<ApiKey, Error> {
        caller.require("api_keys:read")?;
        let mut unit = self.store().begin(caller.tenant_id(), Access::Read).await?;
        unit.api_key(id)
            .await?
            .ok_or_else(|| ApiKeyError::NotFound.into())
    }
}

fn position(key: &ApiKey) -> Position {
    Position {
        key: SortKey::Time(key.created_at.as_micros()),
        id: key.id.to_string(),
    }
}

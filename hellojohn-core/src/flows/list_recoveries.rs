use crate::{
    Engine, Error,
    access::Caller,
    page::{Cursors, Order, Page, PageRequest, Position, SortKey, Total},
    recovery::{RecoveryRequest, RecoveryStatus},
    store::Access,
};

/// A request for a list of recovery requests.
#[derive(Clone, Debug, Default)]
pub struct ListRecoveries {
    /// In this state.
    pub status: Option<RecoveryStatus>,
    /// How many, and from where.
    pub page: PageRequest,
}

impl Engine {
    /// Lists the requests of users who lost their second factor, newest first.
    pub async fn list_recoveries(
        &self,
        caller: &Caller,
        request: ListRecoveries,
    ) -> Result<Page<RecoveryRequest>, Error> {
        caller.require("users:read")?;
        let ListRecoveries { status, page } = request;
        let list = format!("{} recoveries {status:?}", caller.tenant_id());
        let cursors = Cursors::new(self.cursor_key(), list);
        let window = cursors.window(&page, Order::Descending)?;
        let mut unit = self.store().begin(caller.tenant_id(), Access::Read).await?;
        let items = unit.recoveries(status, &window).await?;
        let total = match page.total {
            Total::Counted => Some(unit.count_recoveries(status).await?),
            Total::Omitted => None,
        };
        Ok(cursors.page(&page, items, total, position))
    }
}

fn position(request: &RecoveryRequest) -> Position {
    Position {
        key: SortKey::Time(request.created_at.as_micros()),
        id: request.id.to_string(),
    }
}

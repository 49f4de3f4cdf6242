use crate::{
    Engine, Error,
    access::Caller,
    id::UserId,
    input::{self, InputError},
    page::{Cursors, Order, Page, PageRequest, Position, SortKey, Total},
    store::Access,
    user::{User, UserError, UserFilter, UserSort},
};

/// A request for a list of users.
#[derive(Clone, Debug, Default)]
pub struct ListUsers {
    /// Which.
    pub filter: UserFilter,
    /// By what.
    pub sort: UserSort,
    /// Which way.
    pub order: Order,
    /// How many, and from where.
    pub page: PageRequest,
}

impl Engine {
    /// Lists users of the tenant.
    pub async fn list_users(
        &self,
        caller: &Caller,
        request: ListUsers,
    ) -> Result<Page<User>, Error> {
        caller.require("users:read")?;
        let ListUsers {
            mut filter,
            sort,
            order,
            page,
        } = request;
        check(&mut filter)?;
        filter.now = self.now();
        let list = format!(
            "{} users {sort:?} {order:?} {}",
            caller.tenant_id(),
            filter.list_name()
        );
        let cursors = Cursors::new(self.cursor_key(), list);
        let window = cursors.window(&page, order)?;
        let mut unit = self.store().begin(caller.tenant_id(), Access::Read).await?;
        let items = unit.users(&filter, sort, &window).await?;
        let total = match page.total {
            Total::Counted => Some(unit.count_users(&filter).await?),
            Total::Omitted => None,
        };
        Ok(cursors.page(&page, items, total, |user| position(user, sort)))
    }

    /// One user of the tenant.
    pub async fn user(&self, caller: &Caller, id: UserId) -> Result<User, Error> {
        caller.require("users:read")?;
        self.find_user(caller, id).await
    }

    pub(crate) async fn find_user(&self, caller: &Caller, id: UserId) -> Result<User, Error> {
        let mut unit = self.store().begin(caller.tenant_id(), Access::Read).await?;
        unit.user(id)
            .await?
            .ok_or_else(|| UserError::NotFound.into())
    }
}

/// Refuses what no user can match and a database would stumble over; searches in lower case.
fn check(filter: &mut UserFilter) -> Result<(), InputError> {
    let wrong = |error| InputError::Fields(vec![error]);
    if let Some(q) = &mut filter.q {
        *q = input::search_text("q", q).map_err(wrong)?;
    }
    for (field, text) in [("role", &filter.role), ("external_id", &filter.external_id)] {
        if let Some(text) = text {
            input::search_text(field, text).map_err(wrong)?;
        }
    }
    Ok(())
}

fn position(user: &User, sort: UserSort) -> Position {
    let key = match sort {
        UserSort::CreatedAt => SortKey::Time(user.created_at.as_micros()),
        UserSort::LastSignInAt => SortKey::Time(
            user.last_sign_in_at
                .map_or(0, crate::time::Timestamp::as_micros),
        ),
        UserSort::Email => SortKey::Text(user.email.to_string()),
    };
    Position {
        key,
        id: user.id.to_string(),
    }
}

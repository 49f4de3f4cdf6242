use crate::{
    Engine, Error,
    access::Caller,
    flows::OwnSession,
    id::{SessionId, UserId},
    page::{Cursors, Order, Page, PageRequest, Position, SortKey, Total},
    session::{Session, SessionError, SessionFilter, SessionStatus},
    store::Access,
};

/// A request for a list of sessions.
#[derive(Clone, Debug, Default)]
pub struct ListSessions {
    /// Of this user; a user always gets their own.
    pub user_id: Option<UserId>,
    /// In this state.
    pub status: Option<SessionStatus>,
    /// How many, and from where.
    pub page: PageRequest,
}

impl Engine {
    /// Lists sessions, newest first: all of the tenant's for a server, their own for a user.
    pub async fn list_sessions(
        &self,
        caller: &Caller,
        request: ListSessions,
    ) -> Result<Page<OwnSession>, Error> {
        caller.require_user_or("sessions:read")?;
        let own = caller.user().map(|signed_in| signed_in.user.id);
        let user_id = own.or(request.user_id);
        let now = self.now();
        let filter = SessionFilter {
            user_id,
            status: request.status.map(|status| (status, now)),
        };
        let list = format!(
            "{} sessions {user_id:?} {:?}",
            caller.tenant_id(),
            request.status
        );
        let cursors = Cursors::new(self.cursor_key(), list);
        let window = cursors.window(&request.page, Order::Descending)?;
        let mut unit = self.store().begin(caller.tenant_id(), Access::Read).await?;
        let items = unit.sessions(&filter, &window).await?;
        let total = match request.page.total {
            Total::Counted => Some(unit.count_sessions(&filter).await?),
            Total::Omitted => None,
        };
        let page = cursors.page(&request.page, items, total, position);
        let items = page
            .items
            .into_iter()
            .map(|session| OwnSession::seen_by(caller, session))
            .collect();
        Ok(Page {
            items,
            total: page.total,
            limit: page.limit,
            next: page.next,
        })
    }

    /// One session of the tenant; of their own for a user.
    pub async fn session(&self, caller: &Caller, id: SessionId) -> Result<OwnSession, Error> {
        caller.require_user_or("sessions:read")?;
        let mut unit = self.store().begin(caller.tenant_id(), Access::Read).await?;
        let session = unit
            .session(id)
            .await?
            .filter(|session| caller.may_act_for(session.user_id));
        session
            .map(|session| OwnSession::seen_by(caller, session))
            .ok_or_else(|| SessionError::NotFound.into())
    }
}

fn position(session: &Session) -> Position {
    Position {
        key: SortKey::Time(session.created_at.as_micros()),
        id: session.id.to_string(),
    }
}

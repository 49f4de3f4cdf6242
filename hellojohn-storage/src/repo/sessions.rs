use async_trait::async_trait;
use hellojohn_core::{
    id::{SessionId, TenantId, UserId},
    page::Window,
    session::{Amr, ClientInfo, RevocationReason, Session, SessionFilter, SessionStatus},
    store::{Elevation, Overtaking, SessionStore, StoreError, UnitOfWork as _},
    time::Timestamp,
};
use sea_query::{
    Expr, ExprTrait as _, LockType, Order, Query, SelectStatement, UpdateStatement, Value,
};

use super::{Kind, Sort, counting, cut};
use crate::{
    conn::{self, Columns, Row},
    tables::HjSession as C,
    unit::SqlUnit,
};

/// What [`read`] reads, in its order.
pub(super) const COLUMNS: [C; 20] = [
    C::Id,
    C::UserId,
    C::Generation,
    C::Salt,
    C::RotatedAt,
    C::CreatedAt,
    C::LastActiveAt,
    C::ExpiresAt,
    C::IdleExpiresAt,
    C::RevokedAt,
    C::RevokedReason,
    C::IpAddress,
    C::UserAgent,
    C::Country,
    C::DeviceType,
    C::Amr,
    C::AuthTime,
    C::MfaVerified,
    C::Methods,
    C::MfaAt,
];

/// A session from the next 20 columns.
pub(super) fn read(row: &mut Columns<'_>, tenant_id: TenantId) -> Result<Session, StoreError> {
    let mut session = Session {
        tenant_id,
        id: row.parse()?,
        user_id: row.parse()?,
        generation: u32::try_from(row.int()?).map_err(|_| row.corrupt("out of range"))?,
        salt: row.bytes()?,
        rotated_at: row.at()?,
        created_at: row.at()?,
        last_active_at: row.at()?,
        expires_at: row.at()?,
        idle_expires_at: row.opt_at()?,
        revoked_at: row.opt_at()?,
        revoked_reason: row.opt_parse()?,
        client: ClientInfo {
            ip_address: row.opt_text()?,
            user_agent: row.opt_text()?,
            country: row.opt_text()?,
            device_type: row.opt_text()?,
        },
        amr: words(row.text()?.as_str(), row)?,
        auth_time: row.at()?,
        mfa_verified: row.flag()?,
        mfa_at: None,
    };
    // Sessions made by programs before 0.3.0 have only the first list.
    if let Some(methods) = row.opt_text()? {
        session.amr = words(&methods, row)?;
    }
    session.mfa_at = row.opt_at()?;
    Ok(session)
}

fn words(text: &str, row: &Columns<'_>) -> Result<Vec<Amr>, StoreError> {
    text.split_whitespace()
        .map(|word| word.parse().map_err(|()| row.corrupt("unknown word")))
        .collect()
}

/// The values of a session, in the order of the columns.
fn values(session: &Session) -> [Value; 20] {
    let optional = |text: &Option<String>| Value::String(text.clone());
    let methods: Vec<&str> = session.amr.iter().map(|amr| amr.as_str()).collect();
    // All that programs before 0.3.0 can read.
    let password = Amr::Password.as_str();
    let amr = if methods.contains(&password) {
        password
    } else {
        ""
    };
    let reason = session.revoked_reason.map(RevocationReason::as_str);
    [
        conn::text(session.id.to_string()),
        conn::text(session.user_id.to_string()),
        i64::from(session.generation).into(),
        conn::bytes(&session.salt),
        conn::at(session.rotated_at),
        conn::at(session.created_at),
        conn::at(session.last_active_at),
        conn::at(session.expires_at),
        conn::opt_at(session.idle_expires_at),
        conn::opt_at(session.revoked_at),
        conn::opt_text(reason),
        optional(&session.client.ip_address),
        optional(&session.client.user_agent),
        optional(&session.client.country),
        optional(&session.client.device_type),
        conn::text(amr),
        conn::at(session.auth_time),
        session.mfa_verified.into(),
        conn::text(methods.join(" ")),
        conn::opt_at(session.mfa_at),
    ]
}

/// Neither revoked nor over at a moment: what `Session::status_at` calls active.
pub(super) fn is_live(now: Timestamp) -> Expr {
    not_revoked().and(is_over(now).not())
}

fn not_revoked() -> Expr {
    Expr::col((C::Table, C::RevokedAt)).is_null()
}

/// Never null, so that it can be negated: an unset idle end is not past.
fn is_over(now: Timestamp) -> Expr {
    let idle = Expr::col((C::Table, C::IdleExpiresAt));
    Expr::col((C::Table, C::ExpiresAt))
        .lte(conn::at(now))
        .or(idle.clone().is_not_null().and(idle.lte(conn::at(now))))
}

impl SqlUnit {
    fn select_sessions(&self) -> SelectStatement {
        let mut select = Query::select();
        select
            .columns(COLUMNS)
            .from(C::Table)
            .and_where(self.of_tenant(C::TenantId));
        select
    }

    fn read_session(&self, row: &Row) -> Result<Session, StoreError> {
        read(&mut row.columns(), self.tenant())
    }

    /// Revokes the live sessions a caller narrows down further.
    fn revoke(&self, reason: RevocationReason, now: Timestamp) -> UpdateStatement {
        let mut update = Query::update();
        update
            .table(C::Table)
            .value(C::RevokedAt, conn::at(now))
            .value(C::RevokedReason, reason.as_str())
            .and_where(self.of_tenant(C::TenantId))
            .and_where(is_live(now));
        update
    }

    async fn revoked_ids(
        &mut self,
        mut update: UpdateStatement,
    ) -> Result<Vec<SessionId>, StoreError> {
        update.returning_col(C::Id);
        let rows = self.tx.write_returning(&update).await?;
        let mut ids = rows
            .iter()
            .map(|row| row.columns().parse())
            .collect::<Result<Vec<SessionId>, _>>()?;
        // No database promises an order of what it returns.
        ids.sort_unstable();
        Ok(ids)
    }
}

fn narrow(select: &mut SelectStatement, filter: &SessionFilter) {
    let in_status = |(status, now)| match status {
        SessionStatus::Active => is_live(now),
        SessionStatus::Expired => not_revoked().and(is_over(now)),
        SessionStatus::Revoked => not_revoked().not(),
    };
    select
        .and_where_option(
            filter
                .user_id
                .map(|id| Expr::col(C::UserId).eq(id.to_string())),
        )
        .and_where_option(filter.status.map(in_status));
}

#[async_trait]
impl SessionStore for SqlUnit {
    async fn session(&mut self, id: SessionId) -> Result<Option<Session>, StoreError> {
        let mut query = self.select_sessions();
        query.and_where(Expr::col(C::Id).eq(id.to_string()));
        let row = self.tx.read_one(&query).await?;
        row.map(|row| self.read_session(&row)).transpose()
    }

    async fn session_for_update(&mut self, id: SessionId) -> Result<Option<Session>, StoreError> {
        let mut query = self.select_sessions();
        query
            .and_where(Expr::col(C::Id).eq(id.to_string()))
            .lock(LockType::Update);
        let rows = self.tx.write_returning(&query).await?;
        rows.first().map(|row| self.read_session(row)).transpose()
    }

    async fn insert_session(&mut self, session: &Session) -> Result<(), StoreError> {
        self.own(session.tenant_id)?;
        let tenant = (C::TenantId, conn::text(self.key()));
        let row = COLUMNS.into_iter().zip(values(session)).chain([tenant]);
        self.tx.write(&conn::insert(C::Table, row)?).await.map(drop)
    }

    async fn sessions(
        &mut self,
        filter: &SessionFilter,
        window: &Window,
    ) -> Result<Vec<Session>, StoreError> {
        let mut query = self.select_sessions();
        narrow(&mut query, filter);
        let sort = Sort {
            key: Expr::col(C::CreatedAt),
            id: Expr::col(C::Id),
            kind: Kind::Time,
        };
        cut(&mut query, sort, window)?;
        let rows = self.tx.read(&query).await?;
        rows.iter().map(|row| self.read_session(row)).collect()
    }

    async fn count_sessions(&mut self, filter: &SessionFilter) -> Result<u64, StoreError> {
        let mut query = counting(C::Table, C::Id);
        query.and_where(self.of_tenant(C::TenantId));
        narrow(&mut query, filter);
        self.count(&query).await
    }

    async fn overtake_session(&mut self, overtaking: &Overtaking) -> Result<bool, StoreError> {
        let Overtaking { kept_at, now, .. } = *overtaking;
        let mut update = Query::update();
        update
            .table(C::Table)
            .value(C::Generation, i64::from(overtaking.to))
            // Never before the restore, whatever this host's clock says: a session jumps once.
            .value(C::RotatedAt, conn::at(now.max(kept_at)))
            .value(C::LastActiveAt, conn::at(now))
            .value(C::IdleExpiresAt, conn::opt_at(overtaking.idle_expires_at))
            .and_where(self.of_tenant(C::TenantId))
            .and_where(Expr::col(C::Id).eq(overtaking.session.to_string()))
            .and_where(Expr::col(C::Generation).eq(i64::from(overtaking.from)))
            .and_where(Expr::col(C::RotatedAt).lt(conn::at(kept_at)))
            .and_where(is_live(now));
        Ok(self.tx.write(&update).await? == 1)
    }

    async fn elevate_session(
        &mut self,
        elevation: &Elevation,
    ) -> Result<Option<Session>, StoreError> {
        let now = elevation.now;
        let methods: Vec<&str> = elevation.amr.iter().map(|amr| amr.as_str()).collect();
        let mut update = Query::update();
        update
            .table(C::Table)
            .value(C::Methods, methods.join(" "))
            .value(C::MfaVerified, true)
            .value(C::MfaAt, conn::at(now))
            .value(C::LastActiveAt, conn::at(now))
            .and_where(self.of_tenant(C::TenantId))
            .and_where(Expr::col(C::Id).eq(elevation.session.to_string()))
            .and_where(is_live(now))
            .returning(Query::returning().columns(COLUMNS));
        if let Some(salt) = &elevation.new_salt {
            update
                .value(C::Salt, conn::bytes(salt))
                .value(C::Generation, Expr::col(C::Generation).add(1_i64))
                .value(C::RotatedAt, conn::at(now));
        }
        let rows = self.tx.write_returning(&update).await?;
        rows.first().map(|row| self.read_session(row)).transpose()
    }

    async fn revoke_session(
        &mut self,
        id: SessionId,
        reason: RevocationReason,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut update = self.revoke(reason, now);
        update.and_where(Expr::col(C::Id).eq(id.to_string()));
        Ok(self.tx.write(&update).await? > 0)
    }

    async fn revoke_sessions_of(
        &mut self,
        user: UserId,
        except: Option<SessionId>,
        reason: RevocationReason,
        now: Timestamp,
    ) -> Result<Vec<SessionId>, StoreError> {
        let mut update = self.revoke(reason, now);
        update
            .and_where(Expr::col(C::UserId).eq(user.to_string()))
            .and_where_option(except.map(|id| Expr::col(C::Id).ne(id.to_string())));
        self.revoked_ids(update).await
    }

    async fn revoke_oldest_sessions_of(
        &mut self,
        user: UserId,
        keep: u32,
        now: Timestamp,
    ) -> Result<Vec<SessionId>, StoreError> {
        let of_user = || Expr::col(C::UserId).eq(user.to_string());
        let mut newest = Query::select();
        newest
            .column(C::Id)
            .from(C::Table)
            .and_where(self.of_tenant(C::TenantId))
            .and_where(of_user())
            .and_where(is_live(now))
            .order_by(C::CreatedAt, Order::Desc)
            .order_by(C::Id, Order::Desc)
            .limit(conn::limit(keep));
        let mut update = self.revoke(RevocationReason::TooManySessions, now);
        update
            .and_where(of_user())
            .and_where(Expr::col(C::Id).not_in_subquery(newest));
        self.revoked_ids(update).await
    }

    async fn purge_sessions(
        &mut self,
        ended_before: Timestamp,
        limit: u32,
    ) -> Result<u64, StoreError> {
        let before = |column| Expr::col(column).lt(conn::at(ended_before));
        let mut ended = Query::select();
        ended
            .column(C::Id)
            .from(C::Table)
            .and_where(self.of_tenant(C::TenantId))
            .and_where(
                before(C::ExpiresAt)
                    .or(before(C::RevokedAt))
                    .or(before(C::IdleExpiresAt)),
            )
            .limit(conn::limit(limit));
        let mut delete = Query::delete();
        delete
            .from_table(C::Table)
            .and_where(self.of_tenant(C::TenantId))
            .and_where(Expr::col(C::Id).in_subquery(ended));
        self.tx.write(&delete).await
    }
}

use async_trait::async_trait;
use hellojohn_core::{
    id::{TenantId, UserId},
    input::Email,
    page::Window,
    store::{StoreError, UnitOfWork as _, UserStore},
    time::Timestamp,
    user::{PasswordHash, User, UserFilter, UserSort, UserStatus},
};
use sea_query::{
    Expr, ExprTrait as _, Func, LikeExpr, LockType, Order, Query, SelectStatement, Value,
};

use super::{Kind, Sort, counting, cut, hot::may_stay};
use crate::{
    conn::{self, Columns, Row},
    tables::{HjPasswordHistory as H, HjUser as C},
    unit::SqlUnit,
};

/// What [`read`] reads, in its order.
pub(super) const COLUMNS: [C; 25] = [
    C::Id,
    C::Email,
    C::EmailVerified,
    C::Username,
    C::Name,
    C::FirstName,
    C::LastName,
    C::Phone,
    C::PhoneVerified,
    C::AvatarUrl,
    C::ExternalId,
    C::Role,
    C::Status,
    C::StatusReason,
    C::BannedUntil,
    C::PasswordHash,
    C::PasswordChangedAt,
    C::MfaEnabled,
    C::PublicMetadata,
    C::PrivateMetadata,
    C::CreatedAt,
    C::UpdatedAt,
    C::LastSignInAt,
    C::LastActiveAt,
    C::PendingEmail,
];

/// A user from the next 25 columns.
pub(super) fn read(row: &mut Columns<'_>, tenant_id: TenantId) -> Result<User, StoreError> {
    Ok(User {
        tenant_id,
        id: row.parse()?,
        email: row.parse()?,
        email_verified: row.flag()?,
        username: row.opt_text()?,
        name: row.opt_text()?,
        first_name: row.opt_text()?,
        last_name: row.opt_text()?,
        phone: row.opt_text()?,
        phone_verified: row.flag()?,
        avatar_url: row.opt_text()?,
        external_id: row.opt_text()?,
        role: row.text()?,
        status: row.parse()?,
        status_reason: row.opt_text()?,
        banned_until: row.opt_at()?,
        password_hash: row.opt_text()?.map(PasswordHash::new),
        password_changed_at: row.opt_at()?,
        mfa_enabled: row.flag()?,
        public_metadata: row.metadata()?,
        private_metadata: row.metadata()?,
        created_at: row.at()?,
        updated_at: row.at()?,
        last_sign_in_at: row.opt_at()?,
        last_active_at: row.opt_at()?,
        pending_email: row.opt_parse()?,
    })
}

fn changeable(user: &User) -> [(C, Value); 22] {
    let optional = |text: &Option<String>| Value::String(text.clone());
    let hash = user.password_hash.as_ref().map(PasswordHash::expose);
    [
        (C::Email, conn::text(user.email.as_str())),
        (
            C::PendingEmail,
            conn::opt_text(user.pending_email.as_ref().map(Email::as_str)),
        ),
        (C::EmailVerified, user.email_verified.into()),
        (C::Username, optional(&user.username)),
        (C::Name, optional(&user.name)),
        (C::FirstName, optional(&user.first_name)),
        (C::LastName, optional(&user.last_name)),
        (C::Phone, optional(&user.phone)),
        (C::PhoneVerified, user.phone_verified.into()),
        (C::AvatarUrl, optional(&user.avatar_url)),
        (C::ExternalId, optional(&user.external_id)),
        (C::Role, conn::text(&user.role)),
        (C::Status, conn::text(user.status.as_str())),
        (C::StatusReason, optional(&user.status_reason)),
        (C::BannedUntil, conn::opt_at(user.banned_until)),
        (C::PasswordHash, conn::opt_text(hash)),
        (C::PasswordChangedAt, conn::opt_at(user.password_changed_at)),
        (C::MfaEnabled, user.mfa_enabled.into()),
        (
            C::PublicMetadata,
            conn::json(user.public_metadata.as_object()),
        ),
        (
            C::PrivateMetadata,
            conn::json(user.private_metadata.as_object()),
        ),
        (C::SearchText, conn::text(user.search_text())),
        (C::UpdatedAt, conn::at(user.updated_at)),
    ]
}

impl SqlUnit {
    fn select_users(&self) -> SelectStatement {
        let mut select = Query::select();
        select
            .columns(COLUMNS)
            .from(C::Table)
            .and_where(self.of_tenant(C::TenantId));
        select
    }

    fn read_user(&self, row: &Row) -> Result<User, StoreError> {
        read(&mut row.columns(), self.tenant())
    }

    async fn user_where(&mut self, column: C, value: &str) -> Result<Option<User>, StoreError> {
        let mut query = self.select_users();
        query.and_where(Expr::col(column).eq(value));
        let row = self.tx.read_one(&query).await?;
        row.map(|row| self.read_user(&row)).transpose()
    }

    fn history_of(&self, id: UserId) -> Expr {
        self.of_tenant(H::TenantId)
            .and(Expr::col(H::UserId).eq(id.to_string()))
    }
}

fn narrow(select: &mut SelectStatement, filter: &UserFilter) {
    // What `User::status_at` calls the users: a ban that has ended is none.
    let in_status = |status: UserStatus| match status {
        UserStatus::Active => may_stay(filter.now),
        status => stored(status).and(may_stay(filter.now).not()),
    };
    let disabled = |disabled| {
        let open = may_stay(filter.now).or(stored(UserStatus::Pending));
        if disabled { open.not() } else { open }
    };
    select
        .and_where_option(filter.q.as_deref().map(contains))
        .and_where_option(
            filter
                .email
                .as_ref()
                .map(|email| Expr::col(C::Email).eq(email.as_str())),
        )
        .and_where_option(
            filter
                .external_id
                .as_deref()
                .map(|id| Expr::col(C::ExternalId).eq(id)),
        )
        .and_where_option(filter.status.map(in_status))
        .and_where_option(
            filter
                .role
                .as_deref()
                .map(|role| Expr::col(C::Role).eq(role)),
        )
        .and_where_option(
            filter
                .email_verified
                .map(|verified| Expr::col(C::EmailVerified).eq(verified)),
        )
        .and_where_option(filter.disabled.map(disabled))
        .and_where_option(
            filter
                .created_after
                .map(|at| Expr::col(C::CreatedAt).gt(conn::at(at))),
        )
        .and_where_option(
            filter
                .created_before
                .map(|at| Expr::col(C::CreatedAt).lt(conn::at(at))),
        );
}

fn stored(status: UserStatus) -> Expr {
    Expr::col((C::Table, C::Status)).eq(status.as_str())
}

/// Looks for `q` as it stands: it comes in lower case, and so is the text it is looked for in.
fn contains(q: &str) -> Expr {
    let mut pattern = String::from("%");
    for c in q.chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    Expr::col(C::SearchText).like(LikeExpr::new(pattern).escape('!'))
}

fn sort(by: UserSort) -> Sort {
    let (key, kind) = match by {
        UserSort::CreatedAt => (Expr::col(C::CreatedAt), Kind::Time),
        UserSort::Email => (Expr::col(C::Email), Kind::Text),
        UserSort::LastSignInAt => {
            let never = Expr::value(conn::at(Timestamp::from_micros(0)));
            let at = Func::coalesce([Expr::col(C::LastSignInAt), never]);
            (Expr::from(at), Kind::Time)
        }
    };
    Sort {
        key,
        id: Expr::col(C::Id),
        kind,
    }
}

#[async_trait]
impl UserStore for SqlUnit {
    async fn user(&mut self, id: UserId) -> Result<Option<User>, StoreError> {
        self.user_where(C::Id, &id.to_string()).await
    }

    async fn user_for_update(&mut self, id: UserId) -> Result<Option<User>, StoreError> {
        let mut query = self.select_users();
        query
            .and_where(Expr::col(C::Id).eq(id.to_string()))
            .lock(LockType::Update);
        let rows = self.tx.write_returning(&query).await?;
        rows.first().map(|row| self.read_user(row)).transpose()
    }

    async fn user_by_email(&mut self, email: &Email) -> Result<Option<User>, StoreError> {
        self.user_where(C::Email, email.as_str()).await
    }

    async fn user_by_username(&mut self, username: &str) -> Result<Option<User>, StoreError> {
        self.user_where(C::Username, username).await
    }

    async fn user_by_phone(&mut self, phone: &str) -> Result<Option<User>, StoreError> {
        self.user_where(C::Phone, phone).await
    }

    async fn users(
        &mut self,
        filter: &UserFilter,
        by: UserSort,
        window: &Window,
    ) -> Result<Vec<User>, StoreError> {
        let mut query = self.select_users();
        narrow(&mut query, filter);
        cut(&mut query, sort(by), window)?;
        let rows = self.tx.read(&query).await?;
        rows.iter().map(|row| self.read_user(row)).collect()
    }

    async fn count_users(&mut self, filter: &UserFilter) -> Result<u64, StoreError> {
        let mut query = counting(C::Table, C::Id);
        query.and_where(self.of_tenant(C::TenantId));
        narrow(&mut query, filter);
        self.count(&query).await
    }

    async fn insert_user(&mut self, user: &User) -> Result<(), StoreError> {
        self.own(user.tenant_id)?;
        let fixed = [
            (C::TenantId, conn::text(self.key())),
            (C::Id, conn::text(user.id.to_string())),
            (C::CreatedAt, conn::at(user.created_at)),
            (C::LastSignInAt, conn::opt_at(user.last_sign_in_at)),
            (C::LastActiveAt, conn::opt_at(user.last_active_at)),
        ];
        let row = changeable(user).into_iter().chain(fixed);
        self.tx.write(&conn::insert(C::Table, row)?).await.map(drop)
    }

    async fn update_user(&mut self, user: &User) -> Result<bool, StoreError> {
        self.own(user.tenant_id)?;
        let mut update = Query::update();
        update
            .table(C::Table)
            .values(changeable(user).map(|(column, value)| (column, Expr::value(value))))
            .and_where(self.of_tenant(C::TenantId))
            .and_where(Expr::col(C::Id).eq(user.id.to_string()));
        Ok(self.tx.write(&update).await? > 0)
    }

    async fn note_sign_in(
        &mut self,
        id: UserId,
        at: Timestamp,
        rehashed: Option<&PasswordHash>,
    ) -> Result<(), StoreError> {
        let hash = rehashed.map(|hash| (C::PasswordHash, Expr::value(hash.expose())));
        let mut update = Query::update();
        update
            .table(C::Table)
            .value(C::LastSignInAt, conn::at(at))
            .value(C::LastActiveAt, conn::at(at))
            .values(hash)
            .and_where(self.of_tenant(C::TenantId))
            .and_where(Expr::col(C::Id).eq(id.to_string()));
        self.tx.write(&update).await.map(drop)
    }

    async fn delete_user(&mut self, id: UserId) -> Result<bool, StoreError> {
        let mut delete = Query::delete();
        delete
            .from_table(C::Table)
            .and_where(self.of_tenant(C::TenantId))
            .and_where(Expr::col(C::Id).eq(id.to_string()));
        Ok(self.tx.write(&delete).await? > 0)
    }

    async fn former_passwords(
        &mut self,
        id: UserId,
        limit: u32,
    ) -> Result<Vec<PasswordHash>, StoreError> {
        let mut query = Query::select();
        query
            .column(H::PasswordHash)
            .from(H::Table)
            .and_where(self.history_of(id))
            .order_by(H::Ordinal, Order::Desc)
            .limit(conn::limit(limit));
        let rows = self.tx.read(&query).await?;
        rows.iter()
            .map(|row| row.columns().text().map(PasswordHash::new))
            .collect()
    }

    async fn remember_password(
        &mut self,
        id: UserId,
        hash: &PasswordHash,
        at: Timestamp,
        keep: u32,
    ) -> Result<(), StoreError> {
        let mut newest = Query::select();
        newest
            .expr(Expr::col(H::Ordinal).max())
            .from(H::Table)
            .and_where(self.history_of(id));
        let newest = self.tx.write_returning(&newest).await?;
        let newest = newest
            .first()
            .map_or(Ok(None), |row| row.columns().opt_int())?;
        let ordinal = newest.unwrap_or(0) + 1;
        let insert = conn::insert(
            H::Table,
            [
                (H::TenantId, conn::text(self.key())),
                (H::UserId, conn::text(id.to_string())),
                (H::Ordinal, ordinal.into()),
                (H::PasswordHash, conn::text(hash.expose())),
                (H::CreatedAt, conn::at(at)),
            ],
        )?;
        self.tx.write(&insert).await?;
        // Every remembered password has the next ordinal, so the newest are the highest.
        let mut forget = Query::delete();
        forget
            .from_table(H::Table)
            .and_where(self.history_of(id))
            .and_where(Expr::col(H::Ordinal).lte(ordinal - i64::from(keep)));
        self.tx.write(&forget).await.map(drop)
    }
}

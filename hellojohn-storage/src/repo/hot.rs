//! The statements of the hot path: each does its work alone, in one round trip.

use hellojohn_core::{
    id::{SessionId, TenantId},
    secret::SecretHash,
    store::{KeyWithTenant, Rotated, Rotation, SessionWithUser, StoreError},
    tenant::TenantStatus,
    time::Timestamp,
    user::{Profile, UserStatus},
};
use sea_query::{
    Expr, ExprTrait as _, JoinType, Keyword, Query, SelectStatement, UnionType, UpdateStatement,
};

use super::{api_keys, sessions, tenants, users};
use crate::{
    conn::{self, Row},
    tables::{CpApiKey, CpMasterKey, CpTenant as T, HjSession as S, HjUser as U},
};

/// No session gets near it; refusing there keeps the generation from ever overflowing.
const LAST_GENERATION: i64 = u32::MAX as i64 - 1;

/// What the claims need of the user, in the order [`read_rotated`] reads it.
const PROFILE: [U; 5] = [
    U::Email,
    U::EmailVerified,
    U::Name,
    U::Role,
    U::PublicMetadata,
];

/// Moves a session on, if everything about it, its user and its tenant still holds (R052, R058).
///
/// `RETURNING` may name only the changed table on SQLite, so the user comes by subselects.
pub(crate) fn rotate(tenant: TenantId, rotation: &Rotation) -> UpdateStatement {
    let now = rotation.now;
    let session = |column| Expr::col((S::Table, column));
    let profile = PROFILE.map(|column| {
        let mut select = user_of_session();
        select.column((U::Table, column));
        Expr::from(select)
    });
    let mut active_user = user_of_session();
    active_user
        .column((U::Table, U::Id))
        .and_where(may_stay(now));
    let returned = sessions::COLUMNS.map(session).into_iter().chain(profile);
    let mut update = Query::update();
    update
        .table(S::Table)
        .value(S::Generation, Expr::col(S::Generation).add(1_i64))
        .value(S::RotatedAt, conn::at(now))
        .value(S::LastActiveAt, conn::at(now))
        .value(S::IdleExpiresAt, conn::opt_at(rotation.idle_expires_at))
        .and_where(session(S::TenantId).eq(tenant.to_string()))
        .and_where(session(S::Id).eq(rotation.session.to_string()))
        .and_where(session(S::Generation).eq(i64::from(rotation.presented.generation)))
        .and_where(session(S::Generation).lt(LAST_GENERATION))
        .and_where(session(S::Salt).eq(conn::bytes(&rotation.presented.salt)))
        .and_where(sessions::is_live(now))
        .and_where(Expr::exists(active_user))
        .and_where(Expr::exists(active_tenant(tenant)))
        .returning(Query::returning().exprs(returned));
    update
}

fn user_of_session() -> SelectStatement {
    let mut select = Query::select();
    select
        .from(U::Table)
        .and_where(Expr::col((U::Table, U::TenantId)).equals((S::Table, S::TenantId)))
        .and_where(Expr::col((U::Table, U::Id)).equals((S::Table, S::UserId)));
    select
}

/// Active, or banned until a moment that has come: what `User::require_active` accepts.
///
/// Never null, so that it can be negated: a ban without an end is not over.
pub(super) fn may_stay(now: Timestamp) -> Expr {
    let status = || Expr::col((U::Table, U::Status));
    let until = Expr::col((U::Table, U::BannedUntil));
    let ban_over = status()
        .eq(UserStatus::Banned.as_str())
        .and(until.clone().is_not_null())
        .and(until.lte(conn::at(now)));
    status().eq(UserStatus::Active.as_str()).or(ban_over)
}

fn active_tenant(tenant: TenantId) -> SelectStatement {
    let mut select = Query::select();
    select
        .column((T::Table, T::Id))
        .from(T::Table)
        .and_where(Expr::col((T::Table, T::Id)).eq(tenant.to_string()))
        .and_where(Expr::col((T::Table, T::Status)).eq(TenantStatus::Active.as_str()));
    select
}

pub(crate) fn read_rotated(row: &Row, tenant: TenantId) -> Result<Rotated, StoreError> {
    let mut row = row.columns();
    Ok(Rotated {
        session: sessions::read(&mut row, tenant)?,
        profile: Profile {
            email: row.parse()?,
            email_verified: row.flag()?,
            name: row.opt_text()?,
            role: row.text()?,
            public_metadata: row.metadata()?,
        },
    })
}

/// A session and its user, whatever the state of either.
pub(crate) fn session_with_user(tenant: TenantId, session: SessionId) -> SelectStatement {
    let joined = Expr::col((U::Table, U::TenantId))
        .equals((S::Table, S::TenantId))
        .and(Expr::col((U::Table, U::Id)).equals((S::Table, S::UserId)));
    let mut select = Query::select();
    select
        .columns(sessions::COLUMNS.map(|column| (S::Table, column)))
        .columns(users::COLUMNS.map(|column| (U::Table, column)))
        .from(S::Table)
        .join(JoinType::InnerJoin, U::Table, joined)
        .and_where(Expr::col((S::Table, S::TenantId)).eq(tenant.to_string()))
        .and_where(Expr::col((S::Table, S::Id)).eq(session.to_string()));
    select
}

pub(crate) fn read_session_with_user(
    row: &Row,
    tenant: TenantId,
) -> Result<SessionWithUser, StoreError> {
    let mut row = row.columns();
    Ok(SessionWithUser {
        session: sessions::read(&mut row, tenant)?,
        user: users::read(&mut row, tenant)?,
    })
}

/// A tenant's key with its tenant, or a master key.
pub(crate) fn key_by_hash(hash: &SecretHash) -> SelectStatement {
    let hash = || conn::bytes(hash.as_bytes());
    let mut master = Query::select();
    master
        .expr(Expr::Keyword(Keyword::Null))
        .columns(api_keys::MASTER_COLUMNS.map(|column| (CpMasterKey::Table, column)))
        .exprs(tenants::COLUMNS.map(|_| Expr::Keyword(Keyword::Null)))
        .from(CpMasterKey::Table)
        .and_where(Expr::col((CpMasterKey::Table, CpMasterKey::Hash)).eq(hash()));
    let joined = Expr::col((T::Table, T::Id)).equals((CpApiKey::Table, CpApiKey::TenantId));
    let mut select = Query::select();
    select
        .column((CpApiKey::Table, CpApiKey::TenantId))
        .columns(api_keys::COLUMNS.map(|column| (CpApiKey::Table, column)))
        .columns(tenants::COLUMNS.map(|column| (T::Table, column)))
        .from(CpApiKey::Table)
        .join(JoinType::InnerJoin, T::Table, joined)
        .and_where(Expr::col((CpApiKey::Table, CpApiKey::Hash)).eq(hash()))
        .union(UnionType::All, master);
    select
}

pub(crate) fn read_key(row: &Row) -> Result<KeyWithTenant, StoreError> {
    let mut row = row.columns();
    let tenant_id: Option<TenantId> = row.opt_parse()?;
    let key = api_keys::read(&mut row, tenant_id)?;
    let tenant = tenant_id.map(|_| tenants::read(&mut row)).transpose()?;
    Ok(KeyWithTenant { key, tenant })
}

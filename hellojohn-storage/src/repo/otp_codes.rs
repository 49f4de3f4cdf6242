use async_trait::async_trait;
use hellojohn_core::{
    id::FactorId,
    mail::Template,
    mfa::OtpCode,
    secret::SecretHash,
    store::{OtpCodeStore, StoreError},
    time::Timestamp,
};
use sea_query::{Expr, ExprTrait as _, Order, Query};

use super::counting;
use crate::{
    conn::{self, Row},
    tables::{HjMessage as M, HjOtpCode as C},
    unit::SqlUnit,
};

const COLUMNS: [C; 6] = [
    C::Subject,
    C::FactorId,
    C::Hash,
    C::Attempts,
    C::CreatedAt,
    C::ExpiresAt,
];

fn read(row: &Row) -> Result<OtpCode, StoreError> {
    let mut row = row.columns();
    Ok(OtpCode {
        subject: row.text()?,
        factor_id: row.parse()?,
        hash: SecretHash::from_bytes(row.bytes()?),
        attempts: u32::try_from(row.int()?).map_err(|_| row.corrupt("out of range"))?,
        created_at: row.at()?,
        expires_at: row.at()?,
    })
}

impl SqlUnit {
    fn this_code(&self, subject: &str, factor: FactorId) -> Expr {
        self.of_tenant(C::TenantId)
            .and(Expr::col(C::Subject).eq(subject))
            .and(Expr::col(C::FactorId).eq(factor.to_string()))
    }
}

#[async_trait]
impl OtpCodeStore for SqlUnit {
    async fn put_otp_code(&mut self, code: &OtpCode) -> Result<(), StoreError> {
        let mut delete = Query::delete();
        delete
            .from_table(C::Table)
            .and_where(self.this_code(&code.subject, code.factor_id));
        self.tx.write(&delete).await?;
        let insert = conn::insert(
            C::Table,
            [
                (C::TenantId, conn::text(self.key())),
                (C::Subject, conn::text(&code.subject)),
                (C::FactorId, conn::text(code.factor_id.to_string())),
                (C::Hash, conn::bytes(code.hash.as_bytes())),
                (C::Attempts, i64::from(code.attempts).into()),
                (C::CreatedAt, conn::at(code.created_at)),
                (C::ExpiresAt, conn::at(code.expires_at)),
            ],
        )?;
        self.tx.write(&insert).await.map(drop)
    }

    async fn otp_code(
        &mut self,
        subject: &str,
        factor: FactorId,
    ) -> Result<Option<OtpCode>, StoreError> {
        let mut query = Query::select();
        query
            .columns(COLUMNS)
            .from(C::Table)
            .and_where(self.this_code(subject, factor));
        let row = self.tx.read_one(&query).await?;
        row.as_ref().map(read).transpose()
    }

    async fn reserve_otp_attempt(
        &mut self,
        subject: &str,
        factor: FactorId,
        most: u32,
    ) -> Result<bool, StoreError> {
        let mut update = Query::update();
        update
            .table(C::Table)
            .value(C::Attempts, Expr::col(C::Attempts).add(1_i64))
            .and_where(self.this_code(subject, factor))
            .and_where(Expr::col(C::Attempts).lt(i64::from(most)));
        Ok(self.tx.write(&update).await? == 1)
    }

    async fn consume_otp_code(
        &mut self,
        (subject, factor): (&str, FactorId),
        hash: &SecretHash,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut delete = Query::delete();
        delete
            .from_table(C::Table)
            .and_where(self.this_code(subject, factor))
            .and_where(Expr::col(C::Hash).eq(conn::bytes(hash.as_bytes())))
            .and_where(Expr::col(C::ExpiresAt).gt(conn::at(now)));
        Ok(self.tx.write(&delete).await? == 1)
    }

    async fn count_messages_to(
        &mut self,
        recipient: &str,
        template: Template,
        since: Timestamp,
    ) -> Result<u64, StoreError> {
        let mut query = counting(M::Table, M::Id);
        query
            .and_where(self.of_tenant(M::TenantId))
            .and_where(Expr::col(M::Recipient).eq(recipient))
            .and_where(Expr::col(M::Template).eq(template.as_str()))
            .and_where(Expr::col(M::CreatedAt).gt(conn::at(since)));
        self.count(&query).await
    }

    async fn purge_otp_codes(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreError> {
        let mut old = Query::select();
        old.columns([C::Subject, C::FactorId])
            .from(C::Table)
            .and_where(self.of_tenant(C::TenantId))
            .and_where(Expr::col(C::ExpiresAt).lt(conn::at(before)))
            .order_by(C::ExpiresAt, Order::Asc)
            .limit(conn::limit(limit));
        let of_old = Expr::tuple([Expr::col(C::Subject), Expr::col(C::FactorId)]);
        let mut delete = Query::delete();
        delete
            .from_table(C::Table)
            .and_where(self.of_tenant(C::TenantId))
            .and_where(of_old.in_subquery(old));
        self.tx.write(&delete).await
    }
}

use async_trait::async_trait;
use hellojohn_core::{
    input::Email,
    mail::{CustomTemplate, EmailConfig, StoredServer, Template, TemplateText},
    store::{EmailStore, StoreError},
};
use sea_query::{Expr, ExprTrait as _, OnConflict, Order, Query, SelectStatement, Value};

use crate::{
    conn::{self, Row},
    tables::{HjEmailConfig as C, HjEmailTemplate as T},
    unit::SqlUnit,
};

fn read_config(row: &Row) -> Result<EmailConfig, StoreError> {
    let mut row = row.columns();
    let mut config = EmailConfig {
        provider: row.parse()?,
        from_name: row.opt_text()?,
        from_email: row.opt_parse()?,
        reply_to: row.opt_parse()?,
        server: None,
        updated_at: None,
    };
    let (host, port) = (row.opt_text()?, row.opt_int()?);
    let (security, username) = (row.opt_parse()?, row.opt_text()?);
    let sealed = row.opt_text()?;
    if let (Some(host), Some(port), Some(security)) = (host, port, security) {
        config.server = Some(StoredServer {
            host,
            port: u16::try_from(port).map_err(|_| row.corrupt("a port"))?,
            security,
            username,
            sealed,
        });
    }
    config.updated_at = Some(row.at()?);
    Ok(config)
}

fn read_template(row: &Row) -> Result<CustomTemplate, StoreError> {
    let mut row = row.columns();
    Ok(CustomTemplate {
        template: row.parse()?,
        locale: row.text()?,
        text: TemplateText {
            subject: row.text()?,
            html: row.text()?,
            text: row.text()?,
        },
        updated_at: row.at()?,
    })
}

impl SqlUnit {
    fn own_templates(&self) -> SelectStatement {
        let mut query = Query::select();
        query
            .columns([
                T::Name,
                T::Locale,
                T::Subject,
                T::Html,
                T::Text,
                T::UpdatedAt,
            ])
            .from(T::Table)
            .and_where(self.of_tenant(T::TenantId))
            .order_by(T::Name, Order::Asc)
            .order_by(T::Locale, Order::Asc);
        query
    }
}

#[async_trait]
impl EmailStore for SqlUnit {
    async fn email_config(&mut self) -> Result<Option<EmailConfig>, StoreError> {
        let mut query = Query::select();
        query
            .columns([
                C::Provider,
                C::FromName,
                C::FromEmail,
                C::ReplyTo,
                C::Host,
                C::Port,
                C::Security,
                C::Username,
                C::Sealed,
                C::UpdatedAt,
            ])
            .from(C::Table)
            .and_where(self.of_tenant(C::TenantId));
        let row = self.tx.read_one(&query).await?;
        row.as_ref().map(read_config).transpose()
    }

    async fn put_email_config(&mut self, config: &EmailConfig) -> Result<(), StoreError> {
        let Some(updated_at) = config.updated_at else {
            return Err(StoreError::Corrupt(
                "a configuration without a moment".to_owned(),
            ));
        };
        let server = config.server.as_ref();
        let email = |email: &Option<Email>| conn::opt_text(email.as_ref().map(Email::as_str));
        let mut insert = conn::insert(
            C::Table,
            [
                (C::TenantId, conn::text(self.key())),
                (C::Provider, conn::text(config.provider.as_str())),
                (C::FromName, conn::opt_text(config.from_name.as_deref())),
                (C::FromEmail, email(&config.from_email)),
                (C::ReplyTo, email(&config.reply_to)),
                (C::Host, conn::opt_text(server.map(|s| s.host.as_str()))),
                (C::Port, Value::BigInt(server.map(|s| i64::from(s.port)))),
                (
                    C::Security,
                    conn::opt_text(server.map(|s| s.security.as_str())),
                ),
                (
                    C::Username,
                    conn::opt_text(server.and_then(|s| s.username.as_deref())),
                ),
                (
                    C::Sealed,
                    conn::opt_text(server.and_then(|s| s.sealed.as_deref())),
                ),
                (C::UpdatedAt, conn::at(updated_at)),
            ],
        )?;
        insert.on_conflict(
            OnConflict::column(C::TenantId)
                .update_columns([
                    C::Provider,
                    C::FromName,
                    C::FromEmail,
                    C::ReplyTo,
                    C::Host,
                    C::Port,
                    C::Security,
                    C::Username,
                    C::Sealed,
                    C::UpdatedAt,
                ])
                .to_owned(),
        );
        self.tx.write(&insert).await.map(drop)
    }

    async fn email_templates(&mut self) -> Result<Vec<CustomTemplate>, StoreError> {
        let rows = self.tx.read(&self.own_templates()).await?;
        rows.iter().map(read_template).collect()
    }

    async fn email_template(
        &mut self,
        template: Template,
    ) -> Result<Vec<CustomTemplate>, StoreError> {
        let mut query = self.own_templates();
        query.and_where(Expr::col(T::Name).eq(template.as_str()));
        let rows = self.tx.read(&query).await?;
        rows.iter().map(read_template).collect()
    }

    async fn put_email_template(&mut self, template: &CustomTemplate) -> Result<(), StoreError> {
        let mut insert = conn::insert(
            T::Table,
            [
                (T::TenantId, conn::text(self.key())),
                (T::Name, conn::text(template.template.as_str())),
                (T::Locale, conn::text(&template.locale)),
                (T::Subject, conn::text(&template.text.subject)),
                (T::Html, conn::text(&template.text.html)),
                (T::Text, conn::text(&template.text.text)),
                (T::UpdatedAt, conn::at(template.updated_at)),
            ],
        )?;
        insert.on_conflict(
            OnConflict::columns([T::TenantId, T::Name, T::Locale])
                .update_columns([T::Subject, T::Html, T::Text, T::UpdatedAt])
                .to_owned(),
        );
        self.tx.write(&insert).await.map(drop)
    }

    async fn delete_email_template(
        &mut self,
        template: Template,
        locale: &str,
    ) -> Result<bool, StoreError> {
        let mut delete = Query::delete();
        delete
            .from_table(T::Table)
            .and_where(self.of_tenant(T::TenantId))
            .and_where(Expr::col(T::Name).eq(template.as_str()))
            .and_where(Expr::col(T::Locale).eq(locale));
        Ok(self.tx.write(&delete).await? == 1)
    }
}

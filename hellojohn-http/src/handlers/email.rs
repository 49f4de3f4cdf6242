//! How a tenant sends mail, and what its mails say.

use hellojohn_core::{
    flows::{ConfigureEmail, EmailTemplate, NewSmtpServer, NewTemplate, PreviewTemplate},
    input::InputError,
    mail::{EmailConfig, MailProvider, MailSecurity, RenderedMail, StoredServer},
};
use http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    call::Call,
    problem::Problem,
    reply::Reply,
    route::{Access, RateClass, Route},
    wire::{Moment, PageBody, Secret},
};

const READ: Access = Access::Server("email:read");
const WRITE: Access = Access::Server("email:write");

pub(crate) fn routes() -> Vec<Route> {
    let config = "/v1/email/config";
    let template = "/v1/email/templates/{name}";
    vec![
        Route::get(config, "read_email_config", "Reads how the tenant sends mail.")
            .access(READ)
            .replies::<ConfigBody>(StatusCode::OK)
            .handled_by(|call| Box::pin(show_config(call))),
        Route::put(config, "replace_email_config", "Replaces how the tenant sends mail.")
            .access(WRITE)
            .body::<NewConfigBody>()
            .replies::<ConfigBody>(StatusCode::OK)
            .handled_by(|call| Box::pin(replace_config(call))),
        Route::post(
            "/v1/email/config/test",
            "test_email_config",
            "Sends a test mail at once, and says what the mail server answered if it refuses.",
        )
        .access(WRITE)
        .rate(RateClass::EmailTest)
        .body::<TestBody>()
        .refuses(&["invalid_email", "email_delivery_failed"])
        .replies::<TestedBody>(StatusCode::OK)
        .handled_by(|call| Box::pin(test_config(call))),
        Route::get(
            "/v1/email/templates",
            "list_email_templates",
            "Lists what the tenant's mails say, built in or its own.",
        )
        .access(READ)
        .replies::<PageBody<TemplateBody>>(StatusCode::OK)
        .handled_by(|call| Box::pin(list_templates(call))),
        Route::get(template, "read_email_template", "Reads what one mail says.")
            .access(READ)
            .query::<LocaleQuery>()
            .replies::<TemplateBody>(StatusCode::OK)
            .handled_by(|call| Box::pin(show_template(call))),
        Route::put(
            template,
            "replace_email_template",
            "Replaces what one mail says, if it renders with sample values.",
        )
        .access(WRITE)
        .body::<NewTemplateBody>()
        .refuses(&["template_invalid"])
        .replies::<TemplateBody>(StatusCode::OK)
        .handled_by(|call| Box::pin(replace_template(call))),
        Route::delete(
            template,
            "delete_email_template",
            "Goes back to the built-in words.",
        )
        .access(WRITE)
        .query::<LocaleQuery>()
        .handled_by(|call| Box::pin(delete_template(call))),
        Route::post(
            "/v1/email/templates/{name}/preview",
            "preview_email_template",
            "Renders a template, stored or in the body, with sample values or given ones; sends nothing.",
        )
        .access(READ)
        .rate(RateClass::TemplatePreview)
        .optional_body::<PreviewBody>()
        .refuses(&["template_invalid"])
        .replies::<RenderedBody>(StatusCode::OK)
        .handled_by(|call| Box::pin(preview_template(call))),
    ]
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "EmailConfig")]
struct ConfigBody {
    /// `hellojohn` is the instance's server, `smtp` the tenant's own.
    provider: &'static str,
    from_name: Option<String>,
    from_email: Option<String>,
    reply_to: Option<String>,
    smtp: Option<SmtpBody>,
    updated_at: Option<Moment>,
}

/// A mail server; its password is never shown.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SmtpServer")]
struct SmtpBody {
    host: String,
    port: u16,
    username: Option<String>,
    /// STARTTLS.
    tls: bool,
    /// TLS from the first byte.
    ssl: bool,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "NewEmailConfig")]
struct NewConfigBody {
    /// `smtp` or `hellojohn`.
    provider: String,
    from_name: Option<String>,
    from_email: Option<String>,
    reply_to: Option<String>,
    /// Needed for `smtp`.
    smtp: Option<NewSmtpBody>,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "NewSmtpServer")]
struct NewSmtpBody {
    host: String,
    /// 587; with `ssl` 465.
    port: Option<u16>,
    username: Option<String>,
    /// Left out, the present one stays, if nothing else about the server changes.
    password: Option<Secret>,
    /// STARTTLS; on unless `ssl` is.
    tls: Option<bool>,
    /// TLS from the first byte.
    ssl: Option<bool>,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "TestEmail")]
struct TestBody {
    to: String,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TestedEmail")]
struct TestedBody {
    sent: bool,
}

#[derive(Deserialize, JsonSchema)]
struct LocaleQuery {
    /// A language such as `de` or `de-AT`; left out, the template for everybody.
    locale: Option<String>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "EmailTemplate")]
struct TemplateBody {
    name: &'static str,
    locale: String,
    subject: String,
    html: String,
    text: String,
    /// Whether these are the tenant's own words.
    custom: bool,
    updated_at: Option<Moment>,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "NewEmailTemplate")]
struct NewTemplateBody {
    locale: Option<String>,
    subject: String,
    /// Left out, the mail has only text.
    html: Option<String>,
    /// Left out, the built-in text.
    text: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "EmailPreview")]
struct PreviewBody {
    locale: Option<String>,
    /// With or instead of what is stored.
    subject: Option<String>,
    html: Option<String>,
    text: Option<String>,
    /// Instead of the sample values.
    variables: Option<Map<String, Value>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RenderedEmail")]
struct RenderedBody {
    subject: String,
    html: Option<String>,
    text: String,
}

impl From<EmailConfig> for ConfigBody {
    fn from(config: EmailConfig) -> Self {
        let text = |email: Option<hellojohn_core::input::Email>| email.map(|it| it.to_string());
        Self {
            provider: config.provider.as_str(),
            from_name: config.from_name,
            from_email: text(config.from_email),
            reply_to: text(config.reply_to),
            smtp: config.server.map(SmtpBody::from),
            updated_at: config.updated_at.map(Moment),
        }
    }
}

impl From<StoredServer> for SmtpBody {
    fn from(server: StoredServer) -> Self {
        Self {
            host: server.host,
            port: server.port,
            username: server.username,
            tls: server.security == MailSecurity::StartTls,
            ssl: server.security == MailSecurity::Tls,
        }
    }
}

impl From<NewSmtpBody> for NewSmtpServer {
    fn from(body: NewSmtpBody) -> Self {
        let security = match (body.ssl, body.tls) {
            (Some(true), _) => MailSecurity::Tls,
            (_, Some(false)) => MailSecurity::None,
            _ => MailSecurity::StartTls,
        };
        Self {
            host: body.host,
            port: body.port,
            security,
            username: body.username,
            password: body.password.map(|password| password.0),
        }
    }
}

impl From<EmailTemplate> for TemplateBody {
    fn from(template: EmailTemplate) -> Self {
        Self {
            name: template.template.as_str(),
            locale: template.locale,
            subject: template.text.subject,
            html: template.text.html,
            text: template.text.text,
            custom: template.updated_at.is_some(),
            updated_at: template.updated_at.map(Moment),
        }
    }
}

impl From<RenderedMail> for RenderedBody {
    fn from(mail: RenderedMail) -> Self {
        Self {
            subject: mail.subject,
            html: mail.html,
            text: mail.text,
        }
    }
}

async fn show_config(call: Call) -> Result<Reply, Problem> {
    let config = call.engine().email_config(call.caller()?).await?;
    Reply::ok(&ConfigBody::from(config))
}

async fn replace_config(call: Call) -> Result<Reply, Problem> {
    let body: NewConfigBody = call.body()?;
    let provider: MailProvider = body.provider.parse().map_err(|()| {
        hellojohn_core::Error::from(InputError::field("provider", "invalid_value"))
    })?;
    let new = ConfigureEmail {
        provider,
        from_name: body.from_name,
        from_email: body.from_email,
        reply_to: body.reply_to,
        server: body.smtp.map(NewSmtpServer::from),
    };
    let config = call.engine().configure_email(call.caller()?, new).await?;
    Reply::ok(&ConfigBody::from(config))
}

async fn test_config(call: Call) -> Result<Reply, Problem> {
    let body: TestBody = call.body()?;
    call.engine().test_email(call.caller()?, &body.to).await?;
    Reply::ok(&TestedBody { sent: true })
}

async fn list_templates(call: Call) -> Result<Reply, Problem> {
    let templates = call.engine().email_templates(call.caller()?).await?;
    let templates = templates.into_iter().map(TemplateBody::from).collect();
    Reply::ok(&PageBody::whole(templates))
}

async fn show_template(call: Call) -> Result<Reply, Problem> {
    let query: LocaleQuery = call.query()?;
    let template = call
        .engine()
        .email_template(call.caller()?, call.text(), query.locale.as_deref())
        .await?;
    Reply::ok(&TemplateBody::from(template))
}

async fn replace_template(call: Call) -> Result<Reply, Problem> {
    let body: NewTemplateBody = call.body()?;
    let new = NewTemplate {
        locale: body.locale,
        subject: body.subject,
        html: body.html,
        text: body.text,
    };
    let template = call
        .engine()
        .put_email_template(call.caller()?, call.text(), new)
        .await?;
    Reply::ok(&TemplateBody::from(template))
}

async fn delete_template(call: Call) -> Result<Reply, Problem> {
    let query: LocaleQuery = call.query()?;
    call.engine()
        .delete_email_template(call.caller()?, call.text(), query.locale.as_deref())
        .await?;
    Ok(Reply::empty())
}

async fn preview_template(call: Call) -> Result<Reply, Problem> {
    let body: PreviewBody = call.body()?;
    let preview = PreviewTemplate {
        locale: body.locale,
        subject: body.subject,
        html: body.html,
        text: body.text,
        variables: body.variables.unwrap_or_default(),
    };
    let mail = call
        .engine()
        .preview_email_template(call.caller()?, call.text(), preview)
        .await?;
    Reply::ok(&RenderedBody::from(mail))
}

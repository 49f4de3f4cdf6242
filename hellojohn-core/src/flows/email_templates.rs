use serde_json::{Map, Value};

use crate::{
    Engine, Error,
    access::Caller,
    input::InputError,
    mail::{
        CustomTemplate, DEFAULT_LOCALE, EmailError, RenderedMail, Template, TemplateText, complete,
        render, samples,
    },
    store::Access,
    time::Timestamp,
    trail::Entry,
};

/// A template in force.
#[derive(Clone, Debug)]
pub struct EmailTemplate {
    /// Which one.
    pub template: Template,
    /// For which language.
    pub locale: String,
    /// The sources.
    pub text: TemplateText,
    /// When the tenant last changed it; none if it is the built-in one.
    pub updated_at: Option<Timestamp>,
}

/// A template of a tenant's own.
#[derive(Clone, Debug, Default)]
pub struct NewTemplate {
    /// For which language; left out, for all that have none of their own.
    pub locale: Option<String>,
    /// The subject.
    pub subject: String,
    /// The HTML part; left out, mails have none.
    pub html: Option<String>,
    /// The text part; left out, the built-in one.
    pub text: Option<String>,
}

/// What to show of a template.
#[derive(Clone, Debug, Default)]
pub struct PreviewTemplate {
    /// For which language.
    pub locale: Option<String>,
    /// Sources that are not stored yet; what is left out is as stored.
    pub subject: Option<String>,
    /// Likewise.
    pub html: Option<String>,
    /// Likewise.
    pub text: Option<String>,
    /// Values that replace the sample ones.
    pub variables: Map<String, Value>,
}

const LONGEST_SUBJECT: usize = 500;
const LONGEST_PART: usize = 60_000;

impl Engine {
    /// Every template in force: the built-in ones, unless the tenant has its own for everybody,
    /// and its own for single languages.
    pub async fn email_templates(&self, caller: &Caller) -> Result<Vec<EmailTemplate>, Error> {
        caller.require("email:read")?;
        let mut unit = self.store().begin(caller.tenant_id(), Access::Read).await?;
        let own = unit.email_templates().await?;
        let mut all = Vec::new();
        for template in Template::ALL {
            let mut of_it = own
                .iter()
                .filter(|own| own.template == *template)
                .peekable();
            if of_it.clone().all(|own| own.locale != DEFAULT_LOCALE) {
                all.push(EmailTemplate::built_in(*template));
            }
            all.extend(of_it.by_ref().cloned().map(EmailTemplate::from));
        }
        Ok(all)
    }

    /// One template in force for a language; the built-in one if the tenant has none of its own.
    pub async fn email_template(
        &self,
        caller: &Caller,
        name: &str,
        locale: Option<&str>,
    ) -> Result<EmailTemplate, Error> {
        caller.require("email:read")?;
        let (template, locale) = (named(name)?, locale_of(locale)?);
        let mut unit = self.store().begin(caller.tenant_id(), Access::Read).await?;
        let own = unit.email_template(template).await?;
        let own = own.into_iter().find(|own| own.locale == locale);
        match own {
            Some(own) => Ok(own.into()),
            None if locale == DEFAULT_LOCALE => Ok(EmailTemplate::built_in(template)),
            None => Err(EmailError::TemplateNotFound.into()),
        }
    }

    /// Replaces a template, if it renders with sample values.
    pub async fn put_email_template(
        &self,
        caller: &Caller,
        name: &str,
        new: NewTemplate,
    ) -> Result<EmailTemplate, Error> {
        caller.require("email:write")?;
        let template = named(name)?;
        let built_in = TemplateText::built_in(template);
        let custom = CustomTemplate {
            template,
            locale: locale_of(new.locale.as_deref())?,
            text: TemplateText {
                subject: new.subject,
                html: new.html.unwrap_or_default(),
                text: new.text.unwrap_or(built_in.text),
            },
            updated_at: self.now(),
        };
        check_size(&custom.text)?;
        render(&custom.text, &complete(samples(template))).map_err(EmailError::from)?;
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        unit.put_email_template(&custom).await?;
        let entry = Entry::new("email_template.updated")
            .on("email_template", template.as_str())
            .with("locale", custom.locale.clone());
        self.record(&mut *unit, caller, entry).await?;
        unit.commit().await?;
        Ok(custom.into())
    }

    /// Goes back to the built-in template, or to the tenant's own for everybody.
    pub async fn delete_email_template(
        &self,
        caller: &Caller,
        name: &str,
        locale: Option<&str>,
    ) -> Result<(), Error> {
        caller.require("email:write")?;
        let (template, locale) = (named(name)?, locale_of(locale)?);
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        if !unit.delete_email_template(template, &locale).await? {
            return Err(EmailError::TemplateNotFound.into());
        }
        let entry = Entry::new("email_template.deleted")
            .on("email_template", template.as_str())
            .with("locale", locale);
        self.record(&mut *unit, caller, entry).await?;
        Ok(unit.commit().await?)
    }

    /// Renders a template, stored or given, with sample values or given ones. Nothing is sent.
    pub async fn preview_email_template(
        &self,
        caller: &Caller,
        name: &str,
        preview: PreviewTemplate,
    ) -> Result<RenderedMail, Error> {
        let template = named(name)?;
        let stored = self
            .email_template(caller, name, preview.locale.as_deref())
            .await;
        let stored = match stored {
            // One that is about to be stored has no language yet.
            Err(Error::Email(EmailError::TemplateNotFound)) if preview.subject.is_some() => {
                TemplateText::built_in(template)
            }
            stored => stored?.text,
        };
        let text = TemplateText {
            subject: preview.subject.unwrap_or(stored.subject),
            html: preview.html.unwrap_or(stored.html),
            text: preview.text.unwrap_or(stored.text),
        };
        check_size(&text)?;
        let mut variables = samples(template);
        if preview.variables.contains_key("expires_in") {
            variables.remove("expires_in_seconds");
        }
        let life = preview.variables.get("expires_in").cloned();
        for (name, value) in preview.variables {
            match (variables.get_mut(&name), value) {
                // `{"user": {"name": "Ada"}}` leaves the other fields of the user as they are.
                (Some(Value::Object(there)), Value::Object(given)) => there.extend(given),
                (_, value) => {
                    variables.insert(name, value);
                }
            }
        }
        let mut variables = complete(variables);
        if let Some(life) = life {
            variables.insert("expires_in".to_owned(), life);
        }
        Ok(render(&text, &variables).map_err(EmailError::from)?)
    }
}

impl EmailTemplate {
    fn built_in(template: Template) -> Self {
        Self {
            template,
            locale: DEFAULT_LOCALE.to_owned(),
            text: TemplateText::built_in(template),
            updated_at: None,
        }
    }
}

impl From<CustomTemplate> for EmailTemplate {
    fn from(own: CustomTemplate) -> Self {
        Self {
            template: own.template,
            locale: own.locale,
            text: own.text,
            updated_at: Some(own.updated_at),
        }
    }
}

fn named(name: &str) -> Result<Template, EmailError> {
    name.parse().map_err(|()| EmailError::TemplateNotFound)
}

/// A language tag such as `de` or `de-AT` (RFC 5646), in lower case.
fn locale_of(text: Option<&str>) -> Result<String, InputError> {
    let text = text.unwrap_or(DEFAULT_LOCALE).to_ascii_lowercase();
    let shaped = text == DEFAULT_LOCALE
        || (text.len() <= 35
            && text.split('-').enumerate().all(|(at, subtag)| {
                let longest = if at == 0 { 2..=3 } else { 1..=8 };
                longest.contains(&subtag.len()) && subtag.bytes().all(|b| b.is_ascii_alphanumeric())
            }));
    shaped
        .then_some(text)
        .ok_or_else(|| InputError::field("locale", "invalid_format"))
}

fn check_size(text: &TemplateText) -> Result<(), InputError> {
    if text.subject.trim().is_empty() {
        return Err(InputError::field("subject", "required"));
    }
    for (field, text, longest) in [
        ("subject", &text.subject, LONGEST_SUBJECT),
        ("html", &text.html, LONGEST_PART),
        ("text", &text.text, LONGEST_PART),
    ] {
        if text.len() > longest {
            return Err(InputError::field(field, "too_long"));
        }
    }
    Ok(())
}

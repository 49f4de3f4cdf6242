//! Pages of mailed links: plain HTML without scripts, which loads nothing and is told to nobody (R034).

use data_encoding::BASE64;
use hellojohn_core::secret::SecretHash;
use http::{HeaderName, HeaderValue, StatusCode, header};

use crate::{html::Html, problem::Problem, reply::Reply};

/// A page in the making.
#[derive(Debug)]
pub(crate) struct Page {
    title: String,
    lines: Vec<String>,
    notice: Option<String>,
    form: Option<Form>,
    status: StatusCode,
}

/// What a page sends.
#[derive(Debug)]
pub(crate) struct Form {
    /// The last segment of the page's own path: it may be mounted anywhere.
    pub(crate) action: &'static str,
    pub(crate) token: String,
    pub(crate) fields: &'static [Field],
    pub(crate) button: &'static str,
    /// The origin of the application to which the answer leads.
    pub(crate) leads_to: Option<String>,
}

/// Something to type in that must not be seen.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
}

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:4rem auto;padding:0 1.2rem;\
color:#1c2024;background:#fff;overflow-wrap:anywhere}h1{font-size:1.4rem;line-height:1.25}label{display:block;\
margin:1rem 0 .2rem}input{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;border:1px solid #8b949e;\
border-radius:6px}button{font:inherit;font-weight:600;margin-top:1.4rem;padding:.6rem 1.2rem;border:0;\
border-radius:6px;color:#fff;background:#0b57a4}.notice{padding:.6rem .8rem;border-left:4px solid #b42318;\
background:#fdf0ee}@media(prefers-color-scheme:dark){body{color:#e4e7ea;background:#14171a}input{color:inherit;\
background:#22272c}.notice{background:#3a211e}}";

impl Page {
    pub(crate) fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            lines: Vec::new(),
            notice: None,
            form: None,
            status: StatusCode::OK,
        }
    }

    pub(crate) fn line(mut self, text: impl Into<String>) -> Self {
        self.lines.push(text.into());
        self
    }

    /// Says what was wrong.
    pub(crate) fn notice(mut self, text: impl Into<String>, status: StatusCode) -> Self {
        self.notice = Some(text.into());
        self.status = status;
        self
    }

    pub(crate) fn form(mut self, form: Form) -> Self {
        self.form = Some(form);
        self
    }

    /// The page with its policy: a browser follows a redirect after a form only to where the
    /// policy lets forms lead.
    pub(crate) fn reply(self) -> Result<Reply, Problem> {
        let leads_to = self.form.as_ref().and_then(|form| form.leads_to.as_deref());
        let policy = policy(leads_to.unwrap_or_default());
        let policy = HeaderValue::from_str(&policy).map_err(|_| Problem::internal())?;
        let status = self.status;
        Ok(Reply::text("text/html; charset=utf-8", self.write())
            .with_status(status)
            .with_header(header::CONTENT_SECURITY_POLICY, policy)
            .with_header(
                HeaderName::from_static("x-robots-tag"),
                HeaderValue::from_static("noindex, nofollow"),
            ))
    }

    fn write(&self) -> String {
        let mut out = Html::default();
        out.raw("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">");
        out.raw("<meta name=\"viewport\" content=\"width=device-width\">");
        out.raw("<meta name=\"robots\" content=\"noindex\">");
        out.element("title", &self.title);
        out.raw("<style>");
        out.raw(STYLE);
        out.raw("</style></head><body><main>");
        out.element("h1", &self.title);
        if let Some(notice) = &self.notice {
            out.raw("<p class=\"notice\" role=\"alert\">");
            out.text(notice);
            out.raw("</p>");
        }
        for line in &self.lines {
            out.element("p", line);
        }
        if let Some(form) = &self.form {
            form.write(&mut out);
        }
        out.raw("</main></body></html>");
        out.finish()
    }
}

impl Form {
    fn write(&self, out: &mut Html) {
        out.raw("<form method=\"post\" action=\"");
        out.text(self.action);
        out.raw("\"><input type=\"hidden\" name=\"token\" value=\"");
        out.text(&self.token);
        out.raw("\">");
        for field in self.fields {
            out.raw("<label for=\"");
            out.text(field.name);
            out.raw("\">");
            out.text(field.label);
            out.raw(
                "</label><input type=\"password\" autocomplete=\"new-password\" required id=\"",
            );
            out.text(field.name);
            out.raw("\" name=\"");
            out.text(field.name);
            out.raw("\">");
        }
        out.raw("<button type=\"submit\">");
        out.text(self.button);
        out.raw("</button></form>");
    }
}

fn policy(leads_to: &str) -> String {
    let hash = BASE64.encode(SecretHash::of(STYLE.as_bytes()).as_bytes());
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; form-action 'self' {leads_to}; \
         frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R191.
    #[test]
    fn what_comes_from_outside_is_escaped() {
        let evil = "\"><script>alert(1)</script>'&";
        let page = Page::new(evil)
            .line(evil)
            .notice(evil, StatusCode::BAD_REQUEST)
            .form(Form {
                action: "verify-email",
                token: evil.to_owned(),
                fields: &[],
                button: "Go",
                leads_to: None,
            });
        let html = page.write();
        assert!(!html.contains("<script") && !html.contains("\"\">") && !html.contains("'&<"));
        assert_eq!(html.matches("&lt;script&gt;").count(), 5);
    }
}

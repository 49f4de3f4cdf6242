//! What mails say: templates of tenants, and the built-in ones.

use std::fmt::Write as _;

use super::{Template, builtin};
use crate::time::Timestamp;

/// The sources of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateText {
    /// The subject line.
    pub subject: String,
    /// The HTML part; empty for none.
    pub html: String,
    /// The text part.
    pub text: String,
}

/// A tenant's own template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomTemplate {
    /// What it replaces.
    pub template: Template,
    /// For which language; [`DEFAULT_LOCALE`] for all that have none of their own.
    pub locale: String,
    /// The sources.
    pub text: TemplateText,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// The locale of templates for everybody.
pub const DEFAULT_LOCALE: &str = "default";

/// What a built-in mail consists of; text and HTML are made of the same.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Part {
    /// A paragraph.
    Say(&'static str),
    /// The link, under these words.
    Link(&'static str),
    /// The code.
    Code,
}

impl TemplateText {
    /// The built-in sources of a template.
    pub fn built_in(template: Template) -> Self {
        let (subject, parts) = builtin::of(template);
        Self {
            subject: subject.to_owned(),
            html: html(parts),
            text: text(parts),
        }
    }
}

// Writing to a String cannot fail.
fn text(parts: &[Part]) -> String {
    let mut text = String::new();
    for part in parts {
        let _ = match part {
            Part::Say(words) => write!(text, "{words}\n\n"),
            Part::Link(words) => write!(text, "{words}:\n{{{{ link }}}}\n\n"),
            Part::Code => write!(text, "    {{{{ code }}}}\n\n"),
        };
    }
    text.push_str("-- \n{{ tenant.name }}\n");
    text
}

fn html(parts: &[Part]) -> String {
    let mut html = String::from(HEAD);
    for part in parts {
        let _ = match part {
            Part::Say(words) => writeln!(html, "<p>{words}</p>"),
            Part::Link(words) => writeln!(
                html,
                "<p><a href=\"{{{{ link }}}}\" style=\"{BUTTON}\">{words}</a></p>\n\
                 <p style=\"{SMALL}\">Or open this address: <br>{{{{ link }}}}</p>"
            ),
            Part::Code => writeln!(html, "<p style=\"{CODE}\">{{{{ code }}}}</p>"),
        };
    }
    html.push_str(FOOT);
    html
}

const BUTTON: &str = "display:inline-block;padding:12px 20px;border-radius:6px;background:#1f3a8a;\
                      color:#ffffff;text-decoration:none";
const SMALL: &str = "font-size:13px;color:#57606a;word-break:break-all";
const CODE: &str = "font-size:28px;letter-spacing:4px;font-family:monospace";

/// Nothing in it is loaded from elsewhere: who opens a mail is not told to anybody.
const HEAD: &str = r#"<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{{ tenant.name }}</title></head>
<body style="margin:0;padding:24px;background:#f6f8fa;font-family:sans-serif;font-size:16px;line-height:1.5;color:#1f2328">
<div style="max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border-radius:8px">
<p style="font-weight:bold">{{ tenant.name }}</p>
"#;
const FOOT: &str = "</div></body></html>\n";

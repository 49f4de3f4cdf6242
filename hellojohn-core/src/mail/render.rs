//! Templates in, mails out: strict, escaped, and bounded in work and size.

use std::io;

use minijinja::{
    AutoEscape, Environment, ErrorKind, UndefinedBehavior, escape_formatter, filters, tests,
};
use serde_json::{Map, Value, json};

use super::{Template, TemplateText, builtin};

/// A mail as it reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderedMail {
    /// One line.
    pub subject: String,
    /// The HTML part; none if the template has none.
    pub html: Option<String>,
    /// The text part.
    pub text: String,
}

/// Why a template is not acceptable.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{part}, line {line}: {reason}")]
pub struct TemplateFault {
    /// `subject`, `html` or `text`.
    pub part: &'static str,
    /// Counted from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

/// Renders every part.
pub(crate) fn render(
    source: &TemplateText,
    variables: &Map<String, Value>,
) -> Result<RenderedMail, TemplateFault> {
    let subject = part("subject", &source.subject, variables)?;
    let html = match source.html.as_str() {
        "" => None,
        html => Some(part("html", html, variables)?),
    };
    Ok(RenderedMail {
        subject: single_line(&subject),
        html,
        text: part("text", &source.text, variables)?,
    })
}

/// Renders the text of an SMS.
pub(crate) fn render_sms(variables: &Map<String, Value>) -> Result<String, TemplateFault> {
    Ok(single_line(&part("text", builtin::SMS, variables)?))
}

/// The longest subject.
const SUBJECT: usize = 200;
/// The longest part.
const LARGEST: usize = 256 * 1024;
/// Steps of the template engine; the largest built-in needs some hundreds.
const FUEL: u64 = 20_000;

fn part(
    name: &'static str,
    source: &str,
    variables: &Map<String, Value>,
) -> Result<String, TemplateFault> {
    check_syntax(name, source)?;
    let environment = environment(name);
    let fault = |error: minijinja::Error| TemplateFault {
        part: name,
        line: error.line().unwrap_or(1),
        reason: reason(&error),
    };
    let template = environment
        .template_from_named_str(name, source)
        .map_err(fault)?;
    let mut out = Bounded(Vec::new());
    let context = minijinja::value::Serde(variables);
    template
        .render_captured_to(context, &mut out)
        .map_err(|error| TemplateFault {
            reason: match error.kind() {
                ErrorKind::UndefinedError => undefined(&template, variables),
                _ => reason(&error),
            },
            ..fault(error)
        })?;
    String::from_utf8(out.0).map_err(|_| TemplateFault {
        part: name,
        line: 1,
        reason: "not UTF-8".to_owned(),
    })
}

/// Only what cannot leave out escaping, and cannot make much of little.
fn environment(name: &'static str) -> Environment<'static> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_auto_escape_callback(move |_| match name {
        "html" => AutoEscape::Html,
        _ => AutoEscape::None,
    });
    environment.set_formatter(move |out, state, value| match value.as_str() {
        // Slashes stay, unlike in the engine's own way: links are read by people and programs.
        Some(text) if name == "html" => Ok(out.write_str(&escaped(text))?),
        None if value.is_none() => Ok(()),
        _ => escape_formatter(out, state, value),
    });
    environment.add_filter("upper", filters::upper);
    environment.add_filter("lower", filters::lower);
    environment.add_filter("title", filters::title);
    environment.add_filter("capitalize", filters::capitalize);
    environment.add_filter("trim", filters::trim);
    environment.add_filter("length", filters::length);
    environment.add_filter("default", filters::default);
    environment.add_filter("urlencode", filters::urlencode);
    environment.add_test("none", tests::is_none);
    environment.add_test("defined", tests::is_defined);
    environment.add_test("undefined", tests::is_undefined);
    environment
}

/// Text as HTML shows it, also within an attribute in quotes.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
    html
}

/// The blocks a mail may need. The others load, loop up memory or turn escaping off.
const BLOCKS: [&str; 8] = [
    "if", "elif", "else", "endif", "for", "endfor", "raw", "endraw",
];

fn check_syntax(name: &'static str, source: &str) -> Result<(), TemplateFault> {
    let fault = |at: usize, reason: String| {
        let before = source.get(..at).unwrap_or_default();
        Err(TemplateFault {
            part: name,
            line: before.matches('\n').count() + 1,
            reason,
        })
    };
    for (at, _) in source.match_indices("{%") {
        let inside = source.get(at + 2..).unwrap_or_default();
        let inside = inside.trim_start_matches(['-', '+']).trim_start();
        let word = inside.split(|c: char| !c.is_ascii_alphabetic()).next();
        let word = word.unwrap_or_default();
        if !BLOCKS.contains(&word) {
            return fault(at, format!("`{word}` is not available in mails"));
        }
    }
    for (open, close) in [("{{", "}}"), ("{%", "%}")] {
        for (at, _) in source.match_indices(open) {
            let inside = source.get(at..).unwrap_or_default();
            let inside = inside
                .split_once(close)
                .map_or(inside, |(inside, _)| inside);
            if inside.contains('*') {
                return fault(at, "`*` is not available in mails".to_owned());
            }
        }
    }
    Ok(())
}

/// Which names of a template nobody knows, so that a slip of the pen is found.
fn undefined(template: &minijinja::Template<'_, '_>, variables: &Map<String, Value>) -> String {
    let is_known = |name: &str| {
        let mut parts = name.split('.');
        let first = parts.next().and_then(|part| variables.get(part));
        parts
            .fold(first, |value, part| value.and_then(|v| v.get(part)))
            .is_some()
    };
    let used = template.undeclared_variables(true);
    let mut unknown: Vec<String> = used
        .into_iter()
        .filter(|name| !is_known(name))
        .map(|name| format!("`{name}`"))
        .collect();
    unknown.sort();
    if unknown.is_empty() {
        return ErrorKind::UndefinedError.to_string();
    }
    format!("there is no variable {}", unknown.join(", "))
}

fn reason(error: &minijinja::Error) -> String {
    match error.detail() {
        Some(detail) => format!("{}: {detail}", error.kind()),
        None => error.kind().to_string(),
    }
}

/// No line break survives, so that a name never becomes a header (CWE-93).
fn single_line(text: &str) -> String {
    let spaced: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    words.join(" ").chars().take(SUBJECT).collect()
}

struct Bounded(Vec<u8>);

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > LARGEST {
            return Err(io::Error::other("the mail becomes too large"));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Gives every documented variable a value, so that a template is refused for a name nobody
/// knows and not for something this one mail has nothing of.
pub(crate) fn complete(mut variables: Map<String, Value>) -> Map<String, Value> {
    let seconds = variables.remove("expires_in_seconds");
    let life = seconds.as_ref().and_then(Value::as_u64).map(for_people);
    variables.insert("expires_in".to_owned(), json!(life));
    for name in [
        "link",
        "code",
        "device",
        "ip_address",
        "time",
        "factor",
        "change",
        "remaining",
        "new_email",
    ] {
        variables.entry(name).or_insert(Value::Null);
    }
    for (name, fields) in [
        ("user", ["id", "email", "name"].as_slice()),
        ("tenant", &["id", "name"]),
        ("organization", &["id", "name"]),
        ("inviter", &["email", "name"]),
    ] {
        let value = variables.entry(name).or_insert(Value::Null);
        if !value.is_object() {
            *value = json!({});
        }
        if let Value::Object(object) = value {
            for field in fields {
                object.entry(*field).or_insert(Value::Null);
            }
        }
    }
    // Whoever signs up chooses a name; the mail it stands in may go to somebody else.
    for (object, field) in [
        ("user", "name"),
        ("inviter", "name"),
        ("organization", "name"),
    ] {
        if let Some(value) = variables.get_mut(object).and_then(|o| o.get_mut(field)) {
            *value = json!(value.as_str().filter(|name| is_harmless(name)));
        }
    }
    variables
}

/// Whether a name is only a name: mail programs make links of anything that looks like one.
fn is_harmless(name: &str) -> bool {
    let looks_like_host = name.split_whitespace().any(|word| {
        word.split_once('.')
            .is_some_and(|(_, rest)| rest.starts_with(|c: char| c.is_alphanumeric()))
    });
    name.chars().count() <= 64
        && !looks_like_host
        && !name.contains(['/', ':', '@', '<', '>'])
        && !name.chars().any(char::is_control)
}

/// `15 minutes`.
fn for_people(seconds: u64) -> String {
    let (number, unit) = match seconds {
        s if s >= 172_800 && s % 86_400 == 0 => (s / 86_400, "day"),
        s if s >= 3_600 && s % 3_600 == 0 => (s / 3_600, "hour"),
        s if s >= 60 => (s / 60, "minute"),
        s => (s, "second"),
    };
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {unit}{plural}")
}

/// Values to try a template with.
pub(crate) fn samples(template: Template) -> Map<String, Value> {
    let Value::Object(samples) = json!({
        "user": { "id": "usr_01J00000000000000000000000", "email": "ada@example.com", "name": "Ada" },
        "tenant": { "id": "tnt_01J00000000000000000000000", "name": "Example" },
        "organization": { "id": "org_01J00000000000000000000000", "name": "Analytical Engines" },
        "inviter": { "email": "charles@example.com", "name": "Charles" },
        "link": format!("https://app.example.com/{}?token=sample", template.as_str()),
        "code": "123456",
        "expires_in_seconds": 900,
        "device": "Firefox on Linux",
        "ip_address": "192.0.2.1",
        "time": "2026-01-15 09:00 UTC",
        "factor": "totp",
        "change": "added",
        "remaining": 9,
        "new_email": "countess@example.com",
    }) else {
        return Map::new();
    };
    samples
}

#[cfg(test)]
mod tests_of_rendering {
    use super::*;

    fn text(html: &str, text: &str) -> TemplateText {
        TemplateText {
            subject: "Hello {{ user.name }}".to_owned(),
            html: html.to_owned(),
            text: text.to_owned(),
        }
    }

    fn with(name: &str, value: Value) -> Map<String, Value> {
        let mut variables = samples(Template::Welcome);
        variables.insert(name.to_owned(), value);
        complete(variables)
    }

    #[test]
    fn html_is_escaped_and_text_is_not() {
        let variables = with("link", json!("https://x.example/?a=1&b=\"><script>"));
        let mail = render(&text("<a href=\"{{ link }}\">", "{{ link }}"), &variables).unwrap();
        let html = mail.html.unwrap();
        assert!(
            !html.contains("<script>") && html.contains("&amp;b=&quot;&gt;&lt;script"),
            "{html}"
        );
        assert_eq!(mail.text, "https://x.example/?a=1&b=\"><script>");
    }

    #[test]
    fn a_name_never_ends_the_subject() {
        let mut variables = samples(Template::Welcome);
        variables.insert(
            "user".to_owned(),
            json!({ "name": "a\r\nBcc: x\u{85}\u{2028}b" }),
        );
        let mail = render(&text("", "x"), &variables).unwrap();
        assert!(
            !mail.subject.contains(char::is_control),
            "{:?}",
            mail.subject
        );
        assert_eq!(mail.html, None);
    }

    #[test]
    fn faults_name_part_and_line() {
        let variables = complete(samples(Template::Welcome));
        for (source, line) in [
            ("a\nb {{ uzer.name }}", 2),
            ("{{ user.nmae }}", 1),
            ("a\n\n{{ user.name", 3),
            ("{% if link %}", 1),
            ("\n{{ link | safe }}", 2),
            ("{% set a = 1 %}", 1),
            ("x\n{%- include 'secrets' %}", 2),
            ("{% autoescape false %}{{ link }}{% endautoescape %}", 1),
            ("{{ 'a' * 100000000 }}", 1),
            (
                "{% for a in 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaa' %}{% for b in 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' %}{% for c in 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' %}{% for d in 'aaaaaaaaaaaaaaaa' %}{{ d }}{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
                1,
            ),
        ] {
            let fault = render(&text(source, "x"), &variables).unwrap_err();
            assert_eq!(
                (fault.part, fault.line),
                ("html", line),
                "{source}: {fault}"
            );
        }
        let fault = render(&text("", "{{ nothing }}"), &variables).unwrap_err();
        assert_eq!(fault.part, "text");
    }

    #[test]
    fn a_name_nobody_knows_is_told() {
        let variables = complete(samples(Template::Welcome));
        let source = "{{ user.name }} {% for a in user.id %}{{ a }}{% endfor %}\n{{ user.nmae }}";
        let fault = render(&text(source, "x"), &variables).unwrap_err();
        assert_eq!(
            fault.to_string(),
            "html, line 2: there is no variable `user.nmae`"
        );
    }

    #[test]
    fn what_a_mail_does_not_have_is_empty_and_not_a_fault() {
        let variables = complete(Map::new());
        let mail = render(
            &text("", "[{{ link }}{{ organization.name }}{{ expires_in }}]"),
            &variables,
        );
        assert_eq!(mail.unwrap().text, "[]");
    }

    #[test]
    fn a_name_that_is_an_advertisement_is_left_out() {
        for name in [
            "win at evil.example",
            "http://x",
            "x@y",
            "www.evil.example",
            &"a".repeat(65),
        ] {
            let variables = with("user", json!({ "name": name }));
            assert_eq!(variables["user"]["name"], Value::Null, "{name}");
        }
        for name in ["Ada", "Dr. Ada King-Noel", "J. R. R.", "Ünal Öz"] {
            assert_eq!(with("user", json!({ "name": name }))["user"]["name"], name);
        }
    }

    #[test]
    fn spans_are_for_people() {
        for (seconds, told) in [
            (1, "1 second"),
            (60, "1 minute"),
            (900, "15 minutes"),
            (3_600, "1 hour"),
            (86_400, "24 hours"),
            (172_800, "2 days"),
            (604_800, "7 days"),
        ] {
            assert_eq!(for_people(seconds), told);
        }
    }

    #[test]
    fn every_built_in_renders_with_everything_and_with_nothing() {
        for template in Template::ALL {
            let source = TemplateText::built_in(*template);
            for variables in [samples(*template), Map::new()] {
                let mail = render(&source, &complete(variables)).unwrap();
                let html = mail.html.unwrap();
                for remote in ["src=", "url(", "@import", "<link", "<script"] {
                    assert!(!html.contains(remote), "{template:?}: {remote}");
                }
                assert!(!mail.subject.is_empty() && !mail.text.contains("{{"));
            }
            let mail = render(&source, &complete(samples(*template))).unwrap();
            let html = mail.html.unwrap();
            assert_eq!(
                mail.text.contains("?token=sample"),
                html.contains("?token=sample")
            );
        }
    }

    #[test]
    fn an_sms_is_one_short_line() {
        let text = render_sms(&complete(samples(Template::MfaCode))).unwrap();
        assert_eq!(
            text,
            "123456 is your code for Example, good for 15 minutes. Do not pass it on."
        );
    }
}

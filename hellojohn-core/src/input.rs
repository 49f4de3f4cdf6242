//! Parsed input: every value from outside becomes one of these types or a named field error.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One field that could not be accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// The field's name in the request.
    pub field: String,
    /// What is wrong, as a stable word: `required`, `invalid_format`, `too_long`, …
    pub code: &'static str,
}

impl FieldError {
    /// Names a field and what is wrong with it.
    pub fn new(field: impl Into<String>, code: &'static str) -> Self {
        Self {
            field: field.into(),
            code,
        }
    }
}

/// Input that could not be accepted.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InputError {
    /// Not an e-mail address we can send to.
    #[error("this is not a valid e-mail address")]
    InvalidEmail,
    /// The tenant does not list this page of an application.
    #[error("`redirect_url` is not covered by `allowed_redirect_urls` of this tenant")]
    RedirectNotAllowed,
    /// Some fields are not acceptable.
    #[error("some fields are not valid")]
    Fields(Vec<FieldError>),
    /// The cursor was not made by this server for this list.
    #[error("the cursor is not valid for this list")]
    InvalidCursor,
}

impl InputError {
    /// One field that is not acceptable.
    pub fn field(field: impl Into<String>, code: &'static str) -> Self {
        Self::Fields(vec![FieldError::new(field, code)])
    }

    /// The stable code of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::InvalidEmail => "invalid_email",
            Self::RedirectNotAllowed => "redirect_url_not_allowed",
            Self::Fields(_) => "validation_failed",
            Self::InvalidCursor => "invalid_cursor",
        }
    }
}

/// A normalised e-mail address: trimmed, lower case, ASCII (RFC 5321 §4.1.2, dot-atom only).
///
/// Non-ASCII addresses are refused: look-alike and case-folding characters have
/// taken over accounts elsewhere (N14, N15).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    /// Parses and normalises an address.
    ///
    /// ```
    /// use hellojohn_core::input::Email;
    /// assert_eq!(Email::parse(" Ada@Example.COM ").unwrap().as_str(), "ada@example.com");
    /// assert!(Email::parse("ada@example").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, InputError> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@').ok_or(InputError::InvalidEmail)?;
        let fits = text.len() <= 254 && local.len() <= 64;
        if fits && is_dot_atom(local) && is_host(domain) {
            Ok(Self(text.to_ascii_lowercase()))
        } else {
            Err(InputError::InvalidEmail)
        }
    }

    /// The normalised address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part after the `@`.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Email {
    type Err = InputError;

    fn from_str(text: &str) -> Result<Self, InputError> {
        Self::parse(text)
    }
}

fn is_dot_atom(text: &str) -> bool {
    text.split('.').all(|atom| {
        !atom.is_empty()
            && atom
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b))
    })
}

/// Whether this is a domain name with at least one dot, in ASCII.
pub fn is_host(text: &str) -> bool {
    text.contains('.')
        && text.split('.').all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
}

/// A user name: 3 to 64 of `a-z 0-9 . _ -`, lower case, beginning with a letter or digit.
pub fn username(text: &str) -> Result<String, FieldError> {
    let name = text.trim().to_ascii_lowercase();
    let shaped = (3..=64).contains(&name.len())
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
        && name
            .bytes()
            .next()
            .is_some_and(|b| b.is_ascii_alphanumeric());
    shaped
        .then_some(name)
        .ok_or_else(|| FieldError::new("username", "invalid_format"))
}

/// A telephone number in E.164 form: `+` and up to fifteen digits.
pub fn phone(text: &str) -> Result<String, FieldError> {
    let number = text.trim();
    let digits = number.strip_prefix('+').unwrap_or("");
    let shaped = (7..=15).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !digits.starts_with('0');
    shaped
        .then(|| number.to_owned())
        .ok_or_else(|| FieldError::new("phone", "invalid_format"))
}

/// Text for people: trimmed, not empty, at most 200 characters, no control or bidi-override characters.
pub fn display_text(field: &'static str, text: &str) -> Result<String, FieldError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(FieldError::new(field, "required"));
    }
    if text.chars().count() > 200 {
        return Err(FieldError::new(field, "too_long"));
    }
    let overrides = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    if text.chars().any(|c| c.is_control() || overrides(c)) {
        return Err(FieldError::new(field, "invalid_format"));
    }
    Ok(text.to_owned())
}

/// Text to search for: at most 256 characters, no control characters.
pub fn search_text(field: &'static str, text: &str) -> Result<String, FieldError> {
    let fits = text.len() <= 256 && !text.chars().any(char::is_control);
    fits.then(|| text.to_lowercase())
        .ok_or_else(|| FieldError::new(field, "invalid_format"))
}

/// An application's own id for a user: 1 to 255 characters, kept as given.
pub fn external_id(text: &str) -> Result<String, FieldError> {
    let fits = !text.is_empty() && text.len() <= 255 && !text.chars().any(char::is_control);
    fits.then(|| text.to_owned())
        .ok_or_else(|| FieldError::new("external_id", "invalid_format"))
}

/// An absolute `https` or `http` URL of at most 2,048 characters.
pub fn web_url(field: &'static str, text: &str) -> Result<String, FieldError> {
    let text = text.trim();
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let shaped = text.len() <= 2_048
        && rest.is_some_and(|rest| {
            rest.bytes()
                .next()
                .is_some_and(|b| b.is_ascii_alphanumeric())
        })
        && text
            .bytes()
            .all(|b| b.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&b));
    shaped
        .then(|| text.to_owned())
        .ok_or_else(|| FieldError::new(field, "invalid_format"))
}

/// A browser origin exactly as a browser sends it: scheme, host and non-default port, no path (RFC 6454 §6.2).
pub fn origin(text: &str) -> Result<String, FieldError> {
    let invalid = || FieldError::new("allowed_origins", "invalid_format");
    let (scheme, rest) = text.split_once("://").ok_or_else(invalid)?;
    let (host, port) = rest
        .rsplit_once(':')
        .map_or((rest, None), |(h, p)| (h, Some(p)));
    let host_fits =
        host == "localhost" || is_host(host) || host.parse::<std::net::Ipv4Addr>().is_ok();
    // As a browser writes it: digits only, no leading zero.
    let port_fits =
        port.is_none_or(|p| p.parse::<u16>().is_ok_and(|n| n > 0 && n.to_string() == p));
    let default_port = matches!(
        (scheme, port),
        ("https", Some("443")) | ("http", Some("80"))
    );
    let lower = !text.bytes().any(|b| b.is_ascii_uppercase());
    if matches!(scheme, "http" | "https") && host_fits && port_fits && !default_port && lower {
        Ok(text.to_owned())
    } else {
        Err(invalid())
    }
}

/// A tenant or organization slug: 1 to 63 of `a-z 0-9 -`, no dash at either end.
pub fn slug(text: &str) -> Result<String, FieldError> {
    let shaped = (1..=63).contains(&text.len())
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    shaped
        .then(|| text.to_owned())
        .ok_or_else(|| FieldError::new("slug", "invalid_format"))
}

/// A JSON object kept with a user or tenant, at most 16 KiB when written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Metadata(Map<String, Value>);

const METADATA_DEPTH: usize = 8;

const LARGEST_NUMBER: f64 = 1e300;

fn is_keepable(value: &Value, depth: usize) -> bool {
    let Some(below) = depth.checked_sub(1) else {
        return false;
    };
    match value {
        Value::String(text) => !text.contains('\0'),
        Value::Array(items) => items.iter().all(|item| is_keepable(item, below)),
        Value::Object(members) => members
            .iter()
            .all(|(name, value)| !name.contains('\0') && is_keepable(value, below)),
        // PostgreSQL writes numbers out in full; near the end of the range they do not come back.
        Value::Number(number) => number.as_f64().is_some_and(|n| n.abs() <= LARGEST_NUMBER),
        Value::Null | Value::Bool(_) => true,
    }
}

/// The largest metadata object, in bytes of its JSON.
pub const METADATA_LIMIT: usize = 16 * 1024;

impl Metadata {
    /// Accepts an object under the size limit, nested at most eight deep (so that it fits
    /// into a token), without NUL characters (which PostgreSQL does not keep).
    pub fn parse(field: &'static str, object: Map<String, Value>) -> Result<Self, FieldError> {
        let mut members = object.iter();
        if !members.all(|(name, value)| !name.contains('\0') && is_keepable(value, METADATA_DEPTH))
        {
            return Err(FieldError::new(field, "invalid_format"));
        }
        let metadata = Self(object);
        if metadata.to_json().len() > METADATA_LIMIT {
            return Err(FieldError::new(field, "too_long"));
        }
        Ok(metadata)
    }

    /// Merges `patch` in: its values replace ours, its nulls remove ours (RFC 7386 at the top level).
    pub fn merged(
        &self,
        field: &'static str,
        patch: Map<String, Value>,
    ) -> Result<Self, FieldError> {
        let mut merged = self.0.clone();
        for (key, value) in patch {
            if value.is_null() {
                merged.remove(&key);
            } else {
                merged.insert(key, value);
            }
        }
        Self::parse(field, merged)
    }

    /// The object.
    pub const fn as_object(&self) -> &Map<String, Value> {
        &self.0
    }

    /// The object as JSON text.
    pub fn to_json(&self) -> String {
        Value::Object(self.0.clone()).to_string()
    }

    /// Reads what [`to_json`](Self::to_json) wrote.
    pub fn from_json(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok().map(Self)
    }
}

/// A role's name: 1 to 64 of `a-z 0-9 _ -`.
pub fn role(text: &str) -> Result<String, FieldError> {
    let shaped = (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_-".contains(&b));
    shaped
        .then(|| text.to_owned())
        .ok_or_else(|| FieldError::new("role", "invalid_format"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_differ_only_in_case_and_space_are_one() {
        assert_eq!(
            Email::parse(" A.b+c@EXAMPLE.com").unwrap().as_str(),
            "a.b+c@example.com"
        );
    }

    #[test]
    fn what_is_not_one_plain_address_is_refused() {
        let long = format!("{}@example.com", "a".repeat(65));
        for bad in [
            "",
            "a",
            "@b.co",
            "a@",
            "a@b",
            "a b@c.de",
            "a@b..co",
            ".a@b.co",
            "a..b@c.de",
            "a@b@c.de\u{0}",
            "a@-b.co",
            "a@b.co,x@y.zz",
            "a\u{ff20}b.co",
            "\u{131}@b.co",
            "a@b.co\r\nBcc: x",
            &long,
        ] {
            assert!(Email::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn origins_are_exact() {
        for good in [
            "https://a.example",
            "http://localhost:5173",
            "https://a.example:8443",
        ] {
            assert!(origin(good).is_ok(), "{good}");
        }
        for bad in [
            "*",
            "null",
            "https://a.example/",
            "https://*.example.com",
            "https://a.example:443",
            "ftp://a.example",
            "https://A.example",
            "https://a.example:+8443",
            "https://a.example:08443",
            "https://a.example:",
        ] {
            assert!(origin(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn merging_null_removes_and_the_size_is_capped() {
        let object = |text| serde_json::from_str::<Map<String, Value>>(text).unwrap();
        let metadata = Metadata::parse("public_metadata", object(r#"{"a":1,"b":2}"#)).unwrap();
        let merged = metadata
            .merged("public_metadata", object(r#"{"a":null,"c":3}"#))
            .unwrap();
        assert_eq!(merged.to_json(), r#"{"b":2,"c":3}"#);
        let big = object(&format!(r#"{{"a":"{}"}}"#, "x".repeat(METADATA_LIMIT)));
        assert!(Metadata::parse("public_metadata", big).is_err());
    }

    #[test]
    fn what_one_database_could_not_keep_is_refused_on_both() {
        let parse = |text: &str| Metadata::parse("m", serde_json::from_str(text).unwrap());
        let nested =
            |depth: usize| format!(r#"{{"a":{}1{}}}"#, "[".repeat(depth), "]".repeat(depth));
        assert!(parse(&nested(7)).is_ok());
        assert!(parse(&nested(8)).is_err());
        assert!(parse(r#"{"a":"\u0000"}"#).is_err());
        assert!(parse(r#"{"\u0000":1}"#).is_err());
        assert!(parse(r#"{"a":1e300}"#).is_ok());
        assert!(parse(r#"{"a":[1.7976931348623157e308]}"#).is_err());
        assert!(parse(r#"{"a":{"b":["\u0000"]}}"#).is_err());
    }

    #[test]
    fn telephone_numbers_user_names_and_slugs_have_one_form() {
        assert!(
            phone("+4915112345678").is_ok()
                && phone("015112345678").is_err()
                && phone("+0151").is_err()
        );
        assert_eq!(username("Ada.L").unwrap(), "ada.l");
        assert!(username("ab").is_err() && username("-abc").is_err());
        assert!(slug("my-app").is_ok() && slug("My").is_err() && slug("-a").is_err());
        assert!(display_text("name", "a\u{202e}b").is_err());
    }
}

//! Pages of the application that links and redirects may lead to: those a tenant listed, compared
//! as text and not by a pattern (N39–N44).

use std::net::Ipv4Addr;

use secrecy::{ExposeSecret, SecretString};

use crate::input::{self, InputError};

const LONGEST: usize = 2_048;

/// An address of the application that its tenant listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedirectUrl(String);

impl RedirectUrl {
    /// Accepts a URL whose origin is that of an entry, byte for byte, and whose path is the
    /// entry's or below it. An empty list accepts nothing (N42).
    pub fn parse(text: &str, allowed: &[String]) -> Result<Self, InputError> {
        let asked = Parts::of(text).ok_or(InputError::RedirectNotAllowed)?;
        let fits = allowed
            .iter()
            .filter_map(|entry| Parts::of(entry))
            .any(|entry| entry.origin == asked.origin && entry.covers(asked.path));
        if fits && !asked.has_parameter("token") && !asked.has_parameter("code") {
            Ok(Self(text.to_owned()))
        } else {
            Err(InputError::RedirectNotAllowed)
        }
    }

    /// Holds an entry of the list to the rules of the list.
    pub(crate) fn check_entry(text: &str) -> Result<(), InputError> {
        match Parts::of(text) {
            Some(parts) if parts.query.is_empty() => Ok(()),
            _ => Err(InputError::field("allowed_redirect_urls", "invalid_format")),
        }
    }

    /// Whether a base of links is on an origin of the list.
    pub(crate) fn check_base(text: &str, allowed: &[String]) -> Result<(), InputError> {
        let listed = Parts::of(text).is_some_and(|base| {
            let mut entries = allowed.iter().filter_map(|entry| Parts::of(entry));
            base.query.is_empty() && entries.any(|entry| entry.origin == base.origin)
        });
        if listed {
            Ok(())
        } else {
            Err(InputError::field("links_base_url", "not_allowed"))
        }
    }

    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Scheme, host and port, as a browser writes them.
    pub fn origin(&self) -> &str {
        Parts::of(&self.0).map_or("", |parts| parts.origin)
    }

    /// The address with a secret as a further parameter of its query.
    pub fn carrying(&self, name: &str, secret: &SecretString) -> SecretString {
        let separator = if self.0.contains('?') { '&' } else { '?' };
        format!("{}{separator}{name}={}", self.0, secret.expose_secret()).into()
    }
}

/// A URL in the one spelling that is accepted.
#[derive(Clone, Copy)]
struct Parts<'a> {
    origin: &'a str,
    path: &'a str,
    query: &'a str,
}

impl<'a> Parts<'a> {
    /// Nothing that two readers could read differently: no user, fragment, backslash, dot segment,
    /// encoded dot or slash, capital in the host or default port (N39, N40).
    fn of(text: &'a str) -> Option<Self> {
        let plain = text.len() <= LONGEST
            && text
                .bytes()
                .all(|b| b.is_ascii_graphic() && !b"\"'<>\\^`{|}#".contains(&b));
        if !plain {
            return None;
        }
        let (scheme, rest) = text.split_once("://")?;
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, tail) = rest.split_at_checked(end)?;
        let origin = text.get(..scheme.len() + "://".len() + authority.len())?;
        let (path, query) = tail.split_once('?').unwrap_or((tail, ""));
        let fits = input::origin(origin).is_ok()
            && (scheme == "https" || is_loopback(authority))
            && has_one_reading(path);
        fits.then_some(Self {
            origin,
            path,
            query,
        })
    }

    /// Whether a path is this one or below it, on the border of a segment.
    fn covers(&self, path: &str) -> bool {
        let own = self.path.strip_suffix('/').unwrap_or(self.path);
        match path.strip_prefix(own) {
            Some(rest) => rest.is_empty() || rest.starts_with('/'),
            None => false,
        }
    }

    /// However it is spelt: the first of two may be the one the application reads.
    fn has_parameter(&self, name: &str) -> bool {
        let mut pairs = url::form_urlencoded::parse(self.query.as_bytes());
        pairs.any(|(own, _)| {
            let own = own.trim();
            let bare = own.split(['[', '\0']).next().unwrap_or_default();
            bare.eq_ignore_ascii_case(name)
        })
    }
}

/// Links carry secrets: without TLS only to the machine the browser runs on.
fn is_loopback(authority: &str) -> bool {
    let host = authority.split(':').next().unwrap_or_default();
    let address = host.parse::<Ipv4Addr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

fn has_one_reading(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let encoded = ["%2e", "%2f", "%5c", "%00", "%25"];
    !lower.contains("..")
        && !lower.contains("//")
        && !lower.contains("/./")
        && !lower.ends_with("/.")
        && !lower.contains(';')
        && !encoded.iter().any(|hidden| lower.contains(hidden))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> Vec<String> {
        [
            "https://p.example",
            "https://app.example/auth",
            "http://localhost:5173/",
        ]
        .map(str::to_owned)
        .to_vec()
    }

    #[test]
    fn what_is_listed_or_below_it_is_accepted() {
        for good in [
            "https://p.example",
            "https://p.example/",
            "https://p.example/any/where?x=1&y=%20",
            "https://p.example/?codes=1&x=code&barcode=2",
            "https://app.example/auth",
            "https://app.example/auth?x=1",
            "https://app.example/auth/reset",
            "http://localhost:5173/callback",
        ] {
            let url = RedirectUrl::parse(good, &list()).unwrap();
            assert!(good.starts_with(url.origin()), "{good}");
        }
    }

    /// N39–N44.
    #[test]
    fn what_looks_like_it_is_not() {
        for bad in [
            "",
            "/auth",
            "//p.example",
            "p.example",
            "https://",
            "https:p.example",
            "http://p.example",
            "HTTPS://p.example",
            "https://P.example",
            "https://p.example:443",
            "https://p.example:8443",
            "https://p.example.",
            "https://p.example.evil.example",
            "https://pxexample",
            "https://evil.example/https://p.example",
            "https://evil.example?https://p.example",
            "https://evil.example#https://p.example",
            "https://p.example@evil.example",
            "https://a@p.example",
            "https://a:b@p.example",
            "https://p.example\\@evil.example",
            "https://evil.example\\.p.example",
            "https://p.example/x#y",
            "https://p.example/..",
            "https://p.example/a/../b",
            "https://p.example/a/..;/b",
            "https://p.example/a;b",
            "https://p.example/%2e%2e/b",
            "https://p.example/a%2Fb",
            "https://p.example/a%5cb",
            "https://p.example/%252e",
            "https://p.example//evil.example",
            "https://p.example/ x",
            "https://p.example/\r\nx",
            "https://p.example/\u{e9}",
            "https://p.ex\u{430}mple",
            "https://app.example",
            "https://app.example/",
            "https://app.example/authority",
            "https://app.example/auth.evil",
            "https://app.example/AUTH",
            "http://localhost:5174/",
            "http://localhost/",
            "http://127.0.0.1:5173/",
            "javascript://p.example/%0aalert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "https://p.example/?token=x",
            "https://p.example/?a=b&code=x",
            "https://p.example/?%63ode=x",
            "https://p.example/?a=b&tok%65n=x",
            "https://p.example/?Code=x",
            "https://p.example/?+code=x",
            "https://p.example/?code[]=x",
            "https://p.example/?code%00=x",
            "https://p.example/?code",
        ] {
            assert!(RedirectUrl::parse(bad, &list()).is_err(), "{bad:?}");
        }
        assert!(RedirectUrl::parse("https://p.example", &[]).is_err());
    }

    #[test]
    fn an_entry_is_an_address_without_query_and_with_tls() {
        for good in [
            "https://p.example",
            "https://p.example:8443/a",
            "http://127.0.0.1:3000",
        ] {
            assert!(RedirectUrl::check_entry(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "*",
            "https://*.example",
            "http://p.example",
            "https://p.example/?a=b",
            "https://p.example/#",
            "javascript:alert(1)",
        ] {
            assert!(RedirectUrl::check_entry(bad).is_err(), "{bad}");
        }
        assert!(RedirectUrl::check_base("https://app.example", &list()).is_ok());
        assert!(RedirectUrl::check_base("https://evil.example", &list()).is_err());
    }

    #[test]
    fn a_secret_is_added_to_what_is_there() {
        let with = |text: &str| {
            let url = RedirectUrl::parse(text, &list()).unwrap();
            let link = url.carrying("code", &"s".to_owned().into());
            link.expose_secret().to_owned()
        };
        assert_eq!(with("https://p.example/a"), "https://p.example/a?code=s");
        assert_eq!(
            with("https://p.example/a?b=c"),
            "https://p.example/a?b=c&code=s"
        );
    }
}

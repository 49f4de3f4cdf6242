//! Cookie mode: the refresh token lives in a cookie scripts cannot read (R043, R182).

use hellojohn_core::{
    access::Caller, issuer::TokenPair, secret::ExposeSecret, secret::SecretString,
};
use http::{HeaderMap, HeaderValue, header};

use crate::{access::single, call::Call, cors, problem::Problem};

const NAME: &str = "__Host-hj_rt";
const ATTRIBUTES: &str = "; Path=/; Secure; HttpOnly; SameSite=Lax";

/// Where a client keeps its refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SessionMode {
    /// By itself; it is in the body.
    Body,
    /// In our cookie.
    Cookie,
}

impl SessionMode {
    /// What the request asks for. The header cannot be sent across origins without a preflight.
    pub(crate) fn of(headers: &HeaderMap) -> Result<Self, Problem> {
        match single(headers, "x-hellojohn-session-mode")? {
            None | Some("body") => Ok(Self::Body),
            Some("cookie") => Ok(Self::Cookie),
            Some(_) => Err(Problem::invalid_request(
                "X-HelloJohn-Session-Mode is cookie or body",
            )),
        }
    }

    /// The mode of a call, which in cookie mode must come from a page we know.
    pub(crate) fn of_call(call: &Call) -> Result<Self, Problem> {
        let mode = Self::of(&call.headers)?;
        if mode == Self::Cookie {
            require_known_page(call, call.caller())?;
        }
        Ok(mode)
    }

    /// The same, where a one-time secret tells the tenant.
    pub(crate) fn of_holder(call: &Call, holder: &Caller) -> Result<Self, Problem> {
        let mode = Self::of(&call.headers)?;
        if mode == Self::Cookie {
            require_known_page(call, Ok(holder))?;
        }
        Ok(mode)
    }
}

/// Refuses pages of origins neither we nor the tenant know, and whoever does not say where from (R182).
///
/// Browsers name the origin of every POST. One that does not must at least say that the page
/// is our own; that header no script can set.
fn require_known_page(call: &Call, caller: Result<&Caller, Problem>) -> Result<(), Problem> {
    let refused = || {
        Problem::new(
            "origin_not_allowed",
            "the tenant does not allow this origin",
        )
    };
    let known = match single(&call.headers, "origin")? {
        Some(origin) => {
            issuer_origin(&call.engine().settings().issuer) == Some(origin)
                || cors::is_listed(call.engine(), caller?, origin)
        }
        None => single(&call.headers, "sec-fetch-site")? == Some("same-origin"),
    };
    if known { Ok(()) } else { Err(refused()) }
}

/// Scheme, host and port of a URL.
fn issuer_origin(issuer: &str) -> Option<&str> {
    let host = issuer.find("://")? + 3;
    let path = issuer.get(host..)?.find('/');
    issuer.get(..path.map_or(issuer.len(), |at| host + at))
}

/// The refresh token of the cookie.
pub(crate) fn refresh_token(headers: &HeaderMap) -> Option<SecretString> {
    let lines = headers.get_all(header::COOKIE).iter();
    lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, value)| *name == NAME && !value.is_empty())
        .map(|(_, value)| value.to_owned().into())
}

/// Keeps a refresh token for as long as it lives.
pub(crate) fn keep(tokens: &TokenPair, seconds: u64) -> Option<HeaderValue> {
    let token = tokens.refresh_token.expose_secret();
    let mut value =
        HeaderValue::from_str(&format!("{NAME}={token}; Max-Age={seconds}{ATTRIBUTES}")).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// Forgets it.
pub(crate) fn forget() -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("{NAME}=; Max-Age=0{ATTRIBUTES}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, "a=b; x__Host-hj_rt=no".parse().unwrap());
        assert!(refresh_token(&headers).is_none());
        headers.append(header::COOKIE, "c=d;__Host-hj_rt=rft_1".parse().unwrap());
        assert_eq!(refresh_token(&headers).unwrap().expose_secret(), "rft_1");
    }

    #[test]
    fn an_issuer_below_a_path_has_the_origin_of_its_host() {
        let of = |issuer| issuer_origin(issuer).unwrap();
        assert_eq!(of("https://a.example"), "https://a.example");
        assert_eq!(of("https://a.example:8443/auth"), "https://a.example:8443");
        assert!(issuer_origin("nonsense").is_none());
    }
}

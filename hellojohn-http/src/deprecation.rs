//! What is going to be removed says so in every answer (U14).

use http::{HeaderMap, HeaderName, HeaderValue};

/// When a route was deprecated, when it will be gone, and what to use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deprecation {
    /// The release that deprecated it.
    pub since: &'static str,
    /// The same moment in seconds since 1970, for the header (RFC 9745).
    pub since_seconds: u64,
    /// The release that will not have it any more.
    pub removed_in: &'static str,
    /// The day it is removed at the earliest, as an HTTP date (RFC 8594).
    pub sunset: &'static str,
    /// What to use from now on.
    pub instead: &'static str,
}

impl Deprecation {
    /// Puts `Deprecation` and `Sunset` on an answer.
    pub(crate) fn announce(&self, to: &mut HeaderMap) {
        let since = format!("@{}", self.since_seconds);
        if let Ok(since) = HeaderValue::from_str(&since) {
            to.insert(HeaderName::from_static("deprecation"), since);
        }
        to.insert(
            HeaderName::from_static("sunset"),
            HeaderValue::from_static(self.sunset),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        route::{Access, Route},
        routes,
    };

    const GONE_SOON: Deprecation = Deprecation {
        since: "1.2.0",
        since_seconds: 1_735_689_600,
        removed_in: "2.0.0",
        sunset: "Wed, 01 Jul 2026 00:00:00 GMT",
        instead: "POST /v1/other",
    };

    #[test]
    fn the_headers_have_the_form_of_their_rfcs() {
        let mut headers = HeaderMap::new();
        GONE_SOON.announce(&mut headers);
        assert_eq!(headers["deprecation"], "@1735689600");
        assert_eq!(headers["sunset"], "Wed, 01 Jul 2026 00:00:00 GMT");
    }

    #[test]
    fn a_route_says_so_itself_and_what_replaces_it_is_a_route() {
        let route = Route::get("/old", "old", "x").access(Access::Public);
        assert_eq!(
            route.clone().deprecated(GONE_SOON).deprecation(),
            Some(&GONE_SOON)
        );
        assert_eq!(route.deprecation(), None);
        let all = routes();
        let exists = |text: &str| {
            all.iter()
                .any(|r| text == format!("{} {}", r.method, r.path))
        };
        for deprecation in all.iter().filter_map(Route::deprecation) {
            assert!(exists(deprecation.instead), "{deprecation:?}");
        }
    }
}

use std::{fmt, net::IpAddr, sync::Arc};

use hellojohn_core::secret::{ExposeSecret, SecretString, same};
use http::{HeaderMap, HeaderName, header};

/// What `/metrics` answers, and to whom.
///
/// With a token, to whoever shows it as a bearer credential. Without one, only to a peer on
/// this machine or a private network that speaks to us directly: what a proxy passes on
/// from the outside is refused, so that forgetting the token publishes nothing (R180).
#[derive(Clone)]
pub struct MetricsPage {
    render: Arc<dyn Fn() -> String + Send + Sync>,
    token: Option<SecretString>,
}

/// What proxies add.
const OF_PROXIES: [HeaderName; 5] = [
    HeaderName::from_static("x-forwarded-for"),
    HeaderName::from_static("x-forwarded-proto"),
    HeaderName::from_static("x-real-ip"),
    header::FORWARDED,
    header::VIA,
];

impl MetricsPage {
    /// Answers what `render` writes in Prometheus' text format.
    pub fn new(render: impl Fn() -> String + Send + Sync + 'static) -> Self {
        Self {
            render: Arc::new(render),
            token: None,
        }
    }

    /// Asks for this bearer token.
    #[must_use]
    pub fn with_token(mut self, token: Option<SecretString>) -> Self {
        self.token = token;
        self
    }

    /// The content type of the page.
    pub const CONTENT_TYPE: &'static str = "text/plain; version=0.0.4; charset=utf-8";

    /// The page for a request with these headers from this peer; none if it may not see it.
    pub fn read(&self, headers: &HeaderMap, peer: Option<IpAddr>) -> Option<String> {
        let permitted = match &self.token {
            Some(token) => shows(headers, token),
            None => is_direct(headers) && peer.is_some_and(is_near),
        };
        permitted.then(|| (self.render)())
    }
}

impl fmt::Debug for MetricsPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MetricsPage")
            .field("needs_token", &self.token.is_some())
            .finish_non_exhaustive()
    }
}

fn shows(headers: &HeaderMap, token: &SecretString) -> bool {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return false;
    };
    let Some((scheme, shown)) = value.to_str().ok().and_then(|text| text.split_once(' ')) else {
        return false;
    };
    let shown = shown.trim_matches(' ').as_bytes();
    scheme.eq_ignore_ascii_case("bearer") && same(shown, token.expose_secret().as_bytes())
}

fn is_direct(headers: &HeaderMap) -> bool {
    OF_PROXIES.iter().all(|name| !headers.contains_key(name))
}

/// This machine, private and link-local networks, and the shared space of RFC 6598.
fn is_near(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [first, second, ..] = v4.octets();
            let shared = first == 100 && (64..128).contains(&second);
            v4.is_loopback() || v4.is_private() || v4.is_link_local() || shared
        }
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(page: &MetricsPage, headers: &[(&'static str, &str)], peer: &str) -> bool {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        page.read(&map, peer.parse().ok()).is_some()
    }

    #[test]
    fn without_a_token_only_a_near_and_direct_peer_reads_it() {
        let page = MetricsPage::new(|| "x 1\n".to_owned());
        for near in [
            "127.0.0.1",
            "10.1.2.3",
            "172.18.0.1",
            "192.168.0.9",
            "100.64.0.1",
            "::1",
            "fd00::1",
            "::ffff:10.0.0.1",
        ] {
            assert!(read(&page, &[], near), "{near}");
        }
        for far in ["203.0.113.7", "100.128.0.1", "2001:db8::1", "nobody"] {
            assert!(!read(&page, &[], far), "{far}");
        }
        for header in ["x-forwarded-for", "forwarded", "via", "x-real-ip"] {
            assert!(
                !read(&page, &[(header, "1.2.3.4")], "127.0.0.1"),
                "{header}"
            );
        }
    }

    #[test]
    fn with_a_token_only_who_shows_it_reads_it() {
        let token = SecretString::from("a-long-token".to_owned());
        let page = MetricsPage::new(String::new).with_token(Some(token));
        let shown = ("authorization", "Bearer a-long-token");
        assert!(read(&page, &[shown], "203.0.113.7"));
        assert!(read(&page, &[shown, ("via", "1.1 proxy")], "10.0.0.1"));
        for wrong in [
            "Bearer a-long-toke",
            "Bearer a-long-token2",
            "Bearer ",
            "Basic a-long-token",
            "a-long-token",
        ] {
            assert!(
                !read(&page, &[("authorization", wrong)], "127.0.0.1"),
                "{wrong}"
            );
        }
        assert!(!read(&page, &[], "127.0.0.1"));
        assert!(!read(&page, &[shown, shown], "127.0.0.1"), "twice");
        assert!(!format!("{page:?}").contains("a-long-token"));
    }
}

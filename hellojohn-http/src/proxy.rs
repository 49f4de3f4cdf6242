//! Who is at the other end of the connection, and through which proxies.

use std::net::{IpAddr, SocketAddr};

use http::{Extensions, HeaderMap};

/// The other end of the connection. The server puts it into the request's extensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeerAddress(pub SocketAddr);

/// The client's address: the right-most hop that is not a trusted proxy, else the peer (R184).
pub(crate) fn client_address(
    headers: &HeaderMap,
    extensions: &Extensions,
    trusted_hops: u8,
) -> Option<IpAddr> {
    forwarded(headers, "x-forwarded-for", trusted_hops)
        .and_then(parse_address)
        .or_else(|| extensions.get::<PeerAddress>().map(|peer| peer.0.ip()))
        .map(|address| address.to_canonical())
}

/// Whether a trusted proxy says that the client speaks TLS.
pub(crate) fn is_https(headers: &HeaderMap, trusted_hops: u8) -> bool {
    forwarded(headers, "x-forwarded-proto", trusted_hops.min(1))
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("https"))
}

/// The entry the outermost trusted proxy wrote: each appends what it saw on the right.
fn forwarded<'a>(headers: &'a HeaderMap, name: &str, trusted_hops: u8) -> Option<&'a str> {
    let hop = usize::from(trusted_hops).checked_sub(1)?;
    let lines: Vec<&str> = headers
        .get_all(name)
        .iter()
        .map(|value| value.to_str().unwrap_or_default())
        .collect();
    let entries = lines.into_iter().rev();
    entries
        .flat_map(|line| line.rsplit(','))
        .nth(hop)
        .map(str::trim)
}

fn parse_address(text: &str) -> Option<IpAddr> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    bare.parse()
        .ok()
        .or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(lines: &[&str], hops: u8) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        let mut extensions = Extensions::new();
        extensions.insert(PeerAddress("10.0.0.9:4000".parse().unwrap()));
        client_address(&headers, &extensions, hops)
            .unwrap()
            .to_string()
    }

    #[test]
    fn only_what_a_trusted_proxy_wrote_counts() {
        let cases: [(&[&str], u8, &str); 10] = [
            (&["1.1.1.1"], 0, "10.0.0.9"),
            (&["1.1.1.1"], 1, "1.1.1.1"),
            (&["6.6.6.6, 1.1.1.1"], 1, "1.1.1.1"),
            (&["6.6.6.6, 1.1.1.1, 10.1.1.1"], 2, "1.1.1.1"),
            (&["6.6.6.6", "1.1.1.1"], 1, "1.1.1.1"),
            (&["6.6.6.6", "1.1.1.1"], 2, "6.6.6.6"),
            (&["1.1.1.1"], 2, "10.0.0.9"),
            (&["unknown"], 1, "10.0.0.9"),
            (&["[2001:db8::1]:443"], 1, "2001:db8::1"),
            (&["::ffff:1.1.1.1"], 1, "1.1.1.1"),
        ];
        for (lines, hops, expected) in cases {
            assert_eq!(seen(lines, hops), expected, "{lines:?} behind {hops}");
        }
    }

    #[test]
    fn the_scheme_is_believed_from_a_proxy_only() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-proto", "https".parse().unwrap());
        assert!(!is_https(&headers, 0));
        assert!(is_https(&headers, 1));
        assert!(is_https(&headers, 3));
        headers.insert("x-forwarded-proto", "https, http".parse().unwrap());
        assert!(!is_https(&headers, 1));
    }
}

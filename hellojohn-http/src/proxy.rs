//! Who is at the other end of the connection, and through which proxies.

use std::net::{IpAddr, SocketAddr};

use http::{Extensions, HeaderMap, HeaderValue};

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
///
/// It is found among bytes, because what stands to its left is the client's and need not be text.
fn forwarded<'a>(headers: &'a HeaderMap, name: &str, trusted_hops: u8) -> Option<&'a str> {
    let hop = usize::from(trusted_hops).checked_sub(1)?;
    let lines: Vec<&[u8]> = headers
        .get_all(name)
        .iter()
        .map(HeaderValue::as_bytes)
        .collect();
    let entry = lines
        .into_iter()
        .rev()
        .flat_map(|line| line.rsplit(|byte| *byte == b','))
        .nth(hop)?;
    std::str::from_utf8(entry).ok().map(str::trim)
}

/// What a limit takes for one client: an IPv4 address, or the /64 an IPv6 client chooses from (R021, N26).
pub(crate) fn network(address: IpAddr) -> Vec<u8> {
    match address.to_canonical() {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets().into_iter().take(8).collect(),
    }
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

    /// N31, N33: what the client wrote beside the trusted entry neither hides it nor stands in for it.
    #[test]
    fn nothing_the_client_writes_changes_what_the_proxy_wrote() {
        let with_bytes = |line: &[u8], hops| {
            let mut headers = HeaderMap::new();
            headers.append("x-forwarded-for", HeaderValue::from_bytes(line).unwrap());
            let mut extensions = Extensions::new();
            extensions.insert(PeerAddress("10.0.0.9:4000".parse().unwrap()));
            client_address(&headers, &extensions, hops).map(|found| found.to_string())
        };
        let cases: [(&[u8], u8, &str); 8] = [
            (b"\xff\xfe, 1.1.1.1", 1, "1.1.1.1"),
            (b"x\xc3, 2.2.2.2, 1.1.1.1", 1, "1.1.1.1"),
            (b",,,, 1.1.1.1", 1, "1.1.1.1"),
            (b"\"1.2.3.4\", 1.1.1.1", 1, "1.1.1.1"),
            // What the proxy itself wrote cannot be read: its own address, and nobody's to the left of it.
            (b"6.6.6.6, \xff", 1, "10.0.0.9"),
            (b"6.6.6.6, unknown", 1, "10.0.0.9"),
            (b"6.6.6.6, ", 1, "10.0.0.9"),
            (b"6.6.6.6, 1.1.1.1 2.2.2.2", 1, "10.0.0.9"),
        ];
        for (line, hops, expected) in cases {
            assert_eq!(
                with_bytes(line, hops).as_deref(),
                Some(expected),
                "{}",
                line.escape_ascii()
            );
        }
    }

    #[test]
    fn one_client_is_one_network_however_it_is_spelt() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_eq!(of("::ffff:c000:201"), of("192.0.2.1"));
        assert_ne!(of("192.0.2.2"), of("192.0.2.1"));
        assert_eq!(of("2001:db8::1"), of("2001:DB8:0:0:ffff:ffff:ffff:ffff"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
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

//! The network a client is in: what is counted and remembered in place of single addresses.

use std::net::IpAddr;

/// The network of an address as text: a /24 of IPv4, a /56 of IPv6 (what one household or
/// office is usually given). `None` for what is no address.
pub fn network_of(address: &str) -> Option<String> {
    let address: IpAddr = address.parse().ok()?;
    Some(match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{:x}::/56", d & 0xff00)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_network_are_one() {
        for (address, network) in [
            ("192.0.2.1", "192.0.2.0/24"),
            ("192.0.2.255", "192.0.2.0/24"),
            ("192.0.3.1", "192.0.3.0/24"),
            ("::ffff:192.0.2.7", "192.0.2.0/24"),
            ("2001:db8:1:2ab::1", "2001:db8:1:200::/56"),
            ("2001:db8:1:2ff:ffff::1", "2001:db8:1:200::/56"),
            ("2001:db8:1:3ff::1", "2001:db8:1:300::/56"),
        ] {
            assert_eq!(network_of(address).as_deref(), Some(network), "{address}");
        }
        for nonsense in ["", "192.0.2", "192.0.2.1:80", "localhost"] {
            assert_eq!(network_of(nonsense), None, "{nonsense}");
        }
    }
}

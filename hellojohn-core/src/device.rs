//! Where users have signed in from: devices by what their browsers say of themselves, networks by
//! their addresses. Neither is proof of anything; both tell the familiar from the new.

use std::time::Duration;

use crate::{
    id::UserId, network::network_of, secret::SecretHash, session::ClientInfo, time::Timestamp,
};

/// How long a device or network is remembered after it was last seen.
pub const MEMORY: Duration = Duration::from_hours(720);

/// A device or a network a user has signed in from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Whose.
    pub user_id: UserId,
    /// By what it is found; different for every user.
    pub fingerprint: SecretHash,
    /// The network, if this is one.
    pub network: Option<String>,
    /// The device in words, if this is one.
    pub label: Option<String>,
    /// When it was seen first.
    pub created_at: Timestamp,
    /// When it was seen last.
    pub last_seen_at: Timestamp,
}

impl Device {
    /// What a sign-in from here is remembered by: the device, and the network where it is known.
    /// An embedding application that names neither leaves nothing.
    pub fn seen(user_id: UserId, client: &ClientInfo, now: Timestamp) -> Vec<Self> {
        let one = |kind: &str, text: &str| Self {
            user_id,
            fingerprint: SecretHash::of(format!("{kind} {user_id} {text}").as_bytes()),
            network: None,
            label: None,
            created_at: now,
            last_seen_at: now,
        };
        let network = client.ip_address.as_deref().and_then(network_of);
        let device = client.user_agent.as_deref().map(|agent| Self {
            label: Some(label(agent)),
            ..one("device", &without_versions(agent))
        });
        let network = network.map(|network| Self {
            network: Some(network.clone()),
            ..one("network", &network)
        });
        device.into_iter().chain(network).collect()
    }
}

/// Browsers and systems, in the order in which they are looked for: many name the others as well.
const BROWSERS: [(&str, &str); 7] = [
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
];
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

/// A device in words of ours, such as "Firefox on Windows": what a client says of itself is never
/// repeated to the reader of a mail.
pub fn label(user_agent: &str) -> String {
    let find = |known: &[(&str, &'static str)]| {
        let mut known = known.iter();
        known
            .find(|(mark, _)| user_agent.contains(mark))
            .map(|(_, word)| *word)
    };
    match (find(&BROWSERS), find(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "an unknown device".to_owned(),
    }
}

/// Browsers change their numbers every few weeks and stay the same browser.
fn without_versions(user_agent: &str) -> String {
    user_agent
        .chars()
        .filter(|c| !c.is_ascii_digit() && !".,_".contains(*c))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIREFOX: &str =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0";

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(seconds)
    }

    fn user(number: u8) -> UserId {
        UserId::new(at(1), [number; 10])
    }

    fn fingerprints(user_id: UserId, agent: &str, address: &str) -> Vec<SecretHash> {
        let client = ClientInfo::new(Some(address.to_owned()), Some(agent));
        let seen = Device::seen(user_id, &client, at(5));
        seen.into_iter().map(|device| device.fingerprint).collect()
    }

    #[test]
    fn an_update_of_a_browser_is_no_new_device() {
        let before = fingerprints(user(1), FIREFOX, "203.0.113.7");
        let newer = FIREFOX.replace("128.0", "129.0.1");
        assert_eq!(fingerprints(user(1), &newer, "203.0.113.8"), before);
        let other = FIREFOX.replace("Windows NT", "X11; Linux");
        let other = fingerprints(user(1), &other, "203.0.114.7");
        assert_ne!(other.first(), before.first());
        assert_ne!(other.last(), before.last());
    }

    #[test]
    fn nobody_can_tell_that_two_users_share_a_device() {
        let one = fingerprints(user(1), FIREFOX, "203.0.113.7");
        let two = fingerprints(user(2), FIREFOX, "203.0.113.7");
        assert!(one.iter().all(|print| !two.contains(print)));
    }

    #[test]
    fn who_says_nothing_leaves_nothing() {
        assert_eq!(Device::seen(user(1), &ClientInfo::default(), at(5)), []);
    }

    #[test]
    fn devices_are_named_in_our_words() {
        assert_eq!(label(FIREFOX), "Firefox on Windows");
        assert_eq!(label("curl/8.5.0"), "an unknown device");
        let edge = "Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0";
        assert_eq!(label(edge), "Edge on Windows");
        let hostile = "Click https://evil.example Firefox";
        assert_eq!(label(hostile), "Firefox");
    }
}

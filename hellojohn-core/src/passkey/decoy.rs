use super::Descriptor;
use crate::secret::mac;

/// Credentials as common authenticators make them: how long their ids are, and how they are reached.
const SHAPES: [(usize, &[&str]); 4] = [
    (16, &["hybrid", "internal"]),
    (20, &["hybrid", "internal"]),
    (32, &["internal"]),
    (64, &["usb"]),
];

/// The credentials an address without passkeys seems to have: always the same ones, one or two
/// as most people have, so that asking tells nobody who has an account (R017; WebAuthn L3 §14.6.2).
///
/// `whose` are the tenant and the address.
pub(crate) fn decoys(key: &[u8; 32], whose: &[&[u8]; 2]) -> Vec<Descriptor> {
    let seed = mac(
        key,
        &[&[b"passkey decoys".as_slice()], whose.as_slice()].concat(),
    );
    let [first, ..] = mac(&seed, &[b"count"]);
    let count = if first < 64 { 2 } else { 1 };
    (0..count)
        .filter_map(|n: u8| {
            let [pick, ..] = mac(&seed, &[b"shape", &[n]]);
            let (length, transports) = SHAPES.get(usize::from(pick) % SHAPES.len())?;
            let mut id = mac(&seed, &[b"id", &[n, 0]]).to_vec();
            id.extend_from_slice(&mac(&seed, &[b"id", &[n, 1]]));
            id.truncate(*length);
            Some(Descriptor {
                id,
                transports: transports.iter().map(|&name| name.to_owned()).collect(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R017.
    #[test]
    fn decoys_stay_the_same_and_belong_to_one_address_of_one_instance() {
        let of = |key: u8, address: &str| decoys(&[key; 32], &[b"tenant", address.as_bytes()]);
        assert_eq!(of(1, "ada@example.com"), of(1, "ada@example.com"));
        assert_ne!(of(1, "ada@example.com"), of(1, "bob@example.com"));
        assert_ne!(of(1, "ada@example.com"), of(2, "ada@example.com"));
    }

    #[test]
    fn one_address_in_four_seems_to_have_two() {
        let two = (0..1_000_u32)
            .filter(|n| decoys(&[7; 32], &[b"tenant", &n.to_be_bytes()]).len() == 2)
            .count();
        assert!((200..300).contains(&two), "{two}");
    }
}

//! Pages of long lists, and the signed cursors between them.

use data_encoding::BASE64URL_NOPAD;

use crate::{
    input::InputError,
    secret::{mac, same},
};

/// What a caller asks of a list.
#[derive(Clone, Debug)]
pub struct PageRequest {
    /// At most this many items, 1 to 100.
    pub limit: u32,
    /// Where to go on, as given with the page before.
    pub cursor: Option<String>,
    /// Whether to count all items.
    pub total: Total,
}

/// Whether a list is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Total {
    /// Count everything the filter matches.
    #[default]
    Counted,
    /// Leave the count out; cheaper.
    Omitted,
}

/// The number of items when none is asked for.
pub const DEFAULT_LIMIT: u32 = 20;
/// The largest page.
pub const LARGEST_LIMIT: u32 = 100;

impl Default for PageRequest {
    fn default() -> Self {
        Self {
            limit: DEFAULT_LIMIT,
            cursor: None,
            total: Total::Counted,
        }
    }
}

/// One page of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// How many items the filter matches, if they were counted.
    pub total: Option<u64>,
    /// Largest number of items asked for.
    pub limit: u32,
    /// Where to go on; none on the last page.
    pub next: Option<String>,
}

/// Which way a list runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Smallest first.
    Ascending,
    /// Largest first.
    #[default]
    Descending,
}

/// A window onto an ordered list, as storage understands it.
#[derive(Clone, Debug)]
pub struct Window {
    /// Which way.
    pub order: Order,
    /// Only what comes after this position.
    pub after: Option<Position>,
    /// At most this many rows.
    pub limit: u32,
}

/// The place of a row in an ordered list: its sort key and its id, which breaks ties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The sort key.
    pub key: SortKey,
    /// The row's id.
    pub id: String,
}

/// A value lists are ordered by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SortKey {
    /// Microseconds since the Unix epoch.
    Time(i64),
    /// Text, by code point.
    Text(String),
}

/// Turns positions into cursors and back. A cursor opens only for the list it was made
/// for: same tenant, same list, same order (R174).
#[derive(Clone, Debug)]
pub struct Cursors<'a> {
    key: &'a [u8; 32],
    list: String,
}

const TAG: usize = 16;

impl<'a> Cursors<'a> {
    /// Cursors of one list; `list` names tenant, list, filter and order.
    pub const fn new(key: &'a [u8; 32], list: String) -> Self {
        Self { key, list }
    }

    /// Writes a position as a cursor.
    pub fn write(&self, position: &Position) -> String {
        let (kind, value) = match &position.key {
            SortKey::Time(micros) => ('t', micros.to_string()),
            SortKey::Text(text) => ('s', text.clone()),
        };
        let body = format!("{kind}{}\n{value}", position.id);
        let mut bytes = self.tag(body.as_bytes()).to_vec();
        bytes.extend_from_slice(body.as_bytes());
        format!("cur_{}", BASE64URL_NOPAD.encode(&bytes))
    }

    /// Reads a cursor of this list.
    pub fn read(&self, cursor: &str) -> Result<Position, InputError> {
        self.open(cursor).ok_or(InputError::InvalidCursor)
    }

    fn open(&self, cursor: &str) -> Option<Position> {
        let text = cursor
            .strip_prefix("cur_")
            .filter(|text| text.len() <= 2_048)?;
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        let (tag, body) = bytes.split_at_checked(TAG)?;
        if !same(tag, &self.tag(body)) {
            return None;
        }
        let body = std::str::from_utf8(body).ok()?;
        let (head, value) = body.split_once('\n')?;
        let (kind, id) = head.split_at_checked(1)?;
        let key = match kind {
            "t" => SortKey::Time(value.parse().ok()?),
            _ => SortKey::Text(value.to_owned()),
        };
        Some(Position {
            key,
            id: id.to_owned(),
        })
    }

    fn tag(&self, body: &[u8]) -> [u8; TAG] {
        let full = mac(self.key, &[self.list.as_bytes(), body]);
        let mut tag = [0; TAG];
        tag.copy_from_slice(full.split_at(TAG).0);
        tag
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position() -> Position {
        Position {
            key: SortKey::Text("ada@example.com".to_owned()),
            id: "usr_1".to_owned(),
        }
    }

    #[test]
    fn a_cursor_opens_for_its_own_list_only() {
        let key = [3; 32];
        let cursors = Cursors::new(&key, "tnt_1 users email asc".to_owned());
        let cursor = cursors.write(&position());
        assert_eq!(cursors.read(&cursor).unwrap(), position());
        let other = Cursors::new(&key, "tnt_2 users email asc".to_owned());
        assert!(other.read(&cursor).is_err());
    }

    #[test]
    fn every_changed_or_missing_byte_is_noticed() {
        let key = [3; 32];
        let cursors = Cursors::new(&key, "list".to_owned());
        let cursor = cursors.write(&position());
        for at in 0..cursor.len() {
            let mut bytes = cursor.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            assert!(
                cursors.read(&String::from_utf8(bytes).unwrap()).is_err(),
                "byte {at}"
            );
            assert!(cursors.read(&cursor[..at]).is_err());
        }
        assert!(cursors.read("").is_err());
        assert!(cursors.read("cur_").is_err());
    }
}

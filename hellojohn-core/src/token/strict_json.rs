//! JSON objects from strangers: no duplicate names, bounded in size and depth (R066).
//!
//! `serde_json` keeps the last of two equal names and lets a struct be written as an
//! array; two readers of one token could then disagree about what it says.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor},
};

/// The deepest nesting that is read; the outermost object is the first level.
pub(crate) const MAX_DEPTH: usize = 16;

/// The text is not one JSON object within the limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a strict JSON object of the expected shape")]
pub(crate) struct NotStrictJson;

/// Reads one JSON object of at most `limit` bytes as a `T`.
pub(crate) fn parse<'a, T: Deserialize<'a>>(
    json: &'a [u8],
    limit: usize,
) -> Result<T, NotStrictJson> {
    if json.len() > limit || json.trim_ascii_start().first() != Some(&b'{') {
        return Err(NotStrictJson);
    }
    let mut reader = serde_json::Deserializer::from_slice(json);
    Node { levels: MAX_DEPTH }
        .deserialize(&mut reader)
        .map_err(|_| NotStrictJson)?;
    // This second pass also finds whatever follows the object.
    serde_json::from_slice(json).map_err(|_| NotStrictJson)
}

/// Walks one value without building it.
struct Node {
    levels: usize,
}

impl Node {
    fn descend<E: serde::de::Error>(&self) -> Result<usize, E> {
        self.levels
            .checked_sub(1)
            .ok_or_else(|| E::custom("nested too deep"))
    }
}

impl<'de> DeserializeSeed<'de> for Node {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let levels = self.descend()?;
        while items.next_element_seed(Node { levels })?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let levels = self.descend()?;
        let mut names: Vec<Cow<'de, str>> = Vec::new();
        while let Some(Name(name)) = members.next_key()? {
            names.push(name);
            members.next_value_seed(Node { levels })?;
        }
        // Sorted once at the end: a linear look-up per name would be quadratic in what strangers send.
        names.sort_unstable();
        if names.windows(2).any(|pair| pair.first() == pair.last()) {
            return Err(A::Error::custom("duplicate name"));
        }
        Ok(())
    }
}

/// A member's name, borrowed unless it was written with escapes.
struct Name<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(NameVisitor)
    }
}

struct NameVisitor;

impl<'de> Visitor<'de> for NameVisitor {
    type Value = Name<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member name")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Name<'de>, E> {
        Ok(Name(Cow::Borrowed(name)))
    }

    fn visit_str<E>(self, name: &str) -> Result<Name<'de>, E> {
        Ok(Name(Cow::Owned(name.to_owned())))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, Value};

    use super::*;

    fn read(json: &str) -> Result<Map<String, Value>, NotStrictJson> {
        parse(json.as_bytes(), 16 * 1024)
    }

    #[test]
    fn an_ordinary_object_is_read() {
        let object = read(r#" {"a":[1,-2,3.5,null,true,"x\n"],"b":{"a":1}} "#).unwrap();
        assert_eq!(object["b"]["a"], 1);
    }

    #[test]
    fn duplicate_names_are_refused_at_every_level_and_in_every_spelling() {
        for bad in [
            r#"{"a":1,"a":1}"#,
            r#"{"a":1,"b":2,"a":3}"#,
            r#"{"x":{"a":1,"a":2}}"#,
            r#"{"x":[[{"a":1,"a":2}]]}"#,
            r#"{"a":1,"\u0061":2}"#,
        ] {
            assert_eq!(read(bad), Err(NotStrictJson), "{bad}");
        }
    }

    #[test]
    fn sixteen_levels_are_read_and_seventeen_are_not() {
        let nested = |inner| format!(r#"{{"a":{}{}}}"#, "[".repeat(inner), "]".repeat(inner));
        assert!(read(&nested(MAX_DEPTH - 1)).is_ok());
        assert_eq!(read(&nested(MAX_DEPTH)), Err(NotStrictJson));
        assert_eq!(read(&nested(7_000)), Err(NotStrictJson));
    }

    #[test]
    fn anything_but_one_whole_object_is_refused() {
        for bad in [
            "",
            " ",
            "[]",
            "1",
            "null",
            r#""a""#,
            "{",
            "{}{}",
            "{} x",
            "{a:1}",
            "{\"a\":1,}",
        ] {
            assert_eq!(read(bad), Err(NotStrictJson), "{bad}");
        }
        assert!(parse::<Map<String, Value>>(b"{\"a\":\"\xff\"}", 100).is_err());
        assert!(parse::<Map<String, Value>>(b"{\"a\":1}", 6).is_err());
    }

    #[test]
    fn a_struct_written_as_an_array_is_refused() {
        #[derive(Debug, Deserialize)]
        struct Pair {
            #[expect(dead_code, reason = "only its shape matters")]
            a: u8,
        }
        assert!(parse::<Pair>(br#"{"a":1}"#, 100).is_ok());
        assert!(parse::<Pair>(b"[1]", 100).is_err());
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in r#"[\{\}\[\]",:a0\\u ]{0,64}"#) {
            let _ = read(&text);
        }
    }
}

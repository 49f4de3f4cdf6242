//! JSON text in one form, whichever database wrote it.
//!
//! PostgreSQL reorders the fields of JSONB and writes every digit of a number out; SQLite
//! keeps the text it was given. Both become the same here, and nothing is rounded.

use std::collections::BTreeMap;

/// The text is not JSON, or not such as both databases can keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not JSON that both databases can keep")]
pub struct InvalidJson;

/// The deepest nesting that is read.
const MAX_DEPTH: usize = 256;

/// The longest number in characters: as many digits as PostgreSQL keeps before the point and after it.
const MAX_NUMBER: usize = 147_456;

/// The one form of a JSON text: fields sorted, the last of two equal names, no spaces, numbers
/// without exponents and with the decimal places they had.
pub fn canonical(text: &str) -> Result<String, InvalidJson> {
    let mut parser = Parser { text, at: 0 };
    let value = parser.value(MAX_DEPTH)?;
    parser.skip_space();
    if parser.at == text.len() {
        Ok(value)
    } else {
        Err(InvalidJson)
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Parser<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    /// The next character that means something, without taking it.
    fn peek(&mut self) -> Option<u8> {
        self.skip_space();
        self.rest().as_bytes().first().copied()
    }

    /// Takes this character, or does nothing.
    fn take(&mut self, expected: u8) -> bool {
        let there = self.peek() == Some(expected);
        self.at += usize::from(there);
        there
    }

    fn value(&mut self, levels: usize) -> Result<String, InvalidJson> {
        let levels = levels.checked_sub(1).ok_or(InvalidJson)?;
        match self.peek().ok_or(InvalidJson)? {
            b'{' => self.object(levels),
            b'[' => self.array(levels),
            b'"' => written(&self.string()?),
            b'-' | b'0'..=b'9' => self.number(),
            _ => self.word(),
        }
    }

    fn object(&mut self, levels: usize) -> Result<String, InvalidJson> {
        let mut fields = BTreeMap::new();
        self.take(b'{');
        if !self.take(b'}') {
            loop {
                if self.peek() != Some(b'"') {
                    return Err(InvalidJson);
                }
                let name = self.string()?;
                if !self.take(b':') {
                    return Err(InvalidJson);
                }
                fields.insert(name, self.value(levels)?);
                if self.take(b'}') {
                    break;
                }
                if !self.take(b',') {
                    return Err(InvalidJson);
                }
            }
        }
        let fields: Result<Vec<String>, InvalidJson> = fields
            .into_iter()
            .map(|(name, value)| Ok(format!("{}:{value}", written(&name)?)))
            .collect();
        Ok(format!("{{{}}}", fields?.join(",")))
    }

    fn array(&mut self, levels: usize) -> Result<String, InvalidJson> {
        let mut items = Vec::new();
        self.take(b'[');
        if !self.take(b']') {
            loop {
                items.push(self.value(levels)?);
                if self.take(b']') {
                    break;
                }
                if !self.take(b',') {
                    return Err(InvalidJson);
                }
            }
        }
        Ok(format!("[{}]", items.join(",")))
    }

    fn string(&mut self) -> Result<String, InvalidJson> {
        let rest = self.rest();
        let mut escaped = false;
        let end = rest
            .bytes()
            .skip(1)
            .position(|byte| {
                let ends = byte == b'"' && !escaped;
                escaped = byte == b'\\' && !escaped;
                ends
            })
            .ok_or(InvalidJson)?;
        let quoted = rest.get(..end + 2).ok_or(InvalidJson)?;
        self.at += quoted.len();
        let text: String = serde_json::from_str(quoted).map_err(|_| InvalidJson)?;
        if text.contains('\0') {
            return Err(InvalidJson);
        }
        Ok(text)
    }

    fn word(&mut self) -> Result<String, InvalidJson> {
        let words = ["true", "false", "null"];
        let word = words
            .into_iter()
            .find(|word| self.rest().starts_with(word))
            .ok_or(InvalidJson)?;
        self.at += word.len();
        Ok(word.to_owned())
    }

    fn number(&mut self) -> Result<String, InvalidJson> {
        let rest = self.rest();
        let in_number = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E');
        let end = rest.find(|c| !in_number(c)).unwrap_or(rest.len());
        let text = rest.get(..end).ok_or(InvalidJson)?;
        self.at += end;
        number(text)
    }
}

fn written(text: &str) -> Result<String, InvalidJson> {
    serde_json::to_string(text).map_err(|_| InvalidJson)
}

/// RFC 8259 §6 in; out as PostgreSQL's `numeric` writes it.
fn number(text: &str) -> Result<String, InvalidJson> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let (mantissa, exponent) = text
        .split_once(['e', 'E'])
        .map_or((text, None), |(mantissa, exponent)| {
            (mantissa, Some(exponent))
        });
    let (whole, places) = mantissa
        .split_once('.')
        .map_or((mantissa, None), |(whole, places)| (whole, Some(places)));
    let digits_only = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let well_formed = digits_only(whole)
        && (whole.len() == 1 || !whole.starts_with('0'))
        && places.is_none_or(digits_only);
    if !well_formed {
        return Err(InvalidJson);
    }
    let exponent = exponent.map_or(Ok(0), read_exponent)?;
    let places = places.unwrap_or_default();
    let digits = format!("{whole}{places}");
    let point = i64::try_from(whole.len()).unwrap_or(i64::MAX) + exponent;
    let (before, after) = at_point(&digits, point)?;
    let before = before.trim_start_matches('0');
    let before = if before.is_empty() { "0" } else { before };
    let zero = digits.bytes().all(|digit| digit == b'0');
    let sign = if zero { "" } else { sign };
    if after.is_empty() {
        Ok(format!("{sign}{before}"))
    } else {
        Ok(format!("{sign}{before}.{after}"))
    }
}

fn read_exponent(text: &str) -> Result<i64, InvalidJson> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let well_formed = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if !well_formed {
        return Err(InvalidJson);
    }
    text.parse().map_err(|_| InvalidJson)
}

/// The digits before and after a point that may lie outside of them.
fn at_point(digits: &str, point: i64) -> Result<(String, String), InvalidJson> {
    let length = i64::try_from(digits.len()).unwrap_or(i64::MAX);
    let zeros = |count: i64| {
        let count = usize::try_from(count).unwrap_or(0);
        if count + digits.len() > MAX_NUMBER {
            return Err(InvalidJson);
        }
        Ok("0".repeat(count))
    };
    if point >= length {
        return Ok((format!("{digits}{}", zeros(point - length)?), String::new()));
    }
    if point <= 0 {
        let filled = format!("{}{digits}", zeros(point.saturating_neg())?);
        return Ok((String::new(), filled));
    }
    let at = usize::try_from(point).unwrap_or(digits.len());
    let (before, after) = digits.split_at_checked(at).ok_or(InvalidJson)?;
    Ok((before.to_owned(), after.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_databases_write_become_one_form() {
        for (one, other) in [
            (
                r#"{"b": 1, "aa": [true, null]}"#,
                r#"{"aa":[true,null],"b":1}"#,
            ),
            (r#"{"a":1,"a":2}"#, r#"{"a":2}"#),
            ("1e3", "1000"),
            ("1.50e1", "15.0"),
            ("1.5e-7", "0.00000015"),
            ("-0", "0"),
            ("-0.0", "0.0"),
            ("0e400", "0"),
            (r#""\u00e9\/""#, r#""é/""#),
            (" [ ] ", "[]"),
            ("{}", "{}"),
        ] {
            assert_eq!(canonical(one).as_deref(), Ok(other), "{one}");
            assert_eq!(canonical(other).as_deref(), Ok(other), "{other}");
        }
    }

    #[test]
    fn no_digit_is_lost() {
        for exact in [
            "12345678901234567890123456789",
            "0.1000000000000000055511151231257827",
            "1.0",
            "-1.10",
        ] {
            assert_eq!(canonical(exact).as_deref(), Ok(exact));
        }
        let large = canonical("1e300").unwrap();
        assert_eq!(large.len(), 301);
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for bad in [
            "",
            "{",
            "[1,]",
            "{\"a\"}",
            "{a:1}",
            "01",
            "1.",
            ".5",
            "+1",
            "1e",
            "--1",
            "tru",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"a",
            "1 2",
            "1e999999999",
            "nullx",
            "1e-999999999",
        ] {
            assert!(canonical(bad).is_err(), "{bad}");
        }
        let deep = format!("{}{}", "[".repeat(300), "]".repeat(300));
        assert!(canonical(&deep).is_err());
    }
}

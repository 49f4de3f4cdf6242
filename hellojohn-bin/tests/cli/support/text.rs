use data_encoding::BASE64URL_NOPAD;
use serde_json::Value;

/// A text whose times and durations are always the same.
pub(crate) fn normalised(text: &str) -> String {
    let mut normal = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = date_and_time(rest) {
            normal.push_str("YYYY-MM-DD HH:MM:SS");
            rest = after;
        } else if let Some(after) = milliseconds(rest) {
            normal.push_str("(0ms)");
            rest = after;
        } else {
            normal.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    normal
}

fn date_and_time(text: &str) -> Option<&str> {
    let (found, after) = text.split_at_checked(19)?;
    let shape: String = found
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    (shape == "0000-00-00 00:00:00").then_some(after)
}

fn milliseconds(text: &str) -> Option<&str> {
    let digits = text.strip_prefix('(')?;
    digits
        .trim_start_matches(|c: char| c.is_ascii_digit())
        .strip_prefix("ms)")
}

/// Which key signed a token.
pub(crate) fn tell_kid(token: &str) -> String {
    let head = token.split('.').next().unwrap();
    let head = BASE64URL_NOPAD.decode(head.as_bytes()).unwrap();
    let head: Value = serde_json::from_slice(&head).unwrap();
    head["kid"].as_str().unwrap().to_owned()
}

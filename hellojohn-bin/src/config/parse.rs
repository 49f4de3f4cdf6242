//! Readers of single values. Their errors describe what is wanted and never repeat what was given.

use std::{fmt::Display, ops::RangeInclusive, str::FromStr, time::Duration};

use hellojohn_core::time::{format_span, parse_span};

/// `15m`, `30d`, `90`, within limits.
pub(super) fn span(
    limits: RangeInclusive<Duration>,
) -> impl FnOnce(&str) -> Result<Duration, String> {
    move |text| {
        parse_span(text)
            .filter(|span| limits.contains(span))
            .ok_or_else(|| {
                format!(
                    "not a duration such as 90s, 15m or 30d between {} and {}",
                    format_span(*limits.start()),
                    format_span(*limits.end())
                )
            })
    }
}

/// A whole number within limits.
pub(super) fn number<N>(limits: RangeInclusive<N>) -> impl FnOnce(&str) -> Result<N, String>
where
    N: FromStr + PartialOrd + Display,
{
    move |text| {
        text.parse()
            .ok()
            .filter(|number| limits.contains(number))
            .ok_or_else(|| {
                format!(
                    "not a number between {} and {}",
                    limits.start(),
                    limits.end()
                )
            })
    }
}

/// `true` or `false`, and the usual other words for them.
pub(super) fn flag(text: &str) -> Result<bool, String> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Ok(true),
        "false" | "0" | "no" | "off" => Ok(false),
        _ => Err("neither true nor false".to_owned()),
    }
}

/// One of some words.
pub(super) fn word<T: Copy>(words: &[(&str, T)]) -> impl FnOnce(&str) -> Result<T, String> {
    move |text| {
        words
            .iter()
            .find(|(word, _)| word.eq_ignore_ascii_case(text))
            .map(|&(_, meaning)| meaning)
            .ok_or_else(|| {
                let known: Vec<&str> = words.iter().map(|&(word, _)| word).collect();
                format!("not one of {}", known.join(", "))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_hold_and_values_are_not_repeated() {
        let limits = || Duration::from_mins(1)..=Duration::from_hours(1);
        assert_eq!(span(limits())("15m"), Ok(Duration::from_mins(15)));
        for bad in ["59", "2h", "hunter2", ""] {
            let why = span(limits())(bad).unwrap_err();
            assert!(bad.is_empty() || !why.contains(bad), "{why}");
        }
        assert_eq!(number(1..=3)("2"), Ok(2));
        assert!(number(1..=3)("4").is_err());
        assert_eq!(flag("ON"), Ok(true));
        assert!(flag("maybe").is_err());
        assert_eq!(word(&[("json", 1)])("JSON"), Ok(1));
        assert!(word(&[("json", 1)])("xml").is_err());
    }
}

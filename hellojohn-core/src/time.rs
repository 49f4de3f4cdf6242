//! Points in time and spans, in the one unit both databases keep: microseconds.

use std::{
    fmt,
    ops::{Add, Sub},
    str::FromStr,
    time::Duration,
};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// A point in time: whole microseconds since the Unix epoch, UTC.
///
/// Written as RFC 3339 with up to six fractional digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// The text is not an RFC 3339 date and time.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("not an RFC 3339 date and time")]
pub struct InvalidTimestamp;

/// 9999-12-31T23:59:59Z, the last moment RFC 3339 can write.
const LAST_SECOND: i64 = 253_402_300_799;

impl Timestamp {
    /// From microseconds since the Unix epoch.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// From seconds since the Unix epoch; saturates at the ends of the range.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1_000_000))
    }

    /// Microseconds since the Unix epoch.
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// Milliseconds since the Unix epoch, rounded down.
    pub const fn as_millis(self) -> i64 {
        self.0.div_euclid(1_000)
    }

    /// Seconds since the Unix epoch, rounded down: the `NumericDate` of RFC 7519 §2.
    pub const fn as_seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// How long after `earlier` this is; zero if it is not.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

impl Add<Duration> for Timestamp {
    type Output = Self;

    fn add(self, span: Duration) -> Self {
        let micros = i64::try_from(span.as_micros()).unwrap_or(i64::MAX);
        Self(self.0.saturating_add(micros))
    }
}

impl Sub<Duration> for Timestamp {
    type Output = Self;

    fn sub(self, span: Duration) -> Self {
        let micros = i64::try_from(span.as_micros()).unwrap_or(i64::MAX);
        Self(self.0.saturating_sub(micros))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let clamped = self.0.clamp(0, LAST_SECOND * 1_000_000);
        let text = OffsetDateTime::from_unix_timestamp_nanos(i128::from(clamped) * 1_000)
            .ok()
            .and_then(|at| at.format(&Rfc3339).ok())
            .ok_or(fmt::Error)?;
        f.write_str(&text)
    }
}

impl FromStr for Timestamp {
    type Err = InvalidTimestamp;

    fn from_str(text: &str) -> Result<Self, InvalidTimestamp> {
        let at = OffsetDateTime::parse(text, &Rfc3339).map_err(|_| InvalidTimestamp)?;
        i64::try_from(at.unix_timestamp_nanos().div_euclid(1_000))
            .map(Self)
            .map_err(|_| InvalidTimestamp)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A span read from configuration: `15m`, `30d`, `1y`, `90` or `"90"` (seconds).
///
/// Suffixes are `s`, `m`, `h`, `d`, `w` and `y` (365 days); no suffix means seconds.
pub fn parse_span(text: &str) -> Option<Duration> {
    let text = text.trim();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match &text.get(digits.len()..)? {
        &"" | &"s" => 1,
        &"m" => 60,
        &"h" => 3_600,
        &"d" => 86_400,
        &"w" => 604_800,
        &"y" => 31_536_000,
        _ => return None,
    };
    let count: u64 = digits.parse().ok()?;
    count.checked_mul(unit).map(Duration::from_secs)
}

/// Writes a span in the largest unit that keeps it whole: `15m`, `30d`, `90s`.
pub fn format_span(span: Duration) -> String {
    let seconds = span.as_secs();
    let units = [(86_400, "d"), (3_600, "h"), (60, "m")];
    for (size, name) in units {
        if seconds > 0 && seconds.is_multiple_of(size) {
            return format!("{}{name}", seconds / size);
        }
    }
    format!("{seconds}s")
}

/// A configured span: reads `"15m"` or `900`, writes `"15m"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span(pub Duration);

impl Span {
    /// A span of whole seconds.
    pub const fn seconds(seconds: u64) -> Self {
        Self(Duration::from_secs(seconds))
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format_span(self.0))
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Form {
            Seconds(u64),
            Text(String),
        }
        match Form::deserialize(deserializer)? {
            Form::Seconds(seconds) => Some(Duration::from_secs(seconds)),
            Form::Text(text) => parse_span(&text),
        }
        .map(Self)
        .ok_or_else(|| serde::de::Error::custom("expected a duration such as \"15m\" or seconds"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timestamp_reads_back_what_it_wrote() {
        let at = Timestamp::from_micros(1_700_000_000_123_456);
        assert_eq!(at.to_string(), "2023-11-14T22:13:20.123456Z");
        assert_eq!(at.to_string().parse::<Timestamp>().unwrap(), at);
    }

    #[test]
    fn an_offset_is_converted_to_utc() {
        let at: Timestamp = "1970-01-01T02:00:00+02:00".parse().unwrap();
        assert_eq!(at.as_micros(), 0);
    }

    #[test]
    fn spans_take_every_documented_form_and_nothing_else() {
        let seconds = |text| parse_span(text).map(|span| span.as_secs());
        assert_eq!(seconds("900"), Some(900));
        assert_eq!(seconds("15m"), Some(900));
        assert_eq!(seconds("720h"), Some(2_592_000));
        assert_eq!(seconds("1y"), Some(31_536_000));
        for bad in ["", "m", "-1s", "1.5h", "1x", "99999999999999999999s"] {
            assert_eq!(seconds(bad), None, "{bad}");
        }
        assert_eq!(format_span(Duration::from_mins(15)), "15m");
        assert_eq!(format_span(Duration::from_hours(720)), "30d");
        assert_eq!(format_span(Duration::from_secs(61)), "61s");
    }
}

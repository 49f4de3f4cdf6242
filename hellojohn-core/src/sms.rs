//! Text messages cost money and go to whoever holds a number: where they may go, and how many (R129).

use std::time::Duration;

use crate::{Engine, Error, store::UnitOfWork};

/// What bounds text messages. Part of [`Settings`](crate::settings::Settings).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmsLimits {
    /// The calling codes messages may go to, digits only, such as `49`; empty allows every country.
    pub countries: Vec<String>,
    /// The most messages one tenant may queue within an hour.
    pub hourly: u64,
}

impl Default for SmsLimits {
    /// Every country, 100 an hour.
    fn default() -> Self {
        Self {
            countries: Vec::new(),
            hourly: 100,
        }
    }
}

impl SmsLimits {
    /// Whether messages may go to a number (E.164).
    pub fn allows(&self, number: &str) -> bool {
        let digits = number.strip_prefix('+').unwrap_or_default();
        let mut codes = self.countries.iter();
        self.countries.is_empty() || codes.any(|code| digits.starts_with(code.as_str()))
    }
}

/// Why a text message is not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SmsRefusal {
    /// No message goes to this country.
    #[error("text messages to this country are not possible")]
    CountryNotAllowed,
    /// The tenant has sent all it may within an hour.
    #[error("no more text messages can be sent for now")]
    LimitReached,
}

impl SmsRefusal {
    /// The stable code of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::CountryNotAllowed => "phone_country_not_allowed",
            Self::LimitReached => "sms_limit_reached",
        }
    }
}

impl Engine {
    /// Refuses a message to a number before it is queued; counts exactly, however many are queued at once.
    pub(crate) async fn require_sms_allowed(
        &self,
        unit: &mut dyn UnitOfWork,
        number: &str,
    ) -> Result<(), Error> {
        let limits = &self.settings().sms;
        if !limits.allows(number) {
            return Err(SmsRefusal::CountryNotAllowed.into());
        }
        let since = self.now() - Duration::from_hours(1);
        if unit.sms_queued_since(since).await? >= limits.hourly {
            return Err(SmsRefusal::LimitReached.into());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_held_against_calling_codes() {
        let mut limits = SmsLimits::default();
        assert!(limits.allows("+491512345678"));
        limits.countries = vec!["49".to_owned(), "1212".to_owned()];
        for (number, expected) in [
            ("+491512345678", true),
            ("+12125550100", true),
            ("+18765550100", false),
            ("+4412345678", false),
            ("491512345678", false),
            ("", false),
        ] {
            assert_eq!(limits.allows(number), expected, "{number}");
        }
    }
}

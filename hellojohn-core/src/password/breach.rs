//! Whether a password is in a list of breached ones, without telling the list which it is.

use data_encoding::HEXUPPER;
use secrecy::{ExposeSecret as _, SecretString};
use sha1::{Digest as _, Sha1};
use zeroize::Zeroizing;

use super::text::nfc;
use crate::ports::BreachRange;

/// How many hexadecimal digits of the SHA-1 the list is shown.
const PREFIX_LENGTH: usize = 5;

/// Asks a list of breached passwords by range (k-anonymity); true from `threshold` sightings on.
///
/// If the list does not answer, the password counts as not breached: a third
/// party's outage must not stop sign-ups.
pub async fn is_breached(list: &dyn BreachRange, password: &SecretString, threshold: u32) -> bool {
    let digest = Sha1::digest(nfc(password.expose_secret()).as_bytes());
    let digits = Zeroizing::new(HEXUPPER.encode(&digest));
    let Some((prefix, suffix)) = digits.split_at_checked(PREFIX_LENGTH) else {
        return false;
    };
    match list.range(prefix).await {
        Ok(lines) => sightings(&lines, suffix) >= u64::from(threshold.max(1)),
        Err(error) => {
            tracing::warn!(error = %error, "password breach check skipped");
            false
        }
    }
}

/// Reads `SUFFIX:COUNT` lines; padding has the count 0, and what is malformed is passed over.
fn sightings(lines: &str, suffix: &str) -> u64 {
    lines
        .lines()
        .filter_map(|line| line.trim().split_once(':'))
        .filter(|(listed, _)| listed.eq_ignore_ascii_case(suffix))
        .filter_map(|(_, count)| count.parse().ok())
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use async_trait::async_trait;

    use super::*;
    use crate::ports::BreachListUnreachable;

    /// SHA-1 of "password": 5BAA6 1E4C9B93F3F0682250B6CF8331B7EE68FD8.
    const SUFFIX: &str = "1E4C9B93F3F0682250B6CF8331B7EE68FD8";

    struct Answer(Option<String>);

    #[async_trait]
    impl BreachRange for Answer {
        async fn range(&self, prefix: &str) -> Result<String, BreachListUnreachable> {
            assert_eq!(prefix, "5BAA6");
            self.0.clone().ok_or(BreachListUnreachable(None))
        }
    }

    async fn breached(answer: Option<String>, threshold: u32) -> bool {
        is_breached(&Answer(answer), &SecretString::from("password"), threshold).await
    }

    #[tokio::test]
    async fn the_count_decides() {
        let lines = format!("0018A45C4D1DEF81644B54AB7F969B88D65:10\r\n{SUFFIX}:3\r\n");
        assert!(breached(Some(lines.clone()), 1).await);
        assert!(breached(Some(lines.clone()), 3).await);
        assert!(!breached(Some(lines.clone()), 4).await);
        assert!(breached(Some(lines.to_lowercase()), 3).await);
        assert!(!breached(Some(lines.replace("1E4C", "1E4D")), 1).await);
    }

    #[tokio::test]
    async fn padding_and_nonsense_are_passed_over() {
        assert!(!breached(Some(format!("{SUFFIX}:0")), 1).await);
        assert!(!breached(Some(format!("{SUFFIX}:0")), 0).await);
        for nonsense in ["", ":", "\n\n", SUFFIX, "<html>", "1:2:3"] {
            assert!(!breached(Some(nonsense.into()), 1).await, "{nonsense}");
            assert!(
                breached(Some(format!("{nonsense}\n{SUFFIX}:7")), 1).await,
                "{nonsense}"
            );
        }
        for count in ["-1", "x", "", "99999999999999999999999"] {
            assert!(
                !breached(Some(format!("{SUFFIX}:{count}")), 1).await,
                "{count}"
            );
        }
    }

    #[tokio::test]
    async fn an_unreachable_list_lets_the_password_pass() {
        assert!(!breached(None, 1).await);
    }
}

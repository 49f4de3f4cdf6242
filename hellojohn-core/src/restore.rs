//! What a restored backup must not bring back: the epochs of an instance (R200).
//!
//! A backup holds the sessions and tokens of its time. Restoring it opens a new epoch, which
//! says what becomes of them. Whatever is good for one use and made to be kept by a client
//! hangs on the epoch it was made in: number *and* moment, because a backup made before the
//! last epoch brings its number back.

use std::{fmt, str::FromStr};

use crate::{store::StoreError, time::Timestamp};

/// The setting that holds the epoch; absent before the first restore.
pub const SETTING: &str = "restore_epoch";

/// The table that marks rows of a backup whose epoch was not opened yet.
pub const PENDING_TABLE: &str = "hj_restore_pending";

/// One life of an instance, from one restore to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RestoreEpoch {
    /// How many there were before it in the history of these rows.
    pub number: u64,
    /// When it was opened; none before the first restore.
    pub opened: Option<Opened>,
}

/// How an epoch began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
    /// When.
    pub at: Timestamp,
    /// What became of the sessions of before.
    pub sessions: SessionsAfterRestore,
}

impl RestoreEpoch {
    /// Before the first restore.
    pub const FIRST: Self = Self {
        number: 0,
        opened: None,
    };

    /// The epoch as the setting tells it; [`Self::FIRST`] if there is none, an error if it is no epoch.
    pub fn of_setting(text: Option<&str>) -> Result<Self, StoreError> {
        text.map_or(Ok(Self::FIRST), |text| {
            text.parse()
                .map_err(|()| StoreError::Corrupt(format!("setting {SETTING}")))
        })
    }

    /// The epoch after this one.
    pub(crate) const fn next(self, opened: Opened) -> Self {
        Self {
            number: self.number.saturating_add(1),
            opened: Some(opened),
        }
    }

    /// From when the sessions of a backup go on; none unless they were kept.
    pub fn sessions_kept_at(&self) -> Option<Timestamp> {
        self.opened
            .filter(|opened| opened.sessions == SessionsAfterRestore::Keep)
            .map(|opened| opened.at)
    }
}

impl fmt::Display for RestoreEpoch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.number)?;
        match self.opened {
            Some(Opened { at, sessions }) => write!(f, " {at} {}", sessions.as_str()),
            None => Ok(()),
        }
    }
}

impl FromStr for RestoreEpoch {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut words = text.split(' ');
        let mut next = || words.next().ok_or(());
        let epoch = Self {
            number: next()?.parse().map_err(|_| ())?,
            opened: Some(Opened {
                at: next()?.parse().map_err(|_| ())?,
                sessions: next()?.parse()?,
            }),
        };
        words.next().is_none().then_some(epoch).ok_or(())
    }
}

/// What becomes of the sessions a backup brings back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SessionsAfterRestore {
    /// They end: everybody signs in again. Nothing revoked since the backup comes back.
    #[default]
    Invalidate,
    /// They go on, those revoked since the backup too.
    Keep,
}

impl SessionsAfterRestore {
    /// The word used on the command line and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invalidate => "invalidate",
            Self::Keep => "keep",
        }
    }
}

impl FromStr for SessionsAfterRestore {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Invalidate, Self::Keep]
            .into_iter()
            .find(|choice| choice.as_str() == text)
            .ok_or(())
    }
}

/// Why a restored database is not used.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RestoreError {
    /// Rows of a backup are there, and nobody has said what becomes of its sessions.
    #[error("this database is being restored and its epoch has not been opened")]
    Pending,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_epoch_is_written_as_it_is_read() {
        let at = Timestamp::from_micros(1_800_000_000_123_456);
        for sessions in [SessionsAfterRestore::Invalidate, SessionsAfterRestore::Keep] {
            let epoch = RestoreEpoch::FIRST.next(Opened { at, sessions });
            let text = epoch.to_string();
            assert_eq!(text.parse(), Ok(epoch), "{text}");
            assert_eq!(
                epoch.sessions_kept_at(),
                (sessions == SessionsAfterRestore::Keep).then_some(at)
            );
        }
        assert_eq!(
            RestoreEpoch::FIRST
                .next(Opened {
                    at,
                    sessions: SessionsAfterRestore::Keep
                })
                .to_string(),
            "1 2027-01-15T08:00:00.123456Z keep"
        );
    }

    #[test]
    fn anything_else_is_no_epoch() {
        assert!(matches!(
            RestoreEpoch::of_setting(None),
            Ok(RestoreEpoch::FIRST)
        ));
        for text in [
            "",
            "1",
            "1 2027-01-15T08:00:00Z",
            "1 2027-01-15T08:00:00Z perhaps",
            "-1 2027-01-15T08:00:00Z keep",
            "1 yesterday keep",
            "1 2027-01-15T08:00:00Z keep more",
        ] {
            assert!(RestoreEpoch::of_setting(Some(text)).is_err(), "{text}");
        }
    }
}

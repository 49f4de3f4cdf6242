use std::{pin::pin, time::Duration};

use hellojohn_core::store::StoreError;
use tokio::time::{Instant, error::Elapsed, sleep, sleep_until, timeout};

use super::{Blocker, Stop, blocker};
use crate::conn::{Direct, Target};

/// Work that somebody had an eye on.
pub(super) struct Watched<T> {
    pub(super) outcome: T,
    /// Why it was cut short, if it was.
    pub(super) cut: Option<Cut>,
    /// Who was in the way when it was last seen waiting.
    pub(super) blockers: Vec<Blocker>,
}

/// Why work was cut short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// Its time was over.
    Late,
    /// Somebody asked to stop.
    Stopped,
}

/// From where the work can be seen, and ended.
pub(super) struct Eyes<'t> {
    target: &'t Target,
    process: Option<i64>,
    conn: Option<Direct>,
}

const LOOK: Duration = Duration::from_millis(250);

/// How long a look may take: while it is under way nobody minds the work and its time.
const PATIENCE: Duration = Duration::from_secs(2);

/// Does the work, looks from time to time who keeps it waiting, and cancels what runs for it in
/// the database when its time is over or somebody asks to stop. Always waits until it has ended.
pub(super) async fn watched<T>(
    work: impl Future<Output = T>,
    mut eyes: Eyes<'_>,
    left: Duration,
    stop: &Stop,
) -> Watched<T> {
    let deadline = Instant::now() + left;
    // Once before the end even of a short time.
    let mut pause = LOOK.min(left / 3);
    let mut work = pin!(work);
    let mut cut = None;
    let mut blockers = Vec::new();
    loop {
        tokio::select! {
            biased;
            outcome = &mut work => return Watched { outcome, cut, blockers },
            () = stop.requested(), if cut.is_none() => {
                cut = Some(Cut::Stopped);
                eyes.cancel().await;
            }
            () = sleep_until(deadline), if cut.is_none() => {
                cut = Some(Cut::Late);
                eyes.cancel().await;
            }
            () = sleep(pause) => {
                if cut.is_some() {
                    // The first request may have come between two statements.
                    eyes.cancel().await;
                } else {
                    let seen = eyes.look().await;
                    if !seen.is_empty() {
                        blockers = seen;
                    }
                }
                pause = LOOK;
            }
        }
    }
}

impl<'t> Eyes<'t> {
    pub(super) const fn new(target: &'t Target, process: Option<i64>) -> Self {
        Self {
            target,
            process,
            conn: None,
        }
    }

    /// Who keeps the work waiting; nobody if that cannot be told soon.
    async fn look(&mut self) -> Vec<Blocker> {
        let seen = timeout(PATIENCE, self.blockers()).await;
        self.kept(seen).unwrap_or_default()
    }

    /// Asks the database to end the work; if it cannot, the server's own limit does.
    async fn cancel(&mut self) {
        let asked = timeout(PATIENCE, self.ask_to_cancel()).await;
        self.kept(asked);
    }

    /// What was answered. After an error, or none in time, the connection is of no more use.
    fn kept<T>(&mut self, answer: Result<Result<T, StoreError>, Elapsed>) -> Option<T> {
        if let Ok(Ok(answer)) = answer {
            return Some(answer);
        }
        self.conn = None;
        None
    }

    async fn blockers(&mut self) -> Result<Vec<Blocker>, StoreError> {
        let Some(process) = self.process else {
            return Ok(Vec::new());
        };
        blocker::blocking(self.conn().await?, process).await
    }

    async fn ask_to_cancel(&mut self) -> Result<(), StoreError> {
        let Some(process) = self.process else {
            return Ok(());
        };
        let cancel = format!("SELECT pg_cancel_backend({process})");
        self.conn().await?.ask(&cancel).await.map(drop)
    }

    /// A connection of its own: an error in the one that holds the lock would lose it.
    async fn conn(&mut self) -> Result<&mut Direct, StoreError> {
        let conn = match self.conn.take() {
            Some(conn) => conn,
            None => Direct::open(self.target).await?,
        };
        Ok(self.conn.insert(conn))
    }
}

use std::pin::pin;

use hellojohn_storage::{MigrationError, Stop};

use crate::{
    failure::{Exit, Failure},
    output::note,
    shutdown::Signals,
};

/// Does the work; the first signal asks it to stop, which undoes what is under way, the second ends at once.
pub(super) async fn stoppable<T>(
    stop: Stop,
    work: impl Future<Output = Result<T, MigrationError>>,
) -> Result<Result<T, MigrationError>, Failure> {
    let mut signals = Signals::listen()?;
    let mut work = pin!(work);
    let mut asked = false;
    loop {
        tokio::select! {
            done = &mut work => return Ok(done),
            () = signals.next() => {}
        }
        if asked {
            return Err(Failure::new(
                Exit::Interrupted,
                "stopped at once by a second signal; what was under way is undone by the database",
            ));
        }
        asked = true;
        note("Stopping: what is under way is undone");
        stop.request();
    }
}

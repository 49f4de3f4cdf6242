//! The workers that send queued messages, beside the server.

use std::{sync::Arc, time::Duration};

use hellojohn_core::{Engine, access::Operator};
use tokio::{
    sync::{Notify, watch},
    task::JoinHandle,
    time::{Instant, sleep, timeout},
};

use crate::{failure::chain, metrics::MessageMeters};

/// How many messages are on their way at once.
const WORKERS: usize = 8;
/// How often somebody looks whether a message is due.
const EVERY: Duration = Duration::from_secs(1);
/// How long they wait when the database does not answer.
const AFTER_FAILURE: Duration = Duration::from_secs(5);
/// How often waiting and dead messages are counted.
const COUNT_EVERY: Duration = Duration::from_secs(15);

/// Workers that run.
pub(crate) struct MailWorkers {
    stop: watch::Sender<Standing>,
    tasks: Vec<JoinHandle<()>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Working,
    Stopping,
}

impl MailWorkers {
    /// Starts them. One looks every second and wakes the others when there is more to do.
    pub(crate) fn start(engine: &Engine) -> Self {
        let (stop, stopped) = watch::channel(Standing::Working);
        let more = Arc::new(Notify::new());
        let mut tasks = vec![tokio::spawn(look(
            engine.clone(),
            stopped.clone(),
            Arc::clone(&more),
        ))];
        for _ in 1..WORKERS {
            let (engine, stopped) = (engine.clone(), stopped.clone());
            tasks.push(tokio::spawn(help(engine, stopped, Arc::clone(&more))));
        }
        Self { stop, tasks }
    }

    /// Takes on nothing more, and waits for what is on its way, but not for ever: whatever is
    /// cut off is sent by another instance or at the next start.
    pub(crate) async fn drain(self, grace: Duration) {
        let _ = self.stop.send(Standing::Stopping);
        let until = Instant::now() + grace;
        for mut task in self.tasks {
            let left = until.saturating_duration_since(Instant::now());
            if timeout(left, &mut task).await.is_err() {
                task.abort();
            }
        }
    }
}

async fn look(engine: Engine, mut stopped: watch::Receiver<Standing>, more: Arc<Notify>) {
    let meters = MessageMeters::register();
    let mut counted_at: Option<Instant> = None;
    let mut failing = false;
    while *stopped.borrow() == Standing::Working {
        if counted_at.is_none_or(|at| at.elapsed() >= COUNT_EVERY) {
            counted_at = Some(Instant::now());
            if let Ok(counts) = engine.message_counts(&Operator::local()).await {
                meters.show(counts);
            }
        }
        let pause = match engine.deliver_messages(1).await {
            Ok(delivered) if delivered.is_idle() => {
                failing = false;
                EVERY
            }
            Ok(_) => {
                failing = false;
                more.notify_waiters();
                continue;
            }
            Err(error) => {
                if !failing {
                    tracing::warn!(error = %chain(&error), "messages cannot be sent now");
                }
                failing = true;
                AFTER_FAILURE
            }
        };
        tokio::select! {
            () = sleep(pause) => {}
            _ = stopped.changed() => {}
        }
    }
}

async fn help(engine: Engine, mut stopped: watch::Receiver<Standing>, more: Arc<Notify>) {
    while *stopped.borrow() == Standing::Working {
        tokio::select! {
            () = more.notified() => {}
            _ = stopped.changed() => return,
        }
        while *stopped.borrow() == Standing::Working {
            // What fails here fails for the one who looks, too, who tells.
            match engine.deliver_messages(1).await {
                Ok(delivered) if !delivered.is_idle() => more.notify_waiters(),
                _ => break,
            }
        }
    }
}

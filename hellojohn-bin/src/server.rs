//! The listener: accepts connections, bounds them (R187, R188), and lets them finish.

mod connection;
mod front;
mod limits;
mod pace;

use std::{
    io::{self, Write as _},
    net::SocketAddr,
    sync::Arc,
    time::Duration,
};

use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    task::JoinHandle,
    time::{Instant, sleep, timeout},
};

use self::connection::Connections;
pub(crate) use self::front::Front;

/// A server that accepts connections.
pub(crate) struct Server {
    accepting: JoinHandle<()>,
    closing: watch::Sender<bool>,
    permits: Arc<Semaphore>,
    capacity: u32,
}

/// Whether everything finished in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Drained {
    /// Every connection was closed in order.
    Whole,
    /// So many connections were cut off.
    CutOff(usize),
}

impl Server {
    /// Serves `front` on a listener; `most` is the number of connections at once.
    pub(crate) fn start(listener: TcpListener, front: Arc<Front>, most: Option<usize>) -> Self {
        let capacity = u32::try_from(most.unwrap_or_else(limits::connections)).unwrap_or(u32::MAX);
        let permits = Arc::new(Semaphore::new(
            usize::try_from(capacity).unwrap_or(usize::MAX),
        ));
        let (closing, closed) = watch::channel(false);
        let connections = Connections::new(front, closed);
        let accepting = tokio::spawn(accept(listener, connections, Arc::clone(&permits)));
        Self {
            accepting,
            closing,
            permits,
            capacity,
        }
    }

    /// Accepts no more, and gives requests under way until `grace` is over.
    pub(crate) async fn drain(self, grace: Duration) -> Drained {
        self.accepting.abort();
        // The listener is closed when its task is gone.
        let _ = self.accepting.await;
        self.closing.send_replace(true);
        if timeout(grace, self.permits.acquire_many(self.capacity))
            .await
            .is_ok()
        {
            return Drained::Whole;
        }
        let all = usize::try_from(self.capacity).unwrap_or(usize::MAX);
        Drained::CutOff(all.saturating_sub(self.permits.available_permits()))
    }
}

async fn accept(listener: TcpListener, connections: Connections, permits: Arc<Semaphore>) {
    let mut complained: Option<Instant> = None;
    let mut complain = |text: &str, error: Option<&io::Error>| {
        if complained.is_none_or(|at| at.elapsed() > COMPLAIN_EVERY) {
            complained = Some(Instant::now());
            tracing::warn!(error = error.map(tracing::field::display), "{text}");
        }
    };
    loop {
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file descriptors, or the peer has gone: nothing another try could not mend.
                if !is_of_one_connection(&error) {
                    complain("no connection can be accepted", Some(&error));
                    sleep(PAUSE).await;
                }
                continue;
            }
        };
        if let Ok(permit) = Arc::clone(&permits).try_acquire_owned() {
            serve(&connections, stream, peer, permit);
        } else {
            complain("too many connections; new ones are refused", None);
            refuse(stream);
        }
    }
}

const COMPLAIN_EVERY: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(50);

fn serve(
    connections: &Connections,
    stream: TcpStream,
    peer: SocketAddr,
    permit: tokio::sync::OwnedSemaphorePermit,
) {
    // Answers are small and wanted at once; a socket that cannot do this still works.
    let _ = stream.set_nodelay(true);
    let serving = connections.serve(stream, peer);
    tokio::spawn(async move {
        serving.await;
        drop(permit);
    });
}

fn is_of_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionRefused
    )
}

const BUSY: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n\
    Content-Length: 0\r\n\r\n";

/// Tells why and hangs up, without waiting for anything: the buffer of a new socket is empty.
fn refuse(stream: TcpStream) {
    if let Ok(mut stream) = stream.into_std() {
        let _ = stream.write(BUSY);
    }
}

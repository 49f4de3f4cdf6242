//! One connection: HTTP/1.1 or HTTP/2, watched so that nobody holds it for nothing.

use std::{
    convert::Infallible,
    io,
    net::SocketAddr,
    pin::{Pin, pin},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed},
    },
    task::{Context, Poll},
    time::Duration,
};

use hellojohn_http::PeerAddress;
use hyper::{Request, body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto::Builder,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    sync::watch,
    time::{Instant, sleep},
};

use super::{front::Front, pace::Paced};

/// How long the head of a request may take.
const HEAD: Duration = Duration::from_secs(10);
/// How long a connection may have nothing to do.
const IDLE: Duration = Duration::from_mins(1);
/// How often that is looked at.
const CHECK: Duration = Duration::from_secs(5);
/// A token of the largest size still fits into a request's head.
const HEAD_BYTES: u32 = 32 * 1024;

/// How connections are served.
pub(super) struct Connections {
    front: Arc<Front>,
    builder: Builder<TokioExecutor>,
    closing: watch::Receiver<bool>,
}

impl Connections {
    /// Serves `front` until `closing` says otherwise.
    pub(super) fn new(front: Arc<Front>, closing: watch::Receiver<bool>) -> Self {
        let mut builder = Builder::new(TokioExecutor::new());
        builder
            .http1()
            .timer(TokioTimer::new())
            // This covers the wait between requests as well; `Activity` tells the two apart.
            .header_read_timeout(IDLE)
            .max_buf_size(usize::try_from(HEAD_BYTES).unwrap_or(usize::MAX));
        builder
            .http2()
            .timer(TokioTimer::new())
            .max_concurrent_streams(100)
            .max_pending_accept_reset_streams(20)
            .max_local_error_reset_streams(100)
            .max_header_list_size(HEAD_BYTES)
            .keep_alive_interval(Duration::from_secs(20))
            .keep_alive_timeout(Duration::from_secs(10));
        Self {
            front,
            builder,
            closing,
        }
    }

    /// Serves one connection to its end.
    pub(super) fn serve(
        &self,
        stream: TcpStream,
        peer: SocketAddr,
    ) -> impl Future<Output = ()> + Send + 'static {
        let builder = self.builder.clone();
        let front = Arc::clone(&self.front);
        let mut closing = self.closing.clone();
        async move {
            let activity = Arc::new(Activity::new());
            let io = TokioIo::new(Watched {
                stream,
                activity: Arc::clone(&activity),
            });
            let during = Arc::clone(&activity);
            let service = service_fn(move |mut request: Request<Incoming>| {
                let front = Arc::clone(&front);
                let busy = Busy::begin(Arc::clone(&during));
                request.extensions_mut().insert(PeerAddress(peer));
                async move {
                    let answer = front.answer(request.map(Paced::new)).await;
                    drop(busy);
                    Ok::<_, Infallible>(answer)
                }
            });
            let mut connection = pin!(builder.serve_connection(io, service));
            let mut ending = false;
            loop {
                tokio::select! {
                    // What goes wrong with one connection is between it and its peer.
                    _ = connection.as_mut() => return,
                    _ = closing.wait_for(|closing| *closing), if !ending => {
                        connection.as_mut().graceful_shutdown();
                        ending = true;
                    }
                    () = sleep(CHECK) => if activity.is_overdue() { return },
                }
            }
        }
    }
}

/// What a connection is doing. Times are milliseconds since it began.
struct Activity {
    began: Instant,
    requests: AtomicUsize,
    /// When the last request ended.
    idle_since: AtomicU64,
    /// When the head of a request began to come; `NO_HEAD` if none does.
    head_since: AtomicU64,
    read_any: AtomicBool,
    is_http2: AtomicBool,
}

const NO_HEAD: u64 = u64::MAX;

impl Activity {
    /// The first request is awaited from the beginning.
    fn new() -> Self {
        Self {
            began: Instant::now(),
            requests: AtomicUsize::new(0),
            idle_since: AtomicU64::new(0),
            head_since: AtomicU64::new(0),
            read_any: AtomicBool::new(false),
            is_http2: AtomicBool::new(false),
        }
    }

    fn now(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(NO_HEAD - 1)
    }

    fn received(&self, bytes: &[u8]) {
        // The preface of HTTP/2 (RFC 9113 §3.4) is no method of HTTP/1.
        if !self.read_any.swap(true, Relaxed) && bytes.starts_with(b"PRI") {
            self.is_http2.store(true, Relaxed);
        }
        // In HTTP/2 bytes come without requests, such as answers to pings.
        if self.requests.load(Relaxed) == 0 && !self.is_http2.load(Relaxed) {
            let _ = self
                .head_since
                .compare_exchange(NO_HEAD, self.now(), Relaxed, Relaxed);
        }
    }

    fn is_overdue(&self) -> bool {
        if self.requests.load(Relaxed) > 0 {
            return false;
        }
        let now = self.now();
        let waited = |since: u64| Duration::from_millis(now.saturating_sub(since));
        let head = self.head_since.load(Relaxed);
        if head != NO_HEAD && !self.is_http2.load(Relaxed) && waited(head) > HEAD {
            return true;
        }
        waited(self.idle_since.load(Relaxed)) > IDLE
    }
}

/// A request under way; dropped when it was answered or given up.
struct Busy(Arc<Activity>);

impl Busy {
    fn begin(activity: Arc<Activity>) -> Self {
        activity.requests.fetch_add(1, Relaxed);
        activity.head_since.store(NO_HEAD, Relaxed);
        Self(activity)
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.idle_since.store(self.0.now(), Relaxed);
        self.0.requests.fetch_sub(1, Relaxed);
    }
}

/// A stream that notes when something comes in.
struct Watched<S> {
    stream: S,
    activity: Arc<Activity>,
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(context, buffer);
        if let Some(bytes) = buffer.filled().get(before..)
            && !bytes.is_empty()
        {
            self.activity.received(bytes);
        }
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_head_has_ten_seconds_and_an_idle_connection_a_minute() {
        let activity = Arc::new(Activity::new());
        advance(HEAD).await;
        assert!(!activity.is_overdue());
        advance(Duration::from_secs(1)).await;
        assert!(activity.is_overdue(), "nothing came at all");

        let busy = Busy::begin(Arc::clone(&activity));
        advance(IDLE * 2).await;
        assert!(!activity.is_overdue(), "a request is under way");
        drop(busy);
        advance(IDLE).await;
        assert!(!activity.is_overdue());
        activity.received(b"GET / HT");
        advance(Duration::from_secs(1)).await;
        assert!(activity.is_overdue(), "idle for more than a minute");

        drop(Busy::begin(Arc::clone(&activity)));
        activity.received(b"G");
        advance(HEAD + Duration::from_secs(1)).await;
        assert!(activity.is_overdue(), "a head that drips");
    }

    #[tokio::test(start_paused = true)]
    async fn pings_are_no_heads() {
        let activity = Arc::new(Activity::new());
        activity.received(b"PRI * HTTP/2.0");
        drop(Busy::begin(Arc::clone(&activity)));
        activity.received(b"ping");
        advance(HEAD * 2).await;
        assert!(!activity.is_overdue());
        advance(IDLE).await;
        assert!(activity.is_overdue());
    }
}

//! A request body that must keep coming.

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use tokio::time::{Instant, Sleep, sleep_until};

/// How long a body may dawdle before its speed counts.
const HEAD_START: Duration = Duration::from_secs(5);
/// The least bytes per second after that (R187).
const PACE: u32 = 1_024;

/// A body that fails when it comes slower than 1 KiB/s after five seconds.
pub(super) struct Paced<B = Incoming> {
    body: B,
    deadline: Pin<Box<Sleep>>,
}

/// Why a body was given up.
#[derive(Debug, thiserror::Error)]
pub(super) enum PaceError {
    #[error("the request body came too slowly")]
    TooSlow,
    #[error(transparent)]
    Body(Box<dyn std::error::Error + Send + Sync>),
}

impl<B> Paced<B> {
    pub(super) fn new(body: B) -> Self {
        Self {
            body,
            deadline: Box::pin(sleep_until(Instant::now() + HEAD_START)),
        }
    }
}

impl<B> Body for Paced<B>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    type Data = Bytes;
    type Error = PaceError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, PaceError>>> {
        let this = &mut *self;
        match Pin::new(&mut this.body).poll_frame(context) {
            Poll::Ready(Some(Ok(frame))) => {
                let received = frame.data_ref().map_or(0, Bytes::len);
                let earned = Duration::from_secs(1)
                    .saturating_mul(u32::try_from(received).unwrap_or(u32::MAX))
                    / PACE;
                let deadline = this.deadline.deadline() + earned;
                this.deadline.as_mut().reset(deadline);
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(Some(Err(error))) => Poll::Ready(Some(Err(PaceError::Body(error.into())))),
            Poll::Ready(None) => Poll::Ready(None),
            Poll::Pending => match this.deadline.as_mut().poll(context) {
                Poll::Ready(()) => Poll::Ready(Some(Err(PaceError::TooSlow))),
                Poll::Pending => Poll::Pending,
            },
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use http_body_util::{BodyExt as _, Full, channel::Channel};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_body_that_stops_is_given_up_and_a_steady_one_is_not() {
        let whole = Paced::new(Full::new(Bytes::from_static(b"x")))
            .collect()
            .await;
        assert_eq!(whole.unwrap().to_bytes(), "x");

        let (mut sender, body) = Channel::<Bytes>::new(1);
        let steady = tokio::spawn(Paced::new(body).collect());
        for _ in 0..20 {
            tokio::time::sleep(Duration::from_secs(1)).await;
            sender.send_data(Bytes::from(vec![0; 1_024])).await.unwrap();
        }
        drop(sender);
        assert_eq!(steady.await.unwrap().unwrap().to_bytes().len(), 20 * 1_024);

        let (mut sender, body) = Channel::<Bytes>::new(1);
        let slow = tokio::spawn(Paced::new(body).collect());
        tokio::spawn(async move {
            sender.send_data(Bytes::from(vec![0; 2_048])).await.unwrap();
            pending::<()>().await;
        });
        let start = Instant::now();
        assert!(matches!(slow.await.unwrap(), Err(PaceError::TooSlow)));
        assert_eq!(start.elapsed().as_secs(), 7);
    }
}

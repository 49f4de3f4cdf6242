//! A bounded first-in, first-out queue between async callers and threads.

use std::{
    collections::VecDeque,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use metrics::Gauge;

use crate::metrics::float;

/// Never blocks who pushes; lets who takes wait.
pub(super) struct Queue<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
    limit: usize,
    length: Gauge,
}

struct State<T> {
    waiting: VecDeque<T>,
    closed: bool,
}

/// What came of waiting.
pub(super) enum Taken<T> {
    /// The oldest entry.
    Entry(T),
    /// Nothing came in time.
    Nothing,
    /// Nothing will come any more.
    Closed,
}

/// The queue is full or closed.
pub(super) struct Full;

impl<T> Queue<T> {
    /// `length` is set under the lock, so that it always ends at the truth.
    pub(super) const fn new(limit: usize, length: Gauge) -> Self {
        let state = State {
            waiting: VecDeque::new(),
            closed: false,
        };
        Self {
            state: Mutex::new(state),
            changed: Condvar::new(),
            limit,
            length,
        }
    }

    /// Appends an entry; when there is no room, entries no longer wanted make some.
    pub(super) fn push(&self, entry: T, is_wanted: impl Fn(&T) -> bool) -> Result<(), Full> {
        let mut state = self.lock();
        if state.waiting.len() >= self.limit {
            state.waiting.retain(is_wanted);
        }
        if state.closed || state.waiting.len() >= self.limit {
            return Err(Full);
        }
        state.waiting.push_back(entry);
        self.show(&state);
        drop(state);
        self.changed.notify_one();
        Ok(())
    }

    /// Takes the oldest entry, waiting for one as long as `patience`, or for ever.
    pub(super) fn take(&self, patience: Option<Duration>) -> Taken<T> {
        let empty = |state: &mut State<T>| state.waiting.is_empty() && !state.closed;
        let guard = self.lock();
        let mut state = match patience {
            Some(patience) => {
                self.changed
                    .wait_timeout_while(guard, patience, empty)
                    .unwrap_or_else(PoisonError::into_inner)
                    .0
            }
            None => self
                .changed
                .wait_while(guard, empty)
                .unwrap_or_else(PoisonError::into_inner),
        };
        if state.closed {
            return Taken::Closed;
        }
        let taken = state.waiting.pop_front();
        self.show(&state);
        taken.map_or(Taken::Nothing, Taken::Entry)
    }

    /// Lets everyone go who waits.
    pub(super) fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        state.waiting.clear();
        self.show(&state);
        drop(state);
        self.changed.notify_all();
    }

    pub(super) fn len(&self) -> usize {
        self.lock().waiting.len()
    }

    fn show(&self, state: &State<T>) {
        self.length.set(float(state.waiting.len()));
    }

    /// No code that can panic runs under the lock, and a queue is whole between any two operations.
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_holds_and_order_is_kept() {
        let queue = Queue::new(2, Gauge::noop());
        assert!(queue.push(1, |_| true).is_ok());
        assert!(queue.push(2, |_| true).is_ok());
        assert!(queue.push(3, |_| true).is_err());
        assert!(queue.push(4, |entry| *entry != 1).is_ok());
        let next = || match queue.take(Some(Duration::ZERO)) {
            Taken::Entry(entry) => Some(entry),
            Taken::Nothing | Taken::Closed => None,
        };
        assert_eq!([next(), next(), next()], [Some(2), Some(4), None]);
    }

    #[test]
    fn a_closed_queue_takes_nothing_and_wakes_who_waits() {
        let queue = Queue::new(2, Gauge::noop());
        std::thread::scope(|scope| {
            let waiter = scope.spawn(|| matches!(queue.take(None), Taken::Closed));
            queue.close();
            assert!(waiter.join().unwrap());
        });
        assert!(queue.push(1, |_| true).is_err());
        assert_eq!(queue.len(), 0);
    }
}

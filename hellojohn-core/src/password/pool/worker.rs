//! One hashing thread.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, atomic::Ordering::Relaxed},
    time::Instant,
};

use futures_channel::oneshot;
use zeroize::Zeroizing;

use super::{Shared, queue::Taken};
use crate::{
    metrics::float,
    password::{
        arena::Arena,
        import::{Argon2Hash, StoredHash},
    },
    ports::{PasswordsError, Verdict},
};

/// One password to hash or check, with its answer's way back.
pub(super) struct Job {
    password: Zeroizing<String>,
    since: Instant,
    task: Task,
}

/// What to do with the password.
pub(super) enum Task {
    Hash(oneshot::Sender<Result<String, PasswordsError>>),
    Verify(
        Option<StoredHash>,
        oneshot::Sender<Result<Verdict, PasswordsError>>,
    ),
}

impl Job {
    pub(super) fn new(password: Zeroizing<String>, task: Task) -> Self {
        // Waiting in a queue is measured on the monotonic clock of this process; the Clock
        // port tells civil time, which may jump.
        Self {
            password,
            since: Instant::now(),
            task,
        }
    }

    /// Whether anyone still waits for the answer.
    pub(super) fn is_wanted(&self) -> bool {
        match &self.task {
            Task::Hash(reply) => !reply.is_canceled(),
            Task::Verify(_, reply) => !reply.is_canceled(),
        }
    }
}

/// What a thread works with.
pub(super) struct Worker {
    shared: Arc<Shared>,
    arena: Arena,
}

impl Worker {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        let arena = Arena::new(shared.settings.params);
        Self { shared, arena }
    }

    /// Works until the pool is dropped.
    pub(super) fn run(mut self) {
        loop {
            let idle = self.shared.settings.idle;
            let patience = (!self.arena.is_empty()).then_some(idle);
            match self.shared.queue.take(patience) {
                Taken::Entry(job) if job.is_wanted() => self.answer(job),
                Taken::Entry(_abandoned) => {}
                Taken::Nothing => self.counting_memory(|worker| worker.arena.release()),
                Taken::Closed => return,
            }
        }
    }

    fn counting_memory<T>(&mut self, change: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.arena.held_kib();
        let result = change(self);
        let held = &self.shared.held_kib;
        let after = self.arena.held_kib();
        held.fetch_add(after, Relaxed);
        held.fetch_sub(before, Relaxed);
        let grown = (float(after) - float(before)) * 1024.0;
        self.shared.meters.memory.increment(grown);
        result
    }

    fn answer(&mut self, job: Job) {
        let waited = job.since.elapsed();
        self.shared.meters.wait.record(waited.as_secs_f64());
        let late = waited > self.shared.settings.max_wait;
        let password = job.password;
        // Sending fails only if the caller has gone meanwhile, which is his right.
        match job.task {
            Task::Hash(reply) if late => drop(reply.send(Err(self.shared.turn_away()))),
            Task::Verify(_, reply) if late => drop(reply.send(Err(self.shared.turn_away()))),
            Task::Hash(reply) => {
                let hash = self.guarded(|worker| worker.hash(password.as_bytes()));
                drop(reply.send(hash));
            }
            Task::Verify(stored, reply) => {
                let verdict = self.guarded(|worker| worker.verify(password.as_bytes(), stored));
                drop(reply.send(verdict));
            }
        }
    }

    /// Counts the work, and keeps a panic in a hashing library from costing the pool a thread.
    fn guarded<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, PasswordsError>,
    ) -> Result<T, PasswordsError> {
        let started = Instant::now();
        self.shared.running.fetch_add(1, Relaxed);
        self.shared.meters.running.increment(1.0);
        let done = self.counting_memory(|worker| catch_unwind(AssertUnwindSafe(|| work(worker))));
        self.shared.running.fetch_sub(1, Relaxed);
        let meters = &self.shared.meters;
        meters.running.decrement(1.0);
        meters.time.record(started.elapsed().as_secs_f64());
        self.shared.hashes.fetch_add(1, Relaxed);
        done.unwrap_or(Err(PasswordsError::Failed))
    }

    fn hash(&mut self, password: &[u8]) -> Result<String, PasswordsError> {
        let params = self.shared.settings.params;
        Argon2Hash::create(password, params, &*self.shared.random, &mut self.arena)
    }

    fn verify(
        &mut self,
        password: &[u8],
        stored: Option<StoredHash>,
    ) -> Result<Verdict, PasswordsError> {
        let params = self.shared.settings.params;
        let Some(stored) = stored else {
            Argon2Hash::decoy(params)?.matches(password, &mut self.arena)?;
            return Ok(Verdict::Wrong);
        };
        if !stored.matches(password, &mut self.arena)? {
            return Ok(Verdict::Wrong);
        }
        if stored.is_current(params) {
            Ok(Verdict::Right)
        } else {
            Ok(Verdict::RightButStale)
        }
    }
}

//! A fixed number of threads that hash passwords (R193).

mod queue;
mod worker;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed},
    },
    thread,
    time::Duration,
};

use async_trait::async_trait;
use futures_channel::oneshot;
use secrecy::{ExposeSecret as _, SecretString};

use self::{
    queue::Queue,
    worker::{Job, Task, Worker},
};
use crate::{
    metrics::PasswordMeters,
    password::{Argon2Params, MAX_PASSWORD_BYTES, import::StoredHash, text::nfc},
    ports::{Passwords, PasswordsError, Random, Verdict},
};

/// The size and patience of a [`PasswordPool`].
#[derive(Clone, Copy, Debug)]
pub struct PoolSettings {
    /// What new hashes cost.
    pub params: Argon2Params,
    /// How many hashes run at once; their memory is this many times [`Argon2Params::memory_kib`].
    pub threads: usize,
    /// How many may wait.
    pub queue: usize,
    /// How long one may wait.
    pub max_wait: Duration,
    /// After how long without work a thread gives its memory back.
    pub idle: Duration,
}

impl PoolSettings {
    /// The defaults for a host with this many cores: one thread each, 64 waiting, 2 s, memory back after 30 s.
    pub fn for_cores(cores: usize) -> Self {
        Self {
            params: Argon2Params::default(),
            threads: cores,
            queue: 64,
            max_wait: Duration::from_secs(2),
            idle: Duration::from_secs(30),
        }
    }
}

/// Why a pool could not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PoolError {
    /// The system gave no thread.
    #[error("no thread for password hashing")]
    Thread(#[source] std::io::Error),
}

/// Our [`Passwords`]: threads of its own, so that hashing never takes more
/// cores or memory than were set aside for it and never blocks a runtime.
///
/// Dropping the pool ends the threads, each after the hash it is at.
pub struct PasswordPool {
    shared: Arc<Shared>,
}

/// What the callers and the threads have in common.
struct Shared {
    settings: PoolSettings,
    random: Arc<dyn Random>,
    queue: Queue<Job>,
    busy: AtomicU64,
    hashes: AtomicU64,
    running: AtomicUsize,
    held_kib: AtomicUsize,
    meters: PasswordMeters,
}

impl PasswordPool {
    /// Starts the threads; counts of zero are taken as one.
    pub fn start(settings: PoolSettings, random: Arc<dyn Random>) -> Result<Self, PoolError> {
        let meters = PasswordMeters::register(settings.threads.max(1));
        let shared = Arc::new(Shared {
            settings,
            random,
            queue: Queue::new(settings.queue.max(1), meters.queued.clone()),
            busy: AtomicU64::new(0),
            hashes: AtomicU64::new(0),
            running: AtomicUsize::new(0),
            held_kib: AtomicUsize::new(0),
            meters,
        });
        // Made first: if a thread cannot start, dropping it ends those that did.
        let pool = Self { shared };
        for number in 0..settings.threads.max(1) {
            let worker = Worker::new(Arc::clone(&pool.shared));
            thread::Builder::new()
                .name(format!("password-{number}"))
                .spawn(move || worker.run())
                .map_err(PoolError::Thread)?;
        }
        Ok(pool)
    }

    /// How many jobs wait for a thread.
    pub fn queued(&self) -> usize {
        self.shared.queue.len()
    }

    /// How many hashes are being computed.
    pub fn running(&self) -> usize {
        self.shared.running.load(Relaxed)
    }

    /// How much Argon2 memory the threads keep between hashes, in KiB.
    pub fn held_kib(&self) -> usize {
        self.shared.held_kib.load(Relaxed)
    }

    /// How many jobs were turned away so far, at once or after waiting too long.
    pub fn busy_total(&self) -> u64 {
        self.shared.busy.load(Relaxed)
    }

    /// How many hashes were computed so far, to store or to check.
    pub fn hashes_total(&self) -> u64 {
        self.shared.hashes.load(Relaxed)
    }

    fn submit(&self, password: &str, task: Task) -> Result<(), PasswordsError> {
        let job = Job::new(nfc(password), task);
        self.shared
            .queue
            .push(job, Job::is_wanted)
            .map_err(|_full| self.shared.turn_away())
    }
}

impl Shared {
    fn turn_away(&self) -> PasswordsError {
        self.busy.fetch_add(1, Relaxed);
        self.meters.refused.increment(1);
        PasswordsError::Busy
    }
}

impl Drop for PasswordPool {
    fn drop(&mut self) {
        self.shared.queue.close();
    }
}

#[async_trait]
impl Passwords for PasswordPool {
    async fn hash(&self, password: &SecretString) -> Result<String, PasswordsError> {
        let password = password.expose_secret();
        if password.len() > MAX_PASSWORD_BYTES {
            return Err(PasswordsError::Failed);
        }
        let (reply, answer) = oneshot::channel();
        self.submit(password, Task::Hash(reply))?;
        answer.await.unwrap_or(Err(PasswordsError::Failed))
    }

    async fn verify(
        &self,
        password: &SecretString,
        hash: Option<&str>,
    ) -> Result<Verdict, PasswordsError> {
        let password = password.expose_secret();
        if password.len() > MAX_PASSWORD_BYTES {
            // No account has such a password, so the quick answer tells nothing (R002).
            return Ok(Verdict::Wrong);
        }
        let stored = hash.map(StoredHash::parse).transpose();
        let stored = stored.map_err(|_| PasswordsError::UnsupportedHash)?;
        let (reply, answer) = oneshot::channel();
        self.submit(password, Task::Verify(stored, reply))?;
        answer.await.unwrap_or(Err(PasswordsError::Failed))
    }
}

#[cfg(test)]
mod tests;

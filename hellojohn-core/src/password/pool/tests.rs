use std::{
    collections::HashSet,
    sync::{Condvar, Mutex},
};

use super::*;
use crate::ports::system::SystemRandom;

fn cheap() -> PoolSettings {
    PoolSettings {
        params: Argon2Params::new(7_168, 5, 1).unwrap(),
        ..PoolSettings::for_cores(2)
    }
}

fn pool(settings: PoolSettings) -> PasswordPool {
    PasswordPool::start(settings, Arc::new(SystemRandom::new().unwrap())).unwrap()
}

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

/// Salts only once the gate is open, so that a test can hold threads in the middle of a hash.
#[derive(Default)]
struct Gate {
    open: Mutex<bool>,
    opened: Condvar,
    inside: AtomicUsize,
    most: AtomicUsize,
}

impl Gate {
    fn open(&self) {
        *self.open.lock().unwrap() = true;
        self.opened.notify_all();
    }
}

impl Random for Gate {
    fn fill(&self, bytes: &mut [u8]) {
        self.most
            .fetch_max(self.inside.fetch_add(1, Relaxed) + 1, Relaxed);
        let open = self.open.lock().unwrap();
        drop(self.opened.wait_while(open, |open| !*open).unwrap());
        thread::sleep(Duration::from_millis(2));
        self.inside.fetch_sub(1, Relaxed);
        bytes.fill(7);
    }
}

fn gated(settings: PoolSettings) -> (Arc<PasswordPool>, Arc<Gate>) {
    let gate = Arc::new(Gate::default());
    let random = Arc::clone(&gate) as Arc<dyn Random>;
    (
        Arc::new(PasswordPool::start(settings, random).unwrap()),
        gate,
    )
}

async fn until(what: impl Fn() -> bool) {
    for _ in 0..5_000 {
        if what() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    panic!("it never happened");
}

fn hashing(pool: &Arc<PasswordPool>) -> tokio::task::JoinHandle<Result<String, PasswordsError>> {
    let pool = Arc::clone(pool);
    tokio::spawn(async move { pool.hash(&secret("correct horse")).await })
}

#[tokio::test]
async fn what_was_hashed_verifies_and_nothing_else_does() {
    let pool = pool(cheap());
    let hash = pool.hash(&secret("correct horse")).await.unwrap();
    assert!(hash.starts_with("$argon2id$v=19$m=7168,t=5,p=1$"), "{hash}");
    assert_eq!(
        hash.split('$').map(str::len).collect::<Vec<_>>()[4..],
        [22, 43]
    );
    let verdict = async |text: &str| pool.verify(&secret(text), Some(&hash)).await.unwrap();
    assert_eq!(verdict("correct horse").await, Verdict::Right);
    for other in [
        "correct hors",
        "Correct horse",
        " correct horse",
        "correct horse\0",
        "",
    ] {
        assert_eq!(verdict(other).await, Verdict::Wrong, "{other:?}");
    }
}

#[tokio::test]
async fn salts_differ() {
    let pool = pool(cheap());
    let mut hashes = HashSet::new();
    for _ in 0..3 {
        assert!(hashes.insert(pool.hash(&secret("same")).await.unwrap()));
    }
}

#[tokio::test]
async fn spellings_that_must_be_equal_are_and_others_are_not() {
    let pool = pool(cheap());
    let long = "a".repeat(100);
    for (stored, typed, expected) in [
        ("caf\u{e9} au lait", "cafe\u{301} au lait", Verdict::Right),
        (
            "\u{ac00}\u{ac01}",
            "\u{1100}\u{1161}\u{1100}\u{1161}\u{11a8}",
            Verdict::Right,
        ),
        ("nul\0inside", "nul\0inside", Verdict::Right),
        ("nul\0inside", "nul\0other", Verdict::Wrong),
        ("nul\0inside", "nul", Verdict::Wrong),
        (&format!("{long}b"), &format!("{long}c"), Verdict::Wrong),
        ("\u{fb01}sh and chips", "fish and chips", Verdict::Wrong),
    ] {
        let hash = pool.hash(&secret(stored)).await.unwrap();
        let verdict = pool.verify(&secret(typed), Some(&hash)).await.unwrap();
        assert_eq!(verdict, expected, "{stored:?} {typed:?}");
    }
}

#[tokio::test]
async fn a_hash_made_by_another_implementation_is_current_if_its_parameters_are() {
    let hash = "$argon2id$v=19$m=7168,t=5,p=1$AAECAwQFBgcICQoLDA0ODw$tTEeDbxUBEA3o9j2guHCa0f7jnEiHjETBRjtnQ8Q/Rs";
    let password = secret("cafe\u{301} au lait");
    let verdict = pool(cheap()).verify(&password, Some(hash)).await.unwrap();
    assert_eq!(verdict, Verdict::Right);
    let params = Argon2Params::new(9_216, 5, 1).unwrap();
    let verdict = pool(PoolSettings { params, ..cheap() })
        .verify(&password, Some(hash))
        .await;
    assert_eq!(verdict.unwrap(), Verdict::RightButStale);
}

#[cfg(feature = "import-hashes")]
#[tokio::test]
async fn five_schemes_verify_and_are_to_be_replaced() {
    let pool = pool(cheap());
    for hash in [
        "$argon2id$v=19$m=64,t=2,p=2$AAECAwQFBgcICQoLDA0ODw$3lna1VFG/f/wo75QIhAuAd1qbdP6wPuUV2Zp7X1x+NY",
        "$argon2i$v=19$m=64,t=2,p=2$AAECAwQFBgcICQoLDA0ODw$fNshOaxMvBkd81S5W5ObP38Pgn4g6+6nYpus/0NzeRo",
        "$2b$05$4Ev0pchIu6GKW5VGLSLmh.NFgdG74dsnsYuXfb6YlAXJg7zh2b2eK",
        "$scrypt$ln=10,r=8,p=2$AAECAwQFBgcICQoLDA0ODw$wk79EttC618m617oirShLZuxJkXcX6rXHrrS9rQQ/44",
        "$pbkdf2-sha256$i=1000,l=32$AAECAwQFBgcICQoLDA0ODw$ppsXnjrdPB4KryJ6DrOqKqhkWrhv7PbKAMF1Eml8cZ4",
        "$pbkdf2-sha512$i=1000,l=64$AAECAwQFBgcICQoLDA0ODw$A6AmFIti7CKlYdoPiV9jf1d9llp37o27Wms8Zx8fwMJGCOigJzAthOW3Pg+XF5PnNiYnsQsIz1N5NtynrEm78w",
    ] {
        let right = pool
            .verify(&secret("correct horse battery staple"), Some(hash))
            .await;
        assert_eq!(right.unwrap(), Verdict::RightButStale, "{hash}");
        let wrong = pool
            .verify(&secret("correct horse battery stable"), Some(hash))
            .await;
        assert_eq!(wrong.unwrap(), Verdict::Wrong, "{hash}");
    }
}

#[tokio::test]
async fn an_unknown_account_costs_one_hash() {
    let pool = pool(cheap());
    let verdict = pool.verify(&secret("anything"), None).await.unwrap();
    assert_eq!((verdict, pool.hashes_total()), (Verdict::Wrong, 1));
    let hash = pool.hash(&secret("known")).await.unwrap();
    pool.verify(&secret("anything"), Some(&hash)).await.unwrap();
    assert_eq!(pool.hashes_total(), 3);
}

#[tokio::test]
async fn what_is_refused_is_refused_without_work() {
    let pool = pool(cheap());
    let hostile = "$argon2id$v=19$m=4194304,t=3,p=4$AAECAwQFBgcICQoLDA0ODw$ppsXnjrdPB4KryJ6DrOqKqhkWrhv7PbKAMF1Eml8cZ4";
    let refused = pool.verify(&secret("x"), Some(hostile)).await;
    assert!(matches!(refused, Err(PasswordsError::UnsupportedHash)));
    let long = secret(&"a".repeat(MAX_PASSWORD_BYTES + 1));
    assert_eq!(pool.verify(&long, None).await.unwrap(), Verdict::Wrong);
    assert!(matches!(
        pool.hash(&long).await,
        Err(PasswordsError::Failed)
    ));
    assert_eq!(pool.hashes_total(), 0);
    let longest = secret(&"a".repeat(MAX_PASSWORD_BYTES));
    assert!(pool.hash(&longest).await.is_ok());
}

#[tokio::test]
async fn a_full_queue_is_busy_at_once() {
    let (pool, gate) = gated(PoolSettings {
        threads: 1,
        queue: 2,
        ..cheap()
    });
    let mut accepted = vec![hashing(&pool)];
    until(|| pool.running() == 1).await;
    accepted.extend([hashing(&pool), hashing(&pool)]);
    until(|| pool.queued() == 2).await;

    // The gate is shut: whoever waited for a thread here would wait for ever.
    let refused = pool.verify(&secret("x"), None).await;
    assert!(matches!(refused, Err(PasswordsError::Busy)));
    assert_eq!(pool.busy_total(), 1);

    gate.open();
    for job in accepted {
        assert!(job.await.unwrap().is_ok());
    }
    assert_eq!(
        (pool.queued(), pool.running(), pool.hashes_total()),
        (0, 0, 3)
    );
}

#[tokio::test]
async fn who_waited_too_long_is_turned_away_without_a_hash() {
    let max_wait = Duration::from_millis(20);
    let (pool, gate) = gated(PoolSettings {
        threads: 1,
        max_wait,
        ..cheap()
    });
    let first = hashing(&pool);
    until(|| pool.running() == 1).await;
    let late = hashing(&pool);
    until(|| pool.queued() == 1).await;
    tokio::time::sleep(max_wait * 2).await;
    gate.open();
    assert!(first.await.unwrap().is_ok());
    assert!(matches!(late.await.unwrap(), Err(PasswordsError::Busy)));
    assert_eq!((pool.hashes_total(), pool.busy_total()), (1, 1));
}

#[tokio::test]
async fn who_has_gone_is_skipped_and_makes_room() {
    let (pool, gate) = gated(PoolSettings {
        threads: 1,
        queue: 2,
        ..cheap()
    });
    let first = hashing(&pool);
    until(|| pool.running() == 1).await;
    let gone = [hashing(&pool), hashing(&pool)];
    until(|| pool.queued() == 2).await;
    for job in &gone {
        job.abort();
    }
    for job in gone {
        assert!(job.await.unwrap_err().is_cancelled());
    }
    let third = hashing(&pool);
    until(|| pool.queued() == 1).await;
    third.abort();
    assert!(third.await.is_err());
    gate.open();
    assert!(first.await.unwrap().is_ok());
    until(|| pool.queued() == 0).await;
    assert!(pool.hash(&secret("still working")).await.is_ok());
    assert_eq!((pool.hashes_total(), pool.busy_total()), (2, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn never_more_hashes_at_once_than_threads() {
    let (pool, gate) = gated(PoolSettings {
        threads: 3,
        max_wait: Duration::from_mins(1),
        ..cheap()
    });
    let jobs: Vec<_> = (0..24).map(|_| hashing(&pool)).collect();
    until(|| pool.running() == 3 && pool.queued() == 21).await;
    gate.open();
    for job in jobs {
        assert!(job.await.unwrap().is_ok());
    }
    assert_eq!(gate.most.load(Relaxed), 3);
    assert!(pool.held_kib() <= 3 * 7_168, "{}", pool.held_kib());
    assert_eq!((pool.hashes_total(), pool.running()), (24, 0));
}

#[tokio::test]
async fn threads_give_memory_back_and_go_on() {
    let pool = pool(PoolSettings {
        threads: 1,
        idle: Duration::from_millis(20),
        ..cheap()
    });
    let hash = pool.hash(&secret("x")).await.unwrap();
    assert_eq!(pool.held_kib(), 7_168);
    until(|| pool.held_kib() == 0).await;
    let verdict = pool.verify(&secret("x"), Some(&hash)).await.unwrap();
    assert_eq!((verdict, pool.held_kib()), (Verdict::Right, 7_168));
}

#[tokio::test]
async fn dropping_the_pool_ends_its_threads() {
    let random: Arc<dyn Random> = Arc::new(Gate::default());
    let pool = PasswordPool::start(cheap(), Arc::clone(&random)).unwrap();
    pool.verify(&secret("x"), None).await.unwrap();
    let shared = Arc::downgrade(&pool.shared);
    assert_eq!(shared.strong_count(), 3);
    drop(pool);
    until(|| shared.strong_count() == 0).await;
    assert_eq!(Arc::strong_count(&random), 1);
}

/// Panics on the first salt.
struct Faulty(AtomicUsize);

impl Random for Faulty {
    fn fill(&self, bytes: &mut [u8]) {
        assert!(self.0.fetch_add(1, Relaxed) > 0, "no salt");
        bytes.fill(7);
    }
}

#[tokio::test]
async fn a_panic_fails_one_job_and_costs_no_thread() {
    let random = Arc::new(Faulty(AtomicUsize::new(0)));
    let pool = PasswordPool::start(
        PoolSettings {
            threads: 1,
            ..cheap()
        },
        random,
    )
    .unwrap();
    assert!(matches!(
        pool.hash(&secret("x")).await,
        Err(PasswordsError::Failed)
    ));
    assert!(pool.hash(&secret("x")).await.is_ok());
}

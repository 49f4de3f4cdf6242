use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use hellojohn_core::{
    Engine, Error, Ports,
    access::{Caller, Operator},
    default_keystore,
    flows::{Credentials, Identity, NewTenant, SignIn, SignUp},
    hooks::Hooks,
    issuer::SignedIn,
    password::{Argon2Params, PasswordPool, PoolSettings},
    ports::{BreachRange, Clock, Passwords, Random},
    seal::EncryptionKey,
    secret::{ExposeSecret, SecretString},
    settings::Settings,
    store::{Access, Store},
    tenant::Tenant,
    time::Timestamp,
};
use hellojohn_storage::{Connection, SqlStore, SqlStoreOptions, connection, sqlx};
use serde_json::{Map, Value};

pub(crate) const PASSWORD: &str = "correct horse battery staple";
pub(crate) const START: i64 = 1_800_000_000;

/// A clock that stands still until it is moved.
#[derive(Clone)]
pub(crate) struct HeldClock(Arc<AtomicI64>);

impl Clock for HeldClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::SeqCst))
    }
}

/// Bytes that never repeat and are the same in every run.
pub(crate) struct CountedRandom(AtomicU64);

impl Random for CountedRandom {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            // An odd multiplier keeps the numbers different and spreads their bits.
            let n = self
                .0
                .fetch_add(1, Ordering::SeqCst)
                .wrapping_mul(0x9E37_79B9_7F4A_7C15);
            chunk.copy_from_slice(&n.to_be_bytes()[..chunk.len()]);
        }
    }
}

/// One instance over one database, with a tenant.
pub(crate) struct World {
    pub(crate) engine: Engine,
    pub(crate) tenant: Tenant,
    pub(crate) caller: Caller,
    pub(crate) clock: HeldClock,
    pub(crate) store: SqlStore,
    ports: Ports,
    settings: Settings,
    _dir: tempfile::TempDir,
}

/// What differs from one test's world to the next.
#[derive(Default)]
pub(crate) struct Setup {
    pub(crate) hooks: Vec<Arc<dyn Hooks>>,
    pub(crate) breaches: Option<Arc<dyn BreachRange>>,
    pub(crate) settings: Option<fn(&mut Settings)>,
}

pub(crate) async fn world() -> World {
    Setup::default().build().await
}

/// A migrated database that no engine has opened yet.
pub(crate) struct Unopened {
    pub(crate) ports: Ports,
    pub(crate) settings: Settings,
    pub(crate) store: SqlStore,
    clock: HeldClock,
    dir: tempfile::TempDir,
}

impl Setup {
    pub(crate) async fn build(self) -> World {
        let hooks = self.hooks.clone();
        let Unopened {
            ports,
            settings,
            store,
            clock,
            dir,
        } = self.unopened().await;
        let engine = Engine::with_hooks(ports.clone(), settings.clone(), hooks)
            .await
            .unwrap();
        // Two keys that sign from one moment are told apart by their ids, which are of chance.
        clock.0.fetch_add(1, Ordering::SeqCst);
        let tenant = engine
            .create_tenant(&Operator::local(), NewTenant::named("Example"))
            .await
            .unwrap();
        let caller = engine.caller(tenant.id).await.unwrap();
        World {
            engine,
            tenant,
            caller,
            clock,
            store,
            ports,
            settings,
            _dir: dir,
        }
    }

    pub(crate) async fn unopened(self) -> Unopened {
        let dir = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", dir.path().join("test.db").display());
        let store = SqlStore::connect(&url, SqlStoreOptions::default())
            .await
            .unwrap();
        store.migrate().await.unwrap();
        let clock = HeldClock(Arc::new(AtomicI64::new(START * 1_000_000)));
        let random: Arc<dyn Random> = Arc::new(CountedRandom(AtomicU64::new(1)));
        let ports = Ports {
            store: Arc::new(store.clone()),
            clock: Arc::new(clock.clone()),
            random: Arc::clone(&random),
            keystore: default_keystore(),
            passwords: cheap_passwords(random),
            limiter: Arc::new(hellojohn_core::rate::InProcessLimiter::default()),
            breaches: self.breaches,
        };
        let mut settings = Settings::new(
            "https://auth.example.com",
            key("0123456789abcdefghijklmnopqrstuvwxyz"),
        );
        if let Some(change) = self.settings {
            change(&mut settings);
        }
        Unopened {
            ports,
            settings,
            store,
            clock,
            dir,
        }
    }
}

/// The cheapest Argon2id the floor allows.
fn cheap_passwords(random: Arc<dyn Random>) -> Arc<dyn Passwords> {
    let settings = PoolSettings {
        params: Argon2Params::new(7_168, 5, 1).unwrap(),
        ..PoolSettings::for_cores(2)
    };
    Arc::new(PasswordPool::start(settings, random).unwrap())
}

pub(crate) fn key(text: &str) -> EncryptionKey {
    EncryptionKey::parse(&SecretString::from(text)).unwrap()
}

impl World {
    /// Another instance over the same database.
    pub(crate) async fn second_instance(&self) -> Engine {
        Engine::open(self.ports.clone(), self.settings.clone())
            .await
            .unwrap()
    }

    /// Another instance whose settings differ.
    pub(crate) async fn reopened(
        &self,
        change: impl FnOnce(&mut Settings),
    ) -> Result<Engine, Error> {
        let mut settings = self.settings.clone();
        change(&mut settings);
        Engine::open(self.ports.clone(), settings).await
    }

    pub(crate) fn wait(&self, span: Duration) {
        let micros = i64::try_from(span.as_micros()).unwrap();
        self.clock.0.fetch_add(micros, Ordering::SeqCst);
    }

    /// What a clock does that is set right.
    pub(crate) fn turn_back(&self, span: Duration) {
        let micros = i64::try_from(span.as_micros()).unwrap();
        self.clock.0.fetch_sub(micros, Ordering::SeqCst);
    }

    pub(crate) async fn configure(&mut self, changes: Value) {
        let Value::Object(changes) = changes else {
            panic!("an object")
        };
        self.engine
            .configure_tenant(&Operator::local(), self.tenant.id, changes)
            .await
            .unwrap();
        self.caller = self.engine.caller(self.tenant.id).await.unwrap();
    }

    pub(crate) async fn other_tenant(&self, name: &str) -> Caller {
        let tenant = self
            .engine
            .create_tenant(&Operator::local(), NewTenant::named(name))
            .await
            .unwrap();
        self.engine.caller(tenant.id).await.unwrap()
    }

    pub(crate) async fn sign_up(&self, email: &str) -> SignedIn {
        self.engine
            .sign_up(&self.caller, SignUp::new(email, PASSWORD))
            .await
            .unwrap()
    }

    pub(crate) async fn sign_in(&self, email: &str, password: &str) -> Result<SignedIn, Error> {
        self.engine
            .sign_in(&self.caller, SignIn::by_email(email, password))
            .await
    }

    /// The caller who shows this access token.
    pub(crate) async fn bearer(&self, token: &SecretString) -> Result<Caller, Error> {
        let credentials = Credentials {
            bearer: Some(token.clone()),
            ..Credentials::default()
        };
        match self.engine.authenticate(credentials).await? {
            Identity::Tenant(caller) => Ok(caller),
            Identity::Instance(_) => panic!("an operator"),
        }
    }

    pub(crate) async fn refresh(
        &self,
        token: &SecretString,
    ) -> Result<hellojohn_core::flows::Refreshed, Error> {
        self.engine.refresh(&self.caller, token).await
    }

    /// How many rows of a table carry this value in a column.
    pub(crate) async fn count(&self, table: &str, column: &str, value: &str) -> i64 {
        let mut unit = self
            .store
            .begin(self.tenant.id, Access::Read)
            .await
            .unwrap();
        let Some(Connection::Sqlite(connection)) = connection(&mut *unit) else {
            panic!("SQLite")
        };
        let sql = format!("SELECT count(*) FROM {table} WHERE {column} = ?");
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .bind(value)
            .fetch_one(connection)
            .await
            .unwrap()
    }

    /// Runs a statement behind the engine's back.
    pub(crate) async fn execute(&self, sql: impl Into<String>) {
        let mut unit = self
            .store
            .begin(self.tenant.id, Access::Write)
            .await
            .unwrap();
        let Some(Connection::Sqlite(connection)) = connection(&mut *unit) else {
            panic!("SQLite")
        };
        let sql = sqlx::AssertSqlSafe(sql.into());
        sqlx::Executor::execute(connection, sql).await.unwrap();
        unit.commit().await.unwrap();
    }

    /// The texts a question answers, one column.
    pub(crate) async fn texts(&self, sql: impl Into<String>) -> Vec<String> {
        let mut unit = self
            .store
            .begin(self.tenant.id, Access::Read)
            .await
            .unwrap();
        let Some(Connection::Sqlite(connection)) = connection(&mut *unit) else {
            panic!("SQLite")
        };
        sqlx::query_scalar::<_, Option<String>>(sqlx::AssertSqlSafe(sql.into()))
            .fetch_all(connection)
            .await
            .unwrap()
            .into_iter()
            .flatten()
            .collect()
    }

    /// Audit entries of the instance.
    pub(crate) async fn audited_control(&self, kind: &str) -> i64 {
        self.count("cp_audit_log", "kind", kind).await
    }

    /// An engine over a restored database, whose epoch may not be opened yet.
    pub(crate) async fn open_restored(&self) -> Engine {
        Engine::open_restored(self.ports.clone(), self.settings.clone())
            .await
            .unwrap()
    }

    pub(crate) async fn audited(&self, kind: &str) -> i64 {
        self.count("hj_audit_log", "kind", kind).await
    }

    pub(crate) async fn emitted(&self, kind: &str) -> i64 {
        self.count("hj_outbox", "kind", kind).await
    }
}

pub(crate) fn code<T: std::fmt::Debug>(result: Result<T, Error>) -> &'static str {
    result.unwrap_err().code()
}

pub(crate) fn same_secret(left: &SecretString, right: &SecretString) -> bool {
    left.expose_secret() == right.expose_secret()
}

pub(crate) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        other => panic!("not an object: {other}"),
    }
}

pub(crate) const fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

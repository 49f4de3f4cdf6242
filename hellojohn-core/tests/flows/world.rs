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

pub const PASSWORD: &str = "correct horse battery staple";
pub const START: i64 = 1_800_000_000;

/// A clock that stands still until it is moved.
#[derive(Clone)]
pub struct HeldClock(Arc<AtomicI64>);

impl Clock for HeldClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::SeqCst))
    }
}

/// Bytes that never repeat and are the same in every run.
pub struct CountedRandom(AtomicU64);

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
pub struct World {
    pub engine: Engine,
    pub tenant: Tenant,
    pub caller: Caller,
    pub clock: HeldClock,
    pub store: SqlStore,
    ports: Ports,
    settings: Settings,
    _dir: tempfile::TempDir,
}

/// What differs from one test's world to the next.
#[derive(Default)]
pub struct Setup {
    pub hooks: Vec<Arc<dyn Hooks>>,
    pub breaches: Option<Arc<dyn BreachRange>>,
    pub settings: Option<fn(&mut Settings)>,
}

pub async fn world() -> World {
    Setup::default().build().await
}

impl Setup {
    pub async fn build(self) -> World {
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
            breaches: self.breaches,
        };
        let mut settings = Settings::new(
            "https://auth.example.com",
            key("0123456789abcdefghijklmnopqrstuvwxyz"),
        );
        if let Some(change) = self.settings {
            change(&mut settings);
        }
        let engine = Engine::with_hooks(ports.clone(), settings.clone(), self.hooks)
            .await
            .unwrap();
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
}

/// The cheapest Argon2id the floor allows.
fn cheap_passwords(random: Arc<dyn Random>) -> Arc<dyn Passwords> {
    let settings = PoolSettings {
        params: Argon2Params::new(7_168, 5, 1).unwrap(),
        ..PoolSettings::for_cores(2)
    };
    Arc::new(PasswordPool::start(settings, random).unwrap())
}

pub fn key(text: &str) -> EncryptionKey {
    EncryptionKey::parse(&SecretString::from(text)).unwrap()
}

impl World {
    /// Another instance over the same database.
    pub async fn second_instance(&self) -> Engine {
        Engine::open(self.ports.clone(), self.settings.clone())
            .await
            .unwrap()
    }

    /// Another instance whose settings differ.
    pub async fn reopened(&self, change: impl FnOnce(&mut Settings)) -> Result<Engine, Error> {
        let mut settings = self.settings.clone();
        change(&mut settings);
        Engine::open(self.ports.clone(), settings).await
    }

    pub fn wait(&self, span: Duration) {
        let micros = i64::try_from(span.as_micros()).unwrap();
        self.clock.0.fetch_add(micros, Ordering::SeqCst);
    }

    pub async fn configure(&mut self, changes: Value) {
        let Value::Object(changes) = changes else {
            panic!("an object")
        };
        self.engine
            .configure_tenant(&Operator::local(), self.tenant.id, changes)
            .await
            .unwrap();
        self.caller = self.engine.caller(self.tenant.id).await.unwrap();
    }

    pub async fn other_tenant(&self, name: &str) -> Caller {
        let tenant = self
            .engine
            .create_tenant(&Operator::local(), NewTenant::named(name))
            .await
            .unwrap();
        self.engine.caller(tenant.id).await.unwrap()
    }

    pub async fn sign_up(&self, email: &str) -> SignedIn {
        self.engine
            .sign_up(&self.caller, SignUp::new(email, PASSWORD))
            .await
            .unwrap()
    }

    pub async fn sign_in(&self, email: &str, password: &str) -> Result<SignedIn, Error> {
        self.engine
            .sign_in(&self.caller, SignIn::by_email(email, password))
            .await
    }

    /// The caller who shows this access token.
    pub async fn bearer(&self, token: &SecretString) -> Result<Caller, Error> {
        let credentials = Credentials {
            bearer: Some(token.clone()),
            ..Credentials::default()
        };
        match self.engine.authenticate(credentials).await? {
            Identity::Tenant(caller) => Ok(caller),
            Identity::Instance(_) => panic!("an operator"),
        }
    }

    pub async fn refresh(
        &self,
        token: &SecretString,
    ) -> Result<hellojohn_core::flows::Refreshed, Error> {
        self.engine.refresh(&self.caller, token).await
    }

    /// How many rows of a table carry this value in a column.
    pub async fn count(&self, table: &str, column: &str, value: &str) -> i64 {
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

    pub async fn audited(&self, kind: &str) -> i64 {
        self.count("hj_audit_log", "kind", kind).await
    }

    pub async fn emitted(&self, kind: &str) -> i64 {
        self.count("hj_outbox", "kind", kind).await
    }
}

pub fn code<T: std::fmt::Debug>(result: Result<T, Error>) -> &'static str {
    result.unwrap_err().code()
}

pub fn same_secret(left: &SecretString, right: &SecretString) -> bool {
    left.expose_secret() == right.expose_secret()
}

pub fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        other => panic!("not an object: {other}"),
    }
}

pub const fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

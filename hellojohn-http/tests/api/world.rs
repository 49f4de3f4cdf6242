//! An instance with two tenants, a user in each, and one key of every kind.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use hellojohn_core::{
    Engine, Ports,
    access::{Caller, Operator},
    api_key::KeyKind,
    default_keystore,
    flows::{NewApiKey, NewTenant, SignUp},
    id::{TenantId, UserId},
    issuer::SignedIn,
    password::{Argon2Params, PasswordPool, PoolSettings},
    ports::{
        Clock, Random,
        system::{SystemClock, SystemRandom},
    },
    seal::EncryptionKey,
    secret::ExposeSecret,
    settings::Settings,
    time::Timestamp,
};
use hellojohn_http::{Api, HttpSettings};
use http::Method;

use crate::{ask::Ask, databases::Database, migrated};

pub(crate) const PASSWORD: &str = "correct horse battery staple";
pub(crate) const ISSUER: &str = "https://auth.example.com";

pub(crate) struct World {
    pub(crate) api: Api,
    pub(crate) engine: Engine,
    pub(crate) settings: HttpSettings,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) acme: Tenancy,
    pub(crate) globex: Tenancy,
    pub(crate) master: String,
    ports: Ports,
    database: Database,
}

/// A tenant with its keys and its user.
pub(crate) struct Tenancy {
    pub(crate) id: TenantId,
    pub(crate) caller: Caller,
    pub(crate) publishable: String,
    pub(crate) secret: String,
    pub(crate) user: SignedIn,
}

impl Tenancy {
    pub(crate) fn user_id(&self) -> UserId {
        self.user.user.id
    }

    pub(crate) fn access_token(&self) -> &str {
        self.user.tokens.access_token.expose_secret()
    }

    pub(crate) fn refresh_token(&self) -> &str {
        self.user.tokens.refresh_token.expose_secret()
    }
}

/// A clock that stands still but for one microsecond a look, so that lists have an order.
pub(crate) struct TestClock(AtomicI64);

impl TestClock {
    fn starting_now() -> Self {
        Self(AtomicI64::new(SystemClock.now().as_micros()))
    }

    pub(crate) fn advance(&self, span: Duration) {
        let micros = i64::try_from(span.as_micros()).unwrap();
        self.0.fetch_add(micros, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.fetch_add(1, Ordering::SeqCst))
    }
}

pub(crate) async fn sqlite() -> World {
    World::over(migrated::sqlite().await).await
}

pub(crate) async fn postgres() -> World {
    World::over(migrated::postgres().await).await
}

impl World {
    async fn over(database: Database) -> Self {
        let clock = Arc::new(TestClock::starting_now());
        let random: Arc<dyn Random> = Arc::new(SystemRandom::new().unwrap());
        let pool = PoolSettings {
            params: Argon2Params::new(7_168, 5, 1).unwrap(),
            max_wait: Duration::from_mins(1),
            ..PoolSettings::for_cores(1)
        };
        let ports = Ports {
            store: Arc::new(database.store.clone()),
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            passwords: Arc::new(PasswordPool::start(pool, Arc::clone(&random)).unwrap()),
            random,
            keystore: default_keystore(),
            limiter: Arc::new(hellojohn_core::rate::InProcessLimiter::default()),
            breaches: None,
        };
        let key = "0a1b2c3d4e5f60718293a4b5c6d7e8f9-example".to_owned();
        let key = EncryptionKey::parse(&key.into()).unwrap();
        let mut settings = Settings::new(ISSUER, key);
        settings.allowed_origins = vec!["https://console.example".to_owned()];
        let engine = Engine::open(ports.clone(), settings).await.unwrap();
        let master = NewApiKey::named("operator", KeyKind::Master);
        let master = engine.create_master_key(&Operator::local(), master).await;
        let settings = HttpSettings {
            version: "9.8.7".to_owned(),
            // `rate_limits.rs` sets its own.
            rate_limits: None,
            ..HttpSettings::default()
        };
        Self {
            api: Api::new(engine.clone(), settings.clone()).unwrap(),
            acme: tenancy(&engine, "Acme").await,
            globex: tenancy(&engine, "Globex").await,
            master: master.unwrap().key.expose_secret().to_owned(),
            engine,
            settings,
            clock,
            ports,
            database,
        }
    }

    /// Takes the database away.
    pub(crate) async fn lose_database(&self) {
        self.database.store.close().await;
    }

    /// Another engine over the same database.
    pub(crate) async fn reopened(&self, settings: Settings) -> Engine {
        Engine::open(self.ports.clone(), settings).await.unwrap()
    }

    pub(crate) fn ask(&self, method: Method, path: impl Into<String>) -> Ask {
        Ask::new(&self.api, method, path)
    }

    pub(crate) fn get(&self, path: impl Into<String>) -> Ask {
        self.ask(Method::GET, path)
    }

    pub(crate) fn post(&self, path: impl Into<String>) -> Ask {
        self.ask(Method::POST, path)
    }

    pub(crate) fn patch(&self, path: impl Into<String>) -> Ask {
        self.ask(Method::PATCH, path)
    }

    pub(crate) fn delete(&self, path: impl Into<String>) -> Ask {
        self.ask(Method::DELETE, path)
    }

    /// A key of Acme with these scopes.
    pub(crate) async fn key_with(&self, scopes: &[&str]) -> String {
        let new = NewApiKey {
            scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
            ..NewApiKey::named("narrow", KeyKind::Secret)
        };
        key(&self.engine, &self.acme.caller, new).await
    }
}

async fn tenancy(engine: &Engine, name: &str) -> Tenancy {
    let tenant = NewTenant::named(name);
    let tenant = engine.create_tenant(&Operator::local(), tenant).await;
    let id = tenant.unwrap().id;
    let caller = engine.caller(id).await.unwrap();
    let publishable = NewApiKey::named("web", KeyKind::Publishable);
    let secret = NewApiKey::named("server", KeyKind::Secret);
    // The same address in both: addresses are a tenant's own.
    let user = SignUp::new("ada@example.com", PASSWORD);
    Tenancy {
        id,
        publishable: key(engine, &caller, publishable).await,
        secret: key(engine, &caller, secret).await,
        user: engine.sign_up(&caller, user).await.unwrap(),
        caller,
    }
}

async fn key(engine: &Engine, caller: &Caller, new: NewApiKey) -> String {
    let created = engine.create_api_key(caller, new).await.unwrap();
    created.key.expose_secret().to_owned()
}

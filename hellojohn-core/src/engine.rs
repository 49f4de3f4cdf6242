//! The engine: ports, settings, hooks, and the flows that use them.

use std::sync::{Arc, OnceLock};

use crate::{
    Error,
    cache::{KeyCache, OriginCache, TenantCache},
    flows::Restored,
    hooks::Hooks,
    id::RequestId,
    mail::InFlight,
    metrics::Meters,
    password::{PasswordPool, PoolSettings},
    ports::{
        BreachRange, Captcha, Clock, Keystore, Passwords, Random, RateLimiter, RiskEvaluator,
        mail::Mailer,
        sms::SmsSender,
        system::{SystemClock, SystemRandom},
    },
    rate::InProcessLimiter,
    risk::ShippedRules,
    seal::{Sealer, derived::DerivedKeys},
    secret,
    settings::{LONGEST_REFRESH_GRACE, Settings},
    store::Store,
    time::Timestamp,
};

/// What the engine is given of the world. Start from [`Ports::over`] and replace single fields.
#[derive(Clone)]
pub struct Ports {
    /// The database.
    pub store: Arc<dyn Store>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Random>,
    /// Makes signers.
    pub keystore: Arc<dyn Keystore>,
    /// Hashes passwords.
    pub passwords: Arc<dyn Passwords>,
    /// Counts requests.
    pub limiter: Arc<dyn RateLimiter>,
    /// Knows breached passwords; without it that check is left out.
    pub breaches: Option<Arc<dyn BreachRange>>,
    /// Judges sign-ins, for the tenants that want it.
    pub risk: Arc<dyn RiskEvaluator>,
    /// Sends mail; without it messages wait.
    pub mailer: Option<Arc<dyn Mailer>>,
    /// Sends text messages; without it they wait.
    pub sms: Option<Arc<dyn SmsSender>>,
    /// Checks captchas; without it none is asked for.
    pub captcha: Option<Arc<dyn Captcha>>,
}

/// The host cannot run the engine.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PortsError {
    /// There is no randomness.
    #[error(transparent)]
    Random(#[from] crate::ports::system::NoRandomness),
    /// The password threads did not start.
    #[error(transparent)]
    Passwords(#[from] crate::password::PoolError),
}

impl Ports {
    /// The system's clock and randomness, the fastest signer of this build, one password
    /// thread per core with the documented Argon2id parameters, requests counted in this process,
    /// no breach list, and nobody who sends messages.
    pub fn over(store: Arc<dyn Store>) -> Result<Self, PortsError> {
        let random: Arc<dyn Random> = Arc::new(SystemRandom::new()?);
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let pool = PasswordPool::start(PoolSettings::for_cores(cores), Arc::clone(&random))?;
        Ok(Self {
            store,
            clock: Arc::new(SystemClock),
            random,
            keystore: default_keystore(),
            passwords: Arc::new(pool),
            limiter: Arc::new(InProcessLimiter::default()),
            breaches: None,
            risk: Arc::new(ShippedRules),
            mailer: None,
            sms: None,
            captcha: None,
        })
    }
}

/// The fastest signer of this build.
pub fn default_keystore() -> Arc<dyn Keystore> {
    #[cfg(feature = "aws-lc")]
    return Arc::new(crate::token::AwsLcKeystore);
    #[cfg(not(feature = "aws-lc"))]
    return Arc::new(crate::token::DalekKeystore);
}

/// HelloJohn. Cheap to clone; every flow is a method.
///
/// ```
/// # use std::sync::Arc;
/// use hellojohn_core::{access::Operator, Engine, Ports, flows::{NewTenant, SignUp}, seal::EncryptionKey, settings::Settings};
/// use hellojohn_storage::SqlStore;
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let dir = tempfile::tempdir()?;
/// # let url = format!("sqlite://{}", dir.path().join("auth.db").display());
/// let store = SqlStore::connect(&url, Default::default()).await?;
/// store.migrate().await?;
/// let key = EncryptionKey::parse(&"0a1b2c3d4e5f60718293a4b5c6d7e8f9-example".to_owned().into())?;
/// let engine = Engine::open(Ports::over(Arc::new(store))?, Settings::new("https://auth.example.com", key)).await?;
///
/// let tenant = engine.create_tenant(&Operator::local(), NewTenant::named("Example")).await?;
/// let caller = engine.caller(tenant.id).await?;
/// let signed_in = engine.sign_up(&caller, SignUp::new("ada@example.com", "correct horse battery staple")).await?;
/// let claims = engine.verify_access_token(&caller, &signed_in.tokens.access_token).await?;
/// assert_eq!(claims.subject, signed_in.user.id);
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Engine {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) ports: Ports,
    pub(crate) settings: Settings,
    pub(crate) sealer: Sealer,
    pub(crate) hooks: Vec<Arc<dyn Hooks>>,
    pub(crate) keys: KeyCache,
    pub(crate) tenants: TenantCache,
    pub(crate) origins: OriginCache,
    /// Set while the engine is opened.
    pub(crate) derived: OnceLock<DerivedKeys>,
    pub(crate) meters: Meters,
    /// Mails on their way through tenants' own servers.
    pub(crate) in_flight: InFlight,
}

impl Engine {
    /// Opens an engine over a migrated database.
    ///
    /// Refuses a database sealed with another encryption key (R198), imports the configured
    /// signing key, and makes signing keys when there are none.
    pub async fn open(ports: Ports, settings: Settings) -> Result<Self, Error> {
        Self::with_hooks(ports, settings, Vec::new()).await
    }

    /// The same, with the application's hooks, which run in the given order.
    pub async fn with_hooks(
        ports: Ports,
        settings: Settings,
        hooks: Vec<Arc<dyn Hooks>>,
    ) -> Result<Self, Error> {
        let engine = Self::assemble_parts(ports, settings, hooks);
        engine.prepare(Restored::Refused).await?;
        Ok(engine)
    }

    /// Opens an engine also over a restored backup whose epoch was not opened yet, to open it.
    pub async fn open_restored(ports: Ports, settings: Settings) -> Result<Self, Error> {
        let engine = Self::assemble_parts(ports, settings, Vec::new());
        engine.prepare(Restored::Accepted).await?;
        Ok(engine)
    }

    fn assemble_parts(ports: Ports, mut settings: Settings, hooks: Vec<Arc<dyn Hooks>>) -> Self {
        settings.refresh_grace = settings.refresh_grace.min(LONGEST_REFRESH_GRACE);
        let sealer = Sealer::new(
            settings.encryption_key.clone(),
            settings.previous_encryption_key.clone(),
        );
        Self {
            inner: Arc::new(Inner {
                sealer,
                hooks,
                keys: KeyCache::default(),
                tenants: TenantCache::default(),
                origins: OriginCache::default(),
                derived: OnceLock::new(),
                meters: Meters::register(),
                in_flight: InFlight::default(),
                ports,
                settings,
            }),
        }
    }

    /// The instance's settings.
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), Error> {
        Ok(self.store().ping().await?)
    }

    /// Whether there is a key to sign access tokens with. There is none for an instance that was
    /// not given the encryption key the others changed to.
    pub async fn can_sign(&self) -> bool {
        self.keys().await.is_ok()
    }

    /// The time, as the engine sees it.
    pub fn now(&self) -> Timestamp {
        self.inner.ports.clock.now()
    }

    /// A new id for a request that brought none.
    pub fn new_request_id(&self) -> RequestId {
        RequestId::new(self.now(), self.random())
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.inner
    }

    pub(crate) fn meters(&self) -> &Meters {
        &self.inner.meters
    }

    pub(crate) fn store(&self) -> &dyn Store {
        &*self.inner.ports.store
    }

    pub(crate) fn passwords(&self) -> &dyn Passwords {
        &*self.inner.ports.passwords
    }

    pub(crate) fn limiter(&self) -> &dyn RateLimiter {
        &*self.inner.ports.limiter
    }

    pub(crate) fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.inner.ports.random.fill(&mut bytes);
        bytes
    }

    pub(crate) fn cursor_key(&self) -> &[u8; 32] {
        self.derived().cursors()
    }

    /// Names accounts that do not exist, for counting attempts on them.
    pub(crate) fn lockout_key(&self) -> [u8; 32] {
        secret::mac(self.fingerprint_key(), &[b"hellojohn lockout v1"])
    }

    pub(crate) fn fingerprint_key(&self) -> &[u8; 32] {
        self.derived().fingerprints()
    }

    pub(crate) fn passkey_key(&self) -> &[u8; 32] {
        self.derived().passkeys()
    }

    pub(crate) fn backup_code_key(&self) -> &[u8; 32] {
        self.derived().backup_codes()
    }

    pub(crate) fn sent_code_key(&self) -> &[u8; 32] {
        self.derived().sent_codes()
    }

    fn derived(&self) -> &DerivedKeys {
        let inner = self.inner();
        let derive = || DerivedKeys::of(inner.sealer.current());
        inner.derived.get_or_init(derive)
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine")
            .field("issuer", &self.inner.settings.issuer)
            .finish_non_exhaustive()
    }
}

//! The signing keys in use, reloaded every second and whenever an unknown key is met.

use std::{
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use crate::{
    Engine, Error,
    cache::is_fresh,
    seal::{Place, places},
    signing_key::{self, KeyPurpose, KeyStanding, KeyState, SigningKeyError},
    store::{Access, StoreError},
    time::Timestamp,
    token::{self, KeySet, PublicKey, RefreshKey, Seed},
};

/// How old the keys in memory may be: other instances' changes are seen within this time.
const MAX_AGE: Duration = Duration::from_secs(1);
/// How soon after one reload an unknown key may cause the next (R065).
const MIN_AGE: Duration = Duration::from_millis(200);

/// The keys of this instance at one moment.
pub(crate) struct Keys {
    loaded_at: Timestamp,
    ticket: u64,
    /// Signs access tokens.
    pub(crate) signer: token::SigningKey,
    /// Verifies access tokens: everything published.
    pub(crate) verifiers: KeySet,
    /// What the JWKS shows, newest signer first.
    pub(crate) published: Vec<PublicKey>,
    /// Authenticate refresh tokens; the first one makes new ones.
    pub(crate) refresh: Vec<RefreshKey>,
    /// Keys that do not open: they are left out.
    lost: Vec<String>,
}

/// The stored keys, and those whose private half does not open.
pub(crate) struct Readable {
    pub(crate) keys: Vec<signing_key::SigningKey>,
    pub(crate) lost: Vec<signing_key::SigningKey>,
}

impl Keys {
    /// The key that makes new refresh tokens.
    pub(crate) fn refresh_key(&self) -> Result<&RefreshKey, SigningKeyError> {
        self.refresh.first().ok_or(SigningKeyError::NoneActive)
    }
}

#[derive(Default)]
pub(crate) struct KeyCache {
    current: RwLock<Option<Arc<Keys>>>,
    loading: AtomicBool,
    tickets: AtomicU64,
}

impl KeyCache {
    fn current(&self) -> Option<Arc<Keys>> {
        self.current
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Keeps keys unless ones whose reading began later are there already.
    fn replace(&self, keys: Arc<Keys>) {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        if current
            .as_ref()
            .is_none_or(|there| there.ticket <= keys.ticket)
        {
            *current = Some(keys);
        }
    }
}

/// Marks a reload as under way, and as over when dropped — also when the caller is cancelled.
struct Loading<'a>(&'a AtomicBool);

impl<'a> Loading<'a> {
    fn begin(flag: &'a AtomicBool) -> Option<Self> {
        (!flag.swap(true, Ordering::AcqRel)).then_some(Self(flag))
    }
}

impl Drop for Loading<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

impl Engine {
    /// The keys, at most a second old (R075). When the database does not answer, the last ones
    /// go on: tokens are verified and issued without it (promise P6).
    pub(crate) async fn keys(&self) -> Result<Arc<Keys>, Error> {
        let cache = &self.inner().keys;
        let Some(current) = cache.current() else {
            return self.reload_keys().await;
        };
        if is_fresh(current.loaded_at, self.now(), MAX_AGE) {
            return Ok(current);
        }
        // One caller reloads, the others go on with what is there.
        let Some(_loading) = Loading::begin(&cache.loading) else {
            return Ok(current);
        };
        match self.reload_keys().await {
            Ok(keys) => Ok(keys),
            Err(Error::Store(StoreError::Unavailable(_))) => Ok(current),
            Err(error) => Err(error),
        }
    }

    /// The keys after a token named one that is not known here: another instance may just
    /// have made it. Reloads at most every 200 ms.
    pub(crate) async fn keys_after_unknown(&self) -> Result<Arc<Keys>, Error> {
        match self.inner().keys.current() {
            Some(current) if is_fresh(current.loaded_at, self.now(), MIN_AGE) => Ok(current),
            _ => self.reload_keys().await,
        }
    }

    pub(crate) async fn reload_keys(&self) -> Result<Arc<Keys>, Error> {
        let ticket = self.inner().keys.tickets.fetch_add(1, Ordering::SeqCst);
        let now = self.now();
        let mut unit = self.store().begin_control(Access::Read).await?;
        let rows = unit.signing_keys().await?;
        drop(unit);
        let keys = Arc::new(Keys {
            ticket,
            ..self.assemble(now, rows)?
        });
        self.tell_lost(&keys);
        self.inner().keys.replace(Arc::clone(&keys));
        Ok(keys)
    }

    /// A lost key is no key: its access tokens end, and nothing else stops.
    pub(crate) fn readable(&self, rows: Vec<signing_key::SigningKey>) -> Readable {
        let (keys, lost) = rows
            .into_iter()
            .partition(|key| self.open_seed(key).is_ok());
        Readable { keys, lost }
    }

    /// Once, not at every reload.
    fn tell_lost(&self, keys: &Keys) {
        let told = self.inner().keys.current();
        let told = told.as_ref().map_or(&[][..], |keys| &keys.lost);
        for id in keys.lost.iter().filter(|id| !told.contains(id)) {
            tracing::error!(key.id = %id, "a signing key does not open and is not used: its row was altered, or sealed with an encryption key that is not configured");
        }
    }

    fn assemble(&self, now: Timestamp, rows: Vec<signing_key::SigningKey>) -> Result<Keys, Error> {
        let Readable { keys: rows, lost } = self.readable(rows);
        let standings = |purpose| self.standings(&rows, purpose, now);
        let mut signer = None;
        let mut published = Vec::new();
        let mut verifiers = KeySet::default();
        for standing in standings(KeyPurpose::AccessToken) {
            if !standing.state.is_published() {
                continue;
            }
            let seed = self.open_seed(&standing.key)?;
            let public = seed.public_key().map_err(|_| SigningKeyError::InvalidKey)?;
            if standing.state == KeyState::Active {
                let key = token::SigningKey::from_seed(&seed, &*self.inner().ports.keystore);
                signer = Some(key.map_err(|_| SigningKeyError::InvalidKey)?);
            }
            verifiers.insert(public.clone());
            published.push(public);
        }
        let mut refresh = Vec::new();
        for standing in standings(KeyPurpose::RefreshToken) {
            let key = RefreshKey::new(&standing.key.id, *self.open_seed(&standing.key)?.expose());
            match standing.state {
                KeyState::Active => refresh.insert(0, key),
                KeyState::Retiring => refresh.push(key),
                KeyState::Standby | KeyState::Retired => {}
            }
        }
        Ok(Keys {
            loaded_at: now,
            ticket: 0,
            signer: signer.ok_or(SigningKeyError::NoneActive)?,
            verifiers,
            published,
            refresh,
            lost: lost.into_iter().map(|key| key.id).collect(),
        })
    }

    /// What the keys of one purpose do at a moment. Refresh keys stay as long as sessions may live.
    pub(crate) fn standings(
        &self,
        rows: &[signing_key::SigningKey],
        purpose: KeyPurpose,
        now: Timestamp,
    ) -> Vec<KeyStanding> {
        let rows: Vec<_> = rows
            .iter()
            .filter(|key| key.purpose == purpose)
            .cloned()
            .collect();
        let overlap = match purpose {
            KeyPurpose::AccessToken => signing_key::overlap(self.settings().jwks_max_age),
            KeyPurpose::RefreshToken => crate::tenant::LONGEST_SESSION,
        };
        signing_key::standings(&rows, now, overlap)
    }

    fn open_seed(&self, key: &signing_key::SigningKey) -> Result<Seed, Error> {
        let opened = self.inner().sealer.open(place(&key.id), &key.sealed)?;
        let bytes: [u8; 32] = opened
            .as_slice()
            .try_into()
            .map_err(|_| StoreError::Corrupt(format!("signing key {}", key.id)))?;
        Ok(Seed::new(bytes))
    }
}

/// Where a private key is sealed.
pub(crate) const fn place(id: &str) -> Place<'_> {
    places::SIGNING_KEYS.place(id)
}

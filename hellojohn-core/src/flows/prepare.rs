use crate::{
    Engine, Error,
    access::Operator,
    cache::{self, Readable},
    flows::{KeyMaterial, NewSigningKey},
    restore::RestoreError,
    seal::{self, Place, SealError, Sealer, derived::DerivedKeys, places},
    settings::Settings,
    signing_key::{self, KeyPurpose, KeyState, SigningKey},
    store::{Access, ControlUnit, KeyPart, RowKey, SealedRow, Store, StoreError},
    time::Timestamp,
    trail::Entry,
};

const CHECK: &str = "encryption_check";
const CHECK_PLACE: Place<'static> = places::SECRET_SETTINGS.place(CHECK);
const DERIVED: &str = "derived_keys";
const DERIVED_PLACE: Place<'static> = places::SECRET_SETTINGS.place(DERIVED);

/// Whether a restored backup whose epoch was not opened yet may be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Restored {
    Refused,
    Accepted,
}

impl Engine {
    /// Refuses a database that is sealed with a key that is not configured (R198), or restored
    /// from a backup without an epoch of its own (R200).
    ///
    /// Only reads. [`Engine::open`] does the same first of all; this is for who changes the
    /// schema before.
    pub async fn require_usable(store: &dyn Store, settings: &Settings) -> Result<(), Error> {
        let sealer = Sealer::new(
            settings.encryption_key.clone(),
            settings.previous_encryption_key.clone(),
        );
        let mut unit = store.begin_control(Access::Read).await?;
        if unit.is_restore_pending().await? {
            return Err(RestoreError::Pending.into());
        }
        require_key(&mut *unit, &sealer).await?;
        Ok(())
    }

    /// Makes the database and the configuration fit each other before anything is served.
    pub(crate) async fn prepare(&self, restored: Restored) -> Result<(), Error> {
        if restored == Restored::Refused {
            Self::require_usable(self.store(), self.settings()).await?;
        }
        self.check_encryption_key().await?;
        self.load_derived_keys().await?;
        self.ensure_refresh_key().await?;
        self.ensure_signing_key().await?;
        self.reload_keys().await?;
        Ok(())
    }

    /// The first start seals a known text; every later one must be able to open it (R198).
    async fn check_encryption_key(&self) -> Result<(), Error> {
        let inner = self.inner();
        let mut unit = self.store().begin_control(Access::Read).await?;
        let kept = require_key(&mut *unit, &inner.sealer).await?;
        drop(unit);
        if kept.is_some() {
            return Ok(());
        }
        let sealed = inner
            .sealer
            .seal(CHECK_PLACE, CHECK.as_bytes(), &*inner.ports.random)?;
        let mut unit = self.store().begin_control(Access::Write).await?;
        let kept = unit.init_setting(CHECK, &sealed, self.now()).await?;
        unit.commit().await?;
        inner.sealer.open(CHECK_PLACE, &kept)?;
        Ok(())
    }

    /// An instance without kept keys derives them from the key its rows are sealed with, as
    /// programs before did at every start.
    async fn load_derived_keys(&self) -> Result<(), Error> {
        let inner = self.inner();
        let mut unit = self.store().begin_control(Access::Read).await?;
        let kept = unit.setting(DERIVED).await?;
        let check = unit.setting(CHECK).await?.unwrap_or_default();
        drop(unit);
        let kept = if let Some(kept) = kept {
            kept
        } else {
            let key = seal::key_id_of(&check).and_then(|id| inner.sealer.key(id));
            let derived = DerivedKeys::of(key.unwrap_or_else(|| inner.sealer.current()));
            let sealed =
                inner
                    .sealer
                    .seal(DERIVED_PLACE, &derived.to_bytes(), &*inner.ports.random)?;
            let mut unit = self.store().begin_control(Access::Write).await?;
            let kept = unit.init_setting(DERIVED, &sealed, self.now()).await?;
            unit.commit().await?;
            kept
        };
        let opened = inner.sealer.open(DERIVED_PLACE, &kept)?;
        let derived = DerivedKeys::from_bytes(&opened)
            .ok_or_else(|| StoreError::Corrupt(format!("setting {DERIVED}")))?;
        // An engine is prepared once.
        let _ = inner.derived.set(derived);
        Ok(())
    }

    async fn ensure_refresh_key(&self) -> Result<(), Error> {
        let mut unit = self.store().begin_control(Access::Write).await?;
        unit.lock_signing_keys().await?;
        require_key(&mut *unit, &self.inner().sealer).await?;
        let keys = self.readable(unit.signing_keys().await?).keys;
        if keys
            .iter()
            .any(|key| key.purpose == KeyPurpose::RefreshToken)
        {
            return Ok(());
        }
        let key = self.make_refresh_key(self.now())?;
        self.insert_key(&mut *unit, &Operator::local(), &key)
            .await?;
        Ok(unit.commit().await?)
    }

    /// Imports the configured key if it is new; makes one if there is nothing to sign with.
    async fn ensure_signing_key(&self) -> Result<(), Error> {
        let material = self
            .settings()
            .signing_key
            .clone()
            .map_or(KeyMaterial::Generate, KeyMaterial::Pem);
        let configured = matches!(material, KeyMaterial::Pem(_));
        let mut unit = self.store().begin_control(Access::Write).await?;
        unit.lock_signing_keys().await?;
        require_key(&mut *unit, &self.inner().sealer).await?;
        let Readable { keys: rows, lost } = self.readable(unit.signing_keys().await?);
        let now = self.now();
        let signs = self.has_signer(&rows, now);
        if signs && !configured {
            return Ok(());
        }
        let mut key = self.make_key(&NewSigningKey::standby(material), now)?;
        if rows.iter().any(|row| row.id == key.id) {
            return Ok(());
        }
        if let Some(lost) = lost.iter().find(|row| row.id == key.id) {
            // The key itself is configured, only its row is not readable any more.
            let row = SealedRow {
                key: RowKey(vec![KeyPart::Text(lost.id.clone())]),
                name: lost.id.clone(),
                sealed: lost.sealed.clone(),
            };
            let kept = unit.replace_sealed(&places::SIGNING_KEYS, &row, &key.sealed);
            // Somebody else mended or changed it since it was read: the next start sees what is there.
            kept.await?.ok_or(StoreError::Conflict {
                constraint: "signing_key_sealed",
            })?;
            return Ok(unit.commit().await?);
        }
        key.active_from = Some(if signs {
            signing_key::may_sign_from(now, now, self.settings().jwks_max_age)
        } else {
            now
        });
        self.insert_key(&mut *unit, &Operator::local(), &key)
            .await?;
        unit.commit().await?;
        tracing::info!(key.id = %key.id, key.signs_from = key.active_from.map(tracing::field::display), "signing key added");
        Ok(())
    }

    fn has_signer(&self, rows: &[SigningKey], now: Timestamp) -> bool {
        self.standings(rows, KeyPurpose::AccessToken, now)
            .iter()
            .any(|standing| standing.state == KeyState::Active)
    }

    pub(crate) async fn insert_key(
        &self,
        unit: &mut dyn ControlUnit,
        operator: &Operator,
        key: &SigningKey,
    ) -> Result<bool, Error> {
        let added = unit.insert_signing_key(key).await?;
        if added {
            let entry = Entry::new("key.added")
                .on("signing_key", &key.id)
                .with("purpose", key.purpose.as_str());
            self.record_control(unit, operator, None, entry).await?;
        }
        Ok(added)
    }
}

/// The kept check, if there is one; it opens with a configured key, as do all keys in use.
///
/// The check alone is not enough: while a change of the encryption key is under way it is sealed
/// with one key and the signing keys with another. Who has only one of the two would take the
/// others for lost and make new ones beside them, for every instance.
async fn require_key(unit: &mut dyn ControlUnit, sealer: &Sealer) -> Result<Option<String>, Error> {
    let other = |missing: &str| SealError::OtherKey {
        missing: missing.to_owned(),
        configured: sealer.key_ids(),
    };
    let check = unit.setting(CHECK).await?;
    if let Some(kept) = &check {
        match sealer.open(CHECK_PLACE, kept) {
            Ok(_) => {}
            Err(SealError::UnknownKey(id)) => return Err(other(&id).into()),
            Err(error) => return Err(error.into()),
        }
    }
    let keys = unit.signing_keys().await?;
    for key in keys.iter().filter(|key| key.retired_at.is_none()) {
        if let Err(SealError::UnknownKey(id)) = sealer.open(cache::place(&key.id), &key.sealed) {
            return Err(other(&id).into());
        }
    }
    Ok(check)
}

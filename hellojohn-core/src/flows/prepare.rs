use crate::{
    Engine, Error,
    access::Operator,
    flows::{KeyMaterial, NewSigningKey},
    seal::{Place, places},
    signing_key::{self, KeyPurpose, KeyState, SigningKey},
    store::{Access, ControlUnit},
    time::Timestamp,
    trail::Entry,
};

const CHECK: &str = "encryption_check";
const CHECK_PLACE: Place<'static> = places::SECRET_SETTINGS.place(CHECK);

impl Engine {
    /// Makes the database and the configuration fit each other before anything is served.
    pub(crate) async fn prepare(&self) -> Result<(), Error> {
        self.check_encryption_key().await?;
        self.ensure_refresh_key().await?;
        self.ensure_signing_key().await?;
        self.reload_keys().await?;
        Ok(())
    }

    /// The first start seals a known text; every later one must be able to open it (R198).
    async fn check_encryption_key(&self) -> Result<(), Error> {
        let inner = self.inner();
        let mut unit = self.store().begin_control(Access::Read).await?;
        let kept = unit.setting(CHECK).await?;
        drop(unit);
        let kept = if let Some(kept) = kept {
            kept
        } else {
            let sealed = inner
                .sealer
                .seal(CHECK_PLACE, CHECK.as_bytes(), &*inner.ports.random)?;
            let mut unit = self.store().begin_control(Access::Write).await?;
            let kept = unit.init_setting(CHECK, &sealed, self.now()).await?;
            unit.commit().await?;
            kept
        };
        inner.sealer.open(CHECK_PLACE, &kept)?;
        Ok(())
    }

    async fn ensure_refresh_key(&self) -> Result<(), Error> {
        let mut unit = self.store().begin_control(Access::Write).await?;
        unit.lock_signing_keys().await?;
        let keys = unit.signing_keys().await?;
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
        let rows = unit.signing_keys().await?;
        let now = self.now();
        let signs = self.has_signer(&rows, now);
        if signs && !configured {
            return Ok(());
        }
        let mut key = self.make_key(&NewSigningKey::standby(material), now)?;
        if rows.iter().any(|row| row.id == key.id) {
            return Ok(());
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

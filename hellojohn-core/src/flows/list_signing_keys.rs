use crate::{
    Engine, Error,
    access::Operator,
    signing_key::{KeyPurpose, KeyStanding, SigningKey, SigningKeyError},
    store::Access,
    time::Timestamp,
};

impl Engine {
    /// The keys that sign access tokens, with what each does now, newest signer first.
    pub async fn signing_keys(&self, operator: &Operator) -> Result<Vec<KeyStanding>, Error> {
        operator.require("keys:read")?;
        let mut unit = self.store().begin_control(Access::Read).await?;
        let rows = unit.signing_keys().await?;
        Ok(self.standings(&rows, KeyPurpose::AccessToken, self.now()))
    }

    /// One of them.
    pub async fn signing_key(&self, operator: &Operator, id: &str) -> Result<KeyStanding, Error> {
        operator.require("keys:read")?;
        self.standing_of(id).await
    }

    pub(crate) async fn standing_of(&self, id: &str) -> Result<KeyStanding, Error> {
        let mut unit = self.store().begin_control(Access::Read).await?;
        let rows = unit.signing_keys().await?;
        self.find_standing(&rows, id, self.now())
    }

    pub(crate) fn find_standing(
        &self,
        rows: &[SigningKey],
        id: &str,
        now: Timestamp,
    ) -> Result<KeyStanding, Error> {
        self.standings(rows, KeyPurpose::AccessToken, now)
            .into_iter()
            .find(|standing| standing.key.id == id)
            .ok_or_else(|| SigningKeyError::NotFound.into())
    }
}

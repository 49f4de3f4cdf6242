use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use secrecy::SecretString;
use serde_json::{Map, Value};

use crate::{
    Engine, Error,
    access::Caller,
    credential::CredentialError,
    id::UserId,
    input::Email,
    one_time::{NewOneTime, Purpose},
    passkey::{self, Ceremony, Descriptor, RelyingParty, UserVerification},
    store::{Access, UnitOfWork},
};

/// How long an authenticator may take to answer (R135).
pub(crate) const CEREMONY_LIFE: Duration = Duration::from_mins(5);

/// The name of this way in `allowed_auth_methods`.
pub(crate) const PASSKEY: &str = "passkey";

/// A ceremony that waits for its answer.
#[derive(Clone, Debug)]
pub struct PasskeyChallenge {
    /// What the answer names it by; good for one answer.
    pub id: SecretString,
    /// What a browser is asked, as `PublicKeyCredential.parseRequestOptionsFromJSON` takes it.
    pub options: Value,
}

/// Of whom a passkey is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AskedOf {
    /// Whoever the authenticator knows.
    Anybody,
    /// This user.
    User(UserId),
    /// An address that has no account: no passkey will do.
    Nobody,
}

impl Engine {
    /// Asks for a passkey.
    ///
    /// With an address the answer names its owner's passkeys. An address without any gets decoys,
    /// which stay the same, so that nobody learns who has an account (R017).
    pub async fn passkey_options(
        &self,
        caller: &Caller,
        email: Option<&str>,
    ) -> Result<PasskeyChallenge, Error> {
        let config = &caller.tenant().config;
        if !config.allows_method(PASSKEY) {
            return Err(CredentialError::MethodDisabled.into());
        }
        let party = RelyingParty::of(self.settings(), config)?;
        let email = email.map(Email::parse).transpose()?;
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let (of, allowed) = match &email {
            None => (AskedOf::Anybody, Vec::new()),
            Some(email) => self.passkeys_behind(&mut *unit, email).await?,
        };
        let challenge: [u8; 32] = self.random();
        let new = NewOneTime {
            purpose: Purpose::PasskeySignIn,
            // Nobody's: whoever only knows an address must not be able to void what its owner began.
            user: None,
            email: None,
            data: state(&challenge, of),
            life: CEREMONY_LIFE,
        };
        let token = self.issue_one_time(&mut *unit, new).await?;
        unit.commit().await?;
        let ceremony = Ceremony {
            party: &party,
            challenge: &challenge,
            user_verification: UserVerification::Required,
        };
        Ok(PasskeyChallenge {
            id: token.secret().clone(),
            options: passkey::request_options(&ceremony, &allowed),
        })
    }

    async fn passkeys_behind(
        &self,
        unit: &mut dyn UnitOfWork,
        email: &Email,
    ) -> Result<(AskedOf, Vec<Descriptor>), Error> {
        let user = unit.user_by_email(email).await?.map(|user| user.id);
        // Looked up for nobody, too: both answers ask the database the same.
        let somebody = user.unwrap_or_else(|| UserId::new(self.now(), self.random()));
        let passkeys = unit.passkeys_of(somebody).await?;
        let decoys = passkey::decoys(
            self.passkey_key(),
            &[
                unit.tenant().to_string().as_bytes(),
                email.as_str().as_bytes(),
            ],
        );
        let allowed = if passkeys.is_empty() {
            decoys
        } else {
            passkeys.into_iter().map(Descriptor::from).collect()
        };
        Ok((user.map_or(AskedOf::Nobody, AskedOf::User), allowed))
    }
}

fn state(challenge: &[u8; 32], of: AskedOf) -> Map<String, Value> {
    let of = match of {
        AskedOf::Anybody => "anybody".to_owned(),
        AskedOf::User(id) => id.to_string(),
        AskedOf::Nobody => "nobody".to_owned(),
    };
    Map::from_iter([
        (
            "challenge".to_owned(),
            BASE64URL_NOPAD.encode(challenge).into(),
        ),
        ("of".to_owned(), of.into()),
    ])
}

/// Reads what [`state`] wrote.
pub(crate) fn read_state(data: &Map<String, Value>) -> Option<(Vec<u8>, AskedOf)> {
    let challenge = data.get("challenge")?.as_str()?;
    let challenge = BASE64URL_NOPAD.decode(challenge.as_bytes()).ok()?;
    let of = match data.get("of")?.as_str()? {
        "anybody" => AskedOf::Anybody,
        "nobody" => AskedOf::Nobody,
        id => AskedOf::User(id.parse().ok()?),
    };
    Some((challenge, of))
}

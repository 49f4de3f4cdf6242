use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use crate::{
    Engine, Error,
    access::Caller,
    flows::{Patch, sign_up::taken, update_user::Changes},
    id::UserId,
    input::{self, Email, FieldError},
    mail::{Mail, Template},
    password::{self, MAX_PASSWORD_BYTES},
    ports::PasswordsError,
    store::Access,
    trail::{self, Entry},
    user::{PasswordHash, User},
};

/// A user made by a server.
#[derive(Clone, Debug, Default)]
pub struct NewUser {
    /// The address, as given.
    pub email: String,
    /// The password, or a hash of it from another system.
    pub password: NewPassword,
    /// The display name.
    pub name: Option<String>,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// A user name.
    pub username: Option<String>,
    /// A telephone number.
    pub phone: Option<String>,
    /// A picture.
    pub avatar_url: Option<String>,
    /// Whether the address is proven already.
    pub email_verified: Option<bool>,
    /// The primary role; `member` if unset.
    pub role: Option<String>,
    /// The application's own id.
    pub external_id: Option<String>,
    /// Visible to the user and in tokens.
    pub public_metadata: Map<String, Value>,
    /// Visible to servers only.
    pub private_metadata: Map<String, Value>,
    /// What is mailed to them.
    pub mail: NewUserMail,
}

/// What is mailed to a user made by a server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NewUserMail {
    /// Nothing.
    #[default]
    None,
    /// A welcome, and the link that proves their address unless it is proven already.
    Welcome,
}

/// The password of a user made by a server.
#[derive(Clone, Debug, Default)]
pub enum NewPassword {
    /// None: the user signs in by other means.
    #[default]
    None,
    /// In clear; the tenant's policy does not apply.
    Clear(SecretString),
    /// A hash in PHC or crypt form; upgraded at the first sign-in (R008).
    Hash(SecretString),
}

impl Engine {
    /// Creates a user without signing them in. The password policy does not apply.
    pub async fn create_user(&self, caller: &Caller, new: NewUser) -> Result<User, Error> {
        caller.require("users:write")?;
        let mut user = self.parse_new_user(caller, &new)?;
        user.password_hash = self.stored_hash(&new.password).await?;
        user.password_changed_at = user.password_hash.as_ref().map(|_| user.created_at);
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        unit.insert_user(&user).await.map_err(taken)?;
        self.record(&mut *unit, caller, Entry::new("user.created").user(user.id))
            .await?;
        self.emit(&mut *unit, "user.created", trail::user_data(&user))
            .await?;
        if new.mail == NewUserMail::Welcome {
            let welcome = Mail::to_user(Template::Welcome, &user);
            self.queue_mail(&mut *unit, caller, welcome).await?;
            if !user.email_verified {
                self.send_verification(&mut *unit, caller, &user).await?;
            }
        }
        unit.commit().await?;
        Ok(user)
    }

    fn parse_new_user(&self, caller: &Caller, new: &NewUser) -> Result<User, Error> {
        let email = Email::parse(&new.email)?;
        let now = self.now();
        let mut user = User::new(
            UserId::new(now, self.random()),
            caller.tenant_id(),
            email,
            now,
        );
        let mut changes = Changes::default();
        let set = |text: &Option<String>| text.clone().map_or(Patch::Keep, Patch::Set);
        changes.text(&mut user.first_name, set(&new.first_name), |text| {
            input::display_text("first_name", text)
        });
        changes.text(&mut user.last_name, set(&new.last_name), |text| {
            input::display_text("last_name", text)
        });
        user.derive_name();
        changes.name(&mut user, set(&new.name));
        changes.text(&mut user.username, set(&new.username), input::username);
        changes.phone(&mut user, set(&new.phone));
        changes.avatar_url(&mut user, set(&new.avatar_url));
        changes.text(
            &mut user.external_id,
            set(&new.external_id),
            input::external_id,
        );
        if let Some(role) = &new.role {
            changes.role(&mut user, role);
        }
        changes.metadata(
            &mut user.public_metadata,
            "public_metadata",
            Patch::Set(new.public_metadata.clone()),
        );
        changes.metadata(
            &mut user.private_metadata,
            "private_metadata",
            Patch::Set(new.private_metadata.clone()),
        );
        if let NewPassword::Clear(password) = &new.password
            && let Err(error) = hashable(password)
        {
            changes.reject(error);
        }
        changes.finish()?;
        user.email_verified = new.email_verified.unwrap_or(false);
        Ok(user)
    }

    async fn stored_hash(&self, password: &NewPassword) -> Result<Option<PasswordHash>, Error> {
        Ok(match password {
            NewPassword::None => None,
            NewPassword::Clear(text) => Some(PasswordHash::new(self.passwords().hash(text).await?)),
            NewPassword::Hash(text) => {
                let text = text.expose_secret();
                password::recognise(text).map_err(|_| PasswordsError::UnsupportedHash)?;
                Some(PasswordHash::new(text.to_owned()))
            }
        })
    }
}

/// Refuses what cannot be hashed; nothing is said about its strength.
fn hashable(password: &SecretString) -> Result<(), FieldError> {
    match password.expose_secret().len() {
        0 => Err(FieldError::new("password", "required")),
        length if length > MAX_PASSWORD_BYTES => Err(FieldError::new("password", "too_long")),
        _ => Ok(()),
    }
}

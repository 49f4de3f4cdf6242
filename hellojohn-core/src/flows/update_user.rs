use serde_json::{Map, Value};

use crate::{
    Engine, Error,
    access::Caller,
    flows::sign_up::taken,
    id::UserId,
    input::{self, Email, FieldError, InputError, Metadata},
    one_time::{Owner, Purpose},
    session::RevocationReason,
    store::Access,
    time::Timestamp,
    trail::{self, Entry},
    user::{User, UserError, UserStatus},
};

/// A field of a change: kept, cleared, or set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Patch<T> {
    /// Not mentioned: stays as it is.
    #[default]
    Keep,
    /// Mentioned as null: becomes empty.
    Clear,
    /// Mentioned: becomes this.
    Set(T),
}

/// What a server may change about a user. Metadata objects are replaced whole.
#[derive(Clone, Debug, Default)]
pub struct UserPatch {
    /// The address; a new one is unproven unless said otherwise.
    pub email: Patch<String>,
    /// Whether the address is proven.
    pub email_verified: Patch<bool>,
    /// The user name.
    pub username: Patch<String>,
    /// The display name.
    pub name: Patch<String>,
    /// Given name.
    pub first_name: Patch<String>,
    /// Family name.
    pub last_name: Patch<String>,
    /// The telephone number; a new one is unproven.
    pub phone: Patch<String>,
    /// A picture.
    pub avatar_url: Patch<String>,
    /// The application's own id.
    pub external_id: Patch<String>,
    /// The primary role.
    pub role: Patch<String>,
    /// `active` or `disabled`.
    pub status: Patch<String>,
    /// Visible to the user and in tokens.
    pub public_metadata: Patch<Map<String, Value>>,
    /// Visible to servers only.
    pub private_metadata: Patch<Map<String, Value>>,
}

impl Engine {
    /// Changes a user. Disabling ends their sessions in the same transaction (R046).
    pub async fn update_user(
        &self,
        caller: &Caller,
        id: UserId,
        patch: UserPatch,
    ) -> Result<User, Error> {
        caller.require("users:write")?;
        let mut unit = self
            .store()
            .begin(caller.tenant_id(), Access::Write)
            .await?;
        let mut user = unit.user_for_update(id).await?.ok_or(UserError::NotFound)?;
        let before = user.status_at(self.now());
        let address = user.email.clone();
        let asked = patch.status != Patch::Keep;
        let mut changes = Changes::default();
        let now = self.now();
        changes.apply(&mut user, patch, now);
        changes.finish()?;
        user.updated_at = now;
        unit.update_user(&user).await.map_err(taken)?;
        if user.email != address {
            // The administrator's word is the last: nothing sent before moves the account again.
            unit.void_one_time(Owner::User(id), &[Purpose::UndoEmailChange])
                .await?;
        }
        if user.email != address || user.status_at(now) != before {
            self.void_links(&mut *unit, id).await?;
        }
        // A session that outlived a ban must not live on in the next state: end them whatever was before.
        if asked && user.status != UserStatus::Active {
            self.end_sessions(&mut *unit, id, None, RevocationReason::UserDisabled)
                .await?;
        }
        if user.status_at(now) != before {
            let kind = if user.status == UserStatus::Active {
                "user.enabled"
            } else {
                "user.disabled"
            };
            self.record(&mut *unit, caller, Entry::new(kind).user(id))
                .await?;
            self.emit(&mut *unit, kind, trail::user_data(&user)).await?;
        }
        self.record(&mut *unit, caller, Entry::new("user.updated").user(id))
            .await?;
        self.emit(&mut *unit, "user.updated", trail::user_data(&user))
            .await?;
        unit.commit().await?;
        Ok(user)
    }
}

/// Applies parsed fields to a user and collects what is wrong.
#[derive(Default)]
pub(crate) struct Changes {
    wrong: Vec<FieldError>,
    bad_email: bool,
}

impl Changes {
    pub(crate) fn finish(self) -> Result<(), InputError> {
        if self.bad_email {
            Err(InputError::InvalidEmail)
        } else if self.wrong.is_empty() {
            Ok(())
        } else {
            Err(InputError::Fields(self.wrong))
        }
    }

    fn apply(&mut self, user: &mut User, patch: UserPatch, now: Timestamp) {
        self.email(user, patch.email);
        match patch.email_verified {
            Patch::Keep => {}
            Patch::Set(verified) => user.email_verified = verified,
            Patch::Clear => self
                .wrong
                .push(FieldError::new("email_verified", "required")),
        }
        self.text(&mut user.username, patch.username, input::username);
        self.text(&mut user.first_name, patch.first_name.clone(), |text| {
            input::display_text("first_name", text)
        });
        self.text(&mut user.last_name, patch.last_name.clone(), |text| {
            input::display_text("last_name", text)
        });
        if patch.name == Patch::Keep
            && (patch.first_name != Patch::Keep || patch.last_name != Patch::Keep)
        {
            user.derive_name();
        }
        self.name(user, patch.name);
        self.phone(user, patch.phone);
        self.avatar_url(user, patch.avatar_url);
        self.text(&mut user.external_id, patch.external_id, input::external_id);
        match patch.role {
            Patch::Keep => {}
            Patch::Set(text) => self.role(user, &text),
            Patch::Clear => self.wrong.push(FieldError::new("role", "required")),
        }
        match patch.status {
            Patch::Keep => {}
            Patch::Set(text) if text == "active" => user.set_status(UserStatus::Active, None, now),
            Patch::Set(text) if text == "disabled" => {
                user.set_status(UserStatus::Disabled, None, now);
            }
            Patch::Set(_) | Patch::Clear => {
                self.wrong.push(FieldError::new("status", "invalid_value"));
            }
        }
        self.metadata(
            &mut user.public_metadata,
            "public_metadata",
            patch.public_metadata,
        );
        self.metadata(
            &mut user.private_metadata,
            "private_metadata",
            patch.private_metadata,
        );
    }

    fn email(&mut self, user: &mut User, patch: Patch<String>) {
        match patch {
            Patch::Keep => {}
            Patch::Clear => self.wrong.push(FieldError::new("email", "required")),
            Patch::Set(text) => match Email::parse(&text) {
                Ok(email) if email == user.email => {}
                Ok(email) => {
                    user.email = email;
                    user.pending_email = None;
                    user.email_verified = false;
                }
                Err(_) => self.bad_email = true,
            },
        }
    }

    pub(crate) fn name(&mut self, user: &mut User, patch: Patch<String>) {
        self.text(&mut user.name, patch, |text| {
            input::display_text("name", text)
        });
    }

    pub(crate) fn avatar_url(&mut self, user: &mut User, patch: Patch<String>) {
        self.text(&mut user.avatar_url, patch, |text| {
            input::web_url("avatar_url", text)
        });
    }

    pub(crate) fn phone(&mut self, user: &mut User, patch: Patch<String>) {
        let before = user.phone.clone();
        self.text(&mut user.phone, patch, input::phone);
        if user.phone != before {
            user.phone_verified = false;
        }
    }

    pub(crate) fn role(&mut self, user: &mut User, text: &str) {
        match input::role(text) {
            Ok(role) => user.role = role,
            Err(error) => self.wrong.push(error),
        }
    }

    pub(crate) fn metadata(
        &mut self,
        kept: &mut Metadata,
        field: &'static str,
        patch: Patch<Map<String, Value>>,
    ) {
        match patch {
            Patch::Keep => {}
            Patch::Clear => *kept = Metadata::default(),
            Patch::Set(object) => match Metadata::parse(field, object) {
                Ok(metadata) => *kept = metadata,
                Err(error) => self.wrong.push(error),
            },
        }
    }

    pub(crate) fn text(
        &mut self,
        kept: &mut Option<String>,
        patch: Patch<String>,
        parse: impl Fn(&str) -> Result<String, FieldError>,
    ) {
        match patch {
            Patch::Keep => {}
            Patch::Clear => *kept = None,
            Patch::Set(text) => match parse(&text) {
                Ok(text) => *kept = Some(text),
                Err(error) => self.wrong.push(error),
            },
        }
    }

    pub(crate) fn reject(&mut self, error: FieldError) {
        self.wrong.push(error);
    }
}

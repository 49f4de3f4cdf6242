use data_encoding::BASE32_NOPAD;
use hellojohn_core::{
    Engine,
    access::Caller,
    api_key::KeyKind,
    flows::{NewApiKey, NewPassword, NewUser, Patch, UserPatch},
    id::{ApiKeyId, TenantId, UserId},
    ports::{Random as _, system::SystemRandom},
    time::Timestamp,
};
use http::Method;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;

use crate::{
    cli::Global,
    commands::{instance, which_tenant::which_tenant},
    compose::{self, Use},
    config::{Config, Purpose},
    failure::{Failure, chain},
    web::{Web, WebAnswer},
};

/// Everybody and everything the trial needs.
pub(super) struct Cast {
    pub(super) url: String,
    pub(super) issuer: String,
    pub(super) email: String,
    pub(super) password: SecretString,
    pub(super) user: Option<UserId>,
    engine: Engine,
    caller: Caller,
    key: SecretString,
    key_id: ApiKeyId,
    web: Web,
}

/// An address of the documentation (RFC 5737) that no client has: who believes it, believes anybody.
pub(super) const INVENTED: &str = "203.0.113.99";

impl Cast {
    /// Opens the database, and makes a publishable key for the trial.
    pub(super) async fn assemble(
        global: &Global,
        url: Option<&str>,
        tenant: Option<&str>,
    ) -> Result<Self, Failure> {
        let around = instance::of_command(global)?;
        let config = Config::from_env(around.env, around.profile, Purpose::Command)
            .map_err(|error| Failure::general(error.to_string()))?;
        let url = url.map_or_else(|| own_address(&config), str::to_owned);
        let issuer = config.http.app_url.clone().unwrap_or_else(|| url.clone());
        let store = compose::connect(&config.database, Use::Command).await?;
        let engine = compose::engine(&config, &store, &issuer, Use::Command).await?;
        let tenant = which_tenant(&engine, tenant).await?;
        let caller = engine.caller(tenant.id).await?;
        let web = Web::new()?;
        let random = random()?;
        let new = NewApiKey::named("hj doctor --smoke", KeyKind::Publishable);
        let made = engine.create_api_key(&caller, new).await?;
        Ok(Self {
            url,
            issuer,
            email: format!("hj-smoke-{}@example.com", random.to_lowercase()),
            // Long, of every kind of character, and in no list.
            password: SecretString::from(format!("Sm0ke!{random}")),
            user: None,
            engine,
            caller,
            key: made.key,
            key_id: made.record.id,
            web,
        })
    }

    /// The tenant it plays in.
    pub(super) fn tenant(&self) -> TenantId {
        self.caller.tenant_id()
    }

    /// The time by which tokens are judged.
    pub(super) fn now(&self) -> Timestamp {
        self.engine.now()
    }

    /// Asks as the application does, with the publishable key.
    pub(super) async fn post(&self, path: &str, body: &Value) -> Result<WebAnswer, String> {
        let bearer = self.key.expose_secret();
        self.ask(Method::POST, path, bearer, Some(body)).await
    }

    /// Signs in as a page of this server does.
    pub(super) async fn sign_in_with_cookie(&self, body: &Value) -> Result<WebAnswer, String> {
        let url = format!("{}/v1/auth/sign-in", self.url);
        let headers = [
            (
                "authorization",
                format!("Bearer {}", self.key.expose_secret()),
            ),
            ("x-hellojohn-session-mode", "cookie".to_owned()),
            ("sec-fetch-site", "same-origin".to_owned()),
        ];
        self.web.ask(Method::POST, &url, &headers, Some(body)).await
    }

    /// Asks without any credential.
    pub(super) async fn get(&self, path: &str) -> Result<WebAnswer, String> {
        let url = format!("{}{path}", self.url);
        self.web.ask(Method::GET, &url, &[], None).await
    }

    /// Asks with a credential.
    pub(super) async fn ask(
        &self,
        method: Method,
        path: &str,
        bearer: &str,
        body: Option<&Value>,
    ) -> Result<WebAnswer, String> {
        let url = format!("{}{path}", self.url);
        let headers = [
            ("authorization", format!("Bearer {bearer}")),
            ("x-forwarded-for", INVENTED.to_owned()),
        ];
        self.web.ask(method, &url, &headers, body).await
    }

    /// Makes the user as an operator, for tenants strangers may not sign up in.
    pub(super) async fn make_user(&mut self) -> Result<(), String> {
        let new = NewUser {
            email: self.email.clone(),
            password: NewPassword::Clear(self.password.clone()),
            email_verified: Some(true),
            ..NewUser::default()
        };
        let made = self.engine.create_user(&self.caller, new).await;
        self.user = Some(made.map_err(|error| chain(&error))?.id);
        Ok(())
    }

    /// Lets the address count as proven, for tenants that ask for that.
    pub(super) async fn verify_address(&self) -> Result<(), String> {
        let user = self.user.ok_or("there is no user")?;
        let patch = UserPatch {
            email_verified: Patch::Set(true),
            ..UserPatch::default()
        };
        let done = self.engine.update_user(&self.caller, user, patch).await;
        done.map(drop).map_err(|error| chain(&error))
    }

    /// Removes the user and the key.
    pub(super) async fn clean_up(&mut self) -> Result<(), String> {
        let user = match self.user.take() {
            Some(user) => self.engine.delete_user(&self.caller, user).await,
            None => Ok(()),
        };
        let key = self.engine.revoke_api_key(&self.caller, self.key_id).await;
        user.and(key).map_err(|error| chain(&error))
    }
}

/// The server of this configuration, on this machine.
fn own_address(config: &Config) -> String {
    let host = match config.http.host.as_str() {
        "0.0.0.0" | "::" | "[::]" => "127.0.0.1",
        host => host,
    };
    format!("http://{host}:{}", config.http.port)
}

fn random() -> Result<String, Failure> {
    let random = SystemRandom::new().map_err(|error| Failure::because("no trial", &error))?;
    let mut bytes = [0; 15];
    random.fill(&mut bytes);
    Ok(BASE32_NOPAD.encode(&bytes))
}

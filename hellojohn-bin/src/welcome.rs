//! What a development server prints: where it is, and at its first start how to call it.

use std::fmt::Write as _;

use data_encoding::BASE32_NOPAD;
use hellojohn_core::{
    Engine,
    access::Operator,
    api_key::{Environment, KeyKind},
    flows::{NewApiKey, NewTenant},
    id::TenantId,
    ports::{Random as _, system::SystemRandom},
};
use secrecy::{ExposeSecret as _, SecretString};

use crate::failure::Failure;

/// The tenant and the keys of a first start. The keys are not kept.
pub(crate) struct FirstTenant {
    id: TenantId,
    name: String,
    publishable: SecretString,
    secret: SecretString,
}

/// Makes a tenant and its keys if the instance has no tenant yet.
pub(crate) async fn first_tenant(engine: &Engine) -> Result<Option<FirstTenant>, Failure> {
    let operator = Operator::local();
    if !engine.tenants(&operator, None, 1).await?.is_empty() {
        return Ok(None);
    }
    let tenant = engine
        .create_tenant(&operator, NewTenant::named("Default"))
        .await?;
    let caller = engine.caller(tenant.id).await?;
    let key = |name: &str, kind| NewApiKey {
        environment: Environment::Test,
        ..NewApiKey::named(name, kind)
    };
    let publishable = engine
        .create_api_key(&caller, key("First publishable key", KeyKind::Publishable))
        .await?;
    let secret = engine
        .create_api_key(&caller, key("First secret key", KeyKind::Secret))
        .await?;
    Ok(Some(FirstTenant {
        id: tenant.id,
        name: tenant.name,
        publishable: publishable.key,
        secret: secret.key,
    }))
}

/// Where the server is.
pub(crate) struct Whereabouts<'a> {
    pub(crate) url: &'a str,
    pub(crate) data: Option<&'a str>,
    pub(crate) program: &'a str,
}

/// The text of a start; with the keys if it is the first one.
pub(crate) fn text(at: &Whereabouts<'_>, first: Option<&FirstTenant>) -> String {
    let Whereabouts { url, data, program } = at;
    let mut text = format!("\nHelloJohn {} is running.\n\n", env!("CARGO_PKG_VERSION"));
    let mut line = |name: &str, value: &str| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {name:<17}{value}");
    };
    line("URL", url);
    line("Documentation", &format!("{url}/docs"));
    line("JWKS", &format!("{url}/.well-known/jwks.json"));
    if let Some(data) = data {
        line("Data", data);
    }
    let Some(first) = first else {
        line(
            "New keys",
            &format!("{program} keys create --name web --type publishable"),
        );
        text.push('\n');
        return text;
    };
    line("Tenant", &format!("{} ({})", first.id, first.name));
    line("Publishable key", first.publishable.expose_secret());
    line("Secret key", first.secret.expose_secret());
    let _ = write!(text, "{}", how_to_call(url, program, first));
    text
}

fn how_to_call(url: &str, program: &str, first: &FirstTenant) -> String {
    let key = first.publishable.expose_secret();
    // A printed password would soon be in every list of breached ones.
    let password = one_time_password();
    format!(
        "
The keys are shown this once. The publishable key may be in a browser; keep the secret key
on your server. Copy this to sign a first user up:

  curl -sS {url}/v1/auth/sign-up \\
    -H 'Authorization: Bearer {key}' \\
    -H 'Content-Type: application/json' \\
    -d '{{\"email\":\"ada@example.com\",\"password\":\"{password}\"}}'

and this to sign in:

  curl -sS {url}/v1/auth/sign-in \\
    -H 'Authorization: Bearer {key}' \\
    -H 'Content-Type: application/json' \\
    -d '{{\"email\":\"ada@example.com\",\"password\":\"{password}\"}}'

New keys:  {program} keys create --name web --type publishable

"
    )
}

fn one_time_password() -> String {
    let mut bytes = [0; 10];
    // Without randomness the engine would not have started.
    if let Ok(random) = SystemRandom::new() {
        random.fill(&mut bytes);
    }
    BASE32_NOPAD.encode(&bytes).to_ascii_lowercase()
}

//! `hj keys`: API keys. A running server sees a new key at once.

use std::time::Duration;

use clap::{Args, Subcommand, ValueEnum};
use hellojohn_core::{
    Engine,
    access::{Caller, Operator},
    api_key::{ApiKey, ApiKeyFilter, Environment, KeyKind},
    flows::NewApiKey,
    id::ApiKeyId,
    page::{LARGEST_LIMIT, PageRequest, Total},
    time::parse_span,
};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

use super::{
    instance,
    which_tenant::{all_tenants, which_tenant},
};
use crate::{
    cli::Global,
    failure::{Exit, Failure},
    output::{Output, Table, date, note, or_dash},
};

#[derive(Subcommand)]
pub(crate) enum Keys {
    /// Make a key; it is shown this once
    Create(Create),
    /// List keys
    List(List),
    /// End a key at once
    Revoke(Revoke),
}

#[derive(Args)]
pub(crate) struct Create {
    /// For people
    #[arg(long)]
    name: String,
    /// What it is for
    #[arg(long = "type", value_enum, default_value_t)]
    kind: Kind,
    /// What it may do, such as users:read,users:write [default: everything its type may]
    #[arg(long, value_delimiter = ',')]
    scopes: Vec<String>,
    /// Whose it is: an id or a slug [default: the only tenant]
    #[arg(long, short)]
    tenant: Option<String>,
    /// After how long it stops working, such as 90d
    #[arg(long, value_parser = span)]
    expires_in: Option<Duration>,
    /// A label in the key's text
    #[arg(long, value_enum, default_value_t)]
    environment: Label,
}

#[derive(Args)]
pub(crate) struct List {
    /// Whose: an id or a slug [default: the only tenant]
    #[arg(long, short)]
    tenant: Option<String>,
    /// Only these
    #[arg(long = "type", value_enum)]
    kind: Option<Kind>,
}

#[derive(Args)]
pub(crate) struct Revoke {
    /// The key's id, `key_…`
    id: String,
    /// Whose it is [default: whoever has it]
    #[arg(long, short)]
    tenant: Option<String>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// For browsers
    Publishable,
    /// For servers
    #[default]
    Secret,
    /// For the whole instance
    Master,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Label {
    #[default]
    Live,
    Test,
}

impl From<Kind> for KeyKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Publishable => Self::Publishable,
            Kind::Secret => Self::Secret,
            Kind::Master => Self::Master,
        }
    }
}

impl From<Label> for Environment {
    fn from(label: Label) -> Self {
        match label {
            Label::Live => Self::Live,
            Label::Test => Self::Test,
        }
    }
}

fn span(text: &str) -> Result<Duration, &'static str> {
    parse_span(text).ok_or("not a duration such as 12h or 90d")
}

pub(crate) async fn run(
    global: &Global,
    output: &mut Output,
    command: Keys,
) -> Result<(), Failure> {
    let engine = instance::engine(global).await?;
    match command {
        Keys::Create(create) => self::create(&engine, create, output).await,
        Keys::List(list) => self::list(&engine, list, output).await,
        Keys::Revoke(revoke) => self::revoke(&engine, revoke, output).await,
    }
}

async fn create(engine: &Engine, create: Create, output: &mut Output) -> Result<(), Failure> {
    let new = NewApiKey {
        name: create.name,
        kind: create.kind.into(),
        environment: create.environment.into(),
        scopes: create.scopes,
        expires_in: create.expires_in,
    };
    let created = match create.kind {
        Kind::Master if create.tenant.is_some() => {
            return Err(Failure::general(
                "a master key belongs to no tenant; leave --tenant out",
            ));
        }
        Kind::Master => engine.create_master_key(&Operator::local(), new).await?,
        Kind::Publishable | Kind::Secret => {
            let caller = caller(engine, create.tenant.as_deref()).await?;
            engine.create_api_key(&caller, new).await?
        }
    };
    let mut shown = as_json(&created.record);
    if let Some(fields) = shown.as_object_mut() {
        fields.insert("key".to_owned(), created.key.expose_secret().into());
    }
    output.json(&shown)?;
    note("Keep the key now; it is not shown again.");
    Ok(())
}

async fn list(engine: &Engine, list: List, output: &mut Output) -> Result<(), Failure> {
    let keys = if list.kind == Some(Kind::Master) {
        engine.master_keys(&Operator::local()).await?
    } else {
        let filter = ApiKeyFilter {
            kind: list.kind.map(KeyKind::from),
            revoked: None,
        };
        let caller = caller(engine, list.tenant.as_deref()).await?;
        all_keys(engine, &caller, filter).await?
    };
    let now = engine.now();
    let mut table = Table::new(&[
        "ID", "NAME", "TYPE", "KEY", "SCOPES", "STATUS", "CREATED", "EXPIRES",
    ]);
    for key in &keys {
        let status = match (key.revoked_at.is_some_and(|at| at <= now), key.is_live(now)) {
            (true, _) => "revoked",
            (false, true) => "active",
            (false, false) => "expired",
        };
        let scopes = key.scopes.as_slice().join(",");
        table.row([
            key.id.to_string(),
            key.name.clone(),
            key.kind.as_str().to_owned(),
            format!("{}…{}", key.prefix(), key.last_four),
            or_dash(Some(scopes).filter(|scopes| !scopes.is_empty())),
            status.to_owned(),
            date(key.created_at),
            or_dash(key.expires_at.map(date)),
        ]);
    }
    let rows: Vec<Value> = keys.iter().map(as_json).collect();
    output.list(&table, &rows.into())
}

async fn revoke(engine: &Engine, revoke: Revoke, output: &mut Output) -> Result<(), Failure> {
    let unknown = || Failure::new(Exit::NotFound, "there is no such API key");
    let id: ApiKeyId = revoke.id.parse().map_err(|_| unknown())?;
    let operator = Operator::local();
    if let Some(tenant) = revoke.tenant.as_deref() {
        let caller = caller(engine, Some(tenant)).await?;
        engine.revoke_api_key(&caller, id).await?;
    } else if engine
        .master_keys(&operator)
        .await?
        .iter()
        .any(|key| key.id == id)
    {
        engine.revoke_master_key(&operator, id).await?;
    } else {
        let owner = owner(engine, id).await?.ok_or_else(unknown)?;
        engine.revoke_api_key(&owner, id).await?;
    }
    output.line(format_args!("✅ {id} is revoked"))
}

/// The tenant a key belongs to.
async fn owner(engine: &Engine, id: ApiKeyId) -> Result<Option<Caller>, Failure> {
    for tenant in all_tenants(engine).await? {
        // The keys of a suspended tenant do not work anyway.
        if tenant.require_active().is_err() {
            continue;
        }
        let caller = engine.caller(tenant.id).await?;
        if engine.api_key(&caller, id).await.is_ok() {
            return Ok(Some(caller));
        }
    }
    Ok(None)
}

async fn caller(engine: &Engine, tenant: Option<&str>) -> Result<Caller, Failure> {
    let tenant = which_tenant(engine, tenant).await?;
    Ok(engine.caller(tenant.id).await?)
}

async fn all_keys(
    engine: &Engine,
    caller: &Caller,
    filter: ApiKeyFilter,
) -> Result<Vec<ApiKey>, Failure> {
    let mut request = PageRequest {
        limit: LARGEST_LIMIT,
        cursor: None,
        total: Total::Omitted,
    };
    let mut keys = Vec::new();
    loop {
        let page = engine
            .list_api_keys(caller, filter, request.clone())
            .await?;
        keys.extend(page.items);
        if page.next.is_none() {
            return Ok(keys);
        }
        request.cursor = page.next;
    }
}

/// A key as commands print it; the key itself is not part of its record.
pub(super) fn as_json(key: &ApiKey) -> Value {
    json!({
        "id": key.id,
        "name": key.name,
        "type": key.kind.as_str(),
        "environment": key.environment.as_str(),
        "prefix": key.prefix(),
        "last_four": key.last_four,
        "scopes": key.scopes.as_slice(),
        "tenant_id": key.tenant_id,
        "created_at": key.created_at,
        "last_used_at": key.last_used_at,
        "expires_at": key.expires_at,
        "revoked_at": key.revoked_at,
    })
}

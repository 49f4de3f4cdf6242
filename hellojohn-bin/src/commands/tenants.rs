//! `hj tenants`: the tenants of the instance and what they chose for themselves.

use clap::{Args, Subcommand};
use hellojohn_core::{
    Engine,
    access::Operator,
    api_key::Environment,
    flows::NewTenant,
    password::PasswordPolicy,
    tenant::{Tenant, TenantConfig},
};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{
    instance,
    which_tenant::{all_tenants, which_tenant},
};
use crate::{
    cli::Global,
    failure::{Exit, Failure},
    first_start,
    output::{Output, Table, date, note},
};

#[derive(Subcommand)]
pub(crate) enum Tenants {
    /// Make a tenant with a publishable and a secret key; the keys are shown this once
    Create(Create),
    /// List the tenants
    List,
    /// Show one tenant
    Get(Named),
    /// Stop serving a tenant
    #[command(alias = "disable")]
    Suspend(Required),
    /// Serve a suspended tenant again
    #[command(alias = "enable")]
    Activate(Required),
    /// What a tenant chose for itself
    #[command(subcommand)]
    Config(Config),
}

#[derive(Args)]
pub(crate) struct Create {
    /// For people
    #[arg(long)]
    name: String,
    /// For URLs [default: made from the name]
    #[arg(long)]
    slug: Option<String>,
}

#[derive(Args)]
pub(crate) struct Named {
    /// An id or a slug [default: the only tenant]
    tenant: Option<String>,
}

#[derive(Args)]
pub(crate) struct Required {
    /// An id or a slug
    tenant: String,
}

#[derive(Subcommand)]
pub(crate) enum Config {
    /// Show one setting or all
    Get {
        /// Which setting
        key: Option<String>,
        /// Whose: an id or a slug [default: the only tenant]
        #[arg(long, short)]
        tenant: Option<String>,
    },
    /// Change a setting
    Set {
        /// Which setting
        key: String,
        /// JSON; anything else is taken as text
        value: String,
        /// Whose: an id or a slug [default: the only tenant]
        #[arg(long, short)]
        tenant: Option<String>,
    },
    /// Let a setting follow the instance again
    Reset {
        /// Which setting
        key: String,
        /// Whose: an id or a slug [default: the only tenant]
        #[arg(long, short)]
        tenant: Option<String>,
    },
}

pub(crate) async fn run(
    global: &Global,
    output: &mut Output,
    command: Tenants,
) -> Result<(), Failure> {
    let engine = instance::engine(global).await?;
    let operator = Operator::local();
    match command {
        Tenants::Create(create) => self::create(&engine, create, output).await,
        Tenants::List => list(&engine, output).await,
        Tenants::Get(Named { tenant }) => {
            let tenant = which_tenant(&engine, tenant.as_deref()).await?;
            output.json(&as_json(&tenant))
        }
        Tenants::Suspend(Required { tenant }) => {
            let tenant = which_tenant(&engine, Some(&tenant)).await?;
            let tenant = engine.suspend_tenant(&operator, tenant.id).await?;
            output.line(format_args!("✅ {} is suspended", tenant.id))
        }
        Tenants::Activate(Required { tenant }) => {
            let tenant = which_tenant(&engine, Some(&tenant)).await?;
            let tenant = engine.activate_tenant(&operator, tenant.id).await?;
            output.line(format_args!("✅ {} is active", tenant.id))
        }
        Tenants::Config(Config::Get { key, tenant }) => {
            let tenant = which_tenant(&engine, tenant.as_deref()).await?;
            output.json(&setting(&tenant.config, key.as_deref())?)
        }
        Tenants::Config(Config::Set { key, value, tenant }) => {
            let value = serde_json::from_str(&value).unwrap_or(Value::String(value));
            configure(&engine, tenant.as_deref(), (key, value), output).await
        }
        Tenants::Config(Config::Reset { key, tenant }) => {
            configure(&engine, tenant.as_deref(), (key, Value::Null), output).await
        }
    }
}

async fn create(engine: &Engine, create: Create, output: &mut Output) -> Result<(), Failure> {
    let new = NewTenant {
        slug: create.slug,
        ..NewTenant::named(create.name)
    };
    let first_start::FreshKeys {
        tenant,
        publishable,
        secret,
    } = first_start::create_tenant(engine, new, Environment::Live).await?;
    let text = |key: Option<SecretString>| key.map(|key| key.expose_secret().to_owned());
    output.json(&json!({
        "id": tenant.id,
        "name": tenant.name,
        "slug": tenant.slug,
        "plan": tenant.plan,
        "created_at": tenant.created_at,
        "public_key": text(publishable),
        "api_key": text(secret),
    }))?;
    note("Keep both keys now; they are not shown again.");
    Ok(())
}

async fn list(engine: &Engine, output: &mut Output) -> Result<(), Failure> {
    let tenants = all_tenants(engine).await?;
    let mut table = Table::new(&["ID", "NAME", "SLUG", "PLAN", "STATUS", "CREATED"]);
    for tenant in &tenants {
        table.row([
            tenant.id.to_string(),
            tenant.name.clone(),
            tenant.slug.clone(),
            tenant.plan.clone(),
            tenant.status.as_str().to_owned(),
            date(tenant.created_at),
        ]);
    }
    let rows: Vec<Value> = tenants.iter().map(as_json).collect();
    output.list(&table, &rows.into())
}

async fn configure(
    engine: &Engine,
    tenant: Option<&str>,
    (name, value): (String, Value),
    output: &mut Output,
) -> Result<(), Failure> {
    let tenant = which_tenant(engine, tenant).await?;
    let change = match password_rule(&name) {
        Some(rule) => {
            let instance = &engine.settings().password_policy;
            (
                "password_policy".to_owned(),
                one_rule(instance, rule, value)?,
            )
        }
        // A name nobody knows would be kept and mean nothing.
        None => setting(&TenantConfig::default(), Some(&name)).map(|_| (name.clone(), value))?,
    };
    let changes: Map<String, Value> = std::iter::once(change).collect();
    let config = engine
        .configure_tenant(&Operator::local(), tenant.id, changes)
        .await?;
    output.json(&setting(&config, Some(&name))?)
}

/// The rule that `password_min_length` and its like mean.
fn password_rule(name: &str) -> Option<&str> {
    let rule = name.strip_prefix("password_")?;
    match rule {
        "policy" => None,
        "require_numbers" => Some("require_number"),
        "require_symbols" => Some("require_symbol"),
        rule => Some(rule),
    }
}

/// The change of one rule; null takes the instance's.
fn one_rule(instance: &PasswordPolicy, rule: &str, value: Value) -> Result<Value, Failure> {
    let all = shown(instance)?;
    let of_instance = all
        .get(rule)
        .ok_or_else(|| unknown("rule for passwords", &all))?;
    let value = if value.is_null() {
        of_instance.clone()
    } else {
        value
    };
    Ok(json!({ rule: value }))
}

/// One setting by its name, or all of them.
fn setting(config: &TenantConfig, key: Option<&str>) -> Result<Value, Failure> {
    let all = shown(config)?;
    let Some(key) = key else { return Ok(all) };
    if let Some(rule) = password_rule(key) {
        let rules = shown(&PasswordPolicy::default())?;
        rules
            .get(rule)
            .ok_or_else(|| unknown("rule for passwords", &rules))?;
        let chosen = all.get("password_policy").and_then(|rules| rules.get(rule));
        return Ok(chosen.cloned().unwrap_or_default());
    }
    let name = match key {
        "session_access_token_ttl" => "access_token_ttl",
        "session_refresh_token_ttl" | "refresh_token_ttl" => "session_duration",
        other => other,
    };
    all.get(name)
        .cloned()
        .ok_or_else(|| unknown("setting", &all))
}

fn shown(settings: &impl Serialize) -> Result<Value, Failure> {
    serde_json::to_value(settings)
        .map_err(|error| Failure::because("the settings cannot be shown", &error))
}

fn unknown(what: &str, all: &Value) -> Failure {
    let known: Vec<&str> = all
        .as_object()
        .map(|all| all.keys().map(String::as_str).collect())
        .unwrap_or_default();
    let message = format!("there is no such {what}; there are {}", known.join(", "));
    Failure::new(Exit::NotFound, message)
}

fn as_json(tenant: &Tenant) -> Value {
    json!({
        "id": tenant.id,
        "name": tenant.name,
        "slug": tenant.slug,
        "plan": tenant.plan,
        "status": tenant.status.as_str(),
        "config": tenant.config,
        "created_at": tenant.created_at,
        "updated_at": tenant.updated_at,
    })
}

use serde_json::{Map, Value};

use crate::{
    Engine, Error,
    access::{Caller, Operator, Principal},
    id::TenantId,
    input::InputError,
    store::Access,
    tenant::{TenantConfig, TenantError},
    trail::Entry,
};

impl Engine {
    /// The tenant's settings, as stored now.
    pub async fn tenant_config(&self, caller: &Caller) -> Result<TenantConfig, Error> {
        caller.require("config:read")?;
        Ok(self
            .tenant(&Operator::local(), caller.tenant_id())
            .await?
            .config)
    }

    /// [`configure_tenant`](Self::configure_tenant) for the caller's own tenant; the audit log names the caller.
    pub async fn configure_own_tenant(
        &self,
        caller: &Caller,
        changes: Map<String, Value>,
    ) -> Result<TenantConfig, Error> {
        caller.require("config:write")?;
        let operator = Operator {
            key: match caller.principal() {
                Principal::Secret { id, scopes, .. } => Some((*id, scopes.clone())),
                _ => None,
            },
            origin: caller.origin().clone(),
        };
        self.change_config(&operator, caller.tenant_id(), changes)
            .await
    }

    /// Changes single settings of a tenant: a member replaces a setting, null resets it, what is not mentioned stays.
    pub async fn configure_tenant(
        &self,
        operator: &Operator,
        id: TenantId,
        changes: Map<String, Value>,
    ) -> Result<TenantConfig, Error> {
        operator.require("tenants:write")?;
        self.change_config(operator, id, changes).await
    }

    async fn change_config(
        &self,
        operator: &Operator,
        id: TenantId,
        changes: Map<String, Value>,
    ) -> Result<TenantConfig, Error> {
        let mut unit = self.store().begin_control(Access::Write).await?;
        let mut tenant = unit
            .tenant_for_update(id)
            .await?
            .ok_or(TenantError::NotFound)?;
        tenant.config = self.changed(&tenant.config, changes)?;
        tenant.config.check(self.settings())?;
        tenant.updated_at = self.now();
        unit.update_tenant(&tenant).await?;
        self.record_control(
            &mut *unit,
            operator,
            Some(id),
            Entry::new("config.updated").on("tenant", id),
        )
        .await?;
        unit.commit().await?;
        self.inner().tenants.forget();
        self.inner().origins.forget();
        Ok(tenant.config)
    }

    fn changed(
        &self,
        config: &TenantConfig,
        changes: Map<String, Value>,
    ) -> Result<TenantConfig, Error> {
        let invalid = |field: String| InputError::field(field, "invalid_value");
        let mut document = match serde_json::to_value(config) {
            Ok(Value::Object(document)) => document,
            _ => Map::new(),
        };
        for (name, mut value) in gather_rules(changes)? {
            let name = canonical(&name);
            if name == "password_policy" {
                value = self.whole_policy(config, value);
            }
            // Each value alone first, so that the error names the setting.
            let alone = Value::Object([(name.to_owned(), value.clone())].into_iter().collect());
            let reset = value.is_null();
            if !reset && serde_json::from_value::<TenantConfig>(alone).is_err() {
                return Err(invalid(name.to_owned()).into());
            }
            if reset {
                document.remove(name);
            } else {
                document.insert(name.to_owned(), value);
            }
        }
        serde_json::from_value(Value::Object(document))
            .map_err(|_| invalid("config".to_owned()).into())
    }

    /// A policy that mentions some rules keeps the others as they are in force.
    fn whole_policy(&self, config: &TenantConfig, value: Value) -> Value {
        match (
            serde_json::to_value(config.password_policy(self.settings())),
            value,
        ) {
            (Ok(Value::Object(mut whole)), Value::Object(given)) => {
                for (rule, value) in given {
                    whole.insert(PasswordRule(&rule).canonical().to_owned(), value);
                }
                Value::Object(whole)
            }
            (_, Value::Null) => Value::Null,
            // Anything else would be read as a policy by position.
            _ => Value::Bool(false),
        }
    }
}

/// Moves `password_min_length` and its like into `password_policy`.
fn gather_rules(changes: Map<String, Value>) -> Result<Map<String, Value>, InputError> {
    let mut kept = Map::new();
    let mut rules = Map::new();
    for (name, value) in changes {
        match name.strip_prefix("password_") {
            Some(rule) if rule != "policy" => rules.insert(rule.to_owned(), value),
            _ => kept.insert(name, value),
        };
    }
    if !rules.is_empty() {
        let policy = kept
            .entry("password_policy")
            .or_insert_with(|| Value::Object(Map::new()));
        let Value::Object(policy) = policy else {
            return Err(InputError::field("password_policy", "invalid_type"));
        };
        policy.append(&mut rules);
    }
    Ok(kept)
}

/// The documented aliases of settings.
fn canonical(name: &str) -> &str {
    match name {
        "session_access_token_ttl" => "access_token_ttl",
        "session_refresh_token_ttl" | "refresh_token_ttl" => "session_duration",
        "mfa_methods" => "mfa_allowed_factors",
        other => other,
    }
}

struct PasswordRule<'a>(&'a str);

impl<'a> PasswordRule<'a> {
    fn canonical(&self) -> &'a str {
        match self.0 {
            "require_numbers" => "require_number",
            "require_symbols" => "require_symbol",
            other => other,
        }
    }
}

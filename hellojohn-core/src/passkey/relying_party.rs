use url::{Host, Url};

use crate::{
    input::{self, InputError},
    passkey::PasskeyError,
    settings::Settings,
    tenant::TenantConfig,
};

/// What the instance says of itself to authenticators; unset fields follow the public base URL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RelyingPartySettings {
    /// The domain passkeys are bound to.
    pub id: Option<String>,
    /// The name shown to users; the domain without one.
    pub name: Option<String>,
    /// Origins whose pages may use passkeys.
    pub origins: Vec<String>,
}

/// Whom a passkey is for, and from which pages it may be used (R136).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelyingParty {
    id: String,
    name: String,
    origins: Vec<String>,
}

impl RelyingParty {
    /// A relying party whose origins all lie under its id.
    pub fn new(
        id: impl Into<String>,
        name: impl Into<String>,
        origins: Vec<String>,
    ) -> Result<Self, PasskeyError> {
        let id = id.into();
        let fits = is_domain(&id)
            && !origins.is_empty()
            && origins.iter().all(|origin| lies_under(origin, &id));
        let name = name.into();
        fits.then_some(Self { id, name, origins })
            .ok_or(PasskeyError::NotConfigured)
    }

    /// The one in force for a tenant: its own settings, else the instance's, else the base URL.
    pub fn of(settings: &Settings, config: &TenantConfig) -> Result<Self, PasskeyError> {
        Self::at(&settings.issuer, &settings.relying_party, config)
    }

    /// The one in force for tenants without settings of their own, at this base URL.
    pub fn of_instance(
        base_url: &str,
        instance: &RelyingPartySettings,
    ) -> Result<Self, PasskeyError> {
        Self::at(base_url, instance, &TenantConfig::default())
    }

    fn at(
        base_url: &str,
        instance: &RelyingPartySettings,
        config: &TenantConfig,
    ) -> Result<Self, PasskeyError> {
        let base = Url::parse(base_url).ok().map(named);
        let host = base.as_ref().and_then(Url::host_str);
        let own_id = config.webauthn_rp_id.as_deref();
        let id = own_id
            .or(instance.id.as_deref())
            .or(host)
            .ok_or(PasskeyError::NotConfigured)?;
        let origins = if !config.webauthn_origins.is_empty() {
            config.webauthn_origins.clone()
        } else if own_id.is_none() && !instance.origins.is_empty() {
            instance.origins.clone()
        } else {
            base.iter()
                .map(|url| url.origin().ascii_serialization())
                .collect()
        };
        let name = instance.name.as_deref().unwrap_or(id);
        Self::new(id, name, origins)
    }

    /// The domain passkeys are bound to.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The name shown to users.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether a page of this origin may use passkeys: equal as a whole, never by suffix (N83).
    pub fn allows(&self, origin: &str) -> bool {
        self.origins.iter().any(|allowed| allowed == origin)
    }

    pub(super) fn origins(&self) -> impl Iterator<Item = Url> {
        self.origins.iter().filter_map(|text| Url::parse(text).ok())
    }
}

/// Refuses passkey settings of a tenant that could never work or reach past its own pages: its
/// origins are ones whose pages may call the API anyway, and lie under its domain.
pub(crate) fn check(config: &TenantConfig, settings: &Settings) -> Result<(), InputError> {
    let invalid = |field: &str, code| Err(InputError::field(field, code));
    if config.webauthn_rp_id.is_none() && config.webauthn_origins.is_empty() {
        return Ok(());
    }
    if config
        .webauthn_rp_id
        .as_deref()
        .is_some_and(|id| !is_domain(id))
    {
        return invalid("webauthn_rp_id", "invalid_format");
    }
    if config.webauthn_rp_id.is_some() && config.webauthn_origins.is_empty() {
        return invalid("webauthn_origins", "required");
    }
    let known = |origin: &String| {
        config.allows_origin(origin)
            || settings.allowed_origins.contains(origin)
            || settings.relying_party.origins.contains(origin)
    };
    for origin in &config.webauthn_origins {
        if input::origin(origin).is_err() {
            return invalid("webauthn_origins", "invalid_format");
        }
        if !known(origin) {
            return invalid("webauthn_origins", "not_in_allowed_origins");
        }
    }
    match RelyingParty::of(settings, config) {
        Ok(_) => Ok(()),
        Err(_) => invalid("webauthn_origins", "not_under_rp_id"),
    }
}

/// Browsers bind passkeys to names only; this machine has one beside its addresses.
fn named(mut url: Url) -> Url {
    let is_here = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        _ => false,
    };
    if is_here {
        // An http URL takes any host.
        let _ = url.set_host(Some("localhost"));
    }
    url
}

/// A domain a browser binds credentials to: a host name with a dot, or `localhost`. Not an address.
fn is_domain(text: &str) -> bool {
    let named = matches!(Host::parse(text), Ok(Host::Domain(parsed)) if parsed == text);
    named && (text == "localhost" || input::is_host(text))
}

/// Whether a page of this origin may use this relying party's id (WebAuthn L3 §5.1.3): the host
/// is the id or lies below it, and the page is secure.
fn lies_under(origin: &str, id: &str) -> bool {
    let Ok(url) = Url::parse(origin) else {
        return false;
    };
    let host = url.host_str().unwrap_or_default();
    let below = host
        .strip_suffix(id)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    let local = host == "localhost" || host.ends_with(".localhost");
    let secure = url.scheme() == "https" || (url.scheme() == "http" && local);
    below && secure && url.origin().ascii_serialization() == origin
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(id: &str, origin: &str) -> bool {
        RelyingParty::new(id, "Example", vec![origin.to_owned()]).is_ok()
    }

    #[test]
    fn an_origin_lies_under_the_domain_on_a_secure_page() {
        assert!(fits("example.com", "https://example.com"));
        assert!(fits("example.com", "https://app.example.com:8443"));
        assert!(fits("localhost", "http://localhost:5173"));
        for (id, origin) in [
            ("example.com", "https://badexample.com"),
            ("example.com", "https://example.com.evil"),
            ("example.com", "http://example.com"),
            ("example.com", "https://example.com/"),
            ("app.example.com", "https://example.com"),
            ("127.0.0.1", "http://127.0.0.1:3000"),
            ("com", "https://example.com"),
            ("Example.com", "https://example.com"),
            ("", "https://example.com"),
        ] {
            assert!(!fits(id, origin), "{id} {origin}");
        }
        assert!(RelyingParty::new("example.com", "Example", Vec::new()).is_err());
    }
}

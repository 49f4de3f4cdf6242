use std::time::Duration;

use hellojohn_core::input;

use super::{
    Profile, Purpose,
    env::Env,
    parse::{flag, number, span},
    settings::{
        ALLOWED_ORIGINS, APP_URL, DRAIN_DELAY, HOST, MAX_CLIENT_CONNECTIONS, PORT, SHUTDOWN_GRACE,
        TRUST_PROXY, TRUST_PROXY_HOPS,
    },
};

/// Where to listen, under which name, and whom to believe.
pub(crate) struct HttpConfig {
    pub(crate) host: String,
    pub(crate) port: u16,
    /// The public base URL; unset in development, where it follows from the port.
    pub(crate) app_url: Option<String>,
    pub(crate) trusted_proxy_hops: u8,
    pub(crate) allowed_origins: Vec<String>,
    pub(crate) max_connections: Option<usize>,
    pub(crate) drain_delay: Duration,
    pub(crate) shutdown_grace: Duration,
}

const HOUR: Duration = Duration::from_hours(1);

impl HttpConfig {
    /// Reads the settings.
    pub(crate) fn from_env(env: &mut Env, profile: Profile, purpose: Purpose) -> Self {
        let development = profile == Profile::Development;
        let (host, drain_delay) = if development {
            ("127.0.0.1", Duration::ZERO)
        } else {
            ("0.0.0.0", Duration::from_secs(5))
        };
        Self {
            host: env.parsed(&HOST, host.to_owned(), |text| Ok(text.to_owned())),
            port: env.parsed(&PORT, 3000, number(0..=u16::MAX)),
            app_url: app_url(env, profile, purpose),
            trusted_proxy_hops: hops(env),
            allowed_origins: origins(env, profile),
            max_connections: env.parsed(&MAX_CLIENT_CONNECTIONS, None, |text| {
                number(1..=1_000_000)(text).map(Some)
            }),
            drain_delay: env.parsed(&DRAIN_DELAY, drain_delay, span(Duration::ZERO..=HOUR)),
            shutdown_grace: env.parsed(
                &SHUTDOWN_GRACE,
                Duration::from_secs(30),
                span(Duration::ZERO..=HOUR),
            ),
        }
    }
}

/// Where the server with these variables is reached on its own host.
pub(crate) fn own_url(env: &mut Env, path: &str) -> String {
    let host = env.optional(&HOST).map(|found| found.value);
    let host = match host.as_deref().map(str::trim) {
        // An address of everywhere is reached here, too.
        None | Some("0.0.0.0" | "::" | "[::]") => "127.0.0.1".to_owned(),
        Some(host) if host.contains(':') && !host.starts_with('[') => format!("[{host}]"),
        Some(host) => host.to_owned(),
    };
    let port = env.parsed(&PORT, 3000, number(0..=u16::MAX));
    format!("http://{host}:{port}{path}")
}

fn app_url(env: &mut Env, profile: Profile, purpose: Purpose) -> Option<String> {
    let found = match (profile, purpose) {
        (Profile::Production, Purpose::Serve) => env.required(&APP_URL),
        _ => env.optional(&APP_URL),
    }?;
    base_url(&found.value, profile)
        .map_err(|why| env.refuse(&found.variable, why))
        .ok()
}

/// A base URL without a trailing slash; https in production unless it names this machine (R213).
fn base_url(text: &str, profile: Profile) -> Result<String, &'static str> {
    let text = text.trim().trim_end_matches('/');
    let Some((scheme, rest)) = text.split_once("://") else {
        return Err("not a URL such as https://auth.example.com");
    };
    let authority = rest.split('/').next().unwrap_or_default();
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
        _ => authority,
    };
    let shaped = !host.is_empty()
        && rest
            .bytes()
            .all(|b| b.is_ascii_graphic() && !b"?#@\"<>\\^`{|}".contains(&b));
    if !shaped {
        return Err("not a base URL such as https://auth.example.com");
    }
    match scheme {
        "https" => Ok(text.to_owned()),
        "http" if profile == Profile::Development || is_this_machine(host) => Ok(text.to_owned()),
        "http" => {
            Err("http is not safe in production; use https, terminated by a proxy if you like")
        }
        _ => Err("neither https:// nor http://"),
    }
}

fn is_this_machine(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

fn hops(env: &mut Env) -> u8 {
    // Some programs take the number of proxies under this name.
    let trust = env.parsed(&TRUST_PROXY, None, |text| {
        flag(text)
            .map(u8::from)
            .or_else(|_| number(0..=16)(text))
            .map(Some)
            .map_err(|_| "neither true, false nor a number of proxies up to 16".to_owned())
    });
    let hops = env.parsed(&TRUST_PROXY_HOPS, None, |text| {
        number(0..=16)(text).map(Some)
    });
    match (trust, hops) {
        (Some(0), _) => 0,
        (_, Some(hops)) => hops,
        (trust, None) => trust.unwrap_or(0),
    }
}

fn origins(env: &mut Env, profile: Profile) -> Vec<String> {
    env.parsed(&ALLOWED_ORIGINS, Vec::new(), |text| {
        origin_list(text).map_err(|why| {
            if text.split(',').any(|origin| origin.trim() == "*") && profile == Profile::Production
            {
                "`*` would let every web page call; list the origins".to_owned()
            } else {
                why
            }
        })
    })
}

/// Origins, separated by commas.
pub(super) fn origin_list(text: &str) -> Result<Vec<String>, String> {
    text.split(',')
        .map(str::trim)
        .filter(|origin| !origin.is_empty())
        .map(|origin| {
            input::origin(origin.trim_end_matches('/'))
                .map_err(|_| "not a list of origins such as https://app.example.com".to_owned())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<HttpConfig, String> {
        let mut env = Env::of(variables.iter().map(|&(n, v)| (n.to_owned(), v)));
        let http = HttpConfig::from_env(&mut env, Profile::Production, Purpose::Command);
        env.finish()
            .map(|_| http)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn http_is_for_this_machine_only_in_production() {
        for good in [
            "https://auth.example.com",
            "https://auth.example.com/",
            "https://example.com:8443/auth",
            "http://localhost:3000",
            "http://127.0.0.1",
            "http://[::1]:3000",
        ] {
            assert!(read(&[("APP_URL", good)]).is_ok(), "{good}");
        }
        for bad in [
            "http://auth.example.com",
            "http://localhost.example.com",
            "http://localhost:3000@evil.example",
            "ftp://example.com",
            "auth.example.com",
            "https://",
            "https://example.com/?x",
        ] {
            let Err(error) = read(&[("APP_URL", bad)]) else {
                panic!("{bad} was taken");
            };
            assert!(error.starts_with("APP_URL: "), "{error}");
        }
        assert_eq!(
            base_url("http://auth.example", Profile::Development).as_deref(),
            Ok("http://auth.example")
        );
    }

    #[test]
    fn proxies_are_believed_as_far_as_they_are_counted() {
        let hops = |variables: &[(&str, &str)]| read(variables).unwrap().trusted_proxy_hops;
        assert_eq!(hops(&[]), 0);
        assert_eq!(hops(&[("TRUST_PROXY", "true")]), 1);
        assert_eq!(hops(&[("TRUST_PROXY", "2")]), 2);
        assert_eq!(hops(&[("TRUST_PROXY_HOPS", "2")]), 2);
        assert_eq!(
            hops(&[("TRUST_PROXY", "false"), ("TRUST_PROXY_HOPS", "2")]),
            0
        );
    }

    #[test]
    fn origins_are_a_list_without_wildcards() {
        let origins = "https://a.example, https://b.example:8443/";
        assert_eq!(
            read(&[("CORS_ALLOWED_ORIGINS", origins)])
                .unwrap()
                .allowed_origins,
            ["https://a.example", "https://b.example:8443"]
        );
        assert!(read(&[("HELLOJOHN_ALLOWED_ORIGINS", "*")]).is_err());
    }

    #[test]
    fn a_server_is_reached_where_it_listens() {
        let url = |variables: &[(&str, &str)]| {
            let variables = variables
                .iter()
                .map(|&(name, value)| (name.to_owned(), value));
            own_url(&mut Env::of(variables), "/health")
        };
        assert_eq!(url(&[]), "http://127.0.0.1:3000/health");
        assert_eq!(
            url(&[("PORT", "8080"), ("HOST", "::")]),
            "http://127.0.0.1:8080/health"
        );
        assert_eq!(url(&[("HOST", "10.0.0.5")]), "http://10.0.0.5:3000/health");
        assert_eq!(
            url(&[("HELLOJOHN_HOST", "fd00::5")]),
            "http://[fd00::5]:3000/health"
        );
    }
}

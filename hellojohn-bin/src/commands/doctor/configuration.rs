use hellojohn_core::time::format_span;
use tracing::Level;

use crate::{
    config::{Config, LogFormat, Profile, deprecations},
    findings::Findings,
};

/// What the settings say; no value of a secret is looked at or shown.
pub(super) fn look(config: &Config, findings: &mut Findings) {
    findings.good("settings", "complete and understood");
    for warning in &config.warnings {
        findings.warn("settings", warning.as_str(), "settle it");
    }
    for warning in deprecations::of_routes() {
        findings.warn("API", warning, "the log names who still uses it");
    }
    profile(config, findings);
    url(config, findings);
    browsers(config, findings);
    proxies(config, findings);
    metrics(config, findings);
    logs(config, findings);
    passwords(config, findings);
    rate_limits(config, findings);
    host(findings);
}

fn profile(config: &Config, findings: &mut Findings) {
    match config.profile {
        Profile::Production => findings.good("profile", "production"),
        Profile::Development => findings.bad(
            "profile",
            "development: keys are made and kept beside the data, nothing is asked",
            "set HELLOJOHN_ENV=production and what it then asks for",
        ),
    }
}

fn url(config: &Config, findings: &mut Findings) {
    match config.http.app_url.as_deref() {
        Some(url) if url.starts_with("https://") => findings.good("public URL", url),
        Some(url) => findings.warn(
            "public URL",
            format!("{url} is for this machine only"),
            "set APP_URL to the https address clients use",
        ),
        None => findings.bad(
            "public URL",
            "not set",
            "set APP_URL to the https address clients use; it is the `iss` of every token",
        ),
    }
}

fn browsers(config: &Config, findings: &mut Findings) {
    let origins = &config.http.allowed_origins;
    if origins.iter().any(|origin| origin == "*") {
        findings.bad("CORS", "every origin", "list the origins of your pages");
    } else if let Some(plain) = origins.iter().find(|origin| origin.starts_with("http://")) {
        findings.warn(
            "CORS",
            format!("{plain} is not https"),
            "list https origins only",
        );
    } else if origins.is_empty() {
        findings.good("CORS", "no origin for every tenant; tenants list their own");
    } else {
        findings.good("CORS", origins.join(", "));
    }
}

fn proxies(config: &Config, findings: &mut Findings) {
    let hops = config.http.trusted_proxy_hops;
    let https = config.http.app_url.as_deref();
    let https = https.is_some_and(|url| url.starts_with("https://"));
    match hops {
        0 if https => findings.warn(
            "proxies",
            "none is believed, yet the public URL is https, which a proxy must terminate",
            "set TRUST_PROXY_HOPS to the number of proxies, or every client has the proxy's address",
        ),
        hops => findings.good("proxies", format!("{hops} believed")),
    }
}

fn metrics(config: &Config, findings: &mut Findings) {
    let metrics = &config.metrics;
    match (metrics.enabled, metrics.token.is_some()) {
        (false, _) => findings.warn(
            "metrics",
            "switched off",
            "without them nobody sees refresh reuse, a full password queue or pending migrations",
        ),
        (true, true) => findings.good("metrics", "with a token"),
        (true, false) => findings.good(
            "metrics",
            "without a token: only for direct connections from private networks",
        ),
    }
}

fn logs(config: &Config, findings: &mut Findings) {
    let level = config.logging.level;
    if level > Level::INFO {
        findings.warn(
            "log level",
            level.to_string().to_lowercase(),
            "set LOG_LEVEL=info; the rest is for finding faults",
        );
    } else {
        findings.good("log level", level.to_string().to_lowercase());
    }
    match config.logging.format {
        LogFormat::Json => findings.good("log format", "JSON"),
        LogFormat::Text => findings.warn("log format", "text", "set LOG_FORMAT=json for machines"),
    }
}

fn passwords(config: &Config, findings: &mut Findings) {
    let policy = &config.passwords.policy;
    let params = &config.passwords.pool.params;
    // RFC 9106 §4 and OWASP agree that less than this is too little.
    if params.memory_kib() < 19_456 || (params.memory_kib() < 47_104 && params.iterations() < 2) {
        findings.bad(
            "password hashing",
            format!(
                "{} KiB, {} passes",
                params.memory_kib(),
                params.iterations()
            ),
            "unset HELLOJOHN_ARGON2_MEMORY_KIB and HELLOJOHN_ARGON2_ITERATIONS",
        );
    } else {
        let pool = &config.passwords.pool;
        let memory = u64::from(params.memory_kib()).saturating_mul(pool.threads as u64) / 1024;
        findings.good(
            "password hashing",
            format!(
                "Argon2id, {} KiB, {} passes; up to {memory} MiB for {} at once",
                params.memory_kib(),
                params.iterations(),
                pool.threads
            ),
        );
    }
    if policy.min_length < 8 {
        findings.warn(
            "password length",
            format!("{} characters", policy.min_length),
            "set PASSWORD_MIN_LENGTH to 8 or more",
        );
    } else {
        findings.good("password length", format!("at least {}", policy.min_length));
    }
    if policy.breach_check && config.passwords.breach_url.is_some() {
        findings.good("breached passwords", "refused");
    } else {
        findings.warn(
            "breached passwords",
            "not looked for",
            "set PASSWORD_BREACH_CHECK=true, and BREACH_URL to a mirror if there is no way out",
        );
    }
}

fn rate_limits(config: &Config, findings: &mut Findings) {
    let Some(limits) = &config.rate_limits.limits else {
        return findings.warn(
            "rate limits",
            "switched off",
            "set RATE_LIMIT_ENABLED=true, or limit /v1/auth in the proxy; deploy/ has examples",
        );
    };
    let sign_ins = limits.login.limit();
    let window = format_span(limits.login.window());
    let counted = match &config.rate_limits.redis {
        Some(_) => "with the other instances, in Redis",
        None => "by each instance for itself",
    };
    let text = format!("{sign_ins} sign-ins from one address in {window}; counted {counted}");
    findings.good("rate limits", text);
}

/// Whether this command, and so probably the server, runs as root.
fn host(findings: &mut Findings) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let uid = status.lines().find_map(|line| line.strip_prefix("Uid:"));
    let uid = uid.and_then(|ids| ids.split_whitespace().nth(1));
    match uid {
        Some("0") => findings.warn(
            "user",
            "this command runs as root",
            "run the server as a user of its own, as deploy/systemd/hellojohn.service does",
        ),
        Some(_) => findings.good("user", "not root"),
        None => {}
    }
}

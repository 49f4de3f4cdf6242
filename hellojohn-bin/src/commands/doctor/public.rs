use http::Method;

use crate::{
    findings::Findings,
    web::{Web, WebAnswer},
};

/// What a client sees of the server at this address.
pub(super) async fn look(url: &str, findings: &mut Findings) {
    let web = match Web::new() {
        Ok(web) => web,
        Err(error) => {
            findings.bad(
                "client",
                error.to_string(),
                "install the root certificates of this host",
            );
            return;
        }
    };
    let health = match web
        .ask(Method::GET, &format!("{url}/health"), &[], None)
        .await
    {
        Ok(health) => health,
        Err(why) => {
            findings.bad(
                "connection",
                why,
                "check the address, the proxy and its certificate",
            );
            return;
        }
    };
    transport(url, &web, findings).await;
    answer(&health, findings);
    headers(url, &health, findings);
    cors(url, &web, findings).await;
    metrics(url, &web, findings).await;
}

async fn transport(url: &str, web: &Web, findings: &mut Findings) {
    let Some(rest) = url.strip_prefix("https://") else {
        findings.bad("TLS", "the address is http", "let a proxy terminate TLS");
        return;
    };
    findings.good("TLS", "the certificate is valid for this name");
    let plain = format!("http://{rest}/health");
    match web.ask(Method::GET, &plain, &[], None).await {
        Ok(answer) if (300..400).contains(&answer.status) => {
            findings.good("http", "redirects");
        }
        Ok(answer) => findings.bad(
            "http",
            format!("is answered with {}", answer.status),
            "let the proxy redirect it to https",
        ),
        Err(_) => findings.good("http", "is not answered"),
    }
}

fn answer(health: &WebAnswer, findings: &mut Findings) {
    let status = health.text("/status");
    let status = status.as_deref().unwrap_or("unknown");
    if health.status == 200 {
        findings.good("health", status);
    } else {
        findings.bad(
            "health",
            format!("{} {status}", health.status),
            "see the log of the server",
        );
    }
    let own = env!("CARGO_PKG_VERSION");
    match health.header("x-hellojohn-version") {
        Some(version) if version == own => findings.good("version", version),
        Some(version) => findings.warn(
            "version",
            format!("{version}, and this command is {own}"),
            "use the command of the same release",
        ),
        None => findings.warn(
            "version",
            "the header X-HelloJohn-Version is missing",
            "check that this is HelloJohn, and that the proxy passes its headers on",
        ),
    }
}

fn headers(url: &str, health: &WebAnswer, findings: &mut Findings) {
    let hsts = health
        .header("strict-transport-security")
        .unwrap_or_default();
    let age = hsts
        .split(';')
        .find_map(|part| part.trim().strip_prefix("max-age="))
        .and_then(|age| age.parse::<u64>().ok());
    if url.starts_with("https://") {
        if age.is_some_and(|age| age >= 31_536_000) {
            findings.good("HSTS", hsts);
        } else {
            findings.bad(
                "HSTS",
                if hsts.is_empty() { "missing" } else { hsts },
                "send Strict-Transport-Security: max-age=31536000 or more",
            );
        }
    }
    for (name, wanted) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
    ] {
        match health.header(name) {
            Some(_) => {}
            None => {
                findings.warn(
                    name,
                    "missing",
                    &format!("let the proxy pass on `{name}: {wanted}`"),
                );
            }
        }
    }
    if let Some(server) = health.header("server") {
        findings.warn("Server header", server, "let the proxy leave it out");
    }
}

async fn cors(url: &str, web: &Web, findings: &mut Findings) {
    const STRANGER: &str = "https://stranger.example";
    let origin = [("origin", STRANGER.to_owned())];
    let path = format!("{url}/v1/auth/config");
    let Ok(answer) = web.ask(Method::GET, &path, &origin, None).await else {
        findings.warn("CORS", "no answer", "try again");
        return;
    };
    match answer.header("access-control-allow-origin") {
        None => findings.good("CORS", "an origin nobody listed is not let in"),
        Some(allowed) => findings.bad(
            "CORS",
            format!("an origin nobody listed is answered with `{allowed}`"),
            "let the proxy add no CORS header; this server sends its own",
        ),
    }
}

async fn metrics(url: &str, web: &Web, findings: &mut Findings) {
    match web.ask(Method::GET, &format!("{url}/metrics"), &[], None).await {
        Ok(answer) if answer.status == 200 => findings.warn(
            "metrics",
            "answered at this address without a token",
            "if others reach this address too: set HELLOJOHN_METRICS_TOKEN, and let the proxy send X-Forwarded-For",
        ),
        Ok(_) => findings.good("metrics", "not public"),
        Err(why) => findings.warn("metrics", why, "try again"),
    }
}

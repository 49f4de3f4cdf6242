//! The headers every answer carries (R181), whatever the answer is.

use hellojohn_http::{Access, Api, HttpSettings, routes};
use http::Method;

use crate::{
    ask::{Answer, Ask},
    world::World,
};

stamp!(crate::world::sqlite, crate::world::postgres;
    every_answer_carries_the_security_headers,
    nothing_of_a_tenant_may_be_kept,
    public_documents_may_be_kept_and_are_revalidated,
    a_request_keeps_its_harmless_name,
    strict_transport_follows_issuer_and_trusted_proxy,
);

fn sweep(answer: &Answer, what: &str) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        (
            "permissions-policy",
            "camera=(), microphone=(), geolocation=()",
        ),
        ("x-hellojohn-version", "9.8.7"),
        (
            "strict-transport-security",
            "max-age=63072000; includeSubDomains; preload",
        ),
    ] {
        assert_eq!(answer.header(name), value, "{name} of {what}");
    }
    let policy = answer.header("content-security-policy");
    for directive in [
        "default-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ] {
        assert!(policy.contains(directive), "{policy} of {what}");
    }
    assert!(!policy.contains("unsafe"), "{policy} of {what}");
    assert!(answer.header("x-request-id").starts_with("req_"), "{what}");
    let caching = answer.header("cache-control");
    assert!(
        caching.starts_with("no-store") || (answer.status < 400 && caching.starts_with("public")),
        "{caching} of {what}"
    );
    if answer.status >= 400 && !answer.text.is_empty() && answer.body["error"].is_object() {
        let error = &answer.body["error"];
        assert_eq!(error["request_id"], answer.header("x-request-id"), "{what}");
        assert_eq!(error["status"], answer.status, "{what}");
        assert_eq!(answer.header("content-type"), "application/json", "{what}");
    }
    if answer.status == 401 {
        assert!(
            answer.header("www-authenticate").starts_with("Bearer"),
            "{what}"
        );
    }
    for name in ["server", "x-powered-by"] {
        assert_eq!(answer.header(name), "", "{what}");
    }
}

async fn every_answer_carries_the_security_headers(world: World) {
    let methods = [
        Method::GET,
        Method::HEAD,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
        Method::OPTIONS,
        Method::TRACE,
    ];
    for route in routes() {
        let path = route
            .path()
            .replace("{id}", "usr_1")
            .replace("{kid}", "k")
            .replace("{factor_id}", "fac_1")
            .replace("{tenant_id}", "t");
        for method in &methods {
            let anonymous = world.ask(method.clone(), path.clone()).send().await;
            sweep(&anonymous, &format!("{method} {path}"));
            let secret = world
                .ask(method.clone(), path.clone())
                .bearer(&world.acme.secret);
            let answer = secret
                .raw("{")
                .header("content-type", "application/json")
                .send()
                .await;
            sweep(&answer, &format!("{method} {path} with a key"));
            assert!(answer.status < 500, "{method} {path}: {}", answer.text);
        }
    }
    let long = format!("/{}", "a".repeat(9_000));
    for path in [
        "/",
        "/nothing",
        "/v1//users",
        "/v1/users/%2e%2e",
        long.as_str(),
    ] {
        sweep(&world.get(path).send().await, path);
    }
    let large = world
        .post("/v1/auth/sign-in")
        .bearer(&world.acme.publishable);
    sweep(&large.raw(vec![b' '; 1 << 20]).send().await, "a large body");
}

async fn nothing_of_a_tenant_may_be_kept(world: World) {
    for route in routes() {
        if route.who() == Some(Access::Public) || *route.method() != Method::GET {
            continue;
        }
        let credential = match route.who().unwrap() {
            Access::User => world.acme.access_token(),
            Access::Publishable => &world.acme.publishable,
            Access::Operator(_) => &world.master,
            _ => &world.acme.secret,
        };
        let path = route.path().replace("{id}", "none");
        for ask in [
            world.get(path.as_str()).bearer(credential),
            world.get(path.as_str()),
        ] {
            let answer = ask.send().await;
            let caching = answer.header("cache-control");
            assert_eq!(
                caching, "no-store, no-cache, must-revalidate, private",
                "{route:?}"
            );
            assert_eq!(answer.header("pragma"), "no-cache", "{route:?}");
        }
    }
}

async fn public_documents_may_be_kept_and_are_revalidated(world: World) {
    for (path, caching) in [
        ("/.well-known/jwks.json", "public, max-age=600"),
        ("/.well-known/paserk.json", "public, max-age=600"),
        ("/openapi.json", "public, max-age=300"),
        ("/docs", "public, max-age=300"),
    ] {
        let first = world.get(path).send().await;
        assert_eq!(first.header("cache-control"), caching, "{path}");
        let tag = first.header("etag").to_owned();
        for known in [
            tag.clone(),
            format!("W/{tag}"),
            format!("\"x\", {tag}"),
            "*".to_owned(),
        ] {
            let again = world.get(path).header("if-none-match", &known).send().await;
            assert_eq!(
                (again.status, again.text.as_str()),
                (304, ""),
                "{path} {known}"
            );
            assert_eq!(again.header("etag"), tag);
        }
        let other = world
            .get(path)
            .header("if-none-match", "\"x\"")
            .send()
            .await;
        assert_eq!((other.status, other.text), (200, first.text), "{path}");
    }
    assert_eq!(
        world.get("/healthz").send().await.header("cache-control"),
        "no-store"
    );
}

async fn a_request_keeps_its_harmless_name(world: World) {
    let name = |given: &str| {
        let ask = world.get("/nothing").header("x-request-id", given);
        async move { ask.send().await.header("x-request-id").to_owned() }
    };
    let longest = "a".repeat(64);
    for kept in [
        "req_01HZX0000000000000000000000",
        "abc-1.2_3",
        longest.as_str(),
    ] {
        assert_eq!(name(kept).await, kept);
    }
    let too_long = "a".repeat(65);
    for replaced in ["", "a b", "<script>", "a;b", too_long.as_str()] {
        let given = name(replaced).await;
        assert!(
            given.starts_with("req_") && given.len() == 30,
            "{replaced:?} became {given}"
        );
    }
    assert_ne!(name("").await, name("").await);
}

async fn strict_transport_follows_issuer_and_trusted_proxy(world: World) {
    let mut settings = world.engine.settings().clone();
    "http://localhost:3000".clone_into(&mut settings.issuer);
    let engine = world.reopened(settings).await;
    for (hops, scheme, expected) in [(0, "https", false), (1, "https", true), (1, "http", false)] {
        let settings = HttpSettings {
            trusted_proxy_hops: hops,
            ..HttpSettings::default()
        };
        let api = Api::new(engine.clone(), settings).unwrap();
        let ask = Ask::new(&api, Method::GET, "/livez").header("x-forwarded-proto", scheme);
        let answer = ask.send().await;
        let strict = !answer.header("strict-transport-security").is_empty();
        assert_eq!(strict, expected, "{scheme} behind {hops}");
    }
}

//! How often what may be called, and that nothing about a request but its sender counts
//! (R018, R021, R022, R026; N26, N27, N33).

use std::time::Duration;

use hellojohn_core::{flows::SignUp, ports::Clock as _, rate::Quota, secret::ExposeSecret as _};
use hellojohn_http::{Api, HttpSettings, RateLimits};
use http::Method;
use serde_json::json;

use crate::{
    ask::{Answer, Ask},
    world::{PASSWORD, World},
};

stamp!(crate::world::sqlite, crate::world::postgres;
    an_address_has_ten_sign_ins_a_minute,
    known_and_unknown_accounts_are_limited_alike,
    no_spelling_of_an_address_has_a_budget_of_its_own,
    a_header_of_the_client_moves_nobody,
    no_spelling_of_the_path_has_a_budget_of_its_own,
    a_tenant_has_a_ceiling_of_its_own,
    a_key_has_a_budget_wherever_it_is_used,
    a_publishable_key_cannot_be_used_up_by_one_visitor,
    guessed_credentials_are_refused_unseen,
    a_session_has_a_budget_of_refreshes,
    instances_count_together,
    what_is_not_counted_says_nothing,
);

const ADDRESS: &str = "203.0.113.7:4000";

fn limited(world: &World, limits: RateLimits) -> Api {
    behind(world, limits, 0)
}

fn behind(world: &World, limits: RateLimits, hops: u8) -> Api {
    let settings = HttpSettings {
        rate_limits: Some(limits),
        trusted_proxy_hops: hops,
        ..world.settings.clone()
    };
    Api::new(world.engine.clone(), settings).unwrap()
}

fn sign_in(world: &World, api: &Api, email: &str, password: &str) -> Ask {
    let body = json!({ "email": email, "password": password });
    Ask::new(api, Method::POST, "/v1/auth/sign-in")
        .bearer(&world.acme.publishable)
        .json(&body)
}

/// A sign-in that cannot succeed and costs no hash.
fn guess(world: &World, api: &Api) -> Ask {
    sign_in(world, api, "not an address", "x")
}

async fn outcomes(asks: impl IntoIterator<Item = Ask>) -> Vec<u16> {
    let mut found = Vec::new();
    for ask in asks {
        found.push(ask.send().await.status);
    }
    found
}

fn number(answer: &Answer, header: &str) -> i64 {
    answer.header(header).parse().unwrap()
}

async fn an_address_has_ten_sign_ins_a_minute(world: World) {
    let api = limited(&world, RateLimits::default());
    let good = || sign_in(&world, &api, "ada@example.com", PASSWORD);
    for left in (0..10).rev() {
        let answer = guess(&world, &api).peer(ADDRESS).send().await;
        assert_ne!(answer.status, 429, "{left} left");
        assert_eq!(number(&answer, "x-ratelimit-limit"), 10);
        assert_eq!(number(&answer, "x-ratelimit-remaining"), left);
    }
    let origin = "https://console.example";
    let refused = good().peer(ADDRESS).header("origin", origin).send().await;
    assert_eq!(refused.outcome(), "429 rate_limit_exceeded");
    assert_eq!(refused.header("retry-after"), "6");
    assert_eq!(refused.body["error"]["retry_after"], 6);
    assert_eq!(number(&refused, "x-ratelimit-remaining"), 0);
    let now = world.clock.now().as_seconds();
    let reset = number(&refused, "x-ratelimit-reset");
    assert!((now + 59..=now + 61).contains(&reset), "{reset} at {now}");
    let readable = refused.header("access-control-expose-headers");
    for name in ["retry-after", "x-ratelimit-remaining"] {
        assert!(readable.contains(name), "{readable}");
    }

    assert_eq!(good().peer("203.0.113.8:4000").send().await.status, 200);
    world.clock.advance(Duration::from_secs(6));
    assert_eq!(good().peer(ADDRESS).send().await.status, 200);
    assert_eq!(good().peer(ADDRESS).send().await.status, 429);
}

async fn known_and_unknown_accounts_are_limited_alike(world: World) {
    let limits = RateLimits {
        login: Quota::per_minute(3),
        ..RateLimits::default()
    };
    let api = limited(&world, limits);
    let mut patterns = Vec::new();
    for (n, email) in ["ada@example.com", "nobody@example.com"].iter().enumerate() {
        let address = format!("198.51.100.{n}:1");
        let asks = (0..5).map(|_| sign_in(&world, &api, email, "wrong").peer(&address));
        patterns.push(outcomes(asks).await);
    }
    assert_eq!(patterns[0], [401, 401, 401, 429, 429]);
    assert_eq!(patterns[0], patterns[1]);
}

async fn no_spelling_of_an_address_has_a_budget_of_its_own(world: World) {
    let limits = RateLimits {
        login: Quota::per_minute(5),
        ..RateLimits::default()
    };
    let api = behind(&world, limits, 1);
    let from = |spelling: &str| {
        guess(&world, &api)
            .peer("10.0.0.9:4000")
            .header("x-forwarded-for", spelling)
    };
    let one_client = [
        "192.0.2.1",
        "192.0.2.1:50000",
        "::ffff:192.0.2.1",
        "[::ffff:192.0.2.1]:443",
        "::FFFF:C000:0201",
        " 192.0.2.1 ",
    ];
    let found = outcomes(one_client.map(from)).await;
    assert_eq!(found.iter().position(|s| *s == 429), Some(5), "{found:?}");

    // A client chooses 64 of the 128 bits itself (RFC 4291 §2.5.1).
    let asks = (1..=8).map(|n| from(&format!("2001:db8:0:7:{n:x}:{n:x}::{n:x}")));
    let found = outcomes(asks).await;
    assert_eq!(found.iter().position(|s| *s == 429), Some(5), "{found:?}");
    assert_ne!(from("2001:db8:0:8::1").send().await.status, 429);
}

async fn a_header_of_the_client_moves_nobody(world: World) {
    let limits = RateLimits {
        login: Quota::per_minute(5),
        ..RateLimits::default()
    };
    let names = [
        "x-forwarded-for",
        "x-real-ip",
        "forwarded",
        "cf-connecting-ip",
    ];
    let direct = limited(&world, limits.clone());
    let asks = (0..8).map(|n| {
        let invented = format!("198.51.100.{n}");
        let ask = guess(&world, &direct).peer(ADDRESS);
        names
            .iter()
            .fold(ask, |ask, name| ask.header(name, &invented))
    });
    let found = outcomes(asks).await;
    assert_eq!(found.iter().position(|s| *s == 429), Some(5), "{found:?}");

    // Behind a proxy what stands left of its entry is the client's, and spends nobody's budget.
    let proxied = behind(&world, limits, 1);
    let from = |list: &str| {
        guess(&world, &proxied)
            .peer("10.0.0.9:4000")
            .header("x-forwarded-for", list)
    };
    let found = outcomes((0..8).map(|n| from(&format!("192.0.2.{n}, 203.0.113.66")))).await;
    assert_eq!(found.iter().position(|s| *s == 429), Some(5), "{found:?}");
    assert_ne!(from("192.0.2.0").send().await.status, 429);
}

async fn no_spelling_of_the_path_has_a_budget_of_its_own(world: World) {
    let limits = RateLimits {
        login: Quota::per_minute(5),
        ..RateLimits::default()
    };
    let api = limited(&world, limits);
    let at = |path: &str| {
        let body = json!({ "email": "not an address", "password": "x" });
        Ask::new(&api, Method::POST, path)
            .bearer(&world.acme.publishable)
            .json(&body)
            .peer(ADDRESS)
    };
    let others = [
        "//v1/auth/sign-in",
        "/v1//auth/sign-in",
        "/v1/auth//sign-in",
        "/v1/auth/sign-in/",
        "/v1/auth/sign-in//",
        "/V1/auth/sign-in",
        "/v1/Auth/sign-in",
        "/v1/auth/Sign-In",
        "/v1/auth/%73ign-in",
        "/v1/auth/sign%2din",
        "/v1/auth%2fsign-in",
        "/v1%2Fauth/sign-in",
        "/v1/./auth/sign-in",
        "/v1/auth/./sign-in",
        "/v1/x/../auth/sign-in",
        "/v1/auth/sign-in/.",
        "/v1/auth/sign-in;v=1",
        "/v1/auth/sign-in%00",
        "/v1/auth/sign-in%20",
        "/v1/auth/sign_in",
    ];
    for _ in 0..2 {
        assert_eq!(outcomes(others.map(at)).await, [404; 20]);
    }
    // What is one path counts as one, whatever else is said.
    let same = [
        at("/v1/auth/sign-in"),
        at("/v1/auth/sign-in?x=1"),
        at("/v1/auth/sign-in?x=2"),
        at("/v1/auth/sign-in").header("x-http-method-override", "GET"),
        at("/v1/auth/sign-in").header("x-tenant-id", &world.acme.id.to_string()),
        at("/v1/auth/sign-in").header("x-original-url", "/health"),
        at("/v1/auth/sign-in").header("x-request-id", "req_1"),
    ];
    let found = outcomes(same).await;
    assert_eq!(found.iter().position(|s| *s == 429), Some(5), "{found:?}");
}

async fn a_tenant_has_a_ceiling_of_its_own(world: World) {
    let limits = RateLimits {
        login_tenant: Quota::per_minute(4),
        ..RateLimits::default()
    };
    let api = limited(&world, limits);
    let asks = (0..6).map(|n| guess(&world, &api).peer(&format!("198.51.100.{n}:1")));
    let found = outcomes(asks).await;
    assert_eq!(found.iter().position(|s| *s == 429), Some(4), "{found:?}");
    let body = json!({ "email": "ada@example.com", "password": PASSWORD });
    let other = Ask::new(&api, Method::POST, "/v1/auth/sign-in")
        .bearer(&world.globex.publishable)
        .json(&body)
        .peer(ADDRESS);
    assert_eq!(other.send().await.status, 200);
}

async fn a_key_has_a_budget_wherever_it_is_used(world: World) {
    let limits = RateLimits {
        read: Quota::per_minute(4),
        ..RateLimits::default()
    };
    let api = limited(&world, limits);
    let read = |key: &str, n: u8| {
        Ask::new(&api, Method::GET, "/v1/users")
            .bearer(key)
            .peer(&format!("198.51.100.{n}:1"))
    };
    let found = outcomes((0..6).map(|n| read(&world.acme.secret, n))).await;
    assert_eq!(found, [200, 200, 200, 200, 429, 429]);
    assert_eq!(read(&world.globex.secret, 0).send().await.status, 200);
    // Writing is another budget.
    let body = json!({ "email": "grace@example.com", "password": PASSWORD });
    let write = Ask::new(&api, Method::POST, "/v1/users")
        .bearer(&world.acme.secret)
        .json(&body);
    let written = write.send().await;
    assert_eq!(written.status, 201);
    assert_eq!(written.header("x-ratelimit-limit"), "500");
    // A user's budget is the user's, not that of one token or session.
    let me = |n| {
        Ask::new(&api, Method::GET, "/v1/auth/me")
            .bearer(world.acme.access_token())
            .peer(&format!("198.51.100.{n}:1"))
    };
    assert_eq!(outcomes((0..5).map(me)).await, [200, 200, 200, 200, 429]);
}

async fn a_publishable_key_cannot_be_used_up_by_one_visitor(world: World) {
    let limits = RateLimits {
        read: Quota::per_minute(3),
        global: Quota::per_minute(5),
        ..RateLimits::default()
    };
    let api = limited(&world, limits);
    let page = |address: &str| {
        Ask::new(&api, Method::GET, "/v1/auth/config")
            .bearer(&world.acme.publishable)
            .peer(address)
    };
    let found = outcomes((0..7).map(|_| page(ADDRESS))).await;
    assert_eq!(found, [200, 200, 200, 200, 200, 429, 429]);
    assert_eq!(page("198.51.100.1:1").send().await.status, 200);
}

async fn guessed_credentials_are_refused_unseen(world: World) {
    let limits = RateLimits {
        global: Quota::per_minute(5),
        ..RateLimits::default()
    };
    let api = limited(&world, limits);
    let read = |key: &str, address: &str| {
        Ask::new(&api, Method::GET, "/v1/users")
            .bearer(key)
            .peer(address)
    };
    let wrong = format!("{}x", world.acme.secret);
    let found = outcomes((0..7).map(|_| read(&wrong, ADDRESS))).await;
    assert_eq!(found, [401, 401, 401, 401, 401, 429, 429]);
    // Unseen: a good one is not found out among them. From elsewhere it works.
    assert_eq!(read(&world.acme.secret, ADDRESS).send().await.status, 429);
    assert_eq!(
        read(&world.acme.secret, "198.51.100.1:1")
            .send()
            .await
            .status,
        200
    );
    // No credential at all is counted before anything else.
    let none = (0..7).map(|_| Ask::new(&api, Method::GET, "/v1/users").peer("198.51.100.2:1"));
    assert_eq!(outcomes(none).await, [401, 401, 401, 401, 401, 429, 429]);
}

async fn a_session_has_a_budget_of_refreshes(world: World) {
    let limits = RateLimits {
        refresh: Quota::per_minute(4),
        ..RateLimits::default()
    };
    let api = limited(&world, limits);
    let refresh = |token: &str, n: u8| {
        Ask::new(&api, Method::POST, "/v1/auth/token/refresh")
            .bearer(&world.acme.publishable)
            .json(&json!({ "refresh_token": token }))
            .peer(&format!("198.51.100.{n}:1"))
    };
    let mut token = world.acme.refresh_token().to_owned();
    // What is not authentic belongs to no session and spends nobody's budget.
    let forged = format!("{}A", &token[..token.len() - 1]);
    let forged = if forged == token {
        token.replace('A', "B")
    } else {
        forged
    };
    for n in 0..6 {
        assert_eq!(refresh(&forged, n).send().await.status, 401);
    }
    for n in 0..4 {
        let answer = refresh(&token, n).send().await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        assert_eq!(answer.header("x-ratelimit-limit"), "4");
        answer.at("/refresh_token").clone_into(&mut token);
    }
    assert_eq!(refresh(&token, 5).send().await.status, 429);
    let grace = SignUp::new("grace@example.com", PASSWORD);
    let grace = world
        .engine
        .sign_up(&world.acme.caller, grace)
        .await
        .unwrap();
    let other = grace.tokens.refresh_token.expose_secret();
    assert_eq!(refresh(other, 5).send().await.status, 200);
    // Nothing was lost by waiting.
    world.clock.advance(Duration::from_secs(15));
    assert_eq!(refresh(&token, 5).send().await.status, 200);
}

async fn instances_count_together(world: World) {
    let instances = [
        limited(&world, RateLimits::default()),
        limited(&world, RateLimits::default()),
    ];
    let asks = (0..12).map(|n| guess(&world, &instances[n % 2]).peer(ADDRESS));
    let found = outcomes(asks).await;
    assert_eq!(found.iter().position(|s| *s == 429), Some(10), "{found:?}");
}

async fn what_is_not_counted_says_nothing(world: World) {
    let limits = RateLimits {
        login: Quota::per_minute(1),
        global: Quota::per_minute(1),
        ..RateLimits::default()
    };
    let api = limited(&world, limits);
    for path in [
        "/health",
        "/livez",
        "/.well-known/jwks.json",
        "/openapi.json",
    ] {
        for _ in 0..3 {
            let answer = Ask::new(&api, Method::GET, path).peer(ADDRESS).send().await;
            assert_eq!(answer.status, 200, "{path}");
            assert_eq!(answer.header("x-ratelimit-limit"), "", "{path}");
        }
    }
    for _ in 0..3 {
        let preflight = Ask::new(&api, Method::OPTIONS, "/v1/auth/sign-in")
            .peer(ADDRESS)
            .header("origin", "https://console.example")
            .header("access-control-request-method", "POST");
        assert_eq!(preflight.send().await.status, 204);
    }
    assert_ne!(guess(&world, &api).peer(ADDRESS).send().await.status, 429);
    assert_eq!(guess(&world, &api).peer(ADDRESS).send().await.status, 429);

    let off = Api::new(world.engine.clone(), world.settings.clone()).unwrap();
    let answer = guess(&world, &off).peer(ADDRESS).send().await;
    assert_ne!(answer.status, 429);
    assert_eq!(answer.header("x-ratelimit-limit"), "");
}

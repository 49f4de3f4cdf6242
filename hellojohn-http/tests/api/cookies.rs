//! Cookie mode: the refresh token never meets a script (R043, R182).

use hellojohn_core::access::Operator;
use serde_json::json;

use crate::{
    ask::Ask,
    world::{ISSUER, PASSWORD, World},
};

stamp!(crate::world::sqlite, crate::world::postgres;
    the_refresh_token_lives_in_the_cookie_alone,
    the_cookie_counts_only_for_pages_the_tenant_knows,
    a_wrong_origin_is_not_made_good,
    the_mode_is_a_closed_list,
);

const MODE: &str = "x-hellojohn-session-mode";
/// What a browser says of a page of our own.
const OWN: (&str, &str) = ("sec-fetch-site", "same-origin");

fn sign_in(world: &World) -> Ask {
    let body = json!({ "email": "ada@example.com", "password": PASSWORD });
    let ask = world
        .post("/v1/auth/sign-in")
        .bearer(&world.acme.publishable);
    ask.header(MODE, "cookie").json(&body)
}

fn refresh(world: &World, cookie: &str) -> Ask {
    let ask = world.post("/v1/auth/token/refresh");
    ask.header("x-tenant-id", &world.acme.id.to_string())
        .header("cookie", cookie)
}

async fn the_refresh_token_lives_in_the_cookie_alone(world: World) {
    let signed_in = sign_in(&world).header(OWN.0, OWN.1).send().await;
    assert_eq!(signed_in.outcome(), "200");
    assert!(!signed_in.text.contains("rft_"), "{}", signed_in.text);
    let cookie = signed_in.header("set-cookie").to_owned();
    let (pair, attributes) = cookie.split_once("; ").unwrap();
    assert!(pair.starts_with("__Host-hj_rt=rft_"), "{cookie}");
    let (age, rest) = attributes.split_once("; ").unwrap();
    assert_eq!(rest, "Path=/; Secure; HttpOnly; SameSite=Lax");
    let age: u64 = age.strip_prefix("Max-Age=").unwrap().parse().unwrap();
    assert!((2_591_000..=2_592_000).contains(&age), "{age}");

    let in_cookie = |cookie: &str| {
        let ask = refresh(&world, cookie).header(OWN.0, OWN.1);
        ask.header(MODE, "cookie").send()
    };
    let refreshed = in_cookie(pair).await;
    assert_eq!(refreshed.outcome(), "200");
    assert!(!refreshed.text.contains("rft_"), "{}", refreshed.text);
    let (next, _) = refreshed.header("set-cookie").split_once("; ").unwrap();
    assert_ne!(next, pair);
    // Without the header the cookie does not exist for us.
    let forged = refresh(&world, next).send().await;
    assert_eq!(
        forged.details(),
        "422 validation_failed refresh_token:required"
    );

    let token = refreshed.at("/access_token");
    let out = world
        .post("/v1/auth/sign-out")
        .bearer(token)
        .header(MODE, "cookie");
    let out = out.send().await;
    assert_eq!(out.outcome(), "204");
    let gone = "__Host-hj_rt=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax";
    assert_eq!(out.header("set-cookie"), gone);
    let late = in_cookie(next).await;
    assert_eq!(late.outcome(), "401 session_revoked");
}

async fn the_cookie_counts_only_for_pages_the_tenant_knows(world: World) {
    let changes = json!({ "allowed_origins": ["https://app.example"] });
    let changes = changes.as_object().unwrap().clone();
    let operator = Operator::local();
    world
        .engine
        .configure_tenant(&operator, world.acme.id, changes)
        .await
        .unwrap();
    let signed_in = sign_in(&world).header(OWN.0, OWN.1).send().await;
    let (pair, _) = signed_in.header("set-cookie").split_once("; ").unwrap();
    let mut pair = pair.to_owned();
    let refused = "403 origin_not_allowed";
    for (name, value, expected) in [
        ("origin", "https://evil.example", refused),
        ("origin", "null", refused),
        ("origin", "https://app.example.evil.example", refused),
        ("origin", "http://app.example", refused),
        ("sec-fetch-site", "cross-site", refused),
        ("sec-fetch-site", "same-site", refused),
        ("sec-fetch-site", "none", refused),
        // Neither: whoever it is, they do not say where they come from.
        ("accept", "*/*", refused),
        ("origin", "https://app.example", "200"),
        ("origin", "https://console.example", "200"),
        ("origin", ISSUER, "200"),
        ("sec-fetch-site", "same-origin", "200"),
    ] {
        let ask = refresh(&world, &pair)
            .header(MODE, "cookie")
            .header(name, value);
        let answer = ask.send().await;
        assert_eq!(answer.outcome(), expected, "{name}: {value}");
        if let Some((next, _)) = answer.header("set-cookie").split_once("; ") {
            next.clone_into(&mut pair);
        }
        let login = sign_in(&world).header(name, value).send().await;
        assert_eq!(login.outcome(), expected, "signing in, {name}: {value}");
    }
}

/// A listed page counts and nothing else: the other header cannot make up for a wrong origin.
async fn a_wrong_origin_is_not_made_good(world: World) {
    let ask = sign_in(&world).header("origin", "https://evil.example");
    let answer = ask.header(OWN.0, OWN.1).send().await;
    assert_eq!(answer.outcome(), "403 origin_not_allowed");
    assert_eq!(answer.header("set-cookie"), "");
}

async fn the_mode_is_a_closed_list(world: World) {
    let body = json!({ "email": "ada@example.com", "password": PASSWORD });
    for (mode, expected) in [
        ("body", "200"),
        ("Cookie", "400 invalid_request"),
        ("", "400 invalid_request"),
    ] {
        let ask = world
            .post("/v1/auth/sign-in")
            .bearer(&world.acme.publishable);
        let answer = ask.header(MODE, mode).json(&body).send().await;
        assert_eq!(answer.outcome(), expected, "{mode}");
        assert_eq!(answer.header("set-cookie"), "");
    }
}

//! Sessions that lack a second factor reach nothing but the way to one (R048, N19, N20).

use std::time::Duration;

use hellojohn_core::{mfa::policy::Reach, secret::ExposeSecret as _, settings::Settings};
use hellojohn_http::{Access, Api, Route, routes};
use http::Method;
use serde_json::{Value, json};

use crate::{
    ask::{Answer, Ask},
    world::{ISSUER, PASSWORD, World},
};

stamp!(crate::world::sqlite, crate::world::postgres;
    a_session_without_a_factor_reaches_nothing_else,
    a_session_whose_user_has_a_factor_is_asked_for_it,
    a_tightened_policy_holds_for_the_sessions_there_are_and_on_every_instance,
    roles_and_the_instance_ask_too,
    a_server_is_told,
    the_age_of_a_proof_is_told,
    settings_of_second_factors_are_checked,
);

async fn configure(world: &World, body: Value) -> Answer {
    let ask = world.patch("/v1/admin/config").bearer(&world.acme.secret);
    ask.json(&body).send().await
}

async fn require_mfa(world: &World) {
    let changed = configure(world, json!({ "mfa_required": true })).await;
    assert_eq!(changed.outcome(), "200", "{}", changed.text);
    assert_eq!(changed.body["mfa_required"], true);
}

fn path(world: &World, route: &Route) -> String {
    let session = world.acme.user.session.id.to_string();
    let id = if route.path().starts_with("/v1/sessions") {
        session
    } else {
        world.acme.user_id().to_string()
    };
    route
        .path()
        .replace("{id}", &id)
        .replace("{factor_id}", "fac_00000000000000000000000000")
}

fn ask(world: &World, route: &Route) -> Ask {
    let ask = world
        .ask(route.method().clone(), path(world, route))
        .bearer(world.acme.access_token());
    if route.has_body() {
        ask.json(&json!({}))
    } else {
        ask
    }
}

/// Every route that takes an access token, with what a restricted session is answered.
async fn sweep(world: &World, open: Reach, refusal: &str) {
    let (mut refused, mut reached) = (0, Vec::new());
    for route in routes() {
        let takes_users = matches!(route.who().unwrap(), Access::User | Access::UserOrServer(_));
        // Signing out would end the sweep.
        if !takes_users || route.operation_id() == "sign_out" {
            continue;
        }
        let answer = ask(world, &route).send().await;
        if route.reach() == Reach::Everyone || route.reach() == open {
            assert_ne!(answer.outcome(), refusal, "{route:?}");
            reached.push(route.operation_id());
        } else {
            assert_eq!(answer.outcome(), refusal, "{route:?}");
            refused += 1;
        }
    }
    assert!(refused >= 6, "only {refused} routes were refused");
    assert!(reached.contains(&"read_me"), "{reached:?}");
    for route in routes() {
        let may = [
            "read_me",
            "sign_out",
            "list_factors",
            "enrol_factor",
            "confirm_factor",
            "step_up",
        ];
        let is_open = route.reach() != Reach::Unrestricted;
        if is_open && route.who() != Some(Access::Handle) {
            assert!(may.contains(&route.operation_id()), "{route:?} is open");
        }
    }
}

async fn a_session_without_a_factor_reaches_nothing_else(world: World) {
    require_mfa(&world).await;
    sweep(&world, Reach::Enrolling, "403 mfa_enrollment_required").await;

    // A refresh works, and what comes of it is no better.
    let body = json!({ "refresh_token": world.acme.refresh_token() });
    let refresh = world.post("/v1/auth/token/refresh");
    let refreshed = refresh.bearer(&world.acme.publishable).json(&body).send();
    let refreshed = refreshed.await;
    assert_eq!(refreshed.outcome(), "200", "{}", refreshed.text);
    let list = world
        .get("/v1/sessions")
        .bearer(refreshed.at("/access_token"));
    assert_eq!(list.send().await.outcome(), "403 mfa_enrollment_required");

    // So is a new sign-in.
    let body = json!({ "email": "ada@example.com", "password": PASSWORD });
    let sign_in = world
        .post("/v1/auth/sign-in")
        .bearer(&world.acme.publishable);
    let signed_in = sign_in.json(&body).send().await;
    assert_eq!(signed_in.outcome(), "200", "{}", signed_in.text);
    let list = world
        .get("/v1/sessions")
        .bearer(signed_in.at("/session/access_token"));
    assert_eq!(list.send().await.outcome(), "403 mfa_enrollment_required");

    let out = world
        .post("/v1/auth/sign-out")
        .bearer(world.acme.access_token());
    assert_eq!(out.send().await.outcome(), "204");
    // The other tenant asks for nothing.
    let theirs = world
        .get("/v1/sessions")
        .bearer(world.globex.access_token());
    assert_eq!(theirs.send().await.outcome(), "200");
}

async fn a_session_whose_user_has_a_factor_is_asked_for_it(world: World) {
    require_mfa(&world).await;
    world.give_factor(&world.acme).await;
    sweep(&world, Reach::Verifying, "403 step_up_required").await;
}

async fn a_tightened_policy_holds_for_the_sessions_there_are_and_on_every_instance(world: World) {
    let key = world.engine.settings().encryption_key.clone();
    let second = world.reopened(Settings::new(ISSUER, key)).await;
    let second = Api::new(second, world.settings.clone()).unwrap();
    let list = || {
        Ask::new(&second, Method::GET, "/v1/sessions")
            .bearer(world.acme.access_token())
            .send()
    };
    assert_eq!(list().await.outcome(), "200");
    require_mfa(&world).await;
    world.clock.advance(Duration::from_secs(1));
    assert_eq!(list().await.outcome(), "403 mfa_enrollment_required");
    let changed = configure(&world, json!({ "mfa_required": null })).await;
    assert_eq!(changed.body["mfa_required"], false);
    world.clock.advance(Duration::from_secs(1));
    assert_eq!(list().await.outcome(), "200");
}

async fn roles_and_the_instance_ask_too(world: World) {
    let list = |api: &Api| {
        Ask::new(api, Method::GET, "/v1/sessions")
            .bearer(world.acme.access_token())
            .send()
    };
    configure(&world, json!({ "mfa_required_roles": ["admin"] })).await;
    assert_eq!(list(&world.api).await.outcome(), "200");
    let path = format!("/v1/users/{}", world.acme.user_id());
    let promoted = world.patch(path).bearer(&world.acme.secret);
    let promoted = promoted.json(&json!({ "role": "admin" })).send().await;
    assert_eq!(promoted.outcome(), "200");
    let refused = list(&world.api).await.outcome();
    assert_eq!(refused, "403 mfa_enrollment_required");

    let mut settings = world.engine.settings().clone();
    settings.mfa_required = true;
    let strict = world.reopened(settings).await;
    let strict = Api::new(strict, world.settings.clone()).unwrap();
    // The tenant says no, which does not help it.
    let no = json!({ "mfa_required": false, "mfa_required_roles": [] });
    assert_eq!(configure(&world, no).await.body["mfa_required"], false);
    assert_eq!(list(&world.api).await.outcome(), "200");
    let refused = list(&strict).await.outcome();
    assert_eq!(refused, "403 mfa_enrollment_required");
}

async fn verdict(world: &World, body: Value) -> Value {
    let ask = world.post("/v1/sessions/verify").bearer(&world.acme.secret);
    ask.json(&body).send().await.body
}

async fn a_server_is_told(world: World) {
    let token = world.acme.user.tokens.access_token.expose_secret();
    let free = verdict(&world, json!({ "token": token })).await;
    assert_eq!(
        (&free["valid"], &free["restricted"]),
        (&json!(true), &json!(false))
    );
    require_mfa(&world).await;
    let told = verdict(&world, json!({ "token": token })).await;
    assert_eq!(
        (&told["valid"], &told["restricted"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(told["claims"]["mfa_verified"], false);
}

async fn the_age_of_a_proof_is_told(world: World) {
    let token = world.acme.access_token();
    let within = |max_age: &str| verdict(&world, json!({ "token": token, "max_age": max_age }));
    assert_eq!(within("5m").await["valid"], true);
    world.clock.advance(Duration::from_mins(6));
    let old = within("5m").await;
    assert_eq!(old, json!({ "valid": false, "reason": "step_up_required" }));
    assert_eq!(within("10m").await["valid"], true);
    // Whoever has a factor is asked for that, however fresh the password is (N30).
    world.give_factor(&world.acme).await;
    assert_eq!(within("10m").await["reason"], "step_up_required");
}

async fn settings_of_second_factors_are_checked(world: World) {
    for (body, expected) in [
        (json!({ "mfa_methods": ["totp", "webauthn"] }), "200"),
        (
            json!({ "mfa_allowed_factors": ["carrier_pigeon"] }),
            "422 validation_failed mfa_allowed_factors:invalid_value",
        ),
        // R130.
        (
            json!({ "mfa_allowed_factors": ["sms"] }),
            "422 validation_failed mfa_allowed_factors:sms_only",
        ),
        (
            json!({ "mfa_required_roles": ["Not A Role"] }),
            "422 validation_failed mfa_required_roles:invalid_value",
        ),
        (
            json!({ "step_up_max_age": "30s" }),
            "422 validation_failed step_up_max_age:out_of_range",
        ),
    ] {
        assert_eq!(
            configure(&world, body.clone()).await.details(),
            expected,
            "{body}"
        );
    }
    let read = world.get("/v1/admin/config").bearer(&world.acme.secret);
    let read = read.send().await;
    assert_eq!(
        read.body["mfa_allowed_factors"],
        json!(["totp", "webauthn"])
    );
    assert_eq!(read.at("/step_up_max_age"), "5m");
}

//! Nothing of another tenant can be seen or changed, on any route of the table (R155).

use hellojohn_core::{
    api_key::{ApiKeyFilter, KeyKind},
    flows::NewApiKey,
    id::{ApiKeyId, RecoveryId, SessionId, UserId},
    page::PageRequest,
    user::UserStatus,
};
use hellojohn_http::{Access, Route, routes};
use http::Method;
use serde_json::{Value, json};

use crate::world::{PASSWORD, Tenancy, World};

stamp!(crate::world::sqlite, crate::world::postgres;
    a_foreign_id_is_like_none_at_all,
    nobody_is_answered_with_what_is_anothers,
    a_body_that_names_what_is_anothers_finds_nothing,
    a_credential_does_not_follow_the_tenant_header,
    lists_hold_only_what_is_the_tenants_own,
    a_refresh_token_belongs_to_its_tenant,
);

/// A body each route accepts, so that the answer is about the id.
fn body(route: &Route) -> Value {
    match route.operation_id() {
        "set_user_password" => json!({ "password": "another good password 4u" }),
        "update_user" | "rename_factor" => json!({ "name": "Changed" }),
        "enrol_factor" => json!({ "type": "totp" }),
        "confirm_factor" => json!({ "code": "123456" }),
        "merge_user_metadata" => json!({ "public": { "a": 1 } }),
        _ => json!({}),
    }
}

/// Everything of a tenant that the routes could change, as text.
async fn snapshot(world: &World, key: ApiKeyId) -> String {
    let (engine, globex) = (&world.engine, &world.globex);
    let user = engine.user(&globex.caller, globex.user_id()).await.unwrap();
    assert_eq!(user.status, UserStatus::Active);
    let session = engine.session(&globex.caller, globex.user.session.id).await;
    let key = engine.api_key(&globex.caller, key).await.unwrap();
    let hash = user.password_hash.clone().unwrap();
    format!("{user:?} {} {:?} {key:?}", hash.expose(), session.unwrap())
}

async fn a_foreign_id_is_like_none_at_all(world: World) {
    let now = world.engine.now();
    let key = NewApiKey::named("theirs", KeyKind::Secret);
    let key = world.engine.create_api_key(&world.globex.caller, key).await;
    let key = key.unwrap().record.id;
    let before = snapshot(&world, key).await;
    let users = (
        world.globex.user_id().to_string(),
        UserId::new(now, [7; 10]).to_string(),
    );
    let sessions = (
        world.globex.user.session.id.to_string(),
        SessionId::new(now, [7; 10]).to_string(),
    );
    let keys = (key.to_string(), ApiKeyId::new(now, [7; 10]).to_string());
    let recoveries = (
        world.proven_recovery(&world.globex).await.to_string(),
        RecoveryId::new(now, [7; 10]).to_string(),
    );
    let mut probed = 0;
    for route in routes() {
        let Some((kind, _)) = route.path().split_once("/{") else {
            continue;
        };
        // Templates have the same names in every tenant; email.rs tells whose are answered.
        if kind == "/v1/email/templates" {
            continue;
        }
        // Keys that sign belong to the instance, and public documents to everybody.
        let of_no_tenant = ["/v1/system/jwt-keys", "/v1/jwks"].contains(&kind);
        let credentials: &[&str] = match route.who().unwrap() {
            Access::Server(_) => &[&world.acme.secret],
            Access::UserOrServer(_) => &[&world.acme.secret, world.acme.access_token()],
            Access::User => &[world.acme.access_token()],
            Access::Operator(_) | Access::Public if of_no_tenant => continue,
            other => panic!("{route:?}: {other:?} has no row here"),
        };
        let (theirs, nobodys) = match kind {
            "/v1/users" | "/v1/admin/users" => &users,
            "/v1/admin/mfa/recovery-requests" => &recoveries,
            "/v1/sessions" => &sessions,
            "/v1/api-keys" => &keys,
            other => panic!("{other} has no row here"),
        };
        for credential in credentials {
            let ask = |id: &str| {
                let path = route.path().replace("{id}", id);
                let path = path.replace("{factor_id}", "fac_00000000000000000000000000");
                let ask = world.ask(route.method().clone(), path).bearer(credential);
                let ask = ask.header("x-request-id", "same");
                if route.has_body() {
                    ask.json(&body(&route))
                } else {
                    ask
                }
            };
            let foreign = ask(theirs).send().await;
            let unknown = ask(nobodys).send().await;
            let malformed = ask("nonsense").send().await;
            assert_eq!(foreign.status, 404, "{route:?}: {}", foreign.text);
            assert_eq!(foreign.text, unknown.text, "{route:?}");
            assert_eq!(foreign.text, malformed.text, "{route:?}");
            probed += 1;
        }
    }
    assert!(probed >= 16, "only {probed} routes were probed");
    assert_eq!(snapshot(&world, key).await, before);
}

/// What tells that an answer is about a tenant: its ids, and those of what it has.
async fn marks(world: &World, of: &Tenancy) -> Vec<String> {
    let everything = (ApiKeyFilter::default(), PageRequest::default());
    let keys = world
        .engine
        .list_api_keys(&of.caller, everything.0, everything.1);
    let keys = keys.await.unwrap().items;
    assert!(keys.len() >= 2);
    let mut marks: Vec<String> = keys.iter().map(|key| key.id.to_string()).collect();
    marks.push(of.id.to_string());
    marks.push(of.user_id().to_string());
    marks.push(of.user.session.id.to_string());
    marks
}

async fn nobody_is_answered_with_what_is_anothers(world: World) {
    let (acme, globex) = (
        marks(&world, &world.acme).await,
        marks(&world, &world.globex).await,
    );
    for tenancy in [&world.acme, &world.globex] {
        world.proven_recovery(tenancy).await;
    }
    let mut probed = Vec::new();
    for route in routes() {
        if *route.method() != Method::GET || route.path().contains('{') {
            continue;
        }
        let credentials: &[&str] = match route.who().unwrap() {
            Access::Public | Access::Handle | Access::Operator(_) => &[],
            Access::Anyone | Access::Publishable => &[&world.globex.publishable],
            Access::User => &[world.globex.access_token()],
            Access::Server(_) => &[&world.globex.secret],
            Access::UserOrServer(_) => &[&world.globex.secret, world.globex.access_token()],
            other => panic!("{other:?} has no row here"),
        };
        // Naming the other's user narrows a list down and opens nothing.
        let theirs = format!("{}?user_id={}", route.path(), world.acme.user_id());
        for credential in credentials {
            for path in [route.path(), theirs.as_str()] {
                let answer = world.get(path).bearer(credential).send().await;
                assert_eq!(answer.outcome(), "200", "{route:?}");
                for mark in &acme {
                    assert!(!answer.text.contains(mark), "{route:?} shows {mark}");
                }
            }
            let own = world.get(route.path()).bearer(credential).send().await.text;
            let is_settings = [
                "/v1/admin/config",
                "/v1/email/config",
                "/v1/email/templates",
            ]
            .contains(&route.path());
            let about_own = globex.iter().any(|mark| own.contains(mark));
            assert!(about_own || is_settings, "{route:?}: {own}");
            probed.push(route.operation_id());
        }
    }
    for needed in [
        "list_users",
        "list_sessions",
        "list_api_keys",
        "read_me",
        "auth_config",
    ] {
        assert!(probed.contains(&needed), "{needed} was not probed");
    }
    // A user sees their own sessions, another tenant's or user's never.
    let ask = world.get(format!("/v1/sessions?user_id={}", world.acme.user_id()));
    let list = ask.bearer(world.globex.access_token()).send().await;
    assert_eq!(
        list.at("/data/0/user_id"),
        world.globex.user_id().to_string()
    );
}

async fn a_body_that_names_what_is_anothers_finds_nothing(world: World) {
    let acme = marks(&world, &world.acme).await;
    let verify = world
        .post("/v1/sessions/verify")
        .bearer(&world.globex.secret);
    let body = json!({ "token": world.acme.access_token() });
    let verdict = verify.json(&body).send().await;
    assert_eq!(verdict.body["valid"], false, "{}", verdict.text);
    assert!(acme.iter().all(|mark| !verdict.text.contains(mark)));

    let refresh = world
        .post("/v1/auth/token/refresh")
        .bearer(&world.globex.publishable);
    let body = json!({ "refresh_token": world.acme.refresh_token() });
    let refreshed = refresh.json(&body).send().await;
    assert_eq!(refreshed.outcome(), "401 refresh_token_invalid");

    // The same address and password: each signs in where the key belongs, and changes only that.
    let change = json!({ "current_password": PASSWORD, "new_password": "an entirely new phrase" });
    let ask = world
        .post("/v1/auth/password/change")
        .bearer(world.globex.access_token());
    assert_eq!(ask.json(&change).send().await.outcome(), "204");
    let ask = world
        .patch("/v1/auth/me")
        .bearer(world.globex.access_token());
    let changed = ask.json(&json!({ "name": "Globex's Ada" })).send().await;
    assert_eq!(changed.at("/tenant_id"), world.globex.id.to_string());
    let out = world
        .post("/v1/auth/sign-out")
        .bearer(world.globex.access_token());
    assert_eq!(
        out.json(&json!({ "scope": "global" }))
            .send()
            .await
            .outcome(),
        "204"
    );
    let sign_in = world
        .post("/v1/auth/sign-in")
        .bearer(&world.acme.publishable);
    let body = json!({ "email": "ada@example.com", "password": PASSWORD });
    let found = sign_in.json(&body).send().await;
    assert_eq!(found.at("/user/id"), world.acme.user_id().to_string());
    assert_eq!(found.body["user"]["name"], Value::Null);
    let me = world.get("/v1/auth/me").bearer(world.acme.access_token());
    assert_eq!(me.send().await.outcome(), "200");
}

/// On every route that is not public, with every credential that names a tenant: which tenant is
/// asked about is settled before what may be done there.
async fn a_credential_does_not_follow_the_tenant_header(world: World) {
    let credentials = [
        world.acme.publishable.as_str(),
        world.acme.secret.as_str(),
        world.acme.access_token(),
    ];
    let mut probed = 0;
    for route in routes() {
        if route.who() == Some(Access::Public) {
            continue;
        }
        let path = route
            .path()
            .replace("{id}", &world.globex.user_id().to_string())
            .replace("{kid}", "kid_none")
            .replace("{name}", "welcome")
            .replace("{factor_id}", "fac_00000000000000000000000000");
        assert!(!path.contains('{'), "{path} has no row here");
        for credential in credentials {
            for named in [world.globex.id.to_string(), "tnt_nonsense".to_owned()] {
                let ask = world.ask(route.method().clone(), path.clone());
                let ask = ask.bearer(credential).header("x-tenant-id", &named);
                let answer = ask.json(&body(&route)).send().await;
                assert_eq!(answer.outcome(), "403 tenant_mismatch", "{route:?} {named}");
            }
        }
        probed += 1;
    }
    let kept = routes()
        .iter()
        .filter(|route| route.who() != Some(Access::Public))
        .count();
    assert!(probed == kept && kept > 30, "{probed} of {kept}");
}

async fn lists_hold_only_what_is_the_tenants_own(world: World) {
    for path in ["/v1/users", "/v1/sessions", "/v1/api-keys"] {
        let list = world.get(path).bearer(&world.acme.secret).send().await;
        assert_eq!(list.outcome(), "200");
        let theirs = world.get(path).bearer(&world.globex.secret).send().await;
        let ids = |answer: &crate::ask::Answer| -> Vec<String> {
            let items = answer.body["data"].as_array().unwrap();
            items.iter().map(|item| item["id"].to_string()).collect()
        };
        let (ours, theirs) = (ids(&list), ids(&theirs));
        assert!(!ours.is_empty() && !theirs.is_empty(), "{path}");
        assert!(ours.iter().all(|id| !theirs.contains(id)), "{path}");
    }
    let theirs = format!("/v1/sessions?user_id={}", world.globex.user_id());
    let list = world.get(theirs).bearer(&world.acme.secret).send().await;
    assert_eq!(list.body["data"], json!([]));
    assert_eq!(list.body["pagination"]["total"], 0);
    // Somebody else's address is found in one's own tenant only.
    let by_email = "/v1/users?email=ada@example.com";
    let list = world.get(by_email).bearer(&world.acme.secret).send().await;
    assert_eq!(list.body["pagination"]["total"], 1);
    assert_eq!(list.at("/data/0/id"), world.acme.user_id().to_string());
}

async fn a_refresh_token_belongs_to_its_tenant(world: World) {
    let refresh = |tenant: String| {
        let body = json!({ "refresh_token": world.globex.refresh_token() });
        let ask = world.post("/v1/auth/token/refresh");
        ask.header("x-tenant-id", &tenant).json(&body).send()
    };
    let wrong = refresh(world.acme.id.to_string()).await;
    assert_eq!(wrong.outcome(), "401 refresh_token_invalid");
    // And trying it elsewhere did not hurt it.
    assert_eq!(refresh(world.globex.id.to_string()).await.outcome(), "200");
}

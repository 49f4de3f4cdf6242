//! Nothing of another tenant can be seen or changed, on any route of the table (R155).

use hellojohn_core::{
    api_key::KeyKind,
    flows::NewApiKey,
    id::{ApiKeyId, SessionId, UserId},
    user::UserStatus,
};
use hellojohn_http::{Access, Route, routes};
use serde_json::{Value, json};

use crate::world::World;

stamp!(crate::world::sqlite, crate::world::postgres;
    a_foreign_id_is_like_none_at_all,
    a_credential_does_not_follow_the_tenant_header,
    lists_hold_only_what_is_the_tenants_own,
    a_refresh_token_belongs_to_its_tenant,
);

/// A body each route accepts, so that the answer is about the id.
fn body(route: &Route) -> Value {
    match route.operation_id() {
        "set_user_password" => json!({ "password": "another good password 4u" }),
        "update_user" => json!({ "name": "Changed" }),
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
    let mut probed = 0;
    for route in routes() {
        let credentials: &[&str] = match route.who().unwrap() {
            Access::Server(_) => &[&world.acme.secret],
            Access::UserOrServer(_) => &[&world.acme.secret, world.acme.access_token()],
            _ => continue,
        };
        let Some((kind, _)) = route.path().split_once("/{id}") else {
            continue;
        };
        let (theirs, nobodys) = match kind {
            "/v1/users" => &users,
            "/v1/sessions" => &sessions,
            "/v1/api-keys" => &keys,
            other => panic!("{other} has no row here"),
        };
        for credential in credentials {
            let ask = |id: &str| {
                let path = route.path().replace("{id}", id);
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

async fn a_credential_does_not_follow_the_tenant_header(world: World) {
    for route in routes() {
        let credential = match route.who().unwrap() {
            Access::Public | Access::Operator(_) => continue,
            Access::Anyone | Access::Publishable => &world.acme.publishable,
            Access::User => world.acme.access_token(),
            _ => &world.acme.secret,
        };
        let path = route
            .path()
            .replace("{id}", &world.globex.user_id().to_string());
        for named in [world.globex.id.to_string(), "tnt_nonsense".to_owned()] {
            let ask = world.ask(route.method().clone(), path.clone());
            let ask = ask.bearer(credential).header("x-tenant-id", &named);
            let answer = ask.json(&body(&route)).send().await;
            assert_eq!(answer.outcome(), "403 tenant_mismatch", "{route:?} {named}");
        }
    }
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

//! Flows check for themselves who may call them: HTTP is not the only way in (R152).

use hellojohn_core::{
    Error,
    access::{Caller, Operator},
    api_key::{ApiKeyFilter, KeyKind},
    flows::{
        Ban, Credentials, Disable, Identity, KeepSessions, ListSessions, ListUsers, MetadataPatch,
        NewApiKey, NewTenant, NewUser, SetPassword, UserPatch,
    },
    page::PageRequest,
    secret::SecretString,
};
use serde_json::Map;

use crate::world::{World, world};

async fn with_key(world: &World, new: NewApiKey) -> Caller {
    let key = world
        .engine
        .create_api_key(&world.caller, new)
        .await
        .unwrap()
        .key;
    let credentials = Credentials {
        bearer: Some(key),
        ..Credentials::default()
    };
    match world.engine.authenticate(credentials).await.unwrap() {
        Identity::Tenant(caller) => caller,
        Identity::Instance(_) => panic!("an operator"),
    }
}

/// What every flow for servers answers to a caller.
#[expect(clippy::too_many_lines, reason = "a table")]
async fn answers(world: &World, caller: &Caller) -> Vec<(&'static str, Option<Error>)> {
    let engine = &world.engine;
    let ada = engine
        .list_users(&world.caller, ListUsers::default())
        .await
        .unwrap()
        .items
        .remove(0)
        .id;
    let key = engine
        .list_api_keys(
            &world.caller,
            ApiKeyFilter::default(),
            PageRequest::default(),
        )
        .await
        .unwrap()
        .items
        .remove(0)
        .id;
    let new = NewUser {
        email: "new@example.com".to_owned(),
        ..NewUser::default()
    };
    let set = SetPassword {
        password: SecretString::from("violet harbour timid anvil"),
        keep_sessions: KeepSessions::Yes,
    };
    let page = PageRequest::default;
    vec![
        (
            "list_users",
            engine.list_users(caller, ListUsers::default()).await.err(),
        ),
        ("user", engine.user(caller, ada).await.err()),
        ("create_user", engine.create_user(caller, new).await.err()),
        (
            "update_user",
            engine
                .update_user(caller, ada, UserPatch::default())
                .await
                .err(),
        ),
        (
            "merge_metadata",
            engine
                .merge_metadata(caller, ada, MetadataPatch::default())
                .await
                .err(),
        ),
        (
            "set_password",
            engine.set_password(caller, ada, set).await.err(),
        ),
        (
            "disable_user",
            engine
                .disable_user(caller, ada, Disable::default())
                .await
                .err(),
        ),
        ("enable_user", engine.enable_user(caller, ada).await.err()),
        (
            "ban_user",
            engine.ban_user(caller, ada, Ban::default()).await.err(),
        ),
        ("unban_user", engine.unban_user(caller, ada).await.err()),
        (
            "list_sessions",
            engine
                .list_sessions(caller, ListSessions::default())
                .await
                .err(),
        ),
        (
            "revoke_user_sessions",
            engine.revoke_user_sessions(caller, ada, None).await.err(),
        ),
        (
            "verify_session",
            engine
                .verify_session(caller, &SecretString::from("x"))
                .await
                .err(),
        ),
        (
            "list_api_keys",
            engine
                .list_api_keys(caller, ApiKeyFilter::default(), page())
                .await
                .err(),
        ),
        ("api_key", engine.api_key(caller, key).await.err()),
        (
            "create_api_key",
            engine
                .create_api_key(
                    caller,
                    NewApiKey {
                        scopes: vec!["users:read".to_owned()],
                        ..NewApiKey::named("x", KeyKind::Secret)
                    },
                )
                .await
                .err(),
        ),
        ("tenant_config", engine.tenant_config(caller).await.err()),
        (
            "configure_own_tenant",
            engine.configure_own_tenant(caller, Map::new()).await.err(),
        ),
        (
            "revoke_api_key",
            engine.revoke_api_key(caller, key).await.err(),
        ),
        ("delete_user", engine.delete_user(caller, ada).await.err()),
    ]
}

#[tokio::test]
async fn browsers_and_strangers_reach_no_flow_of_servers() {
    let world = world().await;
    world.sign_up("ada@example.com").await;
    let publishable = with_key(&world, NewApiKey::named("web", KeyKind::Publishable)).await;
    for (flow, error) in answers(&world, &publishable).await {
        assert_eq!(
            error.expect(flow).code(),
            "insufficient_permissions",
            "{flow}"
        );
    }
    let Identity::Tenant(stranger) = world
        .engine
        .authenticate(Credentials::default())
        .await
        .unwrap()
    else {
        panic!("an operator")
    };
    for (flow, error) in answers(&world, &stranger).await {
        assert_eq!(error.expect(flow).code(), "missing_token", "{flow}");
    }
}

#[tokio::test]
async fn a_key_reaches_the_flows_of_its_scopes_and_no_other() {
    let world = world().await;
    world.sign_up("ada@example.com").await;
    let reader = NewApiKey {
        scopes: vec!["users:read".to_owned()],
        ..NewApiKey::named("r", KeyKind::Secret)
    };
    let reader = with_key(&world, reader).await;
    for (flow, error) in answers(&world, &reader).await {
        let allowed = matches!(flow, "list_users" | "user");
        assert_eq!(
            error.map(|error| error.code()),
            (!allowed).then_some("insufficient_permissions"),
            "{flow}"
        );
    }
    for (flow, error) in answers(&world, &world.caller).await {
        assert!(error.is_none(), "{flow}: {error:?}");
    }
}

#[tokio::test]
async fn an_operator_without_the_scope_changes_nothing() {
    let world = world().await;
    let mut new = NewApiKey::named("ops", KeyKind::Master);
    new.scopes = vec!["keys:read".to_owned()];
    let key = world
        .engine
        .create_master_key(&Operator::local(), new)
        .await
        .unwrap()
        .key;
    let credentials = Credentials {
        bearer: Some(key),
        ..Credentials::default()
    };
    let Identity::Instance(operator) = world.engine.authenticate(credentials).await.unwrap() else {
        panic!("a tenant caller")
    };
    let engine = &world.engine;
    engine.signing_keys(&operator).await.unwrap();
    let refused = [
        engine
            .create_tenant(&operator, NewTenant::named("x"))
            .await
            .err(),
        engine.tenants(&operator, None, 10).await.err(),
        engine
            .suspend_tenant(&operator, world.tenant.id)
            .await
            .err(),
        engine
            .configure_tenant(&operator, world.tenant.id, Map::new())
            .await
            .err(),
        engine
            .create_master_key(&operator, NewApiKey::named("x", KeyKind::Master))
            .await
            .err(),
    ];
    for error in refused {
        assert_eq!(error.unwrap().code(), "insufficient_permissions");
    }
}

use hellojohn_core::{
    api_key::{ApiKeyFilter, KeyKind},
    flows::{Credentials, Identity, NewApiKey},
    page::PageRequest,
    secret::SecretString,
};

use crate::world::{World, code, seconds, world};

async fn caller_with(
    world: &World,
    key: &SecretString,
) -> Result<hellojohn_core::access::Caller, hellojohn_core::Error> {
    let credentials = Credentials {
        bearer: Some(key.clone()),
        ..Credentials::default()
    };
    match world.engine.authenticate(credentials).await? {
        Identity::Tenant(caller) => Ok(caller),
        Identity::Instance(_) => panic!("an operator"),
    }
}

fn scoped(scopes: &[&str]) -> NewApiKey {
    let scopes = scopes.iter().map(|&scope| scope.to_owned()).collect();
    NewApiKey {
        scopes,
        ..NewApiKey::named("test", KeyKind::Secret)
    }
}

/// R163: a key never makes a key that may do more than itself.
#[tokio::test]
async fn a_key_cannot_raise_itself() {
    let world = world().await;
    let narrow = world
        .engine
        .create_api_key(&world.caller, scoped(&["api_keys:write", "users:read"]))
        .await
        .unwrap();
    let caller = caller_with(&world, &narrow.key).await.unwrap();
    for scopes in [&["*"][..], &["users:write"], &["users:*"], &[]] {
        assert_eq!(
            code(world.engine.create_api_key(&caller, scoped(scopes)).await),
            "insufficient_permissions",
            "{scopes:?}"
        );
    }
    world
        .engine
        .create_api_key(&caller, scoped(&["users:read"]))
        .await
        .unwrap();
    assert_eq!(
        code(
            world
                .engine
                .create_api_key(&caller, NewApiKey::named("m", KeyKind::Master))
                .await
        ),
        "validation_failed"
    );
}

#[tokio::test]
async fn a_key_cannot_outlive_itself_through_another() {
    let world = world().await;
    let short = NewApiKey {
        expires_in: Some(seconds(60)),
        ..scoped(&["*"])
    };
    let short = world
        .engine
        .create_api_key(&world.caller, short)
        .await
        .unwrap();
    let caller = caller_with(&world, &short.key).await.unwrap();
    for expires_in in [None, Some(seconds(3_600)), Some(seconds(10))] {
        let made = NewApiKey {
            expires_in,
            ..scoped(&["users:read"])
        };
        let made = world
            .engine
            .create_api_key(&caller, made)
            .await
            .unwrap()
            .record;
        assert!(made.expires_at.unwrap() <= short.record.expires_at.unwrap());
    }
}

/// R163: nor does it get a wider key by rotating one.
#[tokio::test]
async fn a_narrow_key_cannot_rotate_a_wider_one() {
    let world = world().await;
    let wide = world
        .engine
        .create_api_key(&world.caller, scoped(&["*"]))
        .await
        .unwrap();
    let narrow = world
        .engine
        .create_api_key(&world.caller, scoped(&["api_keys:write"]))
        .await
        .unwrap();
    let caller = caller_with(&world, &narrow.key).await.unwrap();
    assert_eq!(
        code(
            world
                .engine
                .rotate_api_key(&caller, wide.record.id, None)
                .await
        ),
        "insufficient_permissions"
    );
    world
        .engine
        .rotate_api_key(&caller, narrow.record.id, None)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_rotated_key_works_for_its_overlap() {
    let world = world().await;
    let old = world
        .engine
        .create_api_key(&world.caller, scoped(&["users:read"]))
        .await
        .unwrap();
    let new = world
        .engine
        .rotate_api_key(&world.caller, old.record.id, Some(seconds(120)))
        .await
        .unwrap();
    assert_eq!(new.record.scopes, old.record.scopes);
    world.wait(seconds(119));
    caller_with(&world, &old.key).await.unwrap();
    world.wait(seconds(1));
    assert_eq!(code(caller_with(&world, &old.key).await), "invalid_api_key");
    caller_with(&world, &new.key).await.unwrap();
    assert_eq!(
        code(
            world
                .engine
                .rotate_api_key(&world.caller, old.record.id, None)
                .await
        ),
        "api_key_not_found"
    );
    assert_eq!(
        code(
            world
                .engine
                .rotate_api_key(&world.caller, new.record.id, Some(seconds(1)))
                .await
        ),
        "validation_failed"
    );
}

#[tokio::test]
async fn lists_show_records_and_uses_but_never_keys() {
    let world = world().await;
    let used = world
        .engine
        .create_api_key(&world.caller, scoped(&["users:read"]))
        .await
        .unwrap();
    let dead = world
        .engine
        .create_api_key(&world.caller, scoped(&["users:read"]))
        .await
        .unwrap();
    world
        .engine
        .revoke_api_key(&world.caller, dead.record.id)
        .await
        .unwrap();
    world
        .engine
        .revoke_api_key(&world.caller, dead.record.id)
        .await
        .unwrap();
    caller_with(&world, &used.key).await.unwrap();
    let live = ApiKeyFilter {
        revoked: Some(false),
        ..ApiKeyFilter::default()
    };
    let page = world
        .engine
        .list_api_keys(&world.caller, live, PageRequest::default())
        .await
        .unwrap();
    assert_eq!(page.total, Some(1));
    assert_eq!(page.items[0].id, used.record.id);
    assert_eq!(page.items[0].last_used_at, Some(world.engine.now()));
    assert_eq!(world.audited("api_key.revoked").await, 1);
}

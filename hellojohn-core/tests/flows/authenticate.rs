use hellojohn_core::{
    access::{Operator, Principal},
    api_key::KeyKind,
    flows::{Credentials, Identity, NewApiKey},
    id::TenantId,
    secret::{ExposeSecret, SecretString},
};

use crate::world::{World, code, seconds, world};

async fn key(world: &World, kind: KeyKind) -> SecretString {
    world
        .engine
        .create_api_key(&world.caller, NewApiKey::named("test", kind))
        .await
        .unwrap()
        .key
}

fn shows(bearer: Option<&SecretString>, tenant: Option<String>) -> Credentials {
    Credentials {
        bearer: bearer.cloned(),
        tenant,
        ..Credentials::default()
    }
}

#[tokio::test]
async fn the_only_tenant_need_not_be_named_and_two_must_be() {
    let world = world().await;
    let alone = world.engine.authenticate(shows(None, None)).await.unwrap();
    assert!(matches!(&alone, Identity::Tenant(caller) if caller.tenant_id() == world.tenant.id));
    let other = world.other_tenant("Other").await;
    assert_eq!(
        code(world.engine.authenticate(shows(None, None)).await),
        "tenant_required"
    );
    let named = world
        .engine
        .authenticate(shows(None, Some(other.tenant_id().to_string())))
        .await
        .unwrap();
    assert!(matches!(named, Identity::Tenant(caller) if caller.tenant_id() == other.tenant_id()));
}

#[tokio::test]
async fn unknown_tenants_are_not_found_however_they_are_written() {
    let world = world().await;
    let stranger = TenantId::new(world.engine.now(), [9; 10]).to_string();
    for name in [stranger.as_str(), "", "tnt_", "x", "../etc"] {
        assert_eq!(
            code(
                world
                    .engine
                    .authenticate(shows(None, Some(name.to_owned())))
                    .await
            ),
            "tenant_not_found",
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_key_knows_its_tenant_and_no_other() {
    let world = world().await;
    let other = world.other_tenant("Other").await;
    for kind in [KeyKind::Publishable, KeyKind::Secret] {
        let key = key(&world, kind).await;
        let identity = world
            .engine
            .authenticate(shows(Some(&key), None))
            .await
            .unwrap();
        let Identity::Tenant(caller) = identity else {
            panic!("an operator")
        };
        assert_eq!(caller.tenant_id(), world.tenant.id);
        assert_eq!(
            matches!(caller.principal(), Principal::Secret { .. }),
            kind == KeyKind::Secret
        );
        let elsewhere = shows(Some(&key), Some(other.tenant_id().to_string()));
        assert_eq!(
            code(world.engine.authenticate(elsewhere).await),
            "tenant_mismatch"
        );
    }
}

#[tokio::test]
async fn dead_and_invented_keys_are_refused_by_kind() {
    let world = world().await;
    let created = world
        .engine
        .create_api_key(&world.caller, NewApiKey::named("x", KeyKind::Secret))
        .await
        .unwrap();
    world
        .engine
        .revoke_api_key(&world.caller, created.record.id)
        .await
        .unwrap();
    assert_eq!(
        code(
            world
                .engine
                .authenticate(shows(Some(&created.key), None))
                .await
        ),
        "invalid_api_key"
    );
    let mut short = NewApiKey::named("x", KeyKind::Publishable);
    short.expires_in = Some(seconds(60));
    let short = world
        .engine
        .create_api_key(&world.caller, short)
        .await
        .unwrap()
        .key;
    world
        .engine
        .authenticate(shows(Some(&short), None))
        .await
        .unwrap();
    world.wait(seconds(60));
    assert_eq!(
        code(world.engine.authenticate(shows(Some(&short), None)).await),
        "invalid_publishable_key"
    );
    for (text, expected) in [
        ("sk_live_x", "invalid_api_key"),
        ("pk_live_x", "invalid_publishable_key"),
        ("mk_live_", "invalid_api_key"),
    ] {
        let key = SecretString::from(text);
        assert_eq!(
            code(world.engine.authenticate(shows(Some(&key), None)).await),
            expected
        );
    }
}

#[tokio::test]
async fn a_master_key_is_an_operator_within_its_scopes() {
    let world = world().await;
    let mut new = NewApiKey::named("ops", KeyKind::Master);
    new.scopes = vec!["keys:read".to_owned()];
    let created = world
        .engine
        .create_master_key(&Operator::local(), new)
        .await
        .unwrap();
    let identity = world
        .engine
        .authenticate(shows(Some(&created.key), None))
        .await
        .unwrap();
    let Identity::Instance(operator) = identity else {
        panic!("a tenant caller")
    };
    assert!(operator.may("keys:read"));
    assert!(!operator.may("keys:write"));
    world
        .engine
        .revoke_master_key(&Operator::local(), created.record.id)
        .await
        .unwrap();
    assert_eq!(
        code(
            world
                .engine
                .authenticate(shows(Some(&created.key), None))
                .await
        ),
        "invalid_api_key"
    );
}

#[tokio::test]
async fn a_token_names_its_user_until_it_expires() {
    let world = world().await;
    let ada = world.sign_up("ada@example.com").await;
    let caller = world.bearer(&ada.tokens.access_token).await.unwrap();
    assert_eq!(caller.user().unwrap().user.id, ada.user.id);
    // 15 minutes and 30 seconds of leeway.
    world.wait(seconds(15 * 60 + 29));
    world.bearer(&ada.tokens.access_token).await.unwrap();
    world.wait(seconds(1));
    assert_eq!(
        code(world.bearer(&ada.tokens.access_token).await),
        "token_expired"
    );
}

#[tokio::test]
async fn a_token_of_one_tenant_is_refused_in_another() {
    let world = world().await;
    let token = world.sign_up("ada@example.com").await.tokens.access_token;
    let other = world.other_tenant("Other").await;
    let elsewhere = shows(Some(&token), Some(other.tenant_id().to_string()));
    assert_eq!(
        code(world.engine.authenticate(elsewhere).await),
        "tenant_mismatch"
    );
    assert_eq!(
        code(world.engine.verify_access_token(&other, &token).await),
        "invalid_token"
    );
}

#[tokio::test]
async fn a_garbled_token_is_refused_at_every_byte() {
    let world = world().await;
    let token = world.sign_up("ada@example.com").await.tokens.access_token;
    let text = token.expose_secret();
    for at in 0..text.len() {
        let mut bytes = text.as_bytes().to_vec();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let changed = SecretString::from(String::from_utf8(bytes).unwrap());
        assert_eq!(
            code(world.bearer(&changed).await),
            "invalid_token",
            "byte {at}"
        );
    }
    for other in [
        "",
        ".",
        "..",
        "v4.public.",
        "v4.public.AAAA",
        "eyJ",
        "Bearer",
    ] {
        assert_eq!(
            code(world.bearer(&SecretString::from(other)).await),
            "invalid_token",
            "{other}"
        );
    }
}

use hellojohn_core::{access::Operator, flows::NewTenant, id::TenantId};
use serde_json::{Value, json};

use crate::world::{World, code, object, world};

async fn configure(
    world: &World,
    changes: Value,
) -> Result<hellojohn_core::tenant::TenantConfig, hellojohn_core::Error> {
    world
        .engine
        .configure_tenant(&Operator::local(), world.tenant.id, object(changes))
        .await
}

#[tokio::test]
async fn a_slug_is_made_of_the_name_and_unique() {
    let world = world().await;
    let operator = Operator::local();
    assert_eq!(world.tenant.slug, "example");
    assert_eq!(
        code(
            world
                .engine
                .create_tenant(&operator, NewTenant::named("EXAMPLE!"))
                .await
        ),
        "slug_taken"
    );
    let chosen = NewTenant {
        slug: Some("second".to_owned()),
        ..NewTenant::named("Example")
    };
    let second = world.engine.create_tenant(&operator, chosen).await.unwrap();
    assert_eq!(
        world
            .engine
            .tenant_by_slug(&operator, "second")
            .await
            .unwrap()
            .id,
        second.id
    );
    assert_eq!(
        world
            .engine
            .tenants(&operator, None, 10)
            .await
            .unwrap()
            .len(),
        2
    );
    assert_eq!(
        code(
            world
                .engine
                .create_tenant(&operator, NewTenant::named("---"))
                .await
        ),
        "validation_failed"
    );
    let stranger = TenantId::new(world.engine.now(), [9; 10]);
    assert_eq!(
        code(world.engine.tenant(&operator, stranger).await),
        "tenant_not_found"
    );
}

#[tokio::test]
async fn settings_are_set_reset_and_known_by_their_aliases() {
    let world = world().await;
    let config = configure(
        &world,
        json!({"session_access_token_ttl": 300, "idle_timeout": "1h", "unknown": 1}),
    )
    .await
    .unwrap();
    assert_eq!(config.access_token_ttl.unwrap().0.as_secs(), 300);
    let config = configure(&world, json!({"access_token_ttl": null}))
        .await
        .unwrap();
    assert_eq!(config.access_token_ttl, None);
    assert_eq!(config.idle_timeout.unwrap().0.as_secs(), 3_600);
    assert_eq!(
        world.engine.tenant_config(&world.caller).await.unwrap(),
        config
    );
}

#[tokio::test]
async fn settings_out_of_range_change_nothing() {
    let world = world().await;
    for (changes, expected, field) in [
        (
            json!({"access_token_ttl": "25h"}),
            "validation_failed",
            "access_token_ttl",
        ),
        (
            json!({"access_token_ttl": "1s"}),
            "validation_failed",
            "access_token_ttl",
        ),
        (
            json!({"access_token_ttl": "soon"}),
            "validation_failed",
            "access_token_ttl",
        ),
        (
            json!({"token_format": "saml"}),
            "validation_failed",
            "token_format",
        ),
        (
            json!({"allowed_origins": ["*"]}),
            "validation_failed",
            "allowed_origins",
        ),
        (
            json!({"allowed_origins": "https://a.example"}),
            "validation_failed",
            "allowed_origins",
        ),
        (
            json!({"allowed_auth_methods": ["x\u{0}"]}),
            "validation_failed",
            "allowed_auth_methods",
        ),
        (
            json!({"max_sessions_per_user": 0}),
            "validation_failed",
            "max_sessions_per_user",
        ),
        (
            json!({"password_policy": {"min_length": 4}}),
            "policy_too_weak",
            "",
        ),
        (
            json!({"password_policy": {"breach_check": false}}),
            "policy_too_weak",
            "",
        ),
        (
            json!({"password_policy": {"max_length": 10}}),
            "validation_failed",
            "password_policy",
        ),
    ] {
        let error = configure(&world, changes.clone()).await.unwrap_err();
        assert_eq!(error.code(), expected, "{changes}");
        if !field.is_empty() {
            assert_eq!(error.fields()[0].field, field, "{changes}");
        }
    }
    assert_eq!(
        world.engine.tenant_config(&world.caller).await.unwrap(),
        world.tenant.config
    );
}

#[tokio::test]
async fn a_stricter_policy_mentions_only_what_it_changes() {
    let world = world().await;
    let config = configure(
        &world,
        json!({"password_policy": {"min_length": 12, "require_numbers": true}}),
    )
    .await
    .unwrap();
    let policy = config.password_policy.unwrap();
    assert!(policy.require_number && policy.breach_check);
    assert_eq!((policy.min_length, policy.max_length), (12, 128));
}

#[tokio::test]
async fn paseto_is_a_setting() {
    let mut world = world().await;
    world.configure(json!({"token_format": "paseto"})).await;
    let ada = world.sign_up("ada@example.com").await;
    assert!(
        hellojohn_core::secret::ExposeSecret::expose_secret(&ada.tokens.access_token)
            .starts_with("v4.public.")
    );
    let caller = world.bearer(&ada.tokens.access_token).await.unwrap();
    assert_eq!(caller.user().unwrap().user.id, ada.user.id);
}

#[tokio::test]
async fn a_second_change_keeps_the_rules_of_the_first() {
    let world = world().await;
    configure(&world, json!({"password_policy": {"min_length": 12}}))
        .await
        .unwrap();
    let config = configure(&world, json!({"password_policy": {"require_number": true}}))
        .await
        .unwrap();
    let policy = config.password_policy.unwrap();
    assert!(policy.require_number);
    assert_eq!(policy.min_length, 12);
}

/// A tenant's policy is never looser than the instance's, also when the instance tightens later.
#[tokio::test]
async fn an_instance_that_tightens_tightens_every_tenant() {
    let world = world().await;
    configure(&world, json!({"password_policy": {"min_length": 12}}))
        .await
        .unwrap();
    let stricter = world
        .reopened(|settings| {
            settings.password_policy.min_length = 16;
            settings.password_policy.require_symbol = true;
        })
        .await
        .unwrap();
    let caller = stricter.caller(world.tenant.id).await.unwrap();
    let policy = caller.tenant().config.password_policy(stricter.settings());
    assert_eq!(policy.min_length, 16);
    assert!(policy.require_symbol);
    let request = hellojohn_core::flows::SignUp::new("ada@example.com", "sixteenlongletters");
    assert_eq!(
        code(stricter.sign_up(&caller, request).await),
        "password_too_weak"
    );
}

/// The flat names of api.md §12 are settings for every caller, not for HTTP alone.
#[tokio::test]
async fn password_rules_have_flat_names_too() {
    let world = world().await;
    let flat = json!({"password_min_length": 12, "password_require_numbers": true});
    let policy = configure(&world, flat)
        .await
        .unwrap()
        .password_policy
        .unwrap();
    assert!(policy.require_number);
    assert_eq!(policy.min_length, 12);
    let mixed = json!({"password_policy": {"require_symbol": true}, "password_min_length": 13});
    let policy = configure(&world, mixed)
        .await
        .unwrap()
        .password_policy
        .unwrap();
    assert!(policy.require_symbol && policy.require_number);
    assert_eq!(policy.min_length, 13);
    for wrong in [
        json!({"password_min_length": 2}),
        json!({"password_min_length": "x"}),
        json!({"password_policy": 1, "password_min_length": 12}),
    ] {
        configure(&world, wrong).await.unwrap_err();
    }
}

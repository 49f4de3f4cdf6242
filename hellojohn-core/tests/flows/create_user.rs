use hellojohn_core::flows::{NewPassword, NewUser, Patch, UserPatch};
use serde_json::json;

use crate::world::{code, object, world};

/// Hashes of [`PASSWORD`](crate::world::PASSWORD) as other systems store them.
pub(crate) fn imported_hashes() -> Vec<String> {
    include_str!("imported_hashes.txt")
        .lines()
        .map(str::to_owned)
        .collect()
}

fn new(email: &str) -> NewUser {
    NewUser {
        email: email.to_owned(),
        ..NewUser::default()
    }
}

#[tokio::test]
async fn a_server_makes_a_user_with_everything() {
    let world = world().await;
    let request = NewUser {
        first_name: Some("Ada".to_owned()),
        last_name: Some("Lovelace".to_owned()),
        phone: Some("+4915112345678".to_owned()),
        external_id: Some("42".to_owned()),
        role: Some("admin".to_owned()),
        email_verified: Some(true),
        public_metadata: object(json!({"plan": "gold"})),
        private_metadata: object(json!({"note": "x"})),
        ..new("ada@example.com")
    };
    let user = world
        .engine
        .create_user(&world.caller, request)
        .await
        .unwrap();
    let stored = world.engine.user(&world.caller, user.id).await.unwrap();
    assert_eq!(stored, user);
    assert_eq!(stored.name.as_deref(), Some("Ada Lovelace"));
    assert_eq!(world.emitted("user.created").await, 1);
    assert_eq!(world.emitted("session.created").await, 0);
}

#[tokio::test]
async fn every_unique_field_conflicts_by_its_own_code() {
    let mut world = world().await;
    world.configure(json!({"username_enabled": true})).await;
    let first = NewUser {
        username: Some("ada".to_owned()),
        phone: Some("+4915112345678".to_owned()),
        external_id: Some("42".to_owned()),
        ..new("ada@example.com")
    };
    world
        .engine
        .create_user(&world.caller, first.clone())
        .await
        .unwrap();
    let cases = [
        (new("ada@example.com"), "email_already_exists"),
        (
            NewUser {
                username: first.username.clone(),
                ..new("b@example.com")
            },
            "username_taken",
        ),
        (
            NewUser {
                phone: first.phone.clone(),
                ..new("c@example.com")
            },
            "phone_taken",
        ),
        (
            NewUser {
                external_id: first.external_id.clone(),
                ..new("d@example.com")
            },
            "external_id_taken",
        ),
    ];
    for (request, expected) in cases {
        assert_eq!(
            code(world.engine.create_user(&world.caller, request).await),
            expected
        );
    }
}

#[tokio::test]
async fn foreign_and_hostile_hashes_are_refused() {
    let world = world().await;
    for hash in [
        "plain",
        "$1$salt$hash",
        "5f4dcc3b5aa765d61d8327deb882cf99",
        "$argon2id$v=19$m=4194304,t=3,p=4$c2FsdHNhbHRzYWx0c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "$2b$31$abcdefghijklmnopqrstuuAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ] {
        let request = NewUser {
            password: NewPassword::Hash(hash.to_owned().into()),
            ..new("ada@example.com")
        };
        assert_eq!(
            code(world.engine.create_user(&world.caller, request).await),
            "unsupported_hash",
            "{hash}"
        );
    }
}

#[tokio::test]
async fn a_patch_sets_clears_and_keeps() {
    let world = world().await;
    let request = NewUser {
        name: Some("Ada".to_owned()),
        external_id: Some("42".to_owned()),
        email_verified: Some(true),
        ..new("ada@example.com")
    };
    let user = world
        .engine
        .create_user(&world.caller, request)
        .await
        .unwrap();
    let patch = UserPatch {
        email: Patch::Set("countess@example.com".to_owned()),
        external_id: Patch::Clear,
        public_metadata: Patch::Set(object(json!({"a": 1}))),
        ..UserPatch::default()
    };
    let patched = world
        .engine
        .update_user(&world.caller, user.id, patch)
        .await
        .unwrap();
    assert_eq!(patched.name.as_deref(), Some("Ada"));
    assert_eq!(patched.external_id, None);
    assert_eq!(patched.email.as_str(), "countess@example.com");
    assert!(!patched.email_verified, "a new address is unproven");
    assert_eq!(
        world.engine.user(&world.caller, user.id).await.unwrap(),
        patched
    );
    let wrong = UserPatch {
        role: Patch::Clear,
        status: Patch::Set("banned".to_owned()),
        phone: Patch::Set("12".to_owned()),
        ..UserPatch::default()
    };
    let error = world
        .engine
        .update_user(&world.caller, user.id, wrong)
        .await
        .unwrap_err();
    let fields: Vec<_> = error
        .fields()
        .iter()
        .map(|field| field.field.as_str())
        .collect();
    assert_eq!(fields, ["phone", "role", "status"]);
}

#[tokio::test]
async fn a_deleted_user_is_gone_with_their_sessions() {
    let world = world().await;
    let ada = world.sign_up("ada@example.com").await;
    world
        .engine
        .delete_user(&world.caller, ada.user.id)
        .await
        .unwrap();
    assert_eq!(
        code(world.engine.user(&world.caller, ada.user.id).await),
        "user_not_found"
    );
    assert_eq!(
        code(world.refresh(&ada.tokens.refresh_token).await),
        "refresh_token_invalid"
    );
    assert_eq!(
        code(world.bearer(&ada.tokens.access_token).await),
        "session_revoked"
    );
    assert_eq!(
        code(world.engine.delete_user(&world.caller, ada.user.id).await),
        "user_not_found"
    );
    assert_eq!(world.audited("user.deleted").await, 1);
    assert_eq!(world.emitted("user.deleted").await, 1);
    assert_eq!(world.emitted("session.revoked").await, 1);
    world.sign_up("ada@example.com").await;
}

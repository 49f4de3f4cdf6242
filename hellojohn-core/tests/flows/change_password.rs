use hellojohn_core::{
    flows::{ChangePassword, KeepSessions, SetPassword},
    secret::SecretString,
};
use serde_json::json;

use crate::world::{PASSWORD, code, seconds, world};

const NEW: &str = "violet harbour timid anvil";

fn change(current: &str, new: &str) -> ChangePassword {
    ChangePassword {
        current: SecretString::from(current),
        new: SecretString::from(new),
    }
}

/// R009: the other sessions end with the change; the one that made it stays.
#[tokio::test]
async fn a_change_ends_every_other_session() {
    let world = world().await;
    let here = world.sign_up("ada@example.com").await;
    world.wait(seconds(1));
    let there = world.sign_in("ada@example.com", PASSWORD).await.unwrap();
    let caller = world.bearer(&here.tokens.access_token).await.unwrap();
    world
        .engine
        .change_password(&caller, change(PASSWORD, NEW))
        .await
        .unwrap();
    world.refresh(&here.tokens.refresh_token).await.unwrap();
    assert_eq!(
        code(world.refresh(&there.tokens.refresh_token).await),
        "session_revoked"
    );
    assert_eq!(
        code(world.sign_in("ada@example.com", PASSWORD).await),
        "invalid_credentials"
    );
    world.sign_in("ada@example.com", NEW).await.unwrap();
    assert_eq!(world.emitted("user.password_changed").await, 1);
    assert_eq!(world.letters_of("password_changed").await, 1);
}

#[tokio::test]
async fn a_wrong_current_password_and_a_weak_new_one_change_nothing() {
    let world = world().await;
    let ada = world.sign_up("ada@example.com").await;
    let caller = world.bearer(&ada.tokens.access_token).await.unwrap();
    assert_eq!(
        code(
            world
                .engine
                .change_password(&caller, change("wrong", NEW))
                .await
        ),
        "invalid_credentials"
    );
    assert_eq!(
        code(
            world
                .engine
                .change_password(&caller, change(PASSWORD, "short"))
                .await
        ),
        "password_too_weak"
    );
    world.sign_in("ada@example.com", PASSWORD).await.unwrap();
}

#[tokio::test]
async fn former_passwords_do_not_come_back() {
    let mut world = world().await;
    world
        .configure(json!({"password_policy": {"history_count": 2}}))
        .await;
    let ada = world.sign_up("ada@example.com").await;
    let passwords = [
        PASSWORD,
        NEW,
        "copper lantern quiet meadow",
        "silver anchor bright canyon",
    ];
    for pair in passwords.windows(2) {
        let caller = world.bearer(&ada.tokens.access_token).await.unwrap();
        let caller = world
            .engine
            .caller(caller.tenant_id())
            .await
            .map(|_| caller)
            .unwrap();
        world.wait(seconds(1));
        world
            .engine
            .change_password(&caller, change(pair[0], pair[1]))
            .await
            .unwrap();
    }
    let caller = world.bearer(&ada.tokens.access_token).await.unwrap();
    for former in &passwords[1..] {
        assert_eq!(
            code(
                world
                    .engine
                    .change_password(&caller, change(passwords[3], former))
                    .await
            ),
            "password_reused",
            "{former}"
        );
    }
    world
        .engine
        .change_password(&caller, change(passwords[3], PASSWORD))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_server_sets_a_password_under_the_policy() {
    let world = world().await;
    let ada = world.sign_up("ada@example.com").await;
    let set = |text: &str, keep_sessions| SetPassword {
        password: SecretString::from(text),
        keep_sessions,
    };
    assert_eq!(
        code(
            world
                .engine
                .set_password(&world.caller, ada.user.id, set("short", KeepSessions::No))
                .await
        ),
        "password_too_weak"
    );
    world
        .engine
        .set_password(&world.caller, ada.user.id, set(NEW, KeepSessions::Yes))
        .await
        .unwrap();
    let kept = world.refresh(&ada.tokens.refresh_token).await.unwrap();
    world
        .engine
        .set_password(
            &world.caller,
            ada.user.id,
            set("copper lantern quiet meadow", KeepSessions::No),
        )
        .await
        .unwrap();
    assert_eq!(
        code(world.refresh(&kept.tokens.refresh_token).await),
        "session_revoked"
    );
}

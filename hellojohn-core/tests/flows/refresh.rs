use hellojohn_core::{
    access::Operator,
    flows::{Disable, Patch, UserPatch},
    secret::{ExposeSecret, SecretString},
};
use serde_json::json;

use crate::world::{PASSWORD, code, same_secret, seconds, world};

#[tokio::test]
async fn each_refresh_gives_new_tokens_of_the_same_session() {
    let world = world().await;
    let ada = world.sign_up("ada@example.com").await;
    let mut token = ada.tokens.refresh_token;
    for generation in 1..=5 {
        world.wait(seconds(60));
        let next = world.refresh(&token).await.unwrap();
        assert_eq!(next.session.id, ada.session.id);
        assert_eq!(next.session.generation, generation);
        assert_eq!(next.session.last_active_at, world.engine.now());
        assert!(!same_secret(&next.tokens.refresh_token, &token));
        let claims = world
            .engine
            .verify_access_token(&world.caller, &next.tokens.access_token)
            .await
            .unwrap();
        assert_eq!(claims.session_id, ada.session.id);
        token = next.tokens.refresh_token;
    }
}

/// R054: R1 → R2 → R3; R2 inside the grace gives the same R3, R1 is reuse even inside it.
#[tokio::test]
async fn an_honest_retry_gets_the_same_successor_as_often_as_it_asks() {
    let world = world().await;
    let first = world.sign_up("ada@example.com").await.tokens.refresh_token;
    let second = world.refresh(&first).await.unwrap().tokens.refresh_token;
    world.wait(seconds(10));
    for _ in 0..3 {
        let retried = world.refresh(&first).await.unwrap().tokens.refresh_token;
        assert!(same_secret(&retried, &second));
    }
    world.refresh(&second).await.unwrap();
    assert_eq!(world.audited("session.refresh_reuse_detected").await, 0);
}

#[tokio::test]
async fn a_grandparent_is_reuse_even_within_the_grace() {
    let world = world().await;
    let first = world.sign_up("ada@example.com").await.tokens.refresh_token;
    let second = world.refresh(&first).await.unwrap().tokens.refresh_token;
    let third = world.refresh(&second).await.unwrap().tokens.refresh_token;
    assert_eq!(code(world.refresh(&first).await), "refresh_token_invalid");
    assert_eq!(code(world.refresh(&third).await), "session_revoked");
    assert_eq!(code(world.refresh(&second).await), "session_revoked");
}

/// R053: after the grace the family is dead for good, and the trace says why.
#[tokio::test]
async fn reuse_after_the_grace_revokes_the_session_for_good() {
    let world = world().await;
    let ada = world.sign_up("ada@example.com").await;
    let first = ada.tokens.refresh_token;
    let second = world.refresh(&first).await.unwrap();
    world.wait(seconds(11));
    assert_eq!(code(world.refresh(&first).await), "refresh_token_invalid");
    assert_eq!(
        code(world.refresh(&second.tokens.refresh_token).await),
        "session_revoked"
    );
    assert_eq!(
        code(world.bearer(&second.tokens.access_token).await),
        "session_revoked"
    );
    assert_eq!(world.audited("session.refresh_reuse_detected").await, 1);
    assert_eq!(world.emitted("session.revoked").await, 1);
}

#[tokio::test]
async fn no_grace_means_no_retry() {
    let setup = crate::world::Setup {
        settings: Some(|s| s.refresh_grace = seconds(0)),
        ..Default::default()
    };
    let world = setup.build().await;
    let first = world.sign_up("ada@example.com").await.tokens.refresh_token;
    world.refresh(&first).await.unwrap();
    assert_eq!(code(world.refresh(&first).await), "refresh_token_invalid");
}

/// R059: a token that is not ours changes nothing, whatever it looks like.
#[tokio::test]
async fn a_changed_token_changes_nothing() {
    let world = world().await;
    let token = world.sign_up("ada@example.com").await.tokens.refresh_token;
    let text = token.expose_secret().to_owned();
    for at in 0..text.len() {
        let mut bytes = text.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let changed = SecretString::from(String::from_utf8(bytes).unwrap());
        assert_eq!(
            code(world.refresh(&changed).await),
            "refresh_token_invalid",
            "byte {at}"
        );
    }
    for other in [
        "",
        "rft_",
        "x",
        &text[..text.len() - 1],
        &format!("{text}A"),
        &format!(" {text}"),
    ] {
        assert_eq!(
            code(world.refresh(&SecretString::from(other)).await),
            "refresh_token_invalid"
        );
    }
    world.refresh(&token).await.unwrap();
}

#[tokio::test]
async fn a_token_of_another_tenant_is_no_token() {
    let world = world().await;
    let token = world.sign_up("ada@example.com").await.tokens.refresh_token;
    let other = world.other_tenant("Other").await;
    assert_eq!(
        code(world.engine.refresh(&other, &token).await),
        "refresh_token_invalid"
    );
    world.refresh(&token).await.unwrap();
}

/// R057: however often it is refreshed, a session ends at its absolute age.
#[tokio::test]
async fn the_absolute_age_survives_rotation() {
    let mut world = world().await;
    world.configure(json!({"session_duration": "1h"})).await;
    let ada = world.sign_up("ada@example.com").await;
    let mut token = ada.tokens.refresh_token;
    for _ in 0..5 {
        world.wait(seconds(600));
        let next = world.refresh(&token).await.unwrap();
        assert_eq!(next.session.expires_at, ada.session.expires_at);
        assert!(next.tokens.access_expires_at <= ada.session.expires_at);
        token = next.tokens.refresh_token;
    }
    world.wait(seconds(599));
    token = world.refresh(&token).await.unwrap().tokens.refresh_token;
    world.wait(seconds(1));
    assert_eq!(code(world.refresh(&token).await), "refresh_token_expired");
}

#[tokio::test]
async fn an_idle_session_ends_and_use_keeps_it_alive() {
    let mut world = world().await;
    world.configure(json!({"idle_timeout": "10m"})).await;
    let mut token = world.sign_up("ada@example.com").await.tokens.refresh_token;
    for _ in 0..3 {
        world.wait(seconds(599));
        token = world.refresh(&token).await.unwrap().tokens.refresh_token;
    }
    world.wait(seconds(600));
    assert_eq!(code(world.refresh(&token).await), "refresh_token_expired");
}

/// R058: the next token says what is true now.
#[tokio::test]
async fn changes_of_the_user_show_in_the_next_token() {
    let world = world().await;
    let ada = world.sign_up("ada@example.com").await;
    let patch = UserPatch {
        role: Patch::Set("admin".to_owned()),
        name: Patch::Set("Ada".to_owned()),
        ..UserPatch::default()
    };
    world
        .engine
        .update_user(&world.caller, ada.user.id, patch)
        .await
        .unwrap();
    let next = world.refresh(&ada.tokens.refresh_token).await.unwrap();
    let claims = world
        .engine
        .verify_access_token(&world.caller, &next.tokens.access_token)
        .await
        .unwrap();
    assert_eq!(claims.role.as_deref(), Some("admin"));
    assert_eq!(claims.roles, ["admin"]);
    assert_eq!(claims.name.as_deref(), Some("Ada"));
}

#[tokio::test]
async fn a_disabled_user_does_not_refresh_even_with_a_kept_session() {
    let world = world().await;
    let ada = world.sign_up("ada@example.com").await;
    let disable = Disable {
        keep_sessions: hellojohn_core::flows::KeepSessions::Yes,
        ..Disable::default()
    };
    world
        .engine
        .disable_user(&world.caller, ada.user.id, disable)
        .await
        .unwrap();
    assert_eq!(
        code(world.refresh(&ada.tokens.refresh_token).await),
        "session_revoked"
    );
    world
        .engine
        .enable_user(&world.caller, ada.user.id)
        .await
        .unwrap();
    world.refresh(&ada.tokens.refresh_token).await.unwrap();
}

#[tokio::test]
async fn a_suspended_tenant_does_not_refresh() {
    let world = world().await;
    let ada = world.sign_up("ada@example.com").await;
    world
        .engine
        .suspend_tenant(&Operator::local(), world.tenant.id)
        .await
        .unwrap();
    assert_eq!(
        code(world.refresh(&ada.tokens.refresh_token).await),
        "session_revoked"
    );
    world
        .engine
        .activate_tenant(&Operator::local(), world.tenant.id)
        .await
        .unwrap();
    world.refresh(&ada.tokens.refresh_token).await.unwrap();
}

/// R052: eight at once, one lineage: whoever wins, all answers carry the one successor.
#[tokio::test(flavor = "multi_thread")]
async fn racers_end_with_exactly_one_successor() {
    let world = world().await;
    world.sign_up("ada@example.com").await;
    for _ in 0..25 {
        let token = world
            .sign_in("ada@example.com", PASSWORD)
            .await
            .unwrap()
            .tokens
            .refresh_token;
        let racers = (0..8).map(|_| {
            let (engine, caller, token) =
                (world.engine.clone(), world.caller.clone(), token.clone());
            tokio::spawn(async move { engine.refresh(&caller, &token).await })
        });
        let mut successors = std::collections::BTreeSet::new();
        for racer in racers.collect::<Vec<_>>() {
            let refreshed = racer.await.unwrap().unwrap();
            assert_eq!(refreshed.session.generation, 1);
            successors.insert(refreshed.tokens.refresh_token.expose_secret().to_owned());
        }
        assert_eq!(successors.len(), 1);
    }
}

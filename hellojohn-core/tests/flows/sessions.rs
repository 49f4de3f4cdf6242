use hellojohn_core::{
    flows::{ListSessions, SessionVerdict, SignOutScope},
    secret::SecretString,
    session::SessionStatus,
};

use crate::world::{PASSWORD, code, seconds, world};

#[tokio::test]
async fn a_user_sees_their_own_sessions_and_a_server_all() {
    let world = world().await;
    let ada = world.sign_up("ada@example.com").await;
    world.wait(seconds(1));
    let grace = world.sign_up("grace@example.com").await;
    let own = world.bearer(&ada.tokens.access_token).await.unwrap();
    let page = world
        .engine
        .list_sessions(
            &own,
            ListSessions {
                user_id: Some(grace.user.id),
                ..ListSessions::default()
            },
        )
        .await
        .unwrap();
    assert_eq!(page.items.len(), 1);
    assert_eq!(page.items[0].session.id, ada.session.id);
    assert_eq!(page.items[0].current, Some(true));
    let all = world
        .engine
        .list_sessions(&world.caller, ListSessions::default())
        .await
        .unwrap();
    assert_eq!(all.total, Some(2));
    assert_eq!(all.items[0].current, None);
    assert_eq!(
        code(world.engine.session(&own, grace.session.id).await),
        "session_not_found"
    );
    assert_eq!(
        code(world.engine.revoke_session(&own, grace.session.id).await),
        "session_not_found"
    );
    assert_eq!(
        code(
            world
                .engine
                .revoke_user_sessions(&own, grace.user.id, None)
                .await
        ),
        "user_not_found"
    );
    world.refresh(&grace.tokens.refresh_token).await.unwrap();
}

#[tokio::test]
async fn sessions_are_listed_by_their_state_now() {
    let world = world().await;
    let ada = world.sign_up("ada@example.com").await;
    world.wait(seconds(1));
    world.sign_in("ada@example.com", PASSWORD).await.unwrap();
    world
        .engine
        .revoke_session(&world.caller, ada.session.id)
        .await
        .unwrap();
    let count = async |status| {
        let request = ListSessions {
            status: Some(status),
            ..ListSessions::default()
        };
        world
            .engine
            .list_sessions(&world.caller, request)
            .await
            .unwrap()
            .total
            .unwrap()
    };
    assert_eq!(
        (
            count(SessionStatus::Active).await,
            count(SessionStatus::Revoked).await,
            count(SessionStatus::Expired).await
        ),
        (1, 1, 0)
    );
    world.wait(seconds(31 * 86_400));
    assert_eq!(
        (
            count(SessionStatus::Active).await,
            count(SessionStatus::Revoked).await,
            count(SessionStatus::Expired).await
        ),
        (0, 1, 1)
    );
}

#[tokio::test]
async fn signing_out_ends_this_session_or_all() {
    let world = world().await;
    let first = world.sign_up("ada@example.com").await;
    world.wait(seconds(1));
    let second = world.sign_in("ada@example.com", PASSWORD).await.unwrap();
    let third = world.sign_in("ada@example.com", PASSWORD).await.unwrap();
    let here = world.bearer(&first.tokens.access_token).await.unwrap();
    world
        .engine
        .sign_out(&here, SignOutScope::Local)
        .await
        .unwrap();
    assert_eq!(
        code(world.refresh(&first.tokens.refresh_token).await),
        "session_revoked"
    );
    world.refresh(&second.tokens.refresh_token).await.unwrap();
    let here = world.bearer(&third.tokens.access_token).await.unwrap();
    world
        .engine
        .sign_out(&here, SignOutScope::Global)
        .await
        .unwrap();
    assert_eq!(
        code(world.bearer(&second.tokens.access_token).await),
        "session_revoked"
    );
    assert_eq!(world.emitted("session.revoked").await, 3);
}

#[tokio::test]
async fn verifying_tells_why_a_token_is_not_good() {
    let world = world().await;
    let ada = world.sign_up("ada@example.com").await;
    let token = &ada.tokens.access_token;
    let SessionVerdict::Valid(verified) = world
        .engine
        .verify_session(&world.caller, token)
        .await
        .unwrap()
    else {
        panic!("invalid")
    };
    assert_eq!(verified.session.id, ada.session.id);
    let reason = async |token: &SecretString| match world
        .engine
        .verify_session(&world.caller, token)
        .await
        .unwrap()
    {
        SessionVerdict::Invalid(reason) => reason,
        SessionVerdict::Valid(_) => "valid",
    };
    assert_eq!(reason(&SecretString::from("x")).await, "invalid_token");
    let other = world.other_tenant("Other").await;
    let foreign = world.engine.verify_session(&other, token).await.unwrap();
    assert!(matches!(foreign, SessionVerdict::Invalid("invalid_token")));
    world
        .engine
        .revoke_session(&world.caller, ada.session.id)
        .await
        .unwrap();
    assert_eq!(reason(token).await, "session_revoked");
    world.wait(seconds(3_600));
    assert_eq!(reason(token).await, "token_expired");
}

#[tokio::test]
async fn what_ended_long_ago_is_purged() {
    let world = world().await;
    let ada = world.sign_up("ada@example.com").await;
    world
        .engine
        .revoke_session(&world.caller, ada.session.id)
        .await
        .unwrap();
    assert_eq!(world.engine.purge().await.unwrap().sessions, 0);
    world.wait(seconds(31 * 86_400));
    let purged = world.engine.purge().await.unwrap();
    assert_eq!(purged.sessions, 1);
    assert_eq!(purged.events, 3);
    assert_eq!(
        code(world.engine.session(&world.caller, ada.session.id).await),
        "session_not_found"
    );
    assert_eq!(
        world.audited("user.register").await,
        1,
        "the audit log stays"
    );
}

use hellojohn_core::{
    Error,
    access::Operator,
    flows::{Claim, OpenedEpoch, Repeatable},
    restore::{RestoreEpoch, RestoreError, SessionsAfterRestore},
    secret::SecretString,
};

use crate::world::{World, code, same_secret, seconds, world};

async fn open_epoch(world: &World, choice: SessionsAfterRestore) -> OpenedEpoch {
    world
        .engine
        .open_restore_epoch(&Operator::local(), choice)
        .await
        .unwrap()
}

async fn back_up_sessions(world: &World) {
    world
        .execute("CREATE TABLE backup_session AS SELECT * FROM hj_session")
        .await;
}

/// Brings the sessions of the backup back as they were, whatever happened to them since.
async fn restore_sessions(world: &World) {
    world
        .execute("INSERT OR REPLACE INTO hj_session SELECT * FROM backup_session")
        .await;
}

/// The token after this one.
async fn next(world: &World, token: &SecretString) -> SecretString {
    world.refresh(token).await.unwrap().tokens.refresh_token
}

#[tokio::test]
async fn an_instance_that_was_never_restored_is_in_the_first_epoch() {
    let world = world().await;
    let epoch = world.engine.restore_epoch().await.unwrap();
    assert_eq!(epoch, RestoreEpoch::FIRST);
}

/// R200: neither a session that was revoked since the backup nor a token made since comes back.
#[tokio::test]
async fn invalidating_ends_every_session_and_every_token() {
    let world = world().await;
    let other = world.second_instance().await;
    let ada = world.sign_up("ada@example.com").await;
    let grace = world.sign_up("grace@example.com").await;
    let stolen = ada.tokens.refresh_token.clone();
    back_up_sessions(&world).await;
    let newer = next(&world, &grace.tokens.refresh_token).await;
    world
        .engine
        .revoke_session(&world.caller, ada.session.id)
        .await
        .unwrap();
    restore_sessions(&world).await;

    let opened = open_epoch(&world, SessionsAfterRestore::Invalidate).await;
    assert_eq!((opened.former.number, opened.epoch.number), (0, 1));
    assert_eq!(opened.sessions, 2);
    for token in [&stolen, &grace.tokens.refresh_token, &newer] {
        assert_eq!(code(world.refresh(token).await), "refresh_token_invalid");
    }
    assert_eq!(
        code(world.bearer(&ada.tokens.access_token).await),
        "session_revoked"
    );
    // Another instance learns it as well.
    world.wait(seconds(2));
    let refused = other.refresh(&world.caller, &newer).await;
    assert_eq!(code(refused), "refresh_token_invalid");
    assert_eq!(world.audited_control("instance.restored").await, 1);

    let again = world
        .sign_in("ada@example.com", crate::world::PASSWORD)
        .await;
    next(&world, &again.unwrap().tokens.refresh_token).await;
    let opened = open_epoch(&world, SessionsAfterRestore::Invalidate).await;
    assert_eq!((opened.epoch.number, opened.sessions), (2, 1));
    let kept = world.engine.restore_epoch().await.unwrap();
    assert_eq!(kept, opened.epoch);
}

/// A row that is back behind what its client holds goes on with the client's token, once.
#[tokio::test]
async fn a_kept_session_goes_on_with_the_token_its_client_holds() {
    let world = world().await;
    let first = world.sign_up("ada@example.com").await.tokens.refresh_token;
    back_up_sessions(&world).await;
    let mut token = first.clone();
    for _ in 0..3 {
        world.wait(seconds(60));
        token = next(&world, &token).await;
    }
    restore_sessions(&world).await;
    // Without an epoch it is of another life.
    assert_eq!(code(world.refresh(&token).await), "refresh_token_invalid");
    world.wait(seconds(60));
    let opened = open_epoch(&world, SessionsAfterRestore::Keep).await;
    assert_eq!(opened.sessions, 1);

    let jumped = world.refresh(&token).await.unwrap();
    assert_eq!(jumped.session.generation, 4);
    // A retry gets the same successor, as always.
    let retried = next(&world, &token).await;
    assert!(same_secret(&retried, &jumped.tokens.refresh_token));
    world.wait(seconds(60));
    let live = next(&world, &jumped.tokens.refresh_token).await;
    // The token of the backup is long used: somebody else has it.
    assert_eq!(code(world.refresh(&first).await), "refresh_token_invalid");
    assert_eq!(code(world.refresh(&live).await), "session_revoked");
}

/// The thief came first with the older token; the honest client's newer one shows it.
#[tokio::test]
async fn a_newer_token_than_a_row_used_since_the_restore_is_reuse() {
    let world = world().await;
    let stolen = world.sign_up("ada@example.com").await.tokens.refresh_token;
    back_up_sessions(&world).await;
    let newer = next(&world, &stolen).await;
    let newest = next(&world, &newer).await;
    restore_sessions(&world).await;
    world.wait(seconds(60));
    open_epoch(&world, SessionsAfterRestore::Keep).await;
    let theirs = next(&world, &stolen).await;
    assert_eq!(code(world.refresh(&newest).await), "refresh_token_invalid");
    assert_eq!(code(world.refresh(&theirs).await), "session_revoked");
    assert_eq!(world.audited("session.refresh_reuse_detected").await, 1);
}

/// Only a token ahead of its row asks for the epoch: here nobody can read it.
#[tokio::test]
async fn retries_and_reuse_are_judged_without_the_epoch() {
    let world = world().await;
    let first = world.sign_up("ada@example.com").await.tokens.refresh_token;
    back_up_sessions(&world).await;
    let second = next(&world, &first).await;
    world
        .execute("INSERT INTO cp_setting VALUES ('restore_epoch', 'yesterday', 0)")
        .await;
    assert!(same_secret(&next(&world, &first).await, &second));
    restore_sessions(&world).await;
    let ahead = world.refresh(&second).await.unwrap_err();
    assert!(ahead.to_string().contains("not readable"), "{ahead}");
    world.wait(seconds(60));
    next(&world, &first).await;
    world.wait(seconds(60));
    assert_eq!(code(world.refresh(&first).await), "refresh_token_invalid");
    assert_eq!(world.audited("session.refresh_reuse_detected").await, 1);
}

#[tokio::test]
async fn a_kept_session_of_a_disabled_user_does_not_go_on() {
    let world = world().await;
    let ada = world.sign_up("ada@example.com").await;
    back_up_sessions(&world).await;
    let newer = next(&world, &ada.tokens.refresh_token).await;
    restore_sessions(&world).await;
    world.wait(seconds(60));
    open_epoch(&world, SessionsAfterRestore::Keep).await;
    world
        .execute("UPDATE hj_user SET status = 'disabled'")
        .await;
    assert_eq!(code(world.refresh(&newer).await), "session_revoked");
    world.execute("UPDATE hj_user SET status = 'active'").await;
    next(&world, &newer).await;
}

/// Kept answers may hold tokens of sessions that are gone.
#[tokio::test]
async fn kept_answers_are_forgotten_in_either_case() {
    let world = world().await;
    let request = Repeatable {
        key: "abc",
        action: "POST /v1/auth/sign-up",
        body: b"{}",
    };
    for choice in [SessionsAfterRestore::Keep, SessionsAfterRestore::Invalidate] {
        let claimed = world.engine.claim_request(&world.caller, request).await;
        let Ok(Claim::First(claimed)) = claimed else {
            panic!("{claimed:?}")
        };
        let answer = SecretString::from("a token");
        let settled = world.engine.settle_request(&world.caller, claimed, &answer);
        settled.await.unwrap();
        assert_eq!(open_epoch(&world, choice).await.answers_forgotten, 1);
    }
}

#[tokio::test]
async fn a_database_whose_epoch_is_not_opened_is_refused() {
    let world = world().await;
    world
        .execute("CREATE TABLE hj_restore_pending (started_at TEXT)")
        .await;
    let refused = world.reopened(|_| ()).await.unwrap_err();
    assert!(matches!(refused, Error::Restore(RestoreError::Pending)));
    let engine = world.open_restored().await;
    engine
        .open_restore_epoch(&Operator::local(), SessionsAfterRestore::Keep)
        .await
        .unwrap();
    world.reopened(|_| ()).await.unwrap();
}

/// R200: `--issued-before`.
#[tokio::test]
async fn sessions_made_before_a_moment_end_in_one_tenant() {
    let world = world().await;
    let operator = Operator::local();
    let early = world.sign_up("ada@example.com").await;
    world.wait(seconds(10));
    let moment = world.engine.now();
    let late = world.sign_up("grace@example.com").await;
    let revoke = |before| {
        let tenant = world.tenant.id;
        world.engine.revoke_all_sessions(&operator, tenant, before)
    };
    let other = world.other_tenant("Other").await;
    let elsewhere = world
        .engine
        .revoke_all_sessions(&operator, other.tenant_id(), None)
        .await;
    assert_eq!(elsewhere.unwrap(), 0);
    assert_eq!(revoke(Some(moment)).await.unwrap(), 1);
    let dead = world.refresh(&early.tokens.refresh_token).await;
    assert_eq!(code(dead), "session_revoked");
    let token = next(&world, &late.tokens.refresh_token).await;
    assert_eq!(revoke(None).await.unwrap(), 1);
    assert_eq!(code(world.refresh(&token).await), "session_revoked");
    assert_eq!(revoke(None).await.unwrap(), 0);
    assert_eq!(world.audited_control("session.revoked").await, 2);
    // Made by a host whose clock is ahead: it is there, so it ends.
    world.sign_up("hopper@example.com").await;
    let ahead = (moment + seconds(600)).as_micros();
    world
        .execute(format!(
            "UPDATE hj_session SET created_at = {ahead} WHERE revoked_at IS NULL"
        ))
        .await;
    assert_eq!(revoke(None).await.unwrap(), 1);
}

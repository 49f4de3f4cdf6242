use hellojohn_core::{
    Error,
    flows::{MfaVerified, Refreshed},
};

use super::{ADA, challenged, code, signed_in, verify, with_totp};
use crate::world::{code as error_code, seconds, world};

fn stepped_up(verified: Result<MfaVerified, Error>) -> Refreshed {
    match verified.unwrap() {
        MfaVerified::SteppedUp(refreshed) => *refreshed,
        other => panic!("{other:?}"),
    }
}

/// R042, R049.
#[tokio::test]
async fn stepping_up_gives_the_same_session_new_tokens() {
    let world = world().await;
    let ada = with_totp(&world).await;
    let (engine, caller) = (&world.engine, &world.caller);
    let answer = (ada.choice(), ada.code(&world));
    let session = verify(engine, caller, &challenged(&world).await, answer)
        .await
        .unwrap();
    let session = signed_in(session);
    world.wait(seconds(3_600));
    let own = world.bearer(&session.tokens.access_token).await;
    // The access token is over by now, the session is not.
    assert!(own.is_err());
    let fresh = world.refresh(&session.tokens.refresh_token).await.unwrap();
    let own = world.bearer(&fresh.tokens.access_token).await.unwrap();
    let refused = engine
        .remove_factor(&own, ada.signed_in.user.id, ada.factor)
        .await;
    assert_eq!(error_code(refused), "step_up_required");

    let challenge = engine.step_up(&own, Some(ada.factor)).await.unwrap();
    assert_eq!(challenge.factors.len(), 1);
    let wrong = verify(engine, caller, &challenge, (ada.choice(), code("1"))).await;
    assert_eq!(error_code(wrong), "mfa_code_invalid");
    let answer = (ada.choice(), ada.code(&world));
    let next = stepped_up(verify(engine, caller, &challenge, answer).await);
    assert_eq!(next.session.id, session.session.id);
    assert_eq!(next.session.mfa_at, Some(engine.now()));
    assert_eq!(next.session.auth_time, session.session.auth_time);
    // The old refresh token is dead at once, and its return ends nothing.
    let old = world.refresh(&fresh.tokens.refresh_token).await;
    assert_eq!(error_code(old), "refresh_token_invalid");
    world.refresh(&next.tokens.refresh_token).await.unwrap();
    let own = world.bearer(&next.tokens.access_token).await.unwrap();
    engine
        .remove_factor(&own, ada.signed_in.user.id, ada.factor)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_step_up_ends_with_its_session() {
    let world = world().await;
    let ada = with_totp(&world).await;
    let (engine, caller) = (&world.engine, &world.caller);
    let own = world
        .bearer(&ada.signed_in.tokens.access_token)
        .await
        .unwrap();
    let challenge = engine.step_up(&own, None).await.unwrap();
    engine
        .revoke_session(caller, ada.signed_in.session.id)
        .await
        .unwrap();
    let answer = (ada.choice(), ada.code(&world));
    let refused = verify(engine, caller, &challenge, answer).await;
    assert_eq!(error_code(refused), "session_revoked");
}

#[tokio::test]
async fn without_factors_there_is_nothing_to_step_up_with() {
    let world = world().await;
    let up = world.sign_up(ADA).await;
    let own = world.bearer(&up.tokens.access_token).await.unwrap();
    let refused = world.engine.step_up(&own, None).await;
    assert_eq!(error_code(refused), "mfa_enrollment_required");
}

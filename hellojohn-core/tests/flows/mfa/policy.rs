use hellojohn_core::{
    factor::FactorKind,
    flows::{Credentials, Identity, NewFactor},
    mfa::{
        FactorProof,
        policy::{Reach, Restriction},
    },
    secret::SecretString,
    totp::step_at,
};
use serde_json::json;

use super::{ADA, challenged, code, read_app, signed_in, verify, with_totp};
use crate::world::{World, code as error_code, world};

/// The caller who shows this token at a route with this reach.
async fn reaching(
    world: &World,
    token: &SecretString,
    reach: Reach,
) -> Result<hellojohn_core::access::Caller, hellojohn_core::Error> {
    let credentials = Credentials {
        bearer: Some(token.clone()),
        reach,
        ..Credentials::default()
    };
    match world.engine.authenticate(credentials).await? {
        Identity::Tenant(caller) => Ok(caller),
        Identity::Instance(_) => panic!("an operator"),
    }
}

/// From sign-up under a policy to a session that may do everything: the very session that
/// confirmed the first factor.
#[tokio::test]
async fn enrolling_lifts_the_restriction_of_the_session_that_enrolled() {
    let mut world = world().await;
    world.configure(json!({ "mfa_required": true })).await;
    let ada = world.sign_up(ADA).await;
    let token = &ada.tokens.access_token;
    assert_eq!(
        error_code(world.bearer(token).await),
        "mfa_enrollment_required"
    );
    let refused = reaching(&world, token, Reach::Verifying).await;
    assert_eq!(error_code(refused), "mfa_enrollment_required");

    let own = reaching(&world, token, Reach::Enrolling).await.unwrap();
    assert_eq!(
        own.user().unwrap().restriction,
        Some(Restriction::Enrolment)
    );
    let engine = &world.engine;
    let new = NewFactor::of(FactorKind::Totp);
    let begun = engine.enrol_factor(&own, ada.user.id, new).await.unwrap();
    // Begun is not done.
    assert_eq!(
        error_code(world.bearer(token).await),
        "mfa_enrollment_required"
    );
    let app = read_app(&begun.totp.unwrap().secret);
    let proof = FactorProof {
        factor: begun.factor.id,
        answer: code(&app.code_of(step_at(engine.now()))),
    };
    engine
        .confirm_factor(&own, ada.user.id, proof)
        .await
        .unwrap();

    let free = world.bearer(token).await.unwrap();
    let free = free.user().unwrap();
    assert_eq!(free.restriction, None);
    assert!(free.session.mfa_verified);
    assert_eq!(free.session.mfa_at, Some(engine.now()));
    // The policy holds on to the last factor.
    let own = world.bearer(token).await.unwrap();
    let kept = engine
        .remove_factor(&own, ada.user.id, begun.factor.id)
        .await;
    assert_eq!(error_code(kept), "mfa_required_by_policy");
}

/// A session from before enrolment on another device proves nothing.
#[tokio::test]
async fn other_sessions_are_asked_for_the_factor() {
    let mut world = world().await;
    let ada = with_totp(&world).await;
    let (engine, caller) = (&world.engine, &world.caller);
    let answer = (ada.choice(), ada.code(&world));
    let challenge = challenged(&world).await;
    let verified = verify(engine, caller, &challenge, answer).await;
    let verified = signed_in(verified.unwrap());
    // As sessions are that were made before.
    world
        .execute("UPDATE hj_session SET mfa_verified = 0, mfa_at = NULL")
        .await;
    let token = &verified.tokens.access_token;
    assert!(world.bearer(token).await.is_ok());
    world.configure(json!({ "mfa_required": true })).await;
    assert_eq!(error_code(world.bearer(token).await), "step_up_required");
    let refused = reaching(&world, token, Reach::Enrolling).await;
    assert_eq!(error_code(refused), "step_up_required");
    let own = reaching(&world, token, Reach::Verifying).await.unwrap();
    assert_eq!(
        own.user().unwrap().restriction,
        Some(Restriction::Verification)
    );
    // A second factor cannot be added past the first.
    let new = NewFactor::of(FactorKind::EmailOtp);
    let added = world.engine.enrol_factor(&own, ada.signed_in.user.id, new);
    assert_eq!(error_code(added.await), "step_up_required");
}

#[tokio::test]
async fn only_allowed_kinds_are_enrolled() {
    let mut world = world().await;
    world
        .configure(json!({ "mfa_methods": ["webauthn", "email_otp"] }))
        .await;
    let ada = world.sign_up(ADA).await;
    let own = world.bearer(&ada.tokens.access_token).await.unwrap();
    let enrol = |kind| {
        world
            .engine
            .enrol_factor(&own, ada.user.id, NewFactor::of(kind))
    };
    let refused = enrol(FactorKind::Totp).await;
    assert_eq!(error_code(refused), "factor_not_allowed");
    assert!(enrol(FactorKind::EmailOtp).await.is_ok());
}

use hellojohn_core::{
    Error,
    flows::{ListRecoveries, Patch, SetPassword, UserPatch},
    recovery::{RecoveryDecision, RecoveryRequest, RecoveryStatus, RecoveryVerdict},
    seal::{Sealer, places::MESSAGES},
    secret::SecretString,
};

use super::{ADA, challenged, signed_in, verify, with_totp};
use crate::world::{PASSWORD, World, code, key, seconds, world};

async fn requests(world: &World) -> Vec<RecoveryRequest> {
    let list = world
        .engine
        .list_recoveries(&world.caller, ListRecoveries::default());
    list.await.unwrap().items
}

async fn ask(world: &World) {
    let challenge = challenged(world).await.challenge;
    let asked = world.engine.request_recovery(&world.caller, &challenge);
    asked.await.unwrap();
}

/// The secret in the newest link.
async fn link(world: &World) -> SecretString {
    let sql = |column: &str| {
        format!(
            "SELECT {column} FROM hj_message WHERE template = 'mfa_recovery' ORDER BY created_at DESC LIMIT 1"
        )
    };
    let id = world.texts(sql("id")).await.remove(0);
    let sealed = world.texts(sql("sealed")).await.remove(0);
    let opener = Sealer::new(key("0123456789abcdefghijklmnopqrstuvwxyz"), None);
    let message = opener.open(MESSAGES.place(&id), &sealed).unwrap();
    let variables: serde_json::Value = serde_json::from_slice(&message).unwrap();
    let link = variables["link"].as_str().unwrap();
    let token = link
        .strip_prefix("https://auth.example.com/auth/mfa-recovery?token=")
        .unwrap();
    SecretString::from(token)
}

async fn decide(
    world: &World,
    request: &RecoveryRequest,
    verdict: RecoveryVerdict,
) -> Result<RecoveryRequest, Error> {
    let decision = RecoveryDecision {
        verdict,
        reason: Some("called back on the known number".to_owned()),
    };
    let engine = &world.engine;
    engine
        .decide_recovery(&world.caller, request.id, decision)
        .await
}

async fn mails(world: &World, template: &str) -> i64 {
    world.count("hj_message", "template", template).await
}

#[tokio::test]
async fn who_proves_the_mailbox_and_is_approved_gets_back_in() {
    let world = world().await;
    let ada = with_totp(&world).await;
    ask(&world).await;
    let request = requests(&world).await.remove(0);
    assert_eq!(request.status, RecoveryStatus::Requested);
    let early = decide(&world, &request, RecoveryVerdict::Approve).await;
    assert_eq!(code(early), "recovery_not_proven");

    let token = link(&world).await;
    world
        .engine
        .prove_recovery(&world.caller, &token)
        .await
        .unwrap();
    let twice = world.engine.prove_recovery(&world.caller, &token).await;
    assert_eq!(code(twice), "link_invalid");
    // The proof alone opens nothing.
    assert_eq!(code(world.sign_in(ADA, PASSWORD).await), "mfa_required");

    let waiting = challenged(&world).await;
    let approved = decide(&world, &request, RecoveryVerdict::Approve)
        .await
        .unwrap();
    assert_eq!(approved.status, RecoveryStatus::Approved);
    assert_eq!(mails(&world, "mfa_reset").await, 1);
    assert_eq!(world.audited("mfa.recovery_approved").await, 1);
    assert_eq!(world.audited("mfa.reset").await, 1);
    // What there was is gone: sessions, challenges, backup codes, the factor.
    let old = world.bearer(&ada.signed_in.tokens.access_token).await;
    assert_eq!(code(old), "session_revoked");
    let answer = (ada.choice(), ada.code(&world));
    let late = verify(&world.engine, &world.caller, &waiting, answer).await;
    assert_eq!(code(late), "mfa_challenge_expired");
    for table in ["hj_mfa_factor", "hj_backup_code"] {
        let user = ada.signed_in.user.id.to_string();
        assert_eq!(world.count(table, "user_id", &user).await, 0, "{table}");
    }
    let back = world.sign_in(ADA, PASSWORD).await.unwrap();
    assert!(!back.session.mfa_verified && !back.user.mfa_enabled);
    let again = decide(&world, &request, RecoveryVerdict::Approve).await;
    assert_eq!(code(again), "recovery_closed");
}

#[tokio::test]
async fn one_request_is_open_and_one_link_an_hour_is_sent() {
    let world = world().await;
    with_totp(&world).await;
    ask(&world).await;
    ask(&world).await;
    assert_eq!(
        (
            requests(&world).await.len(),
            mails(&world, "mfa_recovery").await
        ),
        (1, 1)
    );
    let first = link(&world).await;
    world.wait(seconds(3_600));
    let late = world.engine.prove_recovery(&world.caller, &first).await;
    assert_eq!(code(late), "link_expired");
    ask(&world).await;
    assert_eq!(
        (
            requests(&world).await.len(),
            mails(&world, "mfa_recovery").await
        ),
        (1, 2)
    );
    let token = link(&world).await;
    world
        .engine
        .prove_recovery(&world.caller, &token)
        .await
        .unwrap();
    // It waits for the administrator, for three days.
    world.wait(seconds(7_200));
    ask(&world).await;
    assert_eq!(mails(&world, "mfa_recovery").await, 2);
    let request = requests(&world).await.remove(0);
    world.wait(seconds(72 * 3_600));
    let over = decide(&world, &request, RecoveryVerdict::Approve).await;
    assert_eq!(code(over), "recovery_closed");
}

#[tokio::test]
async fn a_denied_request_changes_nothing() {
    let world = world().await;
    let ada = with_totp(&world).await;
    ask(&world).await;
    let request = requests(&world).await.remove(0);
    let denied = decide(&world, &request, RecoveryVerdict::Deny)
        .await
        .unwrap();
    assert_eq!(denied.status, RecoveryStatus::Denied);
    let token = link(&world).await;
    let late = world.engine.prove_recovery(&world.caller, &token).await;
    assert_eq!(code(late), "link_invalid");
    let challenge = challenged(&world).await;
    let answer = (ada.choice(), ada.code(&world));
    let verified = verify(&world.engine, &world.caller, &challenge, answer).await;
    signed_in(verified.unwrap());
}

/// R030: the owner who changes address or password ends what somebody else began.
#[tokio::test]
async fn a_changed_account_closes_the_request() {
    for change in ["password", "email"] {
        let world = world().await;
        let ada = with_totp(&world).await;
        let id = ada.signed_in.user.id;
        ask(&world).await;
        let token = link(&world).await;
        world
            .engine
            .prove_recovery(&world.caller, &token)
            .await
            .unwrap();
        world.wait(seconds(1));
        if change == "password" {
            let set = SetPassword {
                password: SecretString::from("an entirely new phrase"),
                keep_sessions: hellojohn_core::flows::KeepSessions::Yes,
            };
            world
                .engine
                .set_password(&world.caller, id, set)
                .await
                .unwrap();
        } else {
            let patch = UserPatch {
                email: Patch::Set("new@example.com".to_owned()),
                ..UserPatch::default()
            };
            world
                .engine
                .update_user(&world.caller, id, patch)
                .await
                .unwrap();
        }
        let request = requests(&world).await.remove(0);
        let closed = decide(&world, &request, RecoveryVerdict::Approve).await;
        assert_eq!(code(closed), "recovery_closed", "{change}");
        assert_eq!(mails(&world, "mfa_reset").await, 0);
    }
}

#[tokio::test]
async fn only_a_sign_in_that_waits_may_ask() {
    let world = world().await;
    let ada = with_totp(&world).await;
    let engine = &world.engine;
    let own = world
        .bearer(&ada.signed_in.tokens.access_token)
        .await
        .unwrap();
    let step_up = engine.step_up(&own, None).await.unwrap().challenge;
    let sign_in = challenged(&world).await.challenge;
    let elsewhere = world.other_tenant("Other").await;
    for (caller, challenge) in [
        (&world.caller, &step_up),
        (&elsewhere, &sign_in),
        (&world.caller, &ada.signed_in.tokens.refresh_token),
    ] {
        let refused = engine.request_recovery(caller, challenge).await;
        assert_eq!(code(refused), "mfa_challenge_expired");
    }
    world.wait(seconds(300));
    let late = engine.request_recovery(&world.caller, &sign_in).await;
    assert_eq!(code(late), "mfa_challenge_expired");
    assert_eq!(requests(&world).await, []);
}

#[tokio::test]
async fn an_administrator_removes_factors_without_a_request() {
    let world = world().await;
    let ada = with_totp(&world).await;
    let id = ada.signed_in.user.id;
    ask(&world).await;
    let own = world
        .bearer(&ada.signed_in.tokens.access_token)
        .await
        .unwrap();
    let refused = world.engine.reset_mfa(&own, id, None).await;
    assert_eq!(code(refused), "insufficient_permissions");
    let elsewhere = world.other_tenant("Other").await;
    let refused = world.engine.reset_mfa(&elsewhere, id, None).await;
    assert_eq!(code(refused), "user_not_found");

    let why = Some("lost the telephone".to_owned());
    world
        .engine
        .reset_mfa(&world.caller, id, why)
        .await
        .unwrap();
    let reasons = world
        .texts("SELECT reason FROM hj_audit_log WHERE kind = 'mfa.reset'")
        .await;
    assert_eq!(reasons, ["lost the telephone"]);
    assert_eq!(
        (
            world.emitted("mfa.reset").await,
            mails(&world, "mfa_reset").await
        ),
        (1, 1)
    );
    assert_eq!(requests(&world).await, []);
    let old = world.bearer(&ada.signed_in.tokens.access_token).await;
    assert_eq!(code(old), "session_revoked");
    world.sign_in(ADA, PASSWORD).await.unwrap();
}

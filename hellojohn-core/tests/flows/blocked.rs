//! Every way to go on against every state that must stop it (R023, R046, R058).

use hellojohn_core::{
    access::Operator,
    flows::{Ban, Disable, KeepSessions, SessionVerdict, SetPassword, SignOutScope},
    issuer::SignedIn,
    secret::SecretString,
};

use crate::world::{PASSWORD, World, code, seconds, world};

#[derive(Clone, Copy, Debug)]
enum State {
    Disabled,
    DisabledKeepingSessions,
    Banned,
    Deleted,
    PasswordSet,
    SessionRevoked,
    SignedOutEverywhere,
    TenantSuspended,
}

const STATES: [State; 8] = [
    State::Disabled,
    State::DisabledKeepingSessions,
    State::Banned,
    State::Deleted,
    State::PasswordSet,
    State::SessionRevoked,
    State::SignedOutEverywhere,
    State::TenantSuspended,
];

impl State {
    async fn begin(self, world: &World, ada: &SignedIn) {
        let (engine, caller, id) = (&world.engine, &world.caller, ada.user.id);
        match self {
            Self::Disabled => drop(
                engine
                    .disable_user(caller, id, Disable::default())
                    .await
                    .unwrap(),
            ),
            Self::DisabledKeepingSessions => {
                let disable = Disable {
                    reason: None,
                    keep_sessions: KeepSessions::Yes,
                };
                drop(engine.disable_user(caller, id, disable).await.unwrap());
            }
            Self::Banned => drop(engine.ban_user(caller, id, Ban::default()).await.unwrap()),
            Self::Deleted => engine.delete_user(caller, id).await.unwrap(),
            Self::PasswordSet => {
                let set = SetPassword {
                    password: SecretString::from("violet harbour timid anvil"),
                    keep_sessions: KeepSessions::No,
                };
                engine.set_password(caller, id, set).await.unwrap();
            }
            Self::SessionRevoked => engine.revoke_session(caller, ada.session.id).await.unwrap(),
            Self::SignedOutEverywhere => {
                let own = world.bearer(&ada.tokens.access_token).await.unwrap();
                engine.sign_out(&own, SignOutScope::Global).await.unwrap();
            }
            Self::TenantSuspended => drop(
                engine
                    .suspend_tenant(&Operator::local(), world.tenant.id)
                    .await
                    .unwrap(),
            ),
        }
    }
}

#[tokio::test]
async fn no_path_goes_on_in_a_blocking_state() {
    for state in STATES {
        let world = world().await;
        let ada = world.sign_up("ada@example.com").await;
        let elsewhere = world.second_instance().await;
        state.begin(&world, &ada).await;
        // Another instance may know a tenant's settings for a second.
        world.wait(seconds(1) + std::time::Duration::from_micros(1));

        assert!(
            world.refresh(&ada.tokens.refresh_token).await.is_err(),
            "{state:?}: refresh"
        );
        assert!(
            elsewhere
                .refresh(&world.caller, &ada.tokens.refresh_token)
                .await
                .is_err(),
            "{state:?}: refresh elsewhere"
        );
        assert!(
            world.bearer(&ada.tokens.access_token).await.is_err(),
            "{state:?}: bearer"
        );
        if !matches!(state, State::TenantSuspended) {
            let verdict = elsewhere
                .verify_session(&world.caller, &ada.tokens.access_token)
                .await
                .unwrap();
            assert!(
                matches!(verdict, SessionVerdict::Invalid(_)),
                "{state:?}: verify"
            );
        }
        match state {
            State::SessionRevoked | State::SignedOutEverywhere => {
                world.sign_in("ada@example.com", PASSWORD).await.unwrap();
            }
            State::TenantSuspended => {
                assert_eq!(
                    code(world.engine.caller(world.tenant.id).await),
                    "tenant_suspended"
                );
                assert_eq!(
                    code(elsewhere.caller(world.tenant.id).await),
                    "tenant_suspended"
                );
            }
            _ => assert!(
                world.sign_in("ada@example.com", PASSWORD).await.is_err(),
                "{state:?}: sign in"
            ),
        }
    }
}

#[tokio::test]
async fn what_was_enabled_again_works_again() {
    let world = world().await;
    let ada = world.sign_up("ada@example.com").await;
    world
        .engine
        .ban_user(&world.caller, ada.user.id, Ban::default())
        .await
        .unwrap();
    world
        .engine
        .unban_user(&world.caller, ada.user.id)
        .await
        .unwrap();
    // Sessions that ended stay ended: terminal states never go back.
    assert_eq!(
        code(world.refresh(&ada.tokens.refresh_token).await),
        "session_revoked"
    );
    world.sign_in("ada@example.com", PASSWORD).await.unwrap();
}

#[tokio::test]
async fn lifting_a_ban_lifts_nothing_else() {
    let world = world().await;
    let ada = world.sign_up("ada@example.com").await.user.id;
    world
        .engine
        .disable_user(&world.caller, ada, Disable::default())
        .await
        .unwrap();
    let after = world.engine.unban_user(&world.caller, ada).await.unwrap();
    assert_eq!(after.status, hellojohn_core::user::UserStatus::Disabled);
    assert_eq!(
        code(world.sign_in("ada@example.com", PASSWORD).await),
        "user_disabled"
    );
}

/// A session begun after a ban ran out must not survive the next one.
#[tokio::test]
async fn disabling_by_patch_ends_sessions_whatever_the_state_was() {
    use hellojohn_core::flows::{Patch, UserPatch};
    let world = world().await;
    let ada = world.sign_up("ada@example.com").await.user.id;
    let until = Some(world.engine.now() + seconds(60));
    world
        .engine
        .ban_user(
            &world.caller,
            ada,
            Ban {
                reason: Some("spam".to_owned()),
                until,
            },
        )
        .await
        .unwrap();
    world.wait(seconds(61));
    let session = world.sign_in("ada@example.com", PASSWORD).await.unwrap();
    let status = |word: &str| UserPatch {
        status: Patch::Set(word.to_owned()),
        ..UserPatch::default()
    };
    let disabled = world
        .engine
        .update_user(&world.caller, ada, status("disabled"))
        .await
        .unwrap();
    assert_eq!(
        (disabled.status_reason, disabled.banned_until),
        (None, None)
    );
    world
        .engine
        .update_user(&world.caller, ada, status("active"))
        .await
        .unwrap();
    assert_eq!(
        code(world.refresh(&session.tokens.refresh_token).await),
        "session_revoked"
    );
    assert_eq!(world.emitted("user.disabled").await, 1);
    assert_eq!(world.emitted("user.enabled").await, 1);
}

//! Every way that has two halves against every state that can come between them: it is set at one
//! instance, and a second later the other half is refused at another one (R023, R046, R058).

mod paths;

use hellojohn_core::{
    access::Operator,
    flows::{Ban, Disable, KeepSessions, Patch, SetPassword, UserPatch},
    secret::SecretString,
};
use serde_json::json;

use crate::world::{Setup, World, seconds};
use paths::{PATHS, Path, lock};

/// What comes between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Nothing,
    Disabled,
    /// Disabled and enabled again before the way ends.
    DisabledForAMoment,
    Banned,
    LockedByGuesses,
    PasswordChanged,
    MfaRequired,
    TenantSuspended,
    EmailChanged,
    Deleted,
}

impl State {
    async fn begin(self, world: &mut World) {
        if self == Self::MfaRequired {
            return world.configure(json!({ "mfa_required": true })).await;
        }
        let (engine, caller) = (&world.engine, &world.caller);
        let id = world.texts("SELECT id FROM hj_user").await.remove(0);
        let id = id.parse().unwrap();
        match self {
            Self::Nothing | Self::MfaRequired => {}
            Self::Disabled | Self::DisabledForAMoment => {
                let disable = Disable::default();
                engine.disable_user(caller, id, disable).await.unwrap();
                if self == Self::DisabledForAMoment {
                    engine.enable_user(caller, id).await.unwrap();
                }
            }
            Self::Banned => {
                engine.ban_user(caller, id, Ban::default()).await.unwrap();
            }
            Self::LockedByGuesses => lock(world).await,
            Self::PasswordChanged => {
                let set = SetPassword {
                    password: SecretString::from("violet harbour timid anvil"),
                    keep_sessions: KeepSessions::No,
                };
                engine.set_password(caller, id, set).await.unwrap();
            }
            Self::TenantSuspended => {
                let operator = Operator::local();
                let suspended = engine.suspend_tenant(&operator, world.tenant.id);
                suspended.await.unwrap();
            }
            Self::EmailChanged => {
                let patch = UserPatch {
                    email: Patch::Set("ada@elsewhere.example".to_owned()),
                    ..UserPatch::default()
                };
                engine.update_user(caller, id, patch).await.unwrap();
            }
            Self::Deleted => engine.delete_user(caller, id).await.unwrap(),
        }
    }

    /// What the other half answers then.
    fn expected(self, path: Path) -> &'static str {
        match self {
            Self::Nothing => "ok",
            Self::Disabled => shut_out(path, "user_disabled"),
            Self::Banned => shut_out(path, "user_banned"),
            Self::TenantSuspended => "tenant_suspended",
            Self::Deleted => match path {
                Path::Refresh => "refresh_token_invalid",
                Path::Passkey => "passkey_invalid",
                other => shut_out(other, "invalid_credentials"),
            },
            // Whoever is let in again comes in anew; nothing of before the state goes on.
            Self::DisabledForAMoment => match path {
                Path::SignIn | Path::Passkey => "ok",
                other => shut_out(other, ""),
            },
            // A passkey is not the password, and proves its holder now.
            Self::PasswordChanged => match path {
                Path::Passkey => "ok",
                other => shut_out(other, "invalid_credentials"),
            },
            Self::EmailChanged => match path {
                // An administrator who moves an account does not sign its owner out; neither a
                // session nor a passkey was given to the address.
                Path::Refresh | Path::AccessToken | Path::Passkey => "ok",
                other => shut_out(other, "invalid_credentials"),
            },
            Self::LockedByGuesses => match path {
                Path::SignIn => "account_locked",
                Path::MfaVerify | Path::MfaSend | Path::StepUp => "mfa_challenge_expired",
                Path::MagicLink | Path::ExchangeCode => "link_invalid",
                // Anybody can bring this state about by guessing. It must not sign the owner out,
                // close their other ways in (R024) or void what proves their mailbox (R026).
                _ => "ok",
            },
            Self::MfaRequired => match path {
                Path::SignIn
                | Path::Refresh
                | Path::AccessToken
                | Path::MagicLink
                | Path::ExchangeCode => "mfa_enrollment_required",
                // With two factors, or without a session.
                _ => "ok",
            },
        }
    }
}

/// Of an account whose owner may not come in. Why is told only to who proved to be the owner.
fn shut_out(path: Path, why: &'static str) -> &'static str {
    match path {
        Path::SignIn | Path::Passkey => why,
        Path::Refresh | Path::AccessToken => "session_revoked",
        Path::MfaVerify | Path::MfaSend | Path::StepUp => "mfa_challenge_expired",
        _ => "link_invalid",
    }
}

async fn world_before() -> World {
    let setup = Setup {
        // Without waits between the guesses.
        settings: Some(|settings| settings.lockout.soft = settings.lockout.hard),
        ..Setup::default()
    };
    let page = "https://app.example/welcome";
    let more = json!({ "allowed_redirect_urls": [page] });
    setup.build().await.with_links(more).await
}

async fn every_path_in(state: State) {
    let (mut found, mut expected) = (Vec::new(), Vec::new());
    for path in PATHS {
        let mut world = world_before().await;
        let elsewhere = world.second_instance().await;
        let held = path.begin(&world).await;
        // What it keeps in memory is as of just before.
        elsewhere.caller(world.tenant.id).await.unwrap();
        state.begin(&mut world).await;
        world.wait(seconds(1) + std::time::Duration::from_micros(1));
        let outcome = path.finish(&elsewhere, &world, held).await;
        found.push((path, outcome));
        expected.push((path, state.expected(path)));
    }
    assert_eq!(found, expected, "{state:?}");
}

macro_rules! tables {
    ($($test:ident: $state:ident;)*) => {
        $(
            #[tokio::test]
            async fn $test() {
                every_path_in(State::$state).await;
            }
        )*
    };
}

tables! {
    every_path_ends_well_if_nothing_comes_between: Nothing;
    disabled: Disabled;
    disabled_for_a_moment: DisabledForAMoment;
    banned: Banned;
    locked_by_guesses: LockedByGuesses;
    password_changed: PasswordChanged;
    mfa_newly_required: MfaRequired;
    tenant_suspended: TenantSuspended;
    email_changed: EmailChanged;
    deleted: Deleted;
}

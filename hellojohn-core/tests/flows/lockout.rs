//! What too many wrong passwords do to an account, and what lifts it.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use hellojohn_core::{
    access::{Caller, RequestOrigin},
    api_key::KeyKind,
    captcha::Solved,
    flows::{
        ChangePassword, Credentials, Disable, Identity, KeepSessions, NewApiKey, SetPassword,
        SignIn,
    },
    hooks::{HookContext, HookError, Hooks},
    lockout::{Authenticator, Counting},
    one_time::{OneTime, OneTimeToken, Purpose},
    seal::{Sealer, places::MESSAGES},
    secret::SecretString,
    session::ClientInfo,
    store::{Access, Store as _},
    user::User,
};
use serde_json::{Map, Value};

use crate::world::{PASSWORD, Setup, World, code, key, seconds, world};

const EMAIL: &str = "ada@example.com";

/// Guesses until the account is locked hard, waiting as it is told to.
async fn lock(world: &World, caller: &Caller) {
    for wait in [0, 0, 0, 0, 0, 2, 4, 8, 16, 32] {
        world.wait(seconds(wait));
        let guessed = sign_in(world, caller, "wrong").await;
        assert_eq!(guessed, "invalid_credentials");
    }
    assert_eq!(sign_in(world, caller, "wrong").await, "account_locked");
}

async fn sign_in(world: &World, caller: &Caller, password: &str) -> &'static str {
    let request = SignIn::by_email(EMAIL, password);
    match world.engine.sign_in(caller, request).await {
        Ok(_) => "signed in",
        Err(error) => error.code(),
    }
}

/// Somebody at an address.
async fn at_address(world: &World, address: &str) -> Caller {
    let new = NewApiKey::named("web", KeyKind::Publishable);
    let key = world.engine.create_api_key(&world.caller, new).await;
    let client = ClientInfo::new(Some(address.to_owned()), None);
    let credentials = Credentials {
        bearer: Some(key.unwrap().key),
        origin: RequestOrigin {
            client,
            ..RequestOrigin::default()
        },
        ..Credentials::default()
    };
    match world.engine.authenticate(credentials).await.unwrap() {
        Identity::Tenant(caller) => caller,
        Identity::Instance(_) => panic!("an operator"),
    }
}

/// The tokens of the unlock mails that were queued, oldest first.
async fn mailed(world: &World) -> Vec<SecretString> {
    let ids = world
        .texts("SELECT id FROM hj_message WHERE template = 'account_unlock' ORDER BY id")
        .await;
    let opener = Sealer::new(key("0123456789abcdefghijklmnopqrstuvwxyz"), None);
    let mut tokens = Vec::new();
    for id in ids {
        let sealed = format!("SELECT sealed FROM hj_message WHERE id = '{id}'");
        let sealed = world.texts(sealed).await.remove(0);
        let text = opener.open(MESSAGES.place(&id), &sealed).unwrap();
        let variables: Value = serde_json::from_slice(&text).unwrap();
        let link = variables["link"].as_str().unwrap();
        let start = "https://auth.example.com/auth/unlock?token=";
        tokens.push(SecretString::from(link.strip_prefix(start).unwrap()));
    }
    tokens
}

#[tokio::test]
async fn the_tenth_failure_locks_and_mails_once_and_the_link_unlocks() {
    let world = world().await;
    world.sign_up(EMAIL).await;
    lock(&world, &world.caller).await;
    assert_eq!(
        sign_in(&world, &world.caller, PASSWORD).await,
        "account_locked"
    );
    world.wait(seconds(50 * 60));
    assert_eq!(
        sign_in(&world, &world.caller, PASSWORD).await,
        "account_locked"
    );
    let tokens = mailed(&world).await;
    assert_eq!(tokens.len(), 1);
    assert_eq!(world.audited("user.locked").await, 1);
    assert_eq!(world.emitted("user.locked").await, 1);
    assert_eq!(world.count("hj_message", "recipient", EMAIL).await, 1);

    let holder = world
        .engine
        .caller_by_handle(&tokens[0], RequestOrigin::default())
        .await
        .unwrap();
    world.engine.unlock(&holder, &tokens[0]).await.unwrap();
    assert_eq!(world.audited("user.unlocked").await, 1);
    assert_eq!(world.emitted("user.unlocked").await, 1);
    let again = world.engine.unlock(&holder, &tokens[0]).await;
    assert_eq!(code(again), "link_invalid");
    assert_eq!(sign_in(&world, &world.caller, PASSWORD).await, "signed in");
    // R027.
    let kind = "user.succeeded_after_failures";
    assert_eq!(
        (world.audited(kind).await, world.emitted(kind).await),
        (1, 1)
    );
    assert_eq!(sign_in(&world, &world.caller, PASSWORD).await, "signed in");
    assert_eq!(world.audited(kind).await, 1);
}

#[tokio::test]
async fn an_unlock_link_lives_an_hour() {
    let world = world().await;
    world.sign_up(EMAIL).await;
    lock(&world, &world.caller).await;
    let token = mailed(&world).await.remove(0);
    world.wait(seconds(60 * 60));
    let late = world.engine.unlock(&world.caller, &token).await;
    assert_eq!(code(late), "link_expired");
    assert_eq!(
        sign_in(&world, &world.caller, PASSWORD).await,
        "account_locked"
    );
}

#[tokio::test]
async fn twenty_in_an_hour_wait_for_an_administrator() {
    let world = world().await;
    let ada = world.sign_up(EMAIL).await.user.id;
    lock(&world, &world.caller).await;
    let first = mailed(&world).await.remove(0);
    world.engine.unlock(&world.caller, &first).await.unwrap();
    lock(&world, &world.caller).await;
    // The twentieth disabled it: no mail helps.
    assert_eq!(mailed(&world).await.len(), 1);
    let token = OneTimeToken::mint(Purpose::Unlock, world.tenant.id, [9; 32]);
    plant(&world, &token, ada).await;
    let refused = world.engine.unlock(&world.caller, token.secret()).await;
    assert_eq!(code(refused), "account_locked");
    world.wait(seconds(60 * 60 * 24));
    assert_eq!(
        sign_in(&world, &world.caller, PASSWORD).await,
        "account_locked"
    );
    world.engine.enable_user(&world.caller, ada).await.unwrap();
    assert_eq!(sign_in(&world, &world.caller, PASSWORD).await, "signed in");
}

/// A one-time secret of a user, as if it had been mailed now.
async fn plant(world: &World, token: &OneTimeToken, user: hellojohn_core::id::UserId) {
    let now = world.engine.now();
    let tenant = world.tenant.id;
    let mut unit = world.store.begin(tenant, Access::Write).await.unwrap();
    unit.insert_one_time(&OneTime {
        purpose: token.purpose(),
        hash: token.hash(),
        user_id: Some(user),
        email: None,
        data: Map::new(),
        created_at: now,
        expires_at: now + seconds(3_600),
        consumed_at: None,
    })
    .await
    .unwrap();
    unit.commit().await.unwrap();
}

/// R023, R026, N24.
#[tokio::test]
async fn a_lock_voids_open_sign_ins_and_is_remembered_after_it_was_lifted() {
    let world = world().await;
    let ada = world.sign_up(EMAIL).await.user.id;
    let magic = OneTimeToken::mint(Purpose::MagicLink, world.tenant.id, [1; 32]);
    let reset = OneTimeToken::mint(Purpose::ResetPassword, world.tenant.id, [2; 32]);
    plant(&world, &magic, ada).await;
    plant(&world, &reset, ada).await;
    let locked_since = async || {
        let tenant = world.tenant.id;
        let mut unit = world.store.begin(tenant, Access::Read).await.unwrap();
        unit.locked_since(ada).await.unwrap()
    };
    assert_eq!(locked_since().await, None);
    lock(&world, &world.caller).await;
    let locked = world.engine.now();
    assert_eq!(locked_since().await, Some(locked));
    let left = world.texts("SELECT purpose FROM hj_one_time ORDER BY purpose");
    assert_eq!(left.await, ["reset_password", "unlock"]);
    let token = mailed(&world).await.remove(0);
    world.engine.unlock(&world.caller, &token).await.unwrap();
    assert_eq!(sign_in(&world, &world.caller, PASSWORD).await, "signed in");
    assert_eq!(locked_since().await, Some(locked));
}

/// R024: from where the owner is known, a stranger's failures elsewhere do not count against them.
#[tokio::test]
async fn a_stranger_cannot_lock_the_owner_out_of_a_known_network() {
    let world = world().await;
    world.sign_up(EMAIL).await;
    let home = at_address(&world, "192.0.2.7").await;
    assert_eq!(sign_in(&world, &home, PASSWORD).await, "signed in");
    let stranger = at_address(&world, "198.51.100.7").await;
    lock(&world, &stranger).await;
    assert_eq!(sign_in(&world, &stranger, PASSWORD).await, "account_locked");
    assert_eq!(sign_in(&world, &home, PASSWORD).await, "signed in");
    let neighbour = at_address(&world, "192.0.2.200").await;
    assert_eq!(sign_in(&world, &neighbour, PASSWORD).await, "signed in");
    // The lock is still there for everybody else, and home has its own limit.
    assert_eq!(sign_in(&world, &stranger, PASSWORD).await, "account_locked");
    lock(&world, &home).await;
    assert_eq!(sign_in(&world, &home, PASSWORD).await, "account_locked");
}

#[tokio::test]
async fn a_network_is_known_for_thirty_days() {
    let world = world().await;
    world.sign_up(EMAIL).await;
    let home = at_address(&world, "192.0.2.7").await;
    assert_eq!(sign_in(&world, &home, PASSWORD).await, "signed in");
    world.wait(seconds(60 * 60 * 24 * 31));
    lock(&world, &at_address(&world, "198.51.100.7").await).await;
    assert_eq!(sign_in(&world, &home, PASSWORD).await, "account_locked");
}

#[tokio::test]
async fn a_success_forgets_failures_and_a_right_password_in_a_forbidden_state_does_not_count() {
    let world = world().await;
    let ada = world.sign_up(EMAIL).await.user.id;
    for _ in 0..4 {
        for _ in 0..4 {
            assert_eq!(
                sign_in(&world, &world.caller, "wrong").await,
                "invalid_credentials"
            );
        }
        assert_eq!(sign_in(&world, &world.caller, PASSWORD).await, "signed in");
    }
    let disable = Disable::default();
    world
        .engine
        .disable_user(&world.caller, ada, disable)
        .await
        .unwrap();
    for _ in 0..12 {
        assert_eq!(
            sign_in(&world, &world.caller, PASSWORD).await,
            "user_disabled"
        );
    }
}

/// The current password is the same authenticator as at sign-in.
#[tokio::test]
async fn changing_a_password_counts_like_signing_in() {
    let world = world().await;
    let ada = world.sign_up(EMAIL).await;
    let caller = world.bearer(&ada.tokens.access_token).await.unwrap();
    let change = async |current: &str, new: &str| {
        let change = ChangePassword {
            current: SecretString::from(current),
            new: SecretString::from(new),
        };
        world.engine.change_password(&caller, change).await
    };
    for _ in 0..12 {
        assert_eq!(code(change(PASSWORD, "short").await), "password_too_weak");
    }
    for _ in 0..3 {
        assert_eq!(
            code(change("wrong", "violet harbour timid anvil").await),
            "invalid_credentials"
        );
    }
    for _ in 0..2 {
        assert_eq!(
            sign_in(&world, &world.caller, "wrong").await,
            "invalid_credentials"
        );
    }
    assert_eq!(
        sign_in(&world, &world.caller, PASSWORD).await,
        "account_locked"
    );
    assert_eq!(
        code(change(PASSWORD, "violet harbour timid anvil").await),
        "account_locked"
    );
    world.wait(seconds(2));
    change(PASSWORD, "violet harbour timid anvil")
        .await
        .unwrap();
    assert_eq!(
        sign_in(&world, &world.caller, PASSWORD).await,
        "invalid_credentials"
    );
}

#[tokio::test]
async fn a_new_password_lifts_the_lock_of_the_old_one() {
    let world = world().await;
    let ada = world.sign_up(EMAIL).await.user.id;
    lock(&world, &world.caller).await;
    let set = SetPassword {
        password: SecretString::from("violet harbour timid anvil"),
        keep_sessions: KeepSessions::No,
    };
    world
        .engine
        .set_password(&world.caller, ada, set)
        .await
        .unwrap();
    let signed_in = sign_in(&world, &world.caller, "violet harbour timid anvil").await;
    assert_eq!(signed_in, "signed in");
    assert_eq!(world.emitted("user.unlocked").await, 1);
}

/// Refuses sign-ins once they have got this far.
struct Veto(AtomicU32);

#[async_trait::async_trait]
impl Hooks for Veto {
    async fn before_sign_in(&self, _: &mut HookContext<'_>, _: &User) -> Result<(), HookError> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Err(HookError::veto("not today"))
    }
}

#[tokio::test]
async fn what_a_hook_refuses_is_no_failure_of_the_password() {
    let veto = Arc::new(Veto(AtomicU32::new(0)));
    let setup = Setup {
        hooks: vec![Arc::clone(&veto) as Arc<dyn Hooks>],
        ..Setup::default()
    };
    let world = setup.build().await;
    let new = hellojohn_core::flows::NewUser {
        email: EMAIL.to_owned(),
        password: hellojohn_core::flows::NewPassword::Clear(PASSWORD.to_owned().into()),
        ..hellojohn_core::flows::NewUser::default()
    };
    world.engine.create_user(&world.caller, new).await.unwrap();
    for _ in 0..12 {
        assert_eq!(
            sign_in(&world, &world.caller, PASSWORD).await,
            "blocked_by_hook"
        );
    }
    assert_eq!(veto.0.load(Ordering::SeqCst), 12);
}

/// R020: whoever does not wait for the answer has used an attempt up.
#[tokio::test]
async fn an_attempt_nobody_waits_for_stays_counted() {
    let world = world().await;
    world.sign_up(EMAIL).await;
    let counts = "SELECT json_extract(failures, '$.consecutive') || '' FROM hj_lockout";
    for number in 1..=5 {
        let request = SignIn::by_email(EMAIL, "wrong");
        let guess = world.engine.sign_in(&world.caller, request);
        // Argon2 takes longer than the counting before it.
        let counted = async {
            while world.texts(counts).await != [number.to_string()] {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            biased;
            () = counted => {}
            outcome = guess => assert_eq!(code(outcome), "invalid_credentials"),
        }
    }
    assert_eq!(
        sign_in(&world, &world.caller, PASSWORD).await,
        "account_locked"
    );
}

#[tokio::test]
async fn names_of_nobody_are_kept_as_macs_and_purged() {
    let world = world().await;
    assert_eq!(
        sign_in(&world, &world.caller, "wrong").await,
        "invalid_credentials"
    );
    let subjects = world.texts("SELECT subject FROM hj_lockout").await;
    assert_eq!(subjects.len(), 1);
    assert!(
        subjects[0].starts_with("unknown_") && subjects[0].len() == 51,
        "{subjects:?}"
    );
    assert_eq!(world.engine.purge().await.unwrap().lockouts, 0);
    world.wait(seconds(60 * 60 * 24 * 91));
    assert_eq!(world.engine.purge().await.unwrap().lockouts, 1);
}

#[tokio::test]
async fn nothing_is_counted_where_that_is_turned_off() {
    let setup = Setup {
        settings: Some(|settings| settings.lockout.counting = Counting::Off),
        ..Setup::default()
    };
    let world = setup.build().await;
    world.sign_up(EMAIL).await;
    for _ in 0..12 {
        assert_eq!(
            sign_in(&world, &world.caller, "wrong").await,
            "invalid_credentials"
        );
    }
    assert!(world.texts("SELECT stage FROM hj_lockout").await.is_empty());
    let action = hellojohn_core::captcha::Action::SignUp;
    let asked = world
        .engine
        .require_captcha(&world.caller, action, None)
        .await;
    assert_eq!(asked.unwrap(), Solved::No);
    assert_eq!(
        Authenticator::Password.as_str().parse(),
        Ok(Authenticator::Password)
    );
}

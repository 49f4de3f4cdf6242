//! What holds for every mailed link, whatever it is for.

use std::collections::HashSet;

use hellojohn_core::{
    Engine, Error,
    access::Caller,
    flows::{Ban, ChangePassword, Disable, MePatch, Patch, ResetPassword, SetPassword, UserPatch},
    secret::{ExposeSecret, SecretString},
};
use serde_json::json;

use crate::world::{PASSWORD, World, code, seconds, world};

const ADA: &str = "ada@example.com";
const NEW: &str = "ada@new.example";
const BETTER: &str = "violet harbour timid anvil";

/// Every kind of link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Verify,
    Change,
    Undo,
    Reset,
    Magic,
}

const KINDS: [Kind; 5] = [
    Kind::Verify,
    Kind::Change,
    Kind::Undo,
    Kind::Reset,
    Kind::Magic,
];

/// Uses a secret for what a kind of link is for.
async fn redeem(
    engine: &Engine,
    caller: &Caller,
    kind: Kind,
    secret: &SecretString,
) -> Result<(), Error> {
    match kind {
        Kind::Verify | Kind::Change => engine.verify_email(caller, secret).await.map(drop),
        Kind::Undo => engine.undo_email_change(caller, secret).await.map(drop),
        Kind::Reset => {
            let request = ResetPassword {
                token: secret.clone(),
                new_password: BETTER.into(),
            };
            engine.reset_password(caller, request).await
        }
        Kind::Magic => engine.redeem_magic_link(caller, secret).await.map(drop),
    }
}

async fn magic_world() -> World {
    let world = world().await;
    let listed = json!({ "allowed_redirect_urls": ["https://app.example"] });
    world.with_links(listed).await
}

impl World {
    /// Asks for a link of a kind, for the user of this access token.
    async fn link(&self, kind: Kind, token: &SecretString) -> SecretString {
        let letter = match kind {
            Kind::Verify => {
                let asked = self.engine.resend_verification(&self.caller, Some(ADA));
                asked.await.unwrap();
                self.letter("verify_email", ADA).await
            }
            Kind::Change | Kind::Undo => {
                let own = self.bearer(token).await.unwrap();
                let patch = MePatch {
                    email: Patch::Set(NEW.to_owned()),
                    ..MePatch::default()
                };
                self.engine.update_me(&own, patch).await.unwrap();
                if kind == Kind::Change {
                    self.letter("email_change", NEW).await
                } else {
                    self.letter("email_change_notice", ADA).await
                }
            }
            Kind::Reset => {
                self.forgot(ADA).await;
                self.letter("password_reset", ADA).await
            }
            Kind::Magic => return self.ask_for_link(ADA).await,
        };
        letter.token()
    }
}

/// R029, N36.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_sixteen_that_use_one_link_at_once_one_succeeds() {
    for kind in KINDS {
        let world = magic_world().await;
        let ada = world.sign_up(ADA).await;
        let secret = world.link(kind, &ada.tokens.access_token).await;
        let racers = (0..16).map(|_| {
            let (engine, caller, secret) =
                (world.engine.clone(), world.caller.clone(), secret.clone());
            tokio::spawn(async move { redeem(&engine, &caller, kind, &secret).await })
        });
        let mut winners = 0;
        for racer in racers.collect::<Vec<_>>() {
            match racer.await.unwrap() {
                Ok(()) => winners += 1,
                Err(error) => assert_eq!(error.code(), "link_invalid", "{kind:?}"),
            }
        }
        assert_eq!(winners, 1, "{kind:?}");
    }
}

/// N03, N04, N06, N07: a link of one kind is worth nothing for another, and is none the worse for the attempt.
#[tokio::test]
async fn a_link_is_worth_nothing_for_another_purpose() {
    for kind in KINDS {
        let world = magic_world().await;
        let ada = world.sign_up(ADA).await;
        let secret = world.link(kind, &ada.tokens.access_token).await;
        for other in KINDS {
            let same_route = matches!(
                (kind, other),
                (Kind::Verify | Kind::Change, Kind::Verify | Kind::Change)
            );
            if other != kind && !same_route {
                let used = redeem(&world.engine, &world.caller, other, &secret).await;
                assert_eq!(code(used), "link_invalid", "{kind:?} as {other:?}");
            }
        }
        // Nor with the prefix of another.
        let (_, rest) = secret.expose_secret().split_once('_').unwrap();
        for prefix in ["vfy", "chg", "und", "rst", "mlk", "cod"] {
            let renamed = SecretString::from(format!("{prefix}_{rest}"));
            if renamed.expose_secret() == secret.expose_secret() {
                continue;
            }
            for other in KINDS {
                let used = redeem(&world.engine, &world.caller, other, &renamed).await;
                assert_eq!(code(used), "link_invalid", "{kind:?} as {prefix}");
            }
        }
        redeem(&world.engine, &world.caller, kind, &secret)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn a_link_is_worth_nothing_in_another_tenant() {
    for kind in KINDS {
        let world = magic_world().await;
        let ada = world.sign_up(ADA).await;
        let secret = world.link(kind, &ada.tokens.access_token).await;
        let other = world.other_tenant("Other").await;
        let enabled = json!({ "magic_link_enabled": true });
        let serde_json::Value::Object(enabled) = enabled else {
            unreachable!()
        };
        let engine = &world.engine;
        engine.configure_own_tenant(&other, enabled).await.unwrap();
        let other = engine.caller(other.tenant_id()).await.unwrap();
        let used = redeem(engine, &other, kind, &secret).await;
        assert_eq!(code(used), "link_invalid", "{kind:?}");
        redeem(engine, &world.caller, kind, &secret).await.unwrap();
    }
}

/// What happens to an account while a link lies in a mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    OwnPassword,
    PasswordByServer,
    AddressByServer,
    Disabled,
    Banned,
    DisabledAndEnabled,
    Deleted,
    NewerLink,
}

const CHANGES: [Change; 8] = [
    Change::OwnPassword,
    Change::PasswordByServer,
    Change::AddressByServer,
    Change::Disabled,
    Change::Banned,
    Change::DisabledAndEnabled,
    Change::Deleted,
    Change::NewerLink,
];

async fn happen(world: &World, change: Change, kind: Kind, token: &SecretString) {
    let (engine, caller) = (&world.engine, &world.caller);
    let own = world.bearer(token).await.unwrap();
    let id = own.user().unwrap().user.id;
    match change {
        Change::OwnPassword => {
            let request = ChangePassword {
                current: PASSWORD.into(),
                new: BETTER.into(),
            };
            engine.change_password(&own, request).await.unwrap();
        }
        Change::PasswordByServer => {
            let set = SetPassword {
                password: BETTER.into(),
                keep_sessions: hellojohn_core::flows::KeepSessions::Yes,
            };
            engine.set_password(caller, id, set).await.unwrap();
        }
        Change::AddressByServer => {
            let patch = UserPatch {
                email: Patch::Set("moved@example.com".to_owned()),
                ..UserPatch::default()
            };
            drop(engine.update_user(caller, id, patch).await.unwrap());
        }
        Change::Disabled | Change::DisabledAndEnabled => {
            let disable = Disable::default();
            drop(engine.disable_user(caller, id, disable).await.unwrap());
            if change == Change::DisabledAndEnabled {
                drop(engine.enable_user(caller, id).await.unwrap());
            }
        }
        Change::Banned => drop(engine.ban_user(caller, id, Ban::default()).await.unwrap()),
        Change::Deleted => engine.delete_user(caller, id).await.unwrap(),
        Change::NewerLink => drop(world.link(kind, token).await),
    }
}

/// R030, R032, N12.
#[tokio::test]
async fn whatever_changes_about_the_account_voids_its_links() {
    for kind in KINDS {
        for change in CHANGES {
            let world = magic_world().await;
            let ada = world.sign_up(ADA).await;
            let secret = world.link(kind, &ada.tokens.access_token).await;
            world.wait(seconds(1));
            happen(&world, change, kind, &ada.tokens.access_token).await;
            let used = redeem(&world.engine, &world.caller, kind, &secret).await;
            let stays =
                kind == Kind::Undo && !matches!(change, Change::AddressByServer | Change::Deleted);
            match used {
                // Nobody who took an account over may void the way back.
                Ok(()) => assert!(stays, "{kind:?} after {change:?}"),
                Err(error) => {
                    assert!(!stays, "{kind:?} after {change:?}");
                    assert_eq!(error.code(), "link_invalid", "{kind:?} after {change:?}");
                }
            }
        }
    }
}

/// N01: no order of steps without the mailed secret sets a password.
#[tokio::test]
async fn nothing_but_the_mailed_secret_resets_a_password() {
    let world = magic_world().await;
    let ada = world.sign_up(ADA).await;
    world.forgot(ADA).await;
    let good = world.letter("password_reset", ADA).await.token();
    let text = good.expose_secret().to_owned();
    let hash = world
        .texts("SELECT lower(hex(hash)) FROM hj_one_time WHERE purpose = 'reset_password'")
        .await;
    let tenant = world.tenant.id.to_string();
    let (_, ulid) = tenant.split_once('_').unwrap();
    let forged = [
        String::new(),
        "rst_".to_owned(),
        format!("rst_{ulid}"),
        format!("rst_{ulid}{}", "A".repeat(43)),
        format!("rst_{ulid}{}", hash.first().unwrap()),
        format!("{text}A"),
        text.to_uppercase(),
        ada.tokens.access_token.expose_secret().to_owned(),
        ada.tokens.refresh_token.expose_secret().to_owned(),
    ];
    for forged in forged {
        let reset = world.reset_with(forged.clone().into(), BETTER).await;
        assert_eq!(code(reset), "link_invalid", "{forged}");
    }
    assert!(world.sign_in(ADA, PASSWORD).await.is_ok());
    world.reset_with(good, BETTER).await.unwrap();
}

/// N09: over is over, whether anybody cleaned up or not.
#[tokio::test]
async fn a_link_that_is_over_is_told_as_such_until_it_is_forgotten() {
    let world = magic_world().await;
    world.sign_up(ADA).await;
    world.forgot(ADA).await;
    world.wait(seconds(3_601));
    assert_eq!(code(world.reset(ADA, BETTER).await), "link_expired");
    world.engine.purge().await.unwrap();
    assert_eq!(code(world.reset(ADA, BETTER).await), "link_expired");
    world.wait(seconds(8 * 86_400));
    world.engine.purge().await.unwrap();
    assert_eq!(code(world.reset(ADA, BETTER).await), "link_invalid");
}

/// R040: three in a quarter of an hour, and what was sent stays good; R026: nobody is locked out by it.
#[tokio::test]
async fn a_mailbox_gets_its_share_and_no_more() {
    let world = magic_world().await;
    world.sign_up(ADA).await;
    for _ in 0..8 {
        world.forgot(ADA).await;
        world.try_link_to(ADA).await;
        world.forgot("nobody@example.com").await;
    }
    assert_eq!(world.letters_of("password_reset").await, 3);
    assert_eq!(world.letters_of("magic_link").await, 3);
    let refused = "SELECT id FROM hj_audit_log WHERE reason = 'mail_limit'";
    // For the known and the unknown address alike.
    assert_eq!(world.texts(refused).await.len(), 5 + 5 + 5);
    world.wait(seconds(900));
    world.forgot(ADA).await;
    assert_eq!(world.letters_of("password_reset").await, 4);
    assert!(world.sign_in(ADA, PASSWORD).await.is_ok());
    world.reset(ADA, BETTER).await.unwrap();
}

impl World {
    async fn try_link_to(&self, email: &str) {
        let request = hellojohn_core::flows::RequestMagicLink {
            email: email.to_owned(),
            redirect_url: None,
            create_user: None,
            captcha_token: None,
        };
        self.try_link(request).await.unwrap();
    }
}

/// R012–R014: an address nobody has leaves as many rows as one somebody has, none of which is good for anything.
#[tokio::test]
async fn asking_for_nobody_writes_as_much_as_asking_for_somebody() {
    let world = magic_world().await;
    world.sign_up(ADA).await;
    let mut rows = Vec::new();
    for email in [ADA, "nobody@example.com"] {
        let before = world.rows().await;
        world.forgot(email).await;
        world.try_link_to(email).await;
        let verified = world.engine.resend_verification(&world.caller, Some(email));
        verified.await.unwrap();
        let after = world.rows().await;
        let made: Vec<usize> = after.iter().zip(before).map(|(a, b)| a - b).collect();
        rows.push(made);
    }
    // The link of the sign-up gave way to the newer one.
    let [known, unknown] = rows.as_slice() else {
        unreachable!()
    };
    assert_eq!(known, &[3, 3, 2]);
    assert_eq!(unknown, &[3, 3, 3]);
    let usable =
        "SELECT email FROM hj_one_time WHERE email = 'nobody@example.com' AND consumed_at IS NULL";
    assert!(world.texts(usable).await.is_empty());
    let sendable =
        "SELECT id FROM hj_message WHERE recipient = 'nobody@example.com' AND status <> 'sent'";
    assert!(world.texts(sendable).await.is_empty());
}

impl World {
    async fn rows(&self) -> [usize; 3] {
        let of = async |table: &str| {
            let sql = format!("SELECT tenant_id FROM {table}");
            self.texts(sql).await.len()
        };
        [
            of("hj_message").await,
            of("hj_audit_log").await,
            of("hj_one_time").await,
        ]
    }
}

/// R028, R039: no secret of a link is anywhere in the database but sealed, and no two are the same.
#[tokio::test]
async fn no_secret_of_a_link_is_kept_in_clear() {
    let world = magic_world().await;
    let ada = world.sign_up(ADA).await;
    let mut secrets = HashSet::new();
    for kind in KINDS {
        let secret = world.link(kind, &ada.tokens.access_token).await;
        assert!(secrets.insert(secret.expose_secret().to_owned()));
    }
    let columns = [
        "SELECT hex(hash) || data || coalesce(email, '') FROM hj_one_time",
        "SELECT sealed || recipient || template FROM hj_message",
        "SELECT kind || coalesce(reason, '') || coalesce(metadata, '') || coalesce(actor_id, '') FROM hj_audit_log",
        "SELECT kind || data FROM hj_outbox",
    ];
    let mut everything = String::new();
    for column in columns {
        for text in world.texts(column).await {
            everything.push_str(&text);
        }
    }
    assert!(everything.contains("password_reset_requested"));
    for secret in secrets {
        let (_, rest) = secret.split_once('_').unwrap();
        let (_, random) = rest.split_at(26);
        assert!(!everything.contains(random));
    }
}

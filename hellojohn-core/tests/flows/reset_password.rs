use hellojohn_core::{
    Error,
    flows::{Ban, Disable, ForgotPassword, NewUser, ResetPassword},
    secret::SecretString,
};
use serde_json::json;

use crate::mfa::with_totp;
use crate::world::{PASSWORD, World, code, seconds, world};

const ADA: &str = "ada@example.com";
const BETTER: &str = "violet harbour timid anvil";

impl World {
    pub(crate) async fn try_forgot(&self, email: &str, page: Option<&str>) -> Result<(), Error> {
        let request = ForgotPassword {
            email: email.to_owned(),
            redirect_url: page.map(str::to_owned),
            captcha_token: None,
        };
        self.engine.forgot_password(&self.caller, request).await
    }

    pub(crate) async fn forgot(&self, email: &str) {
        self.try_forgot(email, None).await.unwrap();
    }

    pub(crate) async fn reset_with(&self, token: SecretString, new: &str) -> Result<(), Error> {
        let request = ResetPassword {
            token,
            new_password: new.into(),
        };
        self.engine.reset_password(&self.caller, request).await
    }

    /// Follows the newest link in a mailbox.
    pub(crate) async fn reset(&self, email: &str, new: &str) -> Result<(), Error> {
        let token = self.letter("password_reset", email).await.token();
        self.reset_with(token, new).await
    }
}

/// R036.
#[tokio::test]
async fn a_new_password_ends_every_session_and_signs_nobody_in() {
    let world = world().await;
    let ada = world.sign_up(ADA).await;
    world.sign_in(ADA, PASSWORD).await.unwrap();
    world.forgot(ADA).await;
    let letter = world.letter("password_reset", ADA).await;
    assert!(
        letter
            .link()
            .starts_with("https://auth.example.com/auth/reset-password?token=rst_")
    );
    let sessions = world.emitted("session.created").await;
    world.reset(ADA, BETTER).await.unwrap();
    assert_eq!(world.emitted("session.created").await, sessions);
    assert_eq!(world.emitted("session.revoked").await, sessions);
    assert!(world.refresh(&ada.tokens.refresh_token).await.is_err());
    assert!(world.bearer(&ada.tokens.access_token).await.is_err());
    assert_eq!(
        code(world.sign_in(ADA, PASSWORD).await),
        "invalid_credentials"
    );
    let user = world.sign_in(ADA, BETTER).await.unwrap().user;
    // The link was in the mailbox.
    assert!(user.email_verified);
    world.letter("password_changed", ADA).await;
    assert_eq!(world.audited("user.password_reset").await, 1);
    assert_eq!(world.emitted("user.password_changed").await, 1);
    assert_eq!(code(world.reset(ADA, BETTER).await), "link_invalid");
}

/// R035: neither a new password nor a link is a way around the second factor.
#[tokio::test]
async fn the_second_factor_is_asked_for_as_ever() {
    let world = world().await.with_links(json!({})).await;
    with_totp(&world).await;
    world.forgot(ADA).await;
    world.reset(ADA, BETTER).await.unwrap();
    let sessions = world.emitted("session.created").await;
    assert_eq!(code(world.sign_in(ADA, BETTER).await), "mfa_required");
    let link = world.ask_for_link(ADA).await;
    assert_eq!(code(world.follow(&link).await), "mfa_required");
    // The challenge is what the link was good for.
    assert_eq!(code(world.follow(&link).await), "link_invalid");
    assert_eq!(world.emitted("session.created").await, sessions);
}

#[tokio::test]
async fn a_weak_password_leaves_the_link_as_it_was() {
    let mut world = world().await;
    world
        .configure(json!({ "password_policy": { "history_count": 3 } }))
        .await;
    world.sign_up(ADA).await;
    world.forgot(ADA).await;
    assert_eq!(code(world.reset(ADA, "short").await), "password_too_weak");
    assert_eq!(code(world.reset(ADA, PASSWORD).await), "password_reused");
    world.reset(ADA, BETTER).await.unwrap();
}

/// R031.
#[tokio::test]
async fn the_link_is_good_for_an_hour_to_the_second() {
    for (after, expected) in [(3_599, None), (3_600, Some("link_expired"))] {
        let world = world().await;
        world.sign_up(ADA).await;
        world.forgot(ADA).await;
        world.wait(seconds(after));
        let reset = world.reset(ADA, BETTER).await;
        assert_eq!(reset.err().map(|error| error.code()), expected);
    }
}

/// R012, N15: an address nobody has, or only nearly, gets nothing; nor does who may not sign in.
#[tokio::test]
async fn only_who_may_sign_in_is_mailed() {
    let world = world().await;
    let ada = world.sign_up(ADA).await;
    let banned = world.sign_up("banned@example.com").await;
    let engine = &world.engine;
    let disable = Disable::default();
    engine
        .disable_user(&world.caller, ada.user.id, disable)
        .await
        .unwrap();
    engine
        .ban_user(&world.caller, banned.user.id, Ban::default())
        .await
        .unwrap();
    for email in [
        ADA,
        "banned@example.com",
        "nobody@example.com",
        "ada@example.co",
    ] {
        world.forgot(email).await;
    }
    assert_eq!(world.letters_of("password_reset").await, 0);
    assert_eq!(world.audited("user.password_reset_requested").await, 4);
    for bad in [
        "ada@example.com,evil@example.org",
        "\u{131}da@example.com",
        "ada\u{ff20}example.com",
    ] {
        assert_eq!(
            code(world.try_forgot(bad, None).await),
            "invalid_email",
            "{bad}"
        );
    }
}

#[tokio::test]
async fn an_account_without_a_password_gets_its_first_one() {
    let world = world().await;
    let new = NewUser {
        email: ADA.to_owned(),
        ..NewUser::default()
    };
    world.engine.create_user(&world.caller, new).await.unwrap();
    world.forgot(" ADA@Example.com ").await;
    world.reset(ADA, BETTER).await.unwrap();
    assert!(world.sign_in(ADA, BETTER).await.is_ok());
}

/// R023, R058: what happened since the link was made is looked at when it is used.
#[tokio::test]
async fn who_was_shut_out_since_resets_nothing() {
    let world = world().await;
    let ada = world.sign_up(ADA).await;
    world.forgot(ADA).await;
    let token = world.letter("password_reset", ADA).await.token();
    let engine = &world.engine;
    let disable = Disable::default();
    engine
        .disable_user(&world.caller, ada.user.id, disable)
        .await
        .unwrap();
    assert_eq!(
        code(world.reset_with(token.clone(), BETTER).await),
        "link_invalid"
    );
    // Letting them in again does not bring it back.
    engine
        .enable_user(&world.caller, ada.user.id)
        .await
        .unwrap();
    assert_eq!(code(world.reset_with(token, BETTER).await), "link_invalid");
}

/// N39–N44.
#[tokio::test]
async fn a_link_leads_to_a_page_of_the_application_only_if_the_tenant_lists_it() {
    let mut world = world().await;
    world.sign_up(ADA).await;
    let page = Some("https://app.example/reset?lang=de");
    for email in [ADA, "nobody@example.com"] {
        assert_eq!(
            code(world.try_forgot(email, page).await),
            "redirect_url_not_allowed"
        );
    }
    world
        .configure(json!({ "allowed_redirect_urls": ["https://app.example/reset"] }))
        .await;
    world.try_forgot(ADA, page).await.unwrap();
    let letter = world.letter("password_reset", ADA).await;
    assert!(
        letter
            .link()
            .starts_with("https://app.example/reset?lang=de&token=rst_")
    );
    for evil in [
        "https://app.example.evil.org/reset",
        "https://app.example/reset/../x",
    ] {
        let asked = world.try_forgot(ADA, Some(evil)).await;
        assert_eq!(code(asked), "redirect_url_not_allowed", "{evil}");
    }
    world
        .configure(json!({ "links_base_url": "https://app.example/account/" }))
        .await;
    world.forgot(ADA).await;
    let letter = world.letter("password_reset", ADA).await;
    assert!(
        letter
            .link()
            .starts_with("https://app.example/account/auth/reset-password?token=rst_")
    );
}

use hellojohn_core::{
    Error,
    flows::{Disable, RequestMagicLink},
    issuer::SignedIn,
    secret::{ExposeSecret, SecretString},
    session::Amr,
};
use serde_json::{Value, json};

use crate::world::{PASSWORD, World, code, seconds, world};

const ADA: &str = "ada@example.com";
const PAGE: &str = "https://app.example/welcome";

impl World {
    pub(crate) async fn with_links(mut self, more: Value) -> Self {
        self.configure(json!({ "magic_link_enabled": true })).await;
        self.configure(more).await;
        self
    }

    pub(crate) async fn try_link(&self, request: RequestMagicLink) -> Result<(), Error> {
        self.engine.request_magic_link(&self.caller, request).await
    }

    pub(crate) async fn ask_for_link(&self, email: &str) -> SecretString {
        self.try_link(asking(email)).await.unwrap();
        self.letter("magic_link", email).await.token()
    }

    pub(crate) async fn follow(&self, token: &SecretString) -> Result<SignedIn, Error> {
        self.engine.redeem_magic_link(&self.caller, token).await
    }

    /// Confirms a link on our page and takes the code out of where it leads.
    pub(crate) async fn code_for(&self, token: &SecretString) -> Result<SecretString, Error> {
        let next = self.engine.confirm_magic_link(&self.caller, token).await?;
        let (page, code) = next.expose_secret().split_once("?code=").unwrap();
        assert_eq!(page, PAGE);
        Ok(code.into())
    }
}

fn asking(email: &str) -> RequestMagicLink {
    RequestMagicLink {
        email: email.to_owned(),
        redirect_url: None,
        create_user: None,
        captcha_token: None,
    }
}

#[tokio::test]
async fn a_link_signs_in_once_and_proves_the_address() {
    let world = world().await.with_links(json!({})).await;
    world.sign_up(ADA).await;
    let token = world.ask_for_link(ADA).await;
    let ada = world.follow(&token).await.unwrap();
    assert!(ada.user.email_verified && !ada.session.mfa_verified);
    assert_eq!(ada.session.amr, [Amr::Email]);
    assert_eq!(world.audited("user.login").await, 1);
    assert_eq!(code(world.follow(&token).await), "link_invalid");
}

/// N67: whoever made an account of somebody else's address is out once its mailbox is proven.
#[tokio::test]
async fn a_link_ends_what_was_there_before_the_mailbox_was_proven() {
    for by_code in [false, true] {
        let world = world().await.with_links(json!({})).await;
        let world = world
            .with_links(json!({ "allowed_redirect_urls": [PAGE] }))
            .await;
        let squatter = world.sign_up(ADA).await;
        let mut secret = world.ask_for_link(ADA).await;
        if by_code {
            secret = world.code_for(&secret).await.unwrap();
        }
        let ada = world.follow(&secret).await.unwrap();
        assert!(world.bearer(&ada.tokens.access_token).await.is_ok());
        assert_eq!(
            code(world.bearer(&squatter.tokens.access_token).await),
            "session_revoked"
        );
        assert_eq!(
            code(world.refresh(&squatter.tokens.refresh_token).await),
            "session_revoked"
        );
        assert_eq!(
            code(world.sign_in(ADA, PASSWORD).await),
            "invalid_credentials"
        );
        assert_eq!(world.audited("user.email_verified").await, 1);
        assert_eq!(world.emitted("user.email_verified").await, 1);
        assert_eq!(world.emitted("session.revoked").await, 1);
    }
}

/// What its owner set after the mailbox was proven stays.
#[tokio::test]
async fn a_link_to_a_proven_mailbox_ends_nothing() {
    let world = world().await.with_links(json!({})).await;
    let first = world.sign_up(ADA).await;
    world.execute("UPDATE hj_user SET email_verified = 1").await;
    let token = world.ask_for_link(ADA).await;
    world.follow(&token).await.unwrap();
    world.sign_in(ADA, PASSWORD).await.unwrap();
    world.refresh(&first.tokens.refresh_token).await.unwrap();
}

/// R031.
#[tokio::test]
async fn a_link_is_good_for_a_quarter_of_an_hour_to_the_second() {
    for (after, expected) in [(899, None), (900, Some("link_expired"))] {
        let world = world().await.with_links(json!({})).await;
        world.sign_up(ADA).await;
        let token = world.ask_for_link(ADA).await;
        world.wait(seconds(after));
        let followed = world.follow(&token).await;
        assert_eq!(followed.err().map(|error| error.code()), expected);
    }
}

#[tokio::test]
async fn the_tenant_has_to_want_it() {
    let mut world = world().await;
    world.sign_up(ADA).await;
    assert_eq!(
        code(world.try_link(asking(ADA)).await),
        "auth_method_disabled"
    );
    world.configure(json!({ "magic_link_enabled": true })).await;
    let token = world.ask_for_link(ADA).await;
    world
        .configure(json!({ "allowed_auth_methods": ["email_password"] }))
        .await;
    assert_eq!(code(world.follow(&token).await), "auth_method_disabled");
    world
        .configure(
            json!({ "allowed_auth_methods": null, "allowed_email_domains": ["example.org"] }),
        )
        .await;
    assert_eq!(code(world.follow(&token).await), "email_domain_not_allowed");
    assert_eq!(
        code(world.try_link(asking(ADA)).await),
        "email_domain_not_allowed"
    );
}

#[tokio::test]
async fn an_unknown_address_gets_an_account_only_if_that_is_wanted() {
    let new = "new@example.com";
    for (flag, asked, expected) in [
        (false, None, 0),
        (false, Some(true), 1),
        (true, None, 1),
        (true, Some(false), 0),
    ] {
        let world = world().await;
        let world = world
            .with_links(json!({ "magic_link_create_user": flag }))
            .await;
        let request = RequestMagicLink {
            create_user: asked,
            ..asking(new)
        };
        world.try_link(request).await.unwrap();
        assert_eq!(
            world.letters_of("magic_link").await,
            expected,
            "{flag} {asked:?}"
        );
        // No account before the link is followed.
        assert_eq!(world.count("hj_user", "email", new).await, 0);
    }
    let world = world().await;
    let mut world = world
        .with_links(json!({ "magic_link_create_user": true }))
        .await;
    let token = world.ask_for_link(new).await;
    let first = world.follow(&token).await.unwrap();
    assert!(first.user.email_verified && first.user.password_hash.is_none());
    assert_eq!(world.audited("user.register").await, 1);
    assert_eq!(world.emitted("user.created").await, 1);
    assert_eq!(code(world.follow(&token).await), "link_invalid");
    // Who is there by then is not signed in by a link for nobody.
    let token = world.ask_for_link("late@example.com").await;
    world.sign_up("late@example.com").await;
    assert_eq!(code(world.follow(&token).await), "link_invalid");
    let token = world.ask_for_link("third@example.com").await;
    world.configure(json!({ "allow_sign_up": false })).await;
    assert_eq!(code(world.follow(&token).await), "sign_up_disabled");
}

#[tokio::test]
async fn the_page_hands_on_a_code_for_one_minute() {
    let listed = json!({ "allowed_redirect_urls": [PAGE] });
    let world = world().await.with_links(listed).await;
    world.sign_up(ADA).await;
    let asked = RequestMagicLink {
        redirect_url: Some(PAGE.to_owned()),
        ..asking(ADA)
    };
    world.try_link(asked).await.unwrap();
    let letter = world.letter("magic_link", ADA).await;
    assert!(
        letter
            .link()
            .starts_with("https://auth.example.com/v1/auth/magic-link/callback?token=mlk_")
    );
    let token = letter.token();
    let code_of_link = world.code_for(&token).await.unwrap();
    assert_eq!(code(world.code_for(&token).await), "link_invalid");
    assert_eq!(code(world.follow(&token).await), "link_invalid");
    // A code is no link.
    assert_eq!(code(world.code_for(&code_of_link).await), "link_invalid");
    let ada = world.follow(&code_of_link).await.unwrap();
    assert_eq!(ada.session.amr, [Amr::Email]);
    assert_eq!(code(world.follow(&code_of_link).await), "link_invalid");

    let late = world.ask_for_link(ADA).await;
    let late = world.code_for(&late).await.unwrap();
    world.wait(seconds(60));
    assert_eq!(code(world.follow(&late).await), "link_expired");
}

#[tokio::test]
async fn without_a_page_to_go_on_to_nothing_is_used_up() {
    let world = world().await.with_links(json!({})).await;
    world.sign_up(ADA).await;
    let token = world.ask_for_link(ADA).await;
    assert_eq!(
        code(world.code_for(&token).await),
        "redirect_url_not_allowed"
    );
    world.follow(&token).await.unwrap();
}

/// N18, R037: the page says for whom the link is, and when and from where it was asked for.
#[tokio::test]
async fn looking_tells_what_the_link_is_and_uses_nothing_up() {
    let listed = json!({ "allowed_redirect_urls": [PAGE] });
    let world = world().await.with_links(listed).await;
    world.sign_up(ADA).await;
    let token = world.ask_for_link(ADA).await;
    for _ in 0..10 {
        let engine = &world.engine;
        let view = engine.look_at_link(&world.caller, &token).await.unwrap();
        assert_eq!(view.email.unwrap().as_str(), ADA);
        assert_eq!(view.next.unwrap().as_str(), PAGE);
        assert_eq!(view.asked_at, engine.now());
    }
    world.follow(&token).await.unwrap();
    let used = world.engine.look_at_link(&world.caller, &token).await;
    assert_eq!(code(used), "link_invalid");
}

/// R023, R046: states are read again when the code is exchanged.
#[tokio::test]
async fn who_was_shut_out_between_link_and_code_stays_out() {
    let listed = json!({ "allowed_redirect_urls": [PAGE] });
    let world = world().await.with_links(listed).await;
    let ada = world.sign_up(ADA).await;
    world.execute("UPDATE hj_user SET email_verified = 1").await;
    let token = world.ask_for_link(ADA).await;
    let handed_on = world.code_for(&token).await.unwrap();
    let disable = Disable::default();
    let engine = &world.engine;
    engine
        .disable_user(&world.caller, ada.user.id, disable)
        .await
        .unwrap();
    assert_eq!(code(world.follow(&handed_on).await), "link_invalid");
    engine
        .enable_user(&world.caller, ada.user.id)
        .await
        .unwrap();
    assert_eq!(code(world.follow(&handed_on).await), "link_invalid");
    assert!(world.sign_in(ADA, PASSWORD).await.is_ok());
}

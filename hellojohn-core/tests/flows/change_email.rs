use hellojohn_core::{
    Error,
    flows::{MePatch, Patch, UserPatch},
    issuer::SignedIn,
    user::User,
};
use serde_json::json;

use crate::world::{PASSWORD, World, code, seconds, world};

const OLD: &str = "ada@example.com";
const NEW: &str = "ada@new.example";
const THIRD: &str = "ada@third.example";

impl World {
    async fn move_to(&self, ada: &SignedIn, email: &str) -> Result<User, Error> {
        let own = self.bearer(&ada.tokens.access_token).await.unwrap();
        let patch = MePatch {
            email: Patch::Set(email.to_owned()),
            ..MePatch::default()
        };
        self.engine.update_me(&own, patch).await
    }

    async fn confirm(&self, email: &str) -> Result<String, Error> {
        let token = self.letter("email_change", email).await.token();
        let moved = self.engine.verify_email(&self.caller, &token).await;
        moved.map(|email| email.to_string())
    }
}

/// R038.
#[tokio::test]
async fn an_account_moves_when_the_new_mailbox_is_proven() {
    let world = world().await;
    let ada = world.sign_up(OLD).await;
    let user = world.move_to(&ada, NEW).await.unwrap();
    assert_eq!(user.email.as_str(), OLD);
    assert_eq!(user.pending_email.unwrap().as_str(), NEW);
    assert!(world.sign_in(OLD, PASSWORD).await.is_ok());
    assert_eq!(
        code(world.sign_in(NEW, PASSWORD).await),
        "invalid_credentials"
    );
    let notice = world.letter("email_change_notice", OLD).await;
    assert!(
        notice
            .link()
            .starts_with("https://auth.example.com/auth/undo-email-change?token=und_")
    );
    assert_eq!(notice.variables["new_email"], NEW);
    assert_eq!(world.confirm(NEW).await.unwrap(), NEW);
    let user = world.sign_in(NEW, PASSWORD).await.unwrap().user;
    assert!(user.email_verified && user.pending_email.is_none());
    assert_eq!(
        code(world.sign_in(OLD, PASSWORD).await),
        "invalid_credentials"
    );
    assert_eq!(code(world.confirm(NEW).await), "link_invalid");
}

#[tokio::test]
async fn it_needs_a_recent_sign_in() {
    let world = world().await;
    let ada = world.sign_up(OLD).await;
    world.wait(seconds(300));
    world.move_to(&ada, NEW).await.unwrap();
    world.wait(seconds(1));
    assert_eq!(code(world.move_to(&ada, THIRD).await), "step_up_required");
    // Saying what it is already changes nothing but forgets the change under way.
    let user = world.move_to(&ada, OLD).await.unwrap();
    assert_eq!(user.pending_email, None);
    assert_eq!(code(world.confirm(NEW).await), "link_invalid");
}

#[tokio::test]
async fn an_address_taken_meanwhile_stays_where_it_is() {
    let world = world().await;
    let ada = world.sign_up(OLD).await;
    world.sign_up("taken@example.com").await;
    assert_eq!(
        code(world.move_to(&ada, "taken@example.com").await),
        "email_already_exists"
    );
    world.move_to(&ada, NEW).await.unwrap();
    world.sign_up(NEW).await;
    assert_eq!(code(world.confirm(NEW).await), "email_already_exists");
    assert!(world.sign_in(OLD, PASSWORD).await.is_ok());
}

/// R015.
#[tokio::test]
async fn a_tenant_that_hides_accounts_tells_the_owner_instead() {
    let mut world = world().await;
    let ada = world.sign_up(OLD).await;
    world.sign_up("taken@example.com").await;
    world
        .configure(json!({ "hide_existing_accounts": true }))
        .await;
    let user = world.move_to(&ada, "taken@example.com").await.unwrap();
    assert_eq!(user.pending_email.unwrap().as_str(), "taken@example.com");
    world.letter("account_exists", "taken@example.com").await;
    assert_eq!(world.letters_of("email_change").await, 0);
}

#[tokio::test]
async fn the_old_mailbox_takes_a_change_back() {
    for confirmed in [false, true] {
        let world = world().await;
        let ada = world.sign_up(OLD).await;
        world.move_to(&ada, NEW).await.unwrap();
        let undo = world.letter("email_change_notice", OLD).await.token();
        let change = world.letter("email_change", NEW).await.token();
        if confirmed {
            world.confirm(NEW).await.unwrap();
        }
        let engine = &world.engine;
        let back = engine.undo_email_change(&world.caller, &undo).await;
        assert_eq!(back.unwrap().as_str(), OLD);
        let late = engine.verify_email(&world.caller, &change).await;
        assert_eq!(code(late), "link_invalid");
        // Sessions are over.
        assert!(world.refresh(&ada.tokens.refresh_token).await.is_err());
        let user = world.sign_in(OLD, PASSWORD).await.unwrap().user;
        assert!(user.email_verified && user.pending_email.is_none());
        let again = engine.undo_email_change(&world.caller, &undo).await;
        assert_eq!(code(again), "link_invalid");
    }
}

/// Whoever took an account over cannot keep the owner from taking it back.
#[tokio::test]
async fn moving_on_or_changing_the_password_does_not_void_the_way_back() {
    let world = world().await;
    let ada = world.sign_up(OLD).await;
    world.move_to(&ada, NEW).await.unwrap();
    let first = world.letter("email_change_notice", OLD).await.token();
    world.confirm(NEW).await.unwrap();
    world.wait(seconds(1));
    world.move_to(&ada, THIRD).await.unwrap();
    let second = world.letter("email_change_notice", NEW).await.token();
    world.confirm(THIRD).await.unwrap();
    world.forgot(THIRD).await;
    world
        .reset(THIRD, "violet harbour timid anvil")
        .await
        .unwrap();
    // The way back to the address in the middle leaves the older way back as it is.
    let engine = &world.engine;
    let undo = |token| engine.undo_email_change(&world.caller, token);
    assert_eq!(undo(&second).await.unwrap().as_str(), NEW);
    assert_eq!(undo(&first).await.unwrap().as_str(), OLD);
    assert!(
        world
            .sign_in(OLD, "violet harbour timid anvil")
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn the_way_back_takes_later_changes_with_it() {
    let world = world().await;
    let ada = world.sign_up(OLD).await;
    world.move_to(&ada, NEW).await.unwrap();
    let first = world.letter("email_change_notice", OLD).await.token();
    world.confirm(NEW).await.unwrap();
    world.wait(seconds(1));
    world.move_to(&ada, THIRD).await.unwrap();
    let second = world.letter("email_change_notice", NEW).await.token();
    world.confirm(THIRD).await.unwrap();
    let engine = &world.engine;
    engine
        .undo_email_change(&world.caller, &first)
        .await
        .unwrap();
    let late = engine.undo_email_change(&world.caller, &second).await;
    assert_eq!(code(late), "link_invalid");
}

#[tokio::test]
async fn the_way_back_is_open_for_a_week() {
    for (after, expected) in [(7 * 86_400 - 1, None), (7 * 86_400, Some("link_expired"))] {
        let world = world().await;
        let ada = world.sign_up(OLD).await;
        world.move_to(&ada, NEW).await.unwrap();
        let undo = world.letter("email_change_notice", OLD).await.token();
        world.wait(seconds(after));
        let back = world.engine.undo_email_change(&world.caller, &undo).await;
        assert_eq!(back.err().map(|error| error.code()), expected);
    }
}

#[tokio::test]
async fn an_administrators_change_is_at_once_and_the_last_word() {
    let world = world().await;
    let ada = world.sign_up(OLD).await;
    world.move_to(&ada, NEW).await.unwrap();
    let undo = world.letter("email_change_notice", OLD).await.token();
    let patch = UserPatch {
        email: Patch::Set(THIRD.to_owned()),
        ..UserPatch::default()
    };
    let engine = &world.engine;
    let user = engine
        .update_user(&world.caller, ada.user.id, patch)
        .await
        .unwrap();
    assert_eq!((user.email.as_str(), user.pending_email), (THIRD, None));
    assert_eq!(code(world.confirm(NEW).await), "link_invalid");
    let back = engine.undo_email_change(&world.caller, &undo).await;
    assert_eq!(code(back), "link_invalid");
}

/// R040.
#[tokio::test]
async fn a_mailbox_is_not_flooded_by_changes() {
    let world = world().await;
    let ada = world.sign_up(OLD).await;
    for _ in 0..5 {
        world.move_to(&ada, NEW).await.unwrap();
    }
    assert_eq!(world.letters_of("email_change").await, 3);
    assert_eq!(world.confirm(NEW).await.unwrap(), NEW);
}

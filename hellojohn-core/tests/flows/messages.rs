use std::{sync::Arc, time::Duration};

use hellojohn_core::{
    access::Operator,
    flows::{ChangePassword, ConfigureEmail, Delivered, NewTemplate},
    mail::{MailProvider, MessageStatus, Template},
    ports::mail::{MailRoute, SendError},
    secret::{ExposeSecret as _, SecretString},
    store::MessageFilter,
};
use serde_json::json;

use crate::{
    postman::Postman,
    world::{PASSWORD, Setup, World, code, seconds},
};

const NEW: &str = "another horse, another battery";

/// A world in which Ada changed her password and is to be told.
async fn told() -> (World, Arc<Postman>) {
    let setup = Setup::default();
    let postman = Arc::clone(&setup.postman);
    let world = setup.build().await;
    change_password(&world).await;
    (world, postman)
}

async fn change_password(world: &World) {
    let ada = world.sign_up("ada@example.com").await;
    let caller = world.bearer(&ada.tokens.access_token).await.unwrap();
    // These tests follow one message: what was there before is out of their way.
    world.execute("DELETE FROM hj_message").await;
    let change = ChangePassword {
        current: SecretString::from(PASSWORD),
        new: SecretString::from(NEW),
    };
    world.engine.change_password(&caller, change).await.unwrap();
}

async fn deliver(world: &World) -> Delivered {
    world.engine.deliver_messages(10).await.unwrap()
}

const SENT: Delivered = Delivered {
    sent: 1,
    retried: 0,
    unsent: 0,
    dead: 0,
};

/// R014: nothing leaves in the request, and what was sent is forgotten.
#[tokio::test]
async fn a_flow_queues_and_a_worker_sends_once() {
    let (world, postman) = told().await;
    assert!(postman.empty().is_empty());
    let sealed = world.texts("SELECT sealed FROM hj_message").await.remove(0);
    assert!(sealed.starts_with("v1:"), "{sealed}");
    assert_eq!(deliver(&world).await, SENT);
    assert!(deliver(&world).await.is_idle());
    let [(mail, MailRoute::Instance)] = &postman.empty()[..] else {
        panic!("one mail through the instance")
    };
    assert_eq!(mail.to.as_str(), "ada@example.com");
    assert_eq!(mail.template, Some(Template::PasswordChanged));
    assert_eq!(mail.subject, "Your password at Example was changed");
    assert!(
        mail.message_id.starts_with("<msg_") && mail.message_id.ends_with("@auth.example.com>")
    );
    assert!(mail.html.is_some());
    assert!(
        world
            .texts("SELECT sealed FROM hj_message")
            .await
            .is_empty()
    );
}

/// Ten seconds, a minute, five, thirty, two hours: then somebody has to look.
#[tokio::test]
async fn a_server_that_is_away_is_tried_again_until_the_message_is_dead() {
    let (world, postman) = told().await;
    let why = "connection refused by bob@example.com at https://x.example/?token=y";
    postman.refuse(Some(SendError::Temporary(why.to_owned())));
    for pause in [12, 72, 360, 2_160, 8_640] {
        let retried = Delivered {
            sent: 0,
            retried: 1,
            ..SENT
        };
        assert_eq!(deliver(&world).await, retried);
        assert!(deliver(&world).await.is_idle(), "it waits");
        world.wait(seconds(pause));
    }
    assert_eq!(
        deliver(&world).await,
        Delivered {
            sent: 0,
            dead: 1,
            ..SENT
        }
    );
    world.wait(Duration::from_hours(240));
    assert!(deliver(&world).await.is_idle());

    let operator = Operator::local();
    let filter = MessageFilter {
        status: Some(MessageStatus::Dead),
        limit: 10,
        ..MessageFilter::default()
    };
    let dead = world.engine.messages(&operator, &filter).await.unwrap();
    let message = &dead[0].message;
    assert_eq!((message.attempts, message.sealed.as_deref()), (6, None));
    let error = message.last_error.as_deref().unwrap();
    assert_eq!(error, "connection refused by <address> at <link>");

    postman.refuse(None);
    world
        .engine
        .retry_message(&operator, message.id)
        .await
        .unwrap();
    assert_eq!(deliver(&world).await, SENT);
    let again = world.engine.retry_message(&operator, message.id).await;
    assert_eq!(code(again), "message_not_found");
    assert_eq!(world.audited_control("message.retried").await, 1);
}

#[tokio::test]
async fn a_refusal_for_good_is_not_repeated_and_can_be_retried_by_hand() {
    let (world, postman) = told().await;
    postman.refuse(Some(SendError::Permanent("550 no such user".to_owned())));
    assert_eq!(
        deliver(&world).await,
        Delivered {
            sent: 0,
            dead: 1,
            ..SENT
        }
    );
    postman.refuse(None);
    let operator = Operator::local();
    let other = world.other_tenant("Other").await;
    let none = world
        .engine
        .retry_dead_messages(&operator, Some(other.tenant_id()))
        .await;
    assert_eq!(none.unwrap(), 0);
    assert_eq!(
        world
            .engine
            .retry_dead_messages(&operator, None)
            .await
            .unwrap(),
        1
    );
    assert_eq!(deliver(&world).await, SENT);
}

#[tokio::test]
async fn without_a_server_messages_wait_and_no_attempt_is_counted() {
    let (world, postman) = told().await;
    postman.refuse(Some(SendError::NotConfigured));
    for _ in 0..20 {
        assert_eq!(
            deliver(&world).await,
            Delivered {
                sent: 0,
                unsent: 1,
                ..SENT
            }
        );
        world.wait(seconds(61));
    }
    postman.refuse(None);
    assert_eq!(deliver(&world).await, SENT);
}

/// A worker that never came back: another one goes on, and the message does not end every one.
#[tokio::test]
async fn a_message_whose_worker_died_is_taken_over() {
    let (world, postman) = told().await;
    for _ in 0..6 {
        world
            .execute(format!(
                "UPDATE hj_message SET attempts = attempts + 1, claimed_until = {}",
                (world.engine.now() + Duration::from_mins(2)).as_micros()
            ))
            .await;
        assert!(deliver(&world).await.is_idle(), "somebody has it in hand");
        world.wait(Duration::from_mins(2));
    }
    assert_eq!(
        deliver(&world).await,
        Delivered {
            sent: 0,
            dead: 1,
            ..SENT
        }
    );
    assert!(postman.empty().is_empty());
}

/// A template of a tenant never loses a mail.
#[tokio::test]
async fn a_template_that_breaks_falls_back_and_languages_are_chosen() {
    let (world, postman) = told().await;
    let new = |subject: &str, locale: Option<&str>| NewTemplate {
        subject: subject.to_owned(),
        locale: locale.map(str::to_owned),
        html: Some("<p>{{ user.email }}</p>".to_owned()),
        text: None,
    };
    let put = async |template| {
        let name = "password_changed";
        let engine = &world.engine;
        engine
            .put_email_template(&world.caller, name, template)
            .await
            .unwrap()
    };
    put(new("Own {{ tenant.name }}", None)).await;
    put(new("Eigen {{ tenant.name }}", Some("de"))).await;
    assert_eq!(deliver(&world).await, SENT);
    let (mail, _) = postman.empty().remove(0);
    assert_eq!(mail.subject, "Own Example");
    assert_eq!(mail.html.unwrap().expose_secret(), "<p>ada@example.com</p>");

    world
        .execute("UPDATE hj_user SET public_metadata = '{\"locale\":\"de-AT\"}'")
        .await;
    let again = async |current: &str, new: &str| {
        let ada = world.sign_in("ada@example.com", current).await.unwrap();
        let caller = world.bearer(&ada.tokens.access_token).await.unwrap();
        let change = ChangePassword {
            current: SecretString::from(current),
            new: SecretString::from(new),
        };
        world.engine.change_password(&caller, change).await.unwrap();
        assert_eq!(deliver(&world).await, SENT);
        postman.empty().remove(0).0.subject
    };
    assert_eq!(
        again(NEW, "third horse, third battery").await,
        "Eigen Example"
    );
    world
        .execute("UPDATE hj_email_template SET subject = '{{ nothing }}'")
        .await;
    let fallen_back = again("third horse, third battery", NEW).await;
    assert_eq!(fallen_back, "Your password at Example was changed");
}

#[tokio::test]
async fn the_instances_server_sends_under_the_tenants_name() {
    let (world, postman) = told().await;
    let new = ConfigureEmail {
        provider: MailProvider::Instance,
        from_name: Some("Engines".to_owned()),
        from_email: None,
        reply_to: Some("help@example.com".to_owned()),
        server: None,
    };
    world
        .engine
        .configure_email(&world.caller, new)
        .await
        .unwrap();
    assert_eq!(deliver(&world).await, SENT);
    let (mail, _) = postman.empty().remove(0);
    assert_eq!(mail.from.name.as_deref(), Some("Engines"));
    assert_eq!(mail.from.email, None);
    assert_eq!(mail.reply_to.unwrap().as_str(), "help@example.com");
}

/// R200: links of the backup are void, and so are the mails that carry them.
#[tokio::test]
async fn a_restore_drops_what_was_not_sent() {
    use hellojohn_core::restore::SessionsAfterRestore;

    let (world, postman) = told().await;
    world
        .execute(format!(
            "INSERT INTO hj_one_time (tenant_id, purpose, hash, data, created_at, expires_at, consumed_at)
             VALUES ('{0}', 'magic_link', x'01', '{{}}', 1, 2, NULL),
                    ('{0}', 'magic_link', x'02', '{{}}', 1, 2, 1)",
            world.tenant.id
        ))
        .await;
    let opened = world
        .engine
        .open_restore_epoch(&Operator::local(), SessionsAfterRestore::Keep)
        .await
        .unwrap();
    assert_eq!((opened.links_voided, opened.messages_voided), (1, 1));
    assert!(deliver(&world).await.is_idle());
    assert!(postman.empty().is_empty());
}

#[tokio::test]
async fn old_messages_are_purged() {
    let (world, _) = told().await;
    deliver(&world).await;
    assert_eq!(world.engine.purge().await.unwrap().messages, 0);
    world.wait(Duration::from_hours(24 * 7 + 1));
    assert_eq!(world.engine.purge().await.unwrap().messages, 1);
    let counted = world
        .count(
            "hj_message",
            "tenant_id",
            &json!(world.tenant.id).to_string(),
        )
        .await;
    assert_eq!(counted, 0);
}

use std::sync::Arc;

use hellojohn_core::{
    Error,
    flows::{ConfigureEmail, NewSmtpServer},
    mail::{EmailConfig, MailProvider, MailSecurity},
    ports::mail::{MailRoute, SendError},
    secret::{ExposeSecret as _, SecretString},
};

use crate::world::{Setup, World, code, world};

pub(crate) fn own(change: impl FnOnce(&mut ConfigureEmail, &mut NewSmtpServer)) -> ConfigureEmail {
    let mut server = NewSmtpServer {
        host: "mail.example.com".to_owned(),
        port: None,
        security: MailSecurity::StartTls,
        username: Some("mailer".to_owned()),
        password: Some(SecretString::from("smtp secret")),
    };
    let mut new = ConfigureEmail {
        provider: MailProvider::Smtp,
        from_name: None,
        from_email: Some("no-reply@example.com".to_owned()),
        reply_to: None,
        server: None,
    };
    change(&mut new, &mut server);
    if new.provider == MailProvider::Smtp && new.server.is_none() {
        new.server = Some(server);
    }
    new
}

async fn put(world: &World, new: ConfigureEmail) -> Result<EmailConfig, Error> {
    world.engine.configure_email(&world.caller, new).await
}

/// Which field is refused, and why.
fn refused(result: Result<EmailConfig, Error>) -> (String, &'static str) {
    let error = result.unwrap_err();
    assert_eq!(error.code(), "validation_failed");
    let field = &error.fields()[0];
    (field.field.clone(), field.code)
}

#[tokio::test]
async fn a_password_is_sealed_and_goes_nowhere_else() {
    let setup = Setup::default();
    let postman = Arc::clone(&setup.postman);
    let world = setup.build().await;
    let stored = put(&world, own(|_, _| ())).await.unwrap();
    assert_eq!(stored.server.as_ref().unwrap().port, 587);
    assert!(!format!("{stored:?}").contains("v1:"));
    let sealed = world.texts("SELECT sealed FROM hj_email_config").await;
    assert!(sealed[0].starts_with("v1:") && !sealed[0].contains("smtp secret"));

    let route = async || {
        world
            .engine
            .test_email(&world.caller, "ada@example.com")
            .await
            .unwrap();
        let (mail, route) = postman.empty().remove(0);
        assert_eq!(mail.from.email.unwrap().as_str(), "no-reply@example.com");
        match route {
            MailRoute::Tenant(server) => server,
            MailRoute::Instance => panic!("its own server"),
        }
    };
    assert_eq!(
        route().await.password.unwrap().expose_secret(),
        "smtp secret"
    );
    // Left out it stays, as long as it goes to the same place in the same way.
    let kept = own(|new, server| {
        server.password = None;
        new.from_name = Some("New name".to_owned());
    });
    put(&world, kept).await.unwrap();
    assert_eq!(
        route().await.password.unwrap().expose_secret(),
        "smtp secret"
    );
    for elsewhere in [
        own(|_, server| {
            server.password = None;
            server.host = "evil.example".to_owned();
        }),
        own(|_, server| {
            server.password = None;
            server.port = Some(2525);
        }),
        own(|_, server| {
            server.password = None;
            server.security = MailSecurity::None;
        }),
        own(|_, server| {
            server.password = None;
            server.username = Some("other".to_owned());
        }),
    ] {
        let refused = refused(put(&world, elsewhere).await);
        assert_eq!(refused, ("smtp.password".to_owned(), "required"));
    }
    assert_eq!(world.audited("email_config.updated").await, 2);
    assert_eq!(world.audited("email_config.tested").await, 2);
}

#[tokio::test]
async fn what_cannot_work_is_refused() {
    let world = world().await;
    for (new, field) in [
        (
            own(|new, _| new.from_email = Some("a@b\r\nBcc: x@example.com".to_owned())),
            "from_email",
        ),
        (
            own(|new, _| new.reply_to = Some("not an address".to_owned())),
            "reply_to",
        ),
        (
            own(|new, _| new.from_name = Some("a\nb".to_owned())),
            "from_name",
        ),
        (own(|new, _| new.from_email = None), "from_email"),
        (
            own(|_, server| server.host = "mail.example.com/x".to_owned()),
            "smtp.host",
        ),
        (own(|_, server| server.host = String::new()), "smtp.host"),
        (own(|_, server| server.host = "a b".to_owned()), "smtp.host"),
        (own(|_, server| server.port = Some(0)), "smtp.port"),
        (own(|_, server| server.username = None), "smtp.username"),
        (
            own(|_, server| server.username = Some("a\nb".to_owned())),
            "smtp.username",
        ),
        (
            own(|_, server| server.password = Some(SecretString::from("a\r\nb"))),
            "smtp.password",
        ),
        (
            own(|new, _| new.provider = MailProvider::Instance),
            "from_email",
        ),
    ] {
        let (found, _) = refused(put(&world, new).await);
        assert_eq!(found, field);
    }
    let from_username = own(|new, server| {
        new.from_email = None;
        server.username = Some("robot@example.com".to_owned());
    });
    let stored = put(&world, from_username).await.unwrap();
    assert_eq!(stored.from_email.unwrap().as_str(), "robot@example.com");
    for host in ["mailpit", "192.0.2.7", "2001:db8::7", "Mail.Example.COM"] {
        let stored = put(&world, own(|_, server| server.host = host.to_owned())).await;
        assert_eq!(
            stored.unwrap().server.unwrap().host,
            host.to_ascii_lowercase()
        );
    }
}

/// The one place where a mail server's answer is shown, without the addresses in it.
#[tokio::test]
async fn a_test_says_what_the_server_said() {
    let setup = Setup::default();
    let postman = Arc::clone(&setup.postman);
    let world = setup.build().await;
    let test = async || {
        world
            .engine
            .test_email(&world.caller, "ada@example.com")
            .await
    };
    let words = "550 5.7.1 <ada@example.com> relaying denied";
    for (error, told) in [
        (
            SendError::Permanent(words.to_owned()),
            "550 5.7.1 <address> relaying denied",
        ),
        (SendError::Temporary("451 later".to_owned()), "451 later"),
        (SendError::NotConfigured, "no mail server is configured"),
    ] {
        postman.refuse(Some(error));
        let refusal = test().await.unwrap_err();
        assert_eq!(refusal.code(), "email_delivery_failed");
        assert_eq!(
            refusal.to_string(),
            format!("the mail was not delivered: {told}")
        );
    }
    postman.refuse(None);
    test().await.unwrap();
    assert_eq!(
        code(world.engine.test_email(&world.caller, "nobody").await),
        "invalid_email"
    );
    assert_eq!(world.count("hj_message", "channel", "email").await, 0);
    assert_eq!(world.audited("email_config.tested").await, 4);
}

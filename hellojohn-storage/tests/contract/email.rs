use hellojohn_core::{
    input::Email,
    mail::{
        CustomTemplate, EmailConfig, MailProvider, MailSecurity, StoredServer, Template,
        TemplateText,
    },
};

use crate::{databases::Database, samples::*};

on_every_database!(
    a_configuration_is_replaced_whole_and_in_its_tenant,
    templates_are_kept_by_name_and_locale,
);

fn config() -> EmailConfig {
    EmailConfig {
        provider: MailProvider::Smtp,
        from_name: Some("Example".to_owned()),
        from_email: Some(Email::parse("no-reply@example.com").unwrap()),
        reply_to: Some(Email::parse("help@example.com").unwrap()),
        server: Some(StoredServer {
            host: "mail.example.com".to_owned(),
            port: 465,
            security: MailSecurity::Tls,
            username: Some("example".to_owned()),
            sealed: Some("v1:key:nonce:text".to_owned()),
        }),
        updated_at: Some(at(1)),
    }
}

async fn a_configuration_is_replaced_whole_and_in_its_tenant(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    assert_eq!(unit.email_config().await.unwrap(), None);
    unit.put_email_config(&config()).await.unwrap();
    unit.commit().await.unwrap();
    let mut unit = write(&db.store, 1).await;
    assert_eq!(unit.email_config().await.unwrap(), Some(config()));
    let instance = EmailConfig {
        provider: MailProvider::Instance,
        from_name: None,
        from_email: None,
        reply_to: None,
        server: None,
        updated_at: Some(at(2)),
    };
    unit.put_email_config(&instance).await.unwrap();
    assert_eq!(unit.email_config().await.unwrap(), Some(instance));
    unit.commit().await.unwrap();
    let mut elsewhere = write(&db.store, 2).await;
    assert_eq!(elsewhere.email_config().await.unwrap(), None);
}

fn template(template: Template, locale: &str, words: &str) -> CustomTemplate {
    CustomTemplate {
        template,
        locale: locale.to_owned(),
        text: TemplateText {
            subject: format!("subject {words}"),
            html: format!("html {words}"),
            text: format!("text {words}"),
        },
        updated_at: at(1),
    }
}

async fn templates_are_kept_by_name_and_locale(db: Database) {
    two_users_each(&db.store).await;
    let mut unit = write(&db.store, 1).await;
    let german = template(Template::Welcome, "de", "a");
    let other = template(Template::MagicLink, "default", "b");
    let first = template(Template::Welcome, "default", "c");
    for template in [&german, &other, &first] {
        unit.put_email_template(template).await.unwrap();
    }
    let mut second = template(Template::Welcome, "default", "d");
    second.updated_at = at(2);
    unit.put_email_template(&second).await.unwrap();
    let of_one = unit.email_template(Template::Welcome).await.unwrap();
    assert_eq!(of_one, [german.clone(), second.clone()]);
    let all = unit.email_templates().await.unwrap();
    assert_eq!(all, [other, german.clone(), second]);
    unit.commit().await.unwrap();

    let mut elsewhere = write(&db.store, 2).await;
    assert_eq!(elsewhere.email_templates().await.unwrap(), []);
    let deleted = elsewhere
        .delete_email_template(Template::Welcome, "de")
        .await;
    assert!(!deleted.unwrap());
    drop(elsewhere);
    let mut unit = write(&db.store, 1).await;
    let mut delete = async || {
        unit.delete_email_template(Template::Welcome, "de")
            .await
            .unwrap()
    };
    assert!(delete().await);
    assert!(!delete().await);
    assert_eq!(
        unit.email_template(Template::Welcome).await.unwrap().len(),
        1
    );
}

use hellojohn_core::{
    Error,
    flows::{EmailTemplate, NewTemplate, PreviewTemplate},
    mail::Template,
};
use serde_json::json;

use crate::world::{World, code, object, world};

async fn put(world: &World, name: &str, new: NewTemplate) -> Result<EmailTemplate, Error> {
    world
        .engine
        .put_email_template(&world.caller, name, new)
        .await
}

fn with_subject(subject: &str) -> NewTemplate {
    NewTemplate {
        subject: subject.to_owned(),
        ..NewTemplate::default()
    }
}

#[tokio::test]
async fn a_template_is_listed_replaced_and_given_back() {
    let world = world().await;
    let all = world.engine.email_templates(&world.caller).await.unwrap();
    assert_eq!(all.len(), Template::ALL.len());
    assert!(all.iter().all(|template| template.updated_at.is_none()));

    put(&world, "welcome", with_subject("Hi {{ user.name }}"))
        .await
        .unwrap();
    let german = NewTemplate {
        locale: Some("de-AT".to_owned()),
        ..with_subject("Servus")
    };
    put(&world, "welcome", german).await.unwrap();
    let all = world.engine.email_templates(&world.caller).await.unwrap();
    assert_eq!(all.len(), Template::ALL.len() + 1);
    let read = async |locale| {
        world
            .engine
            .email_template(&world.caller, "welcome", locale)
            .await
    };
    assert_eq!(read(None).await.unwrap().text.subject, "Hi {{ user.name }}");
    assert_eq!(read(Some("DE-at")).await.unwrap().text.subject, "Servus");
    assert_eq!(code(read(Some("fr")).await), "template_not_found");

    let delete = async |locale| {
        world
            .engine
            .delete_email_template(&world.caller, "welcome", locale)
            .await
    };
    delete(None).await.unwrap();
    assert_eq!(read(None).await.unwrap().updated_at, None);
    assert_eq!(code(delete(None).await), "template_not_found");
    assert_eq!(
        code(put(&world, "nothing", with_subject("x")).await),
        "template_not_found"
    );
    assert_eq!(world.audited("email_template.updated").await, 2);
    assert_eq!(world.audited("email_template.deleted").await, 1);
}

#[tokio::test]
async fn a_template_that_does_not_render_is_refused_with_its_line() {
    let world = world().await;
    let html = |html: &str| NewTemplate {
        html: Some(html.to_owned()),
        ..with_subject("x")
    };
    let refusal = put(&world, "magic_link", html("<p>\n{{ lnik }}"))
        .await
        .unwrap_err();
    assert_eq!(refusal.code(), "template_invalid");
    assert!(
        refusal.to_string().starts_with("html, line 2: "),
        "{refusal}"
    );
    for (new, field) in [
        (with_subject(" "), "subject"),
        (with_subject(&"a".repeat(501)), "subject"),
        (html(&"a".repeat(60_001)), "html"),
        (
            NewTemplate {
                locale: Some("../x".to_owned()),
                ..with_subject("x")
            },
            "locale",
        ),
    ] {
        let error = put(&world, "magic_link", new).await.unwrap_err();
        assert_eq!(error.fields()[0].field, field);
    }
    assert_eq!(
        world.count("hj_email_template", "name", "magic_link").await,
        0
    );
}

#[tokio::test]
async fn a_preview_shows_what_is_stored_or_given_with_any_values() {
    let world = world().await;
    let preview = async |preview| {
        let engine = &world.engine;
        engine
            .preview_email_template(&world.caller, "magic_link", preview)
            .await
    };
    let shown = preview(PreviewTemplate::default()).await.unwrap();
    assert!(
        shown
            .html
            .unwrap()
            .contains("https://app.example.com/magic_link?token=sample")
    );
    assert!(shown.text.contains("15 minutes"));
    let given = PreviewTemplate {
        subject: Some("{{ user.name }} {{ user.email }} {{ expires_in }}".to_owned()),
        html: Some("<b>{{ user.name }}</b>".to_owned()),
        variables: object(json!({ "user": { "name": "A & B" }, "expires_in": "a while" })),
        ..PreviewTemplate::default()
    };
    let shown = preview(given).await.unwrap();
    assert_eq!(shown.subject, "A & B ada@example.com a while");
    assert_eq!(shown.html.as_deref(), Some("<b>A &amp; B</b>"));
    let wrong = PreviewTemplate {
        text: Some("{{ nothing }}".to_owned()),
        ..PreviewTemplate::default()
    };
    assert_eq!(code(preview(wrong).await), "template_invalid");
    assert_eq!(world.count("hj_message", "channel", "email").await, 0);
}

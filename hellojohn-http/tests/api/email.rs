//! How a tenant sends mail, and what its mails say.

use http::Method;
use serde_json::{Value, json};

use crate::{ask::Answer, world::World};

stamp!(crate::world::sqlite, crate::world::postgres;
    a_configuration_is_shown_without_its_password,
    what_cannot_work_is_refused_by_field,
    without_a_server_a_test_says_so,
    templates_are_the_tenants_own,
    a_template_that_does_not_render_is_refused_with_its_line,
);

const CONFIG: &str = "/v1/email/config";
const WELCOME: &str = "/v1/email/templates/welcome";

async fn put(world: &World, path: &str, body: Value) -> Answer {
    let ask = world.ask(Method::PUT, path).bearer(&world.acme.secret);
    ask.json(&body).send().await
}

async fn a_configuration_is_shown_without_its_password(world: World) {
    let none = world.get(CONFIG).bearer(&world.acme.secret).send().await;
    let unset = json!({
        "provider": "hellojohn", "from_name": null, "from_email": null, "reply_to": null,
        "smtp": null, "updated_at": null,
    });
    assert_eq!(none.body, unset);
    let config = json!({
        "provider": "smtp",
        "from_name": "Acme",
        "from_email": "No-Reply@acme.example",
        "smtp": { "host": "mail.acme.example", "username": "acme", "password": "smtp secret", "ssl": true },
    });
    let stored = put(&world, CONFIG, config).await;
    assert_eq!(stored.outcome(), "200");
    assert!(!stored.text.contains("smtp secret"), "{}", stored.text);
    let expected = json!({
        "host": "mail.acme.example", "port": 465, "username": "acme", "tls": false, "ssl": true,
    });
    assert_eq!(stored.body["smtp"], expected);
    assert_eq!(stored.body["from_email"], "no-reply@acme.example");
    let shown = world.get(CONFIG).bearer(&world.acme.secret).send().await;
    assert_eq!(shown.body, stored.body);
    let theirs = world.get(CONFIG).bearer(&world.globex.secret).send().await;
    assert_eq!(theirs.body, unset);
}

async fn what_cannot_work_is_refused_by_field(world: World) {
    for (config, field) in [
        (json!({ "provider": "pigeon" }), "provider"),
        (json!({ "provider": "smtp" }), "smtp"),
        (
            json!({ "provider": "hellojohn", "from_email": "a@b.example" }),
            "from_email",
        ),
        (
            json!({ "provider": "smtp", "from_email": "a@b.example", "smtp": { "host": "a/b" } }),
            "smtp.host",
        ),
        (
            json!({ "provider": "smtp", "from_email": "x\r\ny", "smtp": { "host": "a.example" } }),
            "from_email",
        ),
    ] {
        let refused = put(&world, CONFIG, config).await;
        assert_eq!(refused.outcome(), "422 validation_failed");
        assert_eq!(
            refused.at("/error/details/0/field"),
            field,
            "{}",
            refused.text
        );
    }
}

async fn without_a_server_a_test_says_so(world: World) {
    let test = async |to: &str| {
        let ask = world
            .post("/v1/email/config/test")
            .bearer(&world.acme.secret);
        ask.json(&json!({ "to": to })).send().await
    };
    assert_eq!(test("nobody").await.outcome(), "422 invalid_email");
    let refused = test("ada@example.com").await;
    assert_eq!(refused.outcome(), "422 email_delivery_failed");
    let message = "the mail was not delivered: no mail server is configured";
    assert_eq!(refused.at("/error/message"), message);
}

async fn templates_are_the_tenants_own(world: World) {
    let own = json!({ "subject": "Hi {{ user.name }}", "html": "<p>{{ user.name }}</p>" });
    let stored = put(&world, WELCOME, own).await;
    assert_eq!(stored.outcome(), "200");
    assert_eq!(stored.body["custom"], true);
    assert_eq!(stored.body["locale"], "default");

    let read = async |key: &str| world.get(WELCOME).bearer(key).send().await;
    assert_eq!(read(&world.acme.secret).await.body, stored.body);
    let theirs = read(&world.globex.secret).await;
    assert_eq!(theirs.body["custom"], false);
    assert_eq!(theirs.body["subject"], "Welcome to {{ tenant.name }}");
    let ask = world.delete(WELCOME).bearer(&world.globex.secret);
    assert_eq!(ask.send().await.outcome(), "404 template_not_found");

    let list = world.get("/v1/email/templates").bearer(&world.acme.secret);
    let list = list.send().await;
    let custom = list.body["data"].as_array().unwrap().iter();
    assert_eq!(
        custom.filter(|template| template["custom"] == true).count(),
        1
    );
    let preview = world
        .post(format!("{WELCOME}/preview"))
        .bearer(&world.acme.secret);
    let body = json!({ "variables": { "user": { "name": "Ada & Co" } } });
    let shown = preview.json(&body).send().await;
    assert_eq!(shown.body["subject"], "Hi Ada & Co");
    assert_eq!(shown.body["html"], "<p>Ada &amp; Co</p>");
    let ask = world.delete(WELCOME).bearer(&world.acme.secret);
    assert_eq!(ask.send().await.outcome(), "204");
    assert_eq!(read(&world.acme.secret).await.body["custom"], false);
    let nothing = world
        .get("/v1/email/templates/nothing")
        .bearer(&world.acme.secret);
    assert_eq!(nothing.send().await.outcome(), "404 template_not_found");
}

async fn a_template_that_does_not_render_is_refused_with_its_line(world: World) {
    let wrong = json!({ "subject": "x", "html": "<p>\n{{ link | safe }}" });
    let refused = put(&world, WELCOME, wrong).await;
    assert_eq!(refused.outcome(), "422 template_invalid");
    let message = refused.body["error"]["message"].as_str().unwrap();
    assert!(message.starts_with("html, line 2: "), "{message}");
}

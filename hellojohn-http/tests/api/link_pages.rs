//! The pages of mailed links: looking does nothing, the button does.

use serde_json::json;

use crate::{
    ask::Answer,
    world::{PASSWORD, World},
};

stamp!(crate::world::sqlite, crate::world::postgres;
    looking_does_nothing_and_the_button_does,
    a_page_runs_nothing_and_loads_nothing,
    a_password_is_typed_twice,
    a_link_that_is_no_good_is_told_on_a_page,
    a_magic_link_goes_on_to_the_application,
    only_forms_are_taken_by_pages,
);

const ADA: &str = "ada@example.com";
const BETTER: &str = "a completely different phrase";
const APP: &str = "https://app.example/welcome";

/// The path and query of a link of ours.
fn path_of(url: &str) -> &str {
    url.strip_prefix("https://auth.example.com").unwrap()
}

async fn press(world: &World, path: &str, fields: &str) -> Answer {
    world.post(path).form(fields).send().await
}

/// R034.
async fn looking_does_nothing_and_the_button_does(world: World) {
    let change = world.patch("/v1/auth/me").bearer(world.acme.access_token());
    let change = change
        .json(&json!({ "email": "ada@new.example" }))
        .send()
        .await;
    assert_eq!(change.outcome(), "200");
    let cases = [
        ("verify_email", ADA, "ada@example.com is confirmed"),
        (
            "email_change",
            "ada@new.example",
            "ada@new.example is confirmed",
        ),
        (
            "email_change_notice",
            ADA,
            "has the address ada@example.com again",
        ),
    ];
    for (template, to, expected) in cases {
        let link = world.link(template, to).await;
        let path = path_of(&link.url);
        for _ in 0..10 {
            let page = world.get(path).send().await;
            assert_eq!(page.status, 200, "{}", page.text);
            assert!(page.text.contains(to) && page.text.contains(&link.token));
            let head = world.ask(http::Method::HEAD, path).send().await;
            assert_eq!(head.status, 200);
        }
        let (page, _) = path.split_once('?').unwrap();
        let done = press(&world, page, &format!("token={}", link.token)).await;
        assert_eq!(done.status, 200, "{}", done.text);
        assert!(done.text.contains(expected), "{}", done.text);
        let again = press(&world, page, &format!("token={}", link.token)).await;
        assert_eq!(again.status, 400);
        assert!(again.text.contains("not valid"));
        assert_eq!(world.get(path).send().await.status, 400);
    }
}

async fn a_page_runs_nothing_and_loads_nothing(world: World) {
    let link = world.link("verify_email", ADA).await;
    for path in [
        path_of(&link.url),
        "/auth/verify-email",
        "/auth/reset-password?token=%22%3E%3Cscript%3E",
    ] {
        let page = world.get(path).send().await;
        let policy = page.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; style-src 'sha256-"),
            "{policy}"
        );
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("form-action 'self'"));
        assert!(!policy.contains("script") && !policy.contains("unsafe"));
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        assert!(page.header("cache-control").contains("no-store"));
        assert!(page.header("x-robots-tag").contains("noindex"));
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        for word in ["<script", "http://", "https://", "src=", "<link", "onclick"] {
            assert!(!page.text.contains(word), "{path} has {word}");
        }
    }
}

async fn a_password_is_typed_twice(world: World) {
    let asked = world.with_key("/v1/auth/password/forgot", json!({ "email": ADA }));
    assert_eq!(asked.await.status, 202);
    let link = world.link("password_reset", ADA).await;
    let page = world.get(path_of(&link.url)).send().await;
    assert!(
        page.text.contains("name=\"new_password\"")
            && page.text.contains("name=\"repeated_password\"")
    );
    let with = |new: &str, repeated: &str| {
        format!(
            "token={}&new_password={new}&repeated_password={repeated}",
            link.token
        )
    };
    let path = "/auth/reset-password";
    let plus = BETTER.replace(' ', "+");
    for (fields, expected) in [
        (with(&plus, "another"), "not the same"),
        (format!("token={}", link.token), "not the same"),
        (with("short", "short"), "password"),
    ] {
        let again = press(&world, path, &fields).await;
        assert_eq!(again.status, 422);
        assert!(again.text.contains(expected) && again.text.contains("name=\"new_password\""));
        assert!(!again.text.contains(&plus) && !again.text.contains(BETTER));
    }
    let done = press(&world, path, &with(&plus, &plus)).await;
    assert_eq!(done.status, 200, "{}", done.text);
    for (password, expected) in [(PASSWORD, "401 invalid_credentials"), (BETTER, "200")] {
        let body = json!({ "email": ADA, "password": password });
        let answer = world.with_key("/v1/auth/sign-in", body).await;
        assert_eq!(answer.outcome(), expected);
    }
}

async fn a_link_that_is_no_good_is_told_on_a_page(world: World) {
    let link = world.link("verify_email", ADA).await;
    let pages = [
        "/auth/verify-email",
        "/auth/undo-email-change",
        "/auth/reset-password",
        "/v1/auth/magic-link/callback",
    ];
    for page in pages {
        let foreign = page != "/auth/verify-email";
        for (query, is_wrong) in [
            (String::new(), true),
            ("?token=".to_owned(), true),
            ("?token=nonsense".to_owned(), true),
            (format!("?token={}A", link.token), true),
            (format!("?token={}", link.token), foreign),
        ] {
            let shown = world.get(format!("{page}{query}")).send().await;
            let expected = if is_wrong { 400 } else { 200 };
            assert_eq!(shown.status, expected, "{page}{query}");
            assert!(!is_wrong || shown.text.contains("This link is not valid"));
        }
        if foreign {
            let fields = format!("token={}&new_password=a&repeated_password=a", link.token);
            let pressed = press(&world, page, &fields).await;
            assert!(
                matches!(pressed.status, 400 | 403),
                "{page} {}",
                pressed.text
            );
        }
    }
    world.clock.advance(std::time::Duration::from_hours(48));
    let late = world.get(path_of(&link.url)).send().await;
    assert_eq!(late.status, 400);
    assert!(late.text.contains("This link has expired"));
}

/// R037, N18.
async fn a_magic_link_goes_on_to_the_application(world: World) {
    world
        .configure(json!({ "magic_link_enabled": true, "allowed_redirect_urls": [APP] }))
        .await;
    let ask = world
        .post("/v1/auth/magic-link")
        .bearer(&world.acme.publishable)
        .header("user-agent", "Mozilla/5.0 <b>Firefox</b>")
        .peer("203.0.113.77:4711");
    let body = json!({ "email": ADA, "redirect_url": format!("{APP}?lang=de") });
    assert_eq!(ask.json(&body).send().await.status, 202);
    let link = world.link("magic_link", ADA).await;
    let page = world.get(path_of(&link.url)).send().await;
    assert_eq!(page.status, 200, "{}", page.text);
    for told in ["Sign in to Acme", ADA, "203.0.113.0/24", "&lt;b&gt;Firefox"] {
        assert!(page.text.contains(told), "{told}");
    }
    assert!(!page.text.contains("203.0.113.77"));
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("form-action 'self' https://app.example;"),
        "{policy}"
    );

    let path = "/v1/auth/magic-link/callback";
    let gone = press(&world, path, &format!("token={}", link.token)).await;
    assert_eq!(gone.status, 303);
    let (next, code) = gone.header("location").split_once("&code=").unwrap();
    assert_eq!(next, format!("{APP}?lang=de"));
    assert!(gone.header("cache-control").contains("no-store"));
    let redeem =
        async |body: serde_json::Value| world.with_key("/v1/auth/magic-link/verify", body).await;
    assert_eq!(
        redeem(json!({ "token": link.token })).await.outcome(),
        "400 link_invalid"
    );
    let signed_in = redeem(json!({ "code": code })).await;
    assert_eq!(signed_in.at("/user/email"), ADA);
    assert_eq!(
        redeem(json!({ "code": code })).await.outcome(),
        "400 link_invalid"
    );
    let again = press(&world, path, &format!("token={}", link.token)).await;
    assert_eq!(again.status, 400);
}

async fn only_forms_are_taken_by_pages(world: World) {
    let link = world.link("verify_email", ADA).await;
    let ask = || world.post("/auth/verify-email");
    let as_json = ask().json(&json!({ "token": link.token })).send().await;
    assert_eq!(as_json.outcome(), "415 unsupported_media_type");
    let untyped = ask().raw(format!("token={}", link.token)).send().await;
    assert_eq!(untyped.outcome(), "415 unsupported_media_type");
    let twice = ask().form("token=a&token=b").send().await;
    assert_eq!(twice.outcome(), "400 invalid_request");
    let empty = ask().form("").send().await;
    assert_eq!(empty.details(), "422 validation_failed token:required");
    let broken = ask().form("token=%ff").send().await;
    assert_eq!(broken.outcome(), "400 invalid_request");
    let good = ask().form(&format!("token={}", link.token)).send().await;
    assert_eq!(good.status, 200);
}

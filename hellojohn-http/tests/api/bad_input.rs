//! Bad input of every kind gets its documented code, and never a 500.

use hellojohn_http::{Access, Route, routes};
use serde_json::{Value, json};

use crate::world::{PASSWORD, World};

stamp!(crate::world::sqlite, crate::world::postgres;
    every_route_with_a_body_refuses_what_is_no_body,
    sizes_are_limited_before_they_are_read,
    fields_of_users_requests_are_named,
    fields_of_servers_requests_are_named,
    what_is_no_address_is_told_as_such,
    queries_are_checked,
    a_cursor_with_any_bit_flipped_is_refused,
    a_cursor_belongs_to_its_list_and_tenant,
    unknown_and_revoked_are_told_apart,
);

fn credential<'a>(world: &'a World, route: &Route) -> &'a str {
    match route.who().unwrap() {
        Access::Publishable | Access::Anyone | Access::Handle => &world.acme.publishable,
        Access::User | Access::UserOrServer(_) => world.acme.access_token(),
        Access::Operator(_) => &world.master,
        _ => &world.acme.secret,
    }
}

async fn every_route_with_a_body_refuses_what_is_no_body(world: World) {
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(40), "]".repeat(40));
    let json = "application/json";
    let cases: [(&str, &[u8], &str); 14] = [
        (json, b"{", "400 invalid_json"),
        (json, b"{\"email\":\"a", "400 invalid_json"),
        (json, b"[]", "400 invalid_json"),
        (json, b"null", "400 invalid_json"),
        (json, b"\"text\"", "400 invalid_json"),
        (json, b"{} {}", "400 invalid_json"),
        (json, b"{\"a\":1,\"a\":2}", "400 invalid_json"),
        (json, b"{\"a\":\"\xff\xfe\"}", "400 invalid_json"),
        (json, b"{'a':1}", "400 invalid_json"),
        (json, deep.as_bytes(), "400 invalid_json"),
        ("text/plain", b"{}", "415 unsupported_media_type"),
        (
            "application/x-www-form-urlencoded",
            b"a=b",
            "415 unsupported_media_type",
        ),
        (
            "multipart/form-data; boundary=x",
            b"--x",
            "415 unsupported_media_type",
        ),
        (
            "application/json; charset=latin1",
            b"{}",
            "415 unsupported_media_type",
        ),
    ];
    let mut tried = 0;
    for route in routes().iter().filter(|route| route.has_body()) {
        let path = route
            .path()
            .replace("{id}", &world.acme.user_id().to_string())
            .replace("{factor_id}", "fac_00000000000000000000000000");
        for (content_type, body, expected) in cases {
            let ask = world.ask(route.method().clone(), path.clone());
            let ask = ask
                .bearer(credential(&world, route))
                .header("content-type", content_type);
            let answer = ask.raw(body.to_vec()).send().await;
            assert_eq!(
                answer.outcome(),
                expected,
                "{route:?} {content_type} {body:?}"
            );
            tried += 1;
        }
        let ask = world
            .ask(route.method().clone(), path.clone())
            .bearer(credential(&world, route));
        let untyped = ask.raw("{}").send().await;
        assert_eq!(untyped.outcome(), "415 unsupported_media_type", "{route:?}");
    }
    assert!(tried > 200, "only {tried} were tried");
}

async fn sizes_are_limited_before_they_are_read(world: World) {
    let sign_in = || {
        world
            .post("/v1/auth/sign-in")
            .bearer(&world.acme.publishable)
    };
    let large = sign_in()
        .header("content-type", "application/json")
        .raw(vec![b' '; 1 << 20]);
    assert_eq!(large.send().await.outcome(), "413 payload_too_large");
    let announced = sign_in().header("content-length", "1048576").raw("{}");
    assert_eq!(announced.send().await.outcome(), "413 payload_too_large");
    let body = json!({ "email": "ada@example.com", "password": PASSWORD, "pad": "" });
    let room = hellojohn_http::BODY_LIMIT - body.to_string().len();
    for (pad, expected) in [(room, "200"), (room + 1, "413 payload_too_large")] {
        let mut body = body.clone();
        body["pad"] = "x".repeat(pad).into();
        assert_eq!(
            sign_in().json(&body).send().await.outcome(),
            expected,
            "{pad}"
        );
    }
    let long = format!("/v1/users?q={}", "a".repeat(8 * 1024));
    assert_eq!(world.get(long).send().await.outcome(), "414 uri_too_long");
    let fat = world.get("/livez").header("x-fat", &"a".repeat(16 * 1024));
    assert_eq!(fat.send().await.outcome(), "431 headers_too_large");
    let many = (0..65).fold(world.get("/livez"), |ask, n| {
        ask.header(&format!("x-{n}"), "1")
    });
    assert_eq!(many.send().await.outcome(), "431 headers_too_large");
    let some = (0..60).fold(world.get("/livez"), |ask, n| {
        ask.header(&format!("x-{n}"), "1")
    });
    assert_eq!(some.send().await.outcome(), "200");
}

async fn fields_of_users_requests_are_named(world: World) {
    let (email, password) = ("a@b.example", PASSWORD);
    let (pk, at) = (&world.acme.publishable, world.acme.access_token());
    let (up, sign_in, refresh, change) = (
        "/v1/auth/sign-up",
        "/v1/auth/sign-in",
        "/v1/auth/token/refresh",
        "/v1/auth/password/change",
    );
    let with = |field: &str, value: Value| {
        let mut body = json!({ "email": email, "password": password });
        body[field] = value;
        body
    };
    let cases = [
        (up, json!({}), "email:required password:required"),
        (
            up,
            json!({ "email": 5, "password": true }),
            "email:invalid_type password:invalid_type",
        ),
        (up, with("email", Value::Null), "email:required"),
        (up, with("metadata", json!([])), "metadata:invalid_type"),
        (up, with("username", json!("ada")), "username:not_enabled"),
        (sign_in, json!({ "password": "x" }), "email:required"),
        (
            sign_in,
            with("password", "x".repeat(1_025).into()),
            "password:too_long",
        ),
        (refresh, json!({}), "refresh_token:required"),
        (
            change,
            json!({}),
            "current_password:required new_password:required",
        ),
    ];
    for (path, body, expected) in cases {
        let credential = if path == change { at } else { pk };
        let answer = world.post(path).bearer(credential).json(&body).send().await;
        assert_eq!(
            answer.details(),
            format!("422 validation_failed {expected}"),
            "{path} {body}"
        );
    }
}

async fn fields_of_servers_requests_are_named(world: World) {
    let (users, keys, verify) = ("/v1/users", "/v1/api-keys", "/v1/sessions/verify");
    let user = |field: &str, value: Value| {
        let mut body = json!({ "email": "a@b.example", "password": "x" });
        body[field] = value;
        body
    };
    let key = |field: &str, value: Value| {
        let mut body = json!({ "name": "x", "type": "secret" });
        body[field] = value;
        body
    };
    let cases = [
        (verify, json!({ "token": 1 }), "token:invalid_type"),
        (users, user("phone", json!(5)), "phone:invalid_type"),
        (users, user("phone", json!("5")), "phone:invalid_format"),
        (
            users,
            user("role", json!("Bad Role")),
            "role:invalid_format",
        ),
        (
            users,
            user("password_hash", json!("y")),
            "password_hash:not_with_password",
        ),
        (keys, json!({ "type": "secret" }), "name:required"),
        (keys, key("type", json!("master")), "type:invalid_value"),
        (
            keys,
            key("scopes", json!(["nonsense"])),
            "scopes:invalid_value",
        ),
        (
            keys,
            key("scopes", json!("users:read")),
            "scopes:invalid_type",
        ),
        (
            keys,
            key("expires_in", json!("soon")),
            "expires_in:invalid_value",
        ),
    ];
    for (path, body, expected) in cases {
        let answer = world
            .post(path)
            .bearer(&world.acme.secret)
            .json(&body)
            .send()
            .await;
        assert_eq!(
            answer.details(),
            format!("422 validation_failed {expected}"),
            "{path} {body}"
        );
    }
    for until in ["tomorrow", "2026-13-01T00:00:00Z", ""] {
        let ban = world.post(format!("/v1/users/{}/ban", world.acme.user_id()));
        let ban = ban
            .bearer(&world.acme.secret)
            .json(&json!({ "until": until }));
        assert_eq!(
            ban.send().await.details(),
            "422 validation_failed until:invalid_value",
            "{until}"
        );
    }
}

async fn what_is_no_address_is_told_as_such(world: World) {
    let long = format!("{}@example.com", "a".repeat(65));
    let addresses = [
        "",
        "ada",
        "ada@example",
        "@example.com",
        "ada@exa mple.com",
        "ada@@example.com",
        "ада@example.com",
        long.as_str(),
    ];
    for email in addresses {
        for path in ["/v1/auth/sign-up", "/v1/auth/sign-in"] {
            let body = json!({ "email": email, "password": PASSWORD });
            let ask = world.post(path).bearer(&world.acme.publishable).json(&body);
            let details = ask.send().await.details();
            assert_eq!(
                details, "422 invalid_email email:invalid_format",
                "{path} {email:?}"
            );
        }
    }
}

async fn queries_are_checked(world: World) {
    let cases = [
        (
            "/v1/users?limit=0",
            "422 validation_failed limit:out_of_range",
        ),
        (
            "/v1/users?limit=101",
            "422 validation_failed limit:out_of_range",
        ),
        (
            "/v1/users?limit=-1",
            "422 validation_failed limit:invalid_value",
        ),
        (
            "/v1/users?limit=ten",
            "422 validation_failed limit:invalid_type",
        ),
        (
            "/v1/users?limit=99999999999999999999",
            "422 validation_failed limit:invalid_type",
        ),
        ("/v1/users?limit=1&limit=2", "400 invalid_request"),
        ("/v1/users?q=%ff", "400 invalid_request"),
        (
            "/v1/users?status=gone",
            "422 validation_failed status:invalid_value",
        ),
        (
            "/v1/users?sort=password_hash",
            "422 validation_failed sort:invalid_value",
        ),
        (
            "/v1/users?order=up",
            "422 validation_failed order:invalid_value",
        ),
        (
            "/v1/users?created_after=yesterday",
            "422 validation_failed created_after:invalid_value",
        ),
        (
            "/v1/users?email_verified=1",
            "422 validation_failed email_verified:invalid_type",
        ),
        (
            "/v1/users?email=nonsense",
            "422 invalid_email email:invalid_format",
        ),
        ("/v1/users?cursor=nonsense", "400 invalid_cursor"),
        ("/v1/users?cursor=cur_", "400 invalid_cursor"),
        ("/v1/users?unknown=1", "200"),
        ("/v1/users?q=%27%20OR%201=1--", "200"),
        ("/v1/users?q=%25_%5C", "200"),
        ("/v1/users?q=a%00b", "400 invalid_request"),
        ("/v1/users?role=%00", "400 invalid_request"),
        ("/v1/users?external_id=%00", "400 invalid_request"),
        (
            "/v1/sessions?user_id=nonsense",
            "422 validation_failed user_id:invalid_value",
        ),
        (
            "/v1/sessions?status=dead",
            "422 validation_failed status:invalid_value",
        ),
        (
            "/v1/api-keys?type=master2",
            "422 validation_failed type:invalid_value",
        ),
        (
            "/v1/api-keys?revoked=maybe",
            "422 validation_failed revoked:invalid_type",
        ),
    ];
    for (path, expected) in cases {
        let answer = world.get(path).bearer(&world.acme.secret).send().await;
        assert_eq!(answer.details(), expected, "{path}");
    }
}

/// A list of two pages, and the cursor between them.
async fn cursor(world: &World) -> String {
    for n in 0..3 {
        let body = json!({ "email": format!("user{n}@example.com") });
        let ask = world.post("/v1/users").bearer(&world.acme.secret);
        assert_eq!(ask.json(&body).send().await.outcome(), "201");
    }
    let page = world
        .get("/v1/users?limit=2")
        .bearer(&world.acme.secret)
        .send()
        .await;
    page.at("/pagination/next_cursor").to_owned()
}

async fn a_cursor_with_any_bit_flipped_is_refused(world: World) {
    let cursor = cursor(&world).await;
    let next = |cursor: &str| {
        let path = format!("/v1/users?limit=2&cursor={cursor}");
        world.get(path).bearer(&world.acme.secret).send()
    };
    assert_eq!(next(&cursor).await.outcome(), "200");
    for at in 4..cursor.len() {
        let mut other = cursor.clone().into_bytes();
        // Two bits up: the lowest ones of the last character may be padding.
        other[at] = if other[at] == b'A' { b'Q' } else { b'A' };
        let other = String::from_utf8(other).unwrap();
        assert_eq!(next(&other).await.outcome(), "400 invalid_cursor", "{at}");
    }
    assert_eq!(
        next(&cursor[..cursor.len() - 4]).await.outcome(),
        "400 invalid_cursor"
    );
}

async fn a_cursor_belongs_to_its_list_and_tenant(world: World) {
    let cursor = cursor(&world).await;
    for (path, key) in [
        ("/v1/users?limit=2", &world.globex.secret),
        ("/v1/users?sort=email", &world.acme.secret),
        ("/v1/users?order=asc", &world.acme.secret),
        ("/v1/users?status=active", &world.acme.secret),
        ("/v1/api-keys?limit=2", &world.acme.secret),
        ("/v1/sessions?limit=2", &world.acme.secret),
    ] {
        let ask = world.get(format!("{path}&cursor={cursor}")).bearer(key);
        assert_eq!(ask.send().await.outcome(), "400 invalid_cursor", "{path}");
    }
}

async fn unknown_and_revoked_are_told_apart(world: World) {
    let refresh = |tenant: &str| {
        let body = json!({ "refresh_token": world.acme.refresh_token() });
        let ask = world
            .post("/v1/auth/token/refresh")
            .header("x-tenant-id", tenant);
        ask.json(&body).send()
    };
    for unknown in ["tnt_00000000000000000000000000", "nonsense", "", "acme"] {
        assert_eq!(
            refresh(unknown).await.outcome(),
            "404 tenant_not_found",
            "{unknown}"
        );
    }
    let keys = world
        .get("/v1/api-keys")
        .bearer(&world.acme.secret)
        .send()
        .await;
    for key in keys.body["data"].as_array().unwrap() {
        let path = format!("/v1/api-keys/{}", key["id"].as_str().unwrap());
        if key["type"] == "publishable" {
            let ask = world.delete(path).bearer(&world.acme.secret);
            assert_eq!(ask.send().await.outcome(), "204");
        }
    }
    let config = world.get("/v1/auth/config").bearer(&world.acme.publishable);
    assert_eq!(config.send().await.outcome(), "401 invalid_publishable_key");
    for token in [
        "",
        "rft_",
        "rft_x",
        &"a".repeat(5_000),
        world.acme.access_token(),
    ] {
        let body = json!({ "refresh_token": token });
        let ask = world.post("/v1/auth/token/refresh");
        let answer = ask
            .header("x-tenant-id", &world.acme.id.to_string())
            .json(&body)
            .send()
            .await;
        assert_eq!(answer.outcome(), "401 refresh_token_invalid", "{token}");
    }
}

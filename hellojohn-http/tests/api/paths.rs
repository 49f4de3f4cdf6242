//! A route has one spelling and its own methods (R022, R185, R192).

use hellojohn_http::routes;
use http::Method;

use crate::world::World;

stamp!(crate::world::sqlite, crate::world::postgres;
    other_spellings_of_a_path_lead_nowhere,
    other_methods_are_refused_with_what_is_allowed,
    head_is_get_without_its_body,
    a_method_cannot_be_smuggled_in,
);

async fn other_spellings_of_a_path_lead_nowhere(world: World) {
    let mut tried = 0;
    for route in routes() {
        let path = route
            .path()
            .replace("{id}", "usr_1")
            .replace("{kid}", "k")
            .replace("{factor_id}", "fac_1")
            .replace("{tenant_id}", "t");
        let (head, last) = path.rsplit_once('/').unwrap();
        let spellings = [
            format!("{path}/"),
            format!("/{path}"),
            format!("{head}//{last}"),
            format!("{head}/./{last}"),
            format!("{head}/x/../{last}"),
            format!("{head}%2f{last}"),
            format!("{head}/%{:02x}{}", last.as_bytes()[0], &last[1..]),
            format!("{path};a=b"),
            format!("{path}%00"),
            format!("{path}/.."),
            format!("{path}/extra/extra"),
            path.replacen("/v1", "/V1", 1)
                .replacen("/h", "/H", 1)
                .replacen("/d", "/D", 1),
        ];
        let others = spellings
            .into_iter()
            .filter(|spelling| *spelling != path && spelling.starts_with('/'));
        for spelling in others {
            let ask = world
                .ask(route.method().clone(), spelling.clone())
                .bearer(&world.acme.secret);
            let answer = ask.send().await;
            assert_eq!(
                answer.outcome(),
                "404 not_found",
                "{} {spelling}",
                route.method()
            );
            tried += 1;
        }
    }
    assert!(tried > 400, "only {tried} were tried");
}

async fn other_methods_are_refused_with_what_is_allowed(world: World) {
    let methods = [
        "GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "QUERY", "get",
    ];
    let table = routes();
    for route in &table {
        let here = |method: &str| {
            table
                .iter()
                .any(|r| r.path() == route.path() && r.method() == method)
        };
        for method in methods.iter().filter(|method| !here(method)) {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            let path = route.path().replace(['{', '}'], "");
            let answer = world
                .ask(method.clone(), path)
                .bearer(&world.acme.secret)
                .send()
                .await;
            assert_eq!(
                answer.outcome(),
                "405 method_not_allowed",
                "{method} {route:?}"
            );
            let allowed: Vec<&str> = answer.header("allow").split(", ").collect();
            assert!(allowed.contains(&route.method().as_str()) && allowed.contains(&"OPTIONS"));
            assert_eq!(allowed.contains(&"HEAD"), here("GET"), "{route:?}");
        }
    }
}

async fn head_is_get_without_its_body(world: World) {
    for path in [
        "/health",
        "/openapi.json",
        "/docs",
        "/v1/users",
        "/v1/users/usr_1",
    ] {
        let get = world.get(path).bearer(&world.acme.secret).send().await;
        let head = world
            .ask(Method::HEAD, path)
            .bearer(&world.acme.secret)
            .send()
            .await;
        assert_eq!(
            (head.status, head.text.as_str()),
            (get.status, ""),
            "{path}"
        );
        assert_eq!(
            head.header("content-type"),
            get.header("content-type"),
            "{path}"
        );
        let length: usize = head.header("content-length").parse().unwrap();
        // Request ids and times differ, their lengths hardly.
        assert!(length.abs_diff(get.text.len()) < 40, "{path}: {length}");
    }
}

async fn a_method_cannot_be_smuggled_in(world: World) {
    let user = format!("/v1/users/{}", world.acme.user_id());
    for name in [
        "x-http-method-override",
        "x-method-override",
        "x-http-method",
    ] {
        let ask = world
            .get(user.as_str())
            .bearer(&world.acme.secret)
            .header(name, "DELETE");
        assert_eq!(ask.send().await.outcome(), "200");
    }
    let ask = world
        .get(format!("{user}?_method=DELETE"))
        .bearer(&world.acme.secret);
    assert_eq!(ask.send().await.outcome(), "200");
}

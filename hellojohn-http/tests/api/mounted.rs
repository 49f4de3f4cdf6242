//! The service inside another application.

use axum::{Router, body::Body};
use hellojohn_core::access::SignedInUser;
use hellojohn_http::AuthLayer;
use http::{Request, Response};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::world::{PASSWORD, World};

stamp!(crate::world::sqlite, crate::world::postgres; it_nests_in_axum_beside_protected_routes);

async fn text(response: Response<Body>) -> (u16, String) {
    let status = response.status().as_u16();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

async fn it_nests_in_axum_beside_protected_routes(world: World) {
    let hello = |request: Request<Body>| async move {
        let found = request.extensions().get::<SignedInUser>().unwrap();
        found.user.email.to_string()
    };
    let application = Router::new()
        .route("/hello", axum::routing::get(hello))
        .layer(AuthLayer::new(world.engine.clone()))
        .nest_service("/auth", world.api.clone());
    let body = json!({ "email": "ada@example.com", "password": PASSWORD });
    let sign_in = Request::post("/auth/v1/auth/sign-in")
        .header(
            "authorization",
            format!("Bearer {}", world.acme.publishable),
        )
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()))
        .unwrap();
    let (status, signed_in) = text(application.clone().oneshot(sign_in).await.unwrap()).await;
    assert_eq!(status, 200, "{signed_in}");
    let signed_in: Value = serde_json::from_str(&signed_in).unwrap();
    let token = signed_in["session"]["access_token"].as_str().unwrap();
    let hello = |token: &str| {
        let request = Request::get("/hello").header("authorization", format!("Bearer {token}"));
        application
            .clone()
            .oneshot(request.body(Body::empty()).unwrap())
    };
    let answer = text(hello(token).await.unwrap()).await;
    assert_eq!(answer, (200, "ada@example.com".to_owned()));
    assert_eq!(hello("x").await.unwrap().status(), 401);
    let nothing = Request::get("/auth/nothing").body(Body::empty()).unwrap();
    let (status, body) = text(application.oneshot(nothing).await.unwrap()).await;
    assert_eq!(status, 404);
    assert!(body.contains("\"not_found\""), "{body}");
}

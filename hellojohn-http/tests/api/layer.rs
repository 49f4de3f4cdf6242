//! The layer for an application's own routes.

use std::convert::Infallible;

use bytes::Bytes;
use hellojohn_core::access::{Caller, SignedInUser};
use hellojohn_http::AuthLayer;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use tower::{Layer, ServiceExt, service_fn};

use crate::world::World;

stamp!(crate::world::sqlite, crate::world::postgres; only_a_live_user_reaches_the_application);

async fn call(world: &World, credential: Option<&str>) -> (u16, String) {
    let application = service_fn(|request: Request<Full<Bytes>>| async move {
        let caller = request.extensions().get::<Caller>().unwrap();
        let found = request.extensions().get::<SignedInUser>().unwrap();
        let text = format!(
            "{} {} {}",
            caller.tenant_id(),
            found.user.id,
            found.session.id
        );
        Ok::<_, Infallible>(Response::new(Full::new(Bytes::from(text))))
    });
    let service = AuthLayer::new(world.engine.clone()).layer(application);
    let mut request = Request::get("/");
    if let Some(credential) = credential {
        request = request.header("authorization", format!("Bearer {credential}"));
    }
    let request = request.body(Full::new(Bytes::new())).unwrap();
    let response: Response<Full<Bytes>> = service.oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

async fn only_a_live_user_reaches_the_application(world: World) {
    let (tenant, user) = (world.acme.id, world.acme.user_id());
    let session = world.acme.user.session.id;
    let token = world.acme.access_token().to_owned();
    let expected = (200, format!("{tenant} {user} {session}"));
    assert_eq!(call(&world, Some(&token)).await, expected);
    for (credential, status, code) in [
        (None, 401, "missing_token"),
        (Some("x"), 401, "invalid_token"),
        (
            Some(world.acme.secret.as_str()),
            403,
            "insufficient_permissions",
        ),
        (
            Some(world.acme.publishable.as_str()),
            403,
            "insufficient_permissions",
        ),
    ] {
        let (found, text) = call(&world, credential).await;
        assert_eq!(found, status, "{text}");
        assert!(text.contains(&format!("\"code\":\"{code}\"")), "{text}");
    }
    world
        .engine
        .revoke_session(&world.acme.caller, session)
        .await
        .unwrap();
    let (status, text) = call(&world, Some(&token)).await;
    assert_eq!(status, 401);
    assert!(text.contains("session_revoked"), "{text}");
}

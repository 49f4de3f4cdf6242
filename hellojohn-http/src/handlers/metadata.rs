//! Public documents: keys, the API's own description.

use hellojohn_core::{flows::KeyDocument, id::TenantId};
use http::{HeaderValue, header};

use crate::{
    call::Call,
    problem::Problem,
    reply::{Caching, JSON, Reply},
    route::{Access, RateClass, Route},
};

pub(crate) fn routes() -> Vec<Route> {
    let public = |path, id, summary| {
        Route::get(path, id, summary)
            .access(Access::Public)
            .rate(RateClass::Unlimited)
    };
    let document = |path, id, summary| {
        public(path, id, summary)
            .readable_by_every_origin()
            .replies_with(JSON)
    };
    vec![
        document(
            "/.well-known/jwks.json",
            "jwks",
            "The public keys that verify access tokens, as a JWK set (RFC 7517).",
        )
        .handled_by(|call| Box::pin(jwks(call))),
        document(
            "/v1/jwks/{tenant_id}",
            "tenant_jwks",
            "The public keys that verify a tenant's access tokens.",
        )
        .handled_by(|call| Box::pin(tenant_jwks(call))),
        document(
            "/.well-known/paserk.json",
            "paserk",
            "The same keys as PASERK k4.public, for tenants that use PASETO.",
        )
        .handled_by(|call| Box::pin(paserk(call))),
        document(
            "/openapi.json",
            "openapi",
            "This API as an OpenAPI 3.1 document.",
        )
        .handled_by(|call| Box::pin(async move { Ok(openapi(&call)) })),
        public("/docs", "docs", "This API as a page to read.")
            .replies_with(HTML)
            .handled_by(|call| Box::pin(async move { docs(&call) })),
    ]
}

const HTML: &str = "text/html; charset=utf-8";
/// How long the API's description may be cached, in seconds.
const DESCRIPTION_AGE: u64 = 300;

async fn jwks(call: Call) -> Result<Reply, Problem> {
    Ok(published(call.engine().jwks().await?))
}

/// All tenants share the instance's keys; only the tenant has to be served.
async fn tenant_jwks(call: Call) -> Result<Reply, Problem> {
    call.engine().caller(call.id::<TenantId>()?).await?;
    jwks(call).await
}

async fn paserk(call: Call) -> Result<Reply, Problem> {
    Ok(published(call.engine().paserk().await?))
}

fn published(document: KeyDocument) -> Reply {
    Reply::text(JSON, document.body).cached(Caching::Public(document.max_age.as_secs()))
}

fn openapi(call: &Call) -> Reply {
    let text = call.shared.documents.openapi.clone();
    Reply::text(JSON, text).cached(Caching::Public(DESCRIPTION_AGE))
}

fn docs(call: &Call) -> Result<Reply, Problem> {
    let documents = &call.shared.documents;
    let policy = HeaderValue::from_str(&documents.page_policy).map_err(|_| Problem::internal())?;
    Ok(Reply::text(HTML, documents.page.clone())
        .with_header(header::CONTENT_SECURITY_POLICY, policy)
        .cached(Caching::Public(DESCRIPTION_AGE)))
}

//! Protects a host application's own routes.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use hellojohn_core::{
    Engine, Error,
    access::{AccessError, Caller, SignedInUser},
};
use http::{HeaderValue, Request, Response, header, request::Parts};
use tower::{Layer, Service};

use crate::{
    access,
    call::Who,
    problem::Problem,
    proxy,
    reply::JSON,
    request_id::{RequestName, X_REQUEST_ID},
    route::Access,
};

/// Lets only requests with a user's access token through.
///
/// The token, its session and its user are checked against the database, so a revocation
/// counts at once. The wrapped service finds, in the request's extensions:
///
/// - [`SignedInUser`]: the user and the session;
/// - [`Caller`]: the same as the engine's flows take it, with the tenant.
///
/// Everything else is answered with 401 (or 403 for a key where a user is needed) and the
/// error envelope of the API.
///
/// ```no_run
/// # fn app(engine: hellojohn_core::Engine) {
/// use bytes::Bytes;
/// use hellojohn_core::access::SignedInUser;
/// use hellojohn_http::AuthLayer;
/// use http::{Request, Response};
/// use http_body_util::Full;
/// use tower::{Layer, service_fn};
///
/// let hello = service_fn(|request: Request<Full<Bytes>>| async move {
///     let user = request.extensions().get::<SignedInUser>().map(|found| found.user.id);
///     Ok::<_, std::convert::Infallible>(Response::new(Full::new(Bytes::from(format!("{user:?}")))))
/// });
/// let protected = AuthLayer::new(engine).layer(hello);
/// # drop(protected);
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct AuthLayer {
    engine: Engine,
    trusted_proxy_hops: u8,
}

impl AuthLayer {
    /// Verifies with this engine, behind no proxy.
    pub const fn new(engine: Engine) -> Self {
        Self {
            engine,
            trusted_proxy_hops: 0,
        }
    }

    /// Takes the client's address from `X-Forwarded-For`, as [`HttpSettings`](crate::HttpSettings) does.
    #[must_use]
    pub const fn behind_proxies(mut self, hops: u8) -> Self {
        self.trusted_proxy_hops = hops;
        self
    }
}

impl<S> Layer<S> for AuthLayer {
    type Service = Auth<S>;

    fn layer(&self, inner: S) -> Auth<S> {
        Auth {
            inner,
            layer: self.clone(),
        }
    }
}

/// A service behind an [`AuthLayer`].
#[derive(Clone, Debug)]
pub struct Auth<S> {
    inner: S,
    layer: AuthLayer,
}

impl<S, B, R> Service<Request<B>> for Auth<S>
where
    S: Service<Request<B>, Response = Response<R>> + Clone + Send + 'static,
    S::Future: Send,
    B: Send + 'static,
    R: From<Bytes>,
{
    type Response = Response<R>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response<R>, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        // The instance that was polled ready must be the one that is called.
        let fresh = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, fresh);
        let layer = self.layer.clone();
        Box::pin(async move {
            // The body stays out of what is awaited on: it need not be `Sync`.
            let (mut head, body) = request.into_parts();
            let name = RequestName::of(&head.headers, &layer.engine);
            match layer.admit(&head, &name).await {
                Ok((caller, signed_in)) => {
                    head.extensions.insert(caller);
                    head.extensions.insert(signed_in);
                    inner.call(Request::from_parts(head, body)).await
                }
                Err(problem) => Ok(refusal(&problem, &name)),
            }
        })
    }
}

impl AuthLayer {
    async fn admit(
        &self,
        head: &Parts,
        name: &RequestName,
    ) -> Result<(Caller, SignedInUser), Problem> {
        let hops = self.trusted_proxy_hops;
        let address = proxy::client_address(&head.headers, &head.extensions, hops);
        let credentials = access::credentials(&head.headers, address, name)?;
        let missing = || Problem::from(Error::from(AccessError::MissingToken));
        match access::admit(&self.engine, Access::User, credentials).await? {
            Who::Tenant(caller) => {
                let signed_in = caller.user().cloned().ok_or_else(missing)?;
                Ok((caller, signed_in))
            }
            _ => Err(missing()),
        }
    }
}

fn refusal<R: From<Bytes>>(problem: &Problem, name: &RequestName) -> Response<R> {
    problem.log(name.as_str());
    let body = Bytes::from(problem.body(name.as_str()));
    let mut response = Response::new(R::from(body));
    *response.status_mut() = problem.status();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(JSON));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(value) = HeaderValue::from_str(name.as_str()) {
        headers.insert(X_REQUEST_ID, value);
    }
    headers.extend(problem.header().cloned());
    response
}

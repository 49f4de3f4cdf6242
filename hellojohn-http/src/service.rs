//! The engine as a tower service.

mod answer;
mod limits;

use std::{
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::Bytes;
use hellojohn_core::Engine;
use http::{Request, Response};
use http_body::Body;
use http_body_util::Full;
use tower::{BoxError, Service};

use crate::{
    HttpSettings,
    metrics::Meters,
    openapi,
    route::Route,
    routes::{RouteTable, RouteTableError, routes},
};

/// Every route of the engine as one service: mount it in axum, serve it with hyper, or call it.
///
/// It answers every request, so its error is [`Infallible`], and it keeps no state of its own.
#[derive(Clone, Debug)]
pub struct Api {
    shared: Arc<Shared>,
}

/// What all requests share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) engine: Engine,
    pub(crate) settings: HttpSettings,
    pub(crate) documents: openapi::Documents,
    table: RouteTable,
    meters: Meters,
}

impl Api {
    /// Serves this engine. Refuses a route table with a route that has no policy or cannot be told from another.
    pub fn new(engine: Engine, settings: HttpSettings) -> Result<Self, RouteTableError> {
        Self::with_routes(engine, settings, routes())
    }

    fn with_routes(
        engine: Engine,
        settings: HttpSettings,
        routes: Vec<Route>,
    ) -> Result<Self, RouteTableError> {
        let documents =
            openapi::Documents::write(&routes, &engine.settings().issuer, &settings.version);
        let table = RouteTable::new(routes)?;
        Ok(Self {
            shared: Arc::new(Shared {
                engine,
                settings,
                documents,
                table,
                meters: Meters::register(),
            }),
        })
    }
}

impl<B> Service<Request<B>> for Api
where
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<BoxError>,
{
    type Response = Response<Full<Bytes>>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let shared = Arc::clone(&self.shared);
        Box::pin(async move { Ok(answer::answer(shared, request).await) })
    }
}

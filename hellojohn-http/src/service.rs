//! The engine as a tower service.

mod answer;
mod budgets;
mod sizes;

use std::{
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::Bytes;
use hellojohn_core::{Engine, rate::InProcessLimiter};
use http::{Request, Response};
use http_body::Body;
use http_body_util::Full;
use tower::{BoxError, Service};

pub(crate) use self::budgets::Gate;
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
    /// Credentials that were refused, by where they came from.
    refused: InProcessLimiter,
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
                refused: budgets::refused(),
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

#[cfg(test)]
mod tests {
    use hellojohn_core::{Ports, seal::EncryptionKey, settings::Settings};
    use hellojohn_storage::SqlStore;
    use tower::ServiceExt as _;

    use super::*;
    use crate::{
        PeerAddress,
        deprecation::Deprecation,
        reply::Reply,
        route::{Access, RateClass},
    };

    async fn engine(folder: &tempfile::TempDir) -> Engine {
        let url = format!("sqlite://{}", folder.path().join("auth.db").display());
        let store = SqlStore::connect(&url, hellojohn_storage::SqlStoreOptions::default())
            .await
            .unwrap();
        store.migrate().await.unwrap();
        let key = "0a1b2c3d4e5f60718293a4b5c6d7e8f9-example".to_owned();
        let key = EncryptionKey::parse(&key.into()).unwrap();
        let settings = Settings::new("https://auth.example.com", key);
        let ports = Ports::over(Arc::new(store)).unwrap();
        Engine::open(ports, settings).await.unwrap()
    }

    /// N25: whoever the mails go to has one budget, from wherever and however they are asked for.
    #[tokio::test]
    async fn an_address_has_one_budget_of_mails_however_it_is_spelt() {
        let folder = tempfile::tempdir().unwrap();
        let mails = Route::post("/mails", "mails", "x")
            .access(Access::Public)
            .rate(RateClass::MagicLink)
            .handled_by(|call| {
                Box::pin(async move {
                    let email = call.headers["x-email"].to_str().unwrap().to_owned();
                    call.limit(RateClass::MagicLink, &email).await?;
                    Ok(Reply::empty())
                })
            });
        let engine = engine(&folder).await;
        let api = Api::with_routes(engine, HttpSettings::default(), vec![mails]).unwrap();
        let ask = async |email: &str, n: usize| {
            let peer = format!("198.51.100.{n}:1").parse().unwrap();
            let request = Request::post("/mails")
                .header("x-email", email)
                .extension(PeerAddress(peer))
                .body(Full::<Bytes>::default())
                .unwrap();
            api.clone()
                .oneshot(request)
                .await
                .unwrap()
                .status()
                .as_u16()
        };
        let spellings = ["ada@example.com", "Ada@example.com", " ada@EXAMPLE.com "];
        for n in 0..7 {
            let expected = if n < 5 { 204 } else { 429 };
            assert_eq!(ask(spellings[n % 3], n).await, expected, "{n}");
        }
        assert_eq!(ask("grace@example.com", 9).await, 204);
    }

    #[tokio::test]
    async fn a_deprecated_route_says_so_in_its_answers_and_others_do_not() {
        let folder = tempfile::tempdir().unwrap();
        let engine = engine(&folder).await;
        let route = |path, id| {
            Route::get(path, id, "x")
                .access(Access::Public)
                .handled_by(|_| Box::pin(async { Ok(Reply::empty()) }))
        };
        let old = route("/old", "old").deprecated(Deprecation {
            since: "0.2.0",
            since_seconds: 1_795_132_800,
            removed_in: "0.3.0",
            sunset: "Fri, 01 Jan 2027 00:00:00 GMT",
            instead: "GET /new",
        });
        let routes = vec![old, route("/new", "new")];
        let api = Api::with_routes(engine, HttpSettings::default(), routes).unwrap();
        let headers = async |path: &str| {
            let request = Request::get(path).body(Full::<Bytes>::default()).unwrap();
            api.clone()
                .oneshot(request)
                .await
                .unwrap()
                .into_parts()
                .0
                .headers
        };
        let old = headers("/old").await;
        assert_eq!(old["deprecation"], "@1795132800");
        assert_eq!(old["sunset"], "Fri, 01 Jan 2027 00:00:00 GMT");
        let new = headers("/new").await;
        assert!(!new.contains_key("deprecation") && !new.contains_key("sunset"));
    }
}

//! The whole API as one list, and the router made of it.

use std::{collections::HashSet, sync::Arc};

use http::Method;

use crate::{handlers, metrics::RouteMeter, problem::Problem, route::Route};

/// Every operation this server answers.
pub fn routes() -> Vec<Route> {
    [
        ("Health", handlers::health::routes()),
        ("Health", handlers::metrics::routes()),
        ("Authentication", handlers::auth::routes()),
        ("Pages", handlers::link_pages::routes()),
        ("Sessions", handlers::sessions::routes()),
        ("Users", handlers::users::routes()),
        ("Second factors", handlers::mfa::routes()),
        ("API keys", handlers::api_keys::routes()),
        ("Signing keys", handlers::signing_keys::routes()),
        ("Configuration", handlers::config::routes()),
        ("E-mail", handlers::email::routes()),
        ("Metadata", handlers::metadata::routes()),
    ]
    .into_iter()
    .flat_map(|(tag, routes)| routes.into_iter().map(move |route| route.tagged(tag)))
    .collect()
}

/// Why a route table cannot be served.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RouteTableError {
    /// A route does not say who may call it.
    #[error("{0} does not say who may call it")]
    NoPolicy(String),
    /// A route has no handler.
    #[error("{0} has no handler")]
    NoHandler(String),
    /// Two routes answer the same method and path.
    #[error("{0} is there twice")]
    Duplicate(String),
    /// Two routes have the same operation id.
    #[error("two routes are called {0}")]
    DuplicateName(String),
    /// A path cannot be told from another one.
    #[error("{0} cannot be told from another path")]
    Ambiguous(String),
}

/// Finds the route of a request.
#[derive(Debug)]
pub(crate) struct RouteTable {
    router: matchit::Router<Vec<Arc<Route>>>,
}

/// A route that was found, with what stands for its parameters.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) route: Arc<Route>,
    pub(crate) parameters: Vec<String>,
}

/// What answers at a path.
pub(crate) struct Place<'a> {
    pub(crate) routes: &'a [Arc<Route>],
    parameters: Vec<String>,
}

impl RouteTable {
    /// Refuses a table that is not complete and unambiguous.
    pub(crate) fn new(routes: Vec<Route>) -> Result<Self, RouteTableError> {
        let mut names = HashSet::new();
        let mut paths: Vec<(&'static str, Vec<Arc<Route>>)> = Vec::new();
        for mut route in routes {
            let name = format!("{} {}", route.method, route.path);
            if route.access.is_none() {
                return Err(RouteTableError::NoPolicy(name));
            }
            if route.handler.is_none() {
                return Err(RouteTableError::NoHandler(name));
            }
            if !names.insert(route.operation_id) {
                return Err(RouteTableError::DuplicateName(
                    route.operation_id.to_owned(),
                ));
            }
            route.meter = Some(Arc::new(RouteMeter::of(&route.method, route.path)));
            let at = paths.iter_mut().find(|(path, _)| *path == route.path);
            match at {
                Some((_, there)) if there.iter().any(|other| other.method == route.method) => {
                    return Err(RouteTableError::Duplicate(name));
                }
                Some((_, there)) => there.push(Arc::new(route)),
                None => paths.push((route.path, vec![Arc::new(route)])),
            }
        }
        let mut table = matchit::Router::new();
        for (path, routes) in paths {
            table
                .insert(path, routes)
                .map_err(|_| RouteTableError::Ambiguous(path.to_owned()))?;
        }
        Ok(Self { router: table })
    }

    /// What answers at a path, compared exactly: no decoding, no clean-up (R022, R185).
    pub(crate) fn at(&self, path: &str) -> Option<Place<'_>> {
        if !is_plain(path) {
            return None;
        }
        let found = self.router.at(path).ok()?;
        let parameters = found
            .params
            .iter()
            .map(|(_, text)| text.to_owned())
            .collect();
        Some(Place {
            routes: found.value,
            parameters,
        })
    }
}

impl Place<'_> {
    /// The route for a method; HEAD is answered by GET.
    pub(crate) fn route(self, method: &Method) -> Result<Found, Problem> {
        let wanted = if method == Method::HEAD {
            &Method::GET
        } else {
            method
        };
        let route = self.routes.iter().find(|route| route.method == *wanted);
        match route {
            Some(route) => Ok(Found {
                route: Arc::clone(route),
                parameters: self.parameters,
            }),
            None => Err(Problem::method_not_allowed(&self.methods())),
        }
    }

    /// Every method that is answered here.
    pub(crate) fn methods(&self) -> Vec<Method> {
        let mut methods: Vec<Method> = Vec::new();
        for route in self.routes {
            methods.push(route.method.clone());
            if route.method == Method::GET {
                methods.push(Method::HEAD);
            }
        }
        methods.push(Method::OPTIONS);
        methods
    }
}

/// Whether a path has only one spelling: no escapes, parameters, empty or dot segments.
fn is_plain(path: &str) -> bool {
    let shaped = path
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"/-_.".contains(&b));
    let segments = path.strip_prefix('/').unwrap_or(path).split('/');
    shaped && segments.into_iter().all(|s| !matches!(s, "" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::{Access, RateClass};

    fn route(path: &'static str, id: &'static str) -> Route {
        Route::get(path, id, "x").handled_by(|_| Box::pin(async { Err(Problem::not_found()) }))
    }

    #[test]
    fn the_table_of_this_server_is_complete() {
        RouteTable::new(routes()).unwrap();
    }

    /// A budget that no route draws from is a setting that does nothing.
    #[test]
    fn every_class_of_rate_limits_has_a_route() {
        let table = routes();
        let unused = RateClass::COUNTED
            .into_iter()
            .filter(|class| table.iter().all(|route| route.rate_class() != *class));
        // Other identity providers and bulk requests come later.
        let later = [RateClass::Callback, RateClass::Bulk];
        assert_eq!(unused.collect::<Vec<_>>(), later);
    }

    #[test]
    fn a_table_with_a_hole_is_refused() {
        let public = |path, id| route(path, id).access(Access::Public);
        let error = |routes| RouteTable::new(routes).unwrap_err();
        assert_eq!(
            error(vec![route("/a", "a")]),
            RouteTableError::NoPolicy("GET /a".to_owned())
        );
        assert_eq!(
            error(vec![Route::get("/a", "a", "x").access(Access::Public)]),
            RouteTableError::NoHandler("GET /a".to_owned())
        );
        assert_eq!(
            error(vec![public("/a", "a"), public("/a", "b")]),
            RouteTableError::Duplicate("GET /a".to_owned())
        );
        assert_eq!(
            error(vec![public("/a", "a"), public("/b", "a")]),
            RouteTableError::DuplicateName("a".to_owned())
        );
        assert_eq!(
            error(vec![public("/{a}", "a"), public("/{b}", "b")]),
            RouteTableError::Ambiguous("/{b}".to_owned())
        );
    }

    #[test]
    fn a_path_has_one_spelling() {
        let table = RouteTable::new(routes()).unwrap();
        assert!(table.at("/v1/users").is_some());
        for other in [
            "",
            "/",
            "v1/users",
            "//v1/users",
            "/v1//users",
            "/v1/users/",
            "/v1/users//",
            "/V1/users",
            "/v1/Users",
            "/v1/%75sers",
            "/v1%2fusers",
            "/v1/./users",
            "/v1/../v1/users",
            "/v1/users;a=b",
            "/v1/users%00",
            "/v1\\users",
            "/v1/users/..",
            "/v1/users/.",
            "/v1/ users",
            "/x/../v1/users",
        ] {
            assert!(table.at(other).is_none(), "{other:?}");
        }
    }
}

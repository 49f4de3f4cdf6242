//! Requests, counted and timed by route (see [`hellojohn_core::metrics`]).
//!
//! A route is its template from the route table and a status one of a fixed list, so what
//! a request brings adds no series: every path without a route is the route `unmatched`.

mod page;

pub use page::MetricsPage;

use std::{sync::OnceLock, time::Duration};

use hellojohn_core::metrics::Series;
use http::{Method, StatusCode};
use metrics::{Counter, Gauge, Histogram};

use crate::route::RateClass;

/// Every metric of this crate.
pub const SERIES: &[Series] = &[REQUESTS, DURATION, IN_FLIGHT, LIMITED];

const REQUESTS: Series = Series::counter(
    "hellojohn_http_requests_total",
    &["route", "method", "status"],
    "Requests answered.",
);
const DURATION: Series = Series::histogram(
    "hellojohn_http_request_duration_seconds",
    &["route", "method"],
    "How long requests took, from the head to the answer.",
);
const IN_FLIGHT: Series = Series::gauge(
    "hellojohn_http_requests_in_flight",
    &[],
    "Requests being answered.",
);

const LIMITED: Series = Series::counter(
    "hellojohn_rate_limited_total",
    &["class"],
    "Requests refused because there were too many of their class.",
);

/// Every status this server answers; anything else would be `other`.
const STATUSES: [(u16, &str); 23] = [
    (200, "200"),
    (201, "201"),
    (202, "202"),
    (204, "204"),
    (304, "304"),
    (400, "400"),
    (401, "401"),
    (403, "403"),
    (404, "404"),
    (405, "405"),
    (409, "409"),
    (410, "410"),
    (412, "412"),
    (413, "413"),
    (414, "414"),
    (415, "415"),
    (422, "422"),
    (428, "428"),
    (429, "429"),
    (431, "431"),
    (500, "500"),
    (501, "501"),
    (503, "503"),
];
const OTHER: usize = STATUSES.len();

/// The route an [`Api`](crate::Api) found for a request, in the extensions of its answer:
/// for the access log of the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MatchedRoute(pub &'static str);

/// The handles of one route, each registered when it is first needed.
#[derive(Debug)]
pub(crate) struct RouteMeter {
    route: &'static str,
    method: &'static str,
    duration: OnceLock<Histogram>,
    answers: [OnceLock<Counter>; OTHER + 1],
}

impl RouteMeter {
    /// For a route of the table.
    pub(crate) fn of(method: &Method, route: &'static str) -> Self {
        Self::new(route, word(method))
    }

    const fn new(route: &'static str, method: &'static str) -> Self {
        Self {
            route,
            method,
            duration: OnceLock::new(),
            answers: [const { OnceLock::new() }; OTHER + 1],
        }
    }

    /// Counts one answer.
    pub(crate) fn answered(&self, status: StatusCode, took: Duration) {
        let (route, method) = (self.route, self.method);
        self.duration
            .get_or_init(|| DURATION.measure(&[("route", route), ("method", method)]))
            .record(took.as_secs_f64());
        let at = STATUSES
            .iter()
            .position(|(code, _)| *code == status.as_u16())
            .unwrap_or(OTHER);
        let status = STATUSES.get(at).map_or("other", |(_, word)| word);
        if let Some(slot) = self.answers.get(at) {
            slot.get_or_init(|| {
                REQUESTS.count(&[("route", route), ("method", method), ("status", status)])
            })
            .increment(1);
        }
    }
}

/// The handles of what no route answers.
#[derive(Debug)]
pub(crate) struct Meters {
    pub(crate) unmatched: RouteMeter,
    pub(crate) preflight: RouteMeter,
    in_flight: Gauge,
    limited: Vec<(RateClass, Counter)>,
}

impl Meters {
    pub(crate) fn register() -> Self {
        Self {
            unmatched: RouteMeter::new("unmatched", "any"),
            preflight: RouteMeter::new("preflight", "OPTIONS"),
            in_flight: IN_FLIGHT.show(&[]),
            limited: RateClass::COUNTED
                .into_iter()
                .map(|class| (class, LIMITED.count(&[("class", class.as_str())])))
                .collect(),
        }
    }

    /// Counts a request that was one too many.
    pub(crate) fn limited(&self, class: RateClass) {
        let counter = self.limited.iter().find(|(counted, _)| *counted == class);
        if let Some((_, counter)) = counter {
            counter.increment(1);
        }
    }

    /// A request is under way until this is dropped.
    pub(crate) fn begin(&self) -> InFlight {
        self.in_flight.increment(1.0);
        InFlight(self.in_flight.clone())
    }
}

/// A request under way.
pub(crate) struct InFlight(Gauge);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.decrement(1.0);
    }
}

/// The table's methods only, so that an invented method cannot become a label.
fn word(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{problem::CODES, routes};

    #[test]
    fn every_status_of_this_server_has_its_label() {
        let listed = |status: StatusCode| STATUSES.iter().any(|(code, _)| *code == status.as_u16());
        for (status, _) in CODES {
            assert!(listed(*status), "{status}");
        }
        for route in routes() {
            assert!(listed(route.success()), "{route:?}");
            assert_ne!(word(route.method()), "other", "{route:?}");
        }
        for (code, word) in STATUSES {
            assert_eq!(code.to_string(), word);
        }
    }
}

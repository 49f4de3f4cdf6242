//! Numbers for Prometheus.

use hellojohn_core::access::AccessError;

use crate::{
    call::Call,
    metrics::MetricsPage,
    problem::Problem,
    reply::Reply,
    route::{Access, RateClass, Route},
};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get(
            "/metrics",
            "metrics",
            "Numbers in Prometheus' text format: with the metrics token if there is one, else \
             only for direct connections from private networks.",
        )
        .access(Access::Public)
        .rate(RateClass::Unlimited)
        .replies_with(MetricsPage::CONTENT_TYPE)
        .refuses(&["missing_token", "not_found"])
        .handled_by(|call| Box::pin(async move { show(&call) })),
    ]
}

fn show(call: &Call) -> Result<Reply, Problem> {
    let page = call.shared.settings.metrics.as_ref();
    let page = page.ok_or_else(Problem::not_found)?;
    page.read(&call.headers, call.peer)
        .map(|text| Reply::text(MetricsPage::CONTENT_TYPE, text))
        .ok_or_else(|| hellojohn_core::Error::from(AccessError::MissingToken).into())
}

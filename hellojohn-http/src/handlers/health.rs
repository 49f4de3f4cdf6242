//! Whether this instance lives and wants traffic. Reveals no more than that (R180).

use http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    call::Call,
    problem::Problem,
    reply::Reply,
    route::{Access, RateClass, Route},
};

pub(crate) fn routes() -> Vec<Route> {
    let ready = |path, id| {
        Route::get(path, id, "Whether this instance wants traffic; 503 if not.")
            .access(Access::Public)
            .rate(RateClass::Unlimited)
            .replies::<Health>(StatusCode::OK)
            .or_with(StatusCode::SERVICE_UNAVAILABLE)
            .handled_by(|call| Box::pin(ready(call)))
    };
    let alive = |path, id| {
        Route::get(path, id, "Whether this process answers.")
            .access(Access::Public)
            .rate(RateClass::Unlimited)
            .replies::<Alive>(StatusCode::OK)
            .handled_by(|_| Box::pin(async { Reply::ok(&Alive { status: "ok" }) }))
    };
    vec![
        ready("/health", "health"),
        ready("/health/ready", "health_ready"),
        ready("/readyz", "readyz"),
        alive("/health/live", "health_live"),
        alive("/healthz", "healthz"),
        alive("/livez", "livez"),
    ]
}

#[derive(Serialize, JsonSchema)]
struct Alive {
    status: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct Health {
    /// `ok`, `draining` or `unavailable`.
    status: &'static str,
    version: String,
    /// The newest migration of the database.
    schema_version: Option<String>,
    checks: Checks,
}

#[derive(Serialize, JsonSchema)]
struct Checks {
    /// `ok` or `unavailable`.
    database: &'static str,
    /// `ok` or `pending`.
    migrations: &'static str,
    /// `disabled`: this version needs none.
    redis: &'static str,
}

async fn ready(call: Call) -> Result<Reply, Problem> {
    let database = call.engine().ping().await.is_ok();
    let settings = &call.shared.settings;
    let wanted = settings.readiness.is_ready();
    let status = match (database, wanted) {
        (true, true) => "ok",
        (true, false) => "draining",
        (false, _) => "unavailable",
    };
    let health = Health {
        status,
        version: settings.version.clone(),
        schema_version: settings.health.schema_version.clone(),
        checks: Checks {
            database: if database { "ok" } else { "unavailable" },
            migrations: if settings.readiness.has_pending_migrations() {
                "pending"
            } else {
                "ok"
            },
            redis: "disabled",
        },
    };
    let code = if database && wanted {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    Reply::json(code, &health)
}

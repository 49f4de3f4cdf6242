//! Whether this instance lives and wants traffic, and where its schema stands (R180).

use hellojohn_core::ports::LimiterStanding;
use http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    call::Call,
    problem::Problem,
    reply::Reply,
    route::{Access, RateClass, Route},
    settings::SchemaState,
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
    /// `ok`, `draining`, `unavailable`, or before it serves `starting` or `migrations_pending`.
    status: &'static str,
    version: String,
    /// The newest migration of the database, as it is now.
    schema_version: Option<String>,
    /// How many migrations of this version the database lacks.
    pending_migrations: usize,
    checks: Checks,
}

#[derive(Serialize, JsonSchema)]
struct Checks {
    /// `ok`, `unavailable`, or at the very start `unknown`.
    database: &'static str,
    /// `ok`, `unavailable` if none opens with this instance's encryption key, or `unknown`.
    signing_key: &'static str,
    /// `ok`, `pending`, or `newer` than this version knows.
    migrations: &'static str,
    /// The names of those that are pending.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pending: Vec<String>,
    /// The names of those this version does not know.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    newer: Vec<String>,
    /// `disabled` if none is configured, `ok`, or `degraded`: each instance counts by itself until it is back.
    redis: &'static str,
}

impl Health {
    fn new(
        status: &'static str,
        version: &str,
        (database, signing_key): (&'static str, &'static str),
        redis: LimiterStanding,
        schema: &SchemaState,
    ) -> Self {
        Self {
            status,
            version: version.to_owned(),
            schema_version: schema.version.clone(),
            pending_migrations: schema.pending.len(),
            checks: Checks {
                database,
                signing_key,
                migrations: if !schema.pending.is_empty() {
                    "pending"
                } else if !schema.newer.is_empty() {
                    "newer"
                } else {
                    "ok"
                },
                pending: schema.pending.clone(),
                newer: schema.newer.clone(),
                redis: match redis {
                    LimiterStanding::Alone => "disabled",
                    LimiterStanding::Shared => "ok",
                    LimiterStanding::Degraded => "degraded",
                },
            },
        }
    }
}

async fn ready(call: Call) -> Result<Reply, Problem> {
    let database = call.engine().ping().await.is_ok();
    let signs = call.engine().can_sign().await;
    let settings = &call.shared.settings;
    let wanted = settings.readiness.is_ready();
    let status = match (database && signs, wanted) {
        (true, true) => "ok",
        (true, false) => "draining",
        (false, _) => "unavailable",
    };
    let word = |works| if works { "ok" } else { "unavailable" };
    let parts = (word(database), word(signs));
    let schema = settings.readiness.schema().unwrap_or_default();
    let redis = call.engine().limiter_standing();
    let health = Health::new(status, &settings.version, parts, redis, &schema);
    let code = if status == "ok" {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    Reply::json(code, &health)
}

/// The body of `/health` for a host whose [`Api`](crate::Api) is not there yet; its status is 503.
pub fn health_before_start(version: &str, schema: Option<&SchemaState>) -> serde_json::Value {
    let (database, nothing) = (
        if schema.is_some() { "ok" } else { "unknown" },
        SchemaState::default(),
    );
    let schema = schema.unwrap_or(&nothing);
    let status = if schema.pending.is_empty() {
        "starting"
    } else {
        "migrations_pending"
    };
    let (parts, redis) = ((database, "unknown"), LimiterStanding::Alone);
    let health = Health::new(status, version, parts, redis, schema);
    serde_json::to_value(health).unwrap_or_default()
}

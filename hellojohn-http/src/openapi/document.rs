use http::StatusCode;
use schemars::{
    JsonSchema, SchemaGenerator,
    generate::{Contract, SchemaSettings},
};
use serde_json::{Map, Value, json};

use super::refusals;
use crate::{
    problem::CODES,
    route::{Access, Presence, RateClass, Route},
};

/// The shape of every error.
#[derive(JsonSchema)]
#[schemars(rename = "Error")]
#[expect(dead_code, reason = "only its schema is used")]
struct ErrorBody {
    error: ErrorObject,
}

#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used")]
struct ErrorObject {
    /// What to switch on.
    code: String,
    /// For people; may change.
    message: String,
    status: u16,
    /// Also in `X-Request-Id`.
    request_id: String,
    /// With `rate_limit_exceeded`: seconds until another request may be made.
    retry_after: Option<u64>,
    /// Single fields that are not acceptable.
    #[serde(default)]
    details: Vec<ErrorDetail>,
}

#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used")]
struct ErrorDetail {
    field: String,
    code: String,
}

/// These routes as an OpenAPI 3.1 document; schemas are JSON Schema 2020-12.
pub fn openapi_document(routes: &[Route], issuer: &str, version: &str) -> Value {
    let mut read = generator(Contract::Deserialize);
    let mut written = generator(Contract::Serialize);
    let error = written.subschema_for::<ErrorBody>().to_value();
    let mut paths = Map::new();
    for route in routes {
        let item = paths
            .entry(route.path)
            .or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(item) = item {
            let method = route.method.as_str().to_ascii_lowercase();
            item.insert(method, operation(route, &mut read, &mut written, &error));
        }
    }
    let mut schemas = read.take_definitions(true);
    schemas.append(&mut written.take_definitions(true));
    json!({
        "openapi": "3.1.0",
        "info": { "title": "HelloJohn", "version": version, "description": DESCRIPTION },
        "servers": [{ "url": issuer }],
        "tags": tags(routes),
        "paths": paths,
        "components": { "schemas": schemas, "securitySchemes": security_schemes() },
    })
}

const DESCRIPTION: &str = "Users, sessions, tokens and keys. Every error has one shape, and clients \
     switch on `error.code`. A tenant is named by the credential or by `X-Tenant-ID`. POST requests in a tenant may carry an \
     `Idempotency-Key`; with a master key or in cookie mode it has no effect and is refused (400). \
     Requests are counted by class; how many are left is in `X-RateLimit-Limit`, `X-RateLimit-Remaining` and \
     `X-RateLimit-Reset`, and one too many is answered 429 with `Retry-After`.";

fn generator(contract: Contract) -> SchemaGenerator {
    SchemaSettings::draft2020_12()
        .with(|settings| {
            settings.definitions_path = "/components/schemas".into();
            settings.contract = contract;
        })
        .into_generator()
}

fn tags(routes: &[Route]) -> Vec<Value> {
    let mut names: Vec<&str> = Vec::new();
    for route in routes {
        if !names.contains(&route.tag) {
            names.push(route.tag);
        }
    }
    names
        .into_iter()
        .map(|name| json!({ "name": name }))
        .collect()
}

fn operation(
    route: &Route,
    read: &mut SchemaGenerator,
    written: &mut SchemaGenerator,
    error: &Value,
) -> Value {
    let mut operation = json!({
        "operationId": route.operation_id,
        "summary": route.summary,
        "description": format!("Callers: {}.", route.access.map_or_else(String::new, |a| a.to_string())),
        "tags": [route.tag],
        "parameters": parameters(route),
        "security": security(route.access),
        "responses": responses(route, written, error),
    });
    if let (Some(_), Some(object)) = (route.deprecation, operation.as_object_mut()) {
        object.insert("deprecated".to_owned(), Value::Bool(true));
    }
    if let (Some(body), Some(object)) = (route.body, operation.as_object_mut()) {
        let schema = (body.shape.referenced)(read);
        let body = json!({
            "required": body.presence == Presence::Required,
            "content": { "application/json": { "schema": schema } },
        });
        object.insert("requestBody".to_owned(), body);
    }
    operation
}

fn responses(route: &Route, written: &mut SchemaGenerator, error: &Value) -> Value {
    let mut good =
        json!({ "description": route.reply.status.canonical_reason().unwrap_or("Done") });
    if let Some(object) = good.as_object_mut()
        && route.reply.status != StatusCode::NO_CONTENT
    {
        let schema = route
            .reply
            .shape
            .map_or_else(|| json!({}), |shape| (shape.referenced)(written).to_value());
        let content = [(
            route.reply.content_type.to_owned(),
            json!({ "schema": schema }),
        )];
        object.insert(
            "content".to_owned(),
            content.into_iter().collect::<Map<_, _>>().into(),
        );
    }
    if let (Some(object), true) = (good.as_object_mut(), is_counted(route)) {
        object.insert("headers".to_owned(), rate_headers().into());
    }
    let refused = |status: Option<StatusCode>, description: String| {
        let mut headers = if is_counted(route) {
            rate_headers()
        } else {
            Map::new()
        };
        let text = json!({ "schema": { "type": "string" } });
        headers.insert("X-Request-Id".to_owned(), text);
        if status == Some(StatusCode::TOO_MANY_REQUESTS) {
            headers.insert(
                "Retry-After".to_owned(),
                seconds("until another request may be made"),
            );
        }
        json!({
            "description": description,
            "content": { "application/json": { "schema": error } },
            "headers": headers,
        })
    };
    let mut responses = Map::new();
    for (status, codes) in refusals::of(route) {
        let text = format!("Refused: `{}`.", codes.join("`, `"));
        responses.insert(status.as_str().to_owned(), refused(Some(status), text));
    }
    if let Some(status) = route.reply.or_status {
        let mut other = good.clone();
        if let Some(object) = other.as_object_mut() {
            let text = status.canonical_reason().unwrap_or("Done");
            object.insert("description".to_owned(), text.into());
        }
        responses.insert(status.as_str().to_owned(), other);
    }
    responses.insert(route.reply.status.as_str().to_owned(), good);
    let text = "Refused. The status follows from the code.".to_owned();
    responses.insert("default".to_owned(), refused(None, text));
    Value::Object(responses)
}

fn is_counted(route: &Route) -> bool {
    route.rate_class != RateClass::Unlimited
}

/// What every answer of a counted route says of the tightest budget.
fn rate_headers() -> Map<String, Value> {
    let number = |text: &str| json!({ "description": text, "schema": { "type": "integer" } });
    let headers = [
        ("X-RateLimit-Limit", "how many requests the budget holds"),
        ("X-RateLimit-Remaining", "how many are left of them"),
        ("X-RateLimit-Reset", "when it is full again, in Unix time"),
    ];
    let headers = headers.into_iter();
    headers
        .map(|(name, text)| (name.to_owned(), number(text)))
        .collect()
}

fn seconds(text: &str) -> Value {
    json!({ "description": format!("seconds {text}"), "schema": { "type": "integer" } })
}

/// Path, query and header parameters.
fn parameters(route: &Route) -> Vec<Value> {
    let mut parameters: Vec<Value> = path_parameters(route.path)
        .map(|name| {
            json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } })
        })
        .collect();
    if let Some(query) = route.query {
        let schema = (query.inlined)();
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, property) in properties.into_iter().flatten() {
            let mut parameter = json!({ "name": name, "in": "query", "schema": property });
            for word in ["description", "deprecated"] {
                let said = property.get(word).cloned();
                if let (Some(object), Some(said)) = (parameter.as_object_mut(), said) {
                    object.insert(word.to_owned(), said);
                }
            }
            parameters.push(parameter);
        }
    }
    for (name, text) in headers(route) {
        parameters.push(json!({
            "name": name, "in": "header", "description": text, "schema": { "type": "string" },
        }));
    }
    parameters
}

/// The names between braces in a path.
pub(super) fn path_parameters(path: &'static str) -> impl Iterator<Item = &'static str> {
    path.split('/')
        .filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
}

fn headers(route: &Route) -> Vec<(&'static str, &'static str)> {
    let mut headers = Vec::new();
    let in_tenant = !matches!(
        route.access,
        None | Some(Access::Public | Access::Operator(_))
    );
    if in_tenant {
        headers.push((
            "X-Tenant-ID",
            "The tenant. Needed where no credential names it; must agree with one that does.",
        ));
        if route.method == http::Method::POST {
            headers.push((
                "Idempotency-Key",
                "A repeated request with the same key gets the first answer, for 24 hours. Refused in cookie mode.",
            ));
        }
    }
    if route.takes_session_mode {
        headers.push((
            "X-HelloJohn-Session-Mode",
            "`cookie` keeps the refresh token in an HttpOnly cookie, for pages of allowed origins only.",
        ));
    }
    headers
}

fn security(access: Option<Access>) -> Value {
    match access {
        None | Some(Access::Public) => json!([]),
        Some(Access::Anyone | Access::Handle) => json!([{ "publishableKey": [] }, {}]),
        Some(Access::Publishable) => json!([{ "publishableKey": [] }]),
        Some(Access::User) => json!([{ "accessToken": [] }]),
        Some(Access::Server(scope)) => json!([{ "secretKey": [scope] }]),
        Some(Access::UserOrServer(scope)) => {
            json!([{ "accessToken": [] }, { "secretKey": [scope] }])
        }
        Some(Access::Operator(scope)) => json!([{ "masterKey": [scope] }]),
    }
}

fn security_schemes() -> Value {
    let bearer = |text: &str| json!({ "type": "http", "scheme": "bearer", "description": text });
    json!({
        "publishableKey": bearer("`pk_…`: safe in a browser. Also accepted in `X-Client-Id`."),
        "secretKey": bearer("`sk_…`: for servers only, within its scopes."),
        "accessToken": bearer("An access token of a signed-in user."),
        "masterKey": bearer("`mk_…`: for operators of the instance."),
    })
}

/// Every code with its status, for the page.
pub(super) fn codes() -> impl Iterator<Item = (u16, String)> {
    CODES
        .iter()
        .map(|(status, codes)| (status.as_u16(), codes.join(", ")))
}

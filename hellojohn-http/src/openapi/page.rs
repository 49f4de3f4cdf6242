//! The API as one page: no script, nothing loaded from elsewhere.

use std::fmt::Write as _;

use data_encoding::BASE64;
use hellojohn_core::secret::SecretHash;
use schemars::Schema;
use serde_json::Value;

use super::document::{codes, path_parameters};
use crate::{
    html::Html,
    route::{Access, Media, Route},
};

/// A page and the policy under which it is served.
pub(super) struct Page {
    pub(super) html: String,
    pub(super) policy: String,
}

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;\
padding:0 1rem;color:#1c2024;background:#fff}h1{font-size:1.7rem}h2{margin-top:3rem;\
border-bottom:1px solid #d5d9de}h3{margin:2.2rem 0 .3rem;font:600 1rem/1.5 ui-monospace,monospace}\
nav ul{columns:2;padding-left:1rem;font-size:.9rem}a{color:#0b57a4}code,pre{font:.85rem/1.5 \
ui-monospace,monospace;background:#f3f5f7;border-radius:4px}code{padding:.1rem .3rem}pre{padding:\
.8rem;overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem}td,th{text-align:\
left;vertical-align:top;padding:.25rem .6rem .25rem 0;border-bottom:1px solid #e6e9ec}\
.who{color:#555;margin:.2rem 0}@media(prefers-color-scheme:dark){body{color:#e4e7ea;background:\
#14171a}code,pre{background:#22272c}a{color:#7db8f5}.who{color:#a8b0b8}h2,td,th{border-color:#333a41}}";

/// Writes the page of these routes.
pub(super) fn write(routes: &[Route], issuer: &str, version: &str) -> Page {
    let hash = BASE64.encode(SecretHash::of(STYLE.as_bytes()).as_bytes());
    let mut out = Html::default();
    out.raw("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">");
    out.raw("<meta name=\"viewport\" content=\"width=device-width\">");
    out.raw("<title>HelloJohn API</title><style>");
    out.raw(STYLE);
    out.raw("</style></head><body><h1>HelloJohn API</h1><p>Version ");
    out.text(version);
    out.raw(". Base address <code>");
    out.text(issuer);
    out.raw("</code>. The same as <a href=\"openapi.json\">OpenAPI 3.1</a>.</p>");
    contents(&mut out, routes);
    let mut tag = "";
    for route in routes {
        if route.tag != tag {
            tag = route.tag;
            out.element("h2", tag);
        }
        operation(&mut out, route, issuer);
    }
    errors(&mut out);
    out.raw("</body></html>");
    Page {
        html: out.finish(),
        policy: format!(
            "default-src 'none'; style-src 'sha256-{hash}'; frame-ancestors 'none'; base-uri 'none'; \
             form-action 'none'; object-src 'none'"
        ),
    }
}

fn contents(out: &mut Html, routes: &[Route]) {
    out.raw("<nav><h2>Contents</h2><ul>");
    for route in routes {
        out.raw("<li><a href=\"#");
        out.text(route.operation_id);
        out.raw("\">");
        out.text(&format!("{} {}", route.method, route.path));
        out.raw("</a></li>");
    }
    out.raw("<li><a href=\"#errors\">Errors</a></li></ul></nav>");
}

fn operation(out: &mut Html, route: &Route, issuer: &str) {
    out.raw("<h3 id=\"");
    out.text(route.operation_id);
    out.raw("\">");
    out.text(&format!("{} {}", route.method, route.path));
    out.raw("</h3>");
    out.element("p", route.summary);
    out.raw("<p class=\"who\">");
    let who = route.access.map_or_else(String::new, |a| a.to_string());
    out.text(&format!("Callers: {who}. Answers {}.", route.reply.status));
    out.raw("</p>");
    if let Some(query) = route.query {
        fields(out, "Query", &(query.inlined)());
    }
    let body = route.body.map(|body| (body.shape.inlined)());
    if let Some(body) = &body {
        fields(out, "Body", body);
    }
    if let Some(shape) = route.reply.shape {
        fields(out, "Answer", &(shape.inlined)());
    }
    out.raw("<pre>");
    out.text(&example(route, issuer, body.as_ref()));
    out.raw("</pre>");
}

fn fields(out: &mut Html, title: &str, schema: &Schema) {
    let properties = schema.get("properties").and_then(Value::as_object);
    let required = schema.get("required").and_then(Value::as_array);
    let is_required = |name: &str| required.is_some_and(|list| list.iter().any(|r| r == name));
    out.raw("<table><tr><th>");
    out.text(title);
    out.raw("</th><th>Type</th><th></th></tr>");
    for (name, property) in properties.into_iter().flatten() {
        out.raw("<tr><td><code>");
        out.text(name);
        out.raw("</code>");
        if title == "Body" && is_required(name) {
            out.raw(" required");
        }
        out.raw("</td><td>");
        out.text(&kind(property));
        out.raw("</td><td>");
        let about = property.get("description").and_then(Value::as_str);
        out.text(about.unwrap_or_default());
        out.raw("</td></tr>");
    }
    out.raw("</table>");
}

/// The type of a field in words.
fn kind(property: &Value) -> String {
    let name = match property.get("type") {
        Some(Value::String(name)) => name.clone(),
        Some(Value::Array(names)) => {
            let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
            names.join(" or ")
        }
        _ => "object".to_owned(),
    };
    match property.get("format").and_then(Value::as_str) {
        Some(format @ ("date-time" | "password")) => format!("{name} ({format})"),
        _ => name,
    }
}

/// A request that can be pasted into a shell once the variables are set.
fn example(route: &Route, issuer: &str, body: Option<&Schema>) -> String {
    let mut path = route.path.to_owned();
    for name in path_parameters(route.path) {
        let variable = format!("${}", name.to_ascii_uppercase());
        path = path.replace(&format!("{{{name}}}"), &variable);
    }
    let mut text = String::from("curl");
    if route.method != http::Method::GET {
        let _ = write!(text, " -X {}", route.method);
    }
    let _ = write!(text, " \"{issuer}{path}\"");
    let variable = match route.access {
        None | Some(Access::Public | Access::Handle) => None,
        Some(Access::Anyone | Access::Publishable | Access::UserOrPublishable) => {
            Some("PUBLISHABLE_KEY")
        }
        Some(Access::User | Access::UserOrServer(_)) => Some("ACCESS_TOKEN"),
        Some(Access::Server(_)) => Some("SECRET_KEY"),
        Some(Access::Operator(_)) => Some("MASTER_KEY"),
    };
    if let Some(variable) = variable {
        let _ = write!(text, " \\\n  -H \"Authorization: Bearer ${variable}\"");
    }
    if let Some(body) = body {
        let is_form = route.body.is_some_and(|body| body.media == Media::Form);
        let _ = if is_form {
            write!(text, " \\\n  --data-urlencode \"token=$TOKEN\"")
        } else {
            write!(
                text,
                " \\\n  -H 'Content-Type: application/json' \\\n  -d '{}'",
                example_body(body)
            )
        };
    }
    text
}

fn example_body(schema: &Schema) -> String {
    let required = schema.get("required").and_then(Value::as_array);
    let members: Vec<String> = required
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(|name| format!("\"{name}\": \"…\""))
        .collect();
    if members.is_empty() {
        return "{}".to_owned();
    }
    format!("{{{}}}", members.join(", "))
}

fn errors(out: &mut Html) {
    out.raw("<h2 id=\"errors\">Errors</h2><table><tr><th>Status</th><th>Codes</th></tr>");
    for (status, codes) in codes() {
        out.raw("<tr>");
        out.element("td", &status.to_string());
        out.element("td", &codes);
        out.raw("</tr>");
    }
    out.raw("</table>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_from_outside_is_escaped() {
        let page = write(&[], "https://a.example/\"><script>", "1<2");
        assert!(!page.html.contains("<script>"));
        assert!(page.html.contains("1&lt;2"));
    }
}

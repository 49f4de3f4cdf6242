//! Bodies and queries become our types here, or problems that name what is wrong.

mod diagnose;
mod strict;

use http::{HeaderMap, header};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::{
    access::single,
    problem::Problem,
    route::{Media, inlined_schema},
};

/// Reads a body that was checked to be JSON. An empty one is an empty object: the route said it may be.
pub(crate) fn body<T: DeserializeOwned + JsonSchema>(bytes: &[u8]) -> Result<T, Problem> {
    typed(&object(bytes)?)
}

/// Reads a body as an object.
pub(crate) fn object(bytes: &[u8]) -> Result<Map<String, Value>, Problem> {
    if bytes.is_empty() {
        return Ok(Map::new());
    }
    strict::object(bytes).map_err(Problem::invalid_json)
}

/// Reads a query string. Every name may stand there once; names nobody knows are ignored.
pub(crate) fn query<T: DeserializeOwned + JsonSchema>(text: Option<&str>) -> Result<T, Problem> {
    let malformed = || Problem::invalid_request("the query string is not valid");
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return typed(&Map::new());
    };
    let pairs: Vec<(String, String)> = serde_html_form::from_str(text).map_err(|_| malformed())?;
    let schema = inlined_schema::<T>();
    let properties = schema.get("properties").unwrap_or(&Value::Null);
    let mut object = Map::new();
    for (name, text) in pairs {
        // What was no UTF-8 was replaced while decoding; no database stores a NUL.
        if [&name, &text]
            .iter()
            .any(|t| t.contains(['\u{FFFD}', '\0']))
        {
            return Err(malformed());
        }
        let value = diagnose::read_as(properties.get(&name), text);
        if object.insert(name, value).is_some() {
            return Err(Problem::invalid_request(
                "a query parameter stands there twice",
            ));
        }
    }
    typed(&object)
}

/// Reads the fields of a page.
pub(crate) fn form<T: DeserializeOwned + JsonSchema>(bytes: &[u8]) -> Result<T, Problem> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| Problem::invalid_request("the form is not valid"))?;
    query(Some(text))
}

/// Refuses a body that is not written as the route reads it.
pub(crate) fn require_media(headers: &HeaderMap, media: Media) -> Result<(), Problem> {
    if media == Media::Json {
        return require_json(headers);
    }
    let value = single(headers, "content-type")?.unwrap_or_default();
    let essence = value.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case(media.content_type()) {
        Ok(())
    } else {
        Err(Problem::new(
            "unsupported_media_type",
            "send the fields as application/x-www-form-urlencoded",
        ))
    }
}

/// Refuses a body that does not say it is JSON (R182: forms cannot say so).
fn require_json(headers: &HeaderMap) -> Result<(), Problem> {
    let mut values = headers.get_all(header::CONTENT_TYPE).iter();
    let is_json = match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().is_ok_and(is_json),
        _ => false,
    };
    if is_json {
        Ok(())
    } else {
        Err(Problem::new(
            "unsupported_media_type",
            "send the body as application/json",
        ))
    }
}

fn is_json(content_type: &str) -> bool {
    let mut parts = content_type.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default();
    let parameters_fit = parts.all(|parameter| {
        parameter.is_empty()
            || parameter.split_once('=').is_some_and(|(name, value)| {
                let value = value.trim_matches('"');
                !name.eq_ignore_ascii_case("charset") || value.eq_ignore_ascii_case("utf-8")
            })
    });
    essence.eq_ignore_ascii_case("application/json") && parameters_fit
}

fn typed<T: DeserializeOwned + JsonSchema>(object: &Map<String, Value>) -> Result<T, Problem> {
    T::deserialize(object).map_err(|_| Problem::fields(diagnose::diagnose::<T>(object)))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize, JsonSchema)]
    struct Wish {
        email: String,
        password: String,
        #[serde(alias = "count")]
        limit: Option<u32>,
        loud: Option<bool>,
    }

    fn details(problem: &Problem) -> String {
        let body: Value = serde_json::from_slice(&problem.body("req_1")).unwrap();
        let error = &body["error"];
        let mut lines = vec![error["code"].as_str().unwrap().to_owned()];
        for detail in error["details"].as_array().into_iter().flatten() {
            lines.push(format!(
                "{}:{}",
                detail["field"].as_str().unwrap(),
                detail["code"].as_str().unwrap()
            ));
        }
        lines.join(" ")
    }

    #[test]
    fn everything_wrong_is_named_at_once() {
        let cases = [
            ("{}", "validation_failed email:required password:required"),
            (
                r#"{"email":5,"limit":-1}"#,
                "validation_failed password:required email:invalid_type limit:invalid_value",
            ),
            (
                r#"{"email":null,"password":"x","count":"many"}"#,
                "validation_failed email:required count:invalid_type",
            ),
            ("[]", "invalid_json"),
            ("\"x\"", "invalid_json"),
            ("{\"email\":\"a\",\"email\":\"b\"}", "invalid_json"),
            ("{\"email\":\"a\"", "invalid_json"),
            ("{\"email\":\"a\"} x", "invalid_json"),
        ];
        for (text, expected) in cases {
            let problem = body::<Wish>(text.as_bytes()).unwrap_err();
            assert_eq!(details(&problem), expected, "{text}");
        }
    }

    #[test]
    fn unknown_members_are_ignored() {
        let wish: Wish = body(br#"{"email":"a","password":"b","new":{"x":[1]}}"#).unwrap();
        assert_eq!(
            (wish.email, wish.password),
            ("a".to_owned(), "b".to_owned())
        );
    }

    #[test]
    fn queries_are_read_by_the_type_of_their_fields() {
        let wish: Wish = query(Some("email=1&password=true&limit=5&loud=true&x=y")).unwrap();
        assert_eq!((wish.email.as_str(), wish.password.as_str()), ("1", "true"));
        assert_eq!((wish.limit, wish.loud), (Some(5), Some(true)));
        for (text, expected) in [
            (
                "email=a&password=b&limit=x",
                "validation_failed limit:invalid_type",
            ),
            (
                "email=a&password=b&loud=1",
                "validation_failed loud:invalid_type",
            ),
            ("email=a&email=b", "invalid_request"),
        ] {
            let problem = query::<Wish>(Some(text)).unwrap_err();
            assert_eq!(details(&problem), expected, "{text}");
        }
    }

    #[test]
    fn only_json_in_utf_8_is_json() {
        for (text, good) in [
            ("application/json", true),
            ("Application/JSON; charset=UTF-8", true),
            ("application/json;charset=\"utf-8\"", true),
            ("application/json; charset=utf-16", false),
            ("text/plain", false),
            ("application/x-www-form-urlencoded", false),
            ("application/json-patch+json", false),
            ("text/plain; application/json", false),
        ] {
            assert_eq!(is_json(text), good, "{text}");
        }
    }
}

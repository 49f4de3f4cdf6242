//! Names what is wrong with an object that did not become a type.
//!
//! The schema says which fields must be there; each field that is there is tried alone.
//! So no list of fields has to be kept beside the type.

use hellojohn_core::input::FieldError;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::route::inlined_schema;

/// Every missing and every wrong field.
pub(super) fn diagnose<T: DeserializeOwned + JsonSchema>(
    object: &Map<String, Value>,
) -> Vec<FieldError> {
    let schema = inlined_schema::<T>();
    let required = schema.get("required").and_then(Value::as_array);
    let mut wrong: Vec<FieldError> = required
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .filter(|name| object.get(*name).is_none_or(Value::is_null))
        .map(|name| FieldError::new(name, "required"))
        .collect();
    for (name, value) in object {
        if wrong.iter().any(|error| error.field == *name) {
            continue;
        }
        let alone = [(name.clone(), value.clone())].into_iter().collect();
        if let Err(error) = serde_json::from_value::<T>(Value::Object(alone))
            && let Some(code) = code(&error.to_string())
        {
            wrong.push(FieldError::new(name, code));
        }
    }
    wrong
}

/// What serde's message says about the field; nothing if it is about another one.
fn code(message: &str) -> Option<&'static str> {
    if message.starts_with("missing field") {
        None
    } else if message.starts_with("invalid type") {
        Some("invalid_type")
    } else {
        Some("invalid_value")
    }
}

/// A query parameter's text as the JSON its field is of; text if it is not.
pub(super) fn read_as(property: Option<&Value>, text: String) -> Value {
    let is = |name: &str| match property.and_then(|property| property.get("type")) {
        Some(Value::String(kind)) => kind == name,
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == name),
        _ => false,
    };
    let number = || text.parse::<i64>().ok().map(Value::from);
    let boolean = || text.parse::<bool>().ok().map(Value::from);
    let value = if is("integer") {
        number()
    } else if is("boolean") {
        boolean()
    } else {
        None
    };
    value.unwrap_or(Value::String(text))
}

//! Small types that several resources read or write.

use std::{borrow::Cow, time::Duration};

use hellojohn_core::{
    flows::Patch,
    page::{DEFAULT_LIMIT, LARGEST_LIMIT, Page, PageRequest, Total},
    secret::SecretString,
    time::{Span, Timestamp},
};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};

use crate::problem::Problem;

/// Text that must not be logged.
#[derive(Clone, Debug)]
pub(crate) struct Secret(pub(crate) SecretString);

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(text.into()))
    }
}

impl JsonSchema for Secret {
    fn schema_name() -> Cow<'static, str> {
        "Secret".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "password" })
    }
}

/// A point in time, RFC 3339.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Moment(pub(crate) Timestamp);

impl JsonSchema for Moment {
    fn schema_name() -> Cow<'static, str> {
        "Moment".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date-time" })
    }
}

impl From<Timestamp> for Moment {
    fn from(at: Timestamp) -> Self {
        Self(at)
    }
}

/// A span: `"15m"`, `"90d"` or seconds.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Life(Span);

impl Life {
    pub(crate) const fn span(self) -> Duration {
        self.0.0
    }
}

impl From<Duration> for Life {
    fn from(span: Duration) -> Self {
        Self(Span(span))
    }
}

impl JsonSchema for Life {
    fn schema_name() -> Cow<'static, str> {
        "Life".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "integer"], "examples": ["15m", "90d", 3600] })
    }
}

/// A field of a change: left out keeps, null clears, a value sets.
#[derive(Clone, Debug)]
pub(crate) struct Change<T>(Patch<T>);

impl<T> Default for Change<T> {
    fn default() -> Self {
        Self(Patch::Keep)
    }
}

impl<T> Change<T> {
    pub(crate) fn patch(self) -> Patch<T> {
        self.0
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Change<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Option::<T>::deserialize(deserializer)?;
        Ok(Self(value.map_or(Patch::Clear, Patch::Set)))
    }
}

impl<T: JsonSchema> JsonSchema for Change<T> {
    fn schema_name() -> Cow<'static, str> {
        Option::<T>::schema_name()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Option::<T>::json_schema(generator)
    }
}

/// The part of a query that asks for a page.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct PageQuery {
    /// How many items, 20 if left out.
    #[schemars(range(min = 1, max = 100))]
    limit: Option<u32>,
    /// Where to go on: `next_cursor` of the page before.
    cursor: Option<String>,
    /// `false` leaves `total` out, which is cheaper.
    include_total: Option<bool>,
}

impl PageQuery {
    pub(crate) fn request(self) -> Result<PageRequest, Problem> {
        let limit = self.limit.unwrap_or(DEFAULT_LIMIT);
        if !(1..=LARGEST_LIMIT).contains(&limit) {
            return Err(Problem::field("limit", "out_of_range"));
        }
        let total = match self.include_total {
            Some(false) => Total::Omitted,
            _ => Total::Counted,
        };
        Ok(PageRequest {
            limit,
            cursor: self.cursor,
            total,
        })
    }
}

/// One page of a list.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PageOf{T}")]
pub(crate) struct PageBody<T> {
    data: Vec<T>,
    pagination: Pagination,
}

/// Where a page stands in its list.
#[derive(Debug, Serialize, JsonSchema)]
struct Pagination {
    /// How many items there are, unless `include_total=false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
    /// The largest number of items asked for.
    limit: u32,
    /// Whether another page follows.
    has_more: bool,
    /// Where it begins.
    next_cursor: Option<String>,
}

impl<T> PageBody<T> {
    pub(crate) fn of<I>(page: Page<I>, write: impl FnMut(I) -> T) -> Self {
        Self {
            data: page.items.into_iter().map(write).collect(),
            pagination: Pagination {
                total: page.total,
                limit: page.limit,
                has_more: page.next.is_some(),
                next_cursor: page.next,
            },
        }
    }

    /// A list that always fits on one page.
    pub(crate) fn whole(data: Vec<T>) -> Self {
        let total = u64::try_from(data.len()).ok();
        Self {
            data,
            pagination: Pagination {
                total,
                limit: LARGEST_LIMIT,
                has_more: false,
                next_cursor: None,
            },
        }
    }
}

/// A word that must be one of a few.
pub(crate) fn word<T: std::str::FromStr>(
    field: &'static str,
    text: Option<&str>,
) -> Result<Option<T>, Problem> {
    text.map(|text| {
        text.parse()
            .map_err(|_| Problem::field(field, "invalid_value"))
    })
    .transpose()
}

//! Sizes: what is too large is refused before it is read (R186).

use bytes::Bytes;
use http::{HeaderMap, Uri, header, request::Parts};
use http_body::Body;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tower::BoxError;

use crate::problem::Problem;

const URI_LIMIT: usize = 8 * 1024;
const HEADERS_LIMIT: usize = 16 * 1024;
const HEADER_COUNT: usize = 64;

/// Refuses a request line or head that is too large.
pub(super) fn check_head(head: &Parts) -> Result<(), Problem> {
    if uri_length(&head.uri) > URI_LIMIT {
        return Err(Problem::new("uri_too_long", "the address is too long"));
    }
    if head.headers.len() > HEADER_COUNT || headers_length(&head.headers) > HEADERS_LIMIT {
        return Err(Problem::new(
            "headers_too_large",
            "there are too many headers, or they are too long",
        ));
    }
    Ok(())
}

/// Reads a body up to a limit; one that announces more is not read at all.
pub(super) async fn read<B>(headers: &HeaderMap, body: B, limit: usize) -> Result<Bytes, Problem>
where
    B: Body,
    B::Error: Into<BoxError>,
{
    let announced = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| usize::try_from(length).map_or(true, |l| l > limit)) {
        return Err(too_large());
    }
    let read = Limited::new(body, limit).collect().await;
    read.map(http_body_util::Collected::to_bytes)
        .map_err(|error| {
            if error.is::<LengthLimitError>() {
                too_large()
            } else {
                Problem::invalid_request("the body did not arrive whole")
            }
        })
}

fn too_large() -> Problem {
    Problem::new("payload_too_large", "the body is too large")
}

fn uri_length(uri: &Uri) -> usize {
    uri.path_and_query().map_or(0, |path| path.as_str().len())
}

fn headers_length(headers: &HeaderMap) -> usize {
    headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum()
}

//! The API described: an OpenAPI 3.1 document and a page, both derived from the route table.

mod document;
mod page;
mod refusals;

use bytes::Bytes;

pub use self::document::openapi_document;
use crate::route::Route;

/// Both descriptions, written once at start.
#[derive(Debug)]
pub(crate) struct Documents {
    pub(crate) openapi: Bytes,
    pub(crate) page: Bytes,
    /// The page's `Content-Security-Policy`, which allows its own style by its hash.
    pub(crate) page_policy: String,
}

impl Documents {
    pub(crate) fn write(routes: &[Route], issuer: &str, version: &str) -> Self {
        let document = openapi_document(routes, issuer, version);
        let page = page::write(routes, issuer, version);
        Self {
            openapi: document.to_string().into(),
            page: page.html.into(),
            page_policy: page.policy,
        }
    }
}

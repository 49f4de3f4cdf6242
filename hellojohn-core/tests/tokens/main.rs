//! Access and refresh tokens from outside the crate: published vectors, attacks, properties.

mod attacks;
mod issue;
mod jwks;
mod offline;
mod refresh;
mod support;
mod vectors;

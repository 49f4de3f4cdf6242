//! Which tenant a token says it is of, before anything about it is believed.

use data_encoding::BASE64URL_NOPAD;
use serde::Deserialize;

use crate::{id::TenantId, token::MAX_TOKEN_BYTES};

/// The `tenant_id` a token claims. It proves nothing: it only says in which tenant the
/// token must then be verified.
pub(crate) fn claimed_tenant(token: &str) -> Option<TenantId> {
    #[derive(Deserialize)]
    struct Claimed {
        tenant_id: TenantId,
    }
    if token.len() > MAX_TOKEN_BYTES {
        return None;
    }
    let payload = match token.strip_prefix("v4.public.") {
        Some(rest) => {
            let bytes = BASE64URL_NOPAD
                .decode(rest.split('.').next()?.as_bytes())
                .ok()?;
            let signed = bytes.len().checked_sub(SIGNATURE)?;
            bytes.get(..signed)?.to_vec()
        }
        None => BASE64URL_NOPAD
            .decode(token.split('.').nth(1)?.as_bytes())
            .ok()?,
    };
    let claimed: Claimed = serde_json::from_slice(&payload).ok()?;
    Some(claimed.tenant_id)
}

/// An Ed25519 signature ends the body of a PASETO `v4.public` token.
const SIGNATURE: usize = 64;

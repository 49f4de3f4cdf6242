use serde_cbor_2::{Deserializer, Value as Cbor};

use super::{Flaw, PasskeyError, authenticator_data::AuthenticatorData};

/// What an authenticator hands over of a new credential (WebAuthn L3 §6.5).
#[derive(Debug)]
pub(super) struct AttestationObject {
    pub(super) format: String,
    pub(super) statement: Cbor,
    pub(super) authenticator_data: Vec<u8>,
}

impl AttestationObject {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, PasskeyError> {
        let parts = || {
            let Cbor::Map(mut parts) = serde_cbor_2::from_slice(bytes).ok()? else {
                return None;
            };
            let mut part = |name: &str| parts.remove(&Cbor::Text(name.to_owned()));
            match (part("fmt")?, part("attStmt")?, part("authData")?) {
                (Cbor::Text(format), statement @ Cbor::Map(_), Cbor::Bytes(data)) => Some(Self {
                    format,
                    statement,
                    authenticator_data: data,
                }),
                _ => None,
            }
        };
        parts().ok_or(PasskeyError::Invalid(Flaw::Malformed))
    }
}

/// Attested credential data (§6.5.1).
#[derive(Debug)]
pub(super) struct Attested<'a> {
    pub(super) aaguid: [u8; 16],
    pub(super) credential_id: &'a [u8],
    /// The key as COSE (RFC 9052 §7).
    pub(super) key: Cbor,
}

impl<'a> Attested<'a> {
    /// Reads it from where the fixed part ends; nothing but announced extensions may follow.
    pub(super) fn read(data: &AuthenticatorData<'a>) -> Result<Self, PasskeyError> {
        let parts = || {
            let (aaguid, rest) = data.rest.split_first_chunk::<16>()?;
            let (length, rest) = rest.split_first_chunk::<2>()?;
            let length = usize::from(u16::from_be_bytes(*length));
            let (credential_id, rest) = rest.split_at_checked(length)?;
            let mut values = Deserializer::from_slice(rest).into_iter::<Cbor>();
            let key = values.next()?.ok()?;
            let extensions = values.next().transpose().ok()?;
            let announced = data.announces_extensions();
            let ends = match extensions {
                None => !announced,
                Some(Cbor::Map(_)) => announced && values.next().is_none(),
                Some(_) => false,
            };
            ends.then_some(Self {
                aaguid: *aaguid,
                credential_id,
                key,
            })
        };
        parts()
            .filter(|_| data.announces_a_credential())
            .ok_or(PasskeyError::Invalid(Flaw::Malformed))
    }
}

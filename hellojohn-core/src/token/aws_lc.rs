//! The faster signer.

use std::sync::Arc;

use aws_lc_rs::signature::Ed25519KeyPair;

use crate::{
    ports::{Keystore, Signer},
    token::DalekKeystore,
};

/// Signs with `aws-lc-rs`, in about half the time of the default; the same bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct AwsLcKeystore;

impl Keystore for AwsLcKeystore {
    fn signer(&self, seed: &[u8; 32]) -> Arc<dyn Signer> {
        let fallback = DalekKeystore.signer(seed);
        // Despite its name it only skips the comparison with a public key from outside,
        // which is the comparison that must not be needed (N81).
        match Ed25519KeyPair::from_seed_unchecked(seed) {
            Ok(fast) => Arc::new(AwsLcSigner { fast, fallback }),
            Err(_) => fallback,
        }
    }
}

/// Ed25519 signatures are deterministic, so the fallback is invisible in the result.
struct AwsLcSigner {
    fast: Ed25519KeyPair,
    fallback: Arc<dyn Signer>,
}

impl Signer for AwsLcSigner {
    fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.fast
            .try_sign(message)
            .ok()
            .and_then(|signature| signature.as_ref().try_into().ok())
            .unwrap_or_else(|| self.fallback.sign(message))
    }
}

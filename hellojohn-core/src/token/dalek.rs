//! The pure-Rust signer.

use std::sync::Arc;

use ed25519_dalek::{Signer as _, SigningKey};

use crate::ports::{Keystore, Signer};

/// Signs with `ed25519-dalek`: pure Rust, the default.
#[derive(Clone, Copy, Debug, Default)]
pub struct DalekKeystore;

impl Keystore for DalekKeystore {
    fn signer(&self, seed: &[u8; 32]) -> Arc<dyn Signer> {
        Arc::new(DalekSigner(SigningKey::from_bytes(seed)))
    }
}

/// The key erases itself when dropped (`zeroize` is on by default in the crate).
struct DalekSigner(SigningKey);

impl Signer for DalekSigner {
    fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

//! The memory one Argon2 thread works in, kept from hash to hash.

use argon2::{Argon2, Block};
use zeroize::Zeroize as _;

use crate::{password::params::Argon2Params, ports::PasswordsError};

/// Reused Argon2 memory: mapping 64 MiB anew for each hash costs page faults.
pub(super) struct Arena {
    blocks: Vec<Block>,
    /// What hashes of today's parameters need; more is given back after use.
    keep: usize,
}

impl Arena {
    /// An empty arena for hashes of these parameters.
    pub(super) fn new(params: Argon2Params) -> Self {
        Self {
            blocks: Vec::new(),
            keep: params
                .for_library()
                .map_or(0, |params| params.block_count()),
        }
    }

    /// Computes one Argon2 tag into `tag`.
    pub(super) fn derive(
        &mut self,
        argon2: &Argon2<'_>,
        password: &[u8],
        salt: &[u8],
        tag: &mut [u8],
    ) -> Result<(), PasswordsError> {
        self.grow(argon2.params().block_count())?;
        let derived = argon2.hash_password_into_with_memory(password, salt, tag, &mut self.blocks);
        if self.blocks.len() > self.keep {
            // An imported hash asked for more than ours do.
            self.blocks.truncate(self.keep);
            self.blocks.shrink_to(self.keep);
        }
        derived.map_err(|_| PasswordsError::Failed)
    }

    /// Whether nothing is held.
    pub(super) const fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// How much is held, in KiB.
    pub(super) const fn held_kib(&self) -> usize {
        // A block is 1 KiB (RFC 9106, section 3.2).
        self.blocks.len()
    }

    /// Wipes the memory and gives it back to the allocator.
    pub(super) fn release(&mut self) {
        self.blocks.iter_mut().for_each(Block::zeroize);
        self.blocks = Vec::new();
    }

    fn grow(&mut self, blocks: usize) -> Result<(), PasswordsError> {
        let missing = blocks.saturating_sub(self.blocks.len());
        // Running out of memory fails one sign-in instead of aborting the process.
        self.blocks
            .try_reserve_exact(missing)
            .map_err(|_| PasswordsError::Failed)?;
        self.blocks
            .resize(self.blocks.len() + missing, Block::new());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use argon2::{Algorithm, AssociatedData, ParamsBuilder, Version};
    use data_encoding::HEXLOWER_PERMISSIVE as HEX;

    use super::*;

    fn cheap() -> Argon2Params {
        Argon2Params::new(7_168, 5, 1).unwrap()
    }

    #[test]
    fn the_vector_of_rfc_9106_holds_in_reused_memory() {
        let all: serde_json::Value =
            serde_json::from_str(include_str!("../../tests/vectors/rfc_vectors.json")).unwrap();
        let vector = &all["vectors"]["rfc9106_argon2id"];
        let bytes = |name: &str| {
            HEX.decode(vector[name].as_str().unwrap().as_bytes())
                .unwrap()
        };
        let number = |name: &str| u32::try_from(vector[name].as_u64().unwrap()).unwrap();
        let params = ParamsBuilder::new()
            .m_cost(number("m_kib"))
            .t_cost(number("t"))
            .p_cost(number("p"))
            .data(AssociatedData::new(&bytes("ad_hex")).unwrap())
            .build()
            .unwrap();
        let secret = bytes("secret_hex");
        let argon2 =
            Argon2::new_with_secret(&secret, Algorithm::Argon2id, Version::V0x13, params).unwrap();

        let mut arena = Arena::new(cheap());
        for _ in 0..2 {
            let mut tag = [0; 32];
            arena
                .derive(
                    &argon2,
                    &bytes("password_hex"),
                    &bytes("salt_hex"),
                    &mut tag,
                )
                .unwrap();
            assert_eq!(tag.as_slice(), bytes("tag_hex"));
        }
    }

    #[test]
    fn only_what_our_own_hashes_need_is_kept() {
        let mut arena = Arena::new(cheap());
        let argon2 = |memory| {
            let params = argon2::Params::new(memory, 1, 1, None).unwrap();
            Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        };
        arena
            .derive(&argon2(20_000), b"x", &[1; 16], &mut [0; 32])
            .unwrap();
        assert_eq!(arena.blocks.len(), 7_168);
        assert!(arena.blocks.capacity() < 8_000);
        arena
            .derive(&argon2(64), b"x", &[1; 16], &mut [0; 32])
            .unwrap();
        assert_eq!(arena.blocks.len(), 7_168);
        arena.release();
        assert!(arena.is_empty());
        assert_eq!(arena.blocks.capacity(), 0);
    }
}

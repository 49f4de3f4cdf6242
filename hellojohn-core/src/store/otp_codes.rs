use async_trait::async_trait;

use crate::{
    id::FactorId, mail::Template, mfa::OtpCode, secret::SecretHash, store::StoreError,
    time::Timestamp,
};

/// Codes that were sent in one tenant.
#[async_trait]
pub trait OtpCodeStore: Send {
    /// Keeps a code instead of the one of the same subject and factor (R129).
    async fn put_otp_code(&mut self, code: &OtpCode) -> Result<(), StoreError>;

    /// The code of a subject and factor, whatever its state.
    async fn otp_code(
        &mut self,
        subject: &str,
        factor: FactorId,
    ) -> Result<Option<OtpCode>, StoreError>;

    /// Counts one more answer before it is checked: one statement, which finds the code only if it
    /// has answers left.
    async fn reserve_otp_attempt(
        &mut self,
        subject: &str,
        factor: FactorId,
        most: u32,
    ) -> Result<bool, StoreError>;

    /// Uses a code up: one statement, which finds it only if it is the right one and not over (R029).
    async fn consume_otp_code(
        &mut self,
        code: (&str, FactorId),
        hash: &SecretHash,
        now: Timestamp,
    ) -> Result<bool, StoreError>;

    /// How many messages of a template went to an address or number since a moment.
    async fn count_messages_to(
        &mut self,
        recipient: &str,
        template: Template,
        since: Timestamp,
    ) -> Result<u64, StoreError>;

    /// Removes those that were over before a moment, at most `limit`; says how many.
    async fn purge_otp_codes(&mut self, before: Timestamp, limit: u32) -> Result<u64, StoreError>;
}

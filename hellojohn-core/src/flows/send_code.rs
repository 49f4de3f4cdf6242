use std::time::Duration;

use crate::{
    Engine, Error,
    access::Caller,
    backup_code::symbols,
    factor::{Factor, FactorKind},
    id::FactorId,
    mail::{Mail, Recipient, Template},
    mfa::{CODE_LIFE, MfaError, OTP_DIGITS, OtpCode, RESEND_AFTER, SENDS_PER_HOUR, code_target},
    secret::{SecretHash, SecretString, mac},
    store::UnitOfWork,
    time::Timestamp,
    user::User,
};

const HOUR: Duration = Duration::from_hours(1);

impl Engine {
    /// Queues a new code in the caller's unit of work, in which the user is locked; the one before
    /// it is dead (R129). Answers when it expires.
    pub(crate) async fn send_code(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &Caller,
        user: &User,
        (factor, subject): (&Factor, &str),
    ) -> Result<Timestamp, Error> {
        let now = self.now();
        let phone = factor.target.as_deref();
        let recipient = code_target(phone, &user.email);
        if let Some(last) = unit.otp_code(subject, factor.id).await? {
            let wait = (last.created_at + RESEND_AFTER).since(now);
            if !wait.is_zero() {
                return Err(MfaError::SentRecently(wait).into());
            }
        }
        let sent = unit
            .count_messages_to(recipient, Template::MfaCode, now - HOUR)
            .await?;
        if sent >= SENDS_PER_HOUR {
            return Err(MfaError::SentRecently(HOUR).into());
        }
        let digits = symbols(b"0123456789", OTP_DIGITS, &*self.inner().ports.random);
        let code = SecretString::from(digits.as_str());
        let expires_at = now + CODE_LIFE;
        unit.put_otp_code(&OtpCode {
            subject: subject.to_owned(),
            factor_id: factor.id,
            hash: self.code_hash(subject, factor.id, &digits),
            attempts: 0,
            created_at: now,
            expires_at,
        })
        .await?;
        let to = match (factor.kind, phone) {
            (FactorKind::Sms, Some(number)) => Recipient::Phone(number),
            _ => Recipient::Mailbox(&user.email),
        };
        let mail = Mail {
            user: Some(user),
            code: Some(code),
            expires_in: Some(CODE_LIFE),
            ..Mail::new(Template::MfaCode, to)
        };
        self.queue_mail(unit, caller, mail).await?;
        Ok(expires_at)
    }

    /// By what a sent code is stored and found: keyed, because it is short, and bound to what it
    /// was sent for.
    pub(crate) fn code_hash(&self, subject: &str, factor: FactorId, code: &str) -> SecretHash {
        let factor = factor.to_bytes();
        let parts: [&[u8]; 3] = [subject.as_bytes(), &factor, code.as_bytes()];
        SecretHash::from_bytes(mac(self.sent_code_key(), &parts))
    }
}

use std::sync::Mutex;

use async_trait::async_trait;
use hellojohn_core::ports::mail::{MailRoute, Mailer, OutgoingMail, SendError};

/// Keeps what it is given, or refuses it as told.
#[derive(Default)]
pub(crate) struct Postman {
    taken: Mutex<Vec<(OutgoingMail, MailRoute)>>,
    refusal: Mutex<Option<SendError>>,
}

impl Postman {
    /// Refuses from now on, or no longer.
    pub(crate) fn refuse(&self, why: Option<SendError>) {
        *self.refusal.lock().unwrap() = why;
    }

    /// What was taken since the last time.
    pub(crate) fn empty(&self) -> Vec<(OutgoingMail, MailRoute)> {
        std::mem::take(&mut *self.taken.lock().unwrap())
    }
}

#[async_trait]
impl Mailer for Postman {
    async fn send(&self, mail: &OutgoingMail, via: &MailRoute) -> Result<(), SendError> {
        if let Some(why) = self.refusal.lock().unwrap().clone() {
            return Err(why);
        }
        let mut taken = self.taken.lock().unwrap();
        taken.push((mail.clone(), via.clone()));
        Ok(())
    }
}

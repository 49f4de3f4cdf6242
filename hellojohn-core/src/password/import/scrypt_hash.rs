//! scrypt hashes as PHC strings.

use scrypt::Params;

use super::base64::{decimal, decode};
use crate::{ports::PasswordsError, secret::same};

/// Caps (R194): 256 MiB of memory, and the work of filling them once: about a second.
const MAX_MEMORY: u64 = 256 * 1024 * 1024;
const MAX_WORK: u64 = 256 * 1024 * 1024;

/// One scrypt hash taken apart.
pub(crate) struct ScryptHash {
    params: Params,
    salt: Vec<u8>,
    tag: Vec<u8>,
}

impl ScryptHash {
    /// Reads what follows `$scrypt$`: `ln=…,r=…,p=…$salt$hash`.
    pub(super) fn parse(rest: &str) -> Option<Self> {
        let mut fields = rest.split('$');
        let params = params(fields.next()?)?;
        let salt = decode(fields.next()?)?;
        let tag = decode(fields.next()?)?;
        let sound = salt.len() <= 64 && (16..=64).contains(&tag.len());
        (sound && fields.next().is_none()).then_some(Self { params, salt, tag })
    }

    pub(super) fn matches(&self, password: &[u8]) -> Result<bool, PasswordsError> {
        let mut tag = vec![0; self.tag.len()];
        scrypt::scrypt(password, &self.salt, &self.params, &mut tag)
            .map_err(|_| PasswordsError::Failed)?;
        Ok(same(&tag, &self.tag))
    }
}

fn params(text: &str) -> Option<Params> {
    let mut fields = text.split(',');
    let log_n = decimal(fields.next()?.strip_prefix("ln=")?)?;
    let r = decimal(fields.next()?.strip_prefix("r=")?)?;
    let p = decimal(fields.next()?.strip_prefix("p=")?)?;
    if fields.next().is_some() || log_n == 0 {
        return None;
    }
    let n = 1_u64.checked_shl(log_n)?;
    let block = u64::from(r).checked_mul(128)?;
    // The table of N blocks, and the p blocks it is mixed into.
    let memory = n.max(p.into()).checked_mul(block)?;
    let work = n.checked_mul(block)?.checked_mul(p.into())?;
    if memory > MAX_MEMORY || work > MAX_WORK {
        return None;
    }
    Params::new(u8::try_from(log_n).ok()?, r, p).ok()
}

use std::{fs, path::Path};

use hellojohn_core::{
    seal::{EncryptionKey, Sealer},
    token::pem,
};
use secrecy::SecretString;

use super::{
    Purpose,
    env::{Env, Found},
    settings::{ENCRYPTION_KEY, ENCRYPTION_KEY_PREVIOUS, JWT_ALGORITHM, JWT_SIGNING_KEY, Setting},
};

/// The instance's own secrets.
pub(crate) struct KeyConfig {
    pub(crate) encryption: EncryptionKey,
    pub(crate) previous: Option<EncryptionKey>,
    pub(crate) signing: Option<SecretString>,
}

impl KeyConfig {
    /// The encryption keys.
    pub(crate) fn ring(&self) -> Sealer {
        Sealer::new(self.encryption.clone(), self.previous.clone())
    }

    /// Reads the settings; none if something is missing or wrong, which `env` remembers.
    pub(crate) fn from_env(env: &mut Env, purpose: Purpose) -> Option<Self> {
        let signing = match purpose {
            Purpose::Serve => env.required(&JWT_SIGNING_KEY),
            Purpose::Command => env.optional(&JWT_SIGNING_KEY),
        };
        let signing = signing.and_then(|found| read_signing_key(env, &found));
        let found = env.required(&ENCRYPTION_KEY);
        let encryption = found.and_then(|found| parse(env, found));
        let previous = encryption_key(env, &ENCRYPTION_KEY_PREVIOUS);
        let algorithm = |text: &str| match text {
            "EdDSA" => Ok(()),
            _ => Err("only EdDSA; this program has no shared-secret tokens".to_owned()),
        };
        env.parsed(&JWT_ALGORITHM, (), algorithm);
        Some(Self {
            encryption: encryption?,
            previous,
            signing,
        })
    }
}

/// The encryption keys alone, for what is done without a database; none if there is no key.
pub(crate) fn key_ring(env: &mut Env) -> Option<Sealer> {
    let current = encryption_key(env, &ENCRYPTION_KEY)?;
    Some(Sealer::new(
        current,
        encryption_key(env, &ENCRYPTION_KEY_PREVIOUS),
    ))
}

fn encryption_key(env: &mut Env, setting: &'static Setting) -> Option<EncryptionKey> {
    let found = env.optional(setting)?;
    parse(env, found)
}

fn parse(env: &mut Env, found: Found) -> Option<EncryptionKey> {
    EncryptionKey::parse(&SecretString::from(found.value))
        .map_err(|why| env.refuse(&found.variable, why))
        .ok()
}

const NO_KEY: &str = "neither an Ed25519 private key in PKCS#8 PEM form nor the path of a file with one; \
     `openssl genpkey -algorithm ed25519` makes one";

fn read_signing_key(env: &mut Env, found: &Found) -> Option<SecretString> {
    let value = found.value.trim();
    let text = if value.starts_with("-----BEGIN") {
        // Files of variables keep a key on one line.
        value.replace("\\n", "\n")
    } else {
        let read = Some(Path::new(value))
            .filter(|path| path.as_os_str().len() < 4_096)
            .map(fs::read_to_string);
        let Some(Ok(text)) = read else {
            env.refuse(&found.variable, NO_KEY);
            return None;
        };
        text
    };
    let key = SecretString::from(text);
    if pem::read_private(&key).is_err() {
        env.refuse(&found.variable, NO_KEY);
        return None;
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PEM: &str = "-----BEGIN PRIVATE KEY-----\n\
        MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n\
        -----END PRIVATE KEY-----\n";

    fn read(value: &str) -> Result<bool, String> {
        let mut env = Env::of([
            ("HELLOJOHN_JWT_SIGNING_KEY".to_owned(), value),
            (
                "ENCRYPTION_KEY".to_owned(),
                "0123456789abcdefghijklmnopqrstuvwxyz",
            ),
        ]);
        let keys = KeyConfig::from_env(&mut env, Purpose::Serve);
        env.finish()
            .map(|_| keys.and_then(|keys| keys.signing).is_some())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_key_is_taken_as_text_on_one_line_or_as_a_path() {
        assert_eq!(read(PEM), Ok(true));
        assert_eq!(read(&PEM.replace('\n', "\\n")), Ok(true));
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), PEM).unwrap();
        assert_eq!(read(file.path().to_str().unwrap()), Ok(true));
    }

    #[test]
    fn a_shared_secret_is_refused_without_repeating_it() {
        for bad in [
            "hunter2-hunter2-hunter2-hunter2",
            &PEM.replace("MC4C", "MC4D"),
        ] {
            let error = read(bad).unwrap_err();
            assert!(
                error.starts_with("HELLOJOHN_JWT_SIGNING_KEY: neither"),
                "{error}"
            );
            assert!(!error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn placeholders_are_no_encryption_keys() {
        let mut env = Env::of([("HELLOJOHN_ENCRYPTION_KEY".to_owned(), "changeme")]);
        assert!(KeyConfig::from_env(&mut env, Purpose::Command).is_none());
        let error = env.finish().unwrap_err().to_string();
        assert!(error.starts_with("HELLOJOHN_ENCRYPTION_KEY: "), "{error}");
        assert!(!error.contains("changeme"), "{error}");
    }
}

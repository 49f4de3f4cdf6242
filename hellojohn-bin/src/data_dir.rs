//! The folder of a development instance: its database and its keys, for its owner only.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

use data_encoding::BASE64;
use hellojohn_core::{
    ports::{
        Random,
        system::{NoRandomness, SystemRandom},
    },
    token::{Seed, pem},
};
use secrecy::{ExposeSecret as _, SecretString};

const DATABASE: &str = "hellojohn.db";
const SIGNING_KEY: &str = "signing_key.pem";
const ENCRYPTION_KEY: &str = "encryption_key";

/// An opened data folder.
pub(crate) struct DataDir {
    path: PathBuf,
    database_url: SecretString,
    signing_key: SecretString,
    encryption_key: SecretString,
}

/// Why a data folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DataDirError {
    #[error("{path} cannot be used")]
    Io {
        path: String,
        #[source]
        source: io::Error,
    },
    #[error("{path} can be read by other users; run `chmod 600 {path}`")]
    Exposed { path: String },
    #[error(
        "{path} holds a database but not the file {ENCRYPTION_KEY} its secrets are sealed with; \
         bring that file back, or move the folder away to start anew"
    )]
    KeyLost { path: String },
    #[error("the path {path} is not valid UTF-8")]
    NotText { path: String },
    #[error(transparent)]
    Random(#[from] NoRandomness),
    #[error("no signing key could be made")]
    Key(#[from] pem::PemError),
}

impl DataDir {
    /// Opens the folder, and makes it and the keys if they are missing.
    pub(crate) fn open(path: &Path) -> Result<Self, DataDirError> {
        create_dir(path).map_err(|source| io_error(path, source))?;
        let path = fs::canonicalize(path).map_err(|source| io_error(path, source))?;
        let random = SystemRandom::new()?;
        let has_database = path.join(DATABASE).exists();
        if has_database && !path.join(ENCRYPTION_KEY).exists() {
            return Err(DataDirError::KeyLost { path: shown(&path) });
        }
        let encryption_key = kept(&path.join(ENCRYPTION_KEY), || {
            let mut bytes = [0; 32];
            random.fill(&mut bytes);
            Ok(SecretString::from(BASE64.encode(&bytes)))
        })?;
        let signing_key = kept(&path.join(SIGNING_KEY), || {
            let mut bytes = [0; 32];
            random.fill(&mut bytes);
            Ok(pem::write_private(&Seed::new(bytes))?)
        })?;
        Ok(Self {
            database_url: database_url(&path)?,
            signing_key,
            encryption_key,
            path,
        })
    }

    /// Whether a development server has used this folder before.
    pub(crate) fn exists(path: &Path) -> bool {
        path.join(DATABASE).exists()
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn database_url(&self) -> SecretString {
        self.database_url.clone()
    }

    pub(crate) fn signing_key(&self) -> SecretString {
        self.signing_key.clone()
    }

    pub(crate) fn encryption_key(&self) -> SecretString {
        self.encryption_key.clone()
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn io_error(path: &Path, source: io::Error) -> DataDirError {
    DataDirError::Io {
        path: shown(path),
        source,
    }
}

fn create_dir(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// A file of the database as a URL; `%` and `?` mean something in one.
fn database_url(dir: &Path) -> Result<SecretString, DataDirError> {
    let path = dir.join(DATABASE);
    let text = path
        .to_str()
        .ok_or_else(|| DataDirError::NotText { path: shown(&path) })?;
    let text = text.replace('%', "%25").replace('?', "%3F");
    Ok(SecretString::from(format!("sqlite://{text}")))
}

/// The secret in a file that only its owner can read; made first if there is no such file.
fn kept(
    path: &Path,
    make: impl FnOnce() -> Result<SecretString, DataDirError>,
) -> Result<SecretString, DataDirError> {
    if !path.exists() {
        create(path, &make()?).map_err(|source| io_error(path, source))?;
    }
    require_private(path)?;
    let mut text = String::new();
    File::open(path)
        .and_then(|mut file| file.read_to_string(&mut text))
        .map_err(|source| io_error(path, source))?;
    Ok(SecretString::from(text.trim_end().to_owned()))
}

/// Writes a whole new file or none. If another process was first, its file stays.
fn create(path: &Path, secret: &SecretString) -> io::Result<()> {
    let unfinished = path.with_extension(format!("{}.new", std::process::id()));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&unfinished)?;
    file.write_all(secret.expose_secret().trim_end().as_bytes())?;
    file.write_all(b"\n")?;
    file.sync_all()?;
    let linked = match fs::hard_link(&unfinished, path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        // Some file systems have no links.
        Err(_) => fs::copy(&unfinished, path).map(drop),
        Ok(()) => Ok(()),
    };
    fs::remove_file(&unfinished)?;
    linked
}

/// A key others may have read is no secret any more, so it is not used.
fn require_private(path: &Path) -> Result<(), DataDirError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let metadata = fs::metadata(path).map_err(|source| io_error(path, source))?;
        if metadata.permissions().mode() & 0o077 != 0 {
            return Err(DataDirError::Exposed { path: shown(path) });
        }
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn mode(path: &Path) -> Option<u32> {
        let metadata = fs::metadata(path).ok()?;
        Some(metadata.permissions().mode() & 0o777)
    }

    #[test]
    fn keys_are_made_once_for_their_owner_only() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("a b%?/data");
        let first = DataDir::open(&path).unwrap();
        assert_eq!(mode(&path), Some(0o700));
        assert_eq!(mode(&path.join(SIGNING_KEY)), Some(0o600));
        assert_eq!(mode(&path.join(ENCRYPTION_KEY)), Some(0o600));
        assert_eq!(fs::read_dir(&path).unwrap().count(), 2);

        let second = DataDir::open(&path).unwrap();
        for (one, other) in [
            (first.signing_key(), second.signing_key()),
            (first.encryption_key(), second.encryption_key()),
        ] {
            assert_eq!(one.expose_secret(), other.expose_secret());
        }
        assert!(
            second
                .database_url()
                .expose_secret()
                .ends_with("a b%25%3F/data/hellojohn.db")
        );
    }

    #[test]
    fn a_key_others_can_read_is_not_used() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("data");
        drop(DataDir::open(&path).unwrap());
        fs::set_permissions(path.join(ENCRYPTION_KEY), fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(
            DataDir::open(&path),
            Err(DataDirError::Exposed { .. })
        ));
    }

    #[test]
    fn a_database_without_its_key_gets_no_new_one() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("data");
        drop(DataDir::open(&path).unwrap());
        fs::write(path.join(DATABASE), "").unwrap();
        fs::remove_file(path.join(ENCRYPTION_KEY)).unwrap();
        assert!(matches!(
            DataDir::open(&path),
            Err(DataDirError::KeyLost { .. })
        ));
        assert!(!path.join(ENCRYPTION_KEY).exists());
    }
}

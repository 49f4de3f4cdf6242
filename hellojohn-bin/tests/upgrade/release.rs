use std::{collections::BTreeMap, fs, path::Path};

use hellojohn_core::time::Timestamp;
use serde::Deserialize;
use serde_json::Value;

/// What a release left in one kind of database.
pub(crate) struct Release {
    /// `0.1.0 on sqlite`.
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) database: &'static str,
    pub(crate) schema_version: String,
    pub(crate) dump: String,
    pub(crate) settings: BTreeMap<String, String>,
    pub(crate) taken_at: Timestamp,
    pub(crate) probes: Vec<Probe>,
}

/// A request, and what the released program answered.
#[derive(Clone, Deserialize)]
pub(crate) struct Probe {
    pub(crate) name: String,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) bearer: Option<String>,
    #[serde(default)]
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Option<Value>,
    pub(crate) status: u16,
    pub(crate) code: Option<String>,
    /// Values of the answer that stay, by JSON pointer.
    #[serde(default)]
    pub(crate) keeps: BTreeMap<String, Value>,
}

#[derive(Deserialize)]
struct File {
    version: String,
    schema_version: String,
    settings: BTreeMap<String, String>,
    #[serde(flatten)]
    databases: BTreeMap<String, Value>,
}

#[derive(Deserialize)]
struct Sample {
    taken_at: Timestamp,
    probes: Vec<Probe>,
}

impl Release {
    /// Every folder in migrations/released, oldest first.
    pub(crate) fn all(database: &'static str) -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations/released");
        let mut folders: Vec<_> = fs::read_dir(root)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_dir())
            .collect();
        folders.sort();
        assert!(!folders.is_empty(), "no release is kept");
        folders
            .iter()
            .map(|path| Self::read(path, database))
            .collect()
    }

    fn read(folder: &Path, database: &'static str) -> Self {
        let text = fs::read_to_string(folder.join("release.json")).unwrap();
        let mut file: File = serde_json::from_str(&text).unwrap();
        assert_eq!(folder.file_name().unwrap(), file.version.as_str());
        let sample = file.databases.remove(database).unwrap();
        let Sample { taken_at, probes } = serde_json::from_value(sample).unwrap();
        assert!(probes.len() > 50, "too few probes to mean anything");
        Self {
            name: format!("{} on {database}", file.version),
            version: file.version,
            database,
            schema_version: file.schema_version,
            dump: fs::read_to_string(folder.join(format!("{database}.sql"))).unwrap(),
            settings: file.settings,
            taken_at,
            probes,
        }
    }

    /// One of the settings it ran with.
    pub(crate) fn setting(&self, name: &str) -> &str {
        &self.settings[&format!("HELLOJOHN_{name}")]
    }
}

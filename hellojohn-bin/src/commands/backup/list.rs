use std::{
    fs::{self, File},
    io::BufReader,
    path::Path,
};

use hellojohn_core::backup::{NativeCopy, Summary};
use serde_json::{Value, json};

use super::{super::instance, List, file};
use crate::{
    cli::Global,
    config,
    failure::{Exit, Failure},
    output::{Output, Table, bytes, date_and_time, or_dash},
};

pub(super) fn run(global: &Global, output: &mut Output, command: List) -> Result<(), Failure> {
    let folder = match command.dir {
        Some(folder) => folder,
        None => config::backup_dir(&mut instance::of_command(global)?.env),
    };
    let entries = fs::read_dir(&folder).map_err(|error| {
        Failure::new(
            Exit::NotFound,
            format!("{} cannot be read: {error}", folder.display()),
        )
    })?;
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.') && is_listed(&folder, name))
        .collect();
    names.sort();
    let mut table = Table::new(&[
        "FILE",
        "CREATED",
        "SCHEMA",
        "USERS",
        "SESSIONS",
        "SIZE",
        "NATIVE COPY",
    ]);
    let mut rows = Vec::new();
    for name in names {
        let listed = Listed::read(&folder, name)?;
        table.row(listed.cells());
        rows.push(listed.as_json());
    }
    output.list(&table, &rows.into())
}

/// Our own files, and native ones that have none of ours beside them.
fn is_listed(folder: &Path, name: &str) -> bool {
    let path = folder.join(name);
    let ending = path.extension().and_then(|ending| ending.to_str());
    match ending {
        Some("hjb") => true,
        Some("dump" | "sqlite3") => file::manifest_beside(&path).is_none(),
        _ => false,
    }
}

struct Listed {
    name: String,
    size: u64,
    is_ours: bool,
    summary: Option<Summary>,
    native: Native,
}

/// The copy in the database's own format.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Native {
    None,
    There,
    Missing,
    OtherSize,
}

impl Listed {
    fn read(folder: &Path, name: String) -> Result<Self, Failure> {
        let path = folder.join(&name);
        let size = fs::metadata(&path)?.len();
        let is_ours = path.extension().is_some_and(|ending| ending == "hjb");
        // Whatever is wrong with one, the others are listed too.
        let summary = File::open(&path)
            .ok()
            .filter(|_| is_ours)
            .and_then(|file| Summary::read(BufReader::new(file)).ok());
        let copy = summary
            .as_ref()
            .and_then(|summary| summary.manifest.as_ref()?.native_copy.as_ref());
        let native = match copy {
            None => Native::None,
            Some(NativeCopy { file, bytes, .. }) => match fs::metadata(folder.join(file)) {
                Err(_) => Native::Missing,
                Ok(found) if found.len() == *bytes => Native::There,
                Ok(_) => Native::OtherSize,
            },
        };
        Ok(Self {
            name,
            size,
            is_ours,
            summary,
            native,
        })
    }

    fn is_damaged(&self) -> bool {
        let manifest = self.summary.as_ref().map(|summary| &summary.manifest);
        self.is_ours && !matches!(manifest, Some(Some(_)))
    }

    fn rows(&self, table: &str) -> Option<u64> {
        self.summary.as_ref()?.manifest.as_ref()?.rows(table)
    }

    fn native_name(&self) -> Option<String> {
        let copy = self
            .summary
            .as_ref()?
            .manifest
            .as_ref()?
            .native_copy
            .as_ref()?;
        Some(match self.native {
            Native::None | Native::There => copy.file.clone(),
            Native::Missing => format!("{} (missing)", copy.file),
            Native::OtherSize => format!("{} (damaged)", copy.file),
        })
    }

    fn cells(&self) -> [String; 7] {
        let header = self.summary.as_ref().map(|summary| &summary.header);
        let schema = if self.is_damaged() {
            Some("damaged".to_owned())
        } else {
            header.map(|header| header.schema_version.clone())
        };
        [
            self.name.clone(),
            or_dash(header.map(|header| date_and_time(header.created_at))),
            or_dash(schema),
            or_dash(self.rows("hj_user").map(|rows| rows.to_string())),
            or_dash(self.rows("hj_session").map(|rows| rows.to_string())),
            bytes(self.size),
            or_dash(self.native_name()),
        ]
    }

    fn as_json(&self) -> Value {
        let header = self.summary.as_ref().map(|summary| &summary.header);
        json!({
            "file": self.name,
            "created_at": header.map(|header| header.created_at),
            "schema_version": header.map(|header| &header.schema_version),
            "users": self.rows("hj_user"),
            "sessions": self.rows("hj_session"),
            "bytes": self.size,
            "damaged": self.is_damaged(),
            "native_copy": self.native_name(),
            "native_copy_present": self.native == Native::There,
        })
    }
}

//! Files of backups: whole under their name or not there at all, and for their owner only.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io::{self, BufReader, Read},
    path::{Path, PathBuf},
};

use data_encoding::HEXLOWER;
use hellojohn_core::{
    backup::Hash,
    ports::{Random as _, system::SystemRandom},
};
use sha2::{Digest as _, Sha256};

use crate::{failure::Failure, progress::Progress};

/// A file that is being written beside its place; gone if it never gets there.
pub(super) struct Unfinished {
    path: PathBuf,
    goal: PathBuf,
    settled: bool,
}

impl Unfinished {
    /// For a file that is to be at `goal`, where nothing may be.
    pub(super) fn for_file(goal: &Path) -> Result<Self, Failure> {
        if goal.exists() {
            return Err(Failure::general(format!(
                "{} is there already",
                goal.display()
            )));
        }
        let mut name = OsString::from(".");
        name.push(goal.file_name().unwrap_or_default());
        name.push(format!(".{}.unfinished", unique()?));
        Ok(Self {
            path: goal.with_file_name(name),
            goal: goal.to_owned(),
            settled: false,
        })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The name it will have.
    pub(super) fn name(&self) -> String {
        let name = self.goal.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    pub(super) fn create(&self) -> Result<File, Failure> {
        create(&self.path).map_err(|error| cannot("written", &self.path, &error))
    }

    /// Puts it in its place, durably, unless something is there by now.
    pub(super) fn settle(mut self) -> Result<PathBuf, Failure> {
        let settled = self.try_settle();
        settled.map_err(|error| cannot("written", &self.goal, &error))?;
        self.settled = true;
        Ok(self.goal.clone())
    }

    fn try_settle(&self) -> io::Result<()> {
        File::open(&self.path)?.sync_all()?;
        // A link is refused where a file is; renaming would replace that.
        match fs::hard_link(&self.path, &self.goal) {
            Ok(()) => fs::remove_file(&self.path)?,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
            Err(_) => fs::rename(&self.path, &self.goal)?,
        }
        sync_folder(&self.goal)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.settled {
            // It may never have been made.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// A name nobody has had: in a container every process has the same id, so that what a killed one
/// left would be in the way of the next.
pub(super) fn unique() -> Result<String, Failure> {
    let random = SystemRandom::new().map_err(|error| Failure::because("no file", &error))?;
    let mut bytes = [0; 8];
    random.fill(&mut bytes);
    Ok(HEXLOWER.encode(&bytes))
}

/// Refuses a SQLite database whose newest transactions are not in its file yet.
///
/// They are in the log beside it, or what undoes half of one is; a copy of the file lacks them.
fn refuse_open_database(path: &Path) -> Result<(), Failure> {
    for log in ["-wal", "-journal"] {
        let mut beside = OsString::from(path);
        beside.push(log);
        if fs::metadata(&beside).is_ok_and(|file| file.len() > 0) {
            return Err(Failure::general(format!(
                "{} is in use or was not closed: {} belongs to it; back up the database with `hj backup create`",
                path.display(),
                Path::new(&beside).display()
            )));
        }
    }
    Ok(())
}

/// A new file for its owner only.
pub(super) fn create(path: &Path) -> io::Result<File> {
    let mut open = OpenOptions::new();
    open.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
    open.open(path)
}

/// Makes what happened in the folder of a file durable.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

pub(super) fn cannot(what: &str, path: &Path, error: &io::Error) -> Failure {
    Failure::because(format!("{} cannot be {what}", path.display()), error)
}

/// What a file is, by how it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::commands) enum Kind {
    /// Our own.
    Rows,
    /// The custom format of `pg_dump`.
    Dump,
    /// A SQLite database.
    Sqlite,
    /// A plain SQL script of `pg_dump`.
    Script,
    /// Something else.
    Unknown,
}

pub(in crate::commands) fn kind_of(path: &Path) -> Result<Kind, Failure> {
    let mut start = Vec::new();
    File::open(path)
        .and_then(|file| file.take(4_096).read_to_end(&mut start))
        .map_err(|error| cannot("read", path, &error))?;
    let ours = path.extension().is_some_and(|ending| ending == "hjb");
    Ok(if start.starts_with(b"PGDMP") {
        Kind::Dump
    } else if start.starts_with(b"SQLite format 3\0") {
        refuse_open_database(path)?;
        Kind::Sqlite
    } else if ours || start.starts_with(br#"{"format":"hellojohn"#) {
        Kind::Rows
    } else if String::from_utf8_lossy(&start).contains("PostgreSQL database dump") {
        Kind::Script
    } else {
        Kind::Unknown
    })
}

/// Reads a file and shows how far it has come.
pub(super) struct Shown {
    file: File,
    read: u64,
    progress: Option<Progress>,
}

pub(super) fn open_shown(path: &Path, what: &str) -> Result<BufReader<Shown>, Failure> {
    let opened = File::open(path).and_then(|file| Ok((file.metadata()?.len(), file)));
    let (size, file) = opened.map_err(|error| cannot("read", path, &error))?;
    let shown = Shown {
        file,
        read: 0,
        progress: Some(Progress::start(what, size)),
    };
    Ok(BufReader::with_capacity(256 * 1024, shown))
}

impl Read for Shown {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.file.read(into)?;
        self.read += u64::try_from(length).unwrap_or(0);
        if length == 0 {
            if let Some(progress) = self.progress.take() {
                progress.finish();
            }
        } else if let Some(progress) = &mut self.progress {
            progress.set(self.read);
        }
        Ok(length)
    }
}

/// The size and SHA-256 of a file.
pub(super) fn measure(path: &Path) -> Result<(u64, Hash), Failure> {
    let measured = || -> io::Result<(u64, Hash)> {
        let mut file = File::open(path)?;
        let mut digest = Sha256::new();
        let mut buffer = vec![0; 256 * 1024];
        let mut size = 0;
        loop {
            let length = file.read(&mut buffer)?;
            let Some(read) = buffer.get(..length).filter(|read| !read.is_empty()) else {
                return Ok((size, Hash::from_bytes(digest.finalize().into())));
            };
            digest.update(read);
            size += u64::try_from(length).unwrap_or(0);
        }
    };
    measured().map_err(|error| cannot("read", path, &error))
}

/// The file of our own that lies beside a native copy and tells of it.
pub(super) fn manifest_beside(native: &Path) -> Option<PathBuf> {
    let beside = native.with_extension("hjb");
    (beside != native && beside.is_file()).then_some(beside)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn a_file_is_there_whole_or_not_at_all_and_nothing_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let goal = folder.path().join("a.hjb");
        let left = || fs::read_dir(folder.path()).unwrap().count();
        let dropped = Unfinished::for_file(&goal).unwrap();
        dropped.create().unwrap().write_all(b"half").unwrap();
        drop(dropped);
        assert_eq!(left(), 0);

        let one = Unfinished::for_file(&goal).unwrap();
        one.create().unwrap().write_all(b"one").unwrap();
        fs::write(&goal, b"other").unwrap();
        assert!(one.settle().is_err());
        assert_eq!((fs::read(&goal).unwrap(), left()), (b"other".to_vec(), 1));
        assert!(Unfinished::for_file(&goal).is_err());

        let two = Unfinished::for_file(&folder.path().join("b.hjb")).unwrap();
        two.create().unwrap().write_all(b"two").unwrap();
        let settled = two.settle().unwrap();
        assert_eq!((fs::read(settled).unwrap(), left()), (b"two".to_vec(), 2));
    }

    #[test]
    fn what_a_killed_process_left_is_in_nobodys_way() {
        let folder = tempfile::tempdir().unwrap();
        let goal = folder.path().join("a.hjb");
        let killed = Unfinished::for_file(&goal).unwrap();
        killed.create().unwrap();
        std::mem::forget(killed);
        let next = Unfinished::for_file(&goal).unwrap();
        next.create().unwrap();
        assert!(next.settle().is_ok());
    }

    #[test]
    fn a_database_with_a_log_beside_it_is_not_whole() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("hj.db");
        assert!(refuse_open_database(&database).is_ok());
        for log in ["hj.db-wal", "hj.db-journal"] {
            let log = folder.path().join(log);
            fs::write(&log, "").unwrap();
            assert!(refuse_open_database(&database).is_ok());
            fs::write(&log, "x").unwrap();
            assert!(refuse_open_database(&database).is_err());
            fs::remove_file(&log).unwrap();
        }
    }

    #[test]
    fn files_are_told_apart_by_how_they_begin() {
        let folder = tempfile::tempdir().unwrap();
        let kind = |name: &str, content: &[u8]| {
            let path = folder.path().join(name);
            fs::write(&path, content).unwrap();
            kind_of(&path).unwrap()
        };
        assert_eq!(kind("a.dump", b"PGDMP\x01"), Kind::Dump);
        assert_eq!(kind("a", b"SQLite format 3\0"), Kind::Sqlite);
        assert_eq!(kind("b", b"{\"format\":\"hellojohn-backup\""), Kind::Rows);
        assert_eq!(kind("c.hjb", b"\xfb\"format\""), Kind::Rows);
        assert_eq!(
            kind("d.sql", b"--\n-- PostgreSQL database dump\n"),
            Kind::Script
        );
        assert_eq!(kind("e", b""), Kind::Unknown);
    }
}

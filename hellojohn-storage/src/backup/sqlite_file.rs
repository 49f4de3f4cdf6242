use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

use sea_query::{Alias, Expr, ExprTrait as _, Order, Query};

use super::BackupError;
use crate::{
    ConnectError,
    conn::{Direct, Target},
};

/// The file of a SQLite database that is to be, built beside its place and put there whole.
pub struct SqliteFile {
    goal: PathBuf,
    beside: PathBuf,
    url: String,
    settled: bool,
}

impl SqliteFile {
    /// For the database of this URL; none if it is not a SQLite database.
    ///
    /// Refuses a file that has tables, whosever they are, and a link: what it leads to would stay
    /// as it is, and the database come to lie where the link was. `unique` is a part of its name until
    /// then that no other has, so that what a killed restore left is in nobody's way.
    pub async fn beside(url: &str, unique: &str) -> Result<Option<Self>, BackupError> {
        let goal = match Target::parse(url).map_err(invalid)? {
            Target::Sqlite(options) => options.get_filename().to_owned(),
            #[cfg(feature = "postgres")]
            Target::Postgres { .. } => return Ok(None),
        };
        if goal.is_symlink() {
            let why = format!("{} is a link; name the file it leads to", goal.display());
            return Err(io::Error::other(why).into());
        }
        let tables = tables_in(&goal).await?;
        if !tables.is_empty() {
            return Err(BackupError::NotEmpty { tables });
        }
        let suffix = format!(".restoring-{unique}");
        let (base, query) = url.split_once('?').unwrap_or((url, ""));
        Ok(Some(Self {
            beside: with_suffix(&goal, &suffix),
            url: format!("{base}{suffix}?{query}"),
            goal,
            settled: false,
        }))
    }

    /// The URL under which it is built.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The path under which it is built.
    pub fn path(&self) -> &Path {
        &self.beside
    }

    /// Puts it in its place, durably, after every connection to it was closed.
    pub async fn settle(mut self) -> Result<PathBuf, BackupError> {
        // One file: what the write-ahead log still holds would stay behind.
        let mut conn = Direct::open(&Target::parse(&self.url).map_err(invalid)?).await?;
        conn.script("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE")
            .await?;
        conn.close().await?;
        if with_suffix(&self.beside, "-wal").exists() {
            return Err(io::Error::other("its write-ahead log is still in use").into());
        }
        let place = take(&self.goal)?;
        let tables = tables_in(&self.goal).await?;
        if !tables.is_empty() {
            return Err(BackupError::NotEmpty { tables });
        }
        File::open(&self.beside)?.sync_all()?;
        for suffix in ["-wal", "-shm"] {
            remove(&with_suffix(&self.goal, suffix))?;
        }
        fs::rename(&self.beside, &self.goal)?;
        self.settled = true;
        drop(place);
        let folder = self
            .goal
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
        Ok(self.goal.clone())
    }
}

impl Drop for SqliteFile {
    fn drop(&mut self) {
        if self.settled {
            return;
        }
        for suffix in ["", "-wal", "-shm"] {
            // What cannot be removed is in nobody's way: its name tells that it is unfinished.
            let _ = remove(&with_suffix(&self.beside, suffix));
        }
    }
}

/// Keeps a second restore from looking at the place and taking it at the same moment.
///
/// Who opened the file before it was replaced gets its lock late, and then finds tables under its name.
fn take(goal: &Path) -> io::Result<File> {
    let mut open = OpenOptions::new();
    open.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
    let file = open.open(goal)?;
    file.try_lock()
        .map_err(|_| io::Error::other("another restore is just putting its database there"))?;
    Ok(file)
}

fn invalid(error: ConnectError) -> BackupError {
    io::Error::other(error).into()
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// All tables of a file that may not be there.
async fn tables_in(path: &Path) -> Result<Vec<String>, BackupError> {
    let there = fs::metadata(path).is_ok_and(|file| file.len() > 0);
    if !there {
        return Ok(Vec::new());
    }
    let mut conn = Direct::open(&Target::copy(path)).await?;
    let mut query = Query::select();
    query
        .column(Alias::new("name"))
        .from(Alias::new("sqlite_master"))
        .and_where(Expr::col(Alias::new("type")).eq("table"))
        .order_by(Alias::new("name"), Order::Asc);
    let rows = conn.rows(&query).await?;
    let tables: Result<Vec<String>, _> = rows.iter().map(|row| row.columns().text()).collect();
    conn.close().await?;
    Ok(tables?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A database with a table, built beside its place.
    async fn built(goal: &Path) -> SqliteFile {
        let url = format!("sqlite://{}", goal.display());
        let file = SqliteFile::beside(&url, "1").await.unwrap().unwrap();
        fs::write(file.path(), b"").unwrap();
        let target = Target::parse(file.url()).unwrap();
        let mut conn = Direct::open(&target).await.unwrap();
        conn.script("CREATE TABLE t (a INTEGER)").await.unwrap();
        conn.close().await.unwrap();
        file
    }

    #[tokio::test]
    async fn a_place_somebody_else_is_taking_is_not_taken() {
        let folder = tempfile::tempdir().unwrap();
        let goal = folder.path().join("hj.db");
        let other = take(&goal).unwrap();
        assert!(built(&goal).await.settle().await.is_err());
        assert_eq!(fs::metadata(&goal).unwrap().len(), 0);
        let second = built(&goal).await;
        drop(other);
        assert_eq!(second.settle().await.unwrap(), goal);
        assert_eq!(tables_in(&goal).await.unwrap(), ["t"]);
        let names = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(names, 1, "nothing is left beside it");
    }
}

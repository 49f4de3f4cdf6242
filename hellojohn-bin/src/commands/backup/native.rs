//! PostgreSQL's own programs, run without a password on their command line.

use std::{
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
    process::Stdio,
};

use tokio::{io::AsyncBufReadExt as _, process::Command};

use crate::{config, failure::Failure};

/// One of PostgreSQL's programs.
pub(super) struct Program {
    path: PathBuf,
    /// Its major version.
    pub(super) major: u32,
}

/// Where Debian and its like keep them, out of the PATH.
const INSTALLED: &str = "/usr/lib/postgresql";

impl Program {
    /// Finds one of at least this major version: the one given, the one in the PATH, or the newest installed.
    pub(super) async fn find(
        name: &str,
        given: Option<&Path>,
        least: u32,
    ) -> Result<Self, Failure> {
        if let Some(path) = given {
            let found = Self::at(path).await.ok_or_else(|| {
                Failure::general(format!("{} is not a {name} that runs", path.display()))
            })?;
            return found.at_least(name, least);
        }
        let in_path = Self::at(Path::new(name)).await;
        if let Some(found) = in_path.filter(|found| found.major >= least) {
            return Ok(found);
        }
        let mut newest: Option<Self> = None;
        let folders = std::fs::read_dir(INSTALLED).into_iter().flatten().flatten();
        for folder in folders {
            let path = folder.path().join("bin").join(name);
            if let Some(found) = Self::at(&path).await
                && newest.as_ref().is_none_or(|best| found.major > best.major)
            {
                newest = Some(found);
            }
        }
        newest
            .ok_or_else(|| Failure::general(format!("{name} is not installed")))?
            .at_least(name, least)
    }

    fn at_least(self, name: &str, least: u32) -> Result<Self, Failure> {
        if self.major >= least {
            return Ok(self);
        }
        Err(Failure::general(format!(
            "{name} {} is older than the server, which has version {least}",
            self.major
        )))
    }

    async fn at(path: &Path) -> Option<Self> {
        let told = command(path).arg("--version").output().await.ok()?;
        let text = String::from_utf8(told.stdout).ok()?;
        Some(Self {
            path: path.to_owned(),
            major: major(&text)?,
        })
    }

    /// Runs it against a database to its end; what it complains of becomes the error.
    pub(super) async fn run<S: AsRef<OsStr>>(
        &self,
        database: Option<&Connection>,
        arguments: impl IntoIterator<Item = S>,
    ) -> Result<(), Failure> {
        let mut command = self.command(database, arguments);
        let done = command.stdout(Stdio::null()).output().await?;
        self.judge(done.status.success(), &done.stderr)
    }

    /// Runs it and gives each line it prints.
    pub(super) async fn lines<S: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = S>,
        mut line: impl FnMut(&str),
    ) -> Result<(), Failure> {
        let mut child = self
            .command(None, arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let stderr = child.stderr.take().map(|mut stderr| {
            tokio::spawn(async move {
                let mut text = Vec::new();
                let _ = tokio::io::AsyncReadExt::read_to_end(&mut stderr, &mut text).await;
                text
            })
        });
        if let Some(stdout) = child.stdout.take() {
            let mut reader = tokio::io::BufReader::new(stdout);
            let mut bytes = Vec::new();
            while reader.read_until(b'\n', &mut bytes).await? > 0 {
                line(String::from_utf8_lossy(&bytes).trim_end_matches('\n'));
                bytes.clear();
            }
        }
        let status = child.wait().await?;
        let complaint = match stderr {
            Some(reading) => reading.await.unwrap_or_default(),
            None => Vec::new(),
        };
        self.judge(status.success(), &complaint)
    }

    fn command<S: AsRef<OsStr>>(
        &self,
        database: Option<&Connection>,
        arguments: impl IntoIterator<Item = S>,
    ) -> Command {
        let mut command = command(&self.path);
        if let Some(database) = database {
            command.envs(database.variables.iter().map(|(name, value)| (name, value)));
        }
        command
            .args(arguments)
            .stdin(Stdio::null())
            .kill_on_drop(true);
        command
    }

    fn judge(&self, success: bool, complaint: &[u8]) -> Result<(), Failure> {
        if success {
            return Ok(());
        }
        let text = String::from_utf8_lossy(complaint);
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        let told = lines.get(..lines.len().min(3)).unwrap_or_default();
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        Err(Failure::general(format!(
            "{name} failed: {}",
            told.join("; ")
        )))
    }
}

/// One that is not told our settings: none of them is its business, the encryption key least of all.
fn command(path: &Path) -> Command {
    let mut command = Command::new(path);
    for variable in config::variables() {
        command.env_remove(variable);
    }
    command
}

/// Restores a custom-format dump as one transaction.
pub(super) async fn pg_restore(
    program: &Program,
    database: &Connection,
    dump: &Path,
) -> Result<(), Failure> {
    let mut name = OsString::from("--dbname=");
    name.push(database.database().unwrap_or_default());
    let fixed = [
        "--single-transaction",
        "--no-owner",
        "--no-privileges",
        "--no-password",
    ];
    let arguments = fixed
        .map(OsString::from)
        .into_iter()
        .chain([name, dump.as_os_str().to_owned()]);
    program.run(Some(database), arguments).await
}

/// `pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`
fn major(version: &str) -> Option<u32> {
    let number = version.split(") ").nth(1)?;
    let digits = number.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

/// A database as PostgreSQL's programs are told of it: in their environment, where no other user sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Connection {
    variables: Vec<(&'static str, OsString)>,
}

impl Connection {
    /// Reads a URL as the server does.
    pub(super) fn of(url: &str) -> Self {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, database) = rest.split_once('/').unwrap_or((rest, ""));
        let (user, place) = authority.rsplit_once('@').unwrap_or(("", authority));
        let (user, password) = user.split_once(':').unwrap_or((user, ""));
        let (host, port) = match place.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, port),
            _ => (place, ""),
        };
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let mut new = Self {
            variables: Vec::new(),
        };
        new.set("PGHOST", host);
        new.set("PGPORT", port);
        new.set("PGUSER", user);
        new.set("PGPASSWORD", password);
        new.set("PGDATABASE", database);
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            let variable = match name {
                "host" => "PGHOST",
                "hostaddr" => "PGHOSTADDR",
                "port" => "PGPORT",
                "user" => "PGUSER",
                "password" => "PGPASSWORD",
                "dbname" => "PGDATABASE",
                "passfile" => "PGPASSFILE",
                "options" => "PGOPTIONS",
                "sslmode" | "ssl-mode" => "PGSSLMODE",
                "sslrootcert" | "ssl-root-cert" | "ssl-ca" => "PGSSLROOTCERT",
                "sslcert" | "ssl-cert" => "PGSSLCERT",
                "sslkey" | "ssl-key" => "PGSSLKEY",
                _ => continue,
            };
            new.set(variable, value);
        }
        new
    }

    /// The name of the database; the user's if the URL names none.
    pub(super) fn database(&self) -> Option<&OsStr> {
        let value = |wanted: &str| self.variables.iter().find(|(name, _)| *name == wanted);
        value("PGDATABASE")
            .or_else(|| value("PGUSER"))
            .map(|(_, value)| value.as_os_str())
    }

    fn set(&mut self, variable: &'static str, encoded: &str) {
        if encoded.is_empty() {
            return;
        }
        self.variables.retain(|(name, _)| *name != variable);
        self.variables.push((variable, decoded(encoded)));
    }
}

/// RFC 3986 §2.1.
fn decoded(text: &str) -> OsString {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escaped = after
            .get(..2)
            .filter(|_| first == b'%')
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(byte) = escaped {
            bytes.push(byte);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned().into()
}

/// The same URL with another database.
pub(super) fn with_database(url: &str, database: &str) -> String {
    let (base, query) = url.split_once('?').unwrap_or((url, ""));
    let server = base
        .split_once("://")
        .map(|(scheme, rest)| {
            let (authority, _) = rest.split_once('/').unwrap_or((rest, ""));
            format!("{scheme}://{authority}")
        })
        .unwrap_or_default();
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("dbname="))
        .collect();
    format!("{server}/{database}?{}", kept.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variables(url: &str) -> Vec<(&'static str, String)> {
        let mut variables: Vec<_> = Connection::of(url)
            .variables
            .into_iter()
            .map(|(name, value)| (name, value.into_string().unwrap()))
            .collect();
        variables.sort();
        variables
    }

    #[test]
    fn a_url_becomes_an_environment() {
        let expected = [
            ("PGDATABASE", "d b"),
            ("PGHOST", "db.example.com"),
            ("PGPASSWORD", "p@:/ss"),
            ("PGPORT", "5433"),
            ("PGSSLMODE", "require"),
            ("PGUSER", "u"),
        ]
        .map(|(name, value)| (name, value.to_owned()));
        let url = "postgres://u:p%40:%2Fss@db.example.com:5433/d%20b?sslmode=require&statement-cache-capacity=0";
        assert_eq!(variables(url), expected);
        let socket = variables("postgres:///hj?host=/run/pg&user=u");
        assert_eq!(socket[1], ("PGHOST", "/run/pg".to_owned()));
        assert_eq!(variables("postgres://u@[::1]:5/d")[1].1, "::1");
        assert_eq!(
            Connection::of("postgres://ada@h").database(),
            Some(OsStr::new("ada"))
        );
    }

    #[test]
    fn another_database_on_the_same_server() {
        assert_eq!(
            with_database("postgres://u:p@h:5/d?sslmode=require&dbname=x", "other"),
            "postgres://u:p@h:5/other?sslmode=require"
        );
        assert_eq!(with_database("postgres://h", "o"), "postgres://h/o?");
    }

    #[test]
    fn versions_are_read_as_they_are_told() {
        assert_eq!(
            major("pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"),
            Some(15)
        );
        assert_eq!(major("pg_dump (PostgreSQL) 19devel"), Some(19));
        assert_eq!(major("something else"), None);
    }
}

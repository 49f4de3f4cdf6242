//! PostgreSQL's own programs. There is no test without them.

use std::{ffi::OsStr, path::PathBuf, process::Command};

/// One of them, the newest that is installed.
pub(crate) fn postgres(name: &str) -> PathBuf {
    let mut installed: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|folder| {
            let version = folder.file_name().to_str()?.parse().ok()?;
            let path = folder.path().join("bin").join(name);
            path.is_file().then_some((version, path))
        })
        .collect();
    installed.sort();
    installed
        .pop()
        .map_or_else(|| PathBuf::from(name), |(_, path)| path)
}

/// Runs one of them to its end, and gives what it printed.
pub(crate) fn as_postgres<S: AsRef<OsStr>>(
    name: &str,
    arguments: impl IntoIterator<Item = S>,
) -> String {
    let done = Command::new(postgres(name))
        .args(arguments)
        .output()
        .unwrap_or_else(|error| panic!("{name} must be installed: {error}"));
    let complaint = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{name}: {complaint}");
    String::from_utf8(done.stdout).unwrap()
}

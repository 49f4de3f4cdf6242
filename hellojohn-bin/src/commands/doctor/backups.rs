use std::{fs, path::Path, time::Duration};

use crate::{config::Config, findings::Findings};

/// The documented aim: never more than a day is lost.
const OLD: Duration = Duration::from_hours(26);

/// How old the newest backup is, if it is known where backups are.
pub(super) fn look(config: &Config, findings: &mut Findings) {
    let Some(folder) = config.backup_dir.as_deref() else {
        findings.warn(
            "newest backup",
            "no folder is named, so nothing is known of backups",
            "set HELLOJOHN_BACKUP_DIR to where they are written",
        );
        return;
    };
    match newest(folder) {
        Ok(Some(age)) => {
            let hours = age.as_secs() / 3_600;
            if age > OLD {
                findings.bad(
                    "newest backup",
                    format!("{hours} hours old"),
                    "find out why the timer did not run; it is meant to run every day",
                );
            } else {
                findings.good("newest backup", format!("{hours} hours old"));
            }
        }
        Ok(None) => findings.bad(
            "newest backup",
            "the folder is empty",
            "run `hj backup create`",
        ),
        Err(error) => findings.bad(
            "newest backup",
            format!("the folder cannot be read ({})", error.kind()),
            "check HELLOJOHN_BACKUP_DIR and the rights of this user",
        ),
    }
}

/// How long ago the newest file of a folder was written.
fn newest(folder: &Path) -> std::io::Result<Option<Duration>> {
    let mut newest: Option<Duration> = None;
    for entry in fs::read_dir(folder)? {
        let about = entry?.metadata()?;
        if about.is_file() && about.len() > 0 {
            // A file from the future is as new as can be.
            let age = about.modified()?.elapsed().unwrap_or_default();
            newest = Some(newest.map_or(age, |newest| newest.min(age)));
        }
    }
    Ok(newest)
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    #[test]
    fn the_newest_file_that_is_not_empty_counts() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(newest(folder.path()).unwrap(), None);
        fs::write(folder.path().join("empty.dump"), "").unwrap();
        assert_eq!(newest(folder.path()).unwrap(), None);
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        let old = fs::File::create(folder.path().join("old.dump")).unwrap();
        std::io::Write::write_all(&mut &old, b"x").unwrap();
        old.set_modified(long_ago).unwrap();
        assert!(newest(folder.path()).unwrap().unwrap() > OLD);
        fs::write(folder.path().join("new.dump"), "x").unwrap();
        assert!(newest(folder.path()).unwrap().unwrap() < OLD);
    }
}

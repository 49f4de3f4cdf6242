use std::fs;

/// Where the limit of open files cannot be read.
const FALLBACK: usize = 1_024;
/// Beyond this the memory of connections is the limit.
const MOST: usize = 65_536;

/// How many connections may be open at once: 80 % of the files this process may open (R188).
pub(super) fn connections() -> usize {
    let limits = fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let files = open_files(&limits).unwrap_or(FALLBACK);
    (files.saturating_mul(8) / 10).clamp(1, MOST)
}

/// The soft limit, as Linux shows it.
fn open_files(limits: &str) -> Option<usize> {
    let line = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max open files"))?;
    match line.split_whitespace().next()? {
        "unlimited" => Some(usize::MAX),
        number => number.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_soft_limit_counts() {
        let limits = "Limit                     Soft Limit           Hard Limit           Units\n\
            Max processes             95970                95970                processes\n\
            Max open files            1024                 1048576              files\n";
        assert_eq!(open_files(limits), Some(1_024));
        assert_eq!(open_files("nonsense"), None);
        assert!((1..=MOST).contains(&connections()));
    }
}

//! Words that are no password (R004).

use super::{Weakness, text::folded};

/// Common passwords, folded, one a line, in byte order; see the README beside the file.
static COMMON: &str = include_str!("common_passwords.txt");

/// Refuses a password that as a whole is a common one or one of the context words.
pub(super) fn check(password: &str, context_words: &[&str]) -> Result<(), Weakness> {
    let password = folded(password);
    if is_common(&password) {
        return Err(Weakness::Common);
    }
    let same = |word: &str| !word.is_empty() && *folded(word) == *password;
    let local_part = |word: &str| word.rsplit_once('@').is_some_and(|(local, _)| same(local));
    if context_words
        .iter()
        .any(|word| same(word) || local_part(word))
    {
        return Err(Weakness::Personal);
    }
    Ok(())
}

/// Searches the text itself by halves: an index of its lines would cost more memory than the list.
fn is_common(folded: &str) -> bool {
    let (mut low, mut high) = (0, COMMON.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let Some((start, line)) = line_at(middle) else {
            return false;
        };
        match line.cmp(folded) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = start + line.len() + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    false
}

/// The line that byte `at` is in, and where it starts.
fn line_at(at: usize) -> Option<(usize, &'static str)> {
    let bytes = COMMON.as_bytes();
    let start = bytes
        .get(..at)?
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |end| end + 1);
    let length = bytes.get(start..)?.iter().position(|byte| *byte == b'\n')?;
    Some((start, COMMON.get(start..start + length)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_long_sorted_unique_and_folded() {
        let lines: Vec<&str> = COMMON.lines().collect();
        assert!(lines.len() >= 10_000, "{}", lines.len());
        assert!(lines.is_sorted_by(|left, right| left < right));
        assert!(
            lines
                .iter()
                .all(|line| line.chars().count() >= 4 && *folded(line) == **line)
        );
        assert!(lines.iter().filter(|line| line.len() >= 8).count() >= 10_000);
        assert!(COMMON.ends_with('\n') && COMMON.len() < 300_000);
    }

    #[test]
    fn every_line_is_found_and_its_neighbours_are_not() {
        for line in COMMON.lines() {
            assert!(is_common(line), "{line}");
            let beside = format!("{line}\u{1}");
            assert!(!is_common(&beside), "{beside}");
        }
        for absent in [
            "",
            "\n",
            "!",
            "zzzzzzzzzzzzzzzzzz",
            "password123\npassword2",
            "\u{10ffff}",
        ] {
            assert!(!is_common(absent), "{absent:?}");
        }
    }

    #[test]
    fn case_and_width_do_not_help() {
        for text in [
            "password123",
            "PASSWORD123",
            "iLoveYou",
            "\u{ff51}wertyuiop",
        ] {
            assert_eq!(check(text, &[]), Err(Weakness::Common), "{text}");
        }
        assert_eq!(check("so my password123 it is", &[]), Ok(()));
    }
}

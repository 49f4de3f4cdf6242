//! Whether a script of `pg_dump` stays in the database it is restored into.

use std::io::{self, BufRead};

/// The first line with which a script would reach another database than its own.
///
/// With `--create` it makes or even drops the database it came from, and connects to it: the live one.
/// A command of psql may stand anywhere outside of quotes and of the rows of a `COPY`.
pub(super) fn way_out(script: impl BufRead) -> io::Result<Option<String>> {
    let mut copying = false;
    let mut quoting = Quoting::Nothing;
    for (number, line) in (1_u64..).zip(script.split(b'\n')) {
        let line = line?;
        let line = String::from_utf8_lossy(line.trim_ascii_end());
        if copying {
            copying = line != "\\.";
            continue;
        }
        let begins_outside = quoting == Quoting::Nothing;
        let code = quoting.outside(&line);
        copying = begins_outside && code.starts_with("COPY ") && code.ends_with(" FROM stdin;");
        let command = code.contains('\\') && !(begins_outside && is_restriction(&line));
        if command || code.split(';').any(is_of_a_database) {
            let shown: String = line.chars().take(60).collect();
            return Ok(Some(format!("line {number}: {shown}")));
        }
    }
    Ok(None)
}

/// With these `pg_dump` itself keeps other commands of psql out.
fn is_restriction(line: &str) -> bool {
    let key = ["\\restrict ", "\\unrestrict "]
        .iter()
        .find_map(|start| line.strip_prefix(start));
    key.is_some_and(|key| key.chars().all(|c| c.is_ascii_alphanumeric()))
}

fn is_of_a_database(statement: &str) -> bool {
    let upper = statement.trim_start().to_uppercase();
    ["CREATE", "DROP", "ALTER"]
        .iter()
        .filter_map(|verb| upper.strip_prefix(verb))
        .any(|rest| rest.trim_start().starts_with("DATABASE "))
}

/// What the text is inside of, as psql reads it; a line may begin in the middle of it.
#[derive(Clone, PartialEq, Eq)]
enum Quoting {
    Nothing,
    /// `'…'`
    Text,
    /// `E'…'`, where a backslash hides the quote after it.
    Escaped,
    /// `"…"`
    Name,
    /// `$tag$…$tag$`, with its dollars.
    Dollars(String),
    /// `/* … */`, so deep.
    Comment(u32),
}

impl Quoting {
    /// What of a line is not quoted and no comment, each of those as a blank.
    fn outside(&mut self, line: &str) -> String {
        let mut code = String::new();
        let mut rest = line;
        while let Some(first) = rest.chars().next() {
            let length = match self {
                Self::Nothing if rest.starts_with("--") => break,
                Self::Nothing => {
                    let length = self.open(rest, code.chars().next_back());
                    code.push(if *self == Self::Nothing { first } else { ' ' });
                    length
                }
                _ => self.close(rest),
            };
            let step = length.max(first.len_utf8());
            rest = rest.get(step..).unwrap_or_default();
        }
        code
    }

    /// Begins what begins here; how long its beginning is.
    fn open(&mut self, rest: &str, before: Option<char>) -> usize {
        let in_word = before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '$'));
        let tag = tag(rest).filter(|_| !in_word);
        *self = if rest.starts_with('\'') {
            Self::Text
        } else if !in_word && (rest.starts_with("E'") || rest.starts_with("e'")) {
            Self::Escaped
        } else if rest.starts_with('"') {
            Self::Name
        } else if rest.starts_with("/*") {
            Self::Comment(1)
        } else if let Some(tag) = tag {
            Self::Dollars(tag.to_owned())
        } else {
            return 0;
        };
        match self {
            Self::Escaped | Self::Comment(_) => 2,
            Self::Dollars(tag) => tag.len(),
            _ => 1,
        }
    }

    /// Ends what ends here; how long that is.
    fn close(&mut self, rest: &str) -> usize {
        let (length, ends) = match self {
            Self::Escaped if rest.starts_with('\\') => {
                let hidden = rest.chars().nth(1).map_or(0, char::len_utf8);
                (1 + hidden, false)
            }
            Self::Comment(deep) if rest.starts_with("/*") => {
                *deep += 1;
                (2, false)
            }
            Self::Comment(deep) if rest.starts_with("*/") => {
                *deep -= 1;
                (2, *deep == 0)
            }
            Self::Dollars(tag) if rest.starts_with(tag.as_str()) => (tag.len(), true),
            // A doubled quote ends one and begins the next, which is all the same here.
            Self::Text | Self::Escaped => (1, rest.starts_with('\'')),
            Self::Name => (1, rest.starts_with('"')),
            _ => (0, false),
        };
        if ends {
            *self = Self::Nothing;
        }
        length
    }
}

/// `$$` or `$tag$` at the beginning.
fn tag(text: &str) -> Option<&str> {
    let name = text.strip_prefix('$')?.split_once('$')?.0;
    let is_name = name.chars().all(|c| c.is_alphanumeric() || c == '_')
        && !name.starts_with(|c: char| c.is_ascii_digit());
    text.get(..name.len() + 2).filter(|_| is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(script: &str) -> Option<String> {
        way_out(script.as_bytes()).unwrap()
    }

    #[test]
    fn a_script_that_leaves_its_database_is_found() {
        for (script, line) in [
            ("\\connect hellojohn", 1),
            ("--\n\\c live", 2),
            ("  \\c live", 1),
            ("SELECT 1; \\! touch x", 1),
            ("SELECT 1 \\g /tmp/x", 1),
            ("\\restrict abc \\! touch x", 1),
            ("SELECT 'a''b'; \\c live", 1),
            ("SELECT E'\\''; \\c live", 1),
            ("SELECT $a$ ' $a$; \\c live", 1),
            ("SELECT \"'\"; /* ' /* */ ' */ \\c live", 1),
            ("-- it's\n\\c live", 2),
            ("SELECT '\n'; \\c live", 2),
            ("SELECT '\nCOPY t FROM stdin;\n'; \\c live", 3),
            ("DROP DATABASE hellojohn;", 1),
            ("SELECT 1; DROP DATABASE hellojohn;", 1),
            ("\n\n  create  database x;", 3),
            ("ALTER DATABASE x SET y = 1;", 1),
            ("COPY t FROM stdin;\n\\.\n\\! rm -rf x", 3),
        ] {
            let found = of(script).unwrap_or_else(|| panic!("{script}"));
            assert!(found.starts_with(&format!("line {line}: ")), "{found}");
        }
    }

    #[test]
    fn what_pg_dump_writes_of_one_database_stays_there() {
        for script in [
            "\\restrict abc\nCOPY public.t (a, b) FROM stdin;\n\\N\tDROP DATABASE x\n\\.\n\\unrestrict abc\n",
            "INSERT INTO t VALUES ('x\\y');\nALTER TABLE t OWNER TO u;",
            "INSERT INTO t VALUES ('ends with \\');\nINSERT INTO t VALUES ('a\n\\c live\n');",
            "CREATE FUNCTION f() AS $_$\n  SELECT '\\d', 'DROP DATABASE x;' -- it's\n$_$;",
            "COMMENT ON TABLE t IS E'a\\\\b';",
            "/* \\c\n \\c */ SELECT 1; -- \\c",
            "SELECT $1, a$b$c;",
        ] {
            assert_eq!(of(script), None, "{script}");
        }
    }
}

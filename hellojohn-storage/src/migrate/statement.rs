//! What SQL statements are, as far as migrations must know: where they end, and what they lock.

mod alter;
mod change;
mod cursor;
mod effect;
mod scan;
mod split;

pub(super) use alter::Action;
pub(super) use change::{Change, change};
pub(super) use effect::{Effect, On, effects, effects_on_sqlite};
pub use effect::{LockMode, Work};
pub(super) use scan::{Lexeme, Token, lexemes};
pub(super) use split::statements;

/// The beginning of a statement on one line: comments left out, literals hidden, at most 80 characters.
///
/// A literal may be somebody's secret.
pub(super) fn summary(statement: &str) -> String {
    const MOST: usize = 80;
    let mut text = String::new();
    let mut end = 0;
    for lexeme in lexemes(statement) {
        if end > 0 && lexeme.start > end {
            text.push(' ');
        }
        end = lexeme.start + lexeme.text.len();
        match lexeme.token {
            Token::Literal => text.push_str("'…'"),
            _ => text.push_str(&lexeme.text.replace(char::is_whitespace, " ")),
        }
        if text.len() > MOST * 4 {
            break;
        }
    }
    if text.chars().count() <= MOST {
        return text;
    }
    let mut cut: String = text.chars().take(MOST - 1).collect();
    cut.push('…');
    cut
}

/// An index definition without what one writer says and another leaves out, so that two can be compared.
pub(super) fn same_index(left: &str, right: &str) -> bool {
    index_words(left) == index_words(right)
}

fn index_words(statement: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for lexeme in lexemes(statement) {
        let word = lexeme.text.trim_matches('"').to_lowercase();
        match word.as_str() {
            "." => drop(words.pop()),
            "concurrently" | ";" => {}
            "btree" if words.last().is_some_and(|last| last == "using") => drop(words.pop()),
            _ => words.push(word),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_one_short_line_without_literals() {
        assert_eq!(
            summary(
                "-- why\nUPDATE t\n  SET a = 'hunter2', b = $$hunter2$$, c=E'x\\'hunter2' -- no\n WHERE \"i d\" = 1"
            ),
            "UPDATE t SET a = '…', b = '…', c='…' WHERE \"i d\" = 1"
        );
        let long = format!("SELECT {}", "a, ".repeat(100));
        assert_eq!(summary(&long).chars().count(), 80);
        assert!(!summary("SELECT 'hunter2").contains("hunter2"));
    }

    #[test]
    fn definitions_are_compared_and_not_their_spelling() {
        let ours = "CREATE INDEX CONCURRENTLY i ON t (a, b)";
        assert!(same_index(
            ours,
            "CREATE INDEX i ON public.t USING btree (a, b)"
        ));
        for other in [
            "CREATE INDEX i ON public.t USING btree (b, a)",
            "CREATE UNIQUE INDEX i ON public.t USING btree (a, b)",
            "CREATE INDEX i ON public.u USING btree (a, b)",
            "CREATE INDEX i ON public.t USING hash (a, b)",
        ] {
            assert!(!same_index(ours, other), "{other}");
        }
    }
}

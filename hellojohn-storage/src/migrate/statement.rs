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
    let mut after_literal = false;
    let mut lexemes = lexemes(statement).into_iter().peekable();
    while let Some(lexeme) = lexemes.next() {
        // The type of a literal is said by PostgreSQL and seldom by people: `'x'::text`.
        if after_literal && lexeme.is(":") {
            lexemes.next_if(|colon| colon.is(":"));
            lexemes.next_if(|kind| kind.token == Token::Word);
            continue;
        }
        after_literal = lexeme.token == Token::Literal;
        if after_literal {
            words.push(lexeme.text.to_owned());
            continue;
        }
        let word = lexeme.text.trim_matches('"').to_lowercase();
        match word.as_str() {
            "." => drop(words.pop()),
            "concurrently" | ";" => {}
            "btree" if words.last().is_some_and(|last| last == "using") => drop(words.pop()),
            _ => words.push(word),
        }
    }
    if let Some(at) = words.iter().position(|word| word == "where") {
        let condition = words.split_off(at + 1);
        words.extend(plain_condition(condition));
    }
    words
}

/// A condition without the parentheses that PostgreSQL puts around all of it and each comparison.
fn plain_condition(mut words: Vec<String>) -> Vec<String> {
    while let Some((open, close)) = around_comparison(&words) {
        words.remove(close);
        words.remove(open);
    }
    while let [first, inner @ .., last] = words.as_slice()
        && first == "("
        && last == ")"
        && is_balanced(inner)
    {
        words = inner.to_vec();
    }
    words
}

/// Where a pair of parentheses stands that holds one comparison, so that they decide nothing.
fn around_comparison(words: &[String]) -> Option<(usize, usize)> {
    const DECIDES: [&str; 14] = [
        "and", "or", "not", "in", "any", "all", "select", "+", "-", "*", "/", "%", "|", ",",
    ];
    (0..words.len()).find_map(|open| {
        let (before, rest) = words.split_at_checked(open)?;
        let inside = rest.strip_prefix(&["(".to_owned()])?;
        let inner = (0..inside.len()).find_map(|end| {
            let closes = inside.get(end)? == ")";
            inside
                .get(..end)
                .filter(|inner| closes && is_balanced(inner))
        })?;
        let of_call = before.last().is_some_and(|word| {
            word.starts_with(char::is_alphanumeric)
                && !["and", "or", "not"].contains(&word.as_str())
        });
        let decides = inner.iter().enumerate().any(|(at, word)| {
            let is_not = word == "not" && at > 0 && inner.get(at - 1).is_some_and(|is| is == "is");
            DECIDES.contains(&word.as_str()) && !is_not
        });
        (!of_call && !decides).then_some((open, open + 1 + inner.len()))
    })
}

/// Whether no parenthesis is closed in it that was opened before it.
fn is_balanced(words: &[String]) -> bool {
    let mut depth = 0_u32;
    for word in words {
        match word.as_str() {
            "(" => depth += 1,
            ")" if depth == 0 => return false,
            ")" => depth -= 1,
            _ => {}
        }
    }
    depth == 0
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
        for (ours, theirs) in [
            ("b IS NOT NULL", "(b IS NOT NULL)"),
            ("a = 'X' AND b IS NULL", "((a = 'X'::text) AND (b IS NULL))"),
            ("a > 1 OR b > 1", "((a > 1) OR (b > 1))"),
            (
                "(a > 1 OR b > 1) AND lower(c) = 'x'",
                "(((a > 1) OR (b > 1)) AND (lower(c) = 'x'::text))",
            ),
        ] {
            assert!(
                same_index(
                    &format!("CREATE INDEX i ON t (a) WHERE {ours}"),
                    &format!("CREATE INDEX i ON public.t USING btree (a) WHERE {theirs}"),
                ),
                "{ours}"
            );
        }
        for (ours, theirs) in [
            ("b IS NOT NULL", "(b IS NULL)"),
            ("a = 'X'", "(a = 'x'::text)"),
            ("a > 1 AND (b > 1 OR c > 1)", "((a > 1 AND b > 1) OR c > 1)"),
            ("NOT (a AND b)", "((NOT a) AND b)"),
            ("(a > 1 OR b > 1) AND c > 1", "(a > 1 OR (b > 1 AND c > 1))"),
        ] {
            assert!(
                !same_index(
                    &format!("CREATE INDEX i ON t (a) WHERE {ours}"),
                    &format!("CREATE INDEX i ON public.t USING btree (a) WHERE {theirs}"),
                ),
                "{ours}"
            );
        }
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

/// One word, literal or sign of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Lexeme<'s> {
    pub(in super::super) token: Token,
    pub(in super::super) text: &'s str,
    pub(in super::super) start: usize,
}

/// What kind of thing a lexeme is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Token {
    /// A key word, or a name without quotes.
    Word,
    /// A name in double quotes.
    Quoted,
    /// A string, in single quotes or between dollar signs.
    Literal,
    Number,
    /// One sign.
    Sign,
}

impl Lexeme<'_> {
    /// Whether it is this word, in any case.
    pub(in super::super) fn is(&self, word: &str) -> bool {
        !matches!(self.token, Token::Quoted | Token::Literal)
            && self.text.eq_ignore_ascii_case(word)
    }
}

/// Takes a script apart; comments are left out. What is never closed goes on to the end.
pub(in super::super) fn lexemes(script: &str) -> Vec<Lexeme<'_>> {
    let mut found = Vec::new();
    let mut start = 0;
    while let Some(rest) = script.get(start..).filter(|rest| !rest.is_empty()) {
        let (token, length) = next(rest);
        if let (Some(token), Some(text)) = (token, rest.get(..length)) {
            found.push(Lexeme { token, text, start });
        }
        start += length.max(1);
    }
    found
}

/// The kind and the length of what a text begins with; no kind for blanks and comments.
fn next(rest: &str) -> (Option<Token>, usize) {
    let first = rest.chars().next().unwrap_or_default();
    if first.is_whitespace() {
        return (None, first.len_utf8());
    }
    if rest.starts_with("--") {
        return (None, rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return (None, comment(rest));
    }
    if rest.starts_with("E'") || rest.starts_with("e'") {
        return (
            Some(Token::Literal),
            1 + quoted(rest.get(1..).unwrap_or_default(), '\'', Escapes::Yes),
        );
    }
    match first {
        '\'' => (Some(Token::Literal), quoted(rest, '\'', Escapes::No)),
        '"' => (Some(Token::Quoted), quoted(rest, '"', Escapes::No)),
        '$' => match dollar_quoted(rest) {
            Some(length) => (Some(Token::Literal), length),
            None => (Some(Token::Sign), 1),
        },
        _ if is_of_word(first) && !first.is_ascii_digit() => {
            (Some(Token::Word), run(rest, |c| is_of_word(c) || c == '$'))
        }
        _ if first.is_ascii_digit() => (
            Some(Token::Number),
            run(rest, |c| is_of_word(c) || c == '.'),
        ),
        _ => (Some(Token::Sign), first.len_utf8()),
    }
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

/// PostgreSQL's comments nest.
fn comment(text: &str) -> usize {
    let mut depth = 0_u32;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                break;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    at.min(text.len())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Escapes {
    Yes,
    No,
}

/// A doubled quote stands for itself; so does, in `E'…'`, one after a backslash.
fn quoted(text: &str, quote: char, escapes: Escapes) -> usize {
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && escapes == Escapes::Yes {
            chars.next();
        } else if c == quote {
            if chars.peek().is_none_or(|(_, next)| *next != quote) {
                return at + 1;
            }
            chars.next();
        }
    }
    text.len()
}

/// `$$ … $$` or `$tag$ … $tag$`; not the parameter `$1`.
fn dollar_quoted(text: &str) -> Option<usize> {
    let tag = text.get(1..)?;
    let name = run(tag, is_of_word);
    let starts_well = tag
        .get(..name)?
        .chars()
        .next()
        .is_none_or(|c| !c.is_ascii_digit());
    if !starts_well || !tag.get(name..)?.starts_with('$') {
        return None;
    }
    let delimiter = text.get(..name + 2)?;
    let body = text.get(delimiter.len()..)?;
    let end = body
        .find(delimiter)
        .map_or(text.len(), |end| end + 2 * delimiter.len());
    Some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_comes_apart_into_words_literals_and_signs() {
        let script = "-- a\nSELECT 'it''s; --', \"a\"\"b\" /* x /* y */ ; */ FROM t1 WHERE $1 >= 1.5e3 AND $f$;'$f$ = E'\\';'";
        let texts: Vec<&str> = lexemes(script).iter().map(|lexeme| lexeme.text).collect();
        assert_eq!(
            texts,
            [
                "SELECT",
                "'it''s; --'",
                ",",
                "\"a\"\"b\"",
                "FROM",
                "t1",
                "WHERE",
                "$",
                "1",
                ">",
                "=",
                "1.5e3",
                "AND",
                "$f$;'$f$",
                "=",
                "E'\\';'",
            ]
        );
    }

    #[test]
    fn what_is_never_closed_goes_on_to_the_end() {
        for script in ["'a;", "\"a;", "$$a;", "$a$a;$b$", "E'a;\\'"] {
            assert_eq!(lexemes(script).len(), 1, "{script}");
        }
        assert!(lexemes("/* a /* b */ c;").is_empty());
        assert!(lexemes("-- ü").is_empty());
    }
}

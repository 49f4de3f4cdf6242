//! The words of SQL text, so that the same statement written differently is the same.

/// One word, literal or sign, in its one spelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Key words in capitals, names in small letters, literals as they are.
    pub(super) text: String,
    sort: Sort,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Keyword,
    Name,
    Literal,
    Sign,
}

const KEYWORDS: [&str; 74] = [
    "ACTION",
    "AFTER",
    "ALWAYS",
    "AND",
    "AS",
    "ASC",
    "AUTOINCREMENT",
    "BEFORE",
    "BEGIN",
    "BETWEEN",
    "BY",
    "CASCADE",
    "CASE",
    "CHECK",
    "COLLATE",
    "CONFLICT",
    "CONSTRAINT",
    "CREATE",
    "DEFAULT",
    "DEFERRABLE",
    "DEFERRED",
    "DELETE",
    "DESC",
    "EACH",
    "ELSE",
    "END",
    "EXISTS",
    "FOR",
    "FOREIGN",
    "FROM",
    "GENERATED",
    "GLOB",
    "GROUP",
    "IGNORE",
    "IMMEDIATE",
    "IN",
    "INDEX",
    "INITIALLY",
    "INSERT",
    "INSTEAD",
    "INTO",
    "IS",
    "KEY",
    "LIKE",
    "LIMIT",
    "NO",
    "NOT",
    "NULL",
    "OF",
    "ON",
    "OR",
    "ORDER",
    "PRIMARY",
    "REFERENCES",
    "REPLACE",
    "RESTRICT",
    "ROW",
    "ROWID",
    "SELECT",
    "SET",
    "STORED",
    "STRICT",
    "TABLE",
    "THEN",
    "TRIGGER",
    "UNION",
    "UNIQUE",
    "UPDATE",
    "VALUES",
    "VIEW",
    "VIRTUAL",
    "WHEN",
    "WHERE",
    "WITHOUT",
];

const LONG_SIGNS: [&str; 9] = ["->>", "->", "<=", ">=", "<>", "!=", "==", "||", "<<"];

impl Token {
    /// Whether this is the key word.
    pub(super) fn is(&self, keyword: &str) -> bool {
        self.sort == Sort::Keyword && self.text == keyword
    }

    /// Whether this is the sign.
    pub(super) fn is_sign(&self, sign: &str) -> bool {
        self.sort == Sort::Sign && self.text == sign
    }

    fn word(text: &str) -> Self {
        let upper = text.to_ascii_uppercase();
        if KEYWORDS.contains(&upper.as_str()) {
            Self::new(upper, Sort::Keyword)
        } else {
            Self::new(text.to_lowercase(), Sort::Name)
        }
    }

    /// A name in quotes, which it keeps only if it needs them.
    fn quoted(name: &str) -> Self {
        let plain = name.chars().all(is_of_word)
            && !name.starts_with(|first: char| first.is_ascii_digit())
            && !name.is_empty();
        let word = Self::word(name);
        if plain && word.sort == Sort::Name {
            word
        } else {
            Self::new(format!("\"{name}\""), Sort::Name)
        }
    }

    const fn new(text: String, sort: Sort) -> Self {
        Self { text, sort }
    }
}

/// Takes SQL apart; comments and white space are nothing.
pub(super) fn tokens(sql: &str) -> Vec<Token> {
    let mut rest = sql;
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        rest = if first.is_whitespace() {
            rest.trim_start()
        } else if let Some(comment) = rest.strip_prefix("--") {
            comment.split_once('\n').map_or("", |(_, after)| after)
        } else if let Some(comment) = rest.strip_prefix("/*") {
            comment.split_once("*/").map_or("", |(_, after)| after)
        } else {
            let (token, after) = next(rest, first);
            tokens.push(token);
            after
        };
    }
    tokens
}

/// Puts words together again, in the one way.
pub(super) fn render(tokens: &[Token]) -> String {
    let mut text = String::new();
    let mut before: Option<&Token> = None;
    for token in tokens {
        if before.is_some_and(|before| is_apart(before, token)) {
            text.push(' ');
        }
        text.push_str(&token.text);
        before = Some(token);
    }
    text
}

fn is_apart(before: &Token, token: &Token) -> bool {
    if before.is_sign("(") || before.is_sign(".") {
        return false;
    }
    if token.is_sign("(") {
        return before.sort != Sort::Name;
    }
    ![",", ")", ".", ";"].iter().any(|sign| token.is_sign(sign))
}

fn next(rest: &str, first: char) -> (Token, &str) {
    match first {
        '\'' => {
            let (literal, after) = enclosed(rest, '\'', '\'');
            (Token::new(literal.to_owned(), Sort::Literal), after)
        }
        '"' | '`' | '[' => {
            let close = if first == '[' { ']' } else { first };
            let (quoted, after) = enclosed(rest, first, close);
            let name = quoted.strip_prefix(first).unwrap_or(quoted);
            let name = name.strip_suffix(close).unwrap_or(name);
            (Token::quoted(name), after)
        }
        _ if is_of_word(first) => {
            let end = rest
                .find(|next: char| !(is_of_word(next) || first.is_ascii_digit() && next == '.'))
                .unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            (Token::word(word), after)
        }
        _ => {
            let long = LONG_SIGNS.iter().find(|sign| rest.starts_with(**sign));
            let length = long.map_or(first.len_utf8(), |sign| sign.len());
            let (sign, after) = rest.split_at(length);
            (Token::new(sign.to_owned(), Sort::Sign), after)
        }
    }
}

/// What stands between two marks, with them; a doubled mark within is part of it.
fn enclosed(rest: &str, open: char, close: char) -> (&str, &str) {
    let mut from = open.len_utf8();
    while let Some(tail) = rest.get(from..) {
        let Some(at) = tail.find(close) else { break };
        from += at + close.len_utf8();
        let doubled = open == close && rest.get(from..).is_some_and(|tail| tail.starts_with(close));
        if !doubled {
            return rest.split_at(from);
        }
        from += close.len_utf8();
    }
    (rest, "")
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || character == '$'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_way(sql: &str) -> String {
        render(&tokens(sql))
    }

    #[test]
    fn the_same_statement_has_one_spelling() {
        for same in [
            "CREATE INDEX idx ON hj_user (tenant_id, created_at) WHERE a IS NULL",
            "create  index IDX on \"hj_user\"(tenant_id,created_at)\n\twhere a is null",
            "CREATE INDEX [idx] ON `hj_user` (tenant_id /* why */, created_at) -- so\nWHERE a IS NULL",
        ] {
            assert_eq!(
                one_way(same),
                "CREATE INDEX idx ON hj_user(tenant_id, created_at) WHERE a IS NULL"
            );
        }
    }

    #[test]
    fn literals_and_needed_quotes_are_kept() {
        assert_eq!(
            one_way("x IN ('It''s', 'A -- b','') AND \"check\">=1.5||y"),
            "x IN ('It''s', 'A -- b', '') AND \"check\" >= 1.5 || y"
        );
        assert_eq!(one_way("'never closed"), "'never closed");
        assert_eq!(one_way("f (a.b)"), "f(a.b)");
    }
}

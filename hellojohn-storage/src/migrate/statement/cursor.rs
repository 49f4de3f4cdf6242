use super::scan::{Lexeme, Token};

/// Reads a statement from left to right.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'l, 's> {
    rest: &'l [Lexeme<'s>],
}

impl<'l, 's> Cursor<'l, 's> {
    pub(super) const fn new(lexemes: &'l [Lexeme<'s>]) -> Self {
        Self { rest: lexemes }
    }

    pub(super) const fn rest(&self) -> &'l [Lexeme<'s>] {
        self.rest
    }

    /// Goes past these words if they come next.
    pub(super) fn eat(&mut self, words: &str) -> bool {
        let mut rest = self.rest;
        for word in words.split(' ') {
            match rest.split_first() {
                Some((first, after)) if first.is(word) => rest = after,
                _ => return false,
            }
        }
        self.rest = rest;
        true
    }

    /// Goes past the first of these phrases that comes next.
    pub(super) fn eat_any(&mut self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.eat(phrase))
    }

    /// Goes past a name and answers its last part, as the database would keep it.
    pub(super) fn name(&mut self) -> Option<String> {
        loop {
            let (first, after) = self.rest.split_first()?;
            let name = match first.token {
                Token::Word => first.text.to_lowercase(),
                Token::Quoted => first.text.trim_matches('"').replace("\"\"", "\""),
                _ => return None,
            };
            self.rest = after;
            if !self.eat(".") {
                return Some(name);
            }
        }
    }

    /// Whether a word occurs further on.
    pub(super) fn has(&self, words: &str) -> bool {
        self.after(words).is_some()
    }

    /// What follows the first occurrence of these words.
    pub(super) fn after(&self, words: &str) -> Option<Self> {
        let mut at = *self;
        while !at.rest.is_empty() {
            let mut here = at;
            if here.eat(words) {
                return Some(here);
            }
            at.rest = at.rest.get(1..).unwrap_or_default();
        }
        None
    }

    /// The parts between commas that stand in no parentheses.
    pub(super) fn parts(&self) -> Vec<Self> {
        let mut parts = Vec::new();
        let (mut depth, mut start) = (0_i32, 0);
        for (at, lexeme) in self.rest.iter().enumerate() {
            match lexeme.text {
                "(" => depth += 1,
                ")" => depth -= 1,
                "," if depth == 0 => {
                    parts.push(Self::new(self.rest.get(start..at).unwrap_or_default()));
                    start = at + 1;
                }
                _ => {}
            }
        }
        parts.push(Self::new(self.rest.get(start..).unwrap_or_default()));
        parts
    }

    /// The tables that REFERENCES names.
    pub(super) fn references(&self) -> Vec<String> {
        let mut tables = Vec::new();
        let mut at = *self;
        while let Some(mut after) = at.after("REFERENCES") {
            at = after;
            tables.extend(after.name());
        }
        tables
    }
}

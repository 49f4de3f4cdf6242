//! Names and texts as parts of a statement that is put together.

/// A name in double quotes.
pub(crate) fn name(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A text in single quotes. PostgreSQL reads it like this with `standard_conforming_strings`, its default.
pub(crate) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A quoted name as a text, which PostgreSQL's `to_regclass` takes.
pub(crate) fn regclass(name: &str) -> String {
    literal(&self::name(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_quotation_is_doubled() {
        assert_eq!(name("a\"b'c"), "\"a\"\"b'c\"");
        assert_eq!(literal("a\"b'c"), "'a\"b''c'");
        assert_eq!(regclass("a\"b'c"), "'\"a\"\"b''c\"'");
    }
}

//! What only the text of a SQLite table tells: its constraints and their names, collations, options.

use super::tokens::{Token, render, tokens};

/// The parts of a `CREATE TABLE` statement.
#[derive(Debug, Default)]
pub(super) struct Definition {
    /// The rules, in the order of the text.
    pub(super) rules: Vec<Rule>,
    /// Column and collation, where a column has one of its own.
    pub(super) collations: Vec<(String, String)>,
    /// Column and expression of generated columns.
    pub(super) generated: Vec<(String, String)>,
    /// What follows the closing bracket.
    pub(super) options: Vec<String>,
}

/// One constraint of a table or a column.
#[derive(Debug)]
pub(super) struct Rule {
    /// Absent if it was not given one.
    pub(super) name: Option<String>,
    /// From `PRIMARY`, `UNIQUE`, `CHECK` or `FOREIGN` on; always in the form of a table's constraint.
    pub(super) tokens: Vec<Token>,
}

impl Rule {
    /// In the one spelling.
    pub(super) fn definition(&self) -> String {
        render(&self.tokens)
    }

    /// Whether it begins with this key word.
    pub(super) fn is(&self, keyword: &str) -> bool {
        self.tokens.first().is_some_and(|first| first.is(keyword))
    }

    /// The names in the first brackets after a key word.
    pub(super) fn names_after(&self, keyword: &str) -> Vec<String> {
        let mut after = self.tokens.iter().skip_while(|token| !token.is(keyword));
        after.next();
        after
            .skip_while(|token| !token.is_sign("("))
            .skip(1)
            .take_while(|token| !token.is_sign(")"))
            .filter(|token| !token.is_sign(","))
            .map(|token| token.text.clone())
            .collect()
    }

    /// The word that follows a key word.
    pub(super) fn word_after(&self, keyword: &str) -> Option<String> {
        let mut after = self.tokens.iter().skip_while(|token| !token.is(keyword));
        after.nth(1).map(|token| token.text.clone())
    }
}

/// Takes the statement of a table apart.
pub(super) fn definition(sql: &str) -> Definition {
    let tokens = tokens(sql);
    let mut all = tokens
        .split_inclusive(|token| token.is_sign("("))
        .skip(1)
        .flatten();
    let mut depth = 1_u32;
    let mut segments = vec![Vec::new()];
    for token in all.by_ref() {
        depth = deeper(depth, token);
        if depth == 0 {
            break;
        }
        if depth == 1 && token.is_sign(",") {
            segments.push(Vec::new());
        } else if let Some(segment) = segments.last_mut() {
            segment.push(token.clone());
        }
    }
    let tail: Vec<Token> = all.cloned().collect();
    let mut parts = Definition {
        options: tail
            .split(|token| token.is_sign(","))
            .map(render)
            .filter(|option| !option.is_empty())
            .collect(),
        ..Definition::default()
    };
    for segment in &segments {
        read_segment(segment, &mut parts);
    }
    parts
}

fn read_segment(segment: &[Token], parts: &mut Definition) {
    let Some((first, rest)) = segment.split_first() else {
        return;
    };
    let of_table = ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"]
        .iter()
        .any(|keyword| first.is(keyword));
    if of_table {
        for clause in clauses(segment) {
            if let Some(keep) = rule(&clause, None) {
                parts.rules.push(keep);
            }
        }
        return;
    }
    for clause in clauses(rest) {
        read_clause(first, &clause, parts);
    }
}

fn read_clause(column: &Token, clause: &Clause<'_>, parts: &mut Definition) {
    let Some((first, rest)) = clause.tokens.split_first() else {
        return;
    };
    let name = || column.text.clone();
    if first.is("COLLATE") {
        parts.collations.push((name(), render(rest)));
    } else if first.is("GENERATED") || first.is("AS") {
        parts.generated.push((name(), render(clause.tokens)));
    } else if let Some(keep) = rule(clause, Some(column)) {
        parts.rules.push(keep);
    }
}

/// A constraint with the name before it.
struct Clause<'t> {
    name: Option<&'t Token>,
    tokens: &'t [Token],
}

/// Cuts where a new constraint begins; what precedes the first, the type, is dropped.
fn clauses(tokens: &[Token]) -> Vec<Clause<'_>> {
    let mut starts = Vec::new();
    let mut depth = 0_u32;
    let mut before: Option<&Token> = None;
    let mut of_reference = false;
    for (at, token) in tokens.iter().enumerate() {
        if depth == 0 && begins(token, before, tokens.get(at + 1), of_reference) {
            starts.push(at);
            of_reference = token.is("FOREIGN");
        }
        depth = deeper(depth, token);
        before = Some(token);
    }
    let ends = starts.iter().copied().skip(1).chain([tokens.len()]);
    let mut name = None;
    let mut clauses = Vec::new();
    for (start, end) in starts.iter().copied().zip(ends) {
        let clause = tokens.get(start..end).unwrap_or_default();
        match clause {
            [word, given, ..] if word.is("CONSTRAINT") => name = Some(given),
            _ => clauses.push(Clause {
                name: name.take(),
                tokens: clause,
            }),
        }
    }
    clauses
}

fn begins(
    token: &Token,
    before: Option<&Token>,
    after: Option<&Token>,
    of_reference: bool,
) -> bool {
    let follows = |keyword: &str| before.is_some_and(|before| before.is(keyword));
    let any = |keywords: &[&str]| keywords.iter().any(|keyword| token.is(keyword));
    if token.is("REFERENCES") {
        return !of_reference;
    }
    if token.is("NOT") {
        return after.is_some_and(|after| after.is("NULL"));
    }
    if token.is("NULL") || token.is("DEFAULT") {
        return !["NOT", "SET", "DEFAULT"].iter().any(|word| follows(word));
    }
    if token.is("AS") {
        return !follows("ALWAYS");
    }
    any(&[
        "CONSTRAINT",
        "PRIMARY",
        "UNIQUE",
        "CHECK",
        "FOREIGN",
        "COLLATE",
        "GENERATED",
    ])
}

/// The rule of a clause; one of a column is written as its table would.
fn rule(clause: &Clause<'_>, column: Option<&Token>) -> Option<Rule> {
    let first = clause.tokens.first()?;
    let made = |sql: &str| tokens(sql);
    let named = column.map(|column| column.text.as_str());
    let tokens = if first.is("CHECK") || first.is("FOREIGN") {
        clause.tokens.to_vec()
    } else if first.is("REFERENCES") {
        let mut all = made(&format!("FOREIGN KEY ({})", named?));
        all.extend_from_slice(clause.tokens);
        all
    } else if first.is("UNIQUE") || first.is("PRIMARY") {
        let words = if first.is("UNIQUE") { 1 } else { 2 };
        let (head, rest) = clause.tokens.split_at_checked(words)?;
        let mut all = head.to_vec();
        all.extend(named.map_or_else(Vec::new, |name| made(&format!("({name})"))));
        all.extend_from_slice(rest);
        all
    } else {
        return None;
    };
    Some(Rule {
        name: clause.name.map(|name| name.text.clone()),
        tokens,
    })
}

fn deeper(depth: u32, token: &Token) -> u32 {
    if token.is_sign("(") {
        depth + 1
    } else if token.is_sign(")") {
        depth.saturating_sub(1)
    } else {
        depth
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(sql: &str) -> Vec<String> {
        definition(sql)
            .rules
            .iter()
            .map(|rule| {
                format!(
                    "{} {}",
                    rule.name.as_deref().unwrap_or("-"),
                    rule.definition()
                )
            })
            .collect()
    }

    #[test]
    fn rules_of_columns_and_of_the_table_read_alike() {
        let of_table = "CREATE TABLE t (
            a TEXT NOT NULL, b INTEGER DEFAULT NULL,
            CONSTRAINT t_pkey PRIMARY KEY (a),
            CONSTRAINT t_b_key UNIQUE (b)
            CONSTRAINT t_b_check CHECK (b IN (0, 1)),
            CONSTRAINT t_b_fkey FOREIGN KEY (b) REFERENCES u (id) ON DELETE SET NULL NOT DEFERRABLE
        ) STRICT, WITHOUT ROWID";
        let of_columns = "CREATE TABLE t (
            a TEXT CONSTRAINT t_pkey PRIMARY KEY NOT NULL,
            b INTEGER CONSTRAINT t_b_key UNIQUE CONSTRAINT t_b_check CHECK (b IN (0, 1))
                CONSTRAINT t_b_fkey REFERENCES u (id) ON DELETE SET NULL NOT DEFERRABLE DEFAULT NULL)";
        assert_eq!(
            rules(of_table),
            [
                "t_pkey PRIMARY KEY(a)",
                "t_b_key UNIQUE(b)",
                "t_b_check CHECK (b IN (0, 1))",
                "t_b_fkey FOREIGN KEY(b) REFERENCES u(id) ON DELETE SET NULL NOT deferrable",
            ]
            .map(|rule| rule
                .replace("KEY(", "KEY (")
                .replace("UNIQUE(", "UNIQUE (")
                .replace("deferrable", "DEFERRABLE"))
        );
        assert_eq!(rules(of_columns), rules(of_table));
        assert_eq!(definition(of_table).options, ["STRICT", "WITHOUT ROWID"]);
        assert!(definition(of_columns).options.is_empty());
    }

    #[test]
    fn collations_generated_columns_and_later_columns_are_found() {
        let parts = definition(
            "CREATE TABLE t (a TEXT COLLATE NOCASE, CONSTRAINT c CHECK (a <> ','),
             b TEXT GENERATED ALWAYS AS (a || 'x') STORED, \"check\" TEXT CHECK (length(\"check\") > 1))",
        );
        assert_eq!(parts.collations, [("a".to_owned(), "nocase".to_owned())]);
        assert_eq!(parts.generated.len(), 1);
        let definitions: Vec<String> = parts.rules.iter().map(Rule::definition).collect();
        assert_eq!(
            definitions,
            ["CHECK (a <> ',')", "CHECK (length(\"check\") > 1)"]
        );
    }

    #[test]
    fn a_reference_is_taken_apart() {
        let parts = definition(
            "CREATE TABLE t (CONSTRAINT f FOREIGN KEY (a, b) REFERENCES u (c, d) ON DELETE CASCADE)",
        );
        let rule = parts.rules.first().unwrap();
        assert_eq!(rule.names_after("FOREIGN"), ["a", "b"]);
        assert_eq!(rule.names_after("REFERENCES"), ["c", "d"]);
        assert_eq!(rule.word_after("REFERENCES").as_deref(), Some("u"));
    }
}

use super::scan::{Lexeme, lexemes};

/// The statements of a script, without the semicolons between them and what stands around them.
pub(in super::super) fn statements(script: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut current: Vec<Lexeme<'_>> = Vec::new();
    let mut depth = 0_u32;
    for lexeme in lexemes(script) {
        if lexeme.text == ";" && depth == 0 {
            found.extend(whole(script, &current));
            current.clear();
            continue;
        }
        current.push(lexeme);
        if has_body(&current) {
            depth = deeper(depth, lexeme);
        }
    }
    found.extend(whole(script, &current));
    found
}

/// From the first to the last lexeme.
fn whole<'s>(script: &'s str, lexemes: &[Lexeme<'_>]) -> Option<&'s str> {
    let (first, last) = (lexemes.first()?, lexemes.last()?);
    script.get(first.start..last.start + last.text.len())
}

/// Triggers on SQLite and SQL functions on PostgreSQL hold statements between BEGIN and END.
fn has_body(statement: &[Lexeme<'_>]) -> bool {
    let creates = statement.first().is_some_and(|first| first.is("CREATE"));
    creates
        && statement
            .iter()
            .take(5)
            .any(|lexeme| lexeme.is("TRIGGER") || lexeme.is("FUNCTION") || lexeme.is("PROCEDURE"))
}

fn deeper(depth: u32, lexeme: Lexeme<'_>) -> u32 {
    if lexeme.is("BEGIN") || (depth > 0 && lexeme.is("CASE")) {
        depth + 1
    } else if lexeme.is("END") {
        depth.saturating_sub(1)
    } else {
        depth
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_semicolon_ends_a_statement_only_where_it_is_one() {
        let script = "-- one; two\nINSERT INTO t VALUES ('a;b', \";\", $$;$$); /* ; */\n\n;;UPDATE t SET a = 1 -- end;\n";
        assert_eq!(
            statements(script),
            [
                "INSERT INTO t VALUES ('a;b', \";\", $$;$$)",
                "UPDATE t SET a = 1"
            ]
        );
        assert!(statements("-- nothing;\n ; ").is_empty());
    }

    #[test]
    fn a_body_stays_whole() {
        let trigger = "CREATE TRIGGER a AFTER UPDATE ON t BEGIN UPDATE t SET a = CASE WHEN 1 THEN 2 END; DELETE FROM u; END";
        let function = "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END";
        let quoted =
            "CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS $x$ BEGIN a; END; $x$";
        let script = format!("{trigger};\n{function};\n{quoted};SELECT 1");
        assert_eq!(statements(&script), [trigger, function, quoted, "SELECT 1"]);
        assert_eq!(
            statements("BEGIN; SELECT 1; COMMIT"),
            ["BEGIN", "SELECT 1", "COMMIT"]
        );
    }
}

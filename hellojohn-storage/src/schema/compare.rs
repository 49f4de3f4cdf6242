//! Two schemas, and each difference by name.

use super::{
    Column, Constraint, Difference, ForeignKey, Index, ObjectKind, Problem, Schema, SchemaObject,
    Table,
};

/// Every way in which `live` is not `expected`, always in the same order.
///
/// What a missing table would have had, and what an unexpected one has, is not told on its own.
pub(crate) fn compare(expected: &Schema, live: &Schema) -> Vec<Difference> {
    let mut found = Vec::new();
    let tables = pairs(&expected.tables, &live.tables, |table| table.name.clone());
    each(ObjectKind::Table, tables, &mut found, |one, two, found| {
        table(one, two, found);
    });
    for (kind, expected, live) in [
        (ObjectKind::View, &expected.views, &live.views),
        (ObjectKind::Function, &expected.functions, &live.functions),
        (ObjectKind::Trigger, &expected.triggers, &live.triggers),
        (ObjectKind::Policy, &expected.policies, &live.policies),
        (ObjectKind::Rule, &expected.rules, &live.rules),
    ] {
        let objects = pairs(expected, live, called);
        each(kind, objects, &mut found, |one, two, found| {
            definition(
                kind,
                &called(one),
                [&one.definition, &two.definition],
                found,
            );
        });
    }
    found.sort();
    found
}

fn called(object: &SchemaObject) -> String {
    match &object.table {
        Some(table) => format!("{table}.{}", object.name),
        None => object.name.clone(),
    }
}

fn table(expected: &Table, live: &Table, found: &mut Vec<Difference>) {
    let name = &expected.name;
    if expected.options != live.options {
        let options = |table: &Table| match table.options.join(", ") {
            none if none.is_empty() => "options none".to_owned(),
            some => format!("options {some}"),
        };
        found.push(Difference::different(
            ObjectKind::Table,
            name,
            options(expected),
            options(live),
        ));
    }
    let columns = pairs(&expected.columns, &live.columns, |column| {
        format!("{name}.{}", column.name)
    });
    each(ObjectKind::Column, columns, found, |one, two, found| {
        column(&format!("{name}.{}", one.name), one, two, found);
    });
    let rules = pairs(&expected.constraints, &live.constraints, |rule| {
        rule.name.clone()
    });
    each(ObjectKind::Constraint, rules, found, constraint);
    let keys = pairs(&expected.foreign_keys, &live.foreign_keys, |key| {
        key.name.clone()
    });
    each(ObjectKind::ForeignKey, keys, found, foreign_key);
    let indexes = pairs(&expected.indexes, &live.indexes, |index| index.name.clone());
    each(ObjectKind::Index, indexes, found, index);
}

fn column(name: &str, expected: &Column, live: &Column, found: &mut Vec<Difference>) {
    let aspects: [fn(&Column) -> String; 3] = [
        |column| format!("type {}", column.type_name),
        |column| {
            if column.nullable {
                "nullable"
            } else {
                "not null"
            }
            .to_owned()
        },
        |column| format!("default {}", column.default.as_deref().unwrap_or("none")),
    ];
    for aspect in aspects {
        let (expected, live) = (aspect(expected), aspect(live));
        if expected != live {
            found.push(Difference::different(
                ObjectKind::Column,
                name,
                expected,
                live,
            ));
        }
    }
}

fn constraint(expected: &Constraint, live: &Constraint, found: &mut Vec<Difference>) {
    let definitions: [&str; 2] = [&expected.definition, &live.definition];
    definition(ObjectKind::Constraint, &live.name, definitions, found);
    if expected.valid && !live.valid {
        found.push(Difference::plain(
            Problem::NotValidated,
            ObjectKind::Constraint,
            &live.name,
        ));
    }
}

fn foreign_key(expected: &ForeignKey, live: &ForeignKey, found: &mut Vec<Difference>) {
    let definitions: [&str; 2] = [&expected.definition, &live.definition];
    definition(ObjectKind::ForeignKey, &live.name, definitions, found);
    if expected.valid && !live.valid {
        found.push(Difference::plain(
            Problem::NotValidated,
            ObjectKind::ForeignKey,
            &live.name,
        ));
    }
}

fn index(expected: &Index, live: &Index, found: &mut Vec<Difference>) {
    let definitions: [&str; 2] = [&expected.definition, &live.definition];
    definition(ObjectKind::Index, &live.name, definitions, found);
    if expected.valid && !live.valid {
        found.push(Difference::plain(
            Problem::Invalid,
            ObjectKind::Index,
            &live.name,
        ));
    }
}

fn definition(
    kind: ObjectKind,
    name: &str,
    [expected, live]: [&str; 2],
    found: &mut Vec<Difference>,
) {
    if expected != live {
        found.push(Difference::different(kind, name, expected, live));
    }
}

/// A thing that should be there, one that is there, or both of one name.
enum Pair<'s, T> {
    Missing(String),
    Unexpected(String),
    Both(&'s T, &'s T),
}

fn pairs<'s, T>(expected: &'s [T], live: &'s [T], name: impl Fn(&T) -> String) -> Vec<Pair<'s, T>> {
    let named = |all: &'s [T], wanted: &str| all.iter().find(|one| name(one) == wanted);
    let known = expected.iter().map(|one| {
        let wanted = name(one);
        match named(live, &wanted) {
            Some(two) => Pair::Both(one, two),
            None => Pair::Missing(wanted),
        }
    });
    let extra = live.iter().filter_map(|two| {
        let wanted = name(two);
        let unknown = named(expected, &wanted).is_none();
        unknown.then_some(Pair::Unexpected(wanted))
    });
    known.chain(extra).collect()
}

fn each<T>(
    kind: ObjectKind,
    pairs: Vec<Pair<'_, T>>,
    found: &mut Vec<Difference>,
    both: impl Fn(&T, &T, &mut Vec<Difference>),
) {
    for pair in pairs {
        match pair {
            Pair::Missing(name) => found.push(Difference::missing(kind, name)),
            Pair::Unexpected(name) => found.push(Difference::unexpected(kind, name)),
            Pair::Both(one, two) => both(one, two, found),
        }
    }
}

use data_encoding::BASE64URL_NOPAD;
use proptest::prelude::*;
use secrecy::SecretString;

use super::*;
use crate::{
    backup::{Column, DatabaseKind, Kind, Reference, Rows, Summary, Table, Value, Writer, leaf},
    ports::system::SystemRandom,
    seal::{EncryptionKey, places},
    time::Timestamp,
};

fn key(text: &str) -> EncryptionKey {
    EncryptionKey::parse(&SecretString::from(text)).unwrap()
}

fn ring() -> Sealer {
    Sealer::new(key("0123456789abcdefghijklmnopqrstuvwxyz"), None)
}

fn other_ring() -> Sealer {
    Sealer::new(key("zyxwvutsrqponmlkjihgfedcba9876543210"), None)
}

fn table(name: &str, columns: &[(&str, Kind)], parent: Option<&str>) -> Table {
    Table {
        name: name.to_owned(),
        columns: columns
            .iter()
            .map(|&(name, kind)| Column {
                name: name.to_owned(),
                kind,
            })
            .collect(),
        primary_key: vec!["id".to_owned()],
        references: parent
            .map(|parent| Reference {
                columns: vec!["parent".to_owned()],
                table: parent.to_owned(),
                to: vec!["id".to_owned()],
            })
            .into_iter()
            .collect(),
    }
}

fn tables() -> Vec<Table> {
    vec![
        table("hj_user", &[("id", Kind::Text), ("meta", Kind::Json)], None),
        table(
            "hj_session",
            &[
                ("id", Kind::Integer),
                ("parent", Kind::Text),
                ("salt", Kind::Bytes),
            ],
            Some("hj_user"),
        ),
        table(
            "cp_signing_key",
            &[("id", Kind::Text), ("sealed", Kind::Text)],
            None,
        ),
    ]
}

fn user(id: &str) -> Vec<Value> {
    vec![
        Value::Text(id.to_owned()),
        Value::Json("{\"n\":1.50}".to_owned()),
    ]
}

fn session(id: i64, user: &str) -> Vec<Value> {
    vec![
        Value::Integer(id),
        Value::Text(user.to_owned()),
        Value::Bytes(vec![1, 2, 255]),
    ]
}

fn sealed_for(id: &str) -> Vec<Value> {
    let place = places::SIGNING_KEYS.place(id);
    let random = SystemRandom::new().unwrap();
    let sealed = ring().seal(place, b"private", &random).unwrap();
    vec![Value::Text("kid_1".to_owned()), Value::Text(sealed)]
}

fn sessions() -> Vec<Vec<Value>> {
    vec![session(1, "ada"), session(2, "bob"), session(10, "ada")]
}

fn write(sessions: &[Vec<Value>], keys: &[Vec<Value>]) -> Vec<u8> {
    let header = Header::new(
        Timestamp::from_seconds(1_700_000_000),
        DatabaseKind::Postgres,
        tables(),
    );
    let mut writer = Writer::begin(Vec::new(), header).unwrap();
    for row in keys {
        writer.row("cp_signing_key", row).unwrap();
    }
    for id in ["ada", "bob"] {
        writer.row("hj_user", &user(id)).unwrap();
    }
    for row in sessions {
        writer.row("hj_session", row).unwrap();
    }
    writer.finish(None, ring().current()).unwrap().0
}

fn sample() -> Vec<u8> {
    write(&sessions(), &[sealed_for("kid_1")])
}

fn lines(backup: &[u8]) -> Vec<String> {
    let text = String::from_utf8(backup.to_vec()).unwrap();
    text.lines().map(str::to_owned).collect()
}

fn joined(lines: &[String]) -> Vec<u8> {
    let mut text = lines.join("\n");
    text.push('\n');
    text.into_bytes()
}

fn damage_of(backup: &[u8]) -> Vec<String> {
    let report = verify(backup, Some(&ring())).unwrap();
    report.damage.iter().map(ToString::to_string).collect()
}

/// Where the line with this text begins, and the line itself.
fn row_at(backup: &[u8], start: &str) -> usize {
    let lines = lines(backup);
    lines
        .iter()
        .position(|line| line.starts_with(start))
        .unwrap()
}

#[test]
fn a_whole_backup_is_whole_and_its_origin_proven() {
    let backup = sample();
    let report = verify(&backup[..], Some(&ring())).unwrap();
    assert_eq!(report.damage, []);
    assert_eq!(report.origin, Origin::Proven);
    assert_eq!(report.rows, 6);
    assert_eq!((report.seals.sealed, report.seals.opened), (1, 1));
    let manifest = report.manifest.unwrap();
    assert_eq!(manifest.rows("hj_session"), Some(3));
    assert_eq!(manifest.signing_keys, ["kid_1"]);
    assert_eq!(manifest.encryption_keys[0].key, ring().current().id());
}

#[test]
fn without_keys_the_content_is_checked_and_the_origin_left_open() {
    let report = verify(&sample()[..], None).unwrap();
    assert!(report.is_whole());
    let key = ring().current().id().to_owned();
    assert_eq!(report.origin, Origin::Unproven { key });
    assert_eq!((report.seals.tried, report.seals.sealed), (false, 1));
}

#[test]
fn every_flipped_bit_is_found_and_one_in_a_row_is_told_by_name() {
    let backup = sample();
    let lines = lines(&backup);
    let rows = ["cp_signing_key 1", "hj_user 1", "hj_user 2", "hj_session 1"];
    let mut start = 0;
    for line in &lines {
        let named = rows
            .iter()
            .find(|row| line.starts_with(&format!("{row} ")))
            .map(|row| row.split_once(' ').unwrap())
            .map(|(table, ordinal)| (table, ordinal.parse::<u64>().unwrap()));
        // The break at the end of the line is a part of it.
        for at in start..=start + line.len() {
            for bit in 0..8 {
                let mut damaged = backup.clone();
                damaged[at] ^= 1 << bit;
                let report = match verify(&damaged[..], Some(&ring())) {
                    Ok(report) => report,
                    Err(BackupError::NotABackup | BackupError::TooNew(_)) if start == 0 => continue,
                    Err(error) => panic!("byte {at}, bit {bit}: {error}"),
                };
                assert!(!report.is_whole(), "byte {at}, bit {bit} in {line}");
                let found = report.damage.iter().any(|damage| match (damage, named) {
                    (_, None) => true,
                    (Damage::Row { row, .. }, Some((table, ordinal))) => {
                        row.table == table && row.ordinal == ordinal
                    }
                    _ => false,
                });
                assert!(found, "byte {at}, bit {bit} in {line}: {:?}", report.damage);
                if bit == at % 8 {
                    let without_keys = verify(&damaged[..], None);
                    assert!(without_keys.is_err() || !without_keys.unwrap().is_whole());
                }
            }
        }
        start += line.len() + 1;
    }
    assert_eq!(start, backup.len());
}

#[test]
fn a_damaged_hash_is_told_from_a_damaged_row() {
    let mut lines = lines(&sample());
    let at = row_at(&sample(), "hj_user 2");
    let whole = lines[at].clone();
    lines[at] = whole.replace("bob", "bub");
    let damage = damage_of(&joined(&lines));
    assert_eq!(damage, ["hj_user, row 2 (id bub), line 4: changed"]);

    let hash = whole.split(' ').nth(2).unwrap();
    let mut other: Vec<u8> = hash.bytes().collect();
    other[5] = if other[5] == b'A' { b'B' } else { b'A' };
    lines[at] = whole.replace(hash, std::str::from_utf8(&other).unwrap());
    let damage = damage_of(&joined(&lines));
    assert_eq!(
        damage,
        [
            "hj_user, row 2 (id bob), line 4: only the hash beside it is damaged, its values are whole"
        ]
    );
}

#[test]
fn removed_repeated_and_exchanged_rows_are_named() {
    let backup = sample();
    let at = row_at(&backup, "hj_session 2");
    let mut removed = lines(&backup);
    removed.remove(at);
    assert_eq!(damage_of(&joined(&removed)), ["hj_session, row 2: missing"]);

    let mut repeated = lines(&backup);
    repeated.insert(at, repeated[at].clone());
    let damage = damage_of(&joined(&repeated)).join("; ");
    assert!(
        damage.contains("hj_session, row 2 (id 2), line 7: repeated"),
        "{damage}"
    );

    let mut exchanged = lines(&backup);
    exchanged.swap(at, at + 1);
    let damage = damage_of(&joined(&exchanged)).join("; ");
    assert!(
        damage.contains("hj_session, row 2 (id 2), line 7: repeated"),
        "{damage}"
    );

    let mut cut = lines(&backup);
    cut.truncate(at);
    let damage = damage_of(&joined(&cut)).join("; ");
    assert!(damage.contains("the end is missing"), "{damage}");
    let without_break = &backup[..backup.len() - 1];
    assert_eq!(damage_of(without_break), ["the end is missing"]);

    let mut longer = backup.clone();
    longer.extend_from_slice(b"more\n");
    assert_eq!(damage_of(&longer), ["line 10: something follows the end"]);
}

/// Writes the hash of a changed row anew, as somebody would who wants it to pass.
fn with_new_hash(line: &str) -> String {
    let parts: Vec<&str> = line.splitn(4, ' ').collect();
    let hash = leaf(parts[0], parts[1].parse().unwrap(), parts[3]);
    format!("{} {} {hash} {}", parts[0], parts[1], parts[3])
}

#[test]
fn a_change_with_its_hash_is_found_by_the_tree_and_with_the_tree_by_the_signature() {
    let backup = sample();
    let mut changed = lines(&backup);
    let at = row_at(&backup, "hj_user 1");
    changed[at] = with_new_hash(&changed[at].replace("1.50", "2.50"));
    assert_eq!(
        damage_of(&joined(&changed)),
        ["hj_user: its rows were changed and their hashes with them"]
    );

    // A stranger writes a backup that is whole in itself and claims our key.
    let header = Header::new(Timestamp::from_seconds(0), DatabaseKind::Sqlite, tables());
    let mut writer = Writer::begin(Vec::new(), header).unwrap();
    writer.row("hj_user", &user("eve")).unwrap();
    let (forged, _) = writer.finish(None, other_ring().current()).unwrap();
    let ours = ring().current().id().to_owned();
    let theirs = other_ring().current().id().to_owned();
    let report = verify(&forged[..], Some(&ring())).unwrap();
    assert_eq!(
        report.damage,
        [Damage::Origin {
            key: theirs.clone()
        }]
    );
    let renamed = String::from_utf8(forged).unwrap().replace(&theirs, &ours);
    assert_eq!(
        damage_of(renamed.as_bytes()),
        ["the signature was changed or made with another key"]
    );
}

#[test]
fn a_first_line_edited_with_care_is_found() {
    let backup = sample();
    let mut edited = lines(&backup);
    edited[0] = edited[0].replace("postgres", "sqlite");
    assert_eq!(
        damage_of(&joined(&edited)),
        ["line 1, which describes the backup, was changed"]
    );
}

#[test]
fn references_duplicates_and_seals_are_checked() {
    let dangling = write(
        &[session(1, "ada"), session(2, "eve")],
        &[sealed_for("kid_1")],
    );
    assert_eq!(
        damage_of(&dangling),
        ["hj_session, row 2 (id 2), line 6: refers to hj_user (eve), which is not there"]
    );
    let moved = write(&sessions(), &[sealed_for("kid_2")]);
    assert_eq!(
        damage_of(&moved),
        [
            "cp_signing_key, row 1 (id kid_1), line 2: the sealed value in sealed does not open: it was altered or moved"
        ]
    );
    let ours = ring().current().id().to_owned();
    let report = verify(&sample()[..], Some(&other_ring())).unwrap();
    assert!(report.damage.contains(&Damage::MissingKey {
        key: ours.clone(),
        values: 1
    }));
    assert!(report.damage.contains(&Damage::Origin { key: ours }));

    let mut doubled = lines(&sample());
    let at = row_at(&sample(), "hj_session 2");
    let row = doubled[at].replace("hj_session 2", "hj_session 3");
    doubled[at + 1] = with_new_hash(&row);
    let damage = damage_of(&joined(&doubled)).join("; ");
    assert!(
        damage.contains("hj_session, row 3 (id 2), line 7: its primary key came before"),
        "{damage}"
    );
}

#[test]
fn what_is_no_backup_is_told_from_a_damaged_one() {
    for other in [&b""[..], b"PGDMP\x01\x0e", b"{}\nhello\n"] {
        let refused = verify(other, None);
        assert!(matches!(refused, Err(BackupError::NotABackup)), "{other:?}");
    }
}

#[test]
fn both_ends_tell_what_is_in_it_without_the_rows() {
    let backup = sample();
    let read = |backup: Vec<u8>| Summary::read(std::io::Cursor::new(backup)).unwrap();
    let manifest = read(backup.clone()).manifest.unwrap();
    assert_eq!(manifest.rows("hj_user"), Some(2));
    let mut cut = lines(&backup);
    cut.remove(3);
    assert!(read(joined(&cut)).manifest.is_none());
    assert!(
        read(backup[..backup.len() - 30].to_vec())
            .manifest
            .is_none()
    );
}

#[test]
fn the_rows_come_back_as_they_were_written() {
    let backup = sample();
    let mut rows = Rows::open(&backup[..]).unwrap();
    let mut read = Vec::new();
    while let Some((table, row)) = rows.next_row().unwrap() {
        read.push((rows.header().tables[table].name.clone(), row));
    }
    assert_eq!(read.len(), 6);
    assert_eq!(read[1], ("hj_user".to_owned(), user("ada")));
    assert_eq!(read[5], ("hj_session".to_owned(), session(10, "ada")));
    let mut changed = lines(&backup);
    changed[3] = changed[3].replace("bob", "bub");
    let changed = joined(&changed);
    let mut rows = Rows::open(&changed[..]).unwrap();
    let refused =
        std::iter::repeat_with(|| rows.next_row()).find(|row| !matches!(row, Ok(Some(_))));
    assert!(matches!(refused, Some(Err(BackupError::Damaged(4)))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_overwritten_stretch_is_found(start in 0.0_f64..1.0, noise in "[ -~]{1,80}") {
        let backup = sample();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in a small file")]
        let at = (start * (backup.len() - noise.len()) as f64) as usize;
        let mut damaged = backup.clone();
        damaged[at..at + noise.len()].copy_from_slice(noise.as_bytes());
        prop_assume!(damaged != backup);
        let report = verify(&damaged[..], Some(&ring()));
        prop_assert!(report.is_err() || !report.unwrap().is_whole());
    }

    #[test]
    fn no_noise_makes_it_panic(noise: Vec<u8>) {
        let mut backup = lines(&sample());
        backup[2] = BASE64URL_NOPAD.encode(&noise);
        let mut damaged = joined(&backup);
        damaged.extend_from_slice(&noise);
        prop_assert!(!verify(&damaged[..], None).unwrap().is_whole());
        drop(verify(&noise[..], None));
    }
}

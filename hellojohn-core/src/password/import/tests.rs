use super::*;

const PASSWORD: &[u8] = b"correct horse battery staple";

fn matches(hash: &str, password: &[u8]) -> bool {
    let mut arena = Arena::new(Argon2Params::new(7_168, 5, 1).unwrap());
    StoredHash::parse(hash)
        .unwrap_or_else(|_| panic!("not recognised: {hash}"))
        .matches(password, &mut arena)
        .unwrap()
}

/// Made with other implementations: argon2-cffi, pyca bcrypt, OpenSSL's scrypt and PBKDF2, passlib.
const FOREIGN: &[(Scheme, &str)] = &[
    (
        Scheme::Argon2id,
        "$argon2id$v=19$m=64,t=2,p=2$AAECAwQFBgcICQoLDA0ODw$3lna1VFG/f/wo75QIhAuAd1qbdP6wPuUV2Zp7X1x+NY",
    ),
    (
        Scheme::Argon2id,
        "$argon2id$v=16$m=64,t=2,p=2$AAECAwQFBgcICQoLDA0ODw$La4abbgz9fxJhhnNH1Y/zCzbqdtDZSd/sFyj6yGrIDI",
    ),
    (
        Scheme::Argon2id,
        "$argon2id$m=64,t=2,p=2$AAECAwQFBgcICQoLDA0ODw$La4abbgz9fxJhhnNH1Y/zCzbqdtDZSd/sFyj6yGrIDI",
    ),
    (
        Scheme::Argon2i,
        "$argon2i$v=19$m=64,t=2,p=2$AAECAwQFBgcICQoLDA0ODw$fNshOaxMvBkd81S5W5ObP38Pgn4g6+6nYpus/0NzeRo",
    ),
    #[cfg(feature = "import-hashes")]
    (
        Scheme::Bcrypt,
        "$2b$05$4Ev0pchIu6GKW5VGLSLmh.NFgdG74dsnsYuXfb6YlAXJg7zh2b2eK",
    ),
    #[cfg(feature = "import-hashes")]
    (
        Scheme::Bcrypt,
        "$2a$05$4Ev0pchIu6GKW5VGLSLmh.NFgdG74dsnsYuXfb6YlAXJg7zh2b2eK",
    ),
    #[cfg(feature = "import-hashes")]
    (
        Scheme::Bcrypt,
        "$2y$05$4Ev0pchIu6GKW5VGLSLmh.NFgdG74dsnsYuXfb6YlAXJg7zh2b2eK",
    ),
    #[cfg(feature = "import-hashes")]
    (
        Scheme::Scrypt,
        "$scrypt$ln=10,r=8,p=2$AAECAwQFBgcICQoLDA0ODw$wk79EttC618m617oirShLZuxJkXcX6rXHrrS9rQQ/44",
    ),
    #[cfg(feature = "import-hashes")]
    (
        Scheme::Scrypt,
        "$scrypt$ln=10,r=8,p=1$zPm/t5aSMibkfM85R4hxrg$n1OgIYJwXv2PpEH7QDhozXe3hmaOn2y/oD05I0rwYNE",
    ),
    #[cfg(feature = "import-hashes")]
    (
        Scheme::Pbkdf2Sha256,
        "$pbkdf2-sha256$i=1000,l=32$AAECAwQFBgcICQoLDA0ODw$ppsXnjrdPB4KryJ6DrOqKqhkWrhv7PbKAMF1Eml8cZ4",
    ),
    #[cfg(feature = "import-hashes")]
    (
        Scheme::Pbkdf2Sha256,
        "$pbkdf2-sha256$1000$.//..//..//..//..//.AQ$ViCFeDCfTNj1kb3h.R9BmMEe0np9XoTXy8J4A04D2IU",
    ),
    #[cfg(feature = "import-hashes")]
    (
        Scheme::Pbkdf2Sha512,
        "$pbkdf2-sha512$i=1000,l=64$AAECAwQFBgcICQoLDA0ODw$A6AmFIti7CKlYdoPiV9jf1d9llp37o27Wms8Zx8fwMJGCOigJzAthOW3Pg+XF5PnNiYnsQsIz1N5NtynrEm78w",
    ),
    #[cfg(feature = "import-hashes")]
    (
        Scheme::Pbkdf2Sha512,
        "$pbkdf2-sha512$1000$YsyZ8743xjjnvJfyfs/5nw$tVfpdGjzYr/swZVe0rMuFTwSVxd53cO8xFuN6.UqLwK91nWCffEPfQANZKKVUuQERZ6s1BCyuVCgexvFo12hIg",
    ),
];

#[test]
fn hashes_of_other_implementations_verify() {
    for (scheme, hash) in FOREIGN {
        assert_eq!(recognise(hash), Ok(*scheme), "{hash}");
        assert!(matches(hash, PASSWORD), "{hash}");
        assert!(!matches(hash, b"correct horse battery stapl"), "{hash}");
        assert!(!matches(hash, b""), "{hash}");
    }
}

#[test]
fn a_hash_with_one_character_changed_never_verifies() {
    let mut arena = Arena::new(Argon2Params::default());
    for (_, hash) in FOREIGN {
        // Not the last character: some of its bits are spare.
        for at in 0..hash.len() - 1 {
            let other = if hash.as_bytes()[at] == b'1' {
                "2"
            } else {
                "1"
            };
            let changed = [&hash[..at], other, &hash[at + 1..]].concat();
            let Ok(stored) = StoredHash::parse(&changed) else {
                continue;
            };
            assert!(!stored.matches(PASSWORD, &mut arena).unwrap(), "{changed}");
        }
    }
}

#[test]
fn a_hash_cut_short_of_128_bits_is_refused() {
    for (_, hash) in FOREIGN {
        let tag = hash.rfind('$').unwrap();
        for cut in 0..tag + 22 {
            assert!(recognise(&hash[..cut]).is_err(), "{}", &hash[..cut]);
        }
        assert!(recognise(&format!("{hash}$")).is_err(), "{hash}");
        assert!(recognise(&format!(" {hash}")).is_err(), "{hash}");
    }
}

#[test]
fn hostile_parameters_are_refused_before_any_work() {
    let salt = "AAECAwQFBgcICQoLDA0ODw";
    let tag = "ppsXnjrdPB4KryJ6DrOqKqhkWrhv7PbKAMF1Eml8cZ4";
    // `recognise` is given no password, so it has nothing to hash.
    for head in [
        "$argon2id$v=19$m=4194304,t=1,p=1",
        "$argon2id$v=19$m=262145,t=1,p=1",
        "$argon2id$v=19$m=4294967295,t=1,p=4294967295",
        "$argon2id$v=19$m=65536,t=11,p=1",
        "$argon2id$v=19$m=65536,t=0,p=1",
        "$argon2id$v=19$m=65536,t=3,p=17",
        "$argon2id$v=19$m=65536,t=3,p=0",
        "$argon2id$v=19$m=8,t=3,p=4",
        "$argon2id$v=19$m=99999999999,t=3,p=4",
        "$argon2id$v=19$m=65536,t=3,p=4,keyid=AAAA",
        "$argon2id$v=18$m=65536,t=3,p=4",
        "$argon2id$v=19$m=+65536,t=3,p=4",
        "$argon2d$v=19$m=65536,t=3,p=4",
        "$scrypt$ln=19,r=8,p=1",
        "$scrypt$ln=17,r=8,p=9",
        "$scrypt$ln=64,r=8,p=1",
        "$scrypt$ln=255,r=8,p=1",
        "$scrypt$ln=1,r=4294967295,p=4294967295",
        "$scrypt$ln=1,r=1048576,p=16",
        "$scrypt$ln=0,r=8,p=1",
        "$scrypt$ln=14,r=0,p=1",
        "$scrypt$ln=14,r=8,p=0",
        "$pbkdf2-sha256$i=10000001,l=32",
        "$pbkdf2-sha256$i=4294967295,l=32",
        "$pbkdf2-sha256$i=0,l=32",
        "$pbkdf2-sha256$i=1000,l=31",
        "$pbkdf2-sha256$10000001",
        "$pbkdf2-sha256$0",
        "$pbkdf2-sha1$i=1000,l=32",
    ] {
        let hash = format!("{head}${salt}${tag}");
        assert_eq!(recognise(&hash), Err(UnsupportedHash), "{hash}");
    }
    for hash in [
        "$2b$15$4Ev0pchIu6GKW5VGLSLmh.NFgdG74dsnsYuXfb6YlAXJg7zh2b2eK",
        "$2b$31$4Ev0pchIu6GKW5VGLSLmh.NFgdG74dsnsYuXfb6YlAXJg7zh2b2eK",
        "$2b$03$4Ev0pchIu6GKW5VGLSLmh.NFgdG74dsnsYuXfb6YlAXJg7zh2b2eK",
        "$2x$05$4Ev0pchIu6GKW5VGLSLmh.NFgdG74dsnsYuXfb6YlAXJg7zh2b2eK",
        "$2b$05$4Ev0pchIu6GKW5VGLSLmh.NFgdG74dsnsYuXfb6YlAXJg7zh2b2e",
        "$2b$05$4Ev0pchIu6GKW5VGLSLm\u{e9}NFgdG74dsnsYuXfb6YlAXJg7zh2b2eK",
        "$1$salt$qJH7.N4xYta3aEG/dfqo/0",
        "$6$rounds=5000$salt$hash",
        "5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8",
        "password",
        "",
        "$",
        "$$",
        "$argon2id$",
        "$argon2id$v=19$m=65536,t=3,p=4$AAECAwQFBgcICQoLDA0ODw$",
        "$argon2id$v=19$m=65536,t=3,p=4$AAEC$ppsXnjrdPB4KryJ6DrOqKqhkWrhv7PbKAMF1Eml8cZ4",
        "$pbkdf2-sha256$i=1000,l=3$AAECAwQFBgcICQoLDA0ODw$AAEC",
    ] {
        assert_eq!(recognise(hash), Err(UnsupportedHash), "{hash}");
    }
    assert_eq!(
        recognise(&"$argon2id$".repeat(100_000)),
        Err(UnsupportedHash)
    );
}

#[cfg(feature = "import-hashes")]
#[test]
fn bcrypt_reads_72_bytes_and_takes_any_of_them() {
    let long = "$2b$05$4Ev0pchIu6GKW5VGLSLmh.92y68X.yfHD15N4n2qnqWpoJd7VZETG";
    let mut password = [b"a".repeat(71), b"b".to_vec()].concat();
    assert!(matches(long, &password));
    password.extend(b"tail");
    assert!(matches(long, &password));
    password[71] = b'c';
    assert!(!matches(long, &password));

    let empty = "$2b$05$4Ev0pchIu6GKW5VGLSLmh.td5Dh4NQCWN/5tXbrm9UKA7Fp3UvpjG";
    assert!(matches(empty, b""));
    let with_nul = "$2b$05$4Ev0pchIu6GKW5VGLSLmh.YifTF9br8zyhhIvgGN5aOpl.olGdSkq";
    assert!(matches(with_nul, b"a\0b"));
    assert!(!matches(with_nul, b"a"));
    assert!(!matches(with_nul, b"a\0c"));
}

#[cfg(feature = "import-hashes")]
#[test]
fn the_wycheproof_vectors_of_pbkdf2_verify_as_imports() {
    let file: serde_json::Value = serde_json::from_str(include_str!(
        "../../../tests/vectors/wycheproof_pbkdf2_hmacsha256_test.json"
    ))
    .unwrap();
    let hex = |value: &serde_json::Value| {
        data_encoding::HEXLOWER
            .decode(value.as_str().unwrap().as_bytes())
            .unwrap()
    };
    let mut checked = 0;
    for test in file["testGroups"][0]["tests"]
        .as_array()
        .unwrap()
        .iter()
        .step_by(3)
    {
        assert_eq!(test["result"], "valid");
        let (rounds, length) = (&test["iterationCount"], &test["dkLen"]);
        let (salt, tag) = (
            base64::encode(&hex(&test["salt"])),
            base64::encode(&hex(&test["dk"])),
        );
        let hash = format!("$pbkdf2-sha256$i={rounds},l={length}${salt}${tag}");
        assert!(matches(&hash, &hex(&test["password"])), "{test}");
        checked += 1;
    }
    assert_eq!(checked, 20);
}

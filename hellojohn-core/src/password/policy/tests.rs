use super::*;

fn least(min_length: u32) -> PasswordPolicy {
    PasswordPolicy {
        min_length,
        ..PasswordPolicy::default()
    }
}

#[test]
fn length_counts_code_points_after_nfc() {
    for (min, text, accepted) in [
        (15, "xkqjvbzmwtrypn", false),
        (15, "xkqjvbzmwtrypnl", true),
        (8, "xkqjvbz", false),
        (8, "xkqjvbzm", true),
        // Seven characters of four bytes, then eight.
        (
            8,
            "\u{1f980}\u{1f981}\u{1f982}\u{1f983}\u{1f984}\u{1f985}\u{1f986}",
            false,
        ),
        (
            8,
            "\u{1f980}\u{1f981}\u{1f982}\u{1f983}\u{1f984}\u{1f985}\u{1f986}\u{1f987}",
            true,
        ),
        // Eight code points as received, seven once composed.
        (8, "xkqjvbe\u{301}", false),
    ] {
        let refused = Err(Weakness::TooShort { min });
        let expected = if accepted { Ok(()) } else { refused };
        assert_eq!(least(min).check(text, &[]), expected, "{text}");
    }
}

#[test]
fn long_passwords_are_taken_up_to_the_limit() {
    let policy = PasswordPolicy::default();
    let too_long = Err(Weakness::TooLong { max: 128 });
    assert_eq!(policy.check(&"ab".repeat(32), &[]), Ok(()));
    assert_eq!(policy.check(&"ab".repeat(64), &[]), Ok(()));
    assert_eq!(policy.check(&"a".repeat(129), &[]), too_long);
    let wide = PasswordPolicy {
        max_length: 1_024,
        ..policy.clone()
    };
    assert_eq!(wide.check(&"a".repeat(1_024), &[]), Ok(()));
    assert_eq!(
        wide.check(&"a".repeat(1_025), &[]),
        Err(Weakness::TooLong { max: 1_024 })
    );
    // 128 code points of four bytes fit; the cap is on bytes as received.
    assert_eq!(policy.check(&"\u{1f980}".repeat(128), &[]), Ok(()));
    assert_eq!(
        wide.check(&"\u{1f980}".repeat(257), &[]),
        Err(Weakness::TooLong { max: 1_024 })
    );
}

#[test]
fn single_class_passphrases_are_accepted_by_default() {
    let policy = PasswordPolicy::default();
    for text in [
        "correcthorsebatterystaple",
        "CORRECTHORSEBATTERYSTAPLE",
        "93847561029384756",
        "!?!?;;;;....,,,,",
        "         \u{20}      .",
        "pferdeklammerbatterie",
        "\u{43b}\u{43e}\u{448}\u{430}\u{434}\u{44c}\u{431}\u{430}\u{442}\u{430}\u{440}\u{435}\u{44f}",
        "\u{99ac}\u{96fb}\u{6c60}\u{9418}\u{6b63}\u{78ba}\u{8a18}\u{61b6}",
    ] {
        assert_eq!(policy.check(text, &[]), Ok(()), "{text}");
    }
}

#[test]
fn each_requirement_names_what_is_missing() {
    let policy = PasswordPolicy {
        require_uppercase: true,
        require_lowercase: true,
        require_number: true,
        require_symbol: true,
        ..PasswordPolicy::default()
    };
    for (text, expected) in [
        ("xkqjvbzm1!", Err(Weakness::MissingUppercase)),
        ("XKQJVBZM1!", Err(Weakness::MissingLowercase)),
        ("xkqjvBZM!!", Err(Weakness::MissingNumber)),
        ("xkqjvBZM11", Err(Weakness::MissingSymbol)),
        ("xkqjvBZM1!", Ok(())),
        ("xkqjvBZM1 ", Ok(())),
        ("\u{e4}kqjv\u{c4}ZM1\u{a7}", Ok(())),
    ] {
        assert_eq!(policy.check(text, &[]), expected, "{text}");
    }
}

#[test]
fn listed_and_personal_words_are_refused_as_a_whole_only() {
    let policy = PasswordPolicy::default();
    let words = [
        "Acme Rockets",
        "acme-rockets",
        "Wile.Coyote@example.com",
        "Wile E. Coyote",
        "",
    ];
    for (text, expected) in [
        ("password123", Err(Weakness::Common)),
        ("PassWord123", Err(Weakness::Common)),
        ("\u{ff50}assword123", Err(Weakness::Common)),
        ("ACME rockets", Err(Weakness::Personal)),
        ("acme-rockets", Err(Weakness::Personal)),
        ("wile.coyote@example.com", Err(Weakness::Personal)),
        ("wile.coyote", Err(Weakness::Personal)),
        ("wile e. coyote", Err(Weakness::Personal)),
        ("my password123 is long", Ok(())),
        ("acme-rockets fly high", Ok(())),
        ("wile.coyote runs", Ok(())),
    ] {
        assert_eq!(policy.check(text, &words), expected, "{text}");
    }
}

#[test]
fn a_tenant_may_only_be_stricter() {
    let instance = PasswordPolicy {
        min_length: 10,
        require_number: true,
        breach_threshold: 3,
        history_count: 5,
        zxcvbn_min_score: 2,
        ..PasswordPolicy::default()
    };
    assert_eq!(instance.stricter_than(&instance), Ok(()));
    let with = |change: fn(&mut PasswordPolicy)| {
        let mut tenant = instance.clone();
        change(&mut tenant);
        tenant.stricter_than(&instance)
    };
    assert_eq!(with(|p| p.min_length = 11), Ok(()));
    assert_eq!(with(|p| p.min_length = 9), Err("min_length"));
    assert_eq!(with(|p| p.max_length = 100), Ok(()));
    assert_eq!(with(|p| p.max_length = 129), Err("max_length"));
    assert_eq!(with(|p| p.require_symbol = true), Ok(()));
    assert_eq!(with(|p| p.require_number = false), Err("require_number"));
    assert_eq!(with(|p| p.breach_check = false), Err("breach_check"));
    assert_eq!(with(|p| p.breach_threshold = 1), Ok(()));
    assert_eq!(with(|p| p.breach_threshold = 4), Err("breach_threshold"));
    assert_eq!(with(|p| p.history_count = 4), Err("history_count"));
    assert_eq!(with(|p| p.zxcvbn_min_score = 1), Err("zxcvbn_min_score"));
}

#[test]
fn a_policy_that_contradicts_itself_is_invalid() {
    let with = |change: fn(&mut PasswordPolicy)| {
        let mut policy = PasswordPolicy::default();
        change(&mut policy);
        policy.validate()
    };
    assert_eq!(with(|_| ()), Ok(()));
    assert_eq!(with(|p| p.min_length = 0), Err(InvalidPolicy::MinLength));
    assert_eq!(with(|p| p.min_length = 129), Err(InvalidPolicy::MinLength));
    assert_eq!(with(|p| p.max_length = 63), Err(InvalidPolicy::MaxLength));
    assert_eq!(
        with(|p| p.max_length = 1_025),
        Err(InvalidPolicy::MaxLength)
    );
    assert_eq!(
        with(|p| p.breach_threshold = 0),
        Err(InvalidPolicy::BreachThreshold)
    );
    assert_eq!(with(|p| p.zxcvbn_min_score = 5), Err(InvalidPolicy::Score));
    let estimated = with(|p| p.zxcvbn_min_score = 3);
    assert_eq!(estimated.is_ok(), cfg!(feature = "strength"));
}

#[test]
fn a_required_score_is_never_silently_skipped() {
    let policy = PasswordPolicy {
        zxcvbn_min_score: 3,
        ..PasswordPolicy::default()
    };
    let obvious = "abcdefgh12345678";
    assert_eq!(PasswordPolicy::default().check(obvious, &[]), Ok(()));
    assert_eq!(policy.check(obvious, &[]), Err(Weakness::TooGuessable));
    let strong = policy.check("violet harbour timid anvil", &[]);
    assert_eq!(strong.is_ok(), cfg!(feature = "strength"));
}

#[test]
fn json_takes_the_documented_names_and_aliases() {
    let policy: PasswordPolicy =
        serde_json::from_str(r#"{"min_length": 12, "require_numbers": true}"#).unwrap();
    assert!(policy.require_number && policy.breach_check && policy.min_length == 12);
    let json = serde_json::to_string(&policy).unwrap();
    assert_eq!(
        serde_json::from_str::<PasswordPolicy>(&json).unwrap(),
        policy
    );
}

use crate::support::{Database, Program, tell_kid};

#[test]
fn two_servers_on_one_database_believe_each_others_new_keys() {
    let database = Database::new();
    let program = Program::production(&database.url());
    // Both start at once on an empty database.
    let (one, other) = (program.start(&["serve"]), program.serve(&["serve"]));
    one.wait_for("\"ready\"");
    let tenant = program.json(["tenants", "create", "--name", "Acme"]);
    let key = tenant["public_key"].as_str().unwrap();
    let before = one.sign_up(key, "ada@example.com");
    assert_eq!(other.get("/v1/auth/me", &before).status, 200);

    // The second has never heard of this key when the first token of it arrives.
    let made = program.json(["signing-keys", "generate", "--activate", "--now"]);
    let kid = made["key_id"].as_str().unwrap();
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(5);
    let mut count = 0;
    let token = loop {
        let token = one.sign_up(key, &format!("user{count}@example.com"));
        if tell_kid(&token) == kid {
            break token;
        }
        assert!(
            std::time::Instant::now() < deadline,
            "the first still signs with the old key"
        );
        std::thread::sleep(std::time::Duration::from_millis(50));
        count += 1;
    };
    assert_eq!(other.get("/v1/auth/me", &token).status, 200);
    assert_eq!(other.get("/v1/auth/me", &before).status, 200);
    one.stop();
    other.stop();
}

//! The commands of migrations as JSON.

use super::{on_sqlite, over, terminal};
use crate::support::Database;

const JSON: [&str; 8] = [
    "migrations status -o json",
    "migrations run --dry-run -o json",
    "migrations run -o json",
    "migrations list -o json",
    "migrations plan -o json",
    "migrate status -o json",
    "migrations rollback --dry-run -o json",
    "migrations rollback -o json",
];

#[test]
#[expect(clippy::too_many_lines, reason = "the transcript is one expectation")]
fn json_tells_the_same() {
    let transcript = terminal(&on_sqlite(), &JSON);
    insta::assert_snapshot!(transcript, @r#"
    $ hj migrations status -o json   [0]
    {
      "database": …,
      "schema_version": null,
      "pending": [
        "20261120_001_initial_schema",
        "20261120_002_session_list_index",
        "20261120_003_mail",
        "20261120_004_one_time",
        "20261120_005_mfa",
        "20261120_006_passkeys",
        "20261120_007_lockout",
        "20261120_008_sign_in_methods"
      ],
      "newer": [],
      "problem": null
    }
    $ hj migrations run --dry-run -o json   [0]
    {
      "dry_run": true,
      "pending": [
        "20261120_001_initial_schema",
        "20261120_002_session_list_index",
        "20261120_003_mail",
        "20261120_004_one_time",
        "20261120_005_mfa",
        "20261120_006_passkeys",
        "20261120_007_lockout",
        "20261120_008_sign_in_methods"
      ]
    }
    $ hj migrations run -o json   [0]
    {
      "schema_version": "20261120_008",
      "applied": [
        {
          "name": "20261120_001_initial_schema",
          "milliseconds": …
        },
        {
          "name": "20261120_002_session_list_index",
          "milliseconds": …
        },
        {
          "name": "20261120_003_mail",
          "milliseconds": …
        },
        {
          "name": "20261120_004_one_time",
          "milliseconds": …
        },
        {
          "name": "20261120_005_mfa",
          "milliseconds": …
        },
        {
          "name": "20261120_006_passkeys",
          "milliseconds": …
        },
        {
          "name": "20261120_007_lockout",
          "milliseconds": …
        },
        {
          "name": "20261120_008_sign_in_methods",
          "milliseconds": …
        }
      ],
      "error": null
    }
    $ hj migrations list -o json   [0]
    [
      {
        "name": "20261120_001_initial_schema",
        "status": "applied",
        "applied_at": "…,
        "batch": 1
      },
      {
        "name": "20261120_002_session_list_index",
        "status": "applied",
        "applied_at": "…,
        "batch": 1
      },
      {
        "name": "20261120_003_mail",
        "status": "applied",
        "applied_at": "…,
        "batch": 1
      },
      {
        "name": "20261120_004_one_time",
        "status": "applied",
        "applied_at": "…,
        "batch": 1
      },
      {
        "name": "20261120_005_mfa",
        "status": "applied",
        "applied_at": "…,
        "batch": 1
      },
      {
        "name": "20261120_006_passkeys",
        "status": "applied",
        "applied_at": "…,
        "batch": 1
      },
      {
        "name": "20261120_007_lockout",
        "status": "applied",
        "applied_at": "…,
        "batch": 1
      },
      {
        "name": "20261120_008_sign_in_methods",
        "status": "applied",
        "applied_at": "…,
        "batch": 1
      }
    ]
    $ hj migrations plan -o json   [0]
    []
    $ hj migrate status -o json   [0]
    {
      "database": …,
      "schema_version": "20261120_008",
      "pending": [],
      "newer": [],
      "problem": null
    }
    $ hj migrations rollback --dry-run -o json   [0]
    {
      "dry_run": true,
      "would_roll_back": [
        "20261120_008_sign_in_methods",
        "20261120_007_lockout",
        "20261120_006_passkeys",
        "20261120_005_mfa",
        "20261120_004_one_time",
        "20261120_003_mail",
        "20261120_002_session_list_index",
        "20261120_001_initial_schema"
      ],
      "users_deleted": 0
    }
    $ hj migrations rollback -o json   [0]
    {
      "schema_version": null,
      "rolled_back": [
        {
          "name": "20261120_008_sign_in_methods",
          "milliseconds": …
        },
        {
          "name": "20261120_007_lockout",
          "milliseconds": …
        },
        {
          "name": "20261120_006_passkeys",
          "milliseconds": …
        },
        {
          "name": "20261120_005_mfa",
          "milliseconds": …
        },
        {
          "name": "20261120_004_one_time",
          "milliseconds": …
        },
        {
          "name": "20261120_003_mail",
          "milliseconds": …
        },
        {
          "name": "20261120_002_session_list_index",
          "milliseconds": …
        },
        {
          "name": "20261120_001_initial_schema",
          "milliseconds": …
        }
      ],
      "error": null
    }
    "#);
    let database = Database::new();
    assert_eq!(terminal(&over(&database.url()), &JSON), transcript);
}

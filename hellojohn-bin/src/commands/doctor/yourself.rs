use crate::findings::Findings;

/// What only people can check; it never counts as passed.
pub(super) fn list(findings: &mut Findings) {
    for (check, how) in [
        (
            "port",
            "the service port (3000) answers the proxy only, not the internet",
        ),
        ("firewall", "the database answers this server only"),
        (
            "certificate",
            "it renews by itself, and somebody is told when it does not",
        ),
        (
            "restore",
            "a backup was restored and tried within the last month: docs/backup.md",
        ),
        (
            "copies",
            "backups are also kept in another place, readable with other credentials",
        ),
        (
            "key copies",
            "HELLOJOHN_ENCRYPTION_KEY and the signing key are kept apart from the backups",
        ),
        ("secrets", "no secret is in version control or in an image"),
        (
            "alerts",
            "somebody is told of refresh reuse, refused hashes, a database that is away",
        ),
        (
            "e-mail",
            "where your application sends mail: SPF, DKIM, and DMARC on quarantine or reject",
        ),
    ] {
        findings.yourself(check, how);
    }
}

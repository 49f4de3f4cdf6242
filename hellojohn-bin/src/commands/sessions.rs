//! `hj sessions`: ending many sessions at once.

use clap::{Args, Subcommand};
use hellojohn_core::{access::Operator, tenant::Tenant, time::Timestamp};
use serde_json::{Value, json};

use super::{
    instance,
    which_tenant::{all_tenants, which_tenant},
};
use crate::{
    cli::Global,
    failure::Failure,
    output::{Format, Output, Table},
};

#[derive(Subcommand)]
pub(crate) enum Sessions {
    /// End live sessions; their refresh tokens are refused at once
    Revoke(Revoke),
}

#[derive(Args)]
pub(crate) struct Revoke {
    /// Those made before this moment, such as 2026-11-20T12:00:00Z
    #[arg(long, value_name = "TIME", value_parser = moment, required_unless_present = "all")]
    issued_before: Option<Timestamp>,
    /// All of them
    #[arg(long, conflicts_with = "issued_before")]
    all: bool,
    /// Only of this tenant: its id or slug
    #[arg(long, short)]
    tenant: Option<String>,
}

fn moment(text: &str) -> Result<Timestamp, String> {
    text.parse()
        .map_err(|_| "not a time like 2026-11-20T12:00:00Z (RFC 3339)".to_owned())
}

pub(crate) async fn run(
    global: &Global,
    output: &mut Output,
    command: Sessions,
) -> Result<(), Failure> {
    let Sessions::Revoke(Revoke {
        issued_before,
        all: _,
        tenant,
    }) = command;
    let engine = instance::engine(global).await?;
    let tenants = match &tenant {
        Some(named) => vec![which_tenant(&engine, Some(named)).await?],
        None => all_tenants(&engine).await?,
    };
    let mut revoked = Vec::new();
    for tenant in tenants {
        let count = engine
            .revoke_all_sessions(&Operator::local(), tenant.id, issued_before)
            .await?;
        revoked.push((tenant, count));
    }
    tell(output, issued_before, &revoked)
}

fn tell(
    output: &mut Output,
    issued_before: Option<Timestamp>,
    revoked: &[(Tenant, u64)],
) -> Result<(), Failure> {
    let total: u64 = revoked.iter().map(|(_, count)| count).sum();
    if output.format() == Format::Json {
        let tenants = revoked.iter().map(
            |(tenant, count)| json!({ "id": tenant.id, "name": tenant.name, "sessions": count }),
        );
        let tenants: Vec<Value> = tenants.collect();
        return output.json(
            &json!({ "issued_before": issued_before, "sessions": total, "tenants": tenants }),
        );
    }
    let mut table = Table::new(&["TENANT", "NAME", "REVOKED"]);
    for (tenant, count) in revoked {
        table.row([
            tenant.id.to_string(),
            tenant.name.clone(),
            count.to_string(),
        ]);
    }
    output.list(&table, &Value::Null)?;
    output.line(format_args!("\n✅ Sessions revoked: {total}"))
}

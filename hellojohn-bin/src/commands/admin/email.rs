//! `hj admin email`: messages that wait, were sent or were given up.

use clap::{Args, Subcommand, ValueEnum};
use hellojohn_core::{
    access::Operator,
    id::MessageId,
    mail::{Channel, Message, MessageStatus},
    store::{MessageFilter, QueuedMessage},
};
use serde_json::{Value, json};

use crate::{
    cli::Global,
    commands::{instance, which_tenant::which_tenant},
    failure::Failure,
    output::{Format, Output, Table, counted, date_and_time, or_dash},
};

#[derive(Subcommand)]
pub(crate) enum Email {
    /// List messages, the oldest first, without what they say
    Queue(Queue),
    /// Try messages that were not sent again at once
    Retry(Retry),
}

#[derive(Args)]
pub(crate) struct Queue {
    /// Only those that wait, were sent or were given up
    #[arg(long, value_enum)]
    status: Option<Status>,
    /// Only of this tenant: its id or slug
    #[arg(long, short)]
    tenant: Option<String>,
    /// Those after this message
    #[arg(long, value_name = "ID", value_parser = id)]
    after: Option<MessageId>,
    /// At most so many
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    limit: u32,
}

#[derive(Args)]
pub(crate) struct Retry {
    /// Which message
    #[arg(value_parser = id, required_unless_present = "dead")]
    id: Option<MessageId>,
    /// Every message that was given up
    #[arg(long, conflicts_with = "id")]
    dead: bool,
    /// With --dead: only of this tenant, by id or slug
    #[arg(long, short, requires = "dead")]
    tenant: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Status {
    Pending,
    Sent,
    Dead,
}

impl From<Status> for MessageStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::Pending => Self::Pending,
            Status::Sent => Self::Sent,
            Status::Dead => Self::Dead,
        }
    }
}

fn id(text: &str) -> Result<MessageId, String> {
    text.parse()
        .map_err(|_| "not the id of a message, msg_…".to_owned())
}

pub(super) async fn run(
    global: &Global,
    output: &mut Output,
    command: Email,
) -> Result<(), Failure> {
    match command {
        Email::Queue(command) => queue(global, output, command).await,
        Email::Retry(command) => retry(global, output, command).await,
    }
}

async fn queue(global: &Global, output: &mut Output, command: Queue) -> Result<(), Failure> {
    let engine = instance::engine(global).await?;
    let tenant = match &command.tenant {
        Some(named) => Some(which_tenant(&engine, Some(named)).await?.id),
        None => None,
    };
    let filter = MessageFilter {
        tenant,
        status: command.status.map(MessageStatus::from),
        after: command.after,
        limit: command.limit,
    };
    let messages = engine.messages(&Operator::local(), &filter).await?;
    let mut table = Table::new(&[
        "ID",
        "TEMPLATE",
        "RECIPIENT",
        "STATUS",
        "ATTEMPTS",
        "NEXT ATTEMPT",
        "ERROR",
    ]);
    for QueuedMessage { message, .. } in &messages {
        table.row([
            message.id.to_string(),
            message.template.as_str().to_owned(),
            masked(message),
            message.status.as_str().to_owned(),
            message.attempts.to_string(),
            or_dash(next_attempt(message).map(date_and_time)),
            or_dash(message.last_error.clone()),
        ]);
    }
    let json: Vec<Value> = messages.iter().map(as_json).collect();
    output.list(&table, &Value::Array(json))
}

fn next_attempt(message: &Message) -> Option<hellojohn_core::time::Timestamp> {
    (message.status == MessageStatus::Pending).then_some(message.next_attempt_at)
}

fn as_json(queued: &QueuedMessage) -> Value {
    let message = &queued.message;
    json!({
        "id": message.id,
        "tenant_id": queued.tenant,
        "channel": message.channel.as_str(),
        "template": message.template.as_str(),
        "recipient": masked(message),
        "user_id": message.user_id,
        "status": message.status.as_str(),
        "attempts": message.attempts,
        "next_attempt_at": next_attempt(message),
        "error": message.last_error,
        "created_at": message.created_at,
        "sent_at": message.sent_at,
    })
}

/// Enough to know whose it is, and not enough to write to them (R178).
fn masked(message: &Message) -> String {
    let recipient = message.recipient.as_str();
    if let (Channel::Email, Some((local, domain))) = (message.channel, recipient.split_once('@')) {
        let first: String = local.chars().take(1).collect();
        return format!("{first}***@{domain}");
    }
    let end = recipient.len().saturating_sub(2);
    format!("***{}", recipient.get(end..).unwrap_or_default())
}

async fn retry(global: &Global, output: &mut Output, command: Retry) -> Result<(), Failure> {
    let engine = instance::engine(global).await?;
    let operator = Operator::local();
    let retried = if let Some(id) = command.id {
        engine.retry_message(&operator, id).await?;
        1
    } else {
        let tenant = match &command.tenant {
            Some(named) => Some(which_tenant(&engine, Some(named)).await?.id),
            None => None,
        };
        engine.retry_dead_messages(&operator, tenant).await?
    };
    match output.format() {
        Format::Json => output.json(&json!({ "retried": retried })),
        Format::Table => {
            let messages = counted(retried, "message");
            output.line(format_args!("✅ Tried again: {messages}"))
        }
    }
}

//! Mail on its way out: to the instance's server or a tenant's own, over SMTP (RFC 5321).

mod transport;

use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use hellojohn_core::{
    id::TenantId,
    mail::SmtpServer,
    network::is_public,
    ports::mail::{MailRoute, Mailer, OutgoingMail, SendError},
    time::Timestamp,
};
use tokio::time::timeout;

use self::transport::{Destination, Transport, message};
use crate::{
    config::{InstanceMail, MailConfig, MailFrom, TenantHosts},
    mailbox::Mailbox,
};

/// Hands mails over to mail servers.
pub(crate) struct SmtpMailer {
    instance: Instance,
    tenants: Mutex<HashMap<TenantId, Known>>,
    tenant_hosts: TenantHosts,
    timeout: Duration,
}

enum Instance {
    Server(Box<Transport>, MailFrom),
    Mailbox(Mailbox),
    Nobody,
}

/// A connection to a tenant's server, as long as nothing about it changes.
struct Known {
    updated_at: Option<Timestamp>,
    address: IpAddr,
    transport: Transport,
}

/// How many tenants' connections are kept.
const MOST_TENANTS: usize = 200;

impl SmtpMailer {
    /// As configured. Fails if this host cannot make TLS connections and one is asked for.
    pub(crate) fn new(config: &MailConfig) -> Result<Self, SendError> {
        let instance = match &config.instance {
            InstanceMail::Server(server) => {
                let destination = Destination {
                    connect_to: &server.host,
                    host: &server.host,
                    port: server.port,
                    security: server.security,
                    username: server.username.as_deref(),
                    password: server.password.as_ref(),
                };
                let transport = Transport::new(&destination, config.timeout)?;
                Instance::Server(Box::new(transport), server.from.clone())
            }
            InstanceMail::Mailbox(mailbox) => Instance::Mailbox(mailbox.clone()),
            InstanceMail::Nobody => Instance::Nobody,
        };
        Ok(Self {
            instance,
            tenants: Mutex::default(),
            tenant_hosts: config.tenant_hosts,
            timeout: config.timeout,
        })
    }

    async fn hand_over(&self, mail: &OutgoingMail, via: &MailRoute) -> Result<(), SendError> {
        match (via, &self.instance) {
            (MailRoute::Tenant(server), _) => {
                let mail = message(mail, None)?;
                self.transport_to(server).await?.send(mail).await
            }
            (MailRoute::Instance, Instance::Server(transport, from)) => {
                transport.send(message(mail, Some(from))?).await
            }
            (MailRoute::Instance, Instance::Mailbox(mailbox)) => {
                mailbox.put(mail);
                Ok(())
            }
            (MailRoute::Instance, Instance::Nobody) => Err(SendError::NotConfigured),
        }
    }

    /// The host is looked up at every attempt, and what was found and checked is what is
    /// connected to (R168).
    async fn transport_to(&self, server: &SmtpServer) -> Result<Transport, SendError> {
        let found = tokio::net::lookup_host((server.host.as_str(), server.port)).await;
        let found: Vec<IpAddr> = found
            .map_err(|_| temporary("the mail server's name is not known"))?
            .map(|address: SocketAddr| address.ip())
            .collect();
        if self.tenant_hosts == TenantHosts::Public && !found.iter().all(|ip| is_public(*ip)) {
            return Err(temporary(
                "the mail server's address is not public, and others are not allowed here",
            ));
        }
        let v4 = found.iter().find(|address| address.is_ipv4());
        let address = *v4
            .or(found.first())
            .ok_or_else(|| temporary("the mail server's name is not known"))?;
        let mut tenants = self.tenants.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = tenants.get(&server.tenant)
            && known.updated_at == server.updated_at
            && known.address == address
        {
            return Ok(known.transport.clone());
        }
        let connect_to = address.to_string();
        let destination = Destination {
            connect_to: &connect_to,
            host: &server.host,
            port: server.port,
            security: server.security,
            username: server.username.as_deref(),
            password: server.password.as_ref(),
        };
        let transport = Transport::new(&destination, self.timeout)?;
        if tenants.len() >= MOST_TENANTS {
            tenants.clear();
        }
        let known = Known {
            updated_at: server.updated_at,
            address,
            transport: transport.clone(),
        };
        tenants.insert(server.tenant, known);
        Ok(transport)
    }
}

/// How many times the time-out of one step a whole mail may take.
const STEPS: u32 = 3;
/// A worker that is away for this many times the time-out of one step is given up: longer than
/// a whole mail may take.
pub(crate) const LEASE: u32 = STEPS + 1;

#[async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, mail: &OutgoingMail, via: &MailRoute) -> Result<(), SendError> {
        let longest = self.timeout * STEPS;
        let attempt = timeout(longest, self.hand_over(mail, via));
        let late = |_| Err(temporary("the mail server took too long"));
        attempt.await.unwrap_or_else(late)
    }
}

fn temporary(why: &str) -> SendError {
    SendError::Temporary(why.to_owned())
}

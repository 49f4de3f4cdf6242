//! Whether a sign-in looks like its user: signals, rules over them, and what a tenant makes of the outcome.

mod devices;

use serde::{Deserialize, Serialize};

/// What a tenant does about risky sign-ins (`risk_based_mfa`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RiskMode {
    /// Nothing.
    #[default]
    Off,
    /// The user is told.
    Notify,
    /// A second factor is asked for; a user who has none is told.
    RequireMfa,
}

impl RiskMode {
    /// The word in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Notify => "notify",
            Self::RequireMfa => "require_mfa",
        }
    }

    /// What becomes of a decision in a tenant with this setting.
    pub fn limit(self, decision: RiskDecision) -> RiskDecision {
        let most = match self {
            Self::Off => RiskDecision::Allow,
            Self::Notify => RiskDecision::Notify,
            Self::RequireMfa => RiskDecision::RequireMfa,
        };
        decision.min(most)
    }
}

/// Whether something was seen of a user before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Familiarity {
    /// It cannot be told: nothing is remembered to compare with, or the request says nothing.
    #[default]
    Untold,
    /// Seen within the last 720 hours.
    Known,
    /// Not seen, while others were.
    New,
}

/// What is known of one sign-in. More may be added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RiskSignals {
    /// Of the device.
    pub device: Familiarity,
    /// Of the network.
    pub network: Familiarity,
    /// Failed attempts on the account that are still counted against it.
    pub recent_failures: u32,
}

/// What to do about a sign-in, from harmless to serious.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum RiskDecision {
    /// Nothing.
    #[default]
    Allow,
    /// Tell the user.
    Notify,
    /// Ask for a second factor.
    RequireMfa,
}

/// How risky a sign-in looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Assessment {
    /// 0 to 100, for the audit log.
    pub score: u8,
    /// What to do about it.
    pub decision: RiskDecision,
}

/// The rules of this server.
#[derive(Clone, Copy, Debug, Default)]
pub struct ShippedRules;

impl crate::ports::RiskEvaluator for ShippedRules {
    fn evaluate(&self, signals: &RiskSignals) -> Assessment {
        let new = |familiarity: Familiarity, weight: u8| match familiarity {
            Familiarity::New => weight,
            Familiarity::Known | Familiarity::Untold => 0,
        };
        let failures = match signals.recent_failures {
            0..=2 => 0,
            3..=4 => 20,
            _ => 40,
        };
        let score = new(signals.device, 40) + new(signals.network, 20) + failures;
        let decision = match score {
            0..=29 => RiskDecision::Allow,
            30..=59 => RiskDecision::Notify,
            _ => RiskDecision::RequireMfa,
        };
        Assessment { score, decision }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::RiskEvaluator as _;

    #[test]
    fn the_rules() {
        use Familiarity::{Known, New, Untold};
        use RiskDecision::{Allow, Notify, RequireMfa};
        for (device, network, recent_failures, score, decision) in [
            (Untold, Untold, 0, 0, Allow),
            (Known, Known, 2, 0, Allow),
            (Known, New, 0, 20, Allow),
            (Known, Known, 3, 20, Allow),
            (New, Known, 0, 40, Notify),
            (Known, Known, 5, 40, Notify),
            (Known, New, 4, 40, Notify),
            (New, New, 0, 60, RequireMfa),
            (New, Known, 3, 60, RequireMfa),
            (Known, New, 5, 60, RequireMfa),
            (New, New, 100, 100, RequireMfa),
        ] {
            let signals = RiskSignals {
                device,
                network,
                recent_failures,
            };
            let expected = Assessment { score, decision };
            assert_eq!(ShippedRules.evaluate(&signals), expected, "{signals:?}");
        }
    }

    #[test]
    fn a_tenant_limits_what_is_done() {
        use RiskDecision::{Allow, Notify, RequireMfa};
        for (mode, expected) in [
            (RiskMode::Off, [Allow, Allow, Allow]),
            (RiskMode::Notify, [Allow, Notify, Notify]),
            (RiskMode::RequireMfa, [Allow, Notify, RequireMfa]),
        ] {
            let limited = [Allow, Notify, RequireMfa].map(|decision| mode.limit(decision));
            assert_eq!(limited, expected, "{mode:?}");
        }
    }
}

//! Placeholder until the password branch is merged.
#![allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct PasswordPolicy {}
impl PasswordPolicy {
    pub fn stricter_than(&self, _: &Self) -> Result<(), &'static str> {
        Ok(())
    }
}

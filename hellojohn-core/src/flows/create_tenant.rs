use crate::{
    Engine, Error,
    access::Operator,
    id::TenantId,
    input::{self, InputError},
    store::{Access, StoreError},
    tenant::{Tenant, TenantConfig, TenantError},
    trail::Entry,
};

/// A tenant to make.
#[derive(Clone, Debug, Default)]
pub struct NewTenant {
    /// For people.
    pub name: String,
    /// For URLs; made from the name if unset.
    pub slug: Option<String>,
    /// What it chooses for itself.
    pub config: TenantConfig,
}

impl NewTenant {
    /// A tenant with default settings.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }
}

impl Engine {
    /// Makes a tenant.
    pub async fn create_tenant(
        &self,
        operator: &Operator,
        new: NewTenant,
    ) -> Result<Tenant, Error> {
        operator.require("tenants:write")?;
        let wrong = |error| InputError::Fields(vec![error]);
        let name = input::display_text("name", &new.name).map_err(wrong)?;
        let slug = new.slug.unwrap_or_else(|| slug_of(&name));
        let slug = input::slug(&slug).map_err(wrong)?;
        new.config.check(self.settings())?;
        let now = self.now();
        let mut tenant = Tenant::new(TenantId::new(now, self.random()), name, slug, now);
        tenant.config = new.config;
        let mut unit = self.store().begin_control(Access::Write).await?;
        unit.insert_tenant(&tenant).await.map_err(slug_taken)?;
        let entry = Entry::new("tenant.created").on("tenant", tenant.id);
        self.record_control(&mut *unit, operator, Some(tenant.id), entry)
            .await?;
        unit.commit().await?;
        self.inner().tenants.forget();
        self.inner().origins.forget();
        Ok(tenant)
    }
}

fn slug_taken(error: StoreError) -> Error {
    if error.is_conflict("tenant_slug") {
        TenantError::SlugTaken.into()
    } else {
        error.into()
    }
}

/// A slug made of a name: lower-case letters and digits, everything else a single dash.
fn slug_of(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().take(63) {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::slug_of;

    #[test]
    fn a_slug_keeps_letters_and_digits() {
        assert_eq!(slug_of("My App, 2nd try!"), "my-app-2nd-try");
        assert_eq!(slug_of("--"), "");
    }
}

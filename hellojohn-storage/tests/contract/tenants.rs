use hellojohn_core::{
    store::{Access, Store as _},
    tenant::TenantStatus,
    time::Span,
};

use crate::{databases::Database, samples::*};

on_every_database!(
    a_tenant_reads_back_what_was_written,
    a_taken_slug_conflicts_by_rule_name,
    an_update_writes_every_changeable_field,
    tenants_are_listed_by_id,
);

async fn a_tenant_reads_back_what_was_written(db: Database) {
    let mut whole = tenant(1);
    whole.config.access_token_ttl = Some(Span::seconds(60));
    whole.config.allowed_origins = vec!["https://a.example".to_owned()];
    whole.public_metadata = metadata();
    whole.private_metadata = metadata();
    whole.status = TenantStatus::Suspended;
    whole.plan = "pro".to_owned();
    let mut unit = control(&db.store).await;
    unit.insert_tenant(&whole).await.unwrap();
    unit.commit().await.unwrap();

    let mut unit = db.store.begin_control(Access::Read).await.unwrap();
    assert_eq!(unit.tenant(whole.id).await.unwrap().unwrap(), whole);
    let by_slug = unit.tenant_by_slug("tenant-1").await.unwrap();
    assert_eq!(by_slug.unwrap(), whole);
    assert!(unit.tenant_by_slug("TENANT-1").await.unwrap().is_none());
    assert!(unit.tenant(tenant_id(9)).await.unwrap().is_none());
    drop(unit);

    let mut unit = control(&db.store).await;
    let locked = unit.tenant_for_update(whole.id).await.unwrap();
    assert_eq!(locked.unwrap(), whole);
    assert!(
        unit.tenant_for_update(tenant_id(9))
            .await
            .unwrap()
            .is_none()
    );
}

async fn a_taken_slug_conflicts_by_rule_name(db: Database) {
    two_tenants(&db.store).await;
    let mut taken = tenant(3);
    taken.slug = "tenant-1".to_owned();
    let mut unit = control(&db.store).await;
    let error = unit.insert_tenant(&taken).await.unwrap_err();
    assert!(error.is_conflict("tenant_slug"), "{error:?}");

    taken = tenant(2);
    taken.slug = "tenant-1".to_owned();
    drop(unit);
    let mut unit = control(&db.store).await;
    let error = unit.update_tenant(&taken).await.unwrap_err();
    assert!(error.is_conflict("tenant_slug"), "{error:?}");

    let mut again = tenant(1);
    again.slug = "other".to_owned();
    drop(unit);
    let mut unit = control(&db.store).await;
    let error = unit.insert_tenant(&again).await.unwrap_err();
    assert!(error.is_conflict("tenant_id"), "{error:?}");
}

async fn an_update_writes_every_changeable_field(db: Database) {
    two_tenants(&db.store).await;
    let mut changed = tenant(1);
    changed.name = "Other".to_owned();
    changed.slug = "other".to_owned();
    changed.status = TenantStatus::Deleted;
    changed.plan = "enterprise".to_owned();
    changed.config.username_enabled = true;
    changed.public_metadata = metadata();
    changed.private_metadata = metadata();
    changed.updated_at = at(5);
    let mut unit = control(&db.store).await;
    assert!(unit.update_tenant(&changed).await.unwrap());
    assert_eq!(unit.tenant(changed.id).await.unwrap().unwrap(), changed);
    assert_eq!(unit.tenant(tenant_id(2)).await.unwrap().unwrap(), tenant(2));
    assert!(!unit.update_tenant(&tenant(9)).await.unwrap());
    unit.commit().await.unwrap();
}

async fn tenants_are_listed_by_id(db: Database) {
    let mut unit = control(&db.store).await;
    for number in [3, 1, 2] {
        unit.insert_tenant(&tenant(number)).await.unwrap();
    }
    let first = unit.tenants(None, 2).await.unwrap();
    assert_eq!(first, [tenant(1), tenant(2)]);
    let rest = unit.tenants(Some(tenant_id(2)), 2).await.unwrap();
    assert_eq!(rest, [tenant(3)]);
    assert!(
        unit.tenants(Some(tenant_id(3)), 2)
            .await
            .unwrap()
            .is_empty()
    );
}

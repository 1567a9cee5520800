import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("banding", "0005_round_days"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="return",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="return",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="return",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="return",
            name="put_aside_at",
            field=models.DateTimeField(
                editable=False,
                help_text="When it lost its last pupil, its school having closed: nobody owes it.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="returnevent",
            name="put_aside_at",
            field=models.DateTimeField(
                editable=False,
                help_text="When it lost its last pupil, its school having closed: nobody owes it.",
                null=True,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="return",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_returnevent" ("collection_id", "declared_by_name", "extended_to", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "put_aside_at", "returned_reason", "school_id", "state", "submitted_at", "submitted_by_id", "template_version") SELECT new_values."collection_id", new_values."declared_by_name", new_values."extended_to", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."put_aside_at", new_values."returned_reason", new_values."school_id", new_values."state", new_values."submitted_at", new_values."submitted_by_id", new_values."template_version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="23dc11bf6444c1e668cb54751146e795cb50cc53",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e0268",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="banding_return",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="return",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_returnevent" ("collection_id", "declared_by_name", "extended_to", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "put_aside_at", "returned_reason", "school_id", "state", "submitted_at", "submitted_by_id", "template_version") SELECT new_values."collection_id", new_values."declared_by_name", new_values."extended_to", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."put_aside_at", new_values."returned_reason", new_values."school_id", new_values."state", new_values."submitted_at", new_values."submitted_by_id", new_values."template_version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c0f5a88d39732b996efdceb90be83249fc73a8b7",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e2e9a",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="banding_return",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="return",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_returnevent" ("collection_id", "declared_by_name", "extended_to", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "put_aside_at", "returned_reason", "school_id", "state", "submitted_at", "submitted_by_id", "template_version") SELECT old_values."collection_id", old_values."declared_by_name", old_values."extended_to", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."put_aside_at", old_values."returned_reason", old_values."school_id", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."template_version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="3cd8eedd4273ebf1866dae2cca06cf3945a53852",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_03500",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="banding_return",
                    when="AFTER",
                ),
            ),
        ),
    ]

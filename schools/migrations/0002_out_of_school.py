import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0001_initial"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="school",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="school",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="school",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="school",
            name="school_urn_six_digits",
        ),
        migrations.AddField(
            model_name="school",
            name="arrangement",
            field=models.CharField(
                blank=True,
                choices=[
                    ("home", "Elective home education"),
                    ("between", "Between schools"),
                    ("provider", "Provider of an EOTAS package"),
                    ("account", "Account of a parent for an EOTAS package"),
                ],
                help_text="Where it is no school but what a pupil without one has; empty for a school.",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="school",
            name="is_paid",
            field=models.BooleanField(default=True, help_text="Whether pupils there are funded."),
        ),
        migrations.AddField(
            model_name="school",
            name="payee_reference",
            field=models.CharField(
                blank=True, help_text="The authority's own reference of who is paid.", max_length=40
            ),
        ),
        migrations.AddField(
            model_name="schoolevent",
            name="arrangement",
            field=models.CharField(
                blank=True,
                choices=[
                    ("home", "Elective home education"),
                    ("between", "Between schools"),
                    ("provider", "Provider of an EOTAS package"),
                    ("account", "Account of a parent for an EOTAS package"),
                ],
                help_text="Where it is no school but what a pupil without one has; empty for a school.",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="schoolevent",
            name="is_paid",
            field=models.BooleanField(default=True, help_text="Whether pupils there are funded."),
        ),
        migrations.AddField(
            model_name="schoolevent",
            name="payee_reference",
            field=models.CharField(
                blank=True, help_text="The authority's own reference of who is paid.", max_length=40
            ),
        ),
        migrations.AlterField(
            model_name="formersector",
            name="sector",
            field=models.CharField(
                choices=[
                    ("mainstream", "Mainstream"),
                    ("special", "Special"),
                    ("alternative_provision", "Alternative provision"),
                    ("early_years", "Early years"),
                    ("post_16", "Post-16"),
                    ("independent", "Independent"),
                    ("out_of_school", "Out of school"),
                ],
                max_length=24,
            ),
        ),
        migrations.AlterField(
            model_name="formersectorevent",
            name="sector",
            field=models.CharField(
                choices=[
                    ("mainstream", "Mainstream"),
                    ("special", "Special"),
                    ("alternative_provision", "Alternative provision"),
                    ("early_years", "Early years"),
                    ("post_16", "Post-16"),
                    ("independent", "Independent"),
                    ("out_of_school", "Out of school"),
                ],
                max_length=24,
            ),
        ),
        migrations.AlterField(
            model_name="school",
            name="sector",
            field=models.CharField(
                choices=[
                    ("mainstream", "Mainstream"),
                    ("special", "Special"),
                    ("alternative_provision", "Alternative provision"),
                    ("early_years", "Early years"),
                    ("post_16", "Post-16"),
                    ("independent", "Independent"),
                    ("out_of_school", "Out of school"),
                ],
                max_length=24,
            ),
        ),
        migrations.AlterField(
            model_name="schoolevent",
            name="sector",
            field=models.CharField(
                choices=[
                    ("mainstream", "Mainstream"),
                    ("special", "Special"),
                    ("alternative_provision", "Alternative provision"),
                    ("early_years", "Early years"),
                    ("post_16", "Post-16"),
                    ("independent", "Independent"),
                    ("out_of_school", "Out of school"),
                ],
                max_length=24,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="school",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_schoolevent" ("arrangement", "closed_on", "establishment_number", "high_age", "id", "is_paid", "la_code", "low_age", "name", "opened_on", "payee_reference", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "postcode", "quadrant_id", "sector", "status", "town", "trust", "type_code", "type_group_code", "type_name", "ukprn", "urn") SELECT new_values."arrangement", new_values."closed_on", new_values."establishment_number", new_values."high_age", new_values."id", new_values."is_paid", new_values."la_code", new_values."low_age", new_values."name", new_values."opened_on", new_values."payee_reference", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."phase", new_values."postcode", new_values."quadrant_id", new_values."sector", new_values."status", new_values."town", new_values."trust", new_values."type_code", new_values."type_group_code", new_values."type_name", new_values."ukprn", new_values."urn" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="a848924f94590a86694539eebbc5a7a11323aa4a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_65445",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="schools_school",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="school",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_schoolevent" ("arrangement", "closed_on", "establishment_number", "high_age", "id", "is_paid", "la_code", "low_age", "name", "opened_on", "payee_reference", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "postcode", "quadrant_id", "sector", "status", "town", "trust", "type_code", "type_group_code", "type_name", "ukprn", "urn") SELECT new_values."arrangement", new_values."closed_on", new_values."establishment_number", new_values."high_age", new_values."id", new_values."is_paid", new_values."la_code", new_values."low_age", new_values."name", new_values."opened_on", new_values."payee_reference", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."phase", new_values."postcode", new_values."quadrant_id", new_values."sector", new_values."status", new_values."town", new_values."trust", new_values."type_code", new_values."type_group_code", new_values."type_name", new_values."ukprn", new_values."urn" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."arrangement" IS DISTINCT FROM (new_values."arrangement") OR old_values."closed_on" IS DISTINCT FROM (new_values."closed_on") OR old_values."establishment_number" IS DISTINCT FROM (new_values."establishment_number") OR old_values."high_age" IS DISTINCT FROM (new_values."high_age") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_paid" IS DISTINCT FROM (new_values."is_paid") OR old_values."la_code" IS DISTINCT FROM (new_values."la_code") OR old_values."low_age" IS DISTINCT FROM (new_values."low_age") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."opened_on" IS DISTINCT FROM (new_values."opened_on") OR old_values."payee_reference" IS DISTINCT FROM (new_values."payee_reference") OR old_values."phase" IS DISTINCT FROM (new_values."phase") OR old_values."postcode" IS DISTINCT FROM (new_values."postcode") OR old_values."quadrant_id" IS DISTINCT FROM (new_values."quadrant_id") OR old_values."sector" IS DISTINCT FROM (new_values."sector") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."town" IS DISTINCT FROM (new_values."town") OR old_values."trust" IS DISTINCT FROM (new_values."trust") OR old_values."type_code" IS DISTINCT FROM (new_values."type_code") OR old_values."type_group_code" IS DISTINCT FROM (new_values."type_group_code") OR old_values."type_name" IS DISTINCT FROM (new_values."type_name") OR old_values."ukprn" IS DISTINCT FROM (new_values."ukprn") OR old_values."urn" IS DISTINCT FROM (new_values."urn")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2e460cbe3f87d6bd127eb44b1a7fbff0f96f5aae",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_792e7",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="schools_school",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="school",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_schoolevent" ("arrangement", "closed_on", "establishment_number", "high_age", "id", "is_paid", "la_code", "low_age", "name", "opened_on", "payee_reference", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "postcode", "quadrant_id", "sector", "status", "town", "trust", "type_code", "type_group_code", "type_name", "ukprn", "urn") SELECT old_values."arrangement", old_values."closed_on", old_values."establishment_number", old_values."high_age", old_values."id", old_values."is_paid", old_values."la_code", old_values."low_age", old_values."name", old_values."opened_on", old_values."payee_reference", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."phase", old_values."postcode", old_values."quadrant_id", old_values."sector", old_values."status", old_values."town", old_values."trust", old_values."type_code", old_values."type_group_code", old_values."type_name", old_values."ukprn", old_values."urn" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="edc85c7ee0682f09dac8095c584a77ea7c058983",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1ffa2",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="schools_school",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="school",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("arrangement", ""), ("urn__regex", "^\\d{6}$")),
                    models.Q(
                        models.Q(("arrangement", ""), _negated=True), ("urn__regex", "^P\\d{5}$")
                    ),
                    _connector="OR",
                ),
                name="school_urn_six_digits",
            ),
        ),
        migrations.AddConstraint(
            model_name="school",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_paid", True), models.Q(("arrangement", ""), _negated=True), _connector="OR"
                ),
                name="school_is_paid",
            ),
        ),
    ]

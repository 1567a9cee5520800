import uuid

import django.contrib.postgres.fields
import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.db.models.manager
import django.utils.timezone
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import banding_portal.search
import schools.models.merges

# A word in the middle of a name is found by an index of trigrams. The extension is trusted, so
# that the owner of the database may add it; without it the search reads the column.
TRIGRAMS = """
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX school_folded ON schools_school USING gin (folded gin_trgm_ops);
    CREATE INDEX pupil_folded ON schools_pupil USING gin (folded gin_trgm_ops);
    CREATE INDEX former_fact_folded ON schools_formerfact USING gin (folded gin_trgm_ops);
EXCEPTION
    WHEN insufficient_privilege OR feature_not_supported OR undefined_file OR undefined_object THEN
        RAISE NOTICE 'Without pg_trgm searches have no index.';
END $$
"""
NO_TRIGRAMS = "DROP INDEX IF EXISTS school_folded, pupil_folded, former_fact_folded"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("banding_portal", "0001_portal_fold"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Quadrant",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=80, unique=True)),
            ],
            options={
                "ordering": ["name"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_quadrantevent" ("code", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."code", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="2504b97d29d952643cbea7fd169efd6450b99b43",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_226c0",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="schools_quadrant",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_quadrantevent" ("code", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."code", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="dccaf04620c370f44dd52cb54afd9e3f1f9b72a1",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_14585",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="schools_quadrant",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_quadrantevent" ("code", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."code", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="5c2088fa998702315b50fa7aa7de73ace4a6a72c",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5c7bd",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="schools_quadrant",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuadrantEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="schools.quadrant",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ("code", models.SlugField(db_index=False)),
                ("name", models.CharField(max_length=80)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="School",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("urn", models.CharField(max_length=6, unique=True)),
                ("la_code", models.CharField(max_length=3)),
                ("establishment_number", models.CharField(blank=True, max_length=4)),
                ("name", models.CharField(max_length=200)),
                ("type_code", models.PositiveSmallIntegerField(null=True)),
                ("type_name", models.CharField(blank=True, max_length=120)),
                ("type_group_code", models.PositiveSmallIntegerField(null=True)),
                ("phase", models.CharField(blank=True, max_length=60)),
                (
                    "sector",
                    models.CharField(
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
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("closed", "Closed"),
                            ("proposed", "Proposed to open"),
                            ("closing", "Open, proposed to close"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("low_age", models.PositiveSmallIntegerField(null=True)),
                ("high_age", models.PositiveSmallIntegerField(null=True)),
                ("opened_on", models.DateField(null=True)),
                ("closed_on", models.DateField(null=True)),
                ("ukprn", models.CharField(blank=True, max_length=8)),
                ("trust", models.CharField(blank=True, max_length=200)),
                ("town", models.CharField(blank=True, max_length=100)),
                ("postcode", models.CharField(blank=True, max_length=10)),
                (
                    "quadrant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="schools",
                        to="schools.quadrant",
                    ),
                ),
                (
                    "arrangement",
                    models.CharField(
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
                (
                    "payee_reference",
                    models.CharField(
                        blank=True,
                        help_text="The authority’s own reference of who is paid.",
                        max_length=40,
                    ),
                ),
                (
                    "is_paid",
                    models.BooleanField(default=True, help_text="Whether pupils there are funded."),
                ),
                (
                    "folded",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Concat(
                            banding_portal.search.Fold(models.F("name")),
                            models.Value(" ", models.TextField()),
                            django.db.models.functions.text.Replace(
                                banding_portal.search.Fold(models.F("name")),
                                models.Value(" ", models.TextField()),
                                models.Value("", models.TextField()),
                                output_field=models.TextField(),
                            ),
                            models.Value(" ", models.TextField()),
                            banding_portal.search.Fold(models.F("town")),
                            models.Value(" ", models.TextField()),
                            django.db.models.functions.text.Replace(
                                banding_portal.search.Fold(models.F("town")),
                                models.Value(" ", models.TextField()),
                                models.Value("", models.TextField()),
                                output_field=models.TextField(),
                            ),
                            models.Value(" ", models.TextField()),
                            output_field=models.TextField(),
                        ),
                        output_field=models.TextField(),
                    ),
                ),
            ],
            options={
                "ordering": ["name", "urn"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("arrangement", ""), ("urn__regex", "^\\d{6}$")),
                            models.Q(
                                models.Q(("arrangement", ""), _negated=True),
                                ("urn__regex", "^P\\d{5}$"),
                            ),
                            _connector="OR",
                        ),
                        name="school_urn_six_digits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_paid", True),
                            models.Q(("arrangement", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="school_is_paid",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="remember_sector",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE eve date;",
                            func="\n    IF current_setting('banding_portal.true_from', true) = 'always' THEN\n        RETURN NULL;\n    END IF;\n    eve := coalesce(nullif(current_setting('banding_portal.true_from', true), '')::date,\n                    (now() AT TIME ZONE 'Europe/London')::date) - 1;\n    WITH changed AS (\n        SELECT before.id, before.sector AS was, after.sector AS is_now\n        FROM before JOIN after ON after.id = before.id\n        WHERE before.sector <> after.sector\n),\n    true_again AS (\n        DELETE FROM schools_formersector former USING changed\n        WHERE former.school_id = changed.id AND true\n          AND former.until = eve AND former.sector = changed.is_now\n    )\n    INSERT INTO schools_formersector (id, school_id, sector, until, recorded_at)\n    SELECT gen_random_uuid(), changed.id, changed.was, eve, now()\n    FROM changed\n    WHERE changed.was <> '' AND NOT EXISTS (\n        SELECT FROM schools_formersector former\n        WHERE former.school_id = changed.id AND true AND former.until >= eve\n          AND true);\n    RETURN NULL;\n",
                            hash="fc1446e65d12e5776419b2d6a807379a1f863abf",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_remember_sector_4eeb8",
                            referencing="REFERENCING OLD TABLE AS before  NEW TABLE AS after ",
                            table="schools_school",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
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
                    pgtrigger.compiler.Trigger(
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
                    pgtrigger.compiler.Trigger(
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
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="schools.school",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ("urn", models.CharField(max_length=6)),
                ("la_code", models.CharField(max_length=3)),
                ("establishment_number", models.CharField(blank=True, max_length=4)),
                ("name", models.CharField(max_length=200)),
                ("type_code", models.PositiveSmallIntegerField(null=True)),
                ("type_name", models.CharField(blank=True, max_length=120)),
                ("type_group_code", models.PositiveSmallIntegerField(null=True)),
                ("phase", models.CharField(blank=True, max_length=60)),
                (
                    "sector",
                    models.CharField(
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
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("closed", "Closed"),
                            ("proposed", "Proposed to open"),
                            ("closing", "Open, proposed to close"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("low_age", models.PositiveSmallIntegerField(null=True)),
                ("high_age", models.PositiveSmallIntegerField(null=True)),
                ("opened_on", models.DateField(null=True)),
                ("closed_on", models.DateField(null=True)),
                ("ukprn", models.CharField(blank=True, max_length=8)),
                ("trust", models.CharField(blank=True, max_length=200)),
                ("town", models.CharField(blank=True, max_length=100)),
                ("postcode", models.CharField(blank=True, max_length=10)),
                (
                    "quadrant",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.quadrant",
                    ),
                ),
                (
                    "arrangement",
                    models.CharField(
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
                (
                    "payee_reference",
                    models.CharField(
                        blank=True,
                        help_text="The authority’s own reference of who is paid.",
                        max_length=40,
                    ),
                ),
                (
                    "is_paid",
                    models.BooleanField(default=True, help_text="Whether pupils there are funded."),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SchoolLink",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="schools.school",
                    ),
                ),
                ("linked_urn", models.CharField(max_length=6)),
                ("linked_name", models.CharField(blank=True, max_length=200)),
                ("kind", models.CharField(max_length=80)),
                ("established_on", models.DateField(null=True)),
            ],
            options={
                "ordering": ["established_on", "linked_urn"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "linked_urn", "kind"), name="school_link_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="schools.school",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("senco", "SENCO"),
                            ("headteacher", "Headteacher"),
                            ("finance", "Finance contact"),
                        ],
                        max_length=12,
                    ),
                ),
                ("since", models.DateField()),
                ("name", models.CharField(blank=True, max_length=120)),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="email address"),
                ),
                ("telephone", models.CharField(blank=True, max_length=30)),
            ],
            options={
                "ordering": ["school", "kind", "-since"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "kind", "since"), name="contact_once_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("email", ""), ("name", ""), ("telephone", "")),
                            models.Q(
                                models.Q(("name", ""), _negated=True),
                                models.Q(("email", ""), ("telephone", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="contact_can_be_reached",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_contactevent" ("email", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "since", "telephone") SELECT new_values."email", new_values."id", new_values."kind", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."school_id", new_values."since", new_values."telephone" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="e430f2c8a7f7a08fb2c47c55e81b8584d49d03b0",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_22f49",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="schools_contact",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_contactevent" ("email", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "since", "telephone") SELECT new_values."email", new_values."id", new_values."kind", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."school_id", new_values."since", new_values."telephone" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="18d6d4cbcb4df061d031af2b47877167586b7e7f",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a61d9",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="schools_contact",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_contactevent" ("email", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "since", "telephone") SELECT old_values."email", old_values."id", old_values."kind", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."school_id", old_values."since", old_values."telephone" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="fd685e9ae5aa7f5f72320d2d1d75260aaf078a60",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_66566",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="schools_contact",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="schools.contact",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                (
                    "school",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.school",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("senco", "SENCO"),
                            ("headteacher", "Headteacher"),
                            ("finance", "Finance contact"),
                        ],
                        max_length=12,
                    ),
                ),
                ("since", models.DateField()),
                ("name", models.CharField(blank=True, max_length=120)),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="email address"),
                ),
                ("telephone", models.CharField(blank=True, max_length=30)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("is_active", models.BooleanField(default=True)),
                ("invited_at", models.DateTimeField(blank=True, null=True)),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "new_email",
                    models.EmailField(
                        blank=True,
                        help_text="Asked for, not yet confirmed by a mail there.",
                        max_length=254,
                        verbose_name="new email address",
                    ),
                ),
                (
                    "second_factor_reset_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="second factor reset"),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
                "ordering": ["name", "email"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email", django.db.models.functions.text.Lower("email"))
                        ),
                        name="user_email_lower_case",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_userevent" ("email", "id", "invited_at", "is_active", "joined_at", "name", "new_email", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "second_factor_reset_at") SELECT new_values."email", new_values."id", new_values."invited_at", new_values."is_active", new_values."joined_at", new_values."name", new_values."new_email", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."second_factor_reset_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="cd2804b1ccb715a33808289a1fb0401666ccf273",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_24385",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="schools_user",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_userevent" ("email", "id", "invited_at", "is_active", "joined_at", "name", "new_email", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "second_factor_reset_at") SELECT new_values."email", new_values."id", new_values."invited_at", new_values."is_active", new_values."joined_at", new_values."name", new_values."new_email", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."second_factor_reset_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."email" IS DISTINCT FROM (new_values."email") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."invited_at" IS DISTINCT FROM (new_values."invited_at") OR old_values."is_active" IS DISTINCT FROM (new_values."is_active") OR old_values."joined_at" IS DISTINCT FROM (new_values."joined_at") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."new_email" IS DISTINCT FROM (new_values."new_email") OR old_values."second_factor_reset_at" IS DISTINCT FROM (new_values."second_factor_reset_at")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="c64f3cd309c82b6e3b957a7ab2e540a1c39cf360",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_fea33",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="schools_user",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_userevent" ("email", "id", "invited_at", "is_active", "joined_at", "name", "new_email", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "second_factor_reset_at") SELECT old_values."email", old_values."id", old_values."invited_at", old_values."is_active", old_values."joined_at", old_values."name", old_values."new_email", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."second_factor_reset_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="5eda67112a986e6154db4c85685c3073f17216f1",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d3f24",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="schools_user",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactConfirmation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="confirmations",
                        to="schools.school",
                    ),
                ),
                ("confirmed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-confirmed_at"],
                "indexes": [
                    models.Index(fields=["school", "confirmed_at"], name="contacts_confirmed")
                ],
            },
        ),
        migrations.CreateModel(
            name="UserEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ("email", models.EmailField(max_length=254)),
                ("name", models.CharField(max_length=120)),
                ("is_active", models.BooleanField(default=True)),
                ("invited_at", models.DateTimeField(blank=True, null=True)),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "new_email",
                    models.EmailField(
                        blank=True,
                        help_text="Asked for, not yet confirmed by a mail there.",
                        max_length=254,
                        verbose_name="new email address",
                    ),
                ),
                (
                    "second_factor_reset_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="second factor reset"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("senco", "SENCO"),
                            ("headteacher", "Headteacher"),
                            ("school_finance", "School finance contact"),
                            ("send_officer", "SEND operations officer"),
                            ("moderator", "Quadrant moderator"),
                            ("moderation_lead", "Moderation lead"),
                            ("finance_officer", "Finance officer"),
                            ("finance_authoriser", "Finance authoriser"),
                            ("inclusion_partner", "Inclusion Partner"),
                            ("administrator", "Administrator"),
                            ("auditor", "Auditor"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="schools.school",
                    ),
                ),
                (
                    "quadrant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="schools.quadrant",
                    ),
                ),
                ("started_on", models.DateField(default=django.utils.timezone.localdate)),
                ("ended_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["role"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)),
                        fields=("user", "role", "school", "quadrant"),
                        name="membership_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                ["headteacher", "inclusion_partner", "school_finance", "senco"],
                            ),
                            ("school", None),
                            _connector="XOR",
                        ),
                        name="membership_school_where_needed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["moderator"]), ("quadrant", None), _connector="XOR"
                        ),
                        name="membership_quadrant_where_needed",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_membershipevent" ("ended_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quadrant_id", "role", "school_id", "started_on", "user_id") SELECT new_values."ended_on", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."quadrant_id", new_values."role", new_values."school_id", new_values."started_on", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="e846c95d8d7a65fc7a34754c6d7a23f397669c45",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2c607",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="schools_membership",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_membershipevent" ("ended_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quadrant_id", "role", "school_id", "started_on", "user_id") SELECT new_values."ended_on", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."quadrant_id", new_values."role", new_values."school_id", new_values."started_on", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="1512e8cf5bdf920eb1f6a01154ec4c26e2ac99d2",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_19247",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="schools_membership",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_membershipevent" ("ended_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quadrant_id", "role", "school_id", "started_on", "user_id") SELECT old_values."ended_on", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."quadrant_id", old_values."role", old_values."school_id", old_values."started_on", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="17f9fe51a3841575b289f2c8ffca9f3daffb24d6",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_69426",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="schools_membership",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MembershipEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="schools.membership",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("senco", "SENCO"),
                            ("headteacher", "Headteacher"),
                            ("school_finance", "School finance contact"),
                            ("send_officer", "SEND operations officer"),
                            ("moderator", "Quadrant moderator"),
                            ("moderation_lead", "Moderation lead"),
                            ("finance_officer", "Finance officer"),
                            ("finance_authoriser", "Finance authoriser"),
                            ("inclusion_partner", "Inclusion Partner"),
                            ("administrator", "Administrator"),
                            ("auditor", "Auditor"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.school",
                    ),
                ),
                (
                    "quadrant",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.quadrant",
                    ),
                ),
                ("started_on", models.DateField(default=django.utils.timezone.localdate)),
                ("ended_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="InformationSheet",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("senco", "SENCO"),
                                ("headteacher", "Headteacher"),
                                ("school_finance", "School finance contact"),
                                ("send_officer", "SEND operations officer"),
                                ("moderator", "Quadrant moderator"),
                                ("moderation_lead", "Moderation lead"),
                                ("finance_officer", "Finance officer"),
                                ("finance_authoriser", "Finance authoriser"),
                                ("inclusion_partner", "Inclusion Partner"),
                                ("administrator", "Administrator"),
                                ("auditor", "Auditor"),
                            ],
                            max_length=24,
                        ),
                        size=None,
                    ),
                ),
                (
                    "sectors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
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
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "quadrants",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(),
                        blank=True,
                        default=list,
                        help_text="Codes of quadrants.",
                        size=None,
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(null=True)),
                (
                    "number",
                    models.PositiveSmallIntegerField(help_text="Counted in each year.", null=True),
                ),
                ("title", models.CharField(max_length=120)),
                ("text", models.TextField()),
                ("contact", models.CharField(max_length=200)),
                ("shown_from", models.DateField()),
                ("shown_until", models.DateField()),
                ("by_mail", models.BooleanField(default=False, verbose_name="sent by email")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("told_at", models.DateTimeField(null=True, verbose_name="emails queued")),
                ("withdrawn_because", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["-published_at", "title"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("year", "number"), name="information_sheet_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("shown_until__gte", models.F("shown_from"))),
                        name="information_sheet_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", None), ("state", "draft")),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True),
                                ("number__isnull", False),
                                ("year__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="information_sheet_numbered",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_informationsheetevent" ("by_mail", "contact", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "quadrants", "roles", "sectors", "shown_from", "shown_until", "state", "text", "title", "told_at", "withdrawn_because", "written_by_id", "year") SELECT new_values."by_mail", new_values."contact", new_values."id", new_values."number", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."quadrants", new_values."roles", new_values."sectors", new_values."shown_from", new_values."shown_until", new_values."state", new_values."text", new_values."title", new_values."told_at", new_values."withdrawn_because", new_values."written_by_id", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="79f02189bbc99f7e95ab78a482bb12b00bfe852d",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c96f5",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="schools_informationsheet",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_informationsheetevent" ("by_mail", "contact", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "quadrants", "roles", "sectors", "shown_from", "shown_until", "state", "text", "title", "told_at", "withdrawn_because", "written_by_id", "year") SELECT new_values."by_mail", new_values."contact", new_values."id", new_values."number", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."quadrants", new_values."roles", new_values."sectors", new_values."shown_from", new_values."shown_until", new_values."state", new_values."text", new_values."title", new_values."told_at", new_values."withdrawn_because", new_values."written_by_id", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="0f395e645882a1acdcc6a89367635c29c187c55f",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f0b16",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="schools_informationsheet",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_informationsheetevent" ("by_mail", "contact", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "quadrants", "roles", "sectors", "shown_from", "shown_until", "state", "text", "title", "told_at", "withdrawn_because", "written_by_id", "year") SELECT old_values."by_mail", old_values."contact", old_values."id", old_values."number", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_at", old_values."published_by_id", old_values."quadrants", old_values."roles", old_values."sectors", old_values."shown_from", old_values."shown_until", old_values."state", old_values."text", old_values."title", old_values."told_at", old_values."withdrawn_because", old_values."written_by_id", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="60c553257ba77c1473f9eb21841d78f78f0e72a0",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_65d19",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="schools_informationsheet",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InformationSheetEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="schools.informationsheet",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("senco", "SENCO"),
                                ("headteacher", "Headteacher"),
                                ("school_finance", "School finance contact"),
                                ("send_officer", "SEND operations officer"),
                                ("moderator", "Quadrant moderator"),
                                ("moderation_lead", "Moderation lead"),
                                ("finance_officer", "Finance officer"),
                                ("finance_authoriser", "Finance authoriser"),
                                ("inclusion_partner", "Inclusion Partner"),
                                ("administrator", "Administrator"),
                                ("auditor", "Auditor"),
                            ],
                            max_length=24,
                        ),
                        size=None,
                    ),
                ),
                (
                    "sectors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
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
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "quadrants",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(),
                        blank=True,
                        default=list,
                        help_text="Codes of quadrants.",
                        size=None,
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(null=True)),
                (
                    "number",
                    models.PositiveSmallIntegerField(help_text="Counted in each year.", null=True),
                ),
                ("title", models.CharField(max_length=120)),
                ("text", models.TextField()),
                ("contact", models.CharField(max_length=200)),
                ("shown_from", models.DateField()),
                ("shown_until", models.DateField()),
                ("by_mail", models.BooleanField(default=False, verbose_name="sent by email")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "published_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("told_at", models.DateTimeField(null=True, verbose_name="emails queued")),
                ("withdrawn_because", models.TextField(blank=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SheetLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="schools.informationsheet",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("on", models.DateField(null=True, verbose_name="day")),
                ("text", models.CharField(max_length=200)),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sheet", "position"), name="sheet_line_position"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_sheetlineevent" ("id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "sheet_id", "text") SELECT new_values."id", new_values."on", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."sheet_id", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="2298c03ffd2ea6d1d57de1e8d515b4a5f00da8b1",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0e5d4",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="schools_sheetline",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_sheetlineevent" ("id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "sheet_id", "text") SELECT new_values."id", new_values."on", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."sheet_id", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="6681be2a8a0678fd7b82cac5d8ad47f45ed7c0fd",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_130e7",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="schools_sheetline",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_sheetlineevent" ("id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "sheet_id", "text") SELECT old_values."id", old_values."on", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."sheet_id", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="f79b1f27bfe3a12b5048dc43a7ea1addd16e50ca",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_39b6e",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="schools_sheetline",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SheetLineEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="schools.sheetline",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "sheet",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.informationsheet",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("on", models.DateField(null=True, verbose_name="day")),
                ("text", models.CharField(max_length=200)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SheetReading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="schools.informationsheet",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("read_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("sheet", "person"), name="sheet_reading_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Pupil",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reference", models.CharField(max_length=40, unique=True)),
                ("upn", models.CharField(blank=True, max_length=13, null=True, unique=True)),
                ("surname", models.CharField(max_length=80)),
                ("forename", models.CharField(max_length=80)),
                ("date_of_birth", models.DateField()),
                ("recorded_year_group", models.SmallIntegerField(blank=True, null=True)),
                (
                    "recorded_for",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="The calendar year in which the academic year of the recorded year group began.",
                        null=True,
                    ),
                ),
                (
                    "primary_need",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("SPLD", "Specific learning difficulty"),
                            ("MLD", "Moderate learning difficulty"),
                            ("SLD", "Severe learning difficulty"),
                            ("PMLD", "Profound and multiple learning difficulty"),
                            ("SEMH", "Social, emotional and mental health"),
                            ("SLCN", "Speech, language and communication needs"),
                            ("HI", "Hearing impairment"),
                            ("VI", "Vision impairment"),
                            ("MSI", "Multi-sensory impairment"),
                            ("PD", "Physical disability"),
                            ("ASD", "Autistic spectrum disorder"),
                            ("DS", "Down syndrome"),
                            ("OTH", "Other difficulty"),
                            ("NSA", "SEN Support but no specialist assessment of need"),
                        ],
                        max_length=4,
                    ),
                ),
                ("responsible_la", models.CharField(max_length=3)),
                (
                    "folded",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Concat(
                            banding_portal.search.Fold(models.F("surname")),
                            models.Value(" ", models.TextField()),
                            django.db.models.functions.text.Replace(
                                banding_portal.search.Fold(models.F("surname")),
                                models.Value(" ", models.TextField()),
                                models.Value("", models.TextField()),
                                output_field=models.TextField(),
                            ),
                            models.Value(" ", models.TextField()),
                            banding_portal.search.Fold(models.F("forename")),
                            models.Value(" ", models.TextField()),
                            django.db.models.functions.text.Replace(
                                banding_portal.search.Fold(models.F("forename")),
                                models.Value(" ", models.TextField()),
                                models.Value("", models.TextField()),
                                output_field=models.TextField(),
                            ),
                            models.Value(" ", models.TextField()),
                            output_field=models.TextField(),
                        ),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        help_text="The record of the same child that stands; this one counts nowhere.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="schools.pupil",
                    ),
                ),
            ],
            options={
                "ordering": ["surname", "forename", "reference"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("merged_into", None), _negated=True),
                        fields=["merged_into"],
                        name="pupil_merged",
                    ),
                    models.Index(fields=["date_of_birth"], name="pupil_born"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("recorded_for", None), ("recorded_year_group", None)),
                            models.Q(
                                ("recorded_for__isnull", False),
                                ("recorded_year_group__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="pupil_recorded_year_group_has_its_year",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="remember_facts",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE eve date;",
                            func="\n    IF current_setting('banding_portal.true_from', true) = 'always' THEN\n        RETURN NULL;\n    END IF;\n    eve := coalesce(nullif(current_setting('banding_portal.true_from', true), '')::date,\n                    (now() AT TIME ZONE 'Europe/London')::date) - 1;\n    WITH changed AS (\n        SELECT before.id, fact.kind, fact.was, fact.is_now\n        FROM before JOIN after ON after.id = before.id CROSS JOIN LATERAL (VALUES\n            ('upn', coalesce(before.upn, ''), coalesce(after.upn, '')),\n            ('name', before.surname || ', ' || before.forename,\n             after.surname || ', ' || after.forename),\n            ('date_of_birth', before.date_of_birth::text, after.date_of_birth::text),\n            ('reference', before.reference, after.reference),\n            ('responsible_la', before.responsible_la, after.responsible_la),\n            ('primary_need', before.primary_need, after.primary_need)\n        ) AS fact (kind, was, is_now)\n        WHERE fact.was <> fact.is_now\n),\n    true_again AS (\n        DELETE FROM schools_formerfact former USING changed\n        WHERE former.pupil_id = changed.id AND former.kind = changed.kind\n          AND former.until = eve AND former.value = changed.is_now\n    )\n    INSERT INTO schools_formerfact (id, pupil_id, kind, value, until, recorded_at)\n    SELECT gen_random_uuid(), changed.id, changed.kind, changed.was, eve, now()\n    FROM changed\n    WHERE changed.was <> '' AND NOT EXISTS (\n        SELECT FROM schools_formerfact former\n        WHERE former.pupil_id = changed.id AND former.kind = changed.kind AND former.until >= eve\n          AND (former.kind NOT IN ('date_of_birth', 'name', 'reference', 'upn') OR former.value = changed.was));\n    RETURN NULL;\n",
                            hash="e3e5024a336486d7dbd68947b0cdad6ef82b3319",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_remember_facts_369da",
                            referencing="REFERENCING OLD TABLE AS before  NEW TABLE AS after ",
                            table="schools_pupil",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_pupilevent" ("date_of_birth", "forename", "id", "merged_into_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "primary_need", "recorded_for", "recorded_year_group", "reference", "responsible_la", "surname", "upn") SELECT new_values."date_of_birth", new_values."forename", new_values."id", new_values."merged_into_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."primary_need", new_values."recorded_for", new_values."recorded_year_group", new_values."reference", new_values."responsible_la", new_values."surname", new_values."upn" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="5d69db3901ac7ef14388f99aa7eb58e1a85cffbb",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b4bca",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="schools_pupil",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_pupilevent" ("date_of_birth", "forename", "id", "merged_into_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "primary_need", "recorded_for", "recorded_year_group", "reference", "responsible_la", "surname", "upn") SELECT new_values."date_of_birth", new_values."forename", new_values."id", new_values."merged_into_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."primary_need", new_values."recorded_for", new_values."recorded_year_group", new_values."reference", new_values."responsible_la", new_values."surname", new_values."upn" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."date_of_birth" IS DISTINCT FROM (new_values."date_of_birth") OR old_values."forename" IS DISTINCT FROM (new_values."forename") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."merged_into_id" IS DISTINCT FROM (new_values."merged_into_id") OR old_values."primary_need" IS DISTINCT FROM (new_values."primary_need") OR old_values."recorded_for" IS DISTINCT FROM (new_values."recorded_for") OR old_values."recorded_year_group" IS DISTINCT FROM (new_values."recorded_year_group") OR old_values."reference" IS DISTINCT FROM (new_values."reference") OR old_values."responsible_la" IS DISTINCT FROM (new_values."responsible_la") OR old_values."surname" IS DISTINCT FROM (new_values."surname") OR old_values."upn" IS DISTINCT FROM (new_values."upn")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="3d72a1f04397a274a0b656fc2bcd621c156c10ca",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7dd0c",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="schools_pupil",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_pupilevent" ("date_of_birth", "forename", "id", "merged_into_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "primary_need", "recorded_for", "recorded_year_group", "reference", "responsible_la", "surname", "upn") SELECT old_values."date_of_birth", old_values."forename", old_values."id", old_values."merged_into_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."primary_need", old_values."recorded_for", old_values."recorded_year_group", old_values."reference", old_values."responsible_la", old_values."surname", old_values."upn" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="4a64badeca9e720883698eb4f27f80144b9542b1",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_74e29",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="schools_pupil",
                            when="AFTER",
                        ),
                    ),
                ],
            },
            managers=[
                ("everything", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="PupilEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="schools.pupil",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ("reference", models.CharField(max_length=40)),
                ("upn", models.CharField(blank=True, max_length=13, null=True)),
                ("surname", models.CharField(max_length=80)),
                ("forename", models.CharField(max_length=80)),
                ("date_of_birth", models.DateField()),
                ("recorded_year_group", models.SmallIntegerField(blank=True, null=True)),
                (
                    "recorded_for",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="The calendar year in which the academic year of the recorded year group began.",
                        null=True,
                    ),
                ),
                (
                    "primary_need",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("SPLD", "Specific learning difficulty"),
                            ("MLD", "Moderate learning difficulty"),
                            ("SLD", "Severe learning difficulty"),
                            ("PMLD", "Profound and multiple learning difficulty"),
                            ("SEMH", "Social, emotional and mental health"),
                            ("SLCN", "Speech, language and communication needs"),
                            ("HI", "Hearing impairment"),
                            ("VI", "Vision impairment"),
                            ("MSI", "Multi-sensory impairment"),
                            ("PD", "Physical disability"),
                            ("ASD", "Autistic spectrum disorder"),
                            ("DS", "Down syndrome"),
                            ("OTH", "Other difficulty"),
                            ("NSA", "SEN Support but no specialist assessment of need"),
                        ],
                        max_length=4,
                    ),
                ),
                ("responsible_la", models.CharField(max_length=3)),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        help_text="The record of the same child that stands; this one counts nowhere.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.pupil",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Placement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="placements",
                        to="schools.pupil",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="schools.school",
                    ),
                ),
                ("start", models.DateField()),
                ("end", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["start"],
                "indexes": [
                    models.Index(fields=["school", "start", "end"], name="placement_school_dates")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("end", None), ("end__gte", models.F("start")), _connector="OR"
                        ),
                        name="placement_ends_after_start",
                    ),
                    models.UniqueConstraint(
                        fields=("pupil", "school", "start"), name="placement_once"
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_placementevent" ("end", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "school_id", "start") SELECT new_values."end", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."pupil_id", new_values."school_id", new_values."start" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="5da778a560271a105c606e294fab9475f3c59e39",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_680e3",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="schools_placement",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_placementevent" ("end", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "school_id", "start") SELECT new_values."end", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."pupil_id", new_values."school_id", new_values."start" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ffc18522af06f987a444525ee40f93654f14914f",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f3464",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="schools_placement",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_placementevent" ("end", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "school_id", "start") SELECT old_values."end", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."pupil_id", old_values."school_id", old_values."start" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="6778ebddbe4839b43c075b00b30280a9bc8b4073",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5fbe8",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="schools_placement",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlacementEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="schools.placement",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                (
                    "pupil",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.pupil",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.school",
                    ),
                ),
                ("start", models.DateField()),
                ("end", models.DateField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plans",
                        to="schools.pupil",
                    ),
                ),
                (
                    "plan_type",
                    models.CharField(
                        choices=[("EHCP", "EHCP"), ("SEN_SUPPORT", "SEN Support")], max_length=16
                    ),
                ),
                ("start", models.DateField()),
                ("end", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["start"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("end", None), ("end__gte", models.F("start")), _connector="OR"
                        ),
                        name="plan_ends_after_start",
                    ),
                    models.UniqueConstraint(
                        fields=("pupil", "plan_type", "start"), name="plan_once"
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_planevent" ("end", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_type", "pupil_id", "start") SELECT new_values."end", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."plan_type", new_values."pupil_id", new_values."start" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="81d496ea789d007d9c32293bd0493d23074db815",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_953fb",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="schools_plan",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_planevent" ("end", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_type", "pupil_id", "start") SELECT new_values."end", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."plan_type", new_values."pupil_id", new_values."start" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="d711fa5c39910ca5bf24dcce6f364f8b5ea3d231",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d74ea",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="schools_plan",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_planevent" ("end", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_type", "pupil_id", "start") SELECT old_values."end", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan_type", old_values."pupil_id", old_values."start" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="27ccdfe12c0ee8619002b83c39d42de0e1f85ba1",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_179c9",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="schools_plan",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="schools.plan",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                (
                    "pupil",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.pupil",
                    ),
                ),
                (
                    "plan_type",
                    models.CharField(
                        choices=[("EHCP", "EHCP"), ("SEN_SUPPORT", "SEN Support")], max_length=16
                    ),
                ),
                ("start", models.DateField()),
                ("end", models.DateField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PupilAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="schools.pupil",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="schools.pupil",
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[("same", "Same child"), ("another", "Another child")], max_length=8
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answered_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-answered_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("one__lt", models.F("other"))),
                        name="pupil_answer_lower_id_first",
                    ),
                    models.UniqueConstraint(fields=("one", "other"), name="pupil_answer_once"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_pupilanswerevent" ("answer", "answered_at", "answered_by_id", "id", "one_id", "other_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."id", new_values."one_id", new_values."other_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="439a1401650943589c3294c5a034afd00dfee060",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_fcba6",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="schools_pupilanswer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_pupilanswerevent" ("answer", "answered_at", "answered_by_id", "id", "one_id", "other_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."id", new_values."one_id", new_values."other_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="6aa855f33b5bf3051f5ca51ee2bd982aafa72984",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1918a",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="schools_pupilanswer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_pupilanswerevent" ("answer", "answered_at", "answered_by_id", "id", "one_id", "other_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") SELECT old_values."answer", old_values."answered_at", old_values."answered_by_id", old_values."id", old_values."one_id", old_values."other_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="9ced4897e9162939c16e35bb5b30c86adfe9766f",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_af717",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="schools_pupilanswer",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PupilAnswerEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="schools.pupilanswer",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                (
                    "one",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.pupil",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.pupil",
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[("same", "Same child"), ("another", "Another child")], max_length=8
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answered_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="schools.pupil",
                    ),
                ),
                (
                    "record",
                    models.CharField(
                        choices=[
                            ("placement", "Placement"),
                            ("plan", "Plan"),
                            ("fact", "Former fact"),
                            ("decision", "Band"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "subject",
                    models.UUIDField(help_text="The id of the placement, plan or decision."),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("corrected", "Corrected"), ("mistake", "Entered by mistake")],
                        max_length=10,
                    ),
                ),
                ("before", models.JSONField()),
                ("after", models.JSONField(blank=True, default=dict)),
                ("before_words", models.CharField(max_length=300)),
                ("after_words", models.CharField(blank=True, max_length=300)),
                ("reason", models.TextField()),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-made_at"],
                "indexes": [models.Index(fields=["subject"], name="correction_subject")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="correction_has_a_reason",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_correctionevent" ("after", "after_words", "before", "before_words", "id", "kind", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "reason", "record", "subject", "undone_at", "undone_by_id") SELECT new_values."after", new_values."after_words", new_values."before", new_values."before_words", new_values."id", new_values."kind", new_values."made_at", new_values."made_by_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."pupil_id", new_values."reason", new_values."record", new_values."subject", new_values."undone_at", new_values."undone_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="f132be3c2bf2c97511e3b36ed87aac5e2f6d482f",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_14c21",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="schools_correction",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_correctionevent" ("after", "after_words", "before", "before_words", "id", "kind", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "reason", "record", "subject", "undone_at", "undone_by_id") SELECT new_values."after", new_values."after_words", new_values."before", new_values."before_words", new_values."id", new_values."kind", new_values."made_at", new_values."made_by_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."pupil_id", new_values."reason", new_values."record", new_values."subject", new_values."undone_at", new_values."undone_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="4aa575e0617d79ec43c380d5a2f8318c0331ceb3",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_73435",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="schools_correction",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_correctionevent" ("after", "after_words", "before", "before_words", "id", "kind", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "reason", "record", "subject", "undone_at", "undone_by_id") SELECT old_values."after", old_values."after_words", old_values."before", old_values."before_words", old_values."id", old_values."kind", old_values."made_at", old_values."made_by_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."pupil_id", old_values."reason", old_values."record", old_values."subject", old_values."undone_at", old_values."undone_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="135623b1e78d354fd16a424ea2b956749fbed63c",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c0dfb",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="schools_correction",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CorrectionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="schools.correction",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                (
                    "pupil",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.pupil",
                    ),
                ),
                (
                    "record",
                    models.CharField(
                        choices=[
                            ("placement", "Placement"),
                            ("plan", "Plan"),
                            ("fact", "Former fact"),
                            ("decision", "Band"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "subject",
                    models.UUIDField(help_text="The id of the placement, plan or decision."),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("corrected", "Corrected"), ("mistake", "Entered by mistake")],
                        max_length=10,
                    ),
                ),
                ("before", models.JSONField()),
                ("after", models.JSONField(blank=True, default=dict)),
                ("before_words", models.CharField(max_length=300)),
                ("after_words", models.CharField(blank=True, max_length=300)),
                ("reason", models.TextField()),
                (
                    "made_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "undone_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FormerFact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("until", models.DateField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_facts",
                        to="schools.pupil",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("upn", "UPN"),
                            ("name", "Name"),
                            ("date_of_birth", "Date of birth"),
                            ("reference", "The authority’s reference"),
                            ("responsible_la", "Responsible authority"),
                            ("primary_need", "Primary need"),
                        ],
                        max_length=16,
                    ),
                ),
                ("value", models.CharField(max_length=170)),
                (
                    "folded",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Concat(
                            banding_portal.search.Fold(models.F("value")),
                            models.Value(" ", models.TextField()),
                            django.db.models.functions.text.Replace(
                                banding_portal.search.Fold(models.F("value")),
                                models.Value(" ", models.TextField()),
                                models.Value("", models.TextField()),
                                output_field=models.TextField(),
                            ),
                            models.Value(" ", models.TextField()),
                            output_field=models.TextField(),
                        ),
                        output_field=models.TextField(),
                    ),
                ),
            ],
            options={
                "ordering": ["until", "recorded_at"],
                "abstract": False,
                "indexes": [models.Index(fields=["kind", "value"], name="former_fact_value")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("kind__in", ["date_of_birth", "name", "reference", "upn"]),
                            _negated=True,
                        ),
                        fields=("pupil", "kind", "until"),
                        name="former_fact_one_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value", ""), _negated=True),
                        name="former_fact_has_a_value",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_formerfactevent" ("id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "recorded_at", "until", "value") SELECT new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."pupil_id", new_values."recorded_at", new_values."until", new_values."value" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="6d5d4de8b444cba2a8d03f4072e31523849da6a9",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_bbb9a",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="schools_formerfact",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_formerfactevent" ("id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "recorded_at", "until", "value") SELECT new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."pupil_id", new_values."recorded_at", new_values."until", new_values."value" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."pupil_id" IS DISTINCT FROM (new_values."pupil_id") OR old_values."recorded_at" IS DISTINCT FROM (new_values."recorded_at") OR old_values."until" IS DISTINCT FROM (new_values."until") OR old_values."value" IS DISTINCT FROM (new_values."value")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="cb46d5afd4e57720e19dea45b640f55b66b6691f",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1d655",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="schools_formerfact",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_formerfactevent" ("id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "recorded_at", "until", "value") SELECT old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."pupil_id", old_values."recorded_at", old_values."until", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="7da42bb14ede20a3116f29d7bba07f01172c5024",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b9cde",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="schools_formerfact",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FormerFactEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="schools.formerfact",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ("until", models.DateField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.pupil",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("upn", "UPN"),
                            ("name", "Name"),
                            ("date_of_birth", "Date of birth"),
                            ("reference", "The authority’s reference"),
                            ("responsible_la", "Responsible authority"),
                            ("primary_need", "Primary need"),
                        ],
                        max_length=16,
                    ),
                ),
                ("value", models.CharField(max_length=170)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FormerSector",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("until", models.DateField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_sectors",
                        to="schools.school",
                    ),
                ),
                (
                    "sector",
                    models.CharField(
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
            ],
            options={
                "ordering": ["until", "recorded_at"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("school", "until"), name="former_sector_one_a_day"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_formersectorevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "school_id", "sector", "until") SELECT new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."recorded_at", new_values."school_id", new_values."sector", new_values."until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="eba8541415d47f0f7fe9c7c8c6b15a69d7153da8",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_71b36",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="schools_formersector",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_formersectorevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "school_id", "sector", "until") SELECT new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."recorded_at", new_values."school_id", new_values."sector", new_values."until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="d379df67ccb1e38d2ac9590f874111cc04fb01b8",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4e8a8",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="schools_formersector",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_formersectorevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "school_id", "sector", "until") SELECT old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."recorded_at", old_values."school_id", old_values."sector", old_values."until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="d51fea67d72be9043374cdef55885ae2b3b7dbfa",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ccc9e",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="schools_formersector",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FormerSectorEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="schools.formersector",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ("until", models.DateField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.school",
                    ),
                ),
                (
                    "sector",
                    models.CharField(
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ImportRecord",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("caseload", "Caseload"),
                            ("register", "Register of schools"),
                            ("conversion", "Moved from a closed school"),
                            ("roll_over", "Year roll-over"),
                        ],
                        max_length=10,
                    ),
                ),
                ("filename", models.CharField(max_length=200)),
                (
                    "job",
                    models.UUIDField(
                        help_text="The upload it came by; empty for a command.", null=True
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("undone_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-made_at"],
                "indexes": [models.Index(fields=["job"], name="import_record_job")],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_importrecordevent" ("filename", "id", "job", "kind", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "undone_at", "undone_by_id") SELECT new_values."filename", new_values."id", new_values."job", new_values."kind", new_values."made_at", new_values."made_by_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."undone_at", new_values."undone_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="3651cd190326c27c0a307aad9aed0b109e356a43",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8d1e1",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="schools_importrecord",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_importrecordevent" ("filename", "id", "job", "kind", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "undone_at", "undone_by_id") SELECT new_values."filename", new_values."id", new_values."job", new_values."kind", new_values."made_at", new_values."made_by_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."undone_at", new_values."undone_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="4240a1034ffe2bcea21c6c4d9a1451bc419e7124",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_bde23",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="schools_importrecord",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_importrecordevent" ("filename", "id", "job", "kind", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "undone_at", "undone_by_id") SELECT old_values."filename", old_values."id", old_values."job", old_values."kind", old_values."made_at", old_values."made_by_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."undone_at", old_values."undone_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="f5adbe1c4e15eae4ad2672045e56a5ed10f62238",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5dc2b",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="schools_importrecord",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRecordEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="schools.importrecord",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("caseload", "Caseload"),
                            ("register", "Register of schools"),
                            ("conversion", "Moved from a closed school"),
                            ("roll_over", "Year roll-over"),
                        ],
                        max_length=10,
                    ),
                ),
                ("filename", models.CharField(max_length=200)),
                (
                    "job",
                    models.UUIDField(
                        help_text="The upload it came by; empty for a command.", null=True
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "undone_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("undone_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ImportedRow",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="schools.importrecord",
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                (
                    "model",
                    models.CharField(
                        help_text="Of the row, like schools.placement.", max_length=40
                    ),
                ),
                ("subject", models.UUIDField(help_text="The id of the row.")),
                ("pupil", models.UUIDField(help_text="The pupil it is about, if any.", null=True)),
                ("who", models.CharField(max_length=250)),
                ("what", models.CharField(max_length=250)),
                ("old", models.TextField(blank=True)),
                ("new", models.TextField(blank=True)),
                (
                    "before",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="Empty where it is new.",
                    ),
                ),
                (
                    "after",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="Empty where it was removed.",
                    ),
                ),
                ("undone_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["position"],
                "indexes": [
                    models.Index(fields=["record", "position"], name="imported_row_order"),
                    models.Index(fields=["subject"], name="imported_row_subject"),
                ],
            },
        ),
        migrations.CreateModel(
            name="InvitationRound",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "At work"),
                            ("refused", "Refused"),
                            ("ready", "Ready to confirm"),
                            ("confirmed", "At work"),
                            ("done", "Done"),
                            ("failed", "Could not be finished"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("started_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        help_text="Who wished it cancelled; a worker that has begun sees it and stops.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "issues",
                    models.JSONField(
                        default=list, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                (
                    "warnings",
                    models.JSONField(
                        default=list, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                (
                    "preview",
                    models.JSONField(
                        default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                (
                    "outdated",
                    models.BooleanField(
                        default=False,
                        help_text="The preview was made again because something changed.",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "reference",
                    models.CharField(
                        blank=True,
                        help_text="What to quote when it could not be finished.",
                        max_length=12,
                    ),
                ),
                ("invited_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-started_at"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PupilMerge",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges",
                        to="schools.pupil",
                    ),
                ),
                (
                    "dropped",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.pupil",
                    ),
                ),
                ("dropped_words", models.CharField(max_length=300)),
                ("reason", models.TextField()),
                ("said", models.JSONField(default=list)),
                ("before", models.JSONField(encoder=schools.models.merges.ToTheMicrosecond)),
                ("after", models.JSONField(encoder=schools.models.merges.ToTheMicrosecond)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("undone_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-made_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kept", models.F("dropped")), _negated=True),
                        name="merge_of_two_pupils",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="merge_has_a_reason"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)),
                        fields=("dropped",),
                        name="merge_of_a_pupil_once",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_pupilmergeevent" ("dropped_id", "dropped_words", "id", "kept_id", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "said", "undone_at", "undone_by_id") SELECT new_values."dropped_id", new_values."dropped_words", new_values."id", new_values."kept_id", new_values."made_at", new_values."made_by_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."said", new_values."undone_at", new_values."undone_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="d0bb57a0ab0c1bde2f65cdeec689a69fac0a531e",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7dd89",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="schools_pupilmerge",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_pupilmergeevent" ("dropped_id", "dropped_words", "id", "kept_id", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "said", "undone_at", "undone_by_id") SELECT new_values."dropped_id", new_values."dropped_words", new_values."id", new_values."kept_id", new_values."made_at", new_values."made_by_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."said", new_values."undone_at", new_values."undone_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."dropped_id" IS DISTINCT FROM (new_values."dropped_id") OR old_values."dropped_words" IS DISTINCT FROM (new_values."dropped_words") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kept_id" IS DISTINCT FROM (new_values."kept_id") OR old_values."made_at" IS DISTINCT FROM (new_values."made_at") OR old_values."made_by_id" IS DISTINCT FROM (new_values."made_by_id") OR old_values."reason" IS DISTINCT FROM (new_values."reason") OR old_values."said" IS DISTINCT FROM (new_values."said") OR old_values."undone_at" IS DISTINCT FROM (new_values."undone_at") OR old_values."undone_by_id" IS DISTINCT FROM (new_values."undone_by_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="82daa9e94ca78760d8e95cd90be1e49043905767",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_90223",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="schools_pupilmerge",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_pupilmergeevent" ("dropped_id", "dropped_words", "id", "kept_id", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "said", "undone_at", "undone_by_id") SELECT old_values."dropped_id", old_values."dropped_words", old_values."id", old_values."kept_id", old_values."made_at", old_values."made_by_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."said", old_values."undone_at", old_values."undone_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="9429a13719a739f3c05316370992acbc60db66ef",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_fe790",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="schools_pupilmerge",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PupilMergeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="schools.pupilmerge",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                (
                    "kept",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.pupil",
                    ),
                ),
                (
                    "dropped",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.pupil",
                    ),
                ),
                ("dropped_words", models.CharField(max_length=300)),
                ("reason", models.TextField()),
                ("said", models.JSONField(default=list)),
                (
                    "made_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "undone_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("undone_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RegisterUpload",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("started_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        help_text="Who wished it cancelled; a worker that has begun sees it and stops.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "issues",
                    models.JSONField(
                        default=list, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                (
                    "warnings",
                    models.JSONField(
                        default=list, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                (
                    "preview",
                    models.JSONField(
                        default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                (
                    "outdated",
                    models.BooleanField(
                        default=False,
                        help_text="The preview was made again because something changed.",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "reference",
                    models.CharField(
                        blank=True,
                        help_text="What to quote when it could not be finished.",
                        max_length=12,
                    ),
                ),
                ("filename", models.CharField(max_length=200)),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Being checked"),
                            ("refused", "Problems found"),
                            ("ready", "Ready to apply"),
                            ("confirmed", "Being applied"),
                            ("done", "Applied"),
                            ("failed", "Could not be finished"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("schools", "Register of schools"),
                            ("links", "Links between schools"),
                        ],
                        default="schools",
                        max_length=8,
                    ),
                ),
                (
                    "la_code",
                    models.CharField(
                        blank=True,
                        help_text="Only this authority’s schools; empty for all.",
                        max_length=3,
                    ),
                ),
            ],
            options={
                "ordering": ["-started_at"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PeopleUpload",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("started_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        help_text="Who wished it cancelled; a worker that has begun sees it and stops.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "issues",
                    models.JSONField(
                        default=list, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                (
                    "warnings",
                    models.JSONField(
                        default=list, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                (
                    "preview",
                    models.JSONField(
                        default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                (
                    "outdated",
                    models.BooleanField(
                        default=False,
                        help_text="The preview was made again because something changed.",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "reference",
                    models.CharField(
                        blank=True,
                        help_text="What to quote when it could not be finished.",
                        max_length=12,
                    ),
                ),
                ("filename", models.CharField(max_length=200)),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Being checked"),
                            ("refused", "Problems found"),
                            ("ready", "Ready to apply"),
                            ("confirmed", "Being applied"),
                            ("done", "Applied"),
                            ("failed", "Could not be finished"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
            ],
            options={
                "ordering": ["-started_at"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="QuadrantUpload",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("started_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        help_text="Who wished it cancelled; a worker that has begun sees it and stops.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "issues",
                    models.JSONField(
                        default=list, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                (
                    "warnings",
                    models.JSONField(
                        default=list, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                (
                    "preview",
                    models.JSONField(
                        default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                (
                    "outdated",
                    models.BooleanField(
                        default=False,
                        help_text="The preview was made again because something changed.",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "reference",
                    models.CharField(
                        blank=True,
                        help_text="What to quote when it could not be finished.",
                        max_length=12,
                    ),
                ),
                ("filename", models.CharField(max_length=200)),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Being checked"),
                            ("refused", "Problems found"),
                            ("ready", "Ready to apply"),
                            ("confirmed", "Being applied"),
                            ("done", "Applied"),
                            ("failed", "Could not be finished"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
            ],
            options={
                "ordering": ["-started_at"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PupilView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="views",
                        to="schools.pupil",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("viewed_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["-viewed_at"],
                "indexes": [models.Index(fields=["pupil", "-viewed_at"], name="pupil_view_latest")],
            },
        ),
        migrations.CreateModel(
            name="Query",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="queries",
                        to="schools.school",
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("bands", "Bands and descriptors"),
                            ("pupils", "Pupils, placements and plans"),
                            ("returns", "Returns, templates and deadlines"),
                            ("funding", "Top-up funding and statements"),
                            ("portal", "Signing in and using the portal"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("subject", models.CharField(max_length=150)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waiting for an answer"),
                            ("answered", "Answered"),
                            ("closed", "Closed"),
                            ("merged", "Merged into another"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        help_text="Empty where somebody without an account asked.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("asked_by_name", models.CharField(blank=True, max_length=120)),
                (
                    "came_by",
                    models.CharField(
                        choices=[
                            ("portal", "On the portal"),
                            ("telephone", "By telephone"),
                            ("post", "By post"),
                            ("email", "By email"),
                        ],
                        default="portal",
                        max_length=10,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        help_text="Who entered it for the school.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("asked_on", models.DateField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "page",
                    models.CharField(
                        blank=True, help_text="Address, from which it was asked.", max_length=200
                    ),
                ),
                ("page_title", models.CharField(blank=True, max_length=120)),
                ("collection_name", models.CharField(blank=True, max_length=120)),
                ("pupil_reference", models.CharField(blank=True, max_length=40)),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("due_on", models.DateField()),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, help_text="The first reply.", null=True),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="schools.query",
                    ),
                ),
                (
                    "folded",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Concat(
                            banding_portal.search.Fold(models.F("subject")),
                            models.Value(" ", models.TextField()),
                            django.db.models.functions.text.Replace(
                                banding_portal.search.Fold(models.F("subject")),
                                models.Value(" ", models.TextField()),
                                models.Value("", models.TextField()),
                                output_field=models.TextField(),
                            ),
                            models.Value(" ", models.TextField()),
                            output_field=models.TextField(),
                        ),
                        output_field=models.TextField(),
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "queries",
                "ordering": ["due_on", "created_at"],
                "indexes": [models.Index(fields=["state", "due_on"], name="query_waiting")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "merged"), ("merged_into", None), _connector="XOR"
                        ),
                        name="query_merged_into_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("merged_into", models.F("id")), _negated=True),
                        name="query_not_merged_into_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asked_by", None), ("asked_by_name", ""), _negated=True
                        ),
                        name="query_somebody_asked",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_queryevent" ("answered_at", "asked_by_id", "asked_by_name", "asked_on", "came_by", "category", "collection_name", "created_at", "due_on", "entered_by_id", "id", "merged_into_id", "owner_id", "page", "page_title", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_reference", "school_id", "state", "subject") SELECT new_values."answered_at", new_values."asked_by_id", new_values."asked_by_name", new_values."asked_on", new_values."came_by", new_values."category", new_values."collection_name", new_values."created_at", new_values."due_on", new_values."entered_by_id", new_values."id", new_values."merged_into_id", new_values."owner_id", new_values."page", new_values."page_title", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."pupil_reference", new_values."school_id", new_values."state", new_values."subject" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="43de18ff1bc0d09030094aabfcf369d9b7381532",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b1350",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="schools_query",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_queryevent" ("answered_at", "asked_by_id", "asked_by_name", "asked_on", "came_by", "category", "collection_name", "created_at", "due_on", "entered_by_id", "id", "merged_into_id", "owner_id", "page", "page_title", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_reference", "school_id", "state", "subject") SELECT new_values."answered_at", new_values."asked_by_id", new_values."asked_by_name", new_values."asked_on", new_values."came_by", new_values."category", new_values."collection_name", new_values."created_at", new_values."due_on", new_values."entered_by_id", new_values."id", new_values."merged_into_id", new_values."owner_id", new_values."page", new_values."page_title", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."pupil_reference", new_values."school_id", new_values."state", new_values."subject" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."answered_at" IS DISTINCT FROM (new_values."answered_at") OR old_values."asked_by_id" IS DISTINCT FROM (new_values."asked_by_id") OR old_values."asked_by_name" IS DISTINCT FROM (new_values."asked_by_name") OR old_values."asked_on" IS DISTINCT FROM (new_values."asked_on") OR old_values."came_by" IS DISTINCT FROM (new_values."came_by") OR old_values."category" IS DISTINCT FROM (new_values."category") OR old_values."collection_name" IS DISTINCT FROM (new_values."collection_name") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."due_on" IS DISTINCT FROM (new_values."due_on") OR old_values."entered_by_id" IS DISTINCT FROM (new_values."entered_by_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."merged_into_id" IS DISTINCT FROM (new_values."merged_into_id") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."page" IS DISTINCT FROM (new_values."page") OR old_values."page_title" IS DISTINCT FROM (new_values."page_title") OR old_values."pupil_reference" IS DISTINCT FROM (new_values."pupil_reference") OR old_values."school_id" IS DISTINCT FROM (new_values."school_id") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."subject" IS DISTINCT FROM (new_values."subject")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="806bb5f7cd43a4602ed9e034721022cccf6bc13f",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4f328",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="schools_query",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_queryevent" ("answered_at", "asked_by_id", "asked_by_name", "asked_on", "came_by", "category", "collection_name", "created_at", "due_on", "entered_by_id", "id", "merged_into_id", "owner_id", "page", "page_title", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_reference", "school_id", "state", "subject") SELECT old_values."answered_at", old_values."asked_by_id", old_values."asked_by_name", old_values."asked_on", old_values."came_by", old_values."category", old_values."collection_name", old_values."created_at", old_values."due_on", old_values."entered_by_id", old_values."id", old_values."merged_into_id", old_values."owner_id", old_values."page", old_values."page_title", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."pupil_reference", old_values."school_id", old_values."state", old_values."subject" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="fc17a299d0015d1c28035f2921e0afdc9a615ce0",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_496cf",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="schools_query",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QueryEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="schools.query",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                (
                    "school",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.school",
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("bands", "Bands and descriptors"),
                            ("pupils", "Pupils, placements and plans"),
                            ("returns", "Returns, templates and deadlines"),
                            ("funding", "Top-up funding and statements"),
                            ("portal", "Signing in and using the portal"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("subject", models.CharField(max_length=150)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waiting for an answer"),
                            ("answered", "Answered"),
                            ("closed", "Closed"),
                            ("merged", "Merged into another"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="Empty where somebody without an account asked.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("asked_by_name", models.CharField(blank=True, max_length=120)),
                (
                    "came_by",
                    models.CharField(
                        choices=[
                            ("portal", "On the portal"),
                            ("telephone", "By telephone"),
                            ("post", "By post"),
                            ("email", "By email"),
                        ],
                        default="portal",
                        max_length=10,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="Who entered it for the school.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("asked_on", models.DateField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "page",
                    models.CharField(
                        blank=True, help_text="Address, from which it was asked.", max_length=200
                    ),
                ),
                ("page_title", models.CharField(blank=True, max_length=120)),
                ("collection_name", models.CharField(blank=True, max_length=120)),
                ("pupil_reference", models.CharField(blank=True, max_length=40)),
                (
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("due_on", models.DateField()),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, help_text="The first reply.", null=True),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.query",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="QueryMessage",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "query",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="schools.query",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("question", "From the school"),
                            ("reply", "Reply of the authority"),
                            ("note", "Internal note"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField()),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("written_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["written_at"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_querymessageevent" ("id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query_id", "text", "written_at", "written_by_id") SELECT new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."query_id", new_values."text", new_values."written_at", new_values."written_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="da7a20d8a3de90ea53f31eb29397a830ff9fa0e0",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_81639",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="schools_querymessage",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_querymessageevent" ("id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query_id", "text", "written_at", "written_by_id") SELECT new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."query_id", new_values."text", new_values."written_at", new_values."written_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="add81363faec56723fd64273fe5149708f57d0c7",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f674b",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="schools_querymessage",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_querymessageevent" ("id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query_id", "text", "written_at", "written_by_id") SELECT old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."query_id", old_values."text", old_values."written_at", old_values."written_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="cbfe98f5b90fc6f44dfc1f77a9bafc8c3a521ab0",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b33bc",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="schools_querymessage",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QueryMessageEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="schools.querymessage",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                (
                    "query",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.query",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("question", "From the school"),
                            ("reply", "Reply of the authority"),
                            ("note", "Internal note"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField()),
                (
                    "written_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("written_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PublishedQuestion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("bands", "Bands and descriptors"),
                            ("pupils", "Pupils, placements and plans"),
                            ("returns", "Returns, templates and deadlines"),
                            ("funding", "Top-up funding and statements"),
                            ("portal", "Signing in and using the portal"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("question", models.CharField(max_length=200)),
                ("answer", models.TextField()),
                (
                    "query",
                    models.ForeignKey(
                        blank=True,
                        help_text="The query it was made of.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="schools.query",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("published_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "folded",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Concat(
                            banding_portal.search.Fold(models.F("question")),
                            models.Value(" ", models.TextField()),
                            django.db.models.functions.text.Replace(
                                banding_portal.search.Fold(models.F("question")),
                                models.Value(" ", models.TextField()),
                                models.Value("", models.TextField()),
                                output_field=models.TextField(),
                            ),
                            models.Value(" ", models.TextField()),
                            banding_portal.search.Fold(models.F("answer")),
                            models.Value(" ", models.TextField()),
                            django.db.models.functions.text.Replace(
                                banding_portal.search.Fold(models.F("answer")),
                                models.Value(" ", models.TextField()),
                                models.Value("", models.TextField()),
                                output_field=models.TextField(),
                            ),
                            models.Value(" ", models.TextField()),
                            output_field=models.TextField(),
                        ),
                        output_field=models.TextField(),
                    ),
                ),
            ],
            options={
                "ordering": ["category", "question"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_publishedquestionevent" ("answer", "category", "changed_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "query_id", "question") SELECT new_values."answer", new_values."category", new_values."changed_at", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."query_id", new_values."question" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ed4fb2e0d90599132a3f9f9ca422252f0970e494",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0da34",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="schools_publishedquestion",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_publishedquestionevent" ("answer", "category", "changed_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "query_id", "question") SELECT new_values."answer", new_values."category", new_values."changed_at", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."query_id", new_values."question" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."answer" IS DISTINCT FROM (new_values."answer") OR old_values."category" IS DISTINCT FROM (new_values."category") OR old_values."changed_at" IS DISTINCT FROM (new_values."changed_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."published_at" IS DISTINCT FROM (new_values."published_at") OR old_values."published_by_id" IS DISTINCT FROM (new_values."published_by_id") OR old_values."query_id" IS DISTINCT FROM (new_values."query_id") OR old_values."question" IS DISTINCT FROM (new_values."question")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="14d14193eeaa536f0582c182a126b5359396e490",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_37890",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="schools_publishedquestion",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_publishedquestionevent" ("answer", "category", "changed_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "query_id", "question") SELECT old_values."answer", old_values."category", old_values."changed_at", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_at", old_values."published_by_id", old_values."query_id", old_values."question" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="2cc115f614e62702b6ab407b3672d22e03769ad0",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_18eae",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="schools_publishedquestion",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedQuestionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="schools.publishedquestion",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("bands", "Bands and descriptors"),
                            ("pupils", "Pupils, placements and plans"),
                            ("returns", "Returns, templates and deadlines"),
                            ("funding", "Top-up funding and statements"),
                            ("portal", "Signing in and using the portal"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("question", models.CharField(max_length=200)),
                ("answer", models.TextField()),
                (
                    "query",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The query it was made of.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.query",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("published_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TrainingSession",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("senco", "SENCO"),
                                ("headteacher", "Headteacher"),
                                ("school_finance", "School finance contact"),
                                ("send_officer", "SEND operations officer"),
                                ("moderator", "Quadrant moderator"),
                                ("moderation_lead", "Moderation lead"),
                                ("finance_officer", "Finance officer"),
                                ("finance_authoriser", "Finance authoriser"),
                                ("inclusion_partner", "Inclusion Partner"),
                                ("administrator", "Administrator"),
                                ("auditor", "Auditor"),
                            ],
                            max_length=24,
                        ),
                        size=None,
                    ),
                ),
                (
                    "sectors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
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
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "quadrants",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(),
                        blank=True,
                        default=list,
                        help_text="Codes of quadrants.",
                        size=None,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("live", "Live session"),
                            ("recording", "Recording"),
                            ("condensed", "Condensed session"),
                            ("drop_in", "Drop-in"),
                            ("forum", "Forum"),
                            ("workshop", "Workshop"),
                        ],
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("text", models.TextField(verbose_name="what it is about")),
                (
                    "place",
                    models.CharField(
                        help_text="Where it is, or its address online.", max_length=300
                    ),
                ),
                ("starts_at", models.DateTimeField(blank=True, null=True)),
                ("minutes", models.PositiveSmallIntegerField(default=60)),
                (
                    "places",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="Empty: no limit.", null=True
                    ),
                ),
                ("question", models.CharField(blank=True, max_length=300)),
                (
                    "answers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        help_text="The first is right.",
                        size=None,
                    ),
                ),
                ("cancelled_because", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": [models.OrderBy(models.F("starts_at"), nulls_first=True), "title"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "recording"), ("places", None), ("starts_at", None)),
                            models.Q(
                                models.Q(("kind", "recording"), _negated=True),
                                ("starts_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="training_has_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "recording"), _negated=True),
                            models.Q(
                                models.Q(("question", ""), _negated=True), ("answers__len__gte", 2)
                            ),
                            _connector="OR",
                        ),
                        name="recording_has_a_question",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("places", None), ("places__gte", 1), _connector="OR"),
                        name="training_has_places",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_trainingsessionevent" ("answers", "cancelled_because", "id", "kind", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "places", "quadrants", "question", "roles", "sectors", "starts_at", "text", "title") SELECT new_values."answers", new_values."cancelled_because", new_values."id", new_values."kind", new_values."minutes", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."place", new_values."places", new_values."quadrants", new_values."question", new_values."roles", new_values."sectors", new_values."starts_at", new_values."text", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="1b788262f367eb2af83604f7d91b257853b6470a",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5cf95",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="schools_trainingsession",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_trainingsessionevent" ("answers", "cancelled_because", "id", "kind", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "places", "quadrants", "question", "roles", "sectors", "starts_at", "text", "title") SELECT new_values."answers", new_values."cancelled_because", new_values."id", new_values."kind", new_values."minutes", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."place", new_values."places", new_values."quadrants", new_values."question", new_values."roles", new_values."sectors", new_values."starts_at", new_values."text", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="e1c84d5df76692ba775574b365fc83469cf540bf",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_35062",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="schools_trainingsession",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_trainingsessionevent" ("answers", "cancelled_because", "id", "kind", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "places", "quadrants", "question", "roles", "sectors", "starts_at", "text", "title") SELECT old_values."answers", old_values."cancelled_because", old_values."id", old_values."kind", old_values."minutes", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."places", old_values."quadrants", old_values."question", old_values."roles", old_values."sectors", old_values."starts_at", old_values."text", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="00b757935a33e7886a6e975a79c3a5d3ea9e0040",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a79f9",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="schools_trainingsession",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TrainingSessionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="schools.trainingsession",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("senco", "SENCO"),
                                ("headteacher", "Headteacher"),
                                ("school_finance", "School finance contact"),
                                ("send_officer", "SEND operations officer"),
                                ("moderator", "Quadrant moderator"),
                                ("moderation_lead", "Moderation lead"),
                                ("finance_officer", "Finance officer"),
                                ("finance_authoriser", "Finance authoriser"),
                                ("inclusion_partner", "Inclusion Partner"),
                                ("administrator", "Administrator"),
                                ("auditor", "Auditor"),
                            ],
                            max_length=24,
                        ),
                        size=None,
                    ),
                ),
                (
                    "sectors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
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
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "quadrants",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(),
                        blank=True,
                        default=list,
                        help_text="Codes of quadrants.",
                        size=None,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("live", "Live session"),
                            ("recording", "Recording"),
                            ("condensed", "Condensed session"),
                            ("drop_in", "Drop-in"),
                            ("forum", "Forum"),
                            ("workshop", "Workshop"),
                        ],
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("text", models.TextField(verbose_name="what it is about")),
                (
                    "place",
                    models.CharField(
                        help_text="Where it is, or its address online.", max_length=300
                    ),
                ),
                ("starts_at", models.DateTimeField(blank=True, null=True)),
                ("minutes", models.PositiveSmallIntegerField(default=60)),
                (
                    "places",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="Empty: no limit.", null=True
                    ),
                ),
                ("question", models.CharField(blank=True, max_length=300)),
                (
                    "answers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        help_text="The first is right.",
                        size=None,
                    ),
                ),
                ("cancelled_because", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="taken",
                        to="schools.trainingsession",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="training",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("booked", "Has a place"),
                            ("waiting", "On the waiting list"),
                            ("given_up", "Gave the place up"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "preferred",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("before", "Before school"),
                            ("after", "After school"),
                            ("either", "Either"),
                        ],
                        max_length=8,
                    ),
                ),
                ("signed_up_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "done_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="was there, or watched it"
                    ),
                ),
                ("missed", models.BooleanField(default=False, verbose_name="was not there")),
            ],
            options={
                "ordering": ["signed_up_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("session", "person"), name="place_once"),
                    models.CheckConstraint(
                        condition=models.Q(("done_at", None), ("missed", False), _connector="OR"),
                        name="place_there_or_not",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_placeevent" ("done_at", "id", "missed", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred", "session_id", "signed_up_at", "state") SELECT new_values."done_at", new_values."id", new_values."missed", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."preferred", new_values."session_id", new_values."signed_up_at", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="2435545b33d0912c446bf85e4d0617af98c09d4b",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5db34",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="schools_place",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_placeevent" ("done_at", "id", "missed", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred", "session_id", "signed_up_at", "state") SELECT new_values."done_at", new_values."id", new_values."missed", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."preferred", new_values."session_id", new_values."signed_up_at", new_values."state" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="e68e0e76c4038bb53150867a82ef2483dafa515b",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_263f7",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="schools_place",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_placeevent" ("done_at", "id", "missed", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preferred", "session_id", "signed_up_at", "state") SELECT old_values."done_at", old_values."id", old_values."missed", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."preferred", old_values."session_id", old_values."signed_up_at", old_values."state" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="4f7b51138975a71e0735b5e21e72097b08ade907",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e32d6",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="schools_place",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlaceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="schools.place",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                (
                    "session",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.trainingsession",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("booked", "Has a place"),
                            ("waiting", "On the waiting list"),
                            ("given_up", "Gave the place up"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "preferred",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("before", "Before school"),
                            ("after", "After school"),
                            ("either", "Either"),
                        ],
                        max_length=8,
                    ),
                ),
                ("signed_up_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "done_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="was there, or watched it"
                    ),
                ),
                ("missed", models.BooleanField(default=False, verbose_name="was not there")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SchoolVisit",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="schools.school",
                    ),
                ),
                ("visited_on", models.DateField()),
                (
                    "visitor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("spoke_to", models.CharField(max_length=200)),
                ("advice", models.TextField()),
                ("next_on", models.DateField(blank=True, null=True, verbose_name="next visit")),
            ],
            options={
                "ordering": ["-visited_on", "school__name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("next_on", None),
                            ("next_on__gt", models.F("visited_on")),
                            _connector="OR",
                        ),
                        name="visit_days",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_schoolvisitevent" ("advice", "id", "next_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "spoke_to", "visited_on", "visitor_id") SELECT new_values."advice", new_values."id", new_values."next_on", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."school_id", new_values."spoke_to", new_values."visited_on", new_values."visitor_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="a4f84d20d05f84925aa3884e3fdfb1a5556bb0b1",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5fb2a",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="schools_schoolvisit",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_schoolvisitevent" ("advice", "id", "next_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "spoke_to", "visited_on", "visitor_id") SELECT new_values."advice", new_values."id", new_values."next_on", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."school_id", new_values."spoke_to", new_values."visited_on", new_values."visitor_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ed2ec3e35d0c6fb73b2c3578e5ebbc64111eb791",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6279a",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="schools_schoolvisit",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "schools_schoolvisitevent" ("advice", "id", "next_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "spoke_to", "visited_on", "visitor_id") SELECT old_values."advice", old_values."id", old_values."next_on", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."school_id", old_values."spoke_to", old_values."visited_on", old_values."visitor_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="feb7991ebba351941775881088d9bc0d7bc25425",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_006b9",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="schools_schoolvisit",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolVisitEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="schools.schoolvisit",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                (
                    "school",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.school",
                    ),
                ),
                ("visited_on", models.DateField()),
                (
                    "visitor",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("spoke_to", models.CharField(max_length=200)),
                ("advice", models.TextField()),
                ("next_on", models.DateField(blank=True, null=True, verbose_name="next visit")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RunSQL(TRIGRAMS, NO_TRIGRAMS),
    ]

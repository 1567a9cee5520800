import uuid

import django.contrib.postgres.constraints
import django.core.serializers.json
import django.db.models.constraints
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import funding.models.calendars


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("banding", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("schools", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="FiguresEdition",
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
                            ("draft", "Draft"),
                            ("public", "Public"),
                            ("replaced", "Replaced"),
                            ("ended", "No longer public"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "introduction",
                    models.TextField(help_text="Process and dates, in the authority’s own words."),
                ),
                (
                    "content",
                    models.JSONField(
                        help_text="What everybody may read; small numbers are not in it."
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("published_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-made_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "public")),
                        fields=("state",),
                        name="figures_one_public",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_figureseditionevent" ("content", "id", "introduction", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "state") SELECT new_values."content", new_values."id", new_values."introduction", new_values."made_at", new_values."made_by_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="af1571f5b0a0ce64521090560bd5a2296951a652",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c249c",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="funding_figuresedition",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_figureseditionevent" ("content", "id", "introduction", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "state") SELECT new_values."content", new_values."id", new_values."introduction", new_values."made_at", new_values."made_by_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."published_at", new_values."published_by_id", new_values."state" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="c47bdc6840105578f80f166372bbe283a55222ab",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b95b2",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="funding_figuresedition",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_figureseditionevent" ("content", "id", "introduction", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "published_by_id", "state") SELECT old_values."content", old_values."id", old_values."introduction", old_values."made_at", old_values."made_by_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_at", old_values."published_by_id", old_values."state" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="c6ab921dd144ef0382e4852feceaa3c8094ff9c1",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2d1ef",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="funding_figuresedition",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FiguresEditionEvent",
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
                        to="funding.figuresedition",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("public", "Public"),
                            ("replaced", "Replaced"),
                            ("ended", "No longer public"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "introduction",
                    models.TextField(help_text="Process and dates, in the authority’s own words."),
                ),
                (
                    "content",
                    models.JSONField(
                        help_text="What everybody may read; small numbers are not in it."
                    ),
                ),
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
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                ("published_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PaymentCalendar",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("year", models.CharField(max_length=9, unique=True)),
                (
                    "proration",
                    models.CharField(
                        choices=[
                            ("calendar_days", "Calendar days"),
                            ("whole_period", "Whole period"),
                            ("school_days", "School days"),
                        ],
                        max_length=16,
                    ),
                ),
            ],
            options={
                "ordering": ["-year"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_paymentcalendarevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proration", "year") SELECT new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."proration", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="a1f909b6ec3878a92aa821d11ab9128842c24790",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_1f9cf",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="funding_paymentcalendar",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_paymentcalendarevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proration", "year") SELECT new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."proration", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="91598d09d7de591255c5998daf1c39e238a83ade",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_25273",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="funding_paymentcalendar",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_paymentcalendarevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proration", "year") SELECT old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."proration", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="7ed3d8dd191e438be95f5f1584359f680c4bcf72",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4a810",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="funding_paymentcalendar",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaymentCalendarEvent",
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
                        to="funding.paymentcalendar",
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
                ("year", models.CharField(max_length=9)),
                (
                    "proration",
                    models.CharField(
                        choices=[
                            ("calendar_days", "Calendar days"),
                            ("whole_period", "Whole period"),
                            ("school_days", "School days"),
                        ],
                        max_length=16,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Period",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="periods",
                        to="funding.paymentcalendar",
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=80)),
                ("start", models.DateField()),
                ("end", models.DateField()),
                ("count_date", models.DateField()),
                ("numerator", models.PositiveSmallIntegerField()),
                ("denominator", models.PositiveSmallIntegerField()),
            ],
            options={
                "ordering": ["start"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end__gte", models.F("start"))),
                        name="period_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("denominator__gt", 0), ("numerator__gt", 0)),
                        name="period_fraction_positive",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        expressions=[
                            (
                                funding.models.calendars.DateRange(
                                    models.F("start"), models.F("end"), models.Value("[]")
                                ),
                                "&&",
                            )
                        ],
                        name="period_overlaps_no_other",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_periodevent" ("calendar_id", "code", "count_date", "denominator", "end", "id", "name", "numerator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start") SELECT new_values."calendar_id", new_values."code", new_values."count_date", new_values."denominator", new_values."end", new_values."id", new_values."name", new_values."numerator", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."start" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="8a5ad2f88ff4aed3e243d6b9410f28f43c4a8e0d",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e805d",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="funding_period",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_periodevent" ("calendar_id", "code", "count_date", "denominator", "end", "id", "name", "numerator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start") SELECT new_values."calendar_id", new_values."code", new_values."count_date", new_values."denominator", new_values."end", new_values."id", new_values."name", new_values."numerator", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."start" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="7ff2c4cff5e4c31712f216eb1130444f861dd036",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b183d",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="funding_period",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_periodevent" ("calendar_id", "code", "count_date", "denominator", "end", "id", "name", "numerator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start") SELECT old_values."calendar_id", old_values."code", old_values."count_date", old_values."denominator", old_values."end", old_values."id", old_values."name", old_values."numerator", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."start" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="87650ccd26ef30384229f776faf113257e98ee70",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c22fa",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="funding_period",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PeriodEvent",
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
                        to="funding.period",
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
                    "calendar",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.paymentcalendar",
                    ),
                ),
                ("code", models.SlugField(db_index=False, max_length=40)),
                ("name", models.CharField(max_length=80)),
                ("start", models.DateField()),
                ("end", models.DateField()),
                ("count_date", models.DateField()),
                ("numerator", models.PositiveSmallIntegerField()),
                ("denominator", models.PositiveSmallIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="funding.period",
                    ),
                ),
                ("sequence", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("checked", "Being checked"),
                            ("published", "Published"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("prepared_at", models.DateTimeField()),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("published_at", models.DateTimeField(null=True)),
                ("inputs_hash", models.CharField(blank=True, max_length=64)),
                ("lines_hash", models.CharField(blank=True, max_length=64)),
                ("control_total", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                (
                    "summary",
                    models.JSONField(
                        blank=True,
                        db_default={},
                        default=dict,
                        help_text="Totals of the lines as they were calculated; a page does not add them up again.",
                    ),
                ),
                (
                    "inputs_mark",
                    models.JSONField(
                        blank=True,
                        db_default={},
                        default=dict,
                        help_text="Of each kind of input how many changes were recorded when it was calculated.",
                    ),
                ),
                (
                    "published_before",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="Runs published when this one was calculated; more since make it out of date.",
                    ),
                ),
            ],
            options={
                "ordering": ["-period__start", "-sequence"],
                "constraints": [
                    models.UniqueConstraint(fields=("period", "sequence"), name="run_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "published"), _negated=True),
                        fields=("period",),
                        name="run_one_open_a_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_by", None),
                            models.Q(
                                models.Q(("published_by", models.F("prepared_by")), _negated=True),
                                models.Q(("published_by", models.F("sent_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="run_published_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(
                                ("published_at__isnull", False),
                                ("published_by__isnull", False),
                                ("sent_at__isnull", False),
                                ("sent_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="run_published_by_somebody",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="published_runs_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.\"state\" = 'published')",
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f339da3a829ab4b129de5d454eee0a04fcc086e8",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_published_runs_stay_9ef30",
                            table="funding_run",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="runs_are_published_by_two",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN ('published' = NEW.state AND (OLD.state <> 'checked' OR OLD.sent_by_id IS DISTINCT FROM NEW.sent_by_id OR OLD.prepared_by_id IS DISTINCT FROM NEW.prepared_by_id))",
                            func="RAISE EXCEPTION 'A run is sent for checking by one person and published by another.';",
                            hash="f1d56a4e39e0c008eaf7bbf8dcf2c16ecadc39e3",
                            operation="UPDATE",
                            pgid="pgtrigger_runs_are_published_by_two_8de9f",
                            table="funding_run",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_runevent" ("control_total", "id", "inputs_hash", "lines_hash", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "prepared_by_id", "published_at", "published_before", "published_by_id", "sent_at", "sent_by_id", "sequence", "state") SELECT new_values."control_total", new_values."id", new_values."inputs_hash", new_values."lines_hash", new_values."period_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."prepared_at", new_values."prepared_by_id", new_values."published_at", new_values."published_before", new_values."published_by_id", new_values."sent_at", new_values."sent_by_id", new_values."sequence", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ebc24b326ab35744a1399b282e4f1c6fc915c2a3",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_54402",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="funding_run",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_runevent" ("control_total", "id", "inputs_hash", "lines_hash", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "prepared_by_id", "published_at", "published_before", "published_by_id", "sent_at", "sent_by_id", "sequence", "state") SELECT new_values."control_total", new_values."id", new_values."inputs_hash", new_values."lines_hash", new_values."period_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."prepared_at", new_values."prepared_by_id", new_values."published_at", new_values."published_before", new_values."published_by_id", new_values."sent_at", new_values."sent_by_id", new_values."sequence", new_values."state" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."control_total" IS DISTINCT FROM (new_values."control_total") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."inputs_hash" IS DISTINCT FROM (new_values."inputs_hash") OR old_values."lines_hash" IS DISTINCT FROM (new_values."lines_hash") OR old_values."period_id" IS DISTINCT FROM (new_values."period_id") OR old_values."prepared_at" IS DISTINCT FROM (new_values."prepared_at") OR old_values."prepared_by_id" IS DISTINCT FROM (new_values."prepared_by_id") OR old_values."published_at" IS DISTINCT FROM (new_values."published_at") OR old_values."published_before" IS DISTINCT FROM (new_values."published_before") OR old_values."published_by_id" IS DISTINCT FROM (new_values."published_by_id") OR old_values."sent_at" IS DISTINCT FROM (new_values."sent_at") OR old_values."sent_by_id" IS DISTINCT FROM (new_values."sent_by_id") OR old_values."sequence" IS DISTINCT FROM (new_values."sequence") OR old_values."state" IS DISTINCT FROM (new_values."state")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="26804625d787bc87eca0726b5ddeee03c8bb5178",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_fb257",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="funding_run",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_runevent" ("control_total", "id", "inputs_hash", "lines_hash", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "prepared_by_id", "published_at", "published_before", "published_by_id", "sent_at", "sent_by_id", "sequence", "state") SELECT old_values."control_total", old_values."id", old_values."inputs_hash", old_values."lines_hash", old_values."period_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."prepared_at", old_values."prepared_by_id", old_values."published_at", old_values."published_before", old_values."published_by_id", old_values."sent_at", old_values."sent_by_id", old_values."sequence", old_values."state" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="443faa9095b1b25a0efdc1fb2baf27667f7ff696",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_29004",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="funding_run",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RunEvent",
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
                        to="funding.run",
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
                    "period",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.period",
                    ),
                ),
                ("sequence", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("checked", "Being checked"),
                            ("published", "Published"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("prepared_at", models.DateTimeField()),
                (
                    "sent_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("sent_at", models.DateTimeField(null=True)),
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
                ("published_at", models.DateTimeField(null=True)),
                ("inputs_hash", models.CharField(blank=True, max_length=64)),
                ("lines_hash", models.CharField(blank=True, max_length=64)),
                ("control_total", models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                (
                    "published_before",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="Runs published when this one was calculated; more since make it out of date.",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="funding.run",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="funding.period",
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="schools.pupil",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="schools.school",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("allocation", "Allocation"),
                            ("other_la", "Other authority’s pupil"),
                            ("unvalued", "Band without a value"),
                            ("adjustment", "Adjustment"),
                            ("protection", "Protection"),
                            ("exceptional", "Exceptional"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        choices=[("EHCP", "EHCP"), ("SEN_SUPPORT", "SEN Support")],
                        max_length=16,
                    ),
                ),
                (
                    "framework",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="banding.framework",
                    ),
                ),
                (
                    "band",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="banding.band",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="banding.banddecision",
                    ),
                ),
                ("annual_value", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("value_from", models.DateField(null=True)),
                ("on_roll_from", models.DateField(null=True)),
                ("on_roll_to", models.DateField(null=True)),
                ("plan_from", models.DateField(null=True)),
                ("plan_to", models.DateField(null=True)),
                ("responsible_la", models.CharField(blank=True, max_length=3)),
                ("start", models.DateField()),
                ("end", models.DateField()),
                ("days", models.PositiveSmallIntegerField()),
                ("period_days", models.PositiveSmallIntegerField()),
                ("numerator", models.PositiveSmallIntegerField()),
                ("denominator", models.PositiveSmallIntegerField()),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="Pounds; empty when unvalued.",
                        max_digits=12,
                        null=True,
                    ),
                ),
                (
                    "school_days",
                    models.PositiveSmallIntegerField(
                        help_text="Paid by school days: those of the line, out of those of the year.",
                        null=True,
                    ),
                ),
                ("year_school_days", models.PositiveSmallIntegerField(null=True)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("was_annual", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("was_band", models.CharField(blank=True, db_default="", max_length=60)),
                (
                    "cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("decision", "Band decision"),
                            ("placement", "Placement"),
                            ("plan", "Plan"),
                            ("value", "Band value"),
                            ("policy", "Funding policy"),
                            ("exceptional", "Exceptional amount"),
                            ("authority", "Responsible authority"),
                            ("school", "Sector of the school"),
                            ("protection", "Protection"),
                            ("calendar", "School days"),
                            ("merge", "Two records made one"),
                            ("unknown", "Not known"),
                        ],
                        db_default="",
                        max_length=12,
                    ),
                ),
                ("cause_said", models.CharField(blank=True, db_default="", max_length=300)),
                ("cause_by", models.CharField(blank=True, db_default="", max_length=150)),
                ("cause_at", models.DateTimeField(null=True)),
                ("la_number", models.CharField(blank=True, max_length=8)),
                ("urn", models.CharField(blank=True, max_length=6)),
                ("school_name", models.CharField(blank=True, max_length=200)),
                ("school_type", models.CharField(blank=True, max_length=120)),
                ("type_code", models.PositiveSmallIntegerField(null=True)),
                ("type_group_code", models.PositiveSmallIntegerField(null=True)),
                ("phase", models.CharField(blank=True, max_length=60)),
                ("payee", models.CharField(blank=True, max_length=40)),
                (
                    "sector",
                    models.CharField(
                        blank=True,
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
                ("reference", models.CharField(blank=True, max_length=40)),
                ("upn", models.CharField(blank=True, max_length=13)),
                ("framework_code", models.CharField(blank=True, max_length=40)),
                ("band_code", models.CharField(blank=True, max_length=12)),
                ("band_name", models.CharField(blank=True, max_length=60)),
            ],
            options={
                "ordering": ["urn", "reference", "start"],
                "indexes": [models.Index(fields=["run", "school"], name="line_run_school")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "unvalued"), ("amount__isnull", False), _connector="XOR"
                        ),
                        name="line_amount_or_unvalued",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="published_run_gains_no_line",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF EXISTS (\n        SELECT FROM (SELECT DISTINCT run_id FROM added) touched\n        JOIN funding_run ON funding_run.id = touched.run_id\n        WHERE funding_run.state = 'published'\n    ) THEN\n        RAISE EXCEPTION 'The lines of a published run never change.';\n    END IF;\nRETURN NULL;",
                            hash="7e7c661877e185598517d3b10d9f5b3085fec5f4",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_published_run_gains_no_line_aef11",
                            referencing="REFERENCING NEW TABLE AS added ",
                            table="funding_line",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="published_lines_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF EXISTS (\n        SELECT FROM (SELECT DISTINCT run_id FROM before) touched\n        JOIN funding_run ON funding_run.id = touched.run_id\n        WHERE funding_run.state = 'published'\n    ) THEN\n        RAISE EXCEPTION 'The lines of a published run never change.';\n    END IF;\n\n    IF EXISTS (\n        SELECT FROM (SELECT DISTINCT run_id FROM after) touched\n        JOIN funding_run ON funding_run.id = touched.run_id\n        WHERE funding_run.state = 'published'\n    ) THEN\n        RAISE EXCEPTION 'The lines of a published run never change.';\n    END IF;\nRETURN NULL;",
                            hash="8b1a1188a7fbf7a970cdabc97018af7430c77432",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_published_lines_stay_05619",
                            referencing="REFERENCING OLD TABLE AS before  NEW TABLE AS after ",
                            table="funding_line",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="published_run_loses_no_line",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF EXISTS (\n        SELECT FROM (SELECT DISTINCT run_id FROM gone) touched\n        JOIN funding_run ON funding_run.id = touched.run_id\n        WHERE funding_run.state = 'published'\n    ) THEN\n        RAISE EXCEPTION 'The lines of a published run never change.';\n    END IF;\nRETURN NULL;",
                            hash="3a0881df405c77d58fa9d81aa58e85deb28c9b70",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_published_run_loses_no_line_3a802",
                            referencing="REFERENCING OLD TABLE AS gone ",
                            table="funding_line",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RunException",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exceptions",
                        to="funding.run",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("overlap", "Two placements on the same day"),
                            ("no_agreed_band", "No agreed band"),
                            ("no_school", "Plan and band, but no school"),
                            ("not_open", "School closed, or not open yet"),
                            ("two_amounts", "Two exceptional amounts on the same day"),
                            ("left", "Reported as left, not accepted yet"),
                            ("not_ours", "Reported as not the school’s pupil, not accepted yet"),
                            ("staying_on", "Reported as staying on, not accepted yet"),
                            ("no_band", "Reported as needing no band, not accepted yet"),
                            ("joined", "Reported as joined, not placed yet"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.pupil",
                    ),
                ),
                (
                    "joiner",
                    models.UUIDField(
                        help_text="Who is no pupil yet. The school may have withdrawn them since.",
                        null=True,
                    ),
                ),
                ("joiner_upn", models.CharField(blank=True, db_default="", max_length=13)),
                (
                    "school",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.school",
                    ),
                ),
                (
                    "other_school",
                    models.ForeignKey(
                        help_text="For an overlap: the school that is not paid.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.school",
                    ),
                ),
                ("start", models.DateField()),
                ("end", models.DateField()),
                (
                    "earlier_period",
                    models.ForeignKey(
                        help_text="The published period it is about; empty for the run’s own.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="funding.period",
                    ),
                ),
                (
                    "reported_day",
                    models.DateField(
                        help_text="As the school gave it: the leaver’s last one, the joiner’s first.",
                        null=True,
                    ),
                ),
                (
                    "cleared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("cleared_at", models.DateTimeField(null=True)),
                ("cleared_reason", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["kind", "pupil__reference", "start"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cleared_at", None),
                            models.Q(("cleared_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="run_exception_cleared_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pupil", None), ("joiner", None), _connector="XOR"),
                        name="run_exception_of_pupil_or_joiner",
                    ),
                    models.UniqueConstraint(
                        fields=(
                            "run",
                            "kind",
                            "pupil",
                            "joiner",
                            "school",
                            "other_school",
                            "start",
                            "earlier_period",
                        ),
                        name="run_exception_once",
                        nulls_distinct=False,
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="published_exceptions_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF EXISTS (SELECT FROM funding_run WHERE id = OLD.run_id AND state = 'published') THEN\n        RAISE EXCEPTION 'The exceptions of a published run never change.';\n    END IF;\n    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;\n    ",
                            hash="ce0ba745bd27f5844a51947f6f9e687975c3d0dd",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_published_exceptions_stay_8a125",
                            table="funding_runexception",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_runexceptionevent" ("cleared_at", "cleared_by_id", "cleared_reason", "earlier_period_id", "end", "id", "joiner", "joiner_upn", "kind", "other_school_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "reported_day", "run_id", "school_id", "start") SELECT new_values."cleared_at", new_values."cleared_by_id", new_values."cleared_reason", new_values."earlier_period_id", new_values."end", new_values."id", new_values."joiner", new_values."joiner_upn", new_values."kind", new_values."other_school_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."pupil_id", new_values."reported_day", new_values."run_id", new_values."school_id", new_values."start" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="7502bc075a95d64ea78e3af56ebd1062ac52dce3",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_52032",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="funding_runexception",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RunExceptionEvent",
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
                        to="funding.runexception",
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
                    "run",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.run",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("overlap", "Two placements on the same day"),
                            ("no_agreed_band", "No agreed band"),
                            ("no_school", "Plan and band, but no school"),
                            ("not_open", "School closed, or not open yet"),
                            ("two_amounts", "Two exceptional amounts on the same day"),
                            ("left", "Reported as left, not accepted yet"),
                            ("not_ours", "Reported as not the school’s pupil, not accepted yet"),
                            ("staying_on", "Reported as staying on, not accepted yet"),
                            ("no_band", "Reported as needing no band, not accepted yet"),
                            ("joined", "Reported as joined, not placed yet"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.pupil",
                    ),
                ),
                (
                    "joiner",
                    models.UUIDField(
                        help_text="Who is no pupil yet. The school may have withdrawn them since.",
                        null=True,
                    ),
                ),
                ("joiner_upn", models.CharField(blank=True, db_default="", max_length=13)),
                (
                    "school",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.school",
                    ),
                ),
                (
                    "other_school",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="For an overlap: the school that is not paid.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.school",
                    ),
                ),
                ("start", models.DateField()),
                ("end", models.DateField()),
                (
                    "earlier_period",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="The published period it is about; empty for the run’s own.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="funding.period",
                    ),
                ),
                (
                    "reported_day",
                    models.DateField(
                        help_text="As the school gave it: the leaver’s last one, the joiner’s first.",
                        null=True,
                    ),
                ),
                (
                    "cleared_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("cleared_at", models.DateTimeField(null=True)),
                ("cleared_reason", models.TextField(blank=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RunCalculation",
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
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calculations",
                        to="funding.period",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calculations",
                        to="funding.run",
                    ),
                ),
            ],
            options={
                "ordering": ["-started_at"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["confirmed", "waiting"])),
                        fields=("period",),
                        name="run_calculation_one_at_work",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ScheduleExport",
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
                ("filename", models.CharField(max_length=200)),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="schedule_exports",
                        to="funding.run",
                    ),
                ),
            ],
            options={
                "ordering": ["-started_at"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["confirmed", "waiting"])),
                        fields=("run",),
                        name="schedule_export_one_at_work",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditPack",
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
                ("filename", models.CharField(max_length=200)),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="audit_packs",
                        to="funding.run",
                    ),
                ),
            ],
            options={
                "ordering": ["-started_at"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["confirmed", "waiting"])),
                        fields=("run",),
                        name="audit_pack_one_at_work",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProtectionRule",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("floor", "At least a share of the amount before"),
                            ("phased", "Phased in: the amount before, and a share of the change"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "changed_on",
                    models.DateField(
                        help_text="The first day of the new amounts; the day before says what was paid."
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "share",
                    models.DecimalField(
                        decimal_places=4,
                        help_text="Of the amount before that is kept, or of the change that is paid.",
                        max_digits=5,
                    ),
                ),
            ],
            options={
                "ordering": ["sector", "starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("share__gte", 0), ("share__lte", 1)),
                        name="protection_share_of_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__gte", models.F("starts_on")),
                            ("starts_on__gte", models.F("changed_on")),
                        ),
                        name="protection_follows_the_change",
                    ),
                    models.UniqueConstraint(fields=("sector", "starts_on"), name="protection_once"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_protectionruleevent" ("changed_on", "ends_on", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sector", "share", "starts_on") SELECT new_values."changed_on", new_values."ends_on", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."sector", new_values."share", new_values."starts_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="78611efbb403e002c28f51779312374c38257d24",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_327f1",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="funding_protectionrule",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_protectionruleevent" ("changed_on", "ends_on", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sector", "share", "starts_on") SELECT new_values."changed_on", new_values."ends_on", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."sector", new_values."share", new_values."starts_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="1e0430443541743b22c6a4576fad7440d892977b",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b439f",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="funding_protectionrule",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_protectionruleevent" ("changed_on", "ends_on", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sector", "share", "starts_on") SELECT old_values."changed_on", old_values."ends_on", old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."sector", old_values."share", old_values."starts_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="4552f08a3217323ec5279b36ad3afe8c1b36ea72",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ae5ff",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="funding_protectionrule",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProtectionRuleEvent",
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
                        to="funding.protectionrule",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("floor", "At least a share of the amount before"),
                            ("phased", "Phased in: the amount before, and a share of the change"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "changed_on",
                    models.DateField(
                        help_text="The first day of the new amounts; the day before says what was paid."
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "share",
                    models.DecimalField(
                        decimal_places=4,
                        help_text="Of the amount before that is kept, or of the change that is paid.",
                        max_digits=5,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProtectedPupil",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="protected",
                        to="funding.protectionrule",
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="schools.pupil",
                    ),
                ),
                ("annual", models.DecimalField(decimal_places=2, max_digits=10)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("rule", "pupil"), name="protected_pupil_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolDay",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="school_days",
                        to="schools.school",
                    ),
                ),
                ("date", models.DateField()),
                ("is_school_day", models.BooleanField()),
            ],
            options={
                "ordering": ["date"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("date", "school"), name="school_day_once", nulls_distinct=False
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_schooldayevent" ("date", "id", "is_school_day", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id") SELECT new_values."date", new_values."id", new_values."is_school_day", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."school_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="5c1330bce57dd84a708272afa169168d9475943a",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_496cb",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="funding_schoolday",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_schooldayevent" ("date", "id", "is_school_day", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id") SELECT new_values."date", new_values."id", new_values."is_school_day", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."school_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="421409e9672db650eb876abc1915737958b74341",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d1085",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="funding_schoolday",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_schooldayevent" ("date", "id", "is_school_day", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id") SELECT old_values."date", old_values."id", old_values."is_school_day", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."school_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="645cc90c5cbe148d006aea1c8a51b2f282dcf3cf",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c1077",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="funding_schoolday",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolDayEvent",
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
                        to="funding.schoolday",
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
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.school",
                    ),
                ),
                ("date", models.DateField()),
                ("is_school_day", models.BooleanField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ValuesUpload",
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
            name="CalendarUpload",
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
            name="SchoolDaysUpload",
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
            name="BandValue",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "band",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="values",
                        to="banding.band",
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
                (
                    "annual_value",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True),
                ),
                ("effective_from", models.DateField()),
            ],
            options={
                "ordering": ["band__framework__code", "sector", "band__rank", "effective_from"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("band", "sector", "effective_from"), name="band_value_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("annual_value", None), ("annual_value__gte", 0), _connector="OR"
                        ),
                        name="band_value_not_negative",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_bandvalueevent" ("annual_value", "band_id", "effective_from", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sector") SELECT new_values."annual_value", new_values."band_id", new_values."effective_from", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."sector" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="c7798a7c1c3f16e4fe9753ba9b0703ea0f150272",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_07c65",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="funding_bandvalue",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_bandvalueevent" ("annual_value", "band_id", "effective_from", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sector") SELECT new_values."annual_value", new_values."band_id", new_values."effective_from", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."sector" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="589d3bb86ed1d1ac107c58770483189fa7c3ac76",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_37990",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="funding_bandvalue",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_bandvalueevent" ("annual_value", "band_id", "effective_from", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sector") SELECT old_values."annual_value", old_values."band_id", old_values."effective_from", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."sector" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="ccb5a2a89a323b7a18400026a9146853c30775e2",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_fb4a2",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="funding_bandvalue",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BandValueEvent",
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
                        to="funding.bandvalue",
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
                    "band",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="banding.band",
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
                (
                    "annual_value",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True),
                ),
                ("effective_from", models.DateField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FundingPolicy",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
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
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="banding.framework",
                    ),
                ),
                ("effective_from", models.DateField()),
            ],
            options={
                "ordering": ["sector", "effective_from"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sector", "effective_from"), name="funding_policy_once"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_fundingpolicyevent" ("effective_from", "framework_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sector") SELECT new_values."effective_from", new_values."framework_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."sector" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="67aacd23d7f0b35b3ef7cc54a79e0ff8b860e1fc",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3164c",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="funding_fundingpolicy",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_fundingpolicyevent" ("effective_from", "framework_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sector") SELECT new_values."effective_from", new_values."framework_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."sector" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="b640639decf11d670c4bc4b313cb2f09ea177f30",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a1fdd",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="funding_fundingpolicy",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_fundingpolicyevent" ("effective_from", "framework_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sector") SELECT old_values."effective_from", old_values."framework_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."sector" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="a3210a780412aaf9d3ba23c252a4694ddb2754ae",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0e647",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="funding_fundingpolicy",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FundingPolicyEvent",
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
                        to="funding.fundingpolicy",
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
                    "framework",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="banding.framework",
                    ),
                ),
                ("effective_from", models.DateField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Scenario",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("note", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("shared", "Shared"),
                            ("adopted", "Adopted"),
                            ("archived", "Archived"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "terms",
                    models.JSONField(help_text="As in a scenario’s file (docs/commands.md)."),
                ),
                (
                    "result",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder, null=True
                    ),
                ),
                ("worked_out_at", models.DateTimeField(null=True)),
                (
                    "read_at",
                    models.DateTimeField(help_text="When the pupils were read.", null=True),
                ),
                (
                    "fingerprint",
                    models.CharField(
                        blank=True,
                        help_text="Of the terms and the states worked out on.",
                        max_length=64,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("adopted_from", models.DateField(null=True)),
            ],
            options={
                "ordering": ["-made_at"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_scenarioevent" ("adopted_from", "fingerprint", "id", "made_at", "made_by_id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "state", "terms", "worked_out_at") SELECT new_values."adopted_from", new_values."fingerprint", new_values."id", new_values."made_at", new_values."made_by_id", new_values."name", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."read_at", new_values."state", new_values."terms", new_values."worked_out_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ac1c89995c33c769cafc42d6a03fa3af51617e50",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f6dbb",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="funding_scenario",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_scenarioevent" ("adopted_from", "fingerprint", "id", "made_at", "made_by_id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "state", "terms", "worked_out_at") SELECT new_values."adopted_from", new_values."fingerprint", new_values."id", new_values."made_at", new_values."made_by_id", new_values."name", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."read_at", new_values."state", new_values."terms", new_values."worked_out_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."adopted_from" IS DISTINCT FROM (new_values."adopted_from") OR old_values."fingerprint" IS DISTINCT FROM (new_values."fingerprint") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."made_at" IS DISTINCT FROM (new_values."made_at") OR old_values."made_by_id" IS DISTINCT FROM (new_values."made_by_id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."read_at" IS DISTINCT FROM (new_values."read_at") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."terms" IS DISTINCT FROM (new_values."terms") OR old_values."worked_out_at" IS DISTINCT FROM (new_values."worked_out_at")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="f05fa1f2cff6eb3cdd5236def74748ceb94729fd",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7e47e",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="funding_scenario",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_scenarioevent" ("adopted_from", "fingerprint", "id", "made_at", "made_by_id", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "state", "terms", "worked_out_at") SELECT old_values."adopted_from", old_values."fingerprint", old_values."id", old_values."made_at", old_values."made_by_id", old_values."name", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."read_at", old_values."state", old_values."terms", old_values."worked_out_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="48eb007e0a6092ac1ff49f5a6d437341f86f9b35",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a2e6e",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="funding_scenario",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ScenarioEvent",
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
                        to="funding.scenario",
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
                ("name", models.CharField(max_length=80)),
                ("note", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("shared", "Shared"),
                            ("adopted", "Adopted"),
                            ("archived", "Archived"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "terms",
                    models.JSONField(help_text="As in a scenario’s file (docs/commands.md)."),
                ),
                ("worked_out_at", models.DateTimeField(null=True)),
                (
                    "read_at",
                    models.DateTimeField(help_text="When the pupils were read.", null=True),
                ),
                (
                    "fingerprint",
                    models.CharField(
                        blank=True,
                        help_text="Of the terms and the states worked out on.",
                        max_length=64,
                    ),
                ),
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
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("adopted_from", models.DateField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CaseloadReading",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        help_text="Of what was to be read.", max_length=64, unique=True
                    ),
                ),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("read_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ScenarioWork",
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
                (
                    "scenario",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="works",
                        to="funding.scenario",
                    ),
                ),
            ],
            options={
                "ordering": ["-started_at"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["confirmed", "waiting"])),
                        fields=("scenario",),
                        name="scenario_work_one_at_work",
                    )
                ],
            },
        ),
    ]

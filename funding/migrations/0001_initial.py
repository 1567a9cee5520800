import uuid

import django.contrib.postgres.constraints
import django.core.serializers.json
import django.db.models.constraints
import django.db.models.deletion
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
        ("schools", "0001_initial"),
    ]

    operations = [
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
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="funding.paymentcalendar",
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
                ("code", models.SlugField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=80)),
                ("start", models.DateField()),
                ("end", models.DateField()),
                ("count_date", models.DateField()),
                ("numerator", models.PositiveSmallIntegerField()),
                ("denominator", models.PositiveSmallIntegerField()),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="periods",
                        to="funding.paymentcalendar",
                    ),
                ),
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
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ("code", models.SlugField(db_index=False, max_length=40)),
                ("name", models.CharField(max_length=80)),
                ("start", models.DateField()),
                ("end", models.DateField()),
                ("count_date", models.DateField()),
                ("numerator", models.PositiveSmallIntegerField()),
                ("denominator", models.PositiveSmallIntegerField()),
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
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="funding.period",
                    ),
                ),
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
                ("prepared_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
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
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="funding.period",
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
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                            models.Q(("state", "published"), _negated=True),
                            models.Q(
                                ("published_at__isnull", False), ("published_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="run_published_by_somebody",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_runevent" ("control_total", "id", "inputs_hash", "lines_hash", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_at", "prepared_by_id", "published_at", "published_before", "published_by_id", "sent_at", "sent_by_id", "sequence", "state") SELECT new_values."control_total", new_values."id", new_values."inputs_hash", new_values."lines_hash", new_values."period_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."prepared_at", new_values."prepared_by_id", new_values."published_at", new_values."published_before", new_values."published_by_id", new_values."sent_at", new_values."sent_by_id", new_values."sequence", new_values."state" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="9c1125a22ff523d1320a7ae57a85e06fe3feed91",
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
                ("started_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
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
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            name="RunEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
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
                ("prepared_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
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
            ],
            options={
                "abstract": False,
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("overlap", "Two placements on the same day"),
                            ("no_agreed_band", "No agreed band"),
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
                    "joiner",
                    models.UUIDField(
                        help_text="Who is no pupil yet. The school may have withdrawn them since.",
                        null=True,
                    ),
                ),
                ("joiner_upn", models.CharField(blank=True, db_default="", max_length=13)),
                ("start", models.DateField()),
                ("end", models.DateField()),
                (
                    "reported_day",
                    models.DateField(
                        help_text="As the school gave it: the leaver’s last one, the joiner’s first.",
                        null=True,
                    ),
                ),
                ("cleared_at", models.DateTimeField(null=True)),
                ("cleared_reason", models.TextField(blank=True)),
                (
                    "cleared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exceptions",
                        to="funding.run",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.school",
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "pupil__reference", "start"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=(
                            "run",
                            "kind",
                            "pupil",
                            "joiner",
                            "school",
                            "other_school",
                            "start",
                        ),
                        name="run_exception_once",
                        nulls_distinct=False,
                    ),
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "funding_runexceptionevent" ("cleared_at", "cleared_by_id", "cleared_reason", "end", "id", "joiner", "joiner_upn", "kind", "other_school_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "reported_day", "run_id", "school_id", "start") SELECT new_values."cleared_at", new_values."cleared_by_id", new_values."cleared_reason", new_values."end", new_values."id", new_values."joiner", new_values."joiner_upn", new_values."kind", new_values."other_school_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."pupil_id", new_values."reported_day", new_values."run_id", new_values."school_id", new_values."start" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="28d9437d91a413c1fe4de552b0cb9715bf39ea49",
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
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("overlap", "Two placements on the same day"),
                            ("no_agreed_band", "No agreed band"),
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
                    "joiner",
                    models.UUIDField(
                        help_text="Who is no pupil yet. The school may have withdrawn them since.",
                        null=True,
                    ),
                ),
                ("joiner_upn", models.CharField(blank=True, db_default="", max_length=13)),
                ("start", models.DateField()),
                ("end", models.DateField()),
                (
                    "reported_day",
                    models.DateField(
                        help_text="As the school gave it: the leaver’s last one, the joiner’s first.",
                        null=True,
                    ),
                ),
                ("cleared_at", models.DateTimeField(null=True)),
                ("cleared_reason", models.TextField(blank=True)),
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
            ],
            options={
                "abstract": False,
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
                ("started_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
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
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="schedule_exports",
                        to="funding.run",
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
            name="ValuesUpload",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("started_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
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
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                (
                    "band",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="values",
                        to="banding.band",
                    ),
                ),
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
                    "annual_value",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True),
                ),
                ("effective_from", models.DateField()),
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
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="funding.bandvalue",
                    ),
                ),
            ],
            options={
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
                ("started_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
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
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            ],
            options={
                "ordering": ["-started_at"],
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
                ("effective_from", models.DateField()),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="banding.framework",
                    ),
                ),
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
                ("effective_from", models.DateField()),
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
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="funding.fundingpolicy",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("allocation", "Allocation"),
                            ("other_la", "Other authority's pupil"),
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
                ("annual_value", models.DecimalField(decimal_places=2, max_digits=10, null=True)),
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
                ("note", models.CharField(blank=True, max_length=200)),
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
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="funding.run",
                    ),
                ),
            ],
            options={
                "ordering": ["school__urn", "pupil__reference", "start"],
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
    ]

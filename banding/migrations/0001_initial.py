import uuid

import django.contrib.postgres.fields
import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import banding.collections.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("schools", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseloadUpload",
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
                    "mends",
                    models.JSONField(
                        default=list,
                        help_text="What was typed on screen in place of cells of the file.",
                    ),
                ),
                (
                    "academic_year",
                    models.PositiveSmallIntegerField(
                        help_text="The calendar year in which the academic year of `ncy` begins.",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["-started_at"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CaseloadWord",
            fields=[
                (
                    "pupil",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="caseload_word",
                        serialize=False,
                        to="schools.pupil",
                    ),
                ),
                ("said", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                (
                    "previous",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="What the one before said, if any.",
                        null=True,
                    ),
                ),
                ("record", models.UUIDField(help_text="The import that said it.")),
            ],
        ),
        migrations.CreateModel(
            name="CaseloadDifference",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="differences",
                        to="banding.caseloadupload",
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("perhaps", "Perhaps the same child"),
                            ("contradicting", "Contradicting"),
                            ("ended_here", "Ended here"),
                            ("ended_there", "Ended in the file"),
                            ("moved", "Moved"),
                            ("changed", "Changed in the file"),
                            ("new", "New"),
                            ("missing", "Missing from the file"),
                        ],
                        max_length=16,
                    ),
                ),
                ("reference", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=120)),
                ("who", models.CharField(max_length=250)),
                ("what", models.CharField(max_length=250)),
                ("ours", models.CharField(blank=True, max_length=250)),
                ("theirs", models.CharField(blank=True, max_length=250)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("file", "Take the file’s"), ("ours", "Keep ours")],
                        max_length=4,
                    ),
                ),
                (
                    "decided",
                    models.BooleanField(
                        default=False, help_text="A person said so, not the portal."
                    ),
                ),
                (
                    "placement",
                    models.UUIDField(help_text="Of one that is missing from the file.", null=True),
                ),
            ],
            options={
                "ordering": ["position"],
                "indexes": [
                    models.Index(fields=["upload", "kind", "position"], name="difference_by_kind")
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseloadChoice",
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
                            ("perhaps", "Perhaps the same child"),
                            ("contradicting", "Contradicting"),
                            ("ended_here", "Ended here"),
                            ("ended_there", "Ended in the file"),
                            ("moved", "Moved"),
                            ("changed", "Changed in the file"),
                            ("new", "New"),
                            ("missing", "Missing from the file"),
                        ],
                        max_length=16,
                    ),
                ),
                ("reference", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=120)),
                ("who", models.CharField(max_length=250)),
                ("what", models.CharField(max_length=250)),
                ("ours", models.CharField(blank=True, max_length=250)),
                ("theirs", models.CharField(blank=True, max_length=250)),
                (
                    "answer",
                    models.CharField(
                        choices=[("file", "Take the file’s"), ("ours", "Keep ours")], max_length=4
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-decided_at", "who", "key"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reference", "key", "ours", "theirs"), name="caseload_choice_once"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_caseloadchoiceevent" ("answer", "decided_at", "decided_by_id", "id", "key", "kind", "ours", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "theirs", "what", "who") SELECT new_values."answer", new_values."decided_at", new_values."decided_by_id", new_values."id", new_values."key", new_values."kind", new_values."ours", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reference", new_values."theirs", new_values."what", new_values."who" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="83c49e9fce96482d73a116277464609a6c80b521",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_1a081",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="banding_caseloadchoice",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_caseloadchoiceevent" ("answer", "decided_at", "decided_by_id", "id", "key", "kind", "ours", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "theirs", "what", "who") SELECT new_values."answer", new_values."decided_at", new_values."decided_by_id", new_values."id", new_values."key", new_values."kind", new_values."ours", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reference", new_values."theirs", new_values."what", new_values."who" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="96b6fb4e198b3951045c64b323d123fab3baa999",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_281a4",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="banding_caseloadchoice",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_caseloadchoiceevent" ("answer", "decided_at", "decided_by_id", "id", "key", "kind", "ours", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "theirs", "what", "who") SELECT old_values."answer", old_values."decided_at", old_values."decided_by_id", old_values."id", old_values."key", old_values."kind", old_values."ours", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reference", old_values."theirs", old_values."what", old_values."who" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="ed1d5b0c9882bfff4c99d07519333690e8fc4433",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_894a0",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="banding_caseloadchoice",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseloadChoiceEvent",
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
                        to="banding.caseloadchoice",
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
                            ("perhaps", "Perhaps the same child"),
                            ("contradicting", "Contradicting"),
                            ("ended_here", "Ended here"),
                            ("ended_there", "Ended in the file"),
                            ("moved", "Moved"),
                            ("changed", "Changed in the file"),
                            ("new", "New"),
                            ("missing", "Missing from the file"),
                        ],
                        max_length=16,
                    ),
                ),
                ("reference", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=120)),
                ("who", models.CharField(max_length=250)),
                ("what", models.CharField(max_length=250)),
                ("ours", models.CharField(blank=True, max_length=250)),
                ("theirs", models.CharField(blank=True, max_length=250)),
                (
                    "answer",
                    models.CharField(
                        choices=[("file", "Take the file’s"), ("ours", "Keep ours")], max_length=4
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Framework",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.SlugField(max_length=40)),
                ("version", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=120)),
                ("effective_from", models.DateField()),
                (
                    "value_basis",
                    models.CharField(
                        choices=[("top_up", "Top-up")], default="top_up", max_length=12
                    ),
                ),
                (
                    "plan_types",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("EHCP", "EHCP"), ("SEN_SUPPORT", "SEN Support")],
                            max_length=16,
                        ),
                        size=None,
                    ),
                ),
                ("tie_rule", models.TextField(blank=True)),
                (
                    "combine_kind",
                    models.CharField(
                        choices=[
                            ("highest_need", "Highest need"),
                            ("best_fit", "Best fit"),
                            ("weighted_sum", "Weighted sum"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "thresholds",
                    models.JSONField(
                        default=list,
                        help_text="For a weighted sum: [{band, from}], `from` inclusive.",
                    ),
                ),
                ("preamble", models.TextField(blank=True)),
                (
                    "conditions_lead",
                    models.TextField(blank=True, help_text="Begins the sentence of each of them."),
                ),
                (
                    "conditions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("definitions", models.JSONField(default=list, help_text="[{term, meaning}]")),
                (
                    "evidence",
                    models.JSONField(
                        default=list,
                        help_text="Of an application at SEN Support: [{code, label, kind, hint}]",
                    ),
                ),
                (
                    "examples",
                    models.JSONField(
                        default=list,
                        help_text="Invented pupils: [{pupil, levels: [{area, level}], band, why}]",
                    ),
                ),
                (
                    "earlier",
                    models.JSONField(
                        default=dict,
                        help_text="To compare with: {framework, version, bands: [{old, new}]}, or empty.",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Being prepared"),
                            ("published", "Published"),
                            ("retired", "Retired"),
                        ],
                        default="published",
                        max_length=10,
                    ),
                ),
                (
                    "is_open",
                    models.BooleanField(
                        default=False, help_text="Whether anybody who has its address may read it."
                    ),
                ),
            ],
            options={
                "ordering": ["code", "-effective_from"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "version"), name="framework_version_once"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="used_framework_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF to_jsonb(OLD) - ARRAY['state', 'is_open'] IS DISTINCT FROM to_jsonb(NEW) - ARRAY['state', 'is_open'] THEN\n        \n    PERFORM FROM banding_framework WHERE id IN (OLD.id) FOR NO KEY UPDATE;\n    IF EXISTS (\n        SELECT FROM banding_banddecision\n        WHERE framework_id IN (OLD.id) AND state <> 'draft'\n    ) THEN\n        RAISE EXCEPTION 'A framework that decisions use never changes.';\n    END IF;\n    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;\n\n    END IF;\n    RETURN NEW;\n",
                            hash="0eb371d450dba71691b5c91b3fcf1c4215cdb83d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_used_framework_stays_dd3a1",
                            table="banding_framework",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_frameworkevent" ("code", "combine_kind", "conditions", "conditions_lead", "definitions", "earlier", "effective_from", "evidence", "examples", "id", "is_open", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_types", "preamble", "state", "thresholds", "tie_rule", "value_basis", "version") SELECT new_values."code", new_values."combine_kind", new_values."conditions", new_values."conditions_lead", new_values."definitions", new_values."earlier", new_values."effective_from", new_values."evidence", new_values."examples", new_values."id", new_values."is_open", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."plan_types", new_values."preamble", new_values."state", new_values."thresholds", new_values."tie_rule", new_values."value_basis", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="38ac25a30b3e1cff9b9e82ccb10348ea32f28cd5",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9223f",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="banding_framework",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_frameworkevent" ("code", "combine_kind", "conditions", "conditions_lead", "definitions", "earlier", "effective_from", "evidence", "examples", "id", "is_open", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_types", "preamble", "state", "thresholds", "tie_rule", "value_basis", "version") SELECT new_values."code", new_values."combine_kind", new_values."conditions", new_values."conditions_lead", new_values."definitions", new_values."earlier", new_values."effective_from", new_values."evidence", new_values."examples", new_values."id", new_values."is_open", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."plan_types", new_values."preamble", new_values."state", new_values."thresholds", new_values."tie_rule", new_values."value_basis", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="83e1d7313b9e783af76115b9478b28bc8d1aec47",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_60ace",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="banding_framework",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_frameworkevent" ("code", "combine_kind", "conditions", "conditions_lead", "definitions", "earlier", "effective_from", "evidence", "examples", "id", "is_open", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_types", "preamble", "state", "thresholds", "tie_rule", "value_basis", "version") SELECT old_values."code", old_values."combine_kind", old_values."conditions", old_values."conditions_lead", old_values."definitions", old_values."earlier", old_values."effective_from", old_values."evidence", old_values."examples", old_values."id", old_values."is_open", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan_types", old_values."preamble", old_values."state", old_values."thresholds", old_values."tie_rule", old_values."value_basis", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="707a7e47057f758bc5e43abbb2e41403c78d568f",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c548e",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="banding_framework",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FrameworkEvent",
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
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ("code", models.SlugField(db_index=False, max_length=40)),
                ("version", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=120)),
                ("effective_from", models.DateField()),
                (
                    "value_basis",
                    models.CharField(
                        choices=[("top_up", "Top-up")], default="top_up", max_length=12
                    ),
                ),
                (
                    "plan_types",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("EHCP", "EHCP"), ("SEN_SUPPORT", "SEN Support")],
                            max_length=16,
                        ),
                        size=None,
                    ),
                ),
                ("tie_rule", models.TextField(blank=True)),
                (
                    "combine_kind",
                    models.CharField(
                        choices=[
                            ("highest_need", "Highest need"),
                            ("best_fit", "Best fit"),
                            ("weighted_sum", "Weighted sum"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "thresholds",
                    models.JSONField(
                        default=list,
                        help_text="For a weighted sum: [{band, from}], `from` inclusive.",
                    ),
                ),
                ("preamble", models.TextField(blank=True)),
                (
                    "conditions_lead",
                    models.TextField(blank=True, help_text="Begins the sentence of each of them."),
                ),
                (
                    "conditions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("definitions", models.JSONField(default=list, help_text="[{term, meaning}]")),
                (
                    "evidence",
                    models.JSONField(
                        default=list,
                        help_text="Of an application at SEN Support: [{code, label, kind, hint}]",
                    ),
                ),
                (
                    "examples",
                    models.JSONField(
                        default=list,
                        help_text="Invented pupils: [{pupil, levels: [{area, level}], band, why}]",
                    ),
                ),
                (
                    "earlier",
                    models.JSONField(
                        default=dict,
                        help_text="To compare with: {framework, version, bands: [{old, new}]}, or empty.",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Being prepared"),
                            ("published", "Published"),
                            ("retired", "Retired"),
                        ],
                        default="published",
                        max_length=10,
                    ),
                ),
                (
                    "is_open",
                    models.BooleanField(
                        default=False, help_text="Whether anybody who has its address may read it."
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Band",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bands",
                        to="banding.framework",
                    ),
                ),
                ("code", models.CharField(max_length=12)),
                ("name", models.CharField(max_length=60)),
                ("rank", models.SmallIntegerField()),
                ("summary", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ["rank"],
                "constraints": [
                    models.UniqueConstraint(fields=("framework", "code"), name="band_code_once"),
                    models.UniqueConstraint(fields=("framework", "rank"), name="band_rank_once"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="used_bands_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    PERFORM FROM banding_framework WHERE id IN (OLD.framework_id, NEW.framework_id) FOR NO KEY UPDATE;\n    IF EXISTS (\n        SELECT FROM banding_banddecision\n        WHERE framework_id IN (OLD.framework_id, NEW.framework_id) AND state <> 'draft'\n    ) THEN\n        RAISE EXCEPTION 'A framework that decisions use never changes.';\n    END IF;\n    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;\n",
                            hash="d9fe61453dc3eafefc194c9805ca5cdcbafdcaa4",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_used_bands_stay_1bf6b",
                            table="banding_band",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Area",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="areas",
                        to="banding.framework",
                    ),
                ),
                ("code", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=80)),
                ("position", models.PositiveSmallIntegerField()),
                ("weight", models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                ("cap", models.DecimalField(decimal_places=2, max_digits=6, null=True)),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("framework", "code"), name="area_code_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="used_areas_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    PERFORM FROM banding_framework WHERE id IN (OLD.framework_id, NEW.framework_id) FOR NO KEY UPDATE;\n    IF EXISTS (\n        SELECT FROM banding_banddecision\n        WHERE framework_id IN (OLD.framework_id, NEW.framework_id) AND state <> 'draft'\n    ) THEN\n        RAISE EXCEPTION 'A framework that decisions use never changes.';\n    END IF;\n    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;\n",
                            hash="7e078af52e6e68603b47c05682bc530edaa74630",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_used_areas_stay_b36e5",
                            table="banding_area",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Level",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="levels",
                        to="banding.area",
                    ),
                ),
                ("code", models.CharField(max_length=12)),
                ("rank", models.SmallIntegerField()),
                ("descriptor", models.TextField()),
                (
                    "band",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="banding.band",
                    ),
                ),
                ("score", models.DecimalField(decimal_places=2, max_digits=6, null=True)),
            ],
            options={
                "ordering": ["rank"],
                "constraints": [
                    models.UniqueConstraint(fields=("area", "code"), name="level_code_once"),
                    models.UniqueConstraint(fields=("area", "rank"), name="level_rank_once"),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="used_levels_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    PERFORM FROM banding_framework WHERE id IN (SELECT framework_id FROM banding_area WHERE id IN (OLD.area_id, NEW.area_id)) FOR NO KEY UPDATE;\n    IF EXISTS (\n        SELECT FROM banding_banddecision\n        WHERE framework_id IN (SELECT framework_id FROM banding_area WHERE id IN (OLD.area_id, NEW.area_id)) AND state <> 'draft'\n    ) THEN\n        RAISE EXCEPTION 'A framework that decisions use never changes.';\n    END IF;\n    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;\n",
                            hash="b65c6a349e66afb338f20aea83e84a0d9cde0df0",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_used_levels_stay_0d25d",
                            table="banding_level",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FrameworkUpload",
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
            name="Collection",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[("exercise", "Banding exercise"), ("round", "Termly round")],
                        max_length=10,
                    ),
                ),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="collections",
                        to="banding.framework",
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
                        size=None,
                    ),
                ),
                ("reference_date", models.DateField()),
                ("opens_on", models.DateField()),
                ("deadline", models.DateField()),
                (
                    "processing_from",
                    models.DateField(
                        blank=True,
                        help_text="When the authority begins to go through the returns.",
                        null=True,
                    ),
                ),
                (
                    "moderation_from",
                    models.DateField(
                        blank=True, help_text="The first day of the week of moderation.", null=True
                    ),
                ),
                (
                    "feedback_on",
                    models.DateField(
                        blank=True,
                        help_text="When schools see what became of their returns (M11).",
                        null=True,
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "allows_no_change",
                    models.BooleanField(
                        default=False,
                        help_text="Whether schools may say for many pupils at once that nothing has changed.",
                    ),
                ),
                (
                    "needs_headteacher",
                    models.BooleanField(
                        default=False,
                        help_text="Whether a headteacher has to confirm and submit the return.",
                    ),
                ),
                (
                    "reminder_offsets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(),
                        default=banding.collections.models.default_reminder_offsets,
                        size=None,
                    ),
                ),
            ],
            options={
                "ordering": ["-deadline", "name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("deadline__gte", models.F("opens_on"))),
                        name="collection_opens_before_deadline",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_collectionevent" ("allows_no_change", "closed_at", "code", "deadline", "feedback_on", "framework_id", "id", "kind", "moderation_from", "name", "needs_headteacher", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "processing_from", "reference_date", "reminder_offsets", "sectors") SELECT new_values."allows_no_change", new_values."closed_at", new_values."code", new_values."deadline", new_values."feedback_on", new_values."framework_id", new_values."id", new_values."kind", new_values."moderation_from", new_values."name", new_values."needs_headteacher", new_values."opens_on", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."processing_from", new_values."reference_date", new_values."reminder_offsets", new_values."sectors" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="56bb80d0b94a70189df946f0e5d4b737440aaa5e",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d1428",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="banding_collection",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_collectionevent" ("allows_no_change", "closed_at", "code", "deadline", "feedback_on", "framework_id", "id", "kind", "moderation_from", "name", "needs_headteacher", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "processing_from", "reference_date", "reminder_offsets", "sectors") SELECT new_values."allows_no_change", new_values."closed_at", new_values."code", new_values."deadline", new_values."feedback_on", new_values."framework_id", new_values."id", new_values."kind", new_values."moderation_from", new_values."name", new_values."needs_headteacher", new_values."opens_on", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."processing_from", new_values."reference_date", new_values."reminder_offsets", new_values."sectors" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="5eed0b9b258fab5ee4975036044ad880e0930ff7",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8701a",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="banding_collection",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_collectionevent" ("allows_no_change", "closed_at", "code", "deadline", "feedback_on", "framework_id", "id", "kind", "moderation_from", "name", "needs_headteacher", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "processing_from", "reference_date", "reminder_offsets", "sectors") SELECT old_values."allows_no_change", old_values."closed_at", old_values."code", old_values."deadline", old_values."feedback_on", old_values."framework_id", old_values."id", old_values."kind", old_values."moderation_from", old_values."name", old_values."needs_headteacher", old_values."opens_on", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."processing_from", old_values."reference_date", old_values."reminder_offsets", old_values."sectors" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="c22c8ac754781a6189299b3e056f7668b9c2d0d6",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3cb3c",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="banding_collection",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CollectionEvent",
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
                        to="banding.collection",
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
                ("code", models.SlugField(db_index=False, max_length=40)),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[("exercise", "Banding exercise"), ("round", "Termly round")],
                        max_length=10,
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
                        size=None,
                    ),
                ),
                ("reference_date", models.DateField()),
                ("opens_on", models.DateField()),
                ("deadline", models.DateField()),
                (
                    "processing_from",
                    models.DateField(
                        blank=True,
                        help_text="When the authority begins to go through the returns.",
                        null=True,
                    ),
                ),
                (
                    "moderation_from",
                    models.DateField(
                        blank=True, help_text="The first day of the week of moderation.", null=True
                    ),
                ),
                (
                    "feedback_on",
                    models.DateField(
                        blank=True,
                        help_text="When schools see what became of their returns (M11).",
                        null=True,
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "allows_no_change",
                    models.BooleanField(
                        default=False,
                        help_text="Whether schools may say for many pupils at once that nothing has changed.",
                    ),
                ),
                (
                    "needs_headteacher",
                    models.BooleanField(
                        default=False,
                        help_text="Whether a headteacher has to confirm and submit the return.",
                    ),
                ),
                (
                    "reminder_offsets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(),
                        default=banding.collections.models.default_reminder_offsets,
                        size=None,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Return",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returns",
                        to="banding.collection",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returns",
                        to="schools.school",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("not_started", "Not started"),
                            ("in_progress", "In progress"),
                            ("submitted", "Submitted"),
                            ("accepted", "Accepted"),
                            ("returned", "Returned for correction"),
                        ],
                        default="not_started",
                        max_length=12,
                    ),
                ),
                ("extended_to", models.DateField(blank=True, null=True)),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("declared_by_name", models.CharField(blank=True, max_length=120)),
                ("returned_reason", models.TextField(blank=True)),
                ("template_version", models.PositiveSmallIntegerField(default=0)),
                (
                    "put_aside_at",
                    models.DateTimeField(
                        editable=False,
                        help_text="When it lost its last pupil, its school having closed: nobody owes it.",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["school__name"],
                "constraints": [
                    models.UniqueConstraint(fields=("collection", "school"), name="return_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["submitted", "accepted"]), _negated=True),
                            models.Q(
                                ("submitted_at__isnull", False), ("submitted_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="return_submitted_by_somebody",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
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
                    pgtrigger.compiler.Trigger(
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
                    pgtrigger.compiler.Trigger(
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
                ],
            },
        ),
        migrations.CreateModel(
            name="ReturnEvent",
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
                        to="banding.return",
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
                    "collection",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="banding.collection",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("not_started", "Not started"),
                            ("in_progress", "In progress"),
                            ("submitted", "Submitted"),
                            ("accepted", "Accepted"),
                            ("returned", "Returned for correction"),
                        ],
                        default="not_started",
                        max_length=12,
                    ),
                ),
                ("extended_to", models.DateField(blank=True, null=True)),
                (
                    "submitted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("declared_by_name", models.CharField(blank=True, max_length=120)),
                ("returned_reason", models.TextField(blank=True)),
                ("template_version", models.PositiveSmallIntegerField(default=0)),
                (
                    "put_aside_at",
                    models.DateTimeField(
                        editable=False,
                        help_text="When it lost its last pupil, its school having closed: nobody owes it.",
                        null=True,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReturnPupil",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "pupil_return",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pupils",
                        to="banding.return",
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="return_pupils",
                        to="schools.pupil",
                    ),
                ),
                (
                    "plan_type",
                    models.CharField(
                        blank=True,
                        choices=[("EHCP", "EHCP"), ("SEN_SUPPORT", "SEN Support")],
                        max_length=16,
                    ),
                ),
                (
                    "change",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("left", "Left"),
                            ("not_ours", "Not our pupil"),
                            ("staying_on", "Staying on"),
                            ("no_band", "Needs no band"),
                        ],
                        max_length=12,
                    ),
                ),
                ("change_date", models.DateField(blank=True, null=True)),
                ("change_reason", models.TextField(blank=True)),
                (
                    "destination",
                    models.CharField(
                        blank=True,
                        help_text="Where a pupil who left went, if the school knows.",
                        max_length=200,
                    ),
                ),
                (
                    "is_refused",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="An officer refused that the pupil left: accepting the return ends nothing.",
                    ),
                ),
                (
                    "stays_as_sent",
                    models.TextField(
                        blank=True,
                        editable=False,
                        help_text="Why the pupil stays on, as the return said that its school has again.",
                    ),
                ),
                (
                    "school_note",
                    models.TextField(
                        blank=True,
                        help_text="For the school alone: no officer, moderator or auditor reads it.",
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        editable=False,
                        help_text="Of the return. The database fills it in.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="banding.collection",
                    ),
                ),
                (
                    "off_since",
                    models.DateTimeField(
                        editable=False,
                        help_text="When the pupil was taken off the list, having come to belong elsewhere.",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["pupil__surname", "pupil__forename", "pupil__reference"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("pupil_return", "pupil"), name="return_pupil_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("off_since", None),
                            models.Q(("change__in", ["left", "not_ours"]), _negated=True),
                        ),
                        fields=("collection", "pupil"),
                        name="return_pupil_on_one_list",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("change", "left"), _negated=True),
                            ("change_date__isnull", False),
                            _connector="OR",
                        ),
                        name="return_pupil_left_on_a_date",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="fill_collection",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        NEW.collection_id = (SELECT collection_id FROM banding_return\n                             WHERE id = NEW.pupil_return_id);\n        RETURN NEW;\n    ",
                            hash="30a2034228effafac787888e95fe0c7402042ba8",
                            operation='INSERT OR UPDATE OF "pupil_return_id"',
                            pgid="pgtrigger_fill_collection_b4afa",
                            table="banding_returnpupil",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_returnpupilevent" ("change", "change_date", "change_reason", "collection_id", "destination", "id", "is_refused", "off_since", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_type", "pupil_id", "pupil_return_id") SELECT new_values."change", new_values."change_date", new_values."change_reason", new_values."collection_id", new_values."destination", new_values."id", new_values."is_refused", new_values."off_since", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."plan_type", new_values."pupil_id", new_values."pupil_return_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="d51e38ed11d16729a0d151bf55db549cbb2aa5e3",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_62fac",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="banding_returnpupil",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_returnpupilevent" ("change", "change_date", "change_reason", "collection_id", "destination", "id", "is_refused", "off_since", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_type", "pupil_id", "pupil_return_id") SELECT new_values."change", new_values."change_date", new_values."change_reason", new_values."collection_id", new_values."destination", new_values."id", new_values."is_refused", new_values."off_since", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."plan_type", new_values."pupil_id", new_values."pupil_return_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."change" IS DISTINCT FROM (new_values."change") OR old_values."change_date" IS DISTINCT FROM (new_values."change_date") OR old_values."change_reason" IS DISTINCT FROM (new_values."change_reason") OR old_values."collection_id" IS DISTINCT FROM (new_values."collection_id") OR old_values."destination" IS DISTINCT FROM (new_values."destination") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_refused" IS DISTINCT FROM (new_values."is_refused") OR old_values."off_since" IS DISTINCT FROM (new_values."off_since") OR old_values."plan_type" IS DISTINCT FROM (new_values."plan_type") OR old_values."pupil_id" IS DISTINCT FROM (new_values."pupil_id") OR old_values."pupil_return_id" IS DISTINCT FROM (new_values."pupil_return_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="422db25ac529b3df1ab72577116202a7b5355d74",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b3916",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="banding_returnpupil",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_returnpupilevent" ("change", "change_date", "change_reason", "collection_id", "destination", "id", "is_refused", "off_since", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_type", "pupil_id", "pupil_return_id") SELECT old_values."change", old_values."change_date", old_values."change_reason", old_values."collection_id", old_values."destination", old_values."id", old_values."is_refused", old_values."off_since", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan_type", old_values."pupil_id", old_values."pupil_return_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="1a80a7429849e67862266b9c2c075d8a3787e447",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5d2a9",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="banding_returnpupil",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReturnPupilEvent",
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
                        to="banding.returnpupil",
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
                    "pupil_return",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="banding.return",
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
                    "plan_type",
                    models.CharField(
                        blank=True,
                        choices=[("EHCP", "EHCP"), ("SEN_SUPPORT", "SEN Support")],
                        max_length=16,
                    ),
                ),
                (
                    "change",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("left", "Left"),
                            ("not_ours", "Not our pupil"),
                            ("staying_on", "Staying on"),
                            ("no_band", "Needs no band"),
                        ],
                        max_length=12,
                    ),
                ),
                ("change_date", models.DateField(blank=True, null=True)),
                ("change_reason", models.TextField(blank=True)),
                (
                    "destination",
                    models.CharField(
                        blank=True,
                        help_text="Where a pupil who left went, if the school knows.",
                        max_length=200,
                    ),
                ),
                (
                    "is_refused",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="An officer refused that the pupil left: accepting the return ends nothing.",
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
                        help_text="Of the return. The database fills it in.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="banding.collection",
                    ),
                ),
                (
                    "off_since",
                    models.DateTimeField(
                        editable=False,
                        help_text="When the pupil was taken off the list, having come to belong elsewhere.",
                        null=True,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="BandDecision",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="schools.pupil",
                    ),
                ),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="banding.framework",
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="banding.collection",
                    ),
                ),
                (
                    "return_pupil",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="banding.returnpupil",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        help_text="The school that made it; empty for the authority’s own decisions.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="schools.school",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("superseded", "Superseded"),
                            ("mistaken", "Entered by mistake"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("school", "School"),
                            ("panel", "Panel"),
                            ("authority", "Entered by the authority"),
                            ("moderation", "Moderation outcome"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "band",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="banding.band",
                    ),
                ),
                (
                    "suggested_band",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="banding.band",
                    ),
                ),
                ("difference_reason", models.TextField(blank=True)),
                ("rationale", models.TextField(blank=True)),
                (
                    "evidence",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Of provision, by the code of the framework’s field; with an application.",
                    ),
                ),
                ("effective_from", models.DateField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(auto_now=True)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="banding.banddecision",
                    ),
                ),
                (
                    "moderates",
                    models.ForeignKey(
                        blank=True,
                        help_text="For a moderation outcome: the school’s decision it was about.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moderated_as",
                        to="banding.banddecision",
                    ),
                ),
                (
                    "started_from",
                    models.ForeignKey(
                        blank=True,
                        help_text="The decision of last time whose levels this one began with.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="banding.banddecision",
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        default=1,
                        help_text="Goes up with each save, so that two people notice each other (B8).",
                    ),
                ),
            ],
            options={
                "ordering": ["-effective_from", "-submitted_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "submitted")),
                        fields=["pupil", "effective_from"],
                        name="decision_in_force",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("return_pupil",),
                        name="decision_one_draft_a_return_pupil",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "submitted")),
                        fields=("return_pupil",),
                        name="decision_one_submitted_a_return_pupil",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(("band__isnull", False), ("submitted_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="decision_submitted_has_a_band",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source", "moderation"), ("moderates", None), _connector="XOR"
                        ),
                        name="decision_moderation_is_about_one",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("moderates", None), ("state", "submitted")),
                        fields=("pupil", "framework", "collection"),
                        name="decision_one_in_force",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("moderates__isnull", False), ("state", "submitted")),
                        fields=("pupil", "framework", "collection"),
                        name="decision_one_outcome_in_force",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_holds_framework",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    PERFORM FROM banding_framework\n    WHERE id IN (SELECT framework_id FROM after WHERE state <> 'draft') FOR SHARE;\n    RETURN NULL;\n",
                            hash="e2c72516d8b68d6514f964cbfa60506e0db4057a",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_holds_framework_a0c4b",
                            referencing="REFERENCING NEW TABLE AS after ",
                            table="banding_banddecision",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_holds_framework",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    PERFORM FROM banding_framework\n    WHERE id IN (SELECT framework_id FROM after WHERE state <> 'draft') FOR SHARE;\n    RETURN NULL;\n",
                            hash="a08f3abcbd3efd2c4e4ec1b5f49bf2a0149c44a3",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_holds_framework_48ae8",
                            referencing="REFERENCING NEW TABLE AS after ",
                            table="banding_banddecision",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_banddecisionevent" ("band_id", "collection_id", "decided_at", "decided_by_id", "difference_reason", "effective_from", "evidence", "framework_id", "id", "moderates_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "rationale", "return_pupil_id", "school_id", "source", "started_from_id", "state", "submitted_at", "suggested_band_id", "supersedes_id", "version") SELECT new_values."band_id", new_values."collection_id", new_values."decided_at", new_values."decided_by_id", new_values."difference_reason", new_values."effective_from", new_values."evidence", new_values."framework_id", new_values."id", new_values."moderates_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."pupil_id", new_values."rationale", new_values."return_pupil_id", new_values."school_id", new_values."source", new_values."started_from_id", new_values."state", new_values."submitted_at", new_values."suggested_band_id", new_values."supersedes_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="437131c61b3724acc8a7b686ff49981276ca6fd3",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6e156",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="banding_banddecision",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_banddecisionevent" ("band_id", "collection_id", "decided_at", "decided_by_id", "difference_reason", "effective_from", "evidence", "framework_id", "id", "moderates_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "rationale", "return_pupil_id", "school_id", "source", "started_from_id", "state", "submitted_at", "suggested_band_id", "supersedes_id", "version") SELECT new_values."band_id", new_values."collection_id", new_values."decided_at", new_values."decided_by_id", new_values."difference_reason", new_values."effective_from", new_values."evidence", new_values."framework_id", new_values."id", new_values."moderates_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."pupil_id", new_values."rationale", new_values."return_pupil_id", new_values."school_id", new_values."source", new_values."started_from_id", new_values."state", new_values."submitted_at", new_values."suggested_band_id", new_values."supersedes_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="6e2b79afafc56ac7bc313603fb83816b07e6bc72",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_58da9",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="banding_banddecision",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_banddecisionevent" ("band_id", "collection_id", "decided_at", "decided_by_id", "difference_reason", "effective_from", "evidence", "framework_id", "id", "moderates_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "rationale", "return_pupil_id", "school_id", "source", "started_from_id", "state", "submitted_at", "suggested_band_id", "supersedes_id", "version") SELECT old_values."band_id", old_values."collection_id", old_values."decided_at", old_values."decided_by_id", old_values."difference_reason", old_values."effective_from", old_values."evidence", old_values."framework_id", old_values."id", old_values."moderates_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."pupil_id", old_values."rationale", old_values."return_pupil_id", old_values."school_id", old_values."source", old_values."started_from_id", old_values."state", old_values."submitted_at", old_values."suggested_band_id", old_values."supersedes_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="76abbef3261433dfeab7d39e8d33c9832fff1cbb",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_16514",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="banding_banddecision",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="outcome_about_one_in_force",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."moderates_id" IS NOT NULL AND NEW."state" = \'submitted\')',
                            constraint="CONSTRAINT",
                            func="\n    PERFORM FROM banding_banddecision\n    WHERE id = NEW.moderates_id AND state = 'submitted' FOR SHARE;\n    IF NOT FOUND AND EXISTS (\n        SELECT FROM banding_banddecision WHERE id = NEW.id AND state = 'submitted'\n    ) THEN\n        RAISE EXCEPTION 'A moderated decision is in force beside the one it is about.';\n    END IF;\n    RETURN NULL;\n",
                            hash="59188c7a8aea45fad750cd8bd34295cdbb9b05b7",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_outcome_about_one_in_force_225d4",
                            table="banding_banddecision",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="no_outcome_left_alone",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.\"state\" = 'submitted' AND NOT (NEW.\"state\" = 'submitted'))",
                            constraint="CONSTRAINT",
                            func="\n    IF EXISTS (\n        SELECT FROM banding_banddecision AS outcome\n        JOIN banding_banddecision AS original ON original.id = outcome.moderates_id\n        WHERE original.id = NEW.id\n        AND (outcome.state, original.state <> 'submitted') = ('submitted', true)\n    ) THEN\n        RAISE EXCEPTION 'A moderated decision is in force beside the one it is about.';\n    END IF;\n    RETURN NULL;\n",
                            hash="497679728f6c166edf79538f6ea19913c6c7fbdf",
                            operation="UPDATE",
                            pgid="pgtrigger_no_outcome_left_alone_4cf39",
                            table="banding_banddecision",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BandDecisionEvent",
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
                        to="banding.banddecision",
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
                    "collection",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="banding.collection",
                    ),
                ),
                (
                    "return_pupil",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="banding.returnpupil",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The school that made it; empty for the authority’s own decisions.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.school",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("superseded", "Superseded"),
                            ("mistaken", "Entered by mistake"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("school", "School"),
                            ("panel", "Panel"),
                            ("authority", "Entered by the authority"),
                            ("moderation", "Moderation outcome"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "band",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="banding.band",
                    ),
                ),
                (
                    "suggested_band",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="banding.band",
                    ),
                ),
                ("difference_reason", models.TextField(blank=True)),
                ("rationale", models.TextField(blank=True)),
                (
                    "evidence",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Of provision, by the code of the framework’s field; with an application.",
                    ),
                ),
                ("effective_from", models.DateField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(auto_now=True)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "supersedes",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="banding.banddecision",
                    ),
                ),
                (
                    "moderates",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="For a moderation outcome: the school’s decision it was about.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="banding.banddecision",
                    ),
                ),
                (
                    "started_from",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The decision of last time whose levels this one began with.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="banding.banddecision",
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(
                        default=1,
                        help_text="Goes up with each save, so that two people notice each other (B8).",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DecisionLevel",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="levels",
                        to="banding.banddecision",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="banding.area",
                    ),
                ),
                (
                    "level",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="banding.level",
                    ),
                ),
            ],
            options={
                "ordering": ["area__position"],
                "constraints": [
                    models.UniqueConstraint(fields=("decision", "area"), name="decision_level_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangeRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "return_pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="change_requests",
                        to="banding.returnpupil",
                    ),
                ),
                (
                    "band",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="banding.band",
                    ),
                ),
                (
                    "levels",
                    models.JSONField(help_text="Codes of the levels chosen, by that of the area."),
                ),
                ("difference_reason", models.TextField(blank=True)),
                ("reason", models.TextField(help_text="What has changed.")),
                ("effective_from", models.DateField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for an answer"),
                            ("agreed", "Agreed"),
                            ("refused", "Not agreed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decision",
                    models.OneToOneField(
                        help_text="The decision that was made of it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked_for_by",
                        to="banding.banddecision",
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("return_pupil",),
                        name="change_request_one_waiting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "agreed"), ("decision", None), _connector="XOR"
                        ),
                        name="change_request_agreed_has_a_decision",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_changerequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "band_id", "decision_id", "difference_reason", "effective_from", "id", "levels", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "return_pupil_id", "state") SELECT new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."asked_at", new_values."asked_by_id", new_values."band_id", new_values."decision_id", new_values."difference_reason", new_values."effective_from", new_values."id", new_values."levels", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."return_pupil_id", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="69aa3390851226de830e1c3231164555050fd063",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b0fa3",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="banding_changerequest",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_changerequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "band_id", "decision_id", "difference_reason", "effective_from", "id", "levels", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "return_pupil_id", "state") SELECT new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."asked_at", new_values."asked_by_id", new_values."band_id", new_values."decision_id", new_values."difference_reason", new_values."effective_from", new_values."id", new_values."levels", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."return_pupil_id", new_values."state" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="564188f513077f25cdccff96aa57174733db1c4d",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_30c21",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="banding_changerequest",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_changerequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "band_id", "decision_id", "difference_reason", "effective_from", "id", "levels", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "return_pupil_id", "state") SELECT old_values."answer", old_values."answered_at", old_values."answered_by_id", old_values."asked_at", old_values."asked_by_id", old_values."band_id", old_values."decision_id", old_values."difference_reason", old_values."effective_from", old_values."id", old_values."levels", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."return_pupil_id", old_values."state" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="f5da33508545dafe63be22ac91aa182ab6ed0968",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_39491",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="banding_changerequest",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangeRequestEvent",
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
                        to="banding.changerequest",
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
                    "return_pupil",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="banding.returnpupil",
                    ),
                ),
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
                    "levels",
                    models.JSONField(help_text="Codes of the levels chosen, by that of the area."),
                ),
                ("difference_reason", models.TextField(blank=True)),
                ("reason", models.TextField(help_text="What has changed.")),
                ("effective_from", models.DateField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for an answer"),
                            ("agreed", "Agreed"),
                            ("refused", "Not agreed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decision",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="The decision that was made of it.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="banding.banddecision",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CollectionMove",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moves",
                        to="banding.collection",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("changed", "Changed"),
                            ("closed", "Closed"),
                            ("reopened", "Opened again"),
                            ("deleted", "Deleted"),
                        ],
                        max_length=12,
                    ),
                ),
                ("moved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "moved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("what", models.TextField(blank=True, help_text="What was changed, in words.")),
                ("reason", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["moved_at", "pk"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_collectionmoveevent" ("collection_id", "id", "kind", "moved_at", "moved_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "what") SELECT new_values."collection_id", new_values."id", new_values."kind", new_values."moved_at", new_values."moved_by_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."what" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="409dd90d7a7fc6512d477abf233992f4c0c49067",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_41933",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="banding_collectionmove",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_collectionmoveevent" ("collection_id", "id", "kind", "moved_at", "moved_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "what") SELECT new_values."collection_id", new_values."id", new_values."kind", new_values."moved_at", new_values."moved_by_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."what" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="b4e9a2a20d773ba970677ee5eb521c6d0caae11f",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_557e5",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="banding_collectionmove",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_collectionmoveevent" ("collection_id", "id", "kind", "moved_at", "moved_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "what") SELECT old_values."collection_id", old_values."id", old_values."kind", old_values."moved_at", old_values."moved_by_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."what" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="2e756ccee873bf7e70b4b0c8263841a09de9193f",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2aa1d",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="banding_collectionmove",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CollectionMoveEvent",
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
                        to="banding.collectionmove",
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
                    "collection",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="banding.collection",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("changed", "Changed"),
                            ("closed", "Closed"),
                            ("reopened", "Opened again"),
                            ("deleted", "Deleted"),
                        ],
                        max_length=12,
                    ),
                ),
                ("moved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "moved_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("what", models.TextField(blank=True, help_text="What was changed, in words.")),
                ("reason", models.TextField(blank=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DetailCorrection",
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
                        related_name="+",
                        to="schools.school",
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="detail_corrections",
                        to="schools.pupil",
                    ),
                ),
                ("had", models.JSONField(help_text="What the portal had, by field, as text.")),
                ("says", models.JSONField(help_text="What the school says, by field, as text.")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for the authority"),
                            ("accepted", "Corrected"),
                            ("refused", "Not corrected"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["asked_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("school", "pupil"),
                        name="details_wait_once",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_detailcorrectionevent" ("asked_at", "asked_by_id", "had", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "says", "school_id", "state") SELECT new_values."asked_at", new_values."asked_by_id", new_values."had", new_values."id", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."pupil_id", new_values."says", new_values."school_id", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="8b5b50a44852bf3967666e2b35652190e064adb4",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6ef60",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="banding_detailcorrection",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_detailcorrectionevent" ("asked_at", "asked_by_id", "had", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "says", "school_id", "state") SELECT new_values."asked_at", new_values."asked_by_id", new_values."had", new_values."id", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."pupil_id", new_values."says", new_values."school_id", new_values."state" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="c2be580b9d9cbe61bd8935c9cc6fc6f17843d148",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7c513",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="banding_detailcorrection",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_detailcorrectionevent" ("asked_at", "asked_by_id", "had", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "says", "school_id", "state") SELECT old_values."asked_at", old_values."asked_by_id", old_values."had", old_values."id", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."pupil_id", old_values."says", old_values."school_id", old_values."state" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="af41f02b7e93ffc69552a7b494b6c60b6013a5f6",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5649c",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="banding_detailcorrection",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DetailCorrectionEvent",
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
                        to="banding.detailcorrection",
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
                    "pupil",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.pupil",
                    ),
                ),
                ("had", models.JSONField(help_text="What the portal had, by field, as text.")),
                ("says", models.JSONField(help_text="What the school says, by field, as text.")),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for the authority"),
                            ("accepted", "Corrected"),
                            ("refused", "Not corrected"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ExceptionalRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "return_pupil",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exceptional_requests",
                        to="banding.returnpupil",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        help_text="What it was asked of, where the pupil was on no return of the school.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exceptional_requests",
                        to="banding.banddecision",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        help_text="Who asked of the decision; else it is that of the return.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exceptional_requests",
                        to="schools.school",
                    ),
                ),
                (
                    "reason",
                    models.TextField(help_text="The provision in the plan that no band secures."),
                ),
                (
                    "asked_amount",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="Pounds a year beside the band’s.",
                        max_digits=10,
                        null=True,
                    ),
                ),
                ("asked_from", models.DateField(null=True)),
                (
                    "renews",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="renewals",
                        to="banding.exceptionalrequest",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for an answer"),
                            ("agreed", "Agreed"),
                            ("refused", "Not agreed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="Agreed, pounds a year.",
                        max_digits=10,
                        null=True,
                    ),
                ),
                ("starts_on", models.DateField(null=True)),
                (
                    "ends_on",
                    models.DateField(
                        help_text="The last day; empty where none is agreed.", null=True
                    ),
                ),
                ("end_reason", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["asked_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("return_pupil",),
                        name="exceptional_request_one_waiting",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("decision", "school"),
                        name="exceptional_request_one_waiting_of_a_decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decision", None),
                                ("return_pupil__isnull", False),
                                ("school", None),
                            ),
                            models.Q(
                                ("decision__isnull", False),
                                ("return_pupil", None),
                                ("school__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="exceptional_request_of_a_row_or_a_decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "withdrawn"]),
                            models.Q(
                                ("answered_at__isnull", False), ("answered_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="exceptional_request_answered_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "agreed"), _negated=True),
                            models.Q(
                                ("amount__gt", 0),
                                ("answered_by__isnull", False),
                                ("starts_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="exceptional_request_agreed_with_amount",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_by", None),
                            models.Q(("answered_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="exceptional_request_answered_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="exceptional_request_ends_after_start",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_exceptionalrequestevent" ("amount", "answer", "answered_at", "answered_by_id", "asked_amount", "asked_at", "asked_by_id", "asked_from", "decision_id", "end_reason", "ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "renews_id", "return_pupil_id", "school_id", "starts_on", "state") SELECT new_values."amount", new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."asked_amount", new_values."asked_at", new_values."asked_by_id", new_values."asked_from", new_values."decision_id", new_values."end_reason", new_values."ends_on", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."renews_id", new_values."return_pupil_id", new_values."school_id", new_values."starts_on", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="e8b95419fa608da2d7e0e7297537a52af05253c8",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ed9ef",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="banding_exceptionalrequest",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_exceptionalrequestevent" ("amount", "answer", "answered_at", "answered_by_id", "asked_amount", "asked_at", "asked_by_id", "asked_from", "decision_id", "end_reason", "ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "renews_id", "return_pupil_id", "school_id", "starts_on", "state") SELECT new_values."amount", new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."asked_amount", new_values."asked_at", new_values."asked_by_id", new_values."asked_from", new_values."decision_id", new_values."end_reason", new_values."ends_on", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."renews_id", new_values."return_pupil_id", new_values."school_id", new_values."starts_on", new_values."state" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="1f63f8e2e6becf80dce0323056184ba7669a37b8",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_10b74",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="banding_exceptionalrequest",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_exceptionalrequestevent" ("amount", "answer", "answered_at", "answered_by_id", "asked_amount", "asked_at", "asked_by_id", "asked_from", "decision_id", "end_reason", "ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "renews_id", "return_pupil_id", "school_id", "starts_on", "state") SELECT old_values."amount", old_values."answer", old_values."answered_at", old_values."answered_by_id", old_values."asked_amount", old_values."asked_at", old_values."asked_by_id", old_values."asked_from", old_values."decision_id", old_values."end_reason", old_values."ends_on", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."renews_id", old_values."return_pupil_id", old_values."school_id", old_values."starts_on", old_values."state" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="6bef25a5b1bd4d6f2a93d4819571e8de43f734c2",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_06e14",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="banding_exceptionalrequest",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExceptionalRequestEvent",
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
                        to="banding.exceptionalrequest",
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
                    "return_pupil",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="banding.returnpupil",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="What it was asked of, where the pupil was on no return of the school.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="banding.banddecision",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="Who asked of the decision; else it is that of the return.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.school",
                    ),
                ),
                (
                    "reason",
                    models.TextField(help_text="The provision in the plan that no band secures."),
                ),
                (
                    "asked_amount",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="Pounds a year beside the band’s.",
                        max_digits=10,
                        null=True,
                    ),
                ),
                ("asked_from", models.DateField(null=True)),
                (
                    "renews",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="banding.exceptionalrequest",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for an answer"),
                            ("agreed", "Agreed"),
                            ("refused", "Not agreed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="Agreed, pounds a year.",
                        max_digits=10,
                        null=True,
                    ),
                ),
                ("starts_on", models.DateField(null=True)),
                (
                    "ends_on",
                    models.DateField(
                        help_text="The last day; empty where none is agreed.", null=True
                    ),
                ),
                ("end_reason", models.TextField(blank=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calendar_feed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "read_on",
                    models.DateField(
                        blank=True, help_text="The last day on which a calendar read it.", null=True
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_calendarfeedevent" ("id", "made_at", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."id", new_values."made_at", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="b3b9f8670bc7638e65ea409ccfbad32588691b4f",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_61c92",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="banding_calendarfeed",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_calendarfeedevent" ("id", "made_at", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."id", new_values."made_at", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."made_at" IS DISTINCT FROM (new_values."made_at") OR old_values."person_id" IS DISTINCT FROM (new_values."person_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="4705982666b1fa8588c4dc6ec09d6f0e266e650d",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_40304",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="banding_calendarfeed",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_calendarfeedevent" ("id", "made_at", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."id", old_values."made_at", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="f721f443bbb0d0078c0be25fabd34f725a3079fd",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e1803",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="banding_calendarfeed",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarFeedEvent",
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
                        to="banding.calendarfeed",
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
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Joiner",
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
                        related_name="joiners",
                        to="schools.school",
                    ),
                ),
                (
                    "pupil_return",
                    models.ForeignKey(
                        blank=True,
                        help_text="On which it was told; none for one told out of a return.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="joiners",
                        to="banding.return",
                    ),
                ),
                ("upn", models.CharField(blank=True, max_length=13)),
                ("surname", models.CharField(max_length=80)),
                ("forename", models.CharField(max_length=80)),
                ("date_of_birth", models.DateField()),
                ("joined_on", models.DateField()),
                (
                    "plan_type",
                    models.CharField(
                        choices=[("EHCP", "EHCP"), ("SEN_SUPPORT", "SEN Support")], max_length=16
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
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Not submitted yet"),
                            ("waiting", "Waiting for the authority"),
                            ("placed", "Placed"),
                            ("refused", "Not accepted"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="schools.pupil",
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("told_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["surname", "forename"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("pupil_return", "surname", "forename", "date_of_birth", "upn"),
                        name="joiner_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("pupil_return", None), ("state", "waiting")),
                        fields=("school", "surname", "forename", "date_of_birth", "upn"),
                        name="joiner_once_out_of_a_return",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_joinerevent" ("date_of_birth", "forename", "id", "joined_on", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_type", "primary_need", "pupil_id", "pupil_return_id", "school_id", "state", "surname", "told_at", "upn") SELECT new_values."date_of_birth", new_values."forename", new_values."id", new_values."joined_on", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."plan_type", new_values."primary_need", new_values."pupil_id", new_values."pupil_return_id", new_values."school_id", new_values."state", new_values."surname", new_values."told_at", new_values."upn" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="5df90e4a3e6d0e266467282db7c0dd763b075c23",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_aab8a",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="banding_joiner",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_joinerevent" ("date_of_birth", "forename", "id", "joined_on", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_type", "primary_need", "pupil_id", "pupil_return_id", "school_id", "state", "surname", "told_at", "upn") SELECT new_values."date_of_birth", new_values."forename", new_values."id", new_values."joined_on", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."plan_type", new_values."primary_need", new_values."pupil_id", new_values."pupil_return_id", new_values."school_id", new_values."state", new_values."surname", new_values."told_at", new_values."upn" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="0b4cc1fac4a8d7042b37a64430b5ddd6d8415ce5",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6c40e",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="banding_joiner",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_joinerevent" ("date_of_birth", "forename", "id", "joined_on", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_type", "primary_need", "pupil_id", "pupil_return_id", "school_id", "state", "surname", "told_at", "upn") SELECT old_values."date_of_birth", old_values."forename", old_values."id", old_values."joined_on", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan_type", old_values."primary_need", old_values."pupil_id", old_values."pupil_return_id", old_values."school_id", old_values."state", old_values."surname", old_values."told_at", old_values."upn" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="c38164110db1275cf3c0c78a2ce12fa58144a7df",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a19bb",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="banding_joiner",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JoinerEvent",
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
                        to="banding.joiner",
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
                    "pupil_return",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="On which it was told; none for one told out of a return.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="banding.return",
                    ),
                ),
                ("upn", models.CharField(blank=True, max_length=13)),
                ("surname", models.CharField(max_length=80)),
                ("forename", models.CharField(max_length=80)),
                ("date_of_birth", models.DateField()),
                ("joined_on", models.DateField()),
                (
                    "plan_type",
                    models.CharField(
                        choices=[("EHCP", "EHCP"), ("SEN_SUPPORT", "SEN Support")], max_length=16
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
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Not submitted yet"),
                            ("waiting", "Waiting for the authority"),
                            ("placed", "Placed"),
                            ("refused", "Not accepted"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.pupil",
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("told_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Leaver",
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
                        related_name="leavers",
                        to="schools.school",
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leavers",
                        to="schools.pupil",
                    ),
                ),
                ("left_on", models.DateField(help_text="The last day at the school.")),
                (
                    "destination",
                    models.CharField(
                        blank=True,
                        help_text="Where the pupil went, if the school knows.",
                        max_length=200,
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("told_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for the authority"),
                            ("accepted", "Taken off your roll"),
                            ("refused", "Not accepted"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "replaced",
                    models.JSONField(
                        default=dict,
                        editable=False,
                        help_text="By row the answers of open returns that it replaced; undone, they are back.",
                    ),
                ),
            ],
            options={
                "ordering": ["told_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("school", "pupil"),
                        name="leaver_waits_once",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_leaverevent" ("destination", "id", "left_on", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "replaced", "school_id", "state", "told_at", "told_by_id") SELECT new_values."destination", new_values."id", new_values."left_on", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."pupil_id", new_values."replaced", new_values."school_id", new_values."state", new_values."told_at", new_values."told_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="64836d87bc110c3f3bd074ce70176d0edc153a94",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ea40e",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="banding_leaver",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_leaverevent" ("destination", "id", "left_on", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "replaced", "school_id", "state", "told_at", "told_by_id") SELECT new_values."destination", new_values."id", new_values."left_on", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."pupil_id", new_values."replaced", new_values."school_id", new_values."state", new_values."told_at", new_values."told_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="92b99ea40927d195d1d29ec3eb681a092103ecb2",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_07c81",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="banding_leaver",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_leaverevent" ("destination", "id", "left_on", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "replaced", "school_id", "state", "told_at", "told_by_id") SELECT old_values."destination", old_values."id", old_values."left_on", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."pupil_id", old_values."replaced", old_values."school_id", old_values."state", old_values."told_at", old_values."told_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="e29da213bb494bb64d032a68caa57aa91fad7f0c",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d4b80",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="banding_leaver",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LeaverEvent",
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
                        to="banding.leaver",
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
                    "pupil",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.pupil",
                    ),
                ),
                ("left_on", models.DateField(help_text="The last day at the school.")),
                (
                    "destination",
                    models.CharField(
                        blank=True,
                        help_text="Where the pupil went, if the school knows.",
                        max_length=200,
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("told_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for the authority"),
                            ("accepted", "Taken off your roll"),
                            ("refused", "Not accepted"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "replaced",
                    models.JSONField(
                        default=dict,
                        editable=False,
                        help_text="By row the answers of open returns that it replaced; undone, they are back.",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "return_pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="banding.returnpupil",
                    ),
                ),
                ("message", models.TextField()),
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
                    "looked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("looked_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "message about a pupil",
                "verbose_name_plural": "messages about pupils",
                "ordering": ["-made_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("looked_at", None), ("looked_by", None)),
                            models.Q(("looked_at__isnull", False), ("looked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="mark_looked_at_by_somebody",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_markevent" ("id", "looked_at", "looked_by_id", "made_at", "made_by_id", "message", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "return_pupil_id") SELECT new_values."id", new_values."looked_at", new_values."looked_by_id", new_values."made_at", new_values."made_by_id", new_values."message", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."return_pupil_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="45016d69042b30fcccb9cd2e96aee69c3a6d5aaa",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_14a1f",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="banding_mark",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_markevent" ("id", "looked_at", "looked_by_id", "made_at", "made_by_id", "message", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "return_pupil_id") SELECT new_values."id", new_values."looked_at", new_values."looked_by_id", new_values."made_at", new_values."made_by_id", new_values."message", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."return_pupil_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="42d35c8013e6fa17852ac286626b730250d993ef",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_237a8",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="banding_mark",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_markevent" ("id", "looked_at", "looked_by_id", "made_at", "made_by_id", "message", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "return_pupil_id") SELECT old_values."id", old_values."looked_at", old_values."looked_by_id", old_values."made_at", old_values."made_by_id", old_values."message", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."return_pupil_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="f19b00aca832c164df3ba250a41318396deffafa",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a68b0",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="banding_mark",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MarkEvent",
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
                        to="banding.mark",
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
                    "return_pupil",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="banding.returnpupil",
                    ),
                ),
                ("message", models.TextField()),
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
                    "looked_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("looked_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReminderStep",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminder_steps",
                        to="banding.collection",
                    ),
                ),
                ("offset", models.SmallIntegerField(help_text="Days from the deadline.")),
                (
                    "recipients",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("senco", "SENCO"),
                                ("headteacher", "Headteacher"),
                                ("authority", "Authority’s digest"),
                            ],
                            max_length=12,
                        ),
                        size=None,
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        blank=True, help_text="Empty: the standard one.", max_length=150
                    ),
                ),
                ("text", models.TextField(blank=True, help_text="Empty: the standard one.")),
            ],
            options={
                "ordering": ["offset"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("collection", "offset"), name="reminder_step_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recipients__len__gt", 0)),
                        name="reminder_step_to_somebody",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_reminderstepevent" ("collection_id", "id", "offset", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipients", "subject", "text") SELECT new_values."collection_id", new_values."id", new_values."offset", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."recipients", new_values."subject", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="14dc6533e839a1c77caff54b7632999d6be33966",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_98ff6",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="banding_reminderstep",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_reminderstepevent" ("collection_id", "id", "offset", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipients", "subject", "text") SELECT new_values."collection_id", new_values."id", new_values."offset", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."recipients", new_values."subject", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="44275c7e640cacff1d7abd65c4a97f307bc4b549",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_06e4c",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="banding_reminderstep",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_reminderstepevent" ("collection_id", "id", "offset", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipients", "subject", "text") SELECT old_values."collection_id", old_values."id", old_values."offset", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."recipients", old_values."subject", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="875447103803b919e2d1048edbd9d294192435ed",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_17daf",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="banding_reminderstep",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReminderStepEvent",
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
                        to="banding.reminderstep",
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
                    "collection",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="banding.collection",
                    ),
                ),
                ("offset", models.SmallIntegerField(help_text="Days from the deadline.")),
                (
                    "recipients",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("senco", "SENCO"),
                                ("headteacher", "Headteacher"),
                                ("authority", "Authority’s digest"),
                            ],
                            max_length=12,
                        ),
                        size=None,
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        blank=True, help_text="Empty: the standard one.", max_length=150
                    ),
                ),
                ("text", models.TextField(blank=True, help_text="Empty: the standard one.")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "refusals",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Attempts the mail server surely did not take."
                    ),
                ),
                (
                    "claimed_at",
                    models.DateTimeField(
                        blank=True, help_text="When somebody last began to send it.", null=True
                    ),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "problem",
                    models.CharField(
                        blank=True, help_text="Why it was last refused.", max_length=200
                    ),
                ),
                (
                    "bounced",
                    models.BooleanField(
                        default=False, help_text="The address was refused for good."
                    ),
                ),
                (
                    "again_at",
                    models.DateTimeField(
                        blank=True, help_text="When asked for once more.", null=True
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="banding.collection",
                    ),
                ),
                (
                    "pupil_return",
                    models.ForeignKey(
                        help_text="Empty for the authority’s digest.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="banding.return",
                    ),
                ),
                ("offset", models.SmallIntegerField(help_text="Days from the deadline.")),
                (
                    "recipient_kind",
                    models.CharField(
                        choices=[
                            ("senco", "SENCO"),
                            ("headteacher", "Headteacher"),
                            ("authority", "Authority’s digest"),
                        ],
                        max_length=12,
                    ),
                ),
                ("due_on", models.DateField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["-created_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("collection", "pupil_return", "offset", "recipient"),
                        name="reminder_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReturnMove",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "pupil_return",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moves",
                        to="banding.return",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("started", "Started"),
                            ("ready", "Headteacher told that it is ready"),
                            ("submitted", "Submitted"),
                            ("withdrawn", "Taken back by the school"),
                            ("accepted", "Accepted"),
                            ("returned", "Returned for correction"),
                            ("reopened", "Opened again for correction"),
                            ("extended", "Given more time"),
                            ("written", "The authority wrote"),
                        ],
                        max_length=12,
                    ),
                ),
                ("moved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "moved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                (
                    "until",
                    models.DateField(
                        blank=True, help_text="The new deadline, where it moved.", null=True
                    ),
                ),
            ],
            options={
                "ordering": ["moved_at", "pk"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_returnmoveevent" ("id", "kind", "moved_at", "moved_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_return_id", "reason", "until") SELECT new_values."id", new_values."kind", new_values."moved_at", new_values."moved_by_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."pupil_return_id", new_values."reason", new_values."until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="67543e04dddd55b7fd04c4325a038d6d7a3e14c4",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f7899",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="banding_returnmove",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_returnmoveevent" ("id", "kind", "moved_at", "moved_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_return_id", "reason", "until") SELECT new_values."id", new_values."kind", new_values."moved_at", new_values."moved_by_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."pupil_return_id", new_values."reason", new_values."until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="3e3641c09ea1fd220674717e3fd4e66acdd99e4a",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_91cec",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="banding_returnmove",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_returnmoveevent" ("id", "kind", "moved_at", "moved_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_return_id", "reason", "until") SELECT old_values."id", old_values."kind", old_values."moved_at", old_values."moved_by_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."pupil_return_id", old_values."reason", old_values."until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="7a10b96b7a2f17c883d43b5aac34813be2a64f85",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_28ac6",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="banding_returnmove",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReturnMoveEvent",
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
                        to="banding.returnmove",
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
                    "pupil_return",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="banding.return",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("started", "Started"),
                            ("ready", "Headteacher told that it is ready"),
                            ("submitted", "Submitted"),
                            ("withdrawn", "Taken back by the school"),
                            ("accepted", "Accepted"),
                            ("returned", "Returned for correction"),
                            ("reopened", "Opened again for correction"),
                            ("extended", "Given more time"),
                            ("written", "The authority wrote"),
                        ],
                        max_length=12,
                    ),
                ),
                ("moved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "moved_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                (
                    "until",
                    models.DateField(
                        blank=True, help_text="The new deadline, where it moved.", null=True
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RollOver",
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
                    "new_year",
                    models.PositiveSmallIntegerField(
                        help_text="The calendar year in which the academic year that begins does."
                    ),
                ),
                (
                    "seen",
                    models.CharField(
                        help_text="The mark of what the person was shown.", max_length=64
                    ),
                ),
                (
                    "is_early",
                    models.BooleanField(
                        default=False,
                        help_text="Wished before the summer term is over, and confirmed.",
                    ),
                ),
                (
                    "ends_ceased",
                    models.BooleanField(
                        default=False, help_text="Placements of those whose plan has ended, too."
                    ),
                ),
                (
                    "record",
                    models.UUIDField(help_text="The import record of what it changed.", null=True),
                ),
            ],
            options={
                "ordering": ["-started_at"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["confirmed", "waiting"])),
                        fields=("new_year",),
                        name="roll_over_one_at_work",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IssuedTemplate",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "pupil_return",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="templates",
                        to="banding.return",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                ("signature", models.CharField(max_length=64)),
                (
                    "row_keys",
                    models.JSONField(help_text="Ids of the return’s pupils, in sheet order."),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("issued_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["-version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("pupil_return", "version"), name="template_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TemplateZip",
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
                    "collection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="zips",
                        to="banding.collection",
                    ),
                ),
            ],
            options={
                "ordering": ["-started_at"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["confirmed", "waiting"])),
                        fields=("collection",),
                        name="template_zip_one_at_work",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TemplateBatch",
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
            ],
            options={
                "ordering": ["-started_at"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TemplateUpload",
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
                    "mends",
                    models.JSONField(
                        default=list,
                        help_text="What was typed on screen in place of cells of the file.",
                    ),
                ),
                (
                    "pupil_return",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uploads",
                        to="banding.return",
                    ),
                ),
                (
                    "rows",
                    models.BinaryField(
                        help_text="What was read of a good file, packed, until it is applied.",
                        null=True,
                    ),
                ),
                (
                    "before",
                    models.JSONField(
                        default=dict,
                        help_text="What an applied file found in its place, to be put back.",
                    ),
                ),
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
                "ordering": ["-started_at"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Transfer",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers",
                        to="schools.pupil",
                    ),
                ),
                (
                    "from_school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaving",
                        to="schools.school",
                    ),
                ),
                (
                    "to_school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arriving",
                        to="schools.school",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        help_text="The calendar year of that September."
                    ),
                ),
                (
                    "named_by",
                    models.CharField(
                        choices=[("school", "The present school"), ("plan", "The plan")],
                        max_length=6,
                    ),
                ),
                ("named_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Not confirmed yet"),
                            ("coming", "Coming"),
                            ("not_coming", "Not coming"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-year", "pupil__surname", "pupil__forename"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "not_coming"), _negated=True),
                        fields=("pupil", "year"),
                        name="transfer_to_one_school",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "asked"),
                            models.Q(
                                ("answered_at__isnull", False), ("answered_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="transfer_answered_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "not_coming"), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="transfer_not_coming_with_a_reason",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_transferevent" ("answered_at", "answered_by_id", "from_school_id", "id", "named_at", "named_by", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "state", "to_school_id", "year") SELECT new_values."answered_at", new_values."answered_by_id", new_values."from_school_id", new_values."id", new_values."named_at", new_values."named_by", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."pupil_id", new_values."state", new_values."to_school_id", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="98349c1763dd6fd9cb9ee00c3150933919f4b39c",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cc62d",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="banding_transfer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_transferevent" ("answered_at", "answered_by_id", "from_school_id", "id", "named_at", "named_by", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "state", "to_school_id", "year") SELECT new_values."answered_at", new_values."answered_by_id", new_values."from_school_id", new_values."id", new_values."named_at", new_values."named_by", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."pupil_id", new_values."state", new_values."to_school_id", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="3a2d55578fd14f271e3aa807712fa1b5420bf086",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4075f",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="banding_transfer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_transferevent" ("answered_at", "answered_by_id", "from_school_id", "id", "named_at", "named_by", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "state", "to_school_id", "year") SELECT old_values."answered_at", old_values."answered_by_id", old_values."from_school_id", old_values."id", old_values."named_at", old_values."named_by", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."pupil_id", old_values."state", old_values."to_school_id", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="89127aa182602e7dc0989e0948143a95b41c5893",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2fa3e",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="banding_transfer",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TransferEvent",
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
                        to="banding.transfer",
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
                    "from_school",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.school",
                    ),
                ),
                (
                    "to_school",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.school",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        help_text="The calendar year of that September."
                    ),
                ),
                (
                    "named_by",
                    models.CharField(
                        choices=[("school", "The present school"), ("plan", "The plan")],
                        max_length=6,
                    ),
                ),
                ("named_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Not confirmed yet"),
                            ("coming", "Coming"),
                            ("not_coming", "Not coming"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import banding_portal.documents.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("banding", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("schools", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sample",
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
                        related_name="samples",
                        to="banding.collection",
                    ),
                ),
                ("seed", models.CharField(max_length=80)),
                (
                    "seed_from",
                    models.CharField(
                        choices=[
                            ("portal", "Chance, when the sample was drawn"),
                            ("given", "Given by who drew it"),
                        ],
                        default="given",
                        max_length=8,
                    ),
                ),
                ("rate", models.DecimalField(decimal_places=4, max_digits=5)),
                ("minimum", models.PositiveSmallIntegerField(default=1)),
                (
                    "allocation",
                    models.CharField(
                        choices=[
                            ("share", "The same share of every stratum"),
                            ("equal", "Every stratum as precise as the others"),
                            ("neyman", "More where bands differed last time"),
                        ],
                        default="share",
                        max_length=8,
                    ),
                ),
                (
                    "each_school",
                    models.BooleanField(
                        default=False,
                        help_text="Whether schools without a random case have one besides.",
                    ),
                ),
                (
                    "drawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("drawn_at", models.DateTimeField(auto_now_add=True)),
                (
                    "missing",
                    models.PositiveIntegerField(
                        default=0, help_text="Returns that were not submitted when it was drawn."
                    ),
                ),
                ("discarded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "discarded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("discarded_because", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["-drawn_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("discarded_at", None)),
                        fields=("collection",),
                        name="sample_once_a_collection",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("discarded_at", None),
                            models.Q(("discarded_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="sample_discarded_for_a_reason",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_sampleevent" ("allocation", "collection_id", "discarded_at", "discarded_because", "discarded_by_id", "drawn_at", "drawn_by_id", "each_school", "id", "minimum", "missing", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate", "seed", "seed_from") SELECT new_values."allocation", new_values."collection_id", new_values."discarded_at", new_values."discarded_because", new_values."discarded_by_id", new_values."drawn_at", new_values."drawn_by_id", new_values."each_school", new_values."id", new_values."minimum", new_values."missing", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."rate", new_values."seed", new_values."seed_from" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="9aea6f69a3e1fa2a984caf484da9a332090ea32d",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b33be",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="moderation_sample",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_sampleevent" ("allocation", "collection_id", "discarded_at", "discarded_because", "discarded_by_id", "drawn_at", "drawn_by_id", "each_school", "id", "minimum", "missing", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate", "seed", "seed_from") SELECT new_values."allocation", new_values."collection_id", new_values."discarded_at", new_values."discarded_because", new_values."discarded_by_id", new_values."drawn_at", new_values."drawn_by_id", new_values."each_school", new_values."id", new_values."minimum", new_values."missing", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."rate", new_values."seed", new_values."seed_from" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ce133019eeee7f70c72fa22c679e71a762ae6d8d",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e0ce8",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="moderation_sample",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_sampleevent" ("allocation", "collection_id", "discarded_at", "discarded_because", "discarded_by_id", "drawn_at", "drawn_by_id", "each_school", "id", "minimum", "missing", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate", "seed", "seed_from") SELECT old_values."allocation", old_values."collection_id", old_values."discarded_at", old_values."discarded_because", old_values."discarded_by_id", old_values."drawn_at", old_values."drawn_by_id", old_values."each_school", old_values."id", old_values."minimum", old_values."missing", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."rate", old_values."seed", old_values."seed_from" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="2cbd0aa32b5dff6674b59f9bdd6b5e1c0797ffda",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4ac09",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="moderation_sample",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SampleEvent",
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
                        to="moderation.sample",
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
                ("seed", models.CharField(max_length=80)),
                (
                    "seed_from",
                    models.CharField(
                        choices=[
                            ("portal", "Chance, when the sample was drawn"),
                            ("given", "Given by who drew it"),
                        ],
                        default="given",
                        max_length=8,
                    ),
                ),
                ("rate", models.DecimalField(decimal_places=4, max_digits=5)),
                ("minimum", models.PositiveSmallIntegerField(default=1)),
                (
                    "allocation",
                    models.CharField(
                        choices=[
                            ("share", "The same share of every stratum"),
                            ("equal", "Every stratum as precise as the others"),
                            ("neyman", "More where bands differed last time"),
                        ],
                        default="share",
                        max_length=8,
                    ),
                ),
                (
                    "each_school",
                    models.BooleanField(
                        default=False,
                        help_text="Whether schools without a random case have one besides.",
                    ),
                ),
                (
                    "drawn_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("drawn_at", models.DateTimeField(auto_now_add=True)),
                (
                    "missing",
                    models.PositiveIntegerField(
                        default=0, help_text="Returns that were not submitted when it was drawn."
                    ),
                ),
                ("discarded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "discarded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("discarded_because", models.TextField(blank=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SampleDecision",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "sample",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="population",
                        to="moderation.sample",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="banding.banddecision",
                    ),
                ),
                ("urn", models.CharField(max_length=6)),
                ("quadrant", models.CharField(max_length=80)),
                ("sector", models.CharField(max_length=24)),
                ("band", models.CharField(max_length=12)),
                ("hash", models.CharField(max_length=64)),
                ("stratum_size", models.PositiveIntegerField()),
                ("stratum_sample", models.PositiveIntegerField()),
                ("selected", models.BooleanField()),
            ],
            options={
                "ordering": ["quadrant", "sector", "band", "hash"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sample", "decision"), name="sample_decision_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BandsSeen",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "sample",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seen",
                        to="moderation.sample",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("first_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("sample", "person"), name="bands_seen_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "sample",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="moderation.sample",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="banding.banddecision",
                    ),
                ),
                (
                    "first_decision",
                    models.ForeignKey(
                        blank=True,
                        help_text="The decision that was drawn, where the school has replaced it since.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="banding.banddecision",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        help_text="The withdrawn case in whose place this one is judged.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replacement",
                        to="moderation.case",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("random", "Random"), ("targeted", "Targeted")],
                        default="random",
                        max_length=10,
                    ),
                ),
                (
                    "target_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("application", "An application at SEN Support"),
                            ("school", "No other case of its school was drawn"),
                            ("widened", "The sample was widened at its school"),
                        ],
                        help_text="Of a targeted case (M3).",
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unassigned", "Not assigned"),
                            ("assigned", "To be judged"),
                            ("judged", "To be settled"),
                            ("evidence", "Waiting for evidence"),
                            ("panel", "With the panel"),
                            ("settled", "Settled"),
                        ],
                        default="unassigned",
                        max_length=12,
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        help_text="How a blind case is named on screen.", max_length=8
                    ),
                ),
                (
                    "moderator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "second_moderator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="second_cases",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["reference"],
                "constraints": [
                    models.UniqueConstraint(fields=("sample", "decision"), name="case_once"),
                    models.UniqueConstraint(
                        fields=("sample", "reference"), name="case_reference_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second_moderator", None),
                            models.Q(("second_moderator", models.F("moderator")), _negated=True),
                            _connector="OR",
                        ),
                        name="case_second_moderator_is_another",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_caseevent" ("decision_id", "first_decision_id", "id", "kind", "moderator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "replaces_id", "sample_id", "second_moderator_id", "state", "target_reason") SELECT new_values."decision_id", new_values."first_decision_id", new_values."id", new_values."kind", new_values."moderator_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reference", new_values."replaces_id", new_values."sample_id", new_values."second_moderator_id", new_values."state", new_values."target_reason" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="cdb3009eb013f27b483ab669eb9a1b8ca8abe648",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_535c2",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="moderation_case",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_caseevent" ("decision_id", "first_decision_id", "id", "kind", "moderator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "replaces_id", "sample_id", "second_moderator_id", "state", "target_reason") SELECT new_values."decision_id", new_values."first_decision_id", new_values."id", new_values."kind", new_values."moderator_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reference", new_values."replaces_id", new_values."sample_id", new_values."second_moderator_id", new_values."state", new_values."target_reason" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="5f669983feb3283463870806ff6599e5f808c057",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f3bee",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="moderation_case",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_caseevent" ("decision_id", "first_decision_id", "id", "kind", "moderator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "replaces_id", "sample_id", "second_moderator_id", "state", "target_reason") SELECT old_values."decision_id", old_values."first_decision_id", old_values."id", old_values."kind", old_values."moderator_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reference", old_values."replaces_id", old_values."sample_id", old_values."second_moderator_id", old_values."state", old_values."target_reason" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="17c5771b9ee794b573038a52f7ba5b4a8c7b84bf",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7b4f4",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="moderation_case",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseEvent",
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
                        to="moderation.case",
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
                    "sample",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="moderation.sample",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="banding.banddecision",
                    ),
                ),
                (
                    "first_decision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The decision that was drawn, where the school has replaced it since.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="banding.banddecision",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The withdrawn case in whose place this one is judged.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="moderation.case",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("random", "Random"), ("targeted", "Targeted")],
                        default="random",
                        max_length=10,
                    ),
                ),
                (
                    "target_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("application", "An application at SEN Support"),
                            ("school", "No other case of its school was drawn"),
                            ("widened", "The sample was widened at its school"),
                        ],
                        help_text="Of a targeted case (M3).",
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unassigned", "Not assigned"),
                            ("assigned", "To be judged"),
                            ("judged", "To be settled"),
                            ("evidence", "Waiting for evidence"),
                            ("panel", "With the panel"),
                            ("settled", "Settled"),
                        ],
                        default="unassigned",
                        max_length=12,
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        help_text="How a blind case is named on screen.", max_length=8
                    ),
                ),
                (
                    "moderator",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "second_moderator",
                    models.ForeignKey(
                        blank=True,
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
            name="Judgement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="judgements",
                        to="moderation.case",
                    ),
                ),
                (
                    "moderator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="judgements",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "band",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="banding.band",
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sure", "Sure"),
                            ("fairly", "Fairly sure"),
                            ("unsure", "Not sure"),
                        ],
                        max_length=8,
                    ),
                ),
                ("rationale", models.TextField(blank=True)),
                ("locked_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["locked_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "moderator"), name="judgement_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("locked_at", None), ("band__isnull", False), _connector="OR"
                        ),
                        name="judgement_locked_has_a_band",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="locked_is_final",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."locked_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f29ffde0887c780cbb57994f158fc3b528ed9179",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_locked_is_final_95e89",
                            table="moderation_judgement",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_judgementevent" ("band_id", "case_id", "confidence", "id", "locked_at", "moderator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rationale") SELECT new_values."band_id", new_values."case_id", new_values."confidence", new_values."id", new_values."locked_at", new_values."moderator_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."rationale" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="eb780319f685b9fa22c11a8ffbe239f4ecdc89b8",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0f8dd",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="moderation_judgement",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_judgementevent" ("band_id", "case_id", "confidence", "id", "locked_at", "moderator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rationale") SELECT new_values."band_id", new_values."case_id", new_values."confidence", new_values."id", new_values."locked_at", new_values."moderator_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."rationale" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="fd24778e3d8decea6c02a3ee47e931e532d9bf96",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d24d8",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="moderation_judgement",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_judgementevent" ("band_id", "case_id", "confidence", "id", "locked_at", "moderator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rationale") SELECT old_values."band_id", old_values."case_id", old_values."confidence", old_values."id", old_values."locked_at", old_values."moderator_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."rationale" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="3ed6204e7a7e77abfeb3ae5823c67c36ba30920f",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_8d010",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="moderation_judgement",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JudgementEvent",
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
                        to="moderation.judgement",
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
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="moderation.case",
                    ),
                ),
                (
                    "moderator",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "confidence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sure", "Sure"),
                            ("fairly", "Fairly sure"),
                            ("unsure", "Not sure"),
                        ],
                        max_length=8,
                    ),
                ),
                ("rationale", models.TextField(blank=True)),
                ("locked_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="JudgementLevel",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "judgement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="levels",
                        to="moderation.judgement",
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
                    models.UniqueConstraint(
                        fields=("judgement", "area"), name="judgement_level_once"
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_judgementlevelevent" ("area_id", "id", "judgement_id", "level_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."area_id", new_values."id", new_values."judgement_id", new_values."level_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="72bc34b475c0a2fce2d0307bc4686cedebe3525b",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b3d59",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="moderation_judgementlevel",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_judgementlevelevent" ("area_id", "id", "judgement_id", "level_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."area_id", new_values."id", new_values."judgement_id", new_values."level_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="d302c9b55e60ed4858ce411d4990905ac097e39a",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a6ef5",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="moderation_judgementlevel",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_judgementlevelevent" ("area_id", "id", "judgement_id", "level_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."area_id", old_values."id", old_values."judgement_id", old_values."level_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="f17c97c41bf18b7f03fae3f8bc69037a2ac2f921",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9125d",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="moderation_judgementlevel",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JudgementLevelEvent",
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
                        to="moderation.judgementlevel",
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
                    "judgement",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="moderation.judgement",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="banding.area",
                    ),
                ),
                (
                    "level",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="banding.level",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Outcome",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcome",
                        to="moderation.case",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("upheld", "Upheld"),
                            ("changed", "Changed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "band",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="banding.band",
                    ),
                ),
                (
                    "reason_code",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("need_higher", "Need is greater than recorded"),
                            ("need_lower", "Need is less than recorded"),
                            ("descriptor", "A different descriptor fits"),
                            ("provision", "Provision is already secured another way"),
                            ("record", "Mistake in the record"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("effective_from", models.DateField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "agreed_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="The second person, where nobody had judged the band.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "moderated_decision",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcome",
                        to="banding.banddecision",
                    ),
                ),
            ],
            options={
                "ordering": ["-recorded_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "changed"), _negated=True),
                            models.Q(
                                ("band__isnull", False),
                                models.Q(("reason_code", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="outcome_change_has_band_and_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed_by", None),
                            models.Q(("agreed_by", models.F("recorded_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="outcome_agreed_by_another",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_outcomeevent" ("agreed_by_id", "band_id", "case_id", "effective_from", "id", "kind", "moderated_decision_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reason_code", "recorded_at", "recorded_by_id") SELECT new_values."agreed_by_id", new_values."band_id", new_values."case_id", new_values."effective_from", new_values."id", new_values."kind", new_values."moderated_decision_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."reason_code", new_values."recorded_at", new_values."recorded_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ec1c81304ac9d9afbca4ab1c1107144ba8fd6535",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_60923",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="moderation_outcome",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_outcomeevent" ("agreed_by_id", "band_id", "case_id", "effective_from", "id", "kind", "moderated_decision_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reason_code", "recorded_at", "recorded_by_id") SELECT new_values."agreed_by_id", new_values."band_id", new_values."case_id", new_values."effective_from", new_values."id", new_values."kind", new_values."moderated_decision_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."reason_code", new_values."recorded_at", new_values."recorded_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="f4c881197261bbdb4abb5c1924f9cf37bb15b9b3",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_38c97",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="moderation_outcome",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_outcomeevent" ("agreed_by_id", "band_id", "case_id", "effective_from", "id", "kind", "moderated_decision_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reason_code", "recorded_at", "recorded_by_id") SELECT old_values."agreed_by_id", old_values."band_id", old_values."case_id", old_values."effective_from", old_values."id", old_values."kind", old_values."moderated_decision_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."reason_code", old_values."recorded_at", old_values."recorded_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="d4f98efaf5e272df57db6cdd441e8ea9ba7d3acd",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_8af4c",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="moderation_outcome",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutcomeEvent",
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
                        to="moderation.outcome",
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
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="moderation.case",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("upheld", "Upheld"),
                            ("changed", "Changed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "band",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="banding.band",
                    ),
                ),
                (
                    "reason_code",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("need_higher", "Need is greater than recorded"),
                            ("need_lower", "Need is less than recorded"),
                            ("descriptor", "A different descriptor fits"),
                            ("provision", "Provision is already secured another way"),
                            ("record", "Mistake in the record"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("effective_from", models.DateField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "agreed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The second person, where nobody had judged the band.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "moderated_decision",
                    models.ForeignKey(
                        db_constraint=False,
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
            name="Proposal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposal",
                        to="moderation.case",
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
                    "reason_code",
                    models.CharField(
                        choices=[
                            ("need_higher", "Need is greater than recorded"),
                            ("need_lower", "Need is less than recorded"),
                            ("descriptor", "A different descriptor fits"),
                            ("provision", "Provision is already secured another way"),
                            ("record", "Mistake in the record"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField()),
                ("effective_from", models.DateField()),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_proposalevent" ("band_id", "case_id", "effective_from", "id", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reason_code") SELECT new_values."band_id", new_values."case_id", new_values."effective_from", new_values."id", new_values."made_at", new_values."made_by_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."reason_code" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="8e8989c22c0ad1a69681abcc2f7c277174fce00e",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3222a",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="moderation_proposal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_proposalevent" ("band_id", "case_id", "effective_from", "id", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reason_code") SELECT new_values."band_id", new_values."case_id", new_values."effective_from", new_values."id", new_values."made_at", new_values."made_by_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."reason_code" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="8ab0af56a009acfcf8605d7e63d0b4dcdeb40e35",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a7b17",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="moderation_proposal",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_proposalevent" ("band_id", "case_id", "effective_from", "id", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reason_code") SELECT old_values."band_id", old_values."case_id", old_values."effective_from", old_values."id", old_values."made_at", old_values."made_by_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."reason_code" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="d70f458afc4454a43184d496c4fc48571c4836e1",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e82ed",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="moderation_proposal",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposalEvent",
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
                        to="moderation.proposal",
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
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="moderation.case",
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
                    "reason_code",
                    models.CharField(
                        choices=[
                            ("need_higher", "Need is greater than recorded"),
                            ("need_lower", "Need is less than recorded"),
                            ("descriptor", "A different descriptor fits"),
                            ("provision", "Provision is already secured another way"),
                            ("record", "Mistake in the record"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField()),
                ("effective_from", models.DateField()),
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EvidenceRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence_requests",
                        to="moderation.case",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "To be answered"),
                            ("answered", "Answered"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                (
                    "wanted",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        help_text="What is asked for, one each.",
                        size=None,
                    ),
                ),
                ("message", models.TextField()),
                ("due_on", models.DateField()),
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
                    "none_there",
                    models.BooleanField(
                        default=False, help_text="The school answered that it has nothing of it."
                    ),
                ),
                (
                    "note",
                    models.TextField(blank=True, help_text="What the school says with its answer."),
                ),
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
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_because", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["due_on", "asked_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("case",),
                        name="evidence_request_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "answered"), _negated=True),
                            models.Q(
                                ("answered_at__isnull", False), ("answered_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="evidence_request_answered_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), _negated=True),
                            models.Q(("withdrawn_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="evidence_request_withdrawn_for_a_reason",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_evidencerequestevent" ("answered_at", "answered_by_id", "asked_at", "asked_by_id", "case_id", "due_on", "id", "message", "none_there", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "wanted", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") SELECT new_values."answered_at", new_values."answered_by_id", new_values."asked_at", new_values."asked_by_id", new_values."case_id", new_values."due_on", new_values."id", new_values."message", new_values."none_there", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."state", new_values."wanted", new_values."withdrawn_at", new_values."withdrawn_because", new_values."withdrawn_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="bc6d09d24824417134ea234659de54ffa35d10d8",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2853f",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="moderation_evidencerequest",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_evidencerequestevent" ("answered_at", "answered_by_id", "asked_at", "asked_by_id", "case_id", "due_on", "id", "message", "none_there", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "wanted", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") SELECT new_values."answered_at", new_values."answered_by_id", new_values."asked_at", new_values."asked_by_id", new_values."case_id", new_values."due_on", new_values."id", new_values."message", new_values."none_there", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."state", new_values."wanted", new_values."withdrawn_at", new_values."withdrawn_because", new_values."withdrawn_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="573eddff372b645a0117b4857dd490d45b8d5af3",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b1021",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="moderation_evidencerequest",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_evidencerequestevent" ("answered_at", "answered_by_id", "asked_at", "asked_by_id", "case_id", "due_on", "id", "message", "none_there", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "wanted", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") SELECT old_values."answered_at", old_values."answered_by_id", old_values."asked_at", old_values."asked_by_id", old_values."case_id", old_values."due_on", old_values."id", old_values."message", old_values."none_there", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."state", old_values."wanted", old_values."withdrawn_at", old_values."withdrawn_because", old_values."withdrawn_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="4ecb1325f1fea933ff4c7e85be7e0541e14e7d7c",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f30e5",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="moderation_evidencerequest",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EvidenceRequestEvent",
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
                        to="moderation.evidencerequest",
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
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="moderation.case",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "To be answered"),
                            ("answered", "Answered"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                (
                    "wanted",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        help_text="What is asked for, one each.",
                        size=None,
                    ),
                ),
                ("message", models.TextField()),
                ("due_on", models.DateField()),
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
                    "none_there",
                    models.BooleanField(
                        default=False, help_text="The school answered that it has nothing of it."
                    ),
                ),
                (
                    "note",
                    models.TextField(blank=True, help_text="What the school says with its answer."),
                ),
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
                    "withdrawn_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_because", models.TextField(blank=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EvidenceDocument",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        max_length=200, upload_to=banding_portal.documents.models.place_of
                    ),
                ),
                (
                    "filename",
                    models.CharField(help_text="As it was sent; only ever shown.", max_length=200),
                ),
                (
                    "content_type",
                    models.CharField(
                        choices=[
                            ("application/pdf", "PDF"),
                            (
                                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                                "Word document",
                            ),
                            ("image/jpeg", "Picture (JPEG)"),
                            ("image/png", "Picture (PNG)"),
                        ],
                        max_length=100,
                    ),
                ),
                ("size", models.PositiveIntegerField(help_text="In bytes.")),
                ("sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "Waiting for the virus scan"),
                            ("ready", "Ready"),
                            ("infected", "Removed: a virus was found"),
                            ("deleted", "Deleted on schedule"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("sent_at", models.DateTimeField(auto_now_add=True)),
                ("scanned_at", models.DateTimeField(blank=True, null=True)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="moderation.evidencerequest",
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        help_text="What it is, in the school’s words.", max_length=200
                    ),
                ),
            ],
            options={
                "ordering": ["sent_at"],
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_evidencedocumentevent" ("about", "content_type", "deleted_at", "file", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id", "scanned_at", "sent_at", "sent_by_id", "sha256", "size", "state") SELECT new_values."about", new_values."content_type", new_values."deleted_at", new_values."file", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."request_id", new_values."scanned_at", new_values."sent_at", new_values."sent_by_id", new_values."sha256", new_values."size", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="7d1f5620cab559709bd99a63eb70ef34ca8aa01e",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f7af3",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="moderation_evidencedocument",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_evidencedocumentevent" ("about", "content_type", "deleted_at", "file", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id", "scanned_at", "sent_at", "sent_by_id", "sha256", "size", "state") SELECT new_values."about", new_values."content_type", new_values."deleted_at", new_values."file", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."request_id", new_values."scanned_at", new_values."sent_at", new_values."sent_by_id", new_values."sha256", new_values."size", new_values."state" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."about" IS DISTINCT FROM (new_values."about") OR old_values."content_type" IS DISTINCT FROM (new_values."content_type") OR old_values."deleted_at" IS DISTINCT FROM (new_values."deleted_at") OR old_values."file" IS DISTINCT FROM (new_values."file") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."request_id" IS DISTINCT FROM (new_values."request_id") OR old_values."scanned_at" IS DISTINCT FROM (new_values."scanned_at") OR old_values."sent_at" IS DISTINCT FROM (new_values."sent_at") OR old_values."sent_by_id" IS DISTINCT FROM (new_values."sent_by_id") OR old_values."sha256" IS DISTINCT FROM (new_values."sha256") OR old_values."size" IS DISTINCT FROM (new_values."size") OR old_values."state" IS DISTINCT FROM (new_values."state")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="66c062c1b3a1fda11a7c667e34bb27594fc0e6f6",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_15a87",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="moderation_evidencedocument",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_evidencedocumentevent" ("about", "content_type", "deleted_at", "file", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id", "scanned_at", "sent_at", "sent_by_id", "sha256", "size", "state") SELECT old_values."about", old_values."content_type", old_values."deleted_at", old_values."file", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."request_id", old_values."scanned_at", old_values."sent_at", old_values."sent_by_id", old_values."sha256", old_values."size", old_values."state" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="cc047b3d2be62366252399217356afaf8767ced8",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_54aad",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="moderation_evidencedocument",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EvidenceDocumentEvent",
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
                        to="moderation.evidencedocument",
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
                    "file",
                    models.FileField(
                        max_length=200, upload_to=banding_portal.documents.models.place_of
                    ),
                ),
                (
                    "content_type",
                    models.CharField(
                        choices=[
                            ("application/pdf", "PDF"),
                            (
                                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                                "Word document",
                            ),
                            ("image/jpeg", "Picture (JPEG)"),
                            ("image/png", "Picture (PNG)"),
                        ],
                        max_length=100,
                    ),
                ),
                ("size", models.PositiveIntegerField(help_text="In bytes.")),
                ("sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "Waiting for the virus scan"),
                            ("ready", "Ready"),
                            ("infected", "Removed: a virus was found"),
                            ("deleted", "Deleted on schedule"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("sent_at", models.DateTimeField(auto_now_add=True)),
                ("scanned_at", models.DateTimeField(blank=True, null=True)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "request",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="moderation.evidencerequest",
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        help_text="What it is, in the school’s words.", max_length=200
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Interest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.school",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interests",
                        to="moderation.case",
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("declared_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["declared_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("school", None), ("case", None), _connector="XOR"),
                        name="interest_in_school_or_case",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("person", "school", "case"),
                        name="interest_once",
                        nulls_distinct=False,
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_interestevent" ("case_id", "declared_at", "ended_at", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "school_id") SELECT new_values."case_id", new_values."declared_at", new_values."ended_at", new_values."id", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."school_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="5b2d6827434d1f909b8f7ef2d17a4556001a734e",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_37a3f",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="moderation_interest",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_interestevent" ("case_id", "declared_at", "ended_at", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "school_id") SELECT new_values."case_id", new_values."declared_at", new_values."ended_at", new_values."id", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."school_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="698a55d303cc8688743b0a093b07ee0d896e3399",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e7d20",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="moderation_interest",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_interestevent" ("case_id", "declared_at", "ended_at", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "school_id") SELECT old_values."case_id", old_values."declared_at", old_values."ended_at", old_values."id", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."school_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="934910087cb8f626db8a73aad93aacc8a61c7a78",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_13d63",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="moderation_interest",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InterestEvent",
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
                        to="moderation.interest",
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
                    "case",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="moderation.case",
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("declared_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Panel",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("meets_on", models.DateField()),
                ("place", models.CharField(help_text="Where it meets, or how.", max_length=200)),
                ("minutes", models.TextField(blank=True, help_text="Of the meeting as a whole.")),
                (
                    "called_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("called_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["-meets_on", "-called_at"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_panelevent" ("called_at", "called_by_id", "id", "meets_on", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place") SELECT new_values."called_at", new_values."called_by_id", new_values."id", new_values."meets_on", new_values."minutes", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."place" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="cc8616dac8a55c654aaf0118cc560b942414a100",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_13f36",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="moderation_panel",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_panelevent" ("called_at", "called_by_id", "id", "meets_on", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place") SELECT new_values."called_at", new_values."called_by_id", new_values."id", new_values."meets_on", new_values."minutes", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."place" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="b6a21e276835543e24ffb084e7d5564fdc023e44",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7897a",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="moderation_panel",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_panelevent" ("called_at", "called_by_id", "id", "meets_on", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place") SELECT old_values."called_at", old_values."called_by_id", old_values."id", old_values."meets_on", old_values."minutes", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="22da689ae96dac4003dd848cbaed534212cb1efb",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_dc36c",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="moderation_panel",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PanelEvent",
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
                        to="moderation.panel",
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
                ("meets_on", models.DateField()),
                ("place", models.CharField(help_text="Where it meets, or how.", max_length=200)),
                ("minutes", models.TextField(blank=True, help_text="Of the meeting as a whole.")),
                (
                    "called_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("called_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PanelMember",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "panel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seats",
                        to="moderation.panel",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="panel_seats",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["person__name"],
                "constraints": [
                    models.UniqueConstraint(fields=("panel", "person"), name="panel_member_once")
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_panelmemberevent" ("id", "panel_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."id", new_values."panel_id", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="cba8d775180dbb6f6022120677a7545b0e55ed6f",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4d037",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="moderation_panelmember",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_panelmemberevent" ("id", "panel_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."id", new_values."panel_id", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="d8cd6f6b086e84e8b227b4d27eca99a6a1572317",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5c096",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="moderation_panelmember",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_panelmemberevent" ("id", "panel_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."id", old_values."panel_id", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="4f40cdca4485530cb831e051a57b8a4a24a97513",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_481ea",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="moderation_panelmember",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PanelMemberEvent",
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
                        to="moderation.panelmember",
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
                    "panel",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="moderation.panel",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PanelCase",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="panel_cases",
                        to="moderation.case",
                    ),
                ),
                (
                    "route",
                    models.CharField(
                        choices=[
                            ("escalated", "Escalated"),
                            ("challenged", "Challenged by the school"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for a panel"),
                            ("agenda", "On the agenda"),
                            ("decided", "Decided by the panel"),
                            ("taken_back", "Taken back"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("grounds", models.TextField()),
                (
                    "put_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("put_at", models.DateTimeField(auto_now_add=True)),
                (
                    "panel",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agenda",
                        to="moderation.panel",
                    ),
                ),
                (
                    "before_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("upheld", "Upheld"),
                            ("changed", "Changed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        help_text="Of the challenged outcome.",
                        max_length=10,
                    ),
                ),
                (
                    "before_band",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="banding.band",
                    ),
                ),
                ("before_reason", models.TextField(blank=True)),
                ("before_from", models.DateField(null=True)),
                (
                    "band",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="banding.band",
                    ),
                ),
                (
                    "reason_code",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("need_higher", "Need is greater than recorded"),
                            ("need_lower", "Need is less than recorded"),
                            ("descriptor", "A different descriptor fits"),
                            ("provision", "Provision is already secured another way"),
                            ("record", "Mistake in the record"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField(blank=True, help_text="What the school is told.")),
                ("effective_from", models.DateField(null=True)),
                ("minutes", models.TextField(blank=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "took_part",
                    models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "ordering": ["put_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["agenda", "waiting"])),
                        fields=("case",),
                        name="panel_case_one_open",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("route", "challenged")),
                        fields=("case",),
                        name="panel_case_challenged_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "decided"), _negated=True),
                            models.Q(
                                ("band__isnull", False),
                                ("decided_by__isnull", False),
                                ("effective_from__isnull", False),
                                ("panel__isnull", False),
                                models.Q(("minutes", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="panel_case_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "agenda"), _negated=True),
                            ("panel__isnull", False),
                            _connector="OR",
                        ),
                        name="panel_case_on_an_agenda_of_one",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_panelcaseevent" ("band_id", "before_band_id", "before_from", "before_kind", "before_reason", "case_id", "decided_at", "decided_by_id", "effective_from", "grounds", "id", "minutes", "panel_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "put_at", "put_by_id", "reason", "reason_code", "route", "state") SELECT new_values."band_id", new_values."before_band_id", new_values."before_from", new_values."before_kind", new_values."before_reason", new_values."case_id", new_values."decided_at", new_values."decided_by_id", new_values."effective_from", new_values."grounds", new_values."id", new_values."minutes", new_values."panel_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."put_at", new_values."put_by_id", new_values."reason", new_values."reason_code", new_values."route", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="f549f43816e4deb1a387a961abd5c9e11b4f21ee",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3d73e",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="moderation_panelcase",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_panelcaseevent" ("band_id", "before_band_id", "before_from", "before_kind", "before_reason", "case_id", "decided_at", "decided_by_id", "effective_from", "grounds", "id", "minutes", "panel_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "put_at", "put_by_id", "reason", "reason_code", "route", "state") SELECT new_values."band_id", new_values."before_band_id", new_values."before_from", new_values."before_kind", new_values."before_reason", new_values."case_id", new_values."decided_at", new_values."decided_by_id", new_values."effective_from", new_values."grounds", new_values."id", new_values."minutes", new_values."panel_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."put_at", new_values."put_by_id", new_values."reason", new_values."reason_code", new_values."route", new_values."state" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="8036c6cf0cff076ccb30609d76fdb24117137ebc",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5712b",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="moderation_panelcase",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_panelcaseevent" ("band_id", "before_band_id", "before_from", "before_kind", "before_reason", "case_id", "decided_at", "decided_by_id", "effective_from", "grounds", "id", "minutes", "panel_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "put_at", "put_by_id", "reason", "reason_code", "route", "state") SELECT old_values."band_id", old_values."before_band_id", old_values."before_from", old_values."before_kind", old_values."before_reason", old_values."case_id", old_values."decided_at", old_values."decided_by_id", old_values."effective_from", old_values."grounds", old_values."id", old_values."minutes", old_values."panel_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."put_at", old_values."put_by_id", old_values."reason", old_values."reason_code", old_values."route", old_values."state" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="8da3cad0e91d1e90c79f31198393e6e3143b60cf",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_36aab",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="moderation_panelcase",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PanelCaseEvent",
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
                        to="moderation.panelcase",
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
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="moderation.case",
                    ),
                ),
                (
                    "route",
                    models.CharField(
                        choices=[
                            ("escalated", "Escalated"),
                            ("challenged", "Challenged by the school"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for a panel"),
                            ("agenda", "On the agenda"),
                            ("decided", "Decided by the panel"),
                            ("taken_back", "Taken back"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("grounds", models.TextField()),
                (
                    "put_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("put_at", models.DateTimeField(auto_now_add=True)),
                (
                    "panel",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="moderation.panel",
                    ),
                ),
                (
                    "before_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("upheld", "Upheld"),
                            ("changed", "Changed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        help_text="Of the challenged outcome.",
                        max_length=10,
                    ),
                ),
                (
                    "before_band",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="banding.band",
                    ),
                ),
                ("before_reason", models.TextField(blank=True)),
                ("before_from", models.DateField(null=True)),
                (
                    "band",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="banding.band",
                    ),
                ),
                (
                    "reason_code",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("need_higher", "Need is greater than recorded"),
                            ("need_lower", "Need is less than recorded"),
                            ("descriptor", "A different descriptor fits"),
                            ("provision", "Provision is already secured another way"),
                            ("record", "Mistake in the record"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField(blank=True, help_text="What the school is told.")),
                ("effective_from", models.DateField(null=True)),
                ("minutes", models.TextField(blank=True)),
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
                ("decided_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Widening",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "sample",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="widenings",
                        to="moderation.sample",
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
                    "cases",
                    models.PositiveSmallIntegerField(
                        help_text="Cases added; none where it is left."
                    ),
                ),
                ("judged", models.PositiveSmallIntegerField()),
                ("differing", models.PositiveSmallIntegerField()),
                ("reason", models.TextField(blank=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["decided_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sample", "school"), name="widening_once_a_school"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cases__gt", 0),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="widening_left_for_a_reason",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_wideningevent" ("cases", "decided_at", "decided_by_id", "differing", "id", "judged", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sample_id", "school_id") SELECT new_values."cases", new_values."decided_at", new_values."decided_by_id", new_values."differing", new_values."id", new_values."judged", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."sample_id", new_values."school_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="2318a056d091bacc5f2102be023aed060aece158",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_42da4",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="moderation_widening",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_wideningevent" ("cases", "decided_at", "decided_by_id", "differing", "id", "judged", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sample_id", "school_id") SELECT new_values."cases", new_values."decided_at", new_values."decided_by_id", new_values."differing", new_values."id", new_values."judged", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."sample_id", new_values."school_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="1d5ca461c45959794162ac77d2ba2ea3320d783c",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9b85b",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="moderation_widening",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_wideningevent" ("cases", "decided_at", "decided_by_id", "differing", "id", "judged", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sample_id", "school_id") SELECT old_values."cases", old_values."decided_at", old_values."decided_by_id", old_values."differing", old_values."id", old_values."judged", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."sample_id", old_values."school_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="48fb71e619509180378105f196d067480ba5d776",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_59d71",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="moderation_widening",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WideningEvent",
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
                        to="moderation.widening",
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
                    "sample",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="moderation.sample",
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
                    "cases",
                    models.PositiveSmallIntegerField(
                        help_text="Cases added; none where it is left."
                    ),
                ),
                ("judged", models.PositiveSmallIntegerField()),
                ("differing", models.PositiveSmallIntegerField()),
                ("reason", models.TextField(blank=True)),
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
                ("decided_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]

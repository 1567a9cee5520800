import uuid

import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


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
                ("seed", models.CharField(max_length=80)),
                ("rate", models.DecimalField(decimal_places=4, max_digits=5)),
                ("minimum", models.PositiveSmallIntegerField(default=1)),
                ("drawn_at", models.DateTimeField(auto_now_add=True)),
                (
                    "collection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="samples",
                        to="banding.collection",
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
            ],
            options={
                "ordering": ["-drawn_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("collection",), name="sample_once_a_collection")
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
                    "kind",
                    models.CharField(
                        choices=[("random", "Random"), ("targeted", "Targeted")],
                        default="random",
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unassigned", "Not assigned"),
                            ("assigned", "To be judged"),
                            ("judged", "To be settled"),
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
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="banding.banddecision",
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
                (
                    "sample",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="moderation.sample",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_caseevent" ("decision_id", "id", "kind", "moderator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "sample_id", "second_moderator_id", "state") SELECT new_values."decision_id", new_values."id", new_values."kind", new_values."moderator_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reference", new_values."sample_id", new_values."second_moderator_id", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="30fbac01f900897ae2b117f92b6fc768191ac5cd",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_caseevent" ("decision_id", "id", "kind", "moderator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "sample_id", "second_moderator_id", "state") SELECT new_values."decision_id", new_values."id", new_values."kind", new_values."moderator_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reference", new_values."sample_id", new_values."second_moderator_id", new_values."state" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="37277a19ee241d22ae17b8b7e594671fa33380f6",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_caseevent" ("decision_id", "id", "kind", "moderator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "sample_id", "second_moderator_id", "state") SELECT old_values."decision_id", old_values."id", old_values."kind", old_values."moderator_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reference", old_values."sample_id", old_values."second_moderator_id", old_values."state" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="7b62f65d81a6a8d7793d2e09fcd59d1582899e46",
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
            name="Judgement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
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
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
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
                        to="moderation.judgement",
                    ),
                ),
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
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="banding.area",
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
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
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
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcome",
                        to="moderation.case",
                    ),
                ),
                (
                    "moderated_decision",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcome",
                        to="banding.banddecision",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_outcomeevent" ("band_id", "case_id", "effective_from", "id", "kind", "moderated_decision_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reason_code", "recorded_at", "recorded_by_id") SELECT new_values."band_id", new_values."case_id", new_values."effective_from", new_values."id", new_values."kind", new_values."moderated_decision_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."reason_code", new_values."recorded_at", new_values."recorded_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="159644888738f0802d0fd622b545153d10e94f63",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_outcomeevent" ("band_id", "case_id", "effective_from", "id", "kind", "moderated_decision_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reason_code", "recorded_at", "recorded_by_id") SELECT new_values."band_id", new_values."case_id", new_values."effective_from", new_values."id", new_values."kind", new_values."moderated_decision_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."reason_code", new_values."recorded_at", new_values."recorded_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="3c83071a9c49cb16d8bdd60500e0fc35fe690b85",
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
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_outcomeevent" ("band_id", "case_id", "effective_from", "id", "kind", "moderated_decision_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reason_code", "recorded_at", "recorded_by_id") SELECT old_values."band_id", old_values."case_id", old_values."effective_from", old_values."id", old_values."kind", old_values."moderated_decision_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."reason_code", old_values."recorded_at", old_values."recorded_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="488cd4a895b8613a36bd192b487fcae6b1029915",
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
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
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
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
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
                        to="moderation.outcome",
                    ),
                ),
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CaseEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("random", "Random"), ("targeted", "Targeted")],
                        default="random",
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unassigned", "Not assigned"),
                            ("assigned", "To be judged"),
                            ("judged", "To be settled"),
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
                        to="moderation.case",
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
                ("urn", models.CharField(max_length=6)),
                ("quadrant", models.CharField(max_length=80)),
                ("sector", models.CharField(max_length=24)),
                ("band", models.CharField(max_length=12)),
                ("hash", models.CharField(max_length=64)),
                ("stratum_size", models.PositiveIntegerField()),
                ("stratum_sample", models.PositiveIntegerField()),
                ("selected", models.BooleanField()),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="banding.banddecision",
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
    ]

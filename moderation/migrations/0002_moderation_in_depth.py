import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("banding", "0005_one_decision_in_force"),
        ("moderation", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("schools", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BandsSeen",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("first_at", models.DateTimeField(auto_now_add=True)),
            ],
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
                ("reason", models.CharField(max_length=300)),
                ("declared_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["declared_at"],
            },
        ),
        migrations.CreateModel(
            name="InterestEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ("reason", models.CharField(max_length=300)),
                ("declared_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="JudgementLevelEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
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
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProposalEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
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
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SampleEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
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
                ("drawn_at", models.DateTimeField(auto_now_add=True)),
                (
                    "missing",
                    models.PositiveIntegerField(
                        default=0, help_text="Returns that were not submitted when it was drawn."
                    ),
                ),
                ("discarded_at", models.DateTimeField(blank=True, null=True)),
                ("discarded_because", models.TextField(blank=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="case",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="case",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="case",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="outcome",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="outcome",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="outcome",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="sample",
            name="sample_once_a_collection",
        ),
        migrations.AddField(
            model_name="case",
            name="first_decision",
            field=models.ForeignKey(
                blank=True,
                help_text="The decision that was drawn, where the school has replaced it since.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="banding.banddecision",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="replaces",
            field=models.OneToOneField(
                blank=True,
                help_text="The withdrawn case in whose place this one is judged.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replacement",
                to="moderation.case",
            ),
        ),
        migrations.AddField(
            model_name="caseevent",
            name="first_decision",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="caseevent",
            name="replaces",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="outcome",
            name="agreed_by",
            field=models.ForeignKey(
                blank=True,
                help_text="The second person, where nobody had judged the band.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="outcomeevent",
            name="agreed_by",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="sample",
            name="discarded_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="sample",
            name="discarded_because",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="sample",
            name="discarded_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sample",
            name="missing",
            field=models.PositiveIntegerField(
                default=0, help_text="Returns that were not submitted when it was drawn."
            ),
        ),
        migrations.AddField(
            model_name="sample",
            name="seed_from",
            field=models.CharField(
                choices=[
                    ("portal", "Chance, when the sample was drawn"),
                    ("given", "Given by who drew it"),
                ],
                default="given",
                max_length=8,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_caseevent" ("decision_id", "first_decision_id", "id", "kind", "moderator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "replaces_id", "sample_id", "second_moderator_id", "state") SELECT new_values."decision_id", new_values."first_decision_id", new_values."id", new_values."kind", new_values."moderator_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reference", new_values."replaces_id", new_values."sample_id", new_values."second_moderator_id", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="f0b4b1fac8c394f0dd9d02e609d0a4ed9ef5288d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_535c2",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="moderation_case",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_caseevent" ("decision_id", "first_decision_id", "id", "kind", "moderator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "replaces_id", "sample_id", "second_moderator_id", "state") SELECT new_values."decision_id", new_values."first_decision_id", new_values."id", new_values."kind", new_values."moderator_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reference", new_values."replaces_id", new_values."sample_id", new_values."second_moderator_id", new_values."state" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="0f9acb19fd960b07e8e1857d523ec0d2591deb03",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f3bee",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="moderation_case",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="case",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_caseevent" ("decision_id", "first_decision_id", "id", "kind", "moderator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "replaces_id", "sample_id", "second_moderator_id", "state") SELECT old_values."decision_id", old_values."first_decision_id", old_values."id", old_values."kind", old_values."moderator_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reference", old_values."replaces_id", old_values."sample_id", old_values."second_moderator_id", old_values."state" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="4592f5c0c670b0cf223b86cf2aff8ce68f1f96a8",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_7b4f4",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="moderation_case",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="judgementlevel",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="judgementlevel",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="judgementlevel",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outcome",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outcome",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outcome",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sample",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_sampleevent" ("collection_id", "discarded_at", "discarded_because", "discarded_by_id", "drawn_at", "drawn_by_id", "id", "minimum", "missing", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate", "seed", "seed_from") SELECT new_values."collection_id", new_values."discarded_at", new_values."discarded_because", new_values."discarded_by_id", new_values."drawn_at", new_values."drawn_by_id", new_values."id", new_values."minimum", new_values."missing", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."rate", new_values."seed", new_values."seed_from" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="008206ae80a276a43c515ee86dcd7a90b60f301a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b33be",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="moderation_sample",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sample",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_sampleevent" ("collection_id", "discarded_at", "discarded_because", "discarded_by_id", "drawn_at", "drawn_by_id", "id", "minimum", "missing", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate", "seed", "seed_from") SELECT new_values."collection_id", new_values."discarded_at", new_values."discarded_because", new_values."discarded_by_id", new_values."drawn_at", new_values."drawn_by_id", new_values."id", new_values."minimum", new_values."missing", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."rate", new_values."seed", new_values."seed_from" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="5f4486e64695fcd967e04729ca2f46249bffd4d9",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e0ce8",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="moderation_sample",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sample",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "moderation_sampleevent" ("collection_id", "discarded_at", "discarded_because", "discarded_by_id", "drawn_at", "drawn_by_id", "id", "minimum", "missing", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate", "seed", "seed_from") SELECT old_values."collection_id", old_values."discarded_at", old_values."discarded_because", old_values."discarded_by_id", old_values."drawn_at", old_values."drawn_by_id", old_values."id", old_values."minimum", old_values."missing", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."rate", old_values."seed", old_values."seed_from" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="f63f94387d8336060155a0d54213fce4219bebef",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4ac09",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="moderation_sample",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="outcome",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("agreed_by", None),
                    models.Q(("agreed_by", models.F("recorded_by")), _negated=True),
                    _connector="OR",
                ),
                name="outcome_agreed_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="sample",
            constraint=models.UniqueConstraint(
                condition=models.Q(("discarded_at", None)),
                fields=("collection",),
                name="sample_once_a_collection",
            ),
        ),
        migrations.AddConstraint(
            model_name="sample",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("discarded_at", None),
                    models.Q(("discarded_because", ""), _negated=True),
                    _connector="OR",
                ),
                name="sample_discarded_for_a_reason",
            ),
        ),
        migrations.AddField(
            model_name="bandsseen",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="bandsseen",
            name="sample",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="seen",
                to="moderation.sample",
            ),
        ),
        migrations.AddField(
            model_name="interest",
            name="case",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="interests",
                to="moderation.case",
            ),
        ),
        migrations.AddField(
            model_name="interest",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="interests",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="interest",
            name="school",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="schools.school",
            ),
        ),
        migrations.AddField(
            model_name="interestevent",
            name="case",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="moderation.case",
            ),
        ),
        migrations.AddField(
            model_name="interestevent",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="interestevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="interestevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="moderation.interest",
            ),
        ),
        migrations.AddField(
            model_name="interestevent",
            name="school",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="schools.school",
            ),
        ),
        migrations.AddField(
            model_name="judgementlevelevent",
            name="area",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="banding.area",
            ),
        ),
        migrations.AddField(
            model_name="judgementlevelevent",
            name="judgement",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="moderation.judgement",
            ),
        ),
        migrations.AddField(
            model_name="judgementlevelevent",
            name="level",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="banding.level",
            ),
        ),
        migrations.AddField(
            model_name="judgementlevelevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="judgementlevelevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="moderation.judgementlevel",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="band",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="banding.band"
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="case",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="proposal",
                to="moderation.case",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="proposalevent",
            name="band",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="banding.band",
            ),
        ),
        migrations.AddField(
            model_name="proposalevent",
            name="case",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="moderation.case",
            ),
        ),
        migrations.AddField(
            model_name="proposalevent",
            name="made_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="proposalevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="proposalevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="moderation.proposal",
            ),
        ),
        migrations.AddField(
            model_name="sampleevent",
            name="collection",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="banding.collection",
            ),
        ),
        migrations.AddField(
            model_name="sampleevent",
            name="discarded_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sampleevent",
            name="drawn_by",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sampleevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="sampleevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="moderation.sample",
            ),
        ),
        migrations.AddConstraint(
            model_name="bandsseen",
            constraint=models.UniqueConstraint(fields=("sample", "person"), name="bands_seen_once"),
        ),
        migrations.AddConstraint(
            model_name="interest",
            constraint=models.CheckConstraint(
                condition=models.Q(("school", None), ("case", None), _connector="XOR"),
                name="interest_in_school_or_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="interest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("person", "school", "case"),
                name="interest_once",
                nulls_distinct=False,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="interest",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="interest",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="interest",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="proposal",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="proposal",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="proposal",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
    ]

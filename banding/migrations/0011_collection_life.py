import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import banding.collections.models


class Migration(migrations.Migration):
    dependencies = [
        ("banding", "0010_roll_over"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CollectionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
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
            name="CollectionMove",
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
                            ("changed", "Changed"),
                            ("closed", "Closed"),
                            ("reopened", "Opened again"),
                            ("deleted", "Deleted"),
                        ],
                        max_length=12,
                    ),
                ),
                ("moved_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("what", models.TextField(blank=True, help_text="What was changed, in words.")),
                ("reason", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["moved_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="CollectionMoveEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
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
                ("what", models.TextField(blank=True, help_text="What was changed, in words.")),
                ("reason", models.TextField(blank=True)),
            ],
            options={
                "abstract": False,
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("started", "Begun"),
                            ("submitted", "Submitted"),
                            ("withdrawn", "Taken back by the school"),
                            ("accepted", "Accepted"),
                            ("returned", "Returned for correction"),
                            ("reopened", "Opened again for correction"),
                            ("extended", "Given more time"),
                        ],
                        max_length=12,
                    ),
                ),
                ("moved_at", models.DateTimeField(default=django.utils.timezone.now)),
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
            },
        ),
        migrations.CreateModel(
            name="ReturnMoveEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("started", "Begun"),
                            ("submitted", "Submitted"),
                            ("withdrawn", "Taken back by the school"),
                            ("accepted", "Accepted"),
                            ("returned", "Returned for correction"),
                            ("reopened", "Opened again for correction"),
                            ("extended", "Given more time"),
                        ],
                        max_length=12,
                    ),
                ),
                ("moved_at", models.DateTimeField(default=django.utils.timezone.now)),
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
        migrations.AddField(
            model_name="collection",
            name="needs_headteacher",
            field=models.BooleanField(
                default=False,
                help_text="Whether a headteacher has to confirm and submit the return.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="collection",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="collection",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="collection",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        migrations.AddField(
            model_name="collectionevent",
            name="framework",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="banding.framework",
            ),
        ),
        migrations.AddField(
            model_name="collectionevent",
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
            model_name="collectionevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="banding.collection",
            ),
        ),
        migrations.AddField(
            model_name="collectionmove",
            name="collection",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="moves",
                to="banding.collection",
            ),
        ),
        migrations.AddField(
            model_name="collectionmove",
            name="moved_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="collectionmoveevent",
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
            model_name="collectionmoveevent",
            name="moved_by",
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
            model_name="collectionmoveevent",
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
            model_name="collectionmoveevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="banding.collectionmove",
            ),
        ),
        migrations.AddField(
            model_name="returnmove",
            name="moved_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="returnmove",
            name="pupil_return",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="moves",
                to="banding.return",
            ),
        ),
        migrations.AddField(
            model_name="returnmoveevent",
            name="moved_by",
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
            model_name="returnmoveevent",
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
            model_name="returnmoveevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="banding.returnmove",
            ),
        ),
        migrations.AddField(
            model_name="returnmoveevent",
            name="pupil_return",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="banding.return",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="collectionmove",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="collectionmove",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="collectionmove",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="returnmove",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="returnmove",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="returnmove",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
    ]

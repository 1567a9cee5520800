import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("banding", "0016_exceptional_amounts"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                    "levels",
                    models.JSONField(help_text="Codes of the levels chosen, by that of the area."),
                ),
                ("difference_reason", models.TextField(blank=True)),
                ("reason", models.TextField(help_text="What has changed.")),
                ("effective_from", models.DateField()),
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
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                (
                    "band",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="banding.band",
                    ),
                ),
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
                (
                    "return_pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="change_requests",
                        to="banding.returnpupil",
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at"],
            },
        ),
        migrations.CreateModel(
            name="ChangeRequestEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                (
                    "levels",
                    models.JSONField(help_text="Codes of the levels chosen, by that of the area."),
                ),
                ("difference_reason", models.TextField(blank=True)),
                ("reason", models.TextField(help_text="What has changed.")),
                ("effective_from", models.DateField()),
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
                ("answered_at", models.DateTimeField(blank=True, null=True)),
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
                        to="banding.changerequest",
                    ),
                ),
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="changerequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")),
                fields=("return_pupil",),
                name="change_request_one_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="changerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "agreed"), ("decision", None), _connector="XOR"),
                name="change_request_agreed_has_a_decision",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="changerequest",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="changerequest",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="changerequest",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
    ]

import uuid

import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("banding_portal", "0001_portal_fold"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("schools", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="TourPutAway",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("put_away_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="KeptForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("path", models.CharField(max_length=300)),
                ("typed", models.JSONField()),
                ("typed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("user", "path"), name="kept_form_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="LearnedWord",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "files",
                    models.CharField(
                        help_text="The kind of file, such as caseload.", max_length=20
                    ),
                ),
                ("column", models.CharField(max_length=40)),
                ("word", models.CharField(max_length=80)),
                ("folded", models.CharField(max_length=80)),
                ("meaning", models.CharField(blank=True, max_length=80)),
                ("is_heading", models.BooleanField()),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("said_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-is_heading", "column", "folded"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_heading", True)),
                        fields=("files", "folded"),
                        name="heading_means_one_thing",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_heading", False)),
                        fields=("files", "column", "folded"),
                        name="value_means_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_heading", True), ("meaning", "")),
                            models.Q(
                                ("is_heading", False), models.Q(("meaning", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="only_values_have_meanings",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_portal_learnedwordevent" ("column", "files", "folded", "id", "is_heading", "meaning", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_at", "said_by_id", "word") SELECT new_values."column", new_values."files", new_values."folded", new_values."id", new_values."is_heading", new_values."meaning", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."said_at", new_values."said_by_id", new_values."word" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="d9fb46280ff20a2a8addb94e86bfc3f632c85520",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_fdea7",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="banding_portal_learnedword",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_portal_learnedwordevent" ("column", "files", "folded", "id", "is_heading", "meaning", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_at", "said_by_id", "word") SELECT new_values."column", new_values."files", new_values."folded", new_values."id", new_values."is_heading", new_values."meaning", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."said_at", new_values."said_by_id", new_values."word" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="df66375ffde53f0a4dd10e42e0deb1d7babb0483",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7ffdf",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="banding_portal_learnedword",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_portal_learnedwordevent" ("column", "files", "folded", "id", "is_heading", "meaning", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_at", "said_by_id", "word") SELECT old_values."column", old_values."files", old_values."folded", old_values."id", old_values."is_heading", old_values."meaning", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."said_at", old_values."said_by_id", old_values."word" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="515a109b7cd5aa425d5ced3de85b96baf9809c09",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_03afa",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="banding_portal_learnedword",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LearnedWordEvent",
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
                        to="banding_portal.learnedword",
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
                    "files",
                    models.CharField(
                        help_text="The kind of file, such as caseload.", max_length=20
                    ),
                ),
                ("column", models.CharField(max_length=40)),
                ("word", models.CharField(max_length=80)),
                ("folded", models.CharField(max_length=80)),
                ("meaning", models.CharField(blank=True, max_length=80)),
                ("is_heading", models.BooleanField()),
                (
                    "said_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("said_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MailAway",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField()),
                ("problem", models.CharField(max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("to", models.EmailField(max_length=254)),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("problem", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("returned", "A return is sent back to your school for correction"),
                            ("accepted", "A return is accepted"),
                            ("placed", "A pupil who joined is placed"),
                            ("refused", "A pupil who joined is not accepted"),
                            ("leaver", "A pupil who left is taken off your roll"),
                            ("stays", "A pupil who left is not accepted"),
                            (
                                "details",
                                "Details of a pupil that you asked to have corrected are answered",
                            ),
                            ("may_come", "A pupil may be coming to your school"),
                            ("answered", "A school you named for a pupil has answered"),
                            ("change", "A change of band that you asked for is answered"),
                            ("file", "A file that you uploaded has been checked"),
                            ("ready", "A return waits for the headteacher to submit it"),
                            ("message", "The authority writes to your school about a collection"),
                            ("collection", "The dates of a collection change, or it closes"),
                            ("query", "A query that you asked is answered"),
                            ("exceptional", "An exceptional request is answered"),
                            ("outcome", "Moderation records an outcome for your school"),
                            (
                                "feedback",
                                "The day of feedback comes: you can see the outcomes of moderation",
                            ),
                            ("evidence", "Evidence is asked for about the band of a pupil"),
                            ("statement", "A statement of funding is published"),
                            ("submitted", "A school submits its return"),
                            (
                                "reported",
                                "A school reports a pupil who joined or left, or wrong details",
                            ),
                            ("asked", "A school asks for another band, or for more than the bands"),
                            ("followed", "A collection opens, closes or opens again"),
                            ("applied", "A file is applied"),
                            ("run", "A run is published or sent back"),
                            ("cases", "Cases are given to you to judge"),
                            ("evidence_in", "A school answers about evidence, or is late with it"),
                            ("panel_called", "You are asked to sit on a panel of moderation"),
                            (
                                "panel",
                                "A case is put to a panel, or a school challenges an outcome",
                            ),
                            ("differ", "Two moderators differ on a case"),
                            ("moderated", "Every case of a sample is judged, or settled"),
                            ("staff", "A headteacher invites somebody or ends a role"),
                            ("sheet", "The authority publishes an information sheet for you"),
                            (
                                "training",
                                "You get a place at training, it changes, or your school needs some",
                            ),
                            (
                                "digest",
                                "There is something to do or something came in: one email each morning",
                            ),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        help_text="What it is about; told once a person.", max_length=120
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                ("school", models.CharField(blank=True, max_length=200)),
                (
                    "text",
                    models.TextField(
                        blank=True, help_text="Of an email that says more than its title."
                    ),
                ),
                ("path", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                ("by_mail", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("recipient", "kind", "key"), name="notice_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeRefusal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("returned", "A return is sent back to your school for correction"),
                            ("accepted", "A return is accepted"),
                            ("placed", "A pupil who joined is placed"),
                            ("refused", "A pupil who joined is not accepted"),
                            ("leaver", "A pupil who left is taken off your roll"),
                            ("stays", "A pupil who left is not accepted"),
                            (
                                "details",
                                "Details of a pupil that you asked to have corrected are answered",
                            ),
                            ("may_come", "A pupil may be coming to your school"),
                            ("answered", "A school you named for a pupil has answered"),
                            ("change", "A change of band that you asked for is answered"),
                            ("file", "A file that you uploaded has been checked"),
                            ("ready", "A return waits for the headteacher to submit it"),
                            ("message", "The authority writes to your school about a collection"),
                            ("collection", "The dates of a collection change, or it closes"),
                            ("query", "A query that you asked is answered"),
                            ("exceptional", "An exceptional request is answered"),
                            ("outcome", "Moderation records an outcome for your school"),
                            (
                                "feedback",
                                "The day of feedback comes: you can see the outcomes of moderation",
                            ),
                            ("evidence", "Evidence is asked for about the band of a pupil"),
                            ("statement", "A statement of funding is published"),
                            ("submitted", "A school submits its return"),
                            (
                                "reported",
                                "A school reports a pupil who joined or left, or wrong details",
                            ),
                            ("asked", "A school asks for another band, or for more than the bands"),
                            ("followed", "A collection opens, closes or opens again"),
                            ("applied", "A file is applied"),
                            ("run", "A run is published or sent back"),
                            ("cases", "Cases are given to you to judge"),
                            ("evidence_in", "A school answers about evidence, or is late with it"),
                            ("panel_called", "You are asked to sit on a panel of moderation"),
                            (
                                "panel",
                                "A case is put to a panel, or a school challenges an outcome",
                            ),
                            ("differ", "Two moderators differ on a case"),
                            ("moderated", "Every case of a sample is judged, or settled"),
                            ("staff", "A headteacher invites somebody or ends a role"),
                            ("sheet", "The authority publishes an information sheet for you"),
                            (
                                "training",
                                "You get a place at training, it changes, or your school needs some",
                            ),
                            (
                                "digest",
                                "There is something to do or something came in: one email each morning",
                            ),
                        ],
                        max_length=12,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("user", "kind"), name="notice_refusal_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("accessibility", "Accessibility statement"),
                            ("privacy", "Privacy notice"),
                            ("cookies", "Cookies"),
                            ("contact", "Contact"),
                        ],
                        max_length=16,
                        unique=True,
                    ),
                ),
                ("text", models.TextField()),
            ],
            options={
                "verbose_name": "public text",
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_portal_publictextevent" ("id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") SELECT new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="c6e6c31622a6fc3848d06fbba6d83ad3b0561a0f",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5f9b0",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="banding_portal_publictext",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_portal_publictextevent" ("id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") SELECT new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="f7f7e3da37e948cf6b27b60546d09b5f74524328",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5b1d6",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="banding_portal_publictext",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_portal_publictextevent" ("id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") SELECT old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="36f9022e310eb2cc143f8ed6610220281502c991",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2659f",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="banding_portal_publictext",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicTextEvent",
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
                        to="banding_portal.publictext",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("accessibility", "Accessibility statement"),
                            ("privacy", "Privacy notice"),
                            ("cookies", "Cookies"),
                            ("contact", "Contact"),
                        ],
                        max_length=16,
                    ),
                ),
                ("text", models.TextField()),
            ],
            options={
                "abstract": False,
            },
        ),
    ]

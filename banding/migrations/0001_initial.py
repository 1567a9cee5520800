import uuid

import django.contrib.postgres.fields
import django.core.serializers.json
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import banding.collections.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("schools", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Band",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=12)),
                ("name", models.CharField(max_length=60)),
                ("rank", models.SmallIntegerField()),
                ("summary", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ["rank"],
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
                ("decided_at", models.DateTimeField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-decided_at", "who", "key"],
            },
        ),
        migrations.CreateModel(
            name="CaseloadChoiceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
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
                ("decided_at", models.DateTimeField()),
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
                        to="banding.caseloadchoice",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CaseloadUpload",
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
                    "academic_year",
                    models.PositiveSmallIntegerField(
                        help_text="The calendar year in which the academic year of `ncy` begins.",
                        null=True,
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
            name="CaseloadDifference",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
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
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="differences",
                        to="banding.caseloadupload",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
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
                ("reason", models.TextField()),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for an answer"),
                            ("answered", "Answered"),
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
            ],
            options={
                "ordering": ["asked_at"],
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
            ],
            options={
                "ordering": ["code", "-effective_from"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "version"), name="framework_version_once"
                    )
                ],
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
                            ],
                            max_length=24,
                        ),
                        size=None,
                    ),
                ),
                ("reference_date", models.DateField()),
                ("opens_on", models.DateField()),
                ("deadline", models.DateField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "reminder_offsets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(),
                        default=banding.collections.models.default_reminder_offsets,
                        size=None,
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
            ],
            options={
                "ordering": ["-deadline", "name"],
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
                ("difference_reason", models.TextField(blank=True)),
                ("rationale", models.TextField(blank=True)),
                ("effective_from", models.DateField()),
                ("decided_at", models.DateTimeField(auto_now=True)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "version",
                    models.PositiveIntegerField(
                        default=1,
                        help_text="Goes up with each save, so that two people notice each other (B8).",
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
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "moderates",
                    models.OneToOneField(
                        blank=True,
                        help_text="For a moderation outcome: the school's decision it was about.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moderated_as",
                        to="banding.banddecision",
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
                    "school",
                    models.ForeignKey(
                        blank=True,
                        help_text="The school that made it; empty for the authority's own decisions.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="schools.school",
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
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="banding.framework",
                    ),
                ),
            ],
            options={
                "ordering": ["-effective_from", "-submitted_at"],
            },
        ),
        migrations.AddField(
            model_name="band",
            name="framework",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="bands",
                to="banding.framework",
            ),
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
                ("code", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=80)),
                ("position", models.PositiveSmallIntegerField()),
                ("weight", models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                ("cap", models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="areas",
                        to="banding.framework",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
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
            name="Joiner",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
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
                ("note", models.TextField(blank=True)),
                (
                    "pupil",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="schools.pupil",
                    ),
                ),
            ],
            options={
                "ordering": ["surname", "forename"],
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
                ("code", models.CharField(max_length=12)),
                ("rank", models.SmallIntegerField()),
                ("descriptor", models.TextField()),
                ("score", models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="levels",
                        to="banding.area",
                    ),
                ),
                (
                    "band",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="banding.band",
                    ),
                ),
            ],
            options={
                "ordering": ["rank"],
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
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="banding.area",
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
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("declared_by_name", models.CharField(blank=True, max_length=120)),
                ("returned_reason", models.TextField(blank=True)),
                ("template_version", models.PositiveSmallIntegerField(default=0)),
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
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["school__name"],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("offset", models.SmallIntegerField(help_text="Days from the deadline.")),
                (
                    "recipient_kind",
                    models.CharField(
                        choices=[
                            ("senco", "SENCO"),
                            ("headteacher", "Headteacher"),
                            ("authority", "Authority's digest"),
                        ],
                        max_length=12,
                    ),
                ),
                ("due_on", models.DateField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
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
                    "collection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="banding.collection",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pupil_return",
                    models.ForeignKey(
                        help_text="Empty for the authority's digest.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="banding.return",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="JoinerEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
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
                ("note", models.TextField(blank=True)),
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
                        to="banding.joiner",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="joiner",
            name="pupil_return",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="joiners",
                to="banding.return",
            ),
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
                ("version", models.PositiveSmallIntegerField()),
                ("signature", models.CharField(max_length=64)),
                (
                    "row_keys",
                    models.JSONField(help_text="Ids of the return's pupils, in sheet order."),
                ),
                ("issued_at", models.DateTimeField(auto_now_add=True)),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            ],
            options={
                "ordering": ["-version"],
            },
        ),
        migrations.CreateModel(
            name="ReturnEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
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
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("declared_by_name", models.CharField(blank=True, max_length=120)),
                ("returned_reason", models.TextField(blank=True)),
                ("template_version", models.PositiveSmallIntegerField(default=0)),
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
                        to="banding.return",
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
                    "off_since",
                    models.DateTimeField(
                        editable=False,
                        help_text="When the pupil was taken off the list, having come to belong elsewhere.",
                        null=True,
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
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="return_pupils",
                        to="schools.pupil",
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
            ],
            options={
                "ordering": ["pupil__surname", "pupil__forename", "pupil__reference"],
            },
        ),
        migrations.CreateModel(
            name="ExceptionalRequestEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ("reason", models.TextField()),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for an answer"),
                            ("answered", "Answered"),
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
                        to="banding.exceptionalrequest",
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
        migrations.AddField(
            model_name="exceptionalrequest",
            name="return_pupil",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exceptional_requests",
                to="banding.returnpupil",
            ),
        ),
        migrations.CreateModel(
            name="BandDecisionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
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
                ("difference_reason", models.TextField(blank=True)),
                ("rationale", models.TextField(blank=True)),
                ("effective_from", models.DateField()),
                ("decided_at", models.DateTimeField(auto_now=True)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "version",
                    models.PositiveIntegerField(
                        default=1,
                        help_text="Goes up with each save, so that two people notice each other (B8).",
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
                (
                    "moderates",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="For a moderation outcome: the school's decision it was about.",
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
                        to="banding.banddecision",
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
                    "school",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The school that made it; empty for the authority's own decisions.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="schools.school",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="banddecision",
            name="return_pupil",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="banding.returnpupil",
            ),
        ),
        migrations.CreateModel(
            name="ReturnPupilEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
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
                    "off_since",
                    models.DateTimeField(
                        editable=False,
                        help_text="When the pupil was taken off the list, having come to belong elsewhere.",
                        null=True,
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
                        to="banding.returnpupil",
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
                    "pupil_return",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="banding.return",
                    ),
                ),
            ],
            options={
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
                    "rows",
                    models.BinaryField(
                        help_text="What was read of a good file, packed, until it is applied.",
                        null=True,
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
                    "pupil_return",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uploads",
                        to="banding.return",
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
        migrations.AddConstraint(
            model_name="caseloadchoice",
            constraint=models.UniqueConstraint(
                fields=("reference", "key", "ours", "theirs"), name="caseload_choice_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caseloadchoice",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caseloadchoice",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caseloadchoice",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        migrations.AddIndex(
            model_name="caseloaddifference",
            index=models.Index(fields=["upload", "kind", "position"], name="difference_by_kind"),
        ),
        migrations.AddConstraint(
            model_name="collection",
            constraint=models.CheckConstraint(
                condition=models.Q(("deadline__gte", models.F("opens_on"))),
                name="collection_opens_before_deadline",
            ),
        ),
        migrations.AddConstraint(
            model_name="band",
            constraint=models.UniqueConstraint(fields=("framework", "code"), name="band_code_once"),
        ),
        migrations.AddConstraint(
            model_name="band",
            constraint=models.UniqueConstraint(fields=("framework", "rank"), name="band_rank_once"),
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.UniqueConstraint(fields=("framework", "code"), name="area_code_once"),
        ),
        migrations.AddConstraint(
            model_name="level",
            constraint=models.UniqueConstraint(fields=("area", "code"), name="level_code_once"),
        ),
        migrations.AddConstraint(
            model_name="level",
            constraint=models.UniqueConstraint(fields=("area", "rank"), name="level_rank_once"),
        ),
        migrations.AddConstraint(
            model_name="decisionlevel",
            constraint=models.UniqueConstraint(
                fields=("decision", "area"), name="decision_level_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.UniqueConstraint(fields=("collection", "school"), name="return_once"),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["submitted", "accepted"]), _negated=True),
                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                    _connector="OR",
                ),
                name="return_submitted_by_somebody",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="return",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_returnevent" ("collection_id", "declared_by_name", "extended_to", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "returned_reason", "school_id", "state", "submitted_at", "submitted_by_id", "template_version") SELECT new_values."collection_id", new_values."declared_by_name", new_values."extended_to", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."returned_reason", new_values."school_id", new_values."state", new_values."submitted_at", new_values."submitted_by_id", new_values."template_version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="95bdc0e2c48147c55892d1f4542768f1020c7777",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e0268",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="banding_return",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="return",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_returnevent" ("collection_id", "declared_by_name", "extended_to", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "returned_reason", "school_id", "state", "submitted_at", "submitted_by_id", "template_version") SELECT new_values."collection_id", new_values."declared_by_name", new_values."extended_to", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."returned_reason", new_values."school_id", new_values."state", new_values."submitted_at", new_values."submitted_by_id", new_values."template_version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="fef8cc8bbfe6466b529ad5805bfb4fdc2b4d6409",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e2e9a",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="banding_return",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="return",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_returnevent" ("collection_id", "declared_by_name", "extended_to", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "returned_reason", "school_id", "state", "submitted_at", "submitted_by_id", "template_version") SELECT old_values."collection_id", old_values."declared_by_name", old_values."extended_to", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."returned_reason", old_values."school_id", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."template_version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="cf9f97c7447e05713da6884e79c5d887be33a800",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_03500",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="banding_return",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                fields=("collection", "pupil_return", "offset", "recipient"),
                name="reminder_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="joiner",
            constraint=models.UniqueConstraint(
                fields=("pupil_return", "surname", "forename", "date_of_birth", "upn"),
                name="joiner_once",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="joiner",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_joinerevent" ("date_of_birth", "forename", "id", "joined_on", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_type", "primary_need", "pupil_id", "pupil_return_id", "state", "surname", "upn") SELECT new_values."date_of_birth", new_values."forename", new_values."id", new_values."joined_on", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."plan_type", new_values."primary_need", new_values."pupil_id", new_values."pupil_return_id", new_values."state", new_values."surname", new_values."upn" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="06f72a961132bd9f59930e630b1e10b0ee132afc",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_aab8a",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="banding_joiner",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="joiner",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_joinerevent" ("date_of_birth", "forename", "id", "joined_on", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_type", "primary_need", "pupil_id", "pupil_return_id", "state", "surname", "upn") SELECT new_values."date_of_birth", new_values."forename", new_values."id", new_values."joined_on", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."plan_type", new_values."primary_need", new_values."pupil_id", new_values."pupil_return_id", new_values."state", new_values."surname", new_values."upn" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b7a34428b7add40cf2997de6f0db38951bb53a20",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_6c40e",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="banding_joiner",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="joiner",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_joinerevent" ("date_of_birth", "forename", "id", "joined_on", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_type", "primary_need", "pupil_id", "pupil_return_id", "state", "surname", "upn") SELECT old_values."date_of_birth", old_values."forename", old_values."id", old_values."joined_on", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan_type", old_values."primary_need", old_values."pupil_id", old_values."pupil_return_id", old_values."state", old_values."surname", old_values."upn" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="0fea2764f384eb780b187f1bf9b02c6dca18dc06",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a19bb",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="banding_joiner",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="issuedtemplate",
            constraint=models.UniqueConstraint(
                fields=("pupil_return", "version"), name="template_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="returnpupil",
            constraint=models.UniqueConstraint(
                fields=("pupil_return", "pupil"), name="return_pupil_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="returnpupil",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("off_since", None),
                    models.Q(("change__in", ["left", "not_ours"]), _negated=True),
                ),
                fields=("collection", "pupil"),
                name="return_pupil_on_one_list",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnpupil",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("change", "left"), _negated=True),
                    ("change_date__isnull", False),
                    _connector="OR",
                ),
                name="return_pupil_left_on_a_date",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="returnpupil",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="returnpupil",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_returnpupilevent" ("change", "change_date", "change_reason", "collection_id", "id", "off_since", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_type", "pupil_id", "pupil_return_id") SELECT new_values."change", new_values."change_date", new_values."change_reason", new_values."collection_id", new_values."id", new_values."off_since", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."plan_type", new_values."pupil_id", new_values."pupil_return_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="392047501dde5d70cc13a22445cf0aa94641d75c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_62fac",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="banding_returnpupil",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="returnpupil",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_returnpupilevent" ("change", "change_date", "change_reason", "collection_id", "id", "off_since", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_type", "pupil_id", "pupil_return_id") SELECT new_values."change", new_values."change_date", new_values."change_reason", new_values."collection_id", new_values."id", new_values."off_since", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."plan_type", new_values."pupil_id", new_values."pupil_return_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="c1f12c9ee2bab8dc6ca7c32a9aa29292788d4d9a",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b3916",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="banding_returnpupil",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="returnpupil",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_returnpupilevent" ("change", "change_date", "change_reason", "collection_id", "id", "off_since", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_type", "pupil_id", "pupil_return_id") SELECT old_values."change", old_values."change_date", old_values."change_reason", old_values."collection_id", old_values."id", old_values."off_since", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan_type", old_values."pupil_id", old_values."pupil_return_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a44c76cbeb5abb922d6b382a6b9d0e2364b865fe",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5d2a9",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="banding_returnpupil",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="exceptionalrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")),
                fields=("return_pupil",),
                name="exceptional_request_one_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="exceptionalrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "withdrawn"]),
                    models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                    _connector="OR",
                ),
                name="exceptional_request_answered_by_somebody",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exceptionalrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_exceptionalrequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "return_pupil_id", "state") SELECT new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."asked_at", new_values."asked_by_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."return_pupil_id", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="5156eadc1d25c9fdfba4dbdf4c692aaddd9fdeb5",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ed9ef",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="banding_exceptionalrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exceptionalrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_exceptionalrequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "return_pupil_id", "state") SELECT new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."asked_at", new_values."asked_by_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."return_pupil_id", new_values."state" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="92c7415493398afc59ef3de2593d5ef4b09b66fc",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_10b74",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="banding_exceptionalrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exceptionalrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_exceptionalrequestevent" ("answer", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "return_pupil_id", "state") SELECT old_values."answer", old_values."answered_at", old_values."answered_by_id", old_values."asked_at", old_values."asked_by_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."return_pupil_id", old_values."state" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="c23032dd289b646f8e62d4c90216da4f0558b470",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_06e14",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="banding_exceptionalrequest",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="banddecision",
            index=models.Index(
                condition=models.Q(("state", "submitted")),
                fields=["pupil", "effective_from"],
                name="decision_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="banddecision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "draft")),
                fields=("return_pupil",),
                name="decision_one_draft_a_return_pupil",
            ),
        ),
        migrations.AddConstraint(
            model_name="banddecision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "submitted")),
                fields=("return_pupil",),
                name="decision_one_submitted_a_return_pupil",
            ),
        ),
        migrations.AddConstraint(
            model_name="banddecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "draft"),
                    models.Q(("band__isnull", False), ("submitted_at__isnull", False)),
                    _connector="OR",
                ),
                name="decision_submitted_has_a_band",
            ),
        ),
        migrations.AddConstraint(
            model_name="banddecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", "moderation"), ("moderates", None), _connector="XOR"),
                name="decision_moderation_is_about_one",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="banddecision",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_banddecisionevent" ("band_id", "collection_id", "decided_at", "decided_by_id", "difference_reason", "effective_from", "framework_id", "id", "moderates_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "rationale", "return_pupil_id", "school_id", "source", "state", "submitted_at", "suggested_band_id", "supersedes_id", "version") SELECT new_values."band_id", new_values."collection_id", new_values."decided_at", new_values."decided_by_id", new_values."difference_reason", new_values."effective_from", new_values."framework_id", new_values."id", new_values."moderates_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."pupil_id", new_values."rationale", new_values."return_pupil_id", new_values."school_id", new_values."source", new_values."state", new_values."submitted_at", new_values."suggested_band_id", new_values."supersedes_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d9d7e87d516ce7ffebfed1cc8e5160bff5c483eb",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6e156",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="banding_banddecision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="banddecision",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_banddecisionevent" ("band_id", "collection_id", "decided_at", "decided_by_id", "difference_reason", "effective_from", "framework_id", "id", "moderates_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "rationale", "return_pupil_id", "school_id", "source", "state", "submitted_at", "suggested_band_id", "supersedes_id", "version") SELECT new_values."band_id", new_values."collection_id", new_values."decided_at", new_values."decided_by_id", new_values."difference_reason", new_values."effective_from", new_values."framework_id", new_values."id", new_values."moderates_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."pupil_id", new_values."rationale", new_values."return_pupil_id", new_values."school_id", new_values."source", new_values."state", new_values."submitted_at", new_values."suggested_band_id", new_values."supersedes_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b81eaebabdd11d4ab9d00eaff9d671ba8f22cd4d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_58da9",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="banding_banddecision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="banddecision",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "banding_banddecisionevent" ("band_id", "collection_id", "decided_at", "decided_by_id", "difference_reason", "effective_from", "framework_id", "id", "moderates_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "rationale", "return_pupil_id", "school_id", "source", "state", "submitted_at", "suggested_band_id", "supersedes_id", "version") SELECT old_values."band_id", old_values."collection_id", old_values."decided_at", old_values."decided_by_id", old_values."difference_reason", old_values."effective_from", old_values."framework_id", old_values."id", old_values."moderates_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."pupil_id", old_values."rationale", old_values."return_pupil_id", old_values."school_id", old_values."source", old_values."state", old_values."submitted_at", old_values."suggested_band_id", old_values."supersedes_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="6d4544864db457f024ee681b01f22ae318429b3d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_16514",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="banding_banddecision",
                    when="AFTER",
                ),
            ),
        ),
    ]

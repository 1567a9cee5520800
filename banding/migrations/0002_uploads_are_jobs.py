import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("banding", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="caseloadupload",
            options={"ordering": ["-started_at"]},
        ),
        migrations.AlterModelOptions(
            name="templateupload",
            options={"ordering": ["-started_at"]},
        ),
        migrations.RenameField(
            model_name="caseloadupload",
            old_name="uploaded_at",
            new_name="started_at",
        ),
        migrations.RenameField(
            model_name="caseloadupload",
            old_name="uploaded_by",
            new_name="started_by",
        ),
        migrations.RenameField(
            model_name="templateupload",
            old_name="uploaded_at",
            new_name="started_at",
        ),
        migrations.RenameField(
            model_name="templateupload",
            old_name="uploaded_by",
            new_name="started_by",
        ),
        migrations.AddField(
            model_name="caseloadupload",
            name="cancelled_by",
            field=models.ForeignKey(
                help_text="Who wished it cancelled; a worker that has begun sees it and stops.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="templateupload",
            name="cancelled_by",
            field=models.ForeignKey(
                help_text="Who wished it cancelled; a worker that has begun sees it and stops.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="caseloadupload",
            name="state",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="templateupload",
            name="state",
            field=models.CharField(
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
        migrations.RunSQL(
            "UPDATE banding_caseloadupload SET state = 'done' WHERE state = 'applied'",
            "UPDATE banding_caseloadupload SET state = 'applied' WHERE state = 'done'",
        ),
        migrations.RunSQL(
            "UPDATE banding_templateupload SET state = 'done' WHERE state = 'applied'",
            "UPDATE banding_templateupload SET state = 'applied' WHERE state = 'done'",
        ),
    ]

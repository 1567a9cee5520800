import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0001_initial"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="registerupload",
            options={"ordering": ["-started_at"]},
        ),
        migrations.RenameField(
            model_name="registerupload",
            old_name="uploaded_at",
            new_name="started_at",
        ),
        migrations.RenameField(
            model_name="registerupload",
            old_name="uploaded_by",
            new_name="started_by",
        ),
        migrations.AddField(
            model_name="registerupload",
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
            model_name="registerupload",
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
            "UPDATE schools_registerupload SET state = 'done' WHERE state = 'applied'",
            "UPDATE schools_registerupload SET state = 'applied' WHERE state = 'done'",
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("banding_portal", "0005_notices_of_leavers"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("returned", "A return is sent back to your school for correction"),
                    ("accepted", "A return is accepted"),
                    ("placed", "A pupil who joined is placed"),
                    ("refused", "A pupil who joined is not accepted"),
                    ("leaver", "A pupil who left is taken off your roll"),
                    ("stays", "A pupil who left is not accepted"),
                    ("file", "A file that you uploaded has been checked"),
                    ("ready", "A return waits for the headteacher to submit it"),
                    ("collection", "The dates of a collection change, or it closes"),
                    ("outcome", "Moderation records an outcome for your school"),
                    ("statement", "A statement of funding is published"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="noticerefusal",
            name="kind",
            field=models.CharField(
                choices=[
                    ("returned", "A return is sent back to your school for correction"),
                    ("accepted", "A return is accepted"),
                    ("placed", "A pupil who joined is placed"),
                    ("refused", "A pupil who joined is not accepted"),
                    ("leaver", "A pupil who left is taken off your roll"),
                    ("stays", "A pupil who left is not accepted"),
                    ("file", "A file that you uploaded has been checked"),
                    ("ready", "A return waits for the headteacher to submit it"),
                    ("collection", "The dates of a collection change, or it closes"),
                    ("outcome", "Moderation records an outcome for your school"),
                    ("statement", "A statement of funding is published"),
                ],
                max_length=12,
            ),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("banding_portal", "0013_notice_of_feedback"),
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
                    ("may_come", "A pupil may be coming to your school"),
                    ("answered", "A school you named for a pupil has answered"),
                    ("change", "A change of band that you asked for is answered"),
                    ("file", "A file that you uploaded has been checked"),
                    ("ready", "A return waits for the headteacher to submit it"),
                    ("message", "The authority writes to your school about a collection"),
                    ("collection", "The dates of a collection change, or it closes"),
                    ("exceptional", "An exceptional request is answered"),
                    ("outcome", "Moderation records an outcome for your school"),
                    (
                        "feedback",
                        "The day of feedback comes: you can see the outcomes of moderation",
                    ),
                    ("statement", "A statement of funding is published"),
                    ("submitted", "A school submits its return"),
                    ("reported", "A school reports a pupil who joined or left"),
                    ("asked", "A school asks for another band, or for more than the bands"),
                    ("followed", "A collection opens, closes or opens again"),
                    ("applied", "A file is applied"),
                    ("run", "A run is published or sent back"),
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
                    ("may_come", "A pupil may be coming to your school"),
                    ("answered", "A school you named for a pupil has answered"),
                    ("change", "A change of band that you asked for is answered"),
                    ("file", "A file that you uploaded has been checked"),
                    ("ready", "A return waits for the headteacher to submit it"),
                    ("message", "The authority writes to your school about a collection"),
                    ("collection", "The dates of a collection change, or it closes"),
                    ("exceptional", "An exceptional request is answered"),
                    ("outcome", "Moderation records an outcome for your school"),
                    (
                        "feedback",
                        "The day of feedback comes: you can see the outcomes of moderation",
                    ),
                    ("statement", "A statement of funding is published"),
                    ("submitted", "A school submits its return"),
                    ("reported", "A school reports a pupil who joined or left"),
                    ("asked", "A school asks for another band, or for more than the bands"),
                    ("followed", "A collection opens, closes or opens again"),
                    ("applied", "A file is applied"),
                    ("run", "A run is published or sent back"),
                ],
                max_length=12,
            ),
        ),
    ]

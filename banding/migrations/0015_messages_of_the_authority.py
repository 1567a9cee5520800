from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("banding", "0014_evidence_of_provision"),
    ]

    operations = [
        migrations.AlterField(
            model_name="returnmove",
            name="kind",
            field=models.CharField(
                choices=[
                    ("started", "Begun"),
                    ("submitted", "Submitted"),
                    ("withdrawn", "Taken back by the school"),
                    ("accepted", "Accepted"),
                    ("returned", "Returned for correction"),
                    ("reopened", "Opened again for correction"),
                    ("extended", "Given more time"),
                    ("written", "The authority wrote"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="returnmoveevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("started", "Begun"),
                    ("submitted", "Submitted"),
                    ("withdrawn", "Taken back by the school"),
                    ("accepted", "Accepted"),
                    ("returned", "Returned for correction"),
                    ("reopened", "Opened again for correction"),
                    ("extended", "Given more time"),
                    ("written", "The authority wrote"),
                ],
                max_length=12,
            ),
        ),
    ]

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("banding", "0002_note_and_start"),
    ]

    operations = [
        migrations.AlterField(
            model_name="collection",
            name="sectors",
            field=django.contrib.postgres.fields.ArrayField(
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
    ]

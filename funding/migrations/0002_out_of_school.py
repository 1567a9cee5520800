from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("funding", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="bandvalue",
            name="sector",
            field=models.CharField(
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
        ),
        migrations.AlterField(
            model_name="bandvalueevent",
            name="sector",
            field=models.CharField(
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
        ),
        migrations.AlterField(
            model_name="fundingpolicy",
            name="sector",
            field=models.CharField(
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
        ),
        migrations.AlterField(
            model_name="fundingpolicyevent",
            name="sector",
            field=models.CharField(
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
        ),
    ]

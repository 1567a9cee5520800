from django.db import migrations, models


def new_email() -> models.EmailField:
    return models.EmailField(
        blank=True,
        help_text="Asked for, not yet confirmed by a mail there.",
        max_length=254,
        verbose_name="new email address",
    )


class Migration(migrations.Migration):
    dependencies = [("schools", "0001_initial")]

    operations = [
        migrations.AlterField(model_name="user", name="new_email", field=new_email()),
        migrations.AlterField(model_name="userevent", name="new_email", field=new_email()),
    ]

from django.db import migrations

from banding_portal.folding_sql import NAME, fold_function


def make_function(apps, schema_editor):
    """Written when it is asked for: it reads every letter there is, which takes a second."""
    schema_editor.execute(fold_function(), params=None)


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.RunPython(
            make_function,
            lambda apps, editor: editor.execute(f"DROP FUNCTION {NAME}(text)"),
        )
    ]

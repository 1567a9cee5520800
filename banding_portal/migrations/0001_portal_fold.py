from django.db import migrations

from banding_portal.folding_sql import NAME, fold_function


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [migrations.RunSQL(fold_function(), f"DROP FUNCTION {NAME}(text)")]

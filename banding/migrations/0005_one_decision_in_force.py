import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("banding", "0004_template_zips"),
        ("schools", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="banddecision",
            name="moderates",
            field=models.ForeignKey(
                blank=True,
                help_text="For a moderation outcome: the school's decision it was about.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="moderated_as",
                to="banding.banddecision",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="banddecision",
            trigger=pgtrigger.compiler.Trigger(
                name="outcome_about_one_in_force",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."moderates_id" IS NOT NULL AND NEW."state" = \'submitted\')',
                    constraint="CONSTRAINT",
                    func="\n    PERFORM FROM banding_banddecision\n    WHERE id = NEW.moderates_id AND state = 'submitted' FOR SHARE;\n    IF NOT FOUND AND EXISTS (\n        SELECT FROM banding_banddecision WHERE id = NEW.id AND state = 'submitted'\n    ) THEN\n        RAISE EXCEPTION 'A moderated decision is in force beside the one it is about.';\n    END IF;\n    RETURN NULL;\n",
                    hash="59188c7a8aea45fad750cd8bd34295cdbb9b05b7",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_outcome_about_one_in_force_225d4",
                    table="banding_banddecision",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="banddecision",
            trigger=pgtrigger.compiler.Trigger(
                name="no_outcome_left_alone",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"state\" = 'submitted' AND NOT (NEW.\"state\" = 'submitted'))",
                    constraint="CONSTRAINT",
                    func="\n    IF EXISTS (\n        SELECT FROM banding_banddecision AS outcome\n        JOIN banding_banddecision AS original ON original.id = outcome.moderates_id\n        WHERE original.id = NEW.id\n        AND (outcome.state, original.state <> 'submitted') = ('submitted', true)\n    ) THEN\n        RAISE EXCEPTION 'A moderated decision is in force beside the one it is about.';\n    END IF;\n    RETURN NULL;\n",
                    hash="497679728f6c166edf79538f6ea19913c6c7fbdf",
                    operation="UPDATE",
                    pgid="pgtrigger_no_outcome_left_alone_4cf39",
                    table="banding_banddecision",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="banddecision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("moderates", None), ("state", "submitted")),
                fields=("pupil", "framework", "collection"),
                name="decision_one_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="banddecision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("moderates__isnull", False), ("state", "submitted")),
                fields=("pupil", "framework", "collection"),
                name="decision_one_outcome_in_force",
            ),
        ),
    ]

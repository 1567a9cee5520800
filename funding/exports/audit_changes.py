"""Who did what to a run, and who set what it is paid by, out of the audit trail (rules.md F7)."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone

from banding.models import Band, Framework
from banding_portal.audit_trail.events import event_models
from banding_portal.audit_trail.kinds import KINDS
from banding_portal.words import day_time
from funding.models import Run
from schools.models import School, User

RUN_HEADINGS = ("at", "by", "state", "control_total", "lines_hash", "inputs_hash")
POLICY_HEADINGS = ("at", "by", "what", "done", "facts")
POLICY = (
    *("funding.paymentcalendar", "funding.period", "funding.bandvalue", "funding.fundingpolicy"),
    *("funding.protectionrule", "funding.schoolamount", "funding.recoveryagreement"),
)
NO_FACTS = ("id", "pgh_id", "pgh_label", "pgh_created_at", "pgh_context_id", "pgh_obj_id", "who")


def steps_of_run(run: Run) -> Iterator[Sequence[Any]]:
    """Every change of the run: calculated, sent, sent back, calculated again, published."""
    events = event_models()["funding.run"].objects.filter(pgh_obj_id=run.pk).order_by("pgh_id")
    names = _people()
    for event in events.annotate(who=_who()):
        yield (
            day_time(event.pgh_created_at),
            names.get(event.who or "", ""),
            event.state,
            event.control_total,
            event.lines_hash,
            event.inputs_hash,
        )


def policy_until(run: Run) -> Iterator[Sequence[Any]]:
    """Calendars, values, policies, protection and amounts of schools, each entry and change of it
    until the run was published: what it was paid by.
    """
    until = run.published_at or timezone.now()
    names, models = _people(), event_models()
    words = {str(pk): urn for pk, urn in School.objects.values_list("pk", "urn")}
    words |= {str(each.pk): each.code for each in Framework.objects.all()}
    bands = Band.objects.select_related("framework")
    words |= {str(each.pk): f"{each.framework.code} {each.code}" for each in bands}
    words |= names
    for kind in POLICY:
        rows = models[kind].objects.filter(pgh_created_at__lte=until).order_by("pgh_id")
        for row in rows.annotate(who=_who()).values():
            facts = (
                f"{name.removesuffix('_id')}: {words.get(str(value), value)}"
                for name, value in row.items()
                if name not in NO_FACTS and value not in (None, "")
            )
            yield (
                day_time(row["pgh_created_at"]),
                names.get(row["who"] or "", ""),
                KINDS[kind],
                row["pgh_label"],
                "; ".join(facts),
            )


def _who() -> KeyTextTransform:
    return KeyTextTransform("user", "pgh_context__metadata")


def _people() -> dict[str, str]:
    return {str(pk): name for pk, name in User.objects.values_list("pk", "name")}

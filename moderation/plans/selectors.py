"""What a plan says and the documents with it, as who judges reads them (M4)."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from banding.models import Area, Framework, Level
from moderation.models import Case, CasePlan, PlanDocument
from moderation.plans.bands import Secrets
from moderation.plans.rules import Sentence, read_with
from schools.choices import PlanType

HEADINGS = {"needs": "Needs (section B)", "provision": "Provision (section F)"}


@dataclass(frozen=True)
class Section:
    heading: str
    sentences: list[Sentence]


def sections_of(case: UUID, framework: UUID, plan_type: str) -> list[Section]:
    """Those that were given, sentence by sentence, with the areas each speaks of; three queries.
    Only an EHCP has sections with letters.
    """
    plan = CasePlan.objects.filter(case=case).first()
    if plan is None:
        return []
    areas = {
        area.name: "\n".join(level.descriptor for level in area.levels.all())
        for area in Area.objects.filter(framework=framework).prefetch_related("levels")
    }
    return [
        Section(
            heading if plan_type == PlanType.EHCP else heading.split(" (")[0],
            read_with(text, areas),
        )
        for name, heading in HEADINGS.items()
        if (text := getattr(plan, name))
    ]


def plan_documents_of(case: UUID) -> list[PlanDocument]:
    """With the plan of the pupil; only for who judges or compares the case; one query."""
    pupils = Case.objects.filter(pk=case).values("decision__pupil")
    return list(PlanDocument.objects.standing().filter(pupil__in=pupils))


def secrets_of(framework: Framework) -> Secrets:
    """Its bands, the codes of its levels, and what each band pays, a year ago and ahead too."""
    worth_on, today = import_string(settings.BAND_WORTH), timezone.localdate()
    years = (worth_on(framework, today + dt.timedelta(days=days)) for days in (-365, 0, 365))
    levels = Level.objects.filter(area__framework=framework).order_by("rank")
    return Secrets(
        list(framework.bands.values_list("code", "name")),
        list(dict.fromkeys(levels.values_list("code", flat=True))),
        list(dict.fromkeys(value for year in years for value in year.values())),
    )


def secrets_of_all() -> Secrets:
    """Of every framework: a document is given before anybody knows in which a case is judged."""
    return sum(map(secrets_of, Framework.objects.order_by("code")), Secrets([]))

"""What the page of a run shows beside its totals: exceptions by kind, who did what."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from banding.models import Band
from banding_portal.folding import clean_code
from banding_portal.search import found_by
from banding_portal.words import lower_first, number
from funding.choices import ExceptionKind
from funding.models import Line, Run, RunException
from schools.models import User


@dataclass(frozen=True, slots=True)
class ExceptionCount:
    """Exceptions of a kind: all, and those not cleared yet."""

    kind: str
    label: str
    total: int
    left: int

    def __str__(self) -> str:
        """In a row with others, so without what is still to come."""
        return f"{lower_first(self.label.partition(', not ')[0])}: {number(self.left)}"


def runs_to_read(user: User) -> QuerySet[Run]:
    """Runs the person may see with the period and people their pages name."""
    return Run.objects.visible_to(user).select_related(
        "period__calendar", "prepared_by", "sent_by", "published_by"
    )


def exception_counts(run: Run) -> list[ExceptionCount]:
    """Of each kind how many, none left out; one query."""
    counted = run.exceptions.order_by().values("kind")
    counted = counted.annotate(total=Count("pk"), left=Count("pk", filter=Q(cleared_at=None)))
    found = {row["kind"]: row for row in counted}
    none = {"total": 0, "left": 0}
    return [
        ExceptionCount(kind, label, found.get(kind, none)["total"], found.get(kind, none)["left"])
        for kind, label in ExceptionKind.choices
    ]


@dataclass(frozen=True, slots=True)
class Cleared:
    """Exceptions of a kind that one person cleared with one reason."""

    label: str
    count: int
    by: str
    reason: str


def cleared_in(run: Run) -> list[Cleared]:
    """What was cleared in a run, by whom and why, the most at once first; one query."""
    cleared = run.exceptions.filter(cleared_at__isnull=False).order_by()
    alike = cleared.values_list("kind", "cleared_by__name", "cleared_reason")
    rows = alike.annotate(Count("pk"))
    found = [
        Cleared(ExceptionKind(kind).label, count, by or "", reason)
        for kind, by, reason, count in rows
    ]
    return sorted(found, key=lambda each: (-each.count, each.label, each.reason))


def exceptions_to_read(run: Run, text: str = "") -> QuerySet[RunException]:
    """A run's exceptions with what a row shows; those left first. `text` is a reference, a UPN or
    part of a school's name.
    """
    found = run.exceptions.select_related(
        "pupil", "other_pupil", "school", "other_school", "earlier_period", "cleared_by"
    )
    if text := text.strip():
        found = found.filter(
            Q(pupil__reference__icontains=text)
            | Q(pupil__upn=clean_code(text))
            | Q(school__urn=text)
            | found_by(text, "school__folded")
        )
    return found.order_by("cleared_at", "kind", "pupil__reference", "school", "start", "pk")


def bands_in(run: Run) -> QuerySet[Band]:
    """The bands a run has lines of."""
    bands = Line.objects.filter(run=run, band__isnull=False).order_by().values("band").distinct()
    return (
        Band.objects.filter(pk__in=bands)
        .select_related("framework")
        .order_by("framework__name", "rank")
    )

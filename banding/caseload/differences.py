"""How a caseload file and the portal differ, by kind, and what people have said about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from banding.caseload.changes import Changes, Difference, ends_on
from banding.choices import DifferenceKind
from banding.models import CaseloadDifference, CaseloadUpload
from banding_portal.words import short_day
from schools.models import Placement

EXAMPLES = 3
EXPLAINED: Mapping[str, str] = {
    DifferenceKind.PERHAPS: (
        "New in the file, and very like a pupil the portal has. Say whether it is the same child; "
        "the same child gets no second record."
    ),
    DifferenceKind.CONTRADICTING: (
        "Somebody changed, corrected or removed this in the portal, and the file says something "
        "else. We keep what the portal has unless you choose the file’s."
    ),
    DifferenceKind.ENDED_HERE: (
        "The portal has an end date, from roll-over, a return, an officer or the register, and the "
        "file has none. We keep the portal’s date unless you choose the file’s."
    ),
    DifferenceKind.ENDED_THERE: (
        "The file has an end date and the portal has none. We use the file’s date."
    ),
    DifferenceKind.MOVED: "The file has the pupil at another school. We add that placement.",
    DifferenceKind.CHANGED: (
        "The file says something different from last time. We use what it says now."
    ),
    DifferenceKind.NEW: "The portal does not have this yet. We add it.",
    DifferenceKind.MISSING: (
        "The portal has a placement for these pupils and the file does not name them. We change "
        "nothing: being missing from a file does not mean that a pupil has left."
    ),
}


@dataclass(frozen=True)
class KindOfDifference:
    """One kind, with how many there are, how many a person decided, and a few examples."""

    kind: DifferenceKind
    count: int
    decided: int
    examples: list[CaseloadDifference]

    @property
    def explained(self) -> str:
        return EXPLAINED[self.kind]


def kinds_of(upload: CaseloadUpload) -> list[KindOfDifference]:
    """The kinds that a file has, those to look at first; two queries."""
    rows = upload.differences.order_by()
    decided = Count("pk", filter=Q(decided=True))
    counts = rows.values_list("kind").annotate(count=Count("pk"), by_people=decided)
    found = {kind: (count, told) for kind, count, told in counts}
    place = Window(RowNumber(), partition_by=F("kind"), order_by="position")
    first = upload.differences.annotate(place=place).filter(place__lte=EXAMPLES)
    examples: dict[str, list[CaseloadDifference]] = {}
    for row in first:
        examples.setdefault(row.kind, []).append(row)
    return [
        KindOfDifference(kind, *found[kind], examples.get(kind, []))
        for kind in DifferenceKind
        if kind in found
    ]


def differences_matching(
    upload: CaseloadUpload, wanted: Mapping[str, Any]
) -> QuerySet[CaseloadDifference]:
    """In the order of the file, narrowed by kind, pupil and whether they are decided."""
    found = upload.differences.all()
    if kind := wanted.get("kind"):
        found = found.filter(kind=kind)
    if text := wanted.get("q"):
        found = found.filter(who__icontains=text)
    if wanted.get("undecided"):
        found = found.filter(decided=False)
    return found


def missing_from(changes: Changes) -> Iterable[Difference]:
    """Placements in force or to come that the file does not name (B5): shown, never ended."""
    found = Placement.objects.since(timezone.localdate()).select_related("pupil", "school")
    for row in found.order_by("school__name", "pupil__surname", "pupil__reference"):
        if row.pk not in changes.seen:
            yield missing(row)


def missing(row: Placement) -> Difference:
    since = f"from {short_day(row.start)}, {ends_on(row.end)}"
    return Difference(
        kind=DifferenceKind.MISSING,
        reference=row.pupil.reference,
        key=f"missing {row.pk}",
        who=f"{row.pupil.display_name} ({row.pupil.reference})",
        what=f"Placement at {row.school.name}",
        ours=since,
        theirs="",
        answer="",
        placement=row.pk,
    )

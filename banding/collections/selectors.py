"""How far schools have got with a collection (rules.md B7)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from banding.choices import OPEN_STATES, CollectionKind, DecisionState, ReturnState
from banding.collections.modelling import SectorFigure
from banding.models import Area, BandDecision, Collection, Framework, Return, ReturnPupil
from banding.rounds.states import asks_nothing
from banding_portal.search import found_by
from banding_portal.words import number
from schools.choices import Sector
from schools.models import Placement, Plan, User

IN_HAND = frozenset({ReturnState.SUBMITTED, ReturnState.ACCEPTED})
LISTED = Q(pupils__isnull=False, pupils__off_since=None)


def own_listed() -> Q:
    """The authority's own pupils alone: others’ bands are not asked for, nor modelled."""
    return LISTED & Q(pupils__pupil__responsible_la=settings.LA_CODE)


STARTED = frozenset({ReturnState.IN_PROGRESS, ReturnState.RETURNED})
ALL_DONE = 100_000
LEAST_DONE = Case(
    When(state=ReturnState.NOT_STARTED, then=0),
    When(state__in=sorted(IN_HAND), then=ALL_DONE),
    default=F("done_count"),
)
"""Sorts returns by how much is done, counting only where the state does not tell."""


@dataclass
class ReturnTally:
    """Returns of one sector, one quadrant or all, by how far they are."""

    label: str
    submitted: int = 0
    in_progress: int = 0
    not_started: int = 0
    pupils: int = 0
    """The authority's own."""
    pupils_missing: int = 0
    """On returns that are not in: their bands are not known yet."""

    @property
    def total(self) -> int:
        return self.submitted + self.in_progress + self.not_started

    @property
    def missing_words(self) -> str:
        """ "12 of 340" """
        return f"{number(self.pupils_missing)} of {number(self.pupils)}"

    def add(self, state: str, count: int, pupils: int = 0) -> None:
        self.pupils += pupils
        self.pupils_missing += 0 if state in IN_HAND else pupils
        if state in IN_HAND:
            self.submitted += count
        elif state in STARTED:
            self.in_progress += count
        else:
            self.not_started += count


@dataclass
class Overview:
    """A collection's returns counted, in all, by sector and by quadrant."""

    all: ReturnTally = field(default_factory=lambda: ReturnTally("All schools"))
    sectors: list[ReturnTally] = field(default_factory=list)
    quadrants: list[ReturnTally] = field(default_factory=list)

    @property
    def chart(self) -> list[dict[str, object]]:
        """Rows of the picture: how many schools are how far."""
        counts = {
            "Submitted": self.all.submitted,
            "In progress": self.all.in_progress,
            "Not started": self.all.not_started,
        }
        return [
            {"label": label, "value": count, "text": number(count)}
            for label, count in counts.items()
        ]


def overview_of(collection: Collection) -> Overview:
    """The counts of a collection in one query."""
    overview = Overview()
    sectors: dict[str, ReturnTally] = {}
    quadrants: dict[str, ReturnTally] = {}
    own = ReturnPupil.objects.filter(pupil__responsible_la=settings.LA_CODE)
    rows = (
        collection.returns.order_by()
        .annotate(own=counted_each(own.filter(pupil_return=OuterRef("pk"), off_since=None)))
        .values_list("school__sector", "school__quadrant__name", "state")
        .annotate(count=Count("pk"), listed=Sum("own"))
    )
    for sector, quadrant, state, *counts in rows:
        overview.all.add(state, *counts)
        label = str(Sector(sector).label)
        sectors.setdefault(label, ReturnTally(label)).add(state, *counts)
        place = quadrant or "No quadrant"
        quadrants.setdefault(place, ReturnTally(place)).add(state, *counts)
    overview.sectors = [sectors[label] for label in sorted(sectors)]
    overview.quadrants = [quadrants[label] for label in sorted(quadrants)]
    return overview


def sector_figures(framework: Framework) -> list[SectorFigure]:
    """The authority's own pupils of each sector whose returns are not in, by the exercise under
    the framework that asks the sector last; and the sectors with pupils that none asks yet.
    """
    own = own_listed()
    rows = (
        Return.objects.filter(
            collection__framework=framework, collection__kind=CollectionKind.EXERCISE
        )
        .order_by("collection__reference_date", "collection__deadline", "collection__code")
        .values("school__sector", "collection", "collection__name", "collection__deadline")
        .annotate(
            total=Count("pupils", filter=own),
            missing=Count("pupils", filter=own & Q(state__in=OPEN_STATES)),
        )
    )
    found: dict[str, dict[str, Any]] = {}
    for row in rows:  # The last one asked of each.
        before = found.get(row["school__sector"])
        found[row["school__sector"]] = row | {"before": before}
    figures = [
        SectorFigure(
            sector=str(Sector(sector).label),
            pupils=row["total"],
            missing=row["missing"],
            exercise=row["collection__name"],
            collection=row["collection"],
            deadline=row["collection__deadline"],
            asked_before=row["before"]["collection__name"] if row["before"] else "",
            enough=settings.MODELLING_PERCENT,
        )
        for sector, row in found.items()
        if row["total"]
    ]
    return sorted(
        [*figures, *sectors_not_asked(framework, set(found))], key=lambda each: each.sector
    )


def sectors_not_asked(framework: Framework, asked: set[str]) -> list[SectorFigure]:
    """Sectors with pupils today who have a plan the framework covers, but for those asked."""
    today = timezone.localdate()
    planned = Plan.objects.on(today).filter(plan_type__in=framework.plan_types)
    placed = (
        Placement.objects.on(today)
        .filter(pupil__in=planned.values("pupil"), pupil__responsible_la=settings.LA_CODE)
        .exclude(school__sector__in={*asked, Sector.OUT_OF_SCHOOL})
        .order_by()
        .values_list("school__sector")
        .annotate(count=Count("pupil", distinct=True))
    )
    enough = settings.MODELLING_PERCENT
    return [
        SectorFigure(str(Sector(sector).label), count, count, enough) for sector, count in placed
    ]


def with_progress(returns: QuerySet[Return]) -> QuerySet[Return]:
    """Returns with `pupil_count` and `done_count`, the latter as `ReturnProgress` counts it.

    Each is counted by itself: of a long list only the rows of the page are.
    """
    listed = rows_listed()
    return returns.annotate(
        pupil_count=counted_each(listed), done_count=counted_each(listed.filter(is_done()))
    )


def rows_listed() -> QuerySet[ReturnPupil]:
    """Of a return in a query around it."""
    return ReturnPupil.objects.filter(pupil_return=OuterRef("pk"), off_since=None)


def is_done() -> Q:
    """Of a row of a return."""
    areas = (
        Area.objects.filter(framework=OuterRef("framework"))
        .order_by()
        .values("framework")
        .annotate(count=Count("pk"))
        .values("count")
    )
    ready = (
        drafts_here()
        .annotate(level_count=Count("levels"))
        .filter(
            Q(band=F("suggested_band")) | ~Q(difference_reason=""),
            band__isnull=False,
            level_count=Subquery(areas),
        )
    )
    submitted = Exists(decisions_here().filter(state=DecisionState.SUBMITTED))
    has_draft = Exists(drafts_here())
    nothing = asks_nothing("pupil", "pupil_return__collection", "plan_type", "pupil_return__school")
    return ~Q(change="") | Q(Exists(ready)) | Q(submitted & ~has_draft) | (nothing & ~Q(has_draft))


def decisions_here() -> QuerySet[BandDecision]:
    """Of a row of a return in a query around it."""
    return BandDecision.objects.filter(return_pupil=OuterRef("pk")).order_by()


def drafts_here() -> QuerySet[BandDecision]:
    return decisions_here().filter(state=DecisionState.DRAFT)


def counted_each(listed: QuerySet[ReturnPupil]) -> Coalesce:
    """How many pupils of one return."""
    count = listed.order_by().values("pupil_return").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(count), 0)


def returns_for_list(returns: QuerySet[Return]) -> QuerySet[Return]:
    """Returns with progress: those sent back, those owed and due soonest, the others, newest first.

    Whose last day has passed without a word is among the others.
    """
    today = timezone.localdate()
    due = Coalesce("extended_to", "collection__deadline")
    is_open = Q(extended_to__gte=today) | Q(extended_to=None, collection__deadline__gte=today)
    is_owed = Q(is_open, state__in=OPEN_STATES)
    to_do = Case(When(state=ReturnState.RETURNED, then=0), When(is_owed, then=1), default=2)
    return (
        with_progress(returns)
        .select_related("collection", "school", "school__quadrant")
        .order_by(to_do, Case(When(is_owed, then=due)), "-collection__deadline", "school__name")
    )


def returns_of_schools(collection: Collection, wanted: Mapping[str, Any]) -> QuerySet[Return]:
    """The collection's returns of the schools that fit `q`, `sector` and `quadrant`."""
    found = collection.returns.all()
    if text := (wanted.get("q") or "").strip():
        found = found.filter(found_by(text, "school__folded") | Q(school__urn=text))
    if wanted.get("sector"):
        found = found.filter(school__sector=wanted["sector"])
    if wanted.get("quadrant"):
        found = found.filter(school__quadrant=wanted["quadrant"])
    return found


def returns_handed_in(returns: QuerySet[Return]) -> QuerySet[Return]:
    """Those of the returns that are in, those to accept first, then by when they came."""
    handed_in = with_progress(returns.filter(state__in=sorted(IN_HAND)))
    return handed_in.select_related("school", "collection").order_by("-state", "submitted_at")


def returns_to_chase(returns: QuerySet[Return]) -> QuerySet[Return]:
    """Those of the returns that schools still owe, those with nothing done first."""
    owing = with_progress(returns.filter(state__in=OPEN_STATES))
    return owing.select_related("school__quadrant", "collection").order_by(
        LEAST_DONE, "school__name"
    )


def collections_matching(user: User, wanted: Mapping[str, Any]) -> QuerySet[Collection]:
    """Those the person may see that fit `q`, `kind` and `open` (“yes” or “no”, today)."""
    found = Collection.objects.visible_to(user)
    if text := (wanted.get("q") or "").strip():
        found = found.filter(found_by(text, "name__folded"))
    if wanted.get("kind"):
        found = found.filter(kind=wanted["kind"])
    if wanted.get("open"):
        now = Collection.objects.open_on(timezone.localdate())
        found = found.filter(pk__in=now) if wanted["open"] == "yes" else found.exclude(pk__in=now)
    return found


def collections_for_list(collections: QuerySet[Collection]) -> QuerySet[Collection]:
    """Collections with how many returns they have, and how many are in."""
    return (
        collections.select_related("framework")
        .annotate(
            return_count=Count("returns"),
            submitted_count=Count("returns", filter=Q(returns__state__in=sorted(IN_HAND))),
        )
        .order_by("-deadline", "name")
    )

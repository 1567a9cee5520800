"""The returns of a collection as a list to work with: who owes, since when, and whom to call."""

from collections import defaultdict
from collections.abc import Collection as Several
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone

from banding.choices import OPEN_STATES, ReturnMoveKind, ReturnState
from banding.collections.selectors import LEAST_DONE, with_progress
from banding.models import BandDecision, Collection, Return, ReturnMove
from banding_portal.roles import BANDING_SCHOOL_ROLES
from banding_portal.search import found_by
from banding_portal.words import day, day_time
from schools.choices import ContactKind
from schools.contacts.selectors import reachable
from schools.models import Membership, User

LATE = "late"
OWED = "owed"
STATES: dict[str, tuple[str, ...]] = {
    OWED: tuple(sorted(OPEN_STATES)),
    "not_started": (ReturnState.NOT_STARTED,),
    "begun": (ReturnState.IN_PROGRESS, ReturnState.RETURNED),
    "submitted": (ReturnState.SUBMITTED,),
    "accepted": (ReturnState.ACCEPTED,),
}
BY_SCHOOLS = (ReturnMoveKind.STARTED, ReturnMoveKind.SUBMITTED, ReturnMoveKind.WITHDRAWN)
HEADS = (
    *("urn", "school", "sector", "quadrant", "state", "deadline", "pupils", "done"),
    *("last_activity", "submitted_at", "contacts"),
)


@dataclass(frozen=True)
class ToCall:
    """Somebody to speak to at a school."""

    name: str
    email: str
    telephone: str = ""

    def __str__(self) -> str:
        reached = [f"<{self.email}>"] if self.email else []
        return " ".join([self.name, *reached, *filter(None, [self.telephone])])


@dataclass
class ChaseRow:
    """A return with the people to speak to about it."""

    pupil_return: Return
    contacts: list[ToCall] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.pupil_return, name)


def returns_matching(collection: Collection, wanted: Mapping[str, Any]) -> QuerySet[Return]:
    """Its returns that fit `q` (school or URN), `state`, `sector` and `quadrant`; with progress
    and `last_activity`, those with nothing done first.
    """
    found = collection.returns.all()
    state = wanted.get("state") or ""
    if state == LATE:
        today = timezone.localdate()
        late = Q(extended_to__lt=today) | Q(extended_to=None, collection__deadline__lt=today)
        found = found.filter(late, state__in=OPEN_STATES)
    elif state in STATES:
        found = found.filter(state__in=STATES[state])
    if wanted.get("sector"):
        found = found.filter(school__sector=wanted["sector"])
    if wanted.get("quadrant"):
        found = found.filter(school__quadrant=wanted["quadrant"])
    if text := (wanted.get("q") or "").strip():
        found = found.filter(found_by(text, "school__folded") | Q(school__urn=text))
    found = with_activity(with_progress(found)).order_by(LEAST_DONE, "school__name")
    return found.select_related("school__quadrant", "collection")


def with_activity(returns: QuerySet[Return]) -> QuerySet[Return]:
    """Returns with `last_activity` of the school: its last move, or when a band was last saved."""
    moves = ReturnMove.objects.filter(pupil_return=OuterRef("pk"), kind__in=BY_SCHOOLS)
    moves = moves.order_by("-moved_at")
    saved = BandDecision.objects.filter(return_pupil__pupil_return=OuterRef("pk"))
    return returns.annotate(
        last_activity=Greatest(
            Subquery(moves.values("moved_at")[:1]),
            Subquery(saved.order_by("-decided_at").values("decided_at")[:1]),
        )
    )


def rows_of(returns: Iterable[Return]) -> list[ChaseRow]:
    """Each with whom to call there, in two queries."""
    found = list(returns)
    people = whom_to_call({each.school_id for each in found})
    return [ChaseRow(each, people.get(each.school_id, [])) for each in found]


def whom_to_call(schools: Several[UUID]) -> dict[UUID, list[ToCall]]:
    """The SENCO and headteacher that a school named as its contacts (S15); of a school that has
    named neither, who can sign in there in those roles.
    """
    kept = reachable(schools, (ContactKind.SENCO, ContactKind.HEADTEACHER))
    found = {
        school: [ToCall(one.name, one.email, one.telephone) for one in contacts]
        for school, contacts in kept.items()
        if contacts
    }
    others = people_of(set(schools) - set(found))
    return found | {
        school: [ToCall(one.name, one.email) for one in people] for school, people in others.items()
    }


def people_of(schools: Several[UUID]) -> dict[UUID, list[User]]:
    held = Membership.objects.current().filter(
        school__in=schools, role__in=BANDING_SCHOOL_ROLES, user__is_active=True
    )
    found: dict[UUID, list[User]] = defaultdict(list)
    for each in held.select_related("user").order_by("-role", "user__name"):
        if each.school_id and each.user not in found[each.school_id]:
            found[each.school_id].append(each.user)
    return dict(found)


def file_row(row: ChaseRow) -> list[Any]:
    """A line of the file, under HEADS."""
    each = row.pupil_return
    return [
        each.school.urn,
        each.school.name,
        each.school.get_sector_display(),
        str(each.school.quadrant or ""),
        each.get_state_display(),
        day(each.deadline),
        row.pupil_count,
        row.done_count,
        day_time(row.last_activity) if row.last_activity else "",
        day_time(each.submitted_at) if each.submitted_at else "",
        "; ".join(map(str, row.contacts)),
    ]

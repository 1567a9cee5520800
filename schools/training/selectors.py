"""Training for lists and pages, and the schools where nobody is trained (rules.md R7)."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from banding_portal.roles import BANDING_SCHOOL_ROLES
from banding_portal.search import found_by
from schools.choices import TEACHING, PlaceState, SchoolStatus
from schools.models import Membership, Place, Placement, School, SchoolVisit, TrainingSession, User

COMING, OVER, CANCELLED, ALL = "coming", "over", "cancelled", "all"


def with_places(rows: QuerySet[TrainingSession], user: User) -> QuerySet[TrainingSession]:
    """Each with `booked`, `waiting` and the person’s own `my_state` and `my_done`."""
    own = Place.objects.filter(session=OuterRef("pk"), person=user)
    return rows.annotate(
        booked=Count("taken", filter=Q(taken__state=PlaceState.BOOKED)),
        waiting=Count("taken", filter=Q(taken__state=PlaceState.WAITING)),
        my_state=Subquery(own.values("state")[:1]),
        my_done=Subquery(own.values("done_at")[:1]),
    )


def training_matching(user: User, wanted: Mapping[str, Any]) -> QuerySet[TrainingSession]:
    """What the person sees that fits `q`, `kind` and `when`, else what is to come and recordings;
    recordings first, then by time.
    """
    found = TrainingSession.objects.visible_to(user)
    if wanted.get("kind"):
        found = found.filter(kind=wanted["kind"])
    when = wanted.get("when") or COMING
    if when == COMING:
        found = found.to_come()
    elif when == OVER:
        found = found.filter(starts_at__lte=timezone.now(), cancelled_because="")
    elif when == CANCELLED:
        found = found.exclude(cancelled_because="")
    if text := (wanted.get("q") or "").strip():
        found = found.filter(found_by(text, "title__folded", "text__folded"))
    return with_places(found, user).order_by(F("starts_at").asc(nulls_first=True), "title")


def place_of(session: TrainingSession, user: User) -> Place | None:
    return session.taken.filter(person=user).first()


def places_matching(session: TrainingSession, wanted: Mapping[str, Any]) -> QuerySet[Place]:
    """Who signed up, with `at_school`; narrowed by `q` and `state`."""
    held = Membership.objects.current().filter(user=OuterRef("person")).exclude(school=None)
    found = session.taken.select_related("person").annotate(
        at_school=Subquery(held.order_by("school__name").values("school__name")[:1])
    )
    if wanted.get("state"):
        found = found.filter(state=wanted["state"])
    if text := (wanted.get("q") or "").strip():
        found = found.filter(Q(person__name__icontains=text) | Q(at_school__icontains=text))
    return found.order_by("signed_up_at", "pk")


def booked_places(session: TrainingSession) -> QuerySet[Any]:
    """Who has a place at a session, with `at_school`, by name."""
    return places_matching(session, {"state": PlaceState.BOOKED}).order_by("person__name", "pk")


def people_named(lines: Iterable[str]) -> tuple[list[User], list[str]]:
    """Who is meant by a name or an email address in each line, and what is wrong with the others,
    as sentences.
    """
    found: list[User] = []
    problems: list[str] = []
    for text in (" ".join(line.split()) for line in lines):
        if not text:
            continue
        people = list(User.objects.filter(Q(email__iexact=text) | Q(name__iexact=text))[:2])
        if len(people) == 1:
            found.append(people[0])
        elif people:
            problems.append(f"Several people are called {text}: enter the email address")
        else:
            problems.append(f"Nobody on the portal has the name or email address {text}")
    return found, problems


def trained_people() -> QuerySet[Place]:
    return Place.objects.filter(session__kind__in=TEACHING).exclude(done_at=None)


def untrained_schools(schools: QuerySet[School]) -> QuerySet[School]:
    """Those of which no SENCO or headteacher of today has been trained."""
    trained = Membership.objects.current().filter(
        school=OuterRef("pk"),
        role__in=BANDING_SCHOOL_ROLES,
        user__is_active=True,
        user__in=trained_people().values("person"),
    )
    return schools.filter(~Exists(trained))


def untrained_count(user: User, collection: UUID) -> int | None:
    """How many of the schools of a collection the list shows for it; None before any training was
    planned.
    """
    if not TrainingSession.objects.teaching().exists():
        return None
    return untrained_matching(user, {"collection": collection}).count()


def collections_of_schools(user: User) -> list[tuple[str, str]]:
    """The collections in which schools that the person sees take part, the latest first."""
    held = School.objects.visible_to(user).exclude(returns=None).order_by()
    rows = held.values_list(
        "returns__collection", "returns__collection__name", "returns__collection__deadline"
    )
    found = sorted(rows.distinct(), key=lambda row: row[2], reverse=True)
    return [(str(pk), name) for pk, name, _ in found]


def untrained_matching(user: User, wanted: Mapping[str, Any]) -> QuerySet[School]:
    """Schools with pupils that the person sees and where nobody is trained: those that are listed,
    counted and reminded. Narrowed by `q` and by `collection`, in which they take part.
    """
    placed = Placement.objects.on(timezone.localdate()).filter(school=OuterRef("pk"))
    seen = School.objects.visible_to(user).filter(
        Exists(placed), arrangement="", status__in=[SchoolStatus.OPEN, SchoolStatus.CLOSING]
    )
    found = untrained_schools(seen).select_related("quadrant")
    if collection := wanted.get("collection"):
        found = found.filter(returns__collection=collection)
    if text := (wanted.get("q") or "").strip():
        found = found.filter(found_by(text, "folded") | Q(urn=text))
    return found.order_by("name", "urn")


def visits_matching(user: User, wanted: Mapping[str, Any]) -> QuerySet[SchoolVisit]:
    """Visits the person sees that fit `q`, a school or a visitor; the latest first."""
    found = SchoolVisit.objects.visible_to(user).select_related("school", "visitor")
    if text := (wanted.get("q") or "").strip():
        found = found.filter(found_by(text, "school__folded") | Q(visitor__name__icontains=text))
    return found.order_by("-visited_on", "school__name")

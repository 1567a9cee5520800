"""The schools that a closed school became, read once for all (rules.md S1)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils import timezone

from banding_portal.remembering import remembered
from schools.choices import SchoolStatus
from schools.models import Placement, School, SchoolLink
from schools.succession import Ends, ends_of, on_the_way


@dataclass(frozen=True)
class Successors:
    """The register's links between schools, and the schools they name."""

    links: Mapping[str, set[str]]
    schools: Mapping[str, School]

    @staticmethod
    def read() -> "Successors":
        """In one query."""
        return read_successors()

    def ends(self, school: School) -> Ends:
        return ends_of(school.urn, self.links, self.has_closed)

    def has_closed(self, urn: str) -> bool | None:
        school = self.schools.get(urn)
        return school.status == SchoolStatus.CLOSED if school else None

    def of(self, school: School) -> list[School]:
        """The schools it became that go on, in order of their URN."""
        return [self.schools[urn] for urn in self.ends(school).going_on]

    def between(self, school: School, end: School) -> list[School]:
        """The schools it was on the way to the one it became in the end, in order; each of them
        has closed. Empty where one of them became several.
        """
        return [self.schools[urn] for urn in on_the_way(school.urn, end.urn, self.links)]

    def before(self, school: School) -> list[School]:
        """The closed schools that became it, or of which it is a part."""
        closed = (self.schools[urn] for urn in self.links if urn in self.schools)
        return [
            old for old in closed if old.status == SchoolStatus.CLOSED and school in self.of(old)
        ]

    def line_of(self, school: School) -> set[UUID]:
        """The school, those that became it, and those it became or was on the way there (S1)."""
        became = self.of(school)
        between = [each for end in became for each in self.between(school, end)]
        return {each.pk for each in (school, *self.before(school), *became, *between)}

    def came_before(self, schools: Collection[UUID]) -> set[UUID]:
        """Closed schools that became one of these, or of which one is a part."""
        closed = (self.schools[urn] for urn in self.links if urn in self.schools)
        return {
            old.pk
            for old in closed
            if old.status == SchoolStatus.CLOSED
            if any(new.pk in schools for new in self.of(old))
        }

    def kin(self) -> dict[UUID, set[UUID]]:
        """School to the schools it became and those that became it; only schools with any."""
        found: dict[UUID, set[UUID]] = defaultdict(set)
        for urn in self.links:
            old = self.schools.get(urn)
            if old is None or old.status != SchoolStatus.CLOSED:
                continue
            for new in self.of(old):
                found[old.pk].add(new.pk)
                found[new.pk].add(old.pk)
        return found

    def only_one(self, school: School) -> School | str:
        """The school that everything goes to, or a sentence why there is none such."""
        ends = self.ends(school)
        if ends.unknown:
            return (
                f"Its successor {ends.unknown[0]} is not in the portal; import that school first."
            )
        if not ends.going_on:
            return "The register names no open school that took its place."
        if len(ends.going_on) > 1:
            return f"It has several successors: {', '.join(ends.going_on)}."
        return self.schools[ends.going_on[0]]


@remembered
def read_successors() -> Successors:
    linked = SchoolLink.objects.all()
    named = Q(pk__in=linked.values("school")) | Q(urn__in=linked.values("linked_urn"))
    each = JSONObject(on="established_on", urn="linked_urn", kind="kind")
    own = ArraySubquery(linked.filter(school=OuterRef("pk")).order_by().values(each=each))
    schools = {school.urn: school for school in School.objects.filter(named).annotate(own=own)}
    rows = [
        (link["on"] is None, link["on"] or "", link["urn"], urn, link["kind"])
        for urn, school in schools.items()
        for link in school.own
    ]
    links = successor_urns((urn, linked, kind) for *_, linked, urn, kind in sorted(rows))
    return Successors(links, schools)


def gone_on_at(school: School, pupil: UUID) -> School:
    """Who goes on with what a school did for a pupil: itself, or once it has closed the one it
    became where the pupil is today.
    """
    if school.status != SchoolStatus.CLOSED:
        return school
    here = Placement.objects.on(timezone.localdate()).filter(pupil=pupil)
    found = here.filter(school__in=Successors.read().of(school)).select_related("school").first()
    return found.school if found else school


def done_at(schools: Collection[UUID], *, school: str, pupil: str) -> Q:
    """Rows of these schools, and of closed ones that became them about pupils who are there today;
    `school` and `pupil` are the paths to both.
    """
    own = Q(**{f"{school}__in": list(schools)})
    before = Successors.read().came_before(schools) if schools else ()
    if not before:
        return own
    today = Placement.objects.on(timezone.localdate())
    here = today.filter(pupil=OuterRef(pupil), school__in=list(schools))
    return own | (Q(**{f"{school}__in": before}) & Q(Exists(here)))


def successor_urns(rows: Iterable[tuple[str, str, str]]) -> Mapping[str, set[str]]:
    """Each school's successors by URN: its own links, else those that call it predecessor. A row is
    a school, what it is linked with, and how.
    """
    own: dict[str, set[str]] = defaultdict(set)
    others: dict[str, set[str]] = defaultdict(set)
    for urn, linked, kind in rows:
        if kind.startswith("Successor"):
            own[urn].add(linked)
        elif kind.startswith("Predecessor"):
            others[linked].add(urn)
    return {**others, **own}

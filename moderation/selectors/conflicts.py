"""Who may not judge, compare or settle a case, and why: one answer for all of these (M4, M9)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from django.db.models import F, Q

from banding_portal.roles import ALL_PUPIL_ROLES, FINANCE_ROLES
from moderation.models import BandsSeen, Case, Interest
from moderation.selectors.blind import BlindCase
from schools.models import Membership, Placement, School, User
from schools.selectors.successors import Successors


class Bar(Enum):
    """Why not, as it is said of somebody else and to oneself."""

    SCHOOL = "works or worked for this school", "You work or worked for this school"
    TRUST = (
        "works or worked for a school of the same trust",
        "You work or worked for a school of the same trust",
    )
    DECLARED = "has declared a connection with it", "You have declared a connection with it"
    ROLE = (
        "has held a role that reads bands since the collection opened",
        "You have held a role that reads bands since the collection opened",
    )
    SEEN = "has seen the bands of this sample", "You have seen the bands of this sample"

    @property
    def of_another(self) -> str:
        return self.value[0]

    @property
    def own(self) -> str:
        return self.value[1]


Bars = dict[UUID, dict[UUID, Bar]]
"""Case to the people who are barred from it."""
READERS = ALL_PUPIL_ROLES | FINANCE_ROLES


@dataclass(frozen=True)
class About:
    """What a case is about, as far as it bars somebody; nothing of the decision (M4)."""

    case: UUID
    sample: UUID
    school: UUID | None
    pupil: UUID


def bars_to_judging(cases: Iterable[UUID]) -> Bars:
    """Conflicts of interest, and who has or may have seen the bands."""
    about = abouts(cases)
    bars = conflicts(about)
    seen = who_saw({one.sample for one in about})
    return {case: seen[sample_of] | bars[case] for case, sample_of in samples_of(about)}


def conflicts_of(cases: Iterable[UUID]) -> Bars:
    """Conflicts of interest alone, which bar from comparing and settling too."""
    return conflicts(abouts(cases))


def conflict_of(user: User, case: Case | BlindCase) -> Bar | None:
    """Whether the person has a conflict of interest in the case; most have none at all."""
    near = user.memberships.exclude(school=None).exists()
    if not near and not Interest.objects.filter(person=user, ended_at=None).exists():
        return None
    return conflicts_of([case.pk])[case.pk].get(user.pk)


def bar_to_judging(user: User, case: Case | BlindCase) -> Bar | None:
    return bars_to_judging([case.pk])[case.pk].get(user.pk)


def abouts(cases: Iterable[UUID]) -> list[About]:
    rows = Case.objects.filter(pk__in=set(cases)).order_by()
    facts = rows.values_list("pk", "sample", "decision__school", "decision__pupil")
    return [About(*each) for each in facts]


def samples_of(about: list[About]) -> list[tuple[UUID, UUID]]:
    return [(one.case, one.sample) for one in about]


def conflicts(about: list[About]) -> Bars:
    """People of the school, of those the pupil has been at, of what these became, of their trust;
    and what people have declared.
    """
    schools = schools_of(about)
    asked = set().union(*schools.values())
    near = people_near(asked)
    declared = declared_interests(about, asked)
    return {
        one.case: {
            **declared.get(one.case, {}),
            **{
                person: bar
                for school in schools[one.case]
                for person, bar in {**declared.get(school, {}), **near[school]}.items()
            },
        }
        for one in about
    }


def schools_of(about: list[About]) -> dict[UUID, set[UUID]]:
    """Case to the schools it touches: those the pupil has been at see its bands too (B6)."""
    been = defaultdict(set)
    placed = Placement.objects.filter(pupil__in={one.pupil for one in about}, school__isnull=False)
    for pupil, school in placed.values_list("pupil", "school"):
        been[pupil].add(school)
    return {one.case: been[one.pupil] | ({one.school} if one.school else set()) for one in about}


def people_near(schools: set[UUID]) -> dict[UUID, dict[UUID, Bar]]:
    """School to who works or worked there, or at one of the same trust (M4)."""
    kin, trusts = Successors.read().kin(), same_trust(schools)
    places = {one: {one} | kin.get(one, set()) for one in schools}
    wanted = set().union(*places.values(), *trusts.values())
    people: dict[UUID, set[UUID]] = defaultdict(set)
    for place, user in Membership.objects.filter(school__in=wanted).values_list("school", "user"):
        people[place].add(user)

    def of(found: Iterable[UUID], bar: Bar) -> dict[UUID, Bar]:
        return {person: bar for place in found for person in people[place]}

    return {one: of(trusts[one], Bar.TRUST) | of(places[one], Bar.SCHOOL) for one in schools}


def same_trust(schools: set[UUID]) -> dict[UUID, set[UUID]]:
    """School to all of its trust."""
    named = dict(School.objects.filter(pk__in=schools).exclude(trust="").values_list("pk", "trust"))
    members: dict[str, set[UUID]] = defaultdict(set)
    for pk, trust in School.objects.filter(trust__in=named.values()).values_list("pk", "trust"):
        members[trust].add(pk)
    return {one: members[named[one]] if one in named else set() for one in schools}


def declared_interests(about: list[About], schools: set[UUID]) -> dict[UUID, dict[UUID, Bar]]:
    """School or case to who has declared a connection with it."""
    found: dict[UUID, dict[UUID, Bar]] = defaultdict(dict)
    cases = {one.case for one in about}
    stands = Interest.objects.filter(Q(school__in=schools) | Q(case__in=cases), ended_at=None)
    for person, school, case in stands.values_list("person", "school", "case"):
        found[school or case][person] = Bar.DECLARED
    return found


def who_saw(samples: set[UUID]) -> dict[UUID, dict[UUID, Bar]]:
    """Sample to who had a role that reads its bands, or was shown them in moderation (M9)."""
    found: dict[UUID, dict[UUID, Bar]] = {sample: {} for sample in samples}
    held = Membership.objects.filter(role__in=READERS)
    cases = Case.objects.filter(sample__in=samples).order_by()
    opened = cases.values_list("sample", "sample__collection__opens_on").distinct()
    for sample, since in opened:
        still = held.filter(Q(ended_on=None) | Q(ended_on__gte=since))
        found[sample] = dict.fromkeys(still.values_list("user", flat=True), Bar.ROLE)
    seen = BandsSeen.objects.filter(sample__in=samples).values_list(F("sample"), F("person"))
    for sample, person in seen:
        found[sample][person] = Bar.SEEN
    return found

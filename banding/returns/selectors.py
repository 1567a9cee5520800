"""Pupils placed at a school who are not on its return, and why (rules.md B6, S10); what somebody
typed about a return and has not saved.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from banding.choices import AWAY, OPEN_STATES, DecisionSource
from banding.models import BandDecision, Return, ReturnPupil
from banding.returns.homes import asked_by_now, homes_of
from banding.returns.progress import ReturnProgress
from banding_portal.due import Way
from banding_portal.kept_forms.selectors import kept_at
from schools.models import Placement, Pupil, School, User


@dataclass(frozen=True)
class NotListed:
    """Pupils placed at a school who are not on its return."""

    since: list[Pupil] = field(default_factory=list)
    """They belong on it, and came since it was sent in."""
    elsewhere: list[tuple[Pupil, School]] = field(default_factory=list)
    """They are placed at another school as well, which began later and is asked about them."""


def not_listed(pupil_return: Return) -> NotListed:
    """Who is placed at the school and not on its return, of a collection that goes on."""
    collection, school = pupil_return.collection, pupil_return.school
    if collection.closed_at:
        return NotListed()
    today = timezone.localdate()
    placed = Placement.objects.since(collection.reference_date).filter(school=school)
    listed = ReturnPupil.objects.filter(pupil_return=pupil_return)
    placed = placed.exclude(pupil__in=listed.values("pupil"))
    days = list(placed.values_list("pupil", "start", "end"))
    if not days:
        return NotListed()
    pupils, known_by = {pupil for pupil, _, _ in days}, max(collection.reference_date, today)
    now = {pupil for pupil, start, end in days if start <= known_by <= (end or known_by)}
    homes = homes_of(
        collection.framework, collection.sectors, collection.reference_date, today, pupils
    )
    own = {pupil for pupil, home in homes.items() if home.school == school.pk}
    own -= asked_by_now(collection, own)
    others = {pupil: homes[pupil].school for pupil in now & set(homes) - own}
    names = Pupil.objects.in_bulk([*own, *others])
    schools = School.objects.in_bulk(set(others.values()))
    return NotListed(
        since=in_order(names[pk] for pk in belonging(pupil_return, own)),
        elsewhere=[
            (pupil, schools[others[pupil.pk]]) for pupil in in_order(names[pk] for pk in others)
        ],
    )


def belonging(pupil_return: Return, pupils: Set[UUID]) -> Set[UUID]:
    """Those on a return that is sent in, unless another school has sent them in."""
    if pupil_return.state in OPEN_STATES or not pupils:
        return set()
    sent_in = ReturnPupil.objects.filter(collection=pupil_return.collection_id, pupil__in=pupils)
    sent_in = sent_in.exclude(change__in=AWAY).exclude(pupil_return__state__in=OPEN_STATES)
    return pupils - set(sent_in.values_list("pupil", flat=True))


def in_order(pupils: Iterable[Pupil]) -> list[Pupil]:
    return sorted(pupils, key=lambda pupil: (pupil.surname, pupil.forename, pupil.reference))


def has_outcomes(pupil_return: Return) -> bool:
    """Whether moderation has an outcome about it that its school may see by now (M11)."""
    if pupil_return.submitted_at is None or pupil_return.collection.holds_outcomes:
        return False
    outcomes = BandDecision.objects.in_force().filter(source=DecisionSource.MODERATION)
    return outcomes.filter(moderates__return_pupil__pupil_return=pupil_return).exists()


def unsaved_on(pupil_return: Return, progress: ReturnProgress, user: User) -> list[Way]:
    """The pages of an open return on which the person typed what they have not saved: by pupil."""
    if pupil_return.state not in OPEN_STATES:
        return []
    pages = [
        (reverse(f"banding:{page}", args=[line.row.pk]), str(line.pupil))
        for line in progress.lines
        for page in ("decision_edit", "pupil_change")
    ]
    about = [pupil_return.pk]
    pages.append((reverse("banding:return_grid", args=about), "Band all pupils on one page"))
    pages.append((reverse("banding:joiner_create", args=about), "Add a pupil who joined"))
    kept = kept_at(user, [path for path, _ in pages])
    return [Way(words, path) for path, words in pages if path in kept]

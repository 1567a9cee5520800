"""Taking cases back from who has not begun them in time (M4)."""

from django.utils import timezone

from banding_portal.verbs import verb
from moderation.actions.samples import sample_actions
from moderation.leases.selectors import lapsed
from moderation.models import Case, Sample
from moderation.services.assignment import take_off
from schools.models import User


@verb
def take_back_lapsed(*, sample: Sample, by: User) -> int:
    """Take every case of the sample that was kept too long from who has not begun it.

    They are to be given out again then. Returns how many were taken. Raises RefusalError where
    there is none.
    """
    sample_actions(sample, by).require("take_back")
    held = Case.objects.select_for_update(of=("self",)).filter(sample=sample)
    locked = list(held.order_by("pk").values_list("pk", flat=True))
    cases = held.select_related("moderator", "second_moderator").in_bulk(locked)
    found = lapsed(Case.objects.filter(pk__in=locked), timezone.localdate())
    taken = 0
    who = found.values_list("pk", "first_lapsed", "second_lapsed")  # type: ignore[misc]
    for pk, first, second in who:
        case = cases[pk]
        judges = ((case.moderator, first), (case.second_moderator, second))
        for person in [one for one, too_long in judges if one and too_long]:
            take_off(case, person, by=by)
        taken += 1
    return taken

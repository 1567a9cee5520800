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
    cases = lapsed(Case.objects.filter(pk__in=locked), timezone.localdate())
    taken = 0
    for case in cases.select_related("moderator", "second_moderator"):
        gone = [
            person
            for person, too_long in (
                (case.moderator, case.first_lapsed),
                (case.second_moderator, case.second_lapsed),
            )
            if person and too_long
        ]
        for person in gone:
            take_off(case, person, by=by)
        taken += bool(gone)
    return taken

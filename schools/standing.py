"""How people and records stand: for the administrator who has not signed in, for auditors what was
put right.
"""

import datetime as dt

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from banding_portal.counting import counts_for
from banding_portal.roles import ADMINISTRATOR, AUDITOR
from banding_portal.standing import Standing
from banding_portal.words import number
from schools.models import Correction, User
from schools.selectors.people import EVER
from schools.training.standing import training_at_schools

LATELY = dt.timedelta(weeks=4)


def standing_of(user: User) -> list[Standing]:
    """For the home page; one query a role, three for a headteacher."""
    found = [people(user)] if user.has_role(*ADMINISTRATOR) else []
    found += training_at_schools(user)
    return [*found, corrections(user)] if user.has_role(*AUDITOR) else found


def people(user: User) -> Standing:
    counts = counts_for(user)
    return Standing(
        title="People who use the portal",
        url=f"{reverse('schools:person_list')}?quiet={EVER}",
        action="See who has not signed in yet",
        figures=[
            ("People", number(counts["people"])),
            ("Have not signed in yet", number(counts["never_signed_in"])),
            ("Not signed in for 3 months", number(counts["gone_quiet"])),
        ],
    )


def corrections(user: User) -> Standing:
    lately = Correction.objects.visible_to(user).filter(made_at__gte=timezone.now() - LATELY)
    counts = lately.aggregate(
        made=Count("pk"), pupils=Count("pupil", distinct=True), undone=Count("undone_at")
    )
    return Standing(
        title="Records put right in the last 4 weeks",
        url=f"{reverse('audit')}?kind={Correction._meta.label_lower}",
        action="See the corrections",
        figures=[
            ("Corrections", number(counts["made"])),
            ("Pupils", number(counts["pupils"])),
            ("Taken back", number(counts["undone"])),
        ],
    )

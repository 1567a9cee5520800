"""Tell moderators who have cases to judge that their calibration lapses, or has lapsed (M12)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.models import Notice
from banding_portal.notices.services import Happening, notify
from banding_portal.verbs import verb
from banding_portal.words import day
from banding_portal.working_days import is_working_day, working_day_on_or_before
from moderation.calibration.rules import REMIND_BEFORE, Standing, lapses_on
from moderation.calibration.selectors import Calibrated, calibrations_of, with_training_cases
from moderation.models import Case
from moderation.selectors.moderators import moderators

CALIBRATION = "calibration"
"""How the keys of these reminders begin."""


@verb
def tell_of_lapsing(*, on: dt.date) -> None:
    """Once a set and day of lapsing, to who has cases of its framework left to judge. None at
    weekends and on bank holidays: the working day before that is early enough.
    """
    if not is_working_day(on):
        return
    frameworks = {one.pk: one for one in with_training_cases()}
    people = {one.pk: one for one in moderators()} if frameworks else {}
    for framework, judging in still_judging_under(set(frameworks)).items():
        wanted = [people[pk] for pk in judging if pk in people]
        stands = calibrations_of(wanted, [frameworks[framework]])
        notify(NoticeKind.CASES, list(reminders(stands, on)))


def still_judging_under(frameworks: set[UUID]) -> dict[UUID, set[UUID]]:
    """Framework to who has a case of it left to judge."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for person in moderators():
        rows = Case.objects.to_judge(person).filter(decision__framework__in=frameworks)
        for framework in rows.order_by().values_list("decision__framework", flat=True):
            found[framework].add(person.pk)
    return found


def reminders(stands: list[Calibrated], on: dt.date) -> Iterator[Happening]:
    for one in stands:
        if one.last is None or one.standing == Standing.BELOW:
            continue
        ends = lapses_on(one.last.on, one.rules.days)
        if on < working_day_on_or_before(ends - dt.timedelta(days=REMIND_BEFORE)):
            continue
        lapsed = on >= ends
        said = "lapsed" if lapsed else "lapses"
        yield Happening(
            [one.moderator.pk],
            key=f"{CALIBRATION} {said} {one.framework.pk} {ends}",
            title=lapsing_words(str(one.framework), said, ends),
            path=reverse("moderation:calibration"),
        )


def lapsing_words(framework: str, said: str, ends: dt.date) -> str:
    return f"Your calibration for {framework} {said} on {day(ends)}"


def is_still_so(notice: Notice) -> bool:
    """Whether a reminder would still be told today; everything else told stays so."""
    if not notice.key.startswith(CALIBRATION):
        return True
    _, _, wanted, _ = notice.key.split()
    person = notice.recipient
    frameworks = [one for one in with_training_cases() if str(one.pk) == wanted]
    judging = Case.objects.to_judge(person).filter(decision__framework__in=frameworks)
    if not judging.exists():
        return False
    stands = calibrations_of([person], frameworks)
    return notice.key in {each.key for each in reminders(stands, timezone.localdate())}

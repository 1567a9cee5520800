"""Giving the open cases of somebody who left, or is away, to somebody else (M4)."""

from dataclasses import dataclass
from uuid import UUID

from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from moderation.actions.work import work_actions
from moderation.choices import CaseState
from moderation.models import Case, Judgement
from moderation.selectors.conflicts import Bars, bars_to_judging
from moderation.selectors.moderators import moderators
from moderation.services.telling import tell_moderators
from schools.models import User


@dataclass(frozen=True)
class HandedOver:
    """What came of it."""

    given: int
    kept: int
    """Cases the other person may not judge, or judges already: they stay."""


@verb
def hand_over_cases(*, person: User, to: User, by: User) -> HandedOver:
    """Give `to` every case that `person` has still to judge; drafts of judgements are dropped.

    What somebody has judged stays theirs. A case of a school that `to` works or worked for
    stays, and so does one they judge already. Raises RefusalError for who does not moderate.
    """
    work_actions(person, by).require("hand_over")
    if person.pk == to.pk or not moderators().filter(pk=to.pk).exists():
        raise RefusalError("Choose another moderator.", field="to")
    held = cases_still_to_judge(person)
    bars = bars_to_judging(case.pk for case in held)
    given = [case for case in held if may_take(case, to.pk, bars)]
    for case in given:
        name = "moderator" if case.moderator_id == person.pk else "second_moderator"
        setattr(case, name, to)
        case.save(update_fields=[name])
    Judgement.objects.filter(case__in=given, moderator=person).delete()
    tell_moderators({to.pk: given})
    return HandedOver(len(given), len(held) - len(given))


def cases_still_to_judge(person: User) -> list[Case]:
    """Locked first: a judgement that is being locked meanwhile is seen."""
    rows = Case.objects.given_to(person).filter(state=CaseState.ASSIGNED)
    held = rows.select_for_update(of=("self",)).select_related("decision").order_by("reference")
    locked = list(held)
    judged = Judgement.objects.filter(case__in=locked, moderator=person).exclude(locked_at=None)
    done = set(judged.values_list("case", flat=True))
    return [case for case in locked if case.pk not in done]


def may_take(case: Case, judge: UUID, bars: Bars) -> bool:
    return judge not in bars[case.pk] and judge not in case.judge_ids

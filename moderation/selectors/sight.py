"""What a person may see of a case and of a sample, whatever their roles (M4, M9)."""

from enum import Enum
from uuid import UUID

from banding_portal.roles import MODERATION_OVERSIGHT
from moderation.choices import JUDGED_BY_ALL, CaseState
from moderation.models import Case, Judgement
from moderation.selectors.blind import BlindCase
from moderation.selectors.conflicts import conflict_of
from schools.models import User


class Stage(Enum):
    """What a person's page of a case shows."""

    JUDGING = "judging"
    COMPARING = "comparing"
    WAITING = "waiting"


def stage_of(case: Case | BlindCase, user: User) -> Stage:
    """What the person sees of a case, whatever their roles: the one answer to that (M4, M9).

    Judging until one's own judgement is locked. Comparing when everybody who judges the case has
    locked theirs and the person has judged all they were given of the sample: what comes to light
    case by case would let them guess the bands of those that are left. Nobody with a conflict of
    interest compares, and no moderator who does not judge it: it may be given to them yet.
    """
    judges = user.pk in case.judge_ids
    if judges and case.state == CaseState.ASSIGNED and not has_locked(case, user):
        return Stage.JUDGING
    theirs = has_locked(case, user) if judges else user.has_role(*MODERATION_OVERSIGHT)
    if not theirs or not everybody_judged(case) or still_judging(user, case.sample_id):
        return Stage.WAITING
    return Stage.WAITING if conflict_of(user, case) else Stage.COMPARING


def everybody_judged(case: Case | BlindCase) -> bool:
    """Whether nobody is left to judge it; a case withdrawn before that stays closed."""
    if case.state == CaseState.SETTLED:
        return all_locked(case.pk)
    return case.state in JUDGED_BY_ALL


def has_locked(case: Case | BlindCase, user: User) -> bool:
    """Whether the person's own judgement of the case is locked."""
    own = Judgement.objects.filter(case=case.pk, moderator=user)
    return own.exclude(locked_at=None).exists()


def all_locked(case: UUID) -> bool:
    """Whether there are judgements of the case and every one is locked."""
    locked = list(Judgement.objects.filter(case=case).values_list("locked_at", flat=True))
    return bool(locked) and None not in locked


def still_judging(user: User, sample: UUID) -> bool:
    """Whether the person has a judgement to make in the sample, or in another of its collection
    (their figures count together), so may not see its bands.
    """
    return Case.objects.filter(sample__collection__samples=sample).to_judge(user).exists()

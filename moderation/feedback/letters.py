"""Write what schools are told of outcomes into letters that never change (rules.md M11)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from banding.models import Return
from banding_portal.roles import MODERATION_LEAD
from moderation.choices import OutcomeKind, PanelCaseState
from moderation.feedback.models import LetterLine, OutcomeLetter
from moderation.feedback.selectors import RELATED
from moderation.models import Outcome, PanelCase
from moderation.models.cases import UPHELD_WORDS
from moderation.panels.rules import challenge_until, published_on
from schools.models import User


@dataclass(frozen=True)
class Told:
    """Something a school is told about a case: its outcome, or what a panel decided."""

    on: dt.date
    outcome: Outcome
    panel_case: PanelCase | None
    line: dict[str, Any]


def write_letters(*, on: dt.date, returns: QuerySet[Return] | None = None) -> int:
    """A letter a return and day of publication, with everything published by `on` that stands in
    none; of these returns or of all. Returns how many lines were written.

    However often it is run, and by how many at once: each return is held, and each line unique.
    """
    outcomes = not_in_letters(on)
    if returns is not None:
        outcomes = outcomes.filter(case__decision__return_pupil__pupil_return__in=returns)
    path = "case__decision__return_pupil__pupil_return"
    wanted = set(outcomes.order_by().values_list(path, flat=True))
    return sum(write_for(pk, on) for pk in sorted(wanted, key=str))


def not_in_letters(on: dt.date) -> QuerySet[Outcome]:
    """Published outcomes of which something stands in no letter yet."""
    lines = LetterLine.objects.filter(case=OuterRef("case"))
    decided = PanelCase.objects.filter(case=OuterRef("case"), state=PanelCaseState.DECIDED)
    later = decided.exclude(pk__in=LetterLine.objects.exclude(panel_case=None).values("panel_case"))
    held = Q(case__decision__collection__feedback_on__gt=on)
    outcomes = Outcome.objects.exclude(kind=OutcomeKind.WITHDRAWN).exclude(held)
    known = outcomes.exclude(case__decision__return_pupil=None)
    return known.filter(~Exists(lines) | Exists(later)).select_related(*RELATED)


@transaction.atomic
def write_for(pupil_return: UUID, on: dt.date) -> int:
    held = Return.objects.select_for_update(of=("self",)).select_related("school", "collection")
    owner = held.get(pk=pupil_return)
    outcomes = not_in_letters(on).filter(case__decision__return_pupil__pupil_return=owner)
    by_day: dict[dt.date, list[Told]] = defaultdict(list)
    for each in told_of(list(outcomes)):
        if each.on <= on:
            by_day[day_of_letter(owner, each.on)].append(each)
    for day, told in sorted(by_day.items()):
        letter = OutcomeLetter.objects.filter(pupil_return=owner, published_on=day).first()
        letter = letter or OutcomeLetter.objects.create(
            pupil_return=owner,
            published_on=day,
            reference=f"{owner.collection.code}-{owner.school.urn}-{day:%Y%m%d}",
            contact=contact_for(told[0].outcome),
        )
        LetterLine.objects.bulk_create(
            LetterLine(
                letter=letter,
                case_id=each.outcome.case_id,
                panel_case=each.panel_case,
                **each.line,
            )
            for each in told
        )
    return sum(map(len, by_day.values()))


def day_of_letter(owner: Return, day: dt.date) -> dt.date:
    """Today where the letter of that day was written on an earlier one: it stays as it is."""
    today = timezone.localdate()
    letter = OutcomeLetter.objects.filter(pupil_return=owner, published_on=day).first()
    closed = letter is not None and timezone.localdate(letter.made_at) < today
    return today if closed else day


def told_of(outcomes: Sequence[Outcome]) -> Iterator[Told]:
    """The outcome as it was first, and the decision of a panel on a challenge."""
    cases = [one.case_id for one in outcomes]
    lines = set(LetterLine.objects.filter(case__in=cases).values_list("case", "panel_case"))
    decided = PanelCase.objects.filter(case__in=cases, state=PanelCaseState.DECIDED)
    panels = {one.case_id: one for one in decided.select_related("before_band")}
    for outcome in outcomes:
        item = panels.get(outcome.case_id)
        challenged = item if item and item.is_challenge else None
        first = first_line(outcome, item, challenged)
        if (outcome.case_id, first.panel_case and first.panel_case.pk) not in lines:
            yield first
        if challenged and (outcome.case_id, challenged.pk) not in lines:
            yield decision_line(outcome, challenged)


def first_line(outcome: Outcome, item: PanelCase | None, challenged: PanelCase | None) -> Told:
    feedback = feedback_of(outcome)
    recorded = timezone.localdate(outcome.recorded_at)
    on = published_on(recorded, feedback)
    if challenged is None:
        line = line_of(outcome) | {"challenge_until": None if item else challenge_until(on)}
        return Told(on, outcome, item, line)
    line = line_of(outcome) | {
        "agreed_band": challenged.before_band.name if challenged.before_band else "",
        "effective_from": challenged.before_from,
        "reason": challenged.before_reason or upheld_words(challenged),
        "challenge_until": challenge_until(on),
    }
    return Told(on, outcome, None, line)


def upheld_words(item: PanelCase) -> str:
    return UPHELD_WORDS if item.before_kind == OutcomeKind.UPHELD else ""


def decision_line(outcome: Outcome, item: PanelCase) -> Told:
    assert item.decided_at is not None  # noqa: S101 - it is decided
    on = published_on(timezone.localdate(item.decided_at), feedback_of(outcome))
    return Told(on, outcome, item, line_of(outcome) | {"challenge_until": None})


def feedback_of(outcome: Outcome) -> dt.date | None:
    collection = outcome.case.decision.collection
    return collection.feedback_on if collection else None


def line_of(outcome: Outcome) -> dict[str, Any]:
    decision = outcome.case.decision
    return {
        "pupil": decision.pupil.display_name,
        "school_band": str(decision.band),
        "agreed_band": str(outcome.band),
        "effective_from": outcome.effective_from,
        "reason": outcome.explanation,
    }


def contact_for(outcome: Outcome) -> str:
    """The lead who drew the sample, or another one, by name and email."""
    leads = User.objects.holding(MODERATION_LEAD).order_by("name")
    drew = outcome.case.sample.drawn_by_id
    found = next((one for one in leads if one.pk == drew), leads.first())
    told = f"{found}, moderation lead, {settings.LA_NAME}, {found.email}" if found else ""
    return told or settings.LA_NAME

"""What the pages of a decision show of the pupil beside the form."""

from typing import Any

from django.utils import timezone

from banding.choices import (
    ChangeRequestState,
    DecisionSource,
    DecisionState,
    RequestState,
    RoundList,
)
from banding.decisions.forms import DecisionForm
from banding.decisions.selectors import decisions_over_time, standings, with_levels
from banding.marks.selectors import marks_of
from banding.models import BandDecision, ChangeRequest, ExceptionalRequest, ReturnPupil
from banding.returns.progress import PupilLine, last_decisions
from banding_portal.roles import BANDING_SCHOOL_ROLES
from banding_portal.words import day


def known_of(line: PupilLine, user: Any) -> dict[str, Any]:
    """What is known of the pupil, beside the form."""
    over_time = standings(decisions_over_time(line.pupil, user), timezone.localdate())
    requests = ExceptionalRequest.objects.filter(return_pupil=line.row)
    own = line.row.pupil_return.is_own(user, BANDING_SCHOOL_ROLES)
    marks = marks_of(line.row)
    to_look_at = [mark for mark in marks if mark.looked_at is None]
    return {
        "to_look_at": to_look_at,
        "looked_at": [mark for mark in marks if mark.looked_at],
        "shown_marks": ",".join(str(mark.pk) for mark in to_look_at),
        "shows_note": own,
        "earlier_notes": earlier_notes(line.row) if own else [],
        "line": line,
        "pupil": line.pupil,
        "plan": plan_of(line),
        "outcome": outcome_of(over_time, line),
        "earlier": [each for each in over_time if each != line.submitted],
        "change_requests": change_requests_of(line.row),
        "exceptional": requests.exclude(state=RequestState.WITHDRAWN).last(),
    }


def stands_as(line: PupilLine) -> str:
    """How a pupil comes through a round of whom the school told nothing, as a sentence: the band
    that goes on, and whose it is (B10). Empty where there is none yet.
    """
    standing, rolled = line.standing, line.rolled
    if standing is None or standing.list == RoundList.TO_TELL or not standing.is_own:
        return ""
    stays = standing.list == RoundList.CARRYING_ON
    if rolled is None:
        return "Carries on." if stays else f"{standing.why or 'Leaves'}."
    start = "Carries on with" if stays else "Leaves with"
    return f"{start} {rolled.band}, {made_by(rolled)}."


def made_by(decision: BandDecision) -> str:
    """“decided by Sam Carter on 5 November 2026”; who moderated is not told."""
    if decision.source == DecisionSource.AUTHORITY:
        since = day(decision.effective_from)
        return f"entered by the authority, in effect from {since}"
    who: Any = {
        DecisionSource.PANEL: "the panel",
        DecisionSource.MODERATION: "the moderators",
    }.get(DecisionSource(decision.source), decision.decided_by or "the school")
    return f"decided by {who} on {day(decision.submitted_at)}"


def outcome_of(seen: list[BandDecision], line: PupilLine) -> dict[str, Any] | None:
    """What moderation made of the school's decision, as far as the person may see it (M11)."""
    collection = line.row.pupil_return.collection_id
    outcomes = (
        each
        for each in seen
        if each.source == DecisionSource.MODERATION
        and each.collection_id == collection
        and each.state == DecisionState.SUBMITTED
    )
    found = next(outcomes, None)
    if found is None:
        return None
    theirs = {one.area_id: one.level for one in chosen_levels(line.submitted)}
    rows = [
        {
            "area": one.area.name,
            "school": theirs.get(one.area_id),
            "moderation": one.level,
            "differs": theirs.get(one.area_id) not in (None, one.level),
        }
        for one in chosen_levels(found)
    ]
    return {"decision": found, "levels": rows}


def change_requests_of(row: ReturnPupil) -> list[ChangeRequest]:
    """What the school has asked for since the return was accepted, the newest first."""
    asked = row.change_requests.exclude(state=ChangeRequestState.WITHDRAWN)
    return list(asked.select_related("band").order_by("-asked_at"))


def earlier_notes(row: ReturnPupil) -> list[ReturnPupil]:
    """The notes of the same school about the pupil on its other returns, newest first."""
    school = row.pupil_return.school_id
    found = ReturnPupil.everything.filter(pupil=row.pupil_id, pupil_return__school=school)
    found = found.exclude(pk=row.pk).exclude(school_note="")
    return list(
        found.select_related("pupil_return__collection").order_by("-collection__reference_date")
    )


def plan_of(line: PupilLine) -> Any:
    since = line.row.pupil_return.collection.reference_date
    plans = line.pupil.plans.since(since).filter(plan_type=line.row.plan_type)
    return plans.order_by("start").last()


def chosen_levels(decision: BandDecision | None) -> list[Any]:
    return list(decision.levels.select_related("area", "level")) if decision else []


def both_answers(form: DecisionForm, theirs: BandDecision | None) -> list[dict[str, Any]]:
    """Every answer as saved and as typed."""
    saved = {c.area_id: c.level for c in chosen_levels(theirs)}
    mine = form.choice
    answers = []
    for area in form.areas:
        levels = {level.code: level for level in area.levels.all()}
        chosen = levels.get(mine["levels"][area.code], "")
        answers.append({"name": area.name, "theirs": saved.get(area.pk, ""), "mine": chosen})
    for key, name in (
        ("band", "Band"),
        ("difference_reason", "Reason for a different band"),
        ("rationale", "Rationale"),
    ):
        answers.append({"name": name, "theirs": getattr(theirs, key, None), "mine": mine[key]})
    for each in form.evidence:
        code, kept = each["code"], theirs.evidence if theirs else {}
        pair = {"theirs": kept.get(code, ""), "mine": mine["evidence"].get(code, "")}
        answers.append({"name": each["label"], **pair})
    return answers


def last_time(row: ReturnPupil) -> BandDecision | None:
    """Last time's decision with its levels, where it was made under the same framework."""
    last = last_decisions(row.pupil_return, [row]).get(row.pupil_id)
    if last is None or last.framework_id != row.pupil_return.collection.framework_id:
        return None
    return with_levels([last.pk])[last.pk]


def place_of(row: ReturnPupil) -> dict[str, Any]:
    """Which pupil of how many this is, and who stands before and after."""
    rows = list(ReturnPupil.objects.filter(pupil_return=row.pupil_return).select_related("pupil"))
    at = [each.pk for each in rows].index(row.pk) if row in rows else 0
    return {
        "number": at + 1,
        "total": len(rows),
        "previous": rows[at - 1] if at else None,
        "following": rows[at + 1] if at + 1 < len(rows) else None,
    }

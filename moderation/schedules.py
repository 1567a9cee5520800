"""Reminders of moderation that the portal sends by itself (rules.md R10)."""

import datetime as dt

from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.schedules import COLLECTION, SCHOOL, Schedule, Step
from banding_portal.working_days import working_day_after
from moderation.calibration.rules import REMIND_BEFORE
from moderation.calibration.telling import lapsing_words
from moderation.evidence.rules import REMINDED_DAYS
from moderation.evidence.telling import OVERDUE, OVERDUE_TO_ASKER, due_words
from moderation.panels.reminding import BEFORE, last_day_words, meeting_words

HEADS = "SENCOs and headteachers of the school"
CASE = "Case [number]"
FRAMEWORK = "[framework]"


def schedules() -> list[Schedule]:
    return [evidence(), challenges(), panels(), calibration()]


def evidence() -> Schedule:
    """One reminder before it is due, and what both sides hear once it is overdue."""
    before = f"{REMINDED_DAYS} working days before the answer is due"
    after = "The working day after it was due"
    return Schedule(
        "Evidence that a school is asked for",
        "They stop when the school has answered, or the request is withdrawn.",
        [
            Step(
                before,
                HEADS,
                lambda on: f"{COLLECTION}: {due_words(working_day_after(on, REMINDED_DAYS))}",
                NoticeKind.EVIDENCE,
                SCHOOL,
            ),
            Step(after, HEADS, lambda on: f"{COLLECTION}: {OVERDUE}", NoticeKind.EVIDENCE, SCHOOL),
            Step(
                after,
                "The moderator who asked",
                lambda on: f"{CASE}: {OVERDUE_TO_ASKER}",
                NoticeKind.EVIDENCE_IN,
            ),
        ],
    )


def challenges() -> Schedule:
    step = Step(
        f"{BEFORE} working days before the last day",
        HEADS,
        lambda on: last_day_words(COLLECTION, working_day_after(on, BEFORE)),
        NoticeKind.OUTCOME,
        SCHOOL,
    )
    ends = "They stop when the school has challenged, or the last day is over."
    return Schedule("Outcomes that a school can challenge", ends, [step])


def panels() -> Schedule:
    step = Step(
        f"{BEFORE} working days before it meets",
        "Its members",
        lambda on: meeting_words(working_day_after(on, BEFORE)),
        NoticeKind.PANEL_CALLED,
    )
    ends = "There is none where the panel has no case on its agenda."
    return Schedule("Panels of moderation", ends, [step])


def calibration() -> Schedule:
    before = Step(
        f"{REMIND_BEFORE} days before it lapses, or the working day before that",
        "Moderators with cases left to judge",
        lambda on: lapsing_words(FRAMEWORK, "lapses", on + dt.timedelta(days=REMIND_BEFORE)),
        NoticeKind.CASES,
    )
    after = Step(
        "The working day on which it lapses, or the next",
        "The same moderators",
        lambda on: lapsing_words(FRAMEWORK, "lapsed", on),
        NoticeKind.CASES,
    )
    ends = "They stop when the moderator is calibrated again, or has no case left to judge."
    return Schedule("Calibration of moderators", ends, [before, after])

"""Reminders of funding that the portal sends by itself (rules.md R10)."""

from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.schedules import Schedule, Step
from funding.services.reminding import LYING, draft_words


def schedules() -> list[Schedule]:
    who = "The finance officer who prepared it, else every finance officer"
    return [
        Schedule(
            "Runs that stay drafts",
            "They stop when the run is sent for checking, or deleted.",
            [
                Step(
                    "After each week as a draft",
                    who,
                    lambda on: draft_words("[period]", on - LYING),
                    NoticeKind.DRAFT,
                )
            ],
        )
    ]

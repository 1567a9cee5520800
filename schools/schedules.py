"""Reminders of queries that the portal sends by itself (rules.md R10)."""

from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.schedules import SCHOOL, Schedule, Step
from banding_portal.working_days import working_day_after, working_day_before
from schools.queries.services.reminding import due_words, nobody_words


def schedules() -> list[Schedule]:
    return [
        Schedule(
            "Queries of schools",
            "They stop when the query is answered, closed or merged.",
            [
                Step(
                    "The working day before the answer is due",
                    "Whoever owns the query",
                    lambda on: due_words("is", working_day_after(on, 1)),
                    NoticeKind.QUERY_DUE,
                    SCHOOL,
                ),
                Step(
                    "The working day after it was due",
                    "Whoever owns the query",
                    lambda on: due_words("was", working_day_before(on, 1)),
                    NoticeKind.QUERY_DUE,
                    SCHOOL,
                ),
                Step(
                    "The working day after it was due, where nobody owns it",
                    "Everybody who may answer it",
                    lambda on: nobody_words(working_day_before(on, 1)),
                    NoticeKind.QUERY_DUE,
                ),
            ],
        )
    ]

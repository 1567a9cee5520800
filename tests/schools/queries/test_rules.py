"""Who answers what, names in texts, and times to answer."""

import datetime as dt

import pytest

from banding_portal.roles import Role
from schools.choices import QueryCategory
from schools.queries.rules import Asked, categories_answered_by, times_by_category

FRIDAY = dt.date(2026, 11, 27)


@pytest.mark.parametrize(
    ("roles", "categories"),
    [
        ({Role.SEND_OFFICER}, set(QueryCategory.values)),
        ({Role.ADMINISTRATOR}, {"returns", "portal", "other"}),
        ({Role.FINANCE_OFFICER}, {"funding", "other"}),
        ({Role.ADMINISTRATOR, Role.MODERATOR}, set()),
        ({Role.ADMINISTRATOR, Role.MODERATION_LEAD}, set()),
        ({Role.INCLUSION_PARTNER}, set()),
        ({Role.SENCO, Role.FINANCE_AUTHORISER}, set()),
    ],
)
def test_who_answers_which_category(roles, categories):
    assert categories_answered_by(roles) == categories


def asked(category="bands", days=None, *, waits=False):
    answered = FRIDAY + dt.timedelta(days=days) if days is not None else None
    return Asked(category, FRIDAY, answered, waits)


def test_times_by_category():
    queries = [
        asked(days=0),
        asked(days=3),  # Monday, one working day
        asked(days=10),  # Monday after next, six
        asked(waits=True),
        asked("funding", days=7),
    ]
    bands, funding, total = times_by_category(queries, within=5)
    assert (bands.label, bands.asked, bands.answered, bands.waiting) == (
        "Bands and descriptors",
        4,
        3,
        1,
    )
    assert (bands.in_time, bands.usual, bands.longest) == (2, 1, 6)
    assert (funding.usual, funding.longest, funding.share) == (5, 5, 1)
    assert (total.label, total.asked, total.in_time, total.share) == ("All", 5, 3, 0.75)


def test_times_of_nothing():
    (total,) = times_by_category([], within=5)
    assert (total.asked, total.share, total.usual, total.longest) == (0, None, None, None)

"""A school that closed and became others, for the tests."""

import datetime as dt

from schools.choices import SchoolStatus
from schools.models import SchoolLink
from tests.factories import QuadrantFactory, SchoolFactory

CLOSED_ON = dt.date(2026, 10, 31)


def converted(*names, **facts):
    """`old, new = converted("New")`: a closed school and what it became, in no quadrant yet."""
    given = {"name": "Brook Primary School", "status": SchoolStatus.CLOSED, "closed_on": CLOSED_ON}
    old = SchoolFactory(quadrant=QuadrantFactory(code="east"), **given | facts)
    became = [SchoolFactory(name=name, quadrant=None, opened_on=CLOSED_ON) for name in names]
    for new in became:
        SchoolLink.objects.create(school=old, linked_urn=new.urn, kind="Successor")
    return old, *became

"""Adjustments and protection worked out again from what is stored (F7, F8, F10)."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from banding_portal.database.owner import as_who_connected
from banding_portal.roles import Role
from funding.calculation.reperforming import StoredPiece, amounts_of
from funding.models import Line, Run
from funding.selectors.line_files import hash_lines
from funding.selectors.verifying import verify
from funding.services.adding_up import control_total
from funding.services.protecting import set_protection
from schools.services.pupils import end_placement
from tests.factories import PeriodFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import draft, published

SEPTEMBER, OCTOBER = dt.date(2026, 9, 1), dt.date(2026, 10, 31)


def piece(due, published, days, start=SEPTEMBER):
    amounts = (Decimal(each) if each else None for each in (due, published))
    return StoredPiece(start, *amounts, Fraction(days, 366))


def test_each_piece_is_rounded_and_the_largest_takes_what_is_left():
    pieces = [piece("1000", None, 10), piece(None, "3660", 61, OCTOBER)]
    found = amounts_of(pieces, difference=Decimal("-582.67"), lines_before=1)
    assert found == [Decimal("27.32"), Decimal("-609.99")]
    assert sum(found) == Decimal("-582.67")


def test_what_no_day_explains_takes_the_rest():
    pieces = [piece("1000", None, 10), piece(None, None, 122)]
    found = amounts_of(pieces, difference=Decimal("127.32"), lines_before=1)
    assert found == [Decimal("27.32"), Decimal("100.00")]


def test_more_than_rounding_is_given_to_none():
    [found] = amounts_of([piece("3660", None, 61)], difference=Decimal(700), lines_before=1)
    assert found == Decimal("610.00")


@pytest.fixture
def adjusting(db):
    """A draft that takes back November and December from a pupil who left."""
    set_value()
    period = PeriodFactory()
    pupil = funded_pupil()
    published(period)
    officer = person(Role.SEND_OFFICER)
    end_placement(placement=pupil.placements.get(), end=OCTOBER, by=officer)
    return draft(period)


def bend(run, kind, **fields):
    """Past the portal, and so well that hash and total agree again."""
    with as_who_connected():
        assert Line.objects.filter(run=run, kind=kind).update(**fields) == 1
    facts = {"lines_hash": hash_lines(run.pk), "control_total": control_total(run)}
    Run.objects.filter(pk=run.pk).update(**facts)
    run.refresh_from_db()
    return verify(run).differences


def test_adjustment_is_worked_out_again(adjusting):
    found = verify(adjusting)
    assert (found.performed, found.differences) == (1, ())


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"amount": Decimal("-609.99")}, "the line says −£609.99, its facts give −£610.00."),
        (
            {"published_total": Decimal("1219.00")},
            "£1,220.00 was published before, the adjustment says £1,219.00.",
        ),
        (
            {"was_annual": Decimal(3000)},
            "£3,660.00 a year was published, the adjustment says £3,000.00.",
        ),
        (
            {"due_total": Decimal(600)},
            "the days that differ come to −£610.00, due less published is −£620.00.",
        ),
    ],
)
def test_bent_adjustment_is_found(adjusting, fields, said):
    found = bend(adjusting, "adjustment", **fields)
    assert said in " ".join(found)


@pytest.mark.django_db
def test_published_adjustment_is_worked_out_again_after_more_was_published(adjusting):
    first = adjusting.period.runs.get(sequence=1)
    second = published(adjusting.period)
    set_value("B", "1830.00", effective_from=SEPTEMBER)
    third = published(adjusting.period)
    assert [verify(run).differences for run in (first, second, third)] == [(), (), ()]


@pytest.fixture
def protected(db):
    set_value("B", "3660.00")
    set_value("B", "1830.00", effective_from=SEPTEMBER)
    funded_pupil()
    set_protection(
        sector="mainstream",
        kind="floor",
        changed_on=SEPTEMBER,
        starts_on=SEPTEMBER,
        ends_on=OCTOBER,
        share=Decimal("0.975"),
        by=person(Role.FINANCE_OFFICER),
    )
    return draft()


def test_protection_is_worked_out_again(protected):
    found = verify(protected)
    assert (found.performed, found.differences) == (2, ())


@pytest.mark.parametrize(
    "fields",
    [
        {"amount": Decimal("289.74")},
        {"share": Decimal("0.98")},
        {"was_annual": Decimal(3661)},
        {"protected_as": "phased"},
    ],
)
def test_bent_protection_is_found(protected, fields):
    [said] = bend(protected, "protection", **fields)
    assert "its facts give" in said


@pytest.mark.django_db
def test_bent_claim_is_found():
    set_value()
    funded_pupil(responsible_la="998")
    run = draft()
    assert verify(run).differences == ()
    [said] = bend(run, "other_la", claim=Decimal(1))
    assert "the line says £1.00, its facts give £1,220.00." in said

"""Payment calendars (F1): loading, replacing, and every refusal with its sentence."""

import datetime as dt
import json

import pytest
from django.db import transaction

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.models import PaymentCalendar, Period, Run
from funding.services.calendars import import_payment_calendar
from funding.services.publishing import publish_run, send_for_checking
from funding.services.runs import calculate_run
from tests.factories import person
from tests.funding.funded import funded_pupil, set_value
from tests.shared_data import SHARED_DATA, needs_shared_data

pytestmark = pytest.mark.django_db
DATES = ("start", "end", "count_date")


def calendar(**changes) -> dict:
    autumn = {
        "code": "2026-autumn",
        "name": "Autumn term 2026",
        "start": "2026-09-01",
        "end": "2026-12-31",
        "count_date": "2026-10-01",
        "numerator": 4,
        "denominator": 12,
    }
    rest = {
        "code": "2027-rest",
        "name": "Rest of the year",
        "start": "2027-01-01",
        "end": "2027-08-31",
        "count_date": "2027-01-15",
        "numerator": 8,
        "denominator": 12,
    }
    data = {"year": "2026-27", "proration": "calendar_days", "periods": [autumn, rest]}
    return data | changes


def changed(place: int, **fields) -> dict:
    data = calendar()
    data["periods"][place] |= fields
    return data


def run(data):
    content = data if isinstance(data, bytes) else json.dumps(data).encode()
    with transaction.atomic():
        result = import_payment_calendar(
            lambda done, total: None, filename="calendar.json", content=content
        )
        if result.issues:
            transaction.set_rollback(True)
    return result


def load(data) -> str:
    return run(data).preview["change"]


def problems_of(data) -> list[str]:
    """Every sentence, behind its path where it has one."""
    return [
        f"{issue.heading}: {issue.message}" if issue.heading else issue.message
        for issue in run(data).issues
    ]


def test_calendar_is_loaded_once():
    assert [load(calendar()), load(calendar())] == ["created", "unchanged"]
    assert PaymentCalendar.objects.get().proration == "calendar_days"
    assert list(Period.objects.values_list("code", "start", "numerator")) == [
        ("2026-autumn", dt.date(2026, 9, 1), 4),
        ("2027-rest", dt.date(2027, 1, 1), 8),
    ]


@needs_shared_data
@pytest.mark.parametrize("name", ["calendar_2019-20.json", "calendar_2026-27.json"])
def test_sample_calendars_load(name):
    assert run((SHARED_DATA / name).read_bytes()).preview["counts"] == {"periods": 3}
    assert Period.objects.count() == 3


@pytest.mark.parametrize(
    ("data", "sentences"),
    [
        (b"{", ["The file is not JSON: something is wrong in line 1, at character 2."]),
        (b"\xff{}", ["The file is not JSON in UTF-8."]),
        (b'{"year": 1, "year": 2}', ["The key “year” is there twice in one object."]),
        (b'{"year": NaN}', ["The file is not JSON: NaN is not a number."]),
        (b"[" * 100_000, ["The file is not JSON in UTF-8."]),
        (b"[]", ["The file must be an object with year, proration and a list of periods."]),
        (calendar(periods=[]), ["periods: The calendar has no periods."]),
        (calendar(periods=None), ["periods: The calendar has no list of periods."]),
        (calendar(year="26/27"), ["year: Write the year like 2026-27."]),
        (
            calendar(proration="hours"),
            [("proration: The proration must be one of calendar_days, whole_period, school_days.")],
        ),
        (
            calendar(proration="school_days"),
            [
                (
                    "2027-rest goes over 31 March. Paid by school days, a period lies in one "
                    "financial year."
                )
            ],
        ),
        (
            changed(1, numerator=7),
            ["periods: The fractions must add up to 1, but 4/12 + 7/12 is 11/12."],
        ),
        (
            changed(1, start="2027-01-02"),
            [
                (
                    "periods: There is a gap between 2026-autumn, which ends on 31 December 2026, "
                    "and 2027-rest, which starts on 2 January 2027."
                )
            ],
        ),
        (changed(1, start="2026-12-31"), ["periods: 2026-autumn and 2027-rest overlap."]),
        (
            changed(0, count_date="2027-01-02"),
            ["periods: The count date of 2026-autumn is outside the period."],
        ),
        (
            changed(0, start="1 September", denominator="12"),
            [
                "periods[0].start: Write a date like 2026-09-01.",
                "periods[0].denominator: Write a whole number above zero.",
            ],
        ),
        (
            changed(0, end="2026-02-30", numerator=True, code="a b", name=" "),
            [
                "periods[0].code: The code is made of letters a to z, digits, - and _ only.",
                "periods[0].name: The name is empty.",
                "periods[0].end: Write a date like 2026-09-01.",
                "periods[0].numerator: Write a whole number above zero.",
            ],
        ),
        (
            calendar(periods=["autumn"]),
            [
                (
                    "periods[0]: A period is an object with code, name, start, end, count_date, "
                    "numerator and denominator."
                )
            ],
        ),
        (
            calendar(year=2026, periods=[{"code": "x", "name": "X"}]),
            [
                "year: Write the year like 2026-27.",
                *(f"periods[0].{key}: Write a date like 2026-09-01." for key in DATES),
                "periods[0].numerator: Write a whole number above zero.",
                "periods[0].denominator: Write a whole number above zero.",
            ],
        ),
    ],
)
def test_faulty_calendar_is_refused_whole(data, sentences):
    assert problems_of(data) == sentences
    assert not PaymentCalendar.objects.exists()


def test_what_was_given_is_told_and_cut_short():
    [issue] = run(calendar(year="x" * 100)).issues
    assert issue.value == "x" * 80


def test_replaced_calendar_is_told_period_by_period():
    load(calendar())
    told = run(changed(0, name="Autumn")).preview
    assert [(one["who"], one["old"][:23], one["new"][:7]) for one in told["changes"]] == [
        ("2026-27, 2026-autumn", "Autumn term 2026, 1 Sep", "Autumn,")
    ]
    assert told["notes"] == ["Draft runs of this calendar have to be calculated again."]


def test_calendar_of_another_year_may_not_overlap():
    load(calendar())
    assert problems_of(calendar(year="2027-28")) == [
        "The code 2026-autumn is used in the calendar 2026-27 already.",
        "The code 2027-rest is used in the calendar 2026-27 already.",
    ]
    other = calendar(year="2027-28")
    for period in other["periods"]:
        period["code"] += "-new"
    assert problems_of(other) == [
        "The periods overlap Autumn term 2026 of the calendar 2026-27.",
        "The periods overlap Rest of the year of the calendar 2026-27.",
    ]


def test_draft_of_a_replaced_calendar_has_to_be_calculated_again():
    set_value()
    funded_pupil()
    load(calendar())
    period = Period.objects.get(code="2026-autumn")
    run = calculate_run(period=period, by=None)
    moved = calendar(proration="whole_period")
    moved["periods"][0] |= {"end": "2026-12-30", "numerator": 3}
    moved["periods"][1] |= {"start": "2026-12-31", "numerator": 9}
    assert load(moved) == "updated"
    run.refresh_from_db()
    assert (run.lines.count(), run.lines_hash, run.control_total) == (0, "", 0)
    with pytest.raises(RefusalError, match="The payment calendar changed after this run"):
        send_for_checking(run=run, by=person(Role.FINANCE_OFFICER))
    again = calculate_run(period=period, by=None)
    assert (again.pk, str(again.control_total)) == (run.pk, "915.00")


def test_removed_period_takes_its_draft_along():
    load(calendar())
    calculate_run(period=Period.objects.get(code="2027-rest"), by=None)
    whole = calendar()["periods"][0] | {"end": "2027-08-31", "numerator": 12}
    assert load(calendar(periods=[whole])) == "updated"
    assert (Run.objects.count(), Period.objects.count()) == (0, 1)


@pytest.fixture
def published(db):
    load(calendar())
    set_value()
    funded_pupil()
    run = calculate_run(period=Period.objects.get(code="2026-autumn"), by=None)
    send_for_checking(run=run, by=person(Role.FINANCE_OFFICER))
    return publish_run(run=run, by=person(Role.FINANCE_AUTHORISER))


REFUSED = (
    "Autumn term 2026 cannot be changed in the calendar 2026-27, because a run for it has been "
    "published. Periods of which nothing is published can be."
)


def test_published_period_is_not_changed(published):
    assert problems_of(calendar(proration="whole_period")) == [REFUSED]
    assert problems_of(changed(0, count_date="2026-10-02")) == [REFUSED]
    renamed = calendar()["periods"][0] | {"code": "other"}
    rest = calendar()["periods"][1]
    assert problems_of(calendar(periods=[renamed, rest])) == [REFUSED]
    assert load(calendar()) == "unchanged"


def test_later_periods_of_a_year_are_put_right_after_one_is_published(published):
    later = calculate_run(period=Period.objects.get(code="2027-rest"), by=None)
    split = calendar()["periods"]
    spring = split[1] | {"code": "2027-spring", "end": "2027-03-31", "numerator": 3}
    summer = spring | {"code": "2027-summer", "start": "2027-04-01", "end": "2027-08-31"}
    summer |= {"count_date": "2027-05-14", "numerator": 5}
    assert load(calendar(periods=[split[0], spring, summer])) == "updated"
    codes = Period.objects.values_list("code", flat=True)
    assert list(codes) == ["2026-autumn", "2027-spring", "2027-summer"]
    assert list(Run.objects.values_list("pk", "state")) == [(published.pk, "published")]
    assert not Run.objects.filter(pk=later.pk).exists()


def test_changed_calendar_tells_what_it_does_to_payments():
    """£3,660 a year: 4 and 8 twelfths become 5 and 7."""
    load(calendar())
    set_value()
    funded_pupil()
    data = changed(0, numerator=5)
    data["periods"][1]["numerator"] = 7
    notes = run(data).preview["notes"]
    assert notes[:2] == [
        "Autumn term 2026: 1 line of 1 pupil, +\u2060£305.00 in all, from £1,220.00 to £1,525.00.",
        "Rest of the year: 1 line of 1 pupil, −£305.00 in all, from £2,440.00 to £2,135.00.",
    ]


def test_new_calendar_tells_what_its_periods_come_to():
    set_value()
    funded_pupil()
    assert run(calendar()).preview["notes"] == [
        "Autumn term 2026: 1 line of 1 pupil, +\u2060£1,220.00 in all, from £0.00 to £1,220.00.",
        "Rest of the year: 1 line of 1 pupil, +\u2060£2,440.00 in all, from £0.00 to £2,440.00.",
    ]


@pytest.mark.parametrize(("first_day", "asked"), [("2027-09-01", []), ("2027-09-03", ["gap"])])
def test_days_between_two_years_are_asked_about(first_day, asked):
    load(calendar())
    whole = calendar()["periods"][0] | {"code": "2027", "name": "Next year", "numerator": 12}
    whole |= {"start": first_day, "end": "2028-08-31", "count_date": "2027-10-01"}
    found = [each.message for each in run(calendar(year="2027-28", periods=[whole])).warnings]
    said = (
        "No calendar pays the days from 1 September 2027 to 2 September 2027, between this year "
        "and Rest of the year."
    )
    assert found == [said for _ in asked]


def test_proration_is_changed_until_something_is_published():
    load(calendar())
    run = calculate_run(period=Period.objects.get(code="2026-autumn"), by=None)
    assert load(calendar(proration="whole_period")) == "updated"
    assert PaymentCalendar.objects.get().proration == "whole_period"
    assert Run.objects.get(pk=run.pk).lines_hash == ""

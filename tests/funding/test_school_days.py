"""Payment by school days (F5): the days, from a file and by hand, and the runs they pay."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.models import SchoolDay
from funding.selectors.lines import line_working
from funding.selectors.school_days import financial_years
from funding.services.runs import calculate_run
from funding.services.school_days import import_school_days, set_school_days
from tests.factories import PaymentCalendarFactory, PeriodFactory, SchoolFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import published

pytestmark = pytest.mark.django_db
APRIL, MARCH_ENDS = dt.date(2026, 4, 1), dt.date(2027, 3, 31)
DAY = dt.timedelta(days=1)


def weekdays(start=APRIL, end=MARCH_ENDS):
    days = (start + DAY * n for n in range((end - start).days + 1))
    return [day for day in days if day.weekday() < 5]


def load(text):
    return import_school_days(lambda *_: None, filename="days.csv", content=text.encode())


def problems(text):
    return [issue.message for issue in load(text).issues]


@pytest.fixture
def period(db):
    set_value("B", "26100.00")
    calendar = PaymentCalendarFactory(proration="school_days")
    return PeriodFactory(calendar=calendar)


@pytest.fixture
def year(db):
    """261 weekdays, so that one is worth £100.00."""
    SchoolDay.objects.bulk_create(SchoolDay(date=day, is_school_day=True) for day in weekdays())


def test_line_pays_its_school_days_out_of_those_of_the_year(period, year):
    funded_pupil(start=dt.date(2026, 12, 21))
    [line] = calculate_run(period=period, by=None).lines.all()
    assert (line.days, line.period_days) == (11, 122)
    assert (line.school_days, line.year_school_days, line.amount) == (9, 261, Decimal("900.00"))
    said = "£900.00 = £26,100.00 × 9 of 261 school days of the financial year. On roll from"
    assert line_working(line).startswith(said)


def test_school_with_days_of_its_own_is_paid_by_them(period, year):
    school = SchoolFactory()
    set_school_days(
        start=dt.date(2026, 12, 21),
        end=dt.date(2026, 12, 31),
        is_school_day=False,
        school=school,
        by=person(Role.FINANCE_OFFICER),
    )
    for each in (school, SchoolFactory()):
        funded_pupil(each, start=dt.date(2026, 12, 14))
    lines = calculate_run(period=period, by=None).lines.order_by("amount")
    assert [(line.school_days, line.year_school_days) for line in lines] == [(5, 252), (14, 261)]
    assert [line.amount for line in lines] == [Decimal("517.86"), Decimal("1400.00")]


def test_run_without_school_days_is_refused(period):
    funded_pupil()
    with pytest.raises(RefusalError, match="no school days from 1 April 2026 to 31 March 2027"):
        calculate_run(period=period, by=None)


def test_days_put_right_after_publishing_are_adjusted_and_named(period, year):
    funded_pupil(start=dt.date(2026, 12, 21))
    published(period)
    set_school_days(
        start=dt.date(2026, 12, 28),
        end=dt.date(2026, 12, 31),
        is_school_day=False,
        by=person(Role.FINANCE_OFFICER),
    )
    [line] = calculate_run(period=period, by=None).lines.all()
    # £26,100.00 × 5 ÷ 257 now, £900.00 before
    assert line.amount == Decimal("507.78") - Decimal("900.00")
    said = "the school days of the financial year from 1 April 2026 put right"
    assert (line.cause, line.cause_said) == ("calendar", said)
    assert "the same days are counted again. The school days of" in line_working(line)


def test_file_sets_days_and_twice_changes_nothing(year):
    school = SchoolFactory(urn="123456")
    text = "date,is_school_day,school_urn\n2026-05-25,0,\n2026-05-26,yes,123456\n2026-05-30,1,\n"
    counts = load(text).preview["counts"]
    assert counts == {"days": 3, "school_days": 2, "created": 2, "updated": 1, "unchanged": 0}
    assert load(text).preview["counts"]["unchanged"] == 3
    assert SchoolDay.objects.get(school=school).date == dt.date(2026, 5, 26)


def test_faulty_file_is_refused_whole(db):
    assert problems("date,is_school_day\n") == ["There are headings but no rows."]
    assert problems("date,is_school_day\n2026-05-25,0\n") == ["No day in the file is a school day."]
    text = "date,is_school_day,school_urn\n2026-05-25,maybe,\n2026-05-26,1,999999\n"
    assert len(problems(f"{text}2026-05-27,1,\n2026-05-27,0,\n")) == 3
    assert SchoolDay.objects.count() == 0


def test_page_shows_the_year_by_month_with_weekdays_off(year, sign_in):
    SchoolDay.objects.filter(date__in=weekdays(dt.date(2026, 5, 22), dt.date(2026, 5, 29))).update(
        is_school_day=False
    )
    [found] = financial_years()
    may = found.months[1]
    assert (found.name, found.school_days, may.school_days, may.off) == (
        "2026-27",
        255,
        15,
        "22 to 29",
    )
    page = sign_in(Role.AUDITOR).get(reverse("funding:school_day_list"))
    assertContains(page, "2026-27: 255 school days")
    assert "Change days" not in page.text


def sent(**more):
    start = {"start_0": "28", "start_1": "12", "start_2": "2026"}
    end = {"end_0": "31", "end_1": "12", "end_2": "2026"}
    return start | end | {"is_school_day": "no"} | more


def test_days_set_by_hand_tell_their_effect_first(period, year, sign_in):
    funded_pupil(start=dt.date(2026, 12, 21))
    draft = calculate_run(period=period, by=None)
    officer, address = sign_in(Role.FINANCE_OFFICER), reverse("funding:school_day_list")
    page = officer.post(address, sent())
    assertContains(page, "Autumn term 2026: 1 line of 1 pupil, −£392.22 in all")
    assert SchoolDay.objects.filter(is_school_day=False).count() == 0
    about = page.context["form"].data["asked_about"]
    page = officer.post(address, sent(is_right="on", asked_about=about), follow=True)
    assertContains(page, "Saved: 4 days changed.")
    draft.refresh_from_db()
    assert draft.is_outdated


def test_days_in_no_order_are_refused(year, sign_in):
    page = sign_in(Role.FINANCE_OFFICER).post(reverse("funding:school_day_list"), sent(end_1="10"))
    assertContains(page, "The last day is before the first")


def test_queries_of_the_page_do_not_grow(year, sign_in, django_assert_max_num_queries):
    client, counts = sign_in(Role.FINANCE_OFFICER), []
    for _ in range(2):
        SchoolDay.objects.create(school=SchoolFactory(), date=APRIL, is_school_day=False)
        with django_assert_max_num_queries(24) as found:
            client.get(reverse("funding:school_day_list"))
        counts.append(len(found))
    assert counts[0] == counts[1]

"""Protection in runs (F10): lines of their own with end dates, by sector and year."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.models import ProtectionRule
from funding.selectors.lines import line_working
from funding.selectors.runs import run_totals
from funding.services.protecting import end_protection, set_protection
from funding.services.runs import calculate_run
from tests.banding.races import at_once
from tests.factories import PeriodFactory, SchoolFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import published

pytestmark = pytest.mark.django_db
SEPTEMBER, NOVEMBER = dt.date(2026, 9, 1), dt.date(2026, 11, 1)
AUGUST = dt.date(2027, 8, 31)


@pytest.fixture
def officer(db):
    return person(Role.FINANCE_OFFICER)


@pytest.fixture
def period(db):
    """£3,660.00 a year until August, £1,830.00 since: £1,220.00 and £610.00 for the term."""
    set_value("B", "3660.00")
    set_value("B", "1830.00", effective_from=SEPTEMBER)
    return PeriodFactory()


def protect(by, kind="floor", share="0.975", **fields):
    wanted = {"sector": "mainstream", "changed_on": SEPTEMBER, "starts_on": SEPTEMBER}
    wanted |= {"ends_on": AUGUST, "kind": kind, "share": Decimal(share)} | fields
    return set_protection(**wanted, by=by)


def protection(run):
    return list(run.lines.filter(kind="protection").order_by("start"))


def test_floor_keeps_a_share_of_what_was_paid_before(period, officer):
    funded_pupil()
    protect(officer)
    run = calculate_run(period=period, by=None)
    [line] = protection(run)
    # 97.5 % of £1,220.00 less £610.00
    assert (line.amount, line.was_annual) == (Decimal("579.50"), Decimal("3660.00"))
    assert line_working(line) == (
        "£579.50. 97.5% of £1,220.00, which these days came to before 1 September 2026, less "
        "£610.00 paid. Until 31 August 2027."
    )
    totals = run_totals(run)
    assert (totals.allocation_total, totals.protection_total) == (610, Decimal("579.50"))
    assert run.control_total == Decimal("1189.50")


def test_phasing_is_by_year_and_may_hold_back_a_gain(period, officer):
    set_value("B", "1830.00", sector="special")
    set_value("B", "3660.00", sector="special", effective_from=SEPTEMBER)
    loses, gains = funded_pupil(), funded_pupil(SchoolFactory(sector="special"))
    for sector in ("mainstream", "special"):
        protect(officer, "phased", "0.25", sector=sector, ends_on=dt.date(2026, 10, 31))
        protect(officer, "phased", "1", sector=sector, starts_on=NOVEMBER)
    lines = {line.pupil: line for line in protection(calculate_run(period=period, by=None))}
    # Of 61 days: £610.00 and £305.00, a quarter of the change paid; nothing left from November.
    assert (lines[loses].amount, lines[loses].end) == (Decimal("228.75"), dt.date(2026, 10, 31))
    assert lines[gains].amount == Decimal("-228.75")


def test_only_who_was_paid_in_the_sector_on_the_eve_is_protected(period, officer):
    funded_pupil(SchoolFactory(), start=SEPTEMBER)
    funded_pupil(SchoolFactory(), responsible_la="998")
    funded_pupil(SchoolFactory(sector="special"))
    set_value("B", "100.00", sector="special")
    rule = protect(officer)
    assert protection(calculate_run(period=period, by=None)) == []
    assert rule.protected.count() == 0


def test_protection_ends_on_its_day(period, officer):
    funded_pupil()
    protect(officer, ends_on=dt.date(2026, 10, 31))
    [line] = protection(calculate_run(period=period, by=None))
    assert (line.start, line.end, line.days) == (SEPTEMBER, dt.date(2026, 10, 31), 61)
    assert line.amount == Decimal("289.75")


def test_whole_period_looks_at_the_count_date(period, officer):
    funded_pupil()
    type(period.calendar).objects.update(proration="whole_period")
    period.refresh_from_db()
    rule = protect(officer, ends_on=dt.date(2026, 10, 1))
    [line] = protection(calculate_run(period=period, by=None))
    assert (line.days, line.amount) == (122, Decimal("579.50"))
    ProtectionRule.objects.filter(pk=rule.pk).update(ends_on=dt.date(2026, 9, 30))
    assert protection(calculate_run(period=period, by=None)) == []


def test_protection_set_late_is_paid_as_an_adjustment_and_taken_back(period, officer):
    funded_pupil()
    published(period)
    rule = protect(officer)
    [line] = published(period).lines.all()
    assert (line.kind, line.amount) == ("adjustment", Decimal("579.50"))
    assert line.cause == "protection"
    end_protection(rule=rule, by=officer)
    [line] = calculate_run(period=period, by=None).lines.all()
    assert line.amount == Decimal("-579.50")


def test_leaver_of_a_published_term_gives_protection_back_too(period, officer):
    pupil = funded_pupil()
    protect(officer)
    published(period)
    pupil.placements.update(end=dt.date(2026, 10, 31))
    [line] = calculate_run(period=period, by=None).lines.all()
    assert line.amount == Decimal("-594.75")  # £305.00 and £289.75 of the 61 days


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"starts_on": dt.date(2026, 8, 31)}, "begins on the day of the change or later"),
        ({"ends_on": dt.date(2026, 8, 31)}, "ends before it begins"),
        ({"share": "1.01"}, "between 0 and 100 per cent"),
        ({"starts_on": NOVEMBER}, "protected from 1 September 2026 to 31 August 2027 already"),
    ],
)
def test_what_cannot_be_is_refused(officer, fields, said):
    protect(officer)
    with pytest.raises(RefusalError, match=said):
        protect(officer, **fields)


def sent(**more):
    days = {}
    for name, day in (("changed_on", SEPTEMBER), ("starts_on", SEPTEMBER), ("ends_on", AUGUST)):
        days |= {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}
    return days | {"sector": "mainstream", "kind": "floor", "share": "97.5"} | more


def test_page_tells_the_effect_first_and_takes_away(period, sign_in):
    funded_pupil()
    client, address = sign_in(Role.FINANCE_OFFICER), reverse("funding:protection_list")
    page = client.post(address, sent())
    assertContains(page, "+\u2060£579.50 in all, from £610.00 to £1,189.50")
    assert not ProtectionRule.objects.exists()
    about = page.context["form"].data["asked_about"]
    page = client.post(address, sent(is_right="on", asked_about=about), follow=True)
    assertContains(page, "Mainstream is protected from 1 September 2026 to 31 August 2027.")
    rule = ProtectionRule.objects.get()
    assert rule.share == Decimal("0.975")
    end = reverse("funding:protection_end", args=[rule.pk])
    assertContains(client.get(end), "−£579.50 in all")
    client.post(end)
    assert not ProtectionRule.objects.exists()


def test_page_says_first_which_rule_gives_way(officer, sign_in):
    protect(officer, share="0.95")
    client, address = sign_in(Role.FINANCE_OFFICER), reverse("funding:protection_list")
    page = client.post(address, sent())
    said = "The rule of 95% from 1 September 2026 to 31 August 2027 is replaced"
    assertContains(page, said)
    assert ProtectionRule.objects.get().share == Decimal("0.95")


def test_page_refuses_at_the_field(period, sign_in):
    client = sign_in(Role.FINANCE_OFFICER)
    page = client.post(reverse("funding:protection_list"), sent(starts_on_1="8"))
    assertContains(page, "Protection begins on the day of the change or later")
    page = client.post(reverse("funding:protection_list"), sent(share="101"))
    assert page.context["form"].errors["share"]


def test_queries_of_the_page_do_not_grow(officer, sign_in, django_assert_max_num_queries):
    client, counts = sign_in(Role.FINANCE_OFFICER), []
    for sector in ("mainstream", "special"):
        protect(officer, sector=sector)
        with django_assert_max_num_queries(24) as found:
            client.get(reverse("funding:protection_list"))
        counts.append(len(found))
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_of_two_rules_for_the_same_days_at_once_one_is_refused():
    by = person(Role.FINANCE_OFFICER)
    results = at_once([lambda: protect(by), lambda: protect(by, starts_on=NOVEMBER)])
    assert sum(isinstance(each, RefusalError) for each in results) == 1
    assert ProtectionRule.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_runs_calculated_at_once_look_up_whom_a_rule_protects_one_after_the_other():
    set_value("B", "3660.00")
    set_value("B", "1830.00", effective_from=SEPTEMBER)
    autumn = PeriodFactory()
    spring = PeriodFactory(
        code="2027-spring",
        start=dt.date(2027, 1, 1),
        end=dt.date(2027, 3, 31),
        count_date=dt.date(2027, 1, 15),
        numerator=3,
    )
    funded_pupil()
    protect(person(Role.FINANCE_OFFICER))
    runs = at_once([lambda p=p: calculate_run(period=p, by=None) for p in (autumn, spring)])
    assert [run.lines.filter(kind="protection").count() for run in runs] == [1, 1]

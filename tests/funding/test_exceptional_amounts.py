"""What is agreed beside a band, as lines of a run, to the penny (rules.md B11, F3, F8)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from banding.choices import RequestState
from banding.exceptional.services import end_amount
from banding.models import ExceptionalRequest
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.choices import ExceptionKind, LineKind
from funding.models import PaymentCalendar
from funding.run_words import steps_of
from funding.selectors.fingerprints import inputs_have_changed
from funding.selectors.lines import line_working
from funding.selectors.movements import compare_with_last_period
from funding.selectors.statements import statement_for
from funding.services.publishing import publish_run, send_for_checking
from funding.services.runs import calculate_run
from schools.models import Placement
from schools.services.merges import merge_pupils
from tests.factories import (
    ReturnPupilFactory,
    SchoolFactory,
    UserFactory,
    person,
)
from tests.funding.funded import funded_pupil

pytestmark = pytest.mark.django_db
NOVEMBER = dt.date(2026, 11, 1)


def agreed(pupil, amount, starts_on, ends_on=None):
    return ExceptionalRequest.objects.create(
        return_pupil=ReturnPupilFactory(pupil=pupil),
        reason="A nurse",
        asked_by=UserFactory(),
        state=RequestState.AGREED,
        amount=Decimal(amount),
        starts_on=starts_on,
        ends_on=ends_on,
        answered_by=UserFactory(),
        answered_at="2026-09-01T12:00Z",
    )


def calculated(period):
    return calculate_run(period=period, by=person(Role.FINANCE_OFFICER))


def published(period):
    officer = person(Role.FINANCE_OFFICER)
    run = send_for_checking(run=calculate_run(period=period, by=officer), by=officer)
    return publish_run(run=run, by=person(Role.FINANCE_AUTHORISER))


def extra(run, kind=LineKind.EXCEPTIONAL):
    lines = run.lines.filter(kind=kind).order_by("start", "amount")
    return [(line.start, line.end, line.amount) for line in lines]


def test_amount_is_a_line_of_its_own_for_the_days_agreed(autumn):
    """£3,660 × 4/12 × 61 of 122 days = £610."""
    agreed(funded_pupil(), "3660.00", NOVEMBER)
    run = calculated(autumn)
    assert extra(run) == [(NOVEMBER, autumn.end, Decimal("610.00"))]
    assert run.lines.count() == 2
    assert run.control_total == Decimal("1220.00") + Decimal("610.00")


def test_amount_asked_of_a_decision_pays_the_same(autumn):
    pupil = funded_pupil()
    request = agreed(pupil, "3660.00", NOVEMBER)
    ExceptionalRequest.objects.filter(pk=request.pk).update(
        return_pupil=None, decision=pupil.decisions.get(), school=pupil.placements.get().school
    )
    assert extra(calculated(autumn)) == [(NOVEMBER, autumn.end, Decimal("610.00"))]


def test_amount_is_rounded_once_half_up(autumn):
    """£0.15 × 4/12 = 5 pence a term; of 61 of 122 days 2.5 pence, so 3."""
    agreed(funded_pupil(), "0.15", NOVEMBER)
    assert extra(calculated(autumn)) == [(NOVEMBER, autumn.end, Decimal("0.03"))]


def test_both_days_count_and_the_pupil_has_to_be_funded(autumn):
    pupil = funded_pupil(start=dt.date(2026, 10, 1))
    agreed(pupil, "3660.00", dt.date(2026, 9, 1), dt.date(2026, 10, 10))
    days = [(dt.date(2026, 10, 1), dt.date(2026, 10, 10), Decimal("100.00"))]
    assert extra(calculated(autumn)) == days


def test_amount_follows_the_pupil_to_another_school(autumn):
    pupil = funded_pupil()
    agreed(pupil, "3660.00", autumn.start)
    pupil.placements.update(end=dt.date(2026, 10, 31))
    Placement.objects.create(pupil=pupil, school=SchoolFactory(), start=NOVEMBER)
    assert [amount for *_, amount in extra(calculated(autumn))] == [Decimal("610.00")] * 2


def test_nothing_beside_the_band_of_another_authority_s_pupil(autumn):
    agreed(funded_pupil(responsible_la="998"), "3660.00", autumn.start)
    assert extra(calculated(autumn)) == []


@pytest.mark.parametrize(
    ("starts_on", "amounts"),
    [(dt.date(2026, 10, 1), [Decimal("1220.00")]), (dt.date(2026, 10, 2), [])],
)
def test_whole_period_is_paid_for_what_covers_the_count_date(autumn, starts_on, amounts):
    PaymentCalendar.objects.update(proration="whole_period")
    agreed(funded_pupil(), "3660.00", starts_on)
    autumn.refresh_from_db()
    assert [amount for *_, amount in extra(calculated(autumn))] == amounts


def test_amount_ended_after_publishing_is_taken_back_once(autumn, spring):
    """Published £1,220 twice over; without November and December £610 of it goes back."""
    pupil = funded_pupil()
    request = agreed(pupil, "3660.00", autumn.start)
    published(autumn)
    ExceptionalRequest.objects.update(ends_on=dt.date(2026, 10, 31))
    run = published(spring)
    assert [amount for *_, amount in extra(run, LineKind.ADJUSTMENT)] == [Decimal("-610.00")]
    assert extra(run) == []
    assert extra(calculated(autumn), LineKind.ADJUSTMENT) == []
    assert request.return_pupil.pupil == pupil


def test_unchanged_amount_is_not_adjusted(autumn, spring):
    agreed(funded_pupil(), "3660.00", autumn.start)
    published(autumn)
    run = calculated(spring)
    assert extra(run, LineKind.ADJUSTMENT) == []
    assert extra(run) == [(spring.start, spring.end, Decimal("915.00"))]


def test_step_of_the_waterfall_is_its_own(autumn, spring):
    pupil = funded_pupil()
    published(autumn)
    agreed(pupil, "3660.00", spring.start)
    comparison = compare_with_last_period(calculated(spring))
    by_reason = {step.reason: step.amount for step in comparison.movements}
    assert (by_reason["exceptional"], by_reason["adjustments"]) == (Decimal("915.00"), 0)
    assert comparison.before + sum(by_reason.values()) == comparison.total
    assert "Exceptional amounts" in [step["label"] for step in steps_of(comparison)]


def test_amount_agreed_after_the_calculation_makes_it_out_of_date(autumn):
    pupil = funded_pupil()
    run = calculated(autumn)
    assert not inputs_have_changed(run)
    agreed(pupil, "3660.00", NOVEMBER)
    assert inputs_have_changed(run)


def test_line_says_how_its_amount_came_about(autumn):
    agreed(funded_pupil(), "3660.00", NOVEMBER)
    line = calculated(autumn).lines.get(kind=LineKind.EXCEPTIONAL)
    assert line_working(line) == (
        "£610.00. £3,660.00 a year agreed beside the band from 1 November 2026, "
        "× 4/12 × 61 of 122 days."
    )


def test_school_reads_it_on_its_statement(autumn):
    pupil = funded_pupil()
    agreed(pupil, "3660.00", NOVEMBER)
    run = published(autumn)
    school = pupil.placements.get().school
    statement = statement_for(person(Role.SENCO, school=school), run.pk, school.pk)
    assert [worked.line.kind for worked in statement.paid] == ["allocation", "exceptional"]
    assert statement.total == Decimal("1830.00")


def doubled(run):
    found = run.exceptions.filter(kind=ExceptionKind.TWO_AMOUNTS)
    return [(each.start, each.end, each.school) for each in found]


def test_two_amounts_of_merged_records_are_an_exception_until_one_ends(autumn):
    officer = person(Role.SEND_OFFICER)
    one, other = funded_pupil(), funded_pupil()
    agreed(one, "3660.00", autumn.start)
    ending = agreed(other, "1000.00", NOVEMBER)
    assert not doubled(calculated(autumn))
    merge_pupils(kept=one, dropped=other, reason="The same child", by=officer)
    run = calculated(autumn)
    school = run.lines.filter(kind=LineKind.ALLOCATION).latest("start").school
    assert doubled(run) == [(NOVEMBER, autumn.end, school)]
    with pytest.raises(RefusalError):
        send_for_checking(run=run, by=person(Role.FINANCE_OFFICER))
    end_amount(request=ending, last_day=dt.date(2026, 11, 30), reason="One is enough", by=officer)
    assert doubled(calculated(autumn)) == [(NOVEMBER, dt.date(2026, 11, 30), school)]


def test_two_amounts_after_each_other_are_none(autumn):
    pupil = funded_pupil()
    agreed(pupil, "3660.00", autumn.start, NOVEMBER - dt.timedelta(days=1))
    agreed(pupil, "3660.00", NOVEMBER)
    assert not doubled(calculated(autumn))


def test_second_run_holds_them_too(autumn):
    """Merged after the first was published: the next one pays both by adjustments."""
    pupil = funded_pupil()
    agreed(pupil, "3660.00", autumn.start)
    published(autumn)
    agreed(pupil, "100.00", NOVEMBER)
    assert len(doubled(calculated(autumn))) == 1


def test_exception_leads_to_the_amounts_for_who_may_read_them(autumn, sign_in):
    pupil = funded_pupil()
    for _ in range(2):
        agreed(pupil, "3660.00", NOVEMBER)
    address = reverse("funding:exception_list", args=[calculated(autumn).pk])
    amounts = f"{reverse('banding:exceptional_list')}?q={pupil.reference}"
    auditor = sign_in(Role.AUDITOR)
    assert amounts in auditor.get(address).text
    assert len(auditor.get(amounts).context["page_obj"]) == 2
    assert amounts not in sign_in(Role.FINANCE_OFFICER).get(address).text

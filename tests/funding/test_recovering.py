"""Money that is taken back over several terms by agreement (rules.md F25)."""

import datetime as dt
from decimal import Decimal
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from banding_portal.database.owner import as_who_connected
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.calculation.recovering import held_back, instalment, recovery_sentence
from funding.models import PaymentCalendar, RecoveryAgreement, Run
from funding.selectors.lines import line_working
from funding.selectors.recovering import instalments_to_come, progress_of
from funding.selectors.statements import statement_for
from funding.selectors.verifying import verify
from funding.services.publishing import publish_run, send_for_checking
from funding.services.recovering import agree_recovery, end_recovery
from funding.services.runs import calculate_run
from tests.banding.races import at_once
from tests.factories import PeriodFactory, SchoolFactory, person
from tests.funding.funded import funded_pupil
from tests.funding.published import draft, published

pytestmark = pytest.mark.django_db
OCTOBER = dt.date(2026, 10, 31)


@pytest.fixture
def officer(db):
    return person(Role.FINANCE_OFFICER)


@pytest.fixture
def school(db):
    return SchoolFactory()


@pytest.fixture
def run(autumn, spring, school, officer):
    """A draft of spring that takes £610.00 back: one of two pupils had left in October."""
    leaver, _ = funded_pupil(school), funded_pupil(school)
    published(autumn)
    leaver.placements.update(end=OCTOBER)
    return draft(spring, officer)


def agree(run, school, by, count=3):
    return agree_recovery(
        run=run,
        school=school,
        instalments=count,
        agreed_with="the headteacher",
        reason="A small school",
        by=by,
    )


def publish(run, officer):
    sent = send_for_checking(run=run, by=officer)
    return publish_run(run=sent, by=person(Role.FINANCE_AUTHORISER))


def later_term(spring, number):
    return PeriodFactory(
        calendar=PaymentCalendar.objects.get(pk=spring.calendar_id),
        code=f"later-{number}",
        name=f"Later term {number}",
        start=dt.date(2027, 3 + number, 1),
        end=dt.date(2027, 3 + number, 28),
        count_date=dt.date(2027, 3 + number, 2),
        numerator=1,
    )


def amounts(run):
    lines = run.lines.filter(kind="recovery").order_by("instalment")
    return [(line.instalment, line.amount) for line in lines]


def test_parts_come_to_the_whole_with_the_pennies_in_the_last():
    total, before, parts = Decimal("610.00"), Decimal("0.00"), [held_back(Decimal("610.00"))]
    for number in (1, 2, 3):
        parts.append(instalment(total, number, 3, before))
        before -= parts[-1].amount
    assert [part.amount for part in parts[1:]] == [
        Decimal("-203.33"),
        Decimal("-203.33"),
        Decimal("-203.34"),
    ]
    assert sum(part.amount for part in parts) == 0
    assert recovery_sentence(parts[2], 3, "the head on 1 May 2027") == (
        "Instalment 2 of 3 of £610.00, spread as agreed with the head on 1 May 2027. £203.34 is "
        "left."
    )


def test_rest_at_once_takes_all_that_is_left():
    part = instalment(Decimal("610.00"), 2, 6, Decimal("101.66"), rest=True)
    assert part.amount == Decimal("-508.34")
    assert recovery_sentence(part, 6, "x").startswith("The rest of £610.00")


def test_each_term_takes_one_instalment_and_all_come_to_the_adjustment(
    run, school, officer, spring
):
    assert run.control_total == Decimal("305.00")
    agree(run, school, officer)
    run.refresh_from_db()
    assert amounts(run) == [(0, Decimal("610.00")), (1, Decimal("-203.33"))]
    assert run.control_total == Decimal("711.67")
    publish(run, officer)
    second, third, fourth = (published(later_term(spring, number)) for number in (1, 2, 3))
    assert [amounts(each) for each in (second, third, fourth)] == [
        [(2, Decimal("-203.33"))],
        [(3, Decimal("-203.34"))],
        [],
    ]
    for each in (run, second, third):
        assert verify(each).differences == ()
    [progress] = progress_of(RecoveryAgreement.objects.all())
    assert (progress.taken, progress.left, progress.done) == (Decimal("610.00"), 0, 3)


def test_later_run_of_a_term_takes_no_second_instalment(run, school, officer, spring, autumn):
    agree(run, school, officer)
    publish(run, officer)
    assert amounts(draft(spring, officer)) == []
    # A first run of a term before the agreement takes none either.
    assert amounts(draft(autumn, officer)) == []


def test_calculated_again_what_is_taken_back_then_is_spread(run, school, officer, spring):
    agree(run, school, officer, 2)
    run.lines.filter(kind="adjustment").get().pupil.placements.update(end=dt.date(2026, 11, 30))
    again = draft(spring, officer)
    assert amounts(again) == [(0, Decimal("310.00")), (1, Decimal("-155.00"))]
    again.lines.filter(kind="adjustment").get().pupil.placements.update(end=None)
    assert amounts(draft(spring, officer)) == []


def test_agreement_of_a_draft_can_be_taken_back_and_of_a_published_run_the_rest(
    run, school, officer, spring
):
    agreement = agree(run, school, officer)
    assert end_recovery(agreement=agreement, by=officer) is None
    run.refresh_from_db()
    assert (amounts(run), run.control_total) == ([], Decimal("305.00"))
    agreement = agree(run, school, officer)
    publish(run, officer)
    end_recovery(agreement=agreement, by=officer)
    [(_, rest)] = amounts(last := published(later_term(spring, 1)))
    assert rest == Decimal("-406.67")
    assert verify(last).differences == ()
    with pytest.raises(RefusalError, match="taken back already"):
        end_recovery(agreement=agreement, by=officer)


def test_only_a_draft_that_takes_something_back_can_be_spread(run, school, officer):
    with pytest.raises(RefusalError, match="take nothing back"):
        agree(run, SchoolFactory(), officer)
    with pytest.raises(RefusalError, match="2 to 12 instalments"):
        agree(run, school, officer, 13)
    publish(run, officer)
    with pytest.raises(RefusalError, match="not a draft"):
        agree(run, school, officer)


def test_changed_instalment_is_found_when_the_run_is_worked_out_again(run, school, officer):
    agree(run, school, officer)
    with as_who_connected():
        run.lines.filter(instalment=1).update(amount=Decimal("-100.00"))
    found = "\n".join(verify(run).differences)
    assert "the line says −£100.00, its facts give −£203.33" in found


def test_school_reads_its_instalments_and_what_is_left(run, school, officer):
    agree(run, school, officer)
    publish(run, officer)
    run.refresh_from_db()
    statement = statement_for(person(Role.AUDITOR), run.pk, school.pk)
    assert [worked.line.instalment for worked in statement.for_school] == [0, 1]
    assert statement.total == run.control_total
    assert "£406.67 is left" in line_working(statement.for_school[1].line)
    client = Client()
    client.force_login(person(Role.HEADTEACHER, school=school))
    page = client.get(reverse("funding:statement_detail", args=[run.pk, school.pk]))
    assertContains(page, "£406.67 is still to be taken back")
    assertContains(page, "£203.33, £203.34")
    [to_come] = instalments_to_come(school.pk)
    assert to_come.parts_to_come == [Decimal("203.33"), Decimal("203.34")]


def test_pages_tell_what_each_instalment_comes_to_first(run, school, sign_in):
    client = sign_in(Role.FINANCE_OFFICER)
    page = client.get(reverse("funding:run_recoveries", args=[run.pk]))
    assertContains(page, "Spread over terms")
    url = reverse("funding:recovery_agree", args=[run.pk, school.pk])
    sent = {"instalments": 3, "agreed_with": "the headteacher", "reason": "A small school"}
    asked = client.post(url, sent)
    assertContains(asked, "3 instalments of £203.33, the last £203.34")
    about = asked.context["form"].data["asked_about"]
    done = client.post(url, sent | {"is_right": "on", "asked_about": about}, follow=True)
    assertRedirects(done, reverse("funding:run_recoveries", args=[run.pk]))
    assertContains(done, "Instalment 1 of 3 of £610.00")
    assertContains(done, "Take at once")


def test_list_of_agreements_asks_as_often_for_many(run, school, officer, sign_in, spring,
                                                   django_assert_max_num_queries):  # fmt: skip
    agree(run, school, officer)
    publish(run, officer)
    client = sign_in(Role.AUDITOR)
    with django_assert_max_num_queries(20):
        assertContains(client.get(reverse("funding:recovery_list")), "£406.67")


@pytest.mark.django_db(transaction=True)
def test_two_agree_at_once_and_one_agreement_stands(run, school, officer):
    others = [partial(agree, run, school, person(Role.FINANCE_OFFICER), n) for n in (2, 4)]
    at_once(others)
    agreement = RecoveryAgreement.objects.get()
    found = Run.objects.get(pk=run.pk)
    assert [number for number, _ in amounts(found)] == [0, 1]
    assert amounts(found)[1][1] == -(Decimal("610.00") / agreement.instalments)
    assert verify(found).differences == ()


@pytest.mark.django_db(transaction=True)
def test_agreement_and_calculation_at_once_leave_lines_that_add_up(run, school, officer, spring):
    again = partial(calculate_run, period=spring, by=officer)
    at_once([again, partial(agree, run, school, officer)])
    found = Run.objects.get(pk=run.pk)
    assert amounts(found) == [(0, Decimal("610.00")), (1, Decimal("-203.33"))]
    assert verify(found).differences == ()

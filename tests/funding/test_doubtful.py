"""Exceptions of who is paid though what is known of them is doubtful (F3, S8)."""

import datetime as dt
import time

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from banding.models import BandDecision
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.choices import ASKED_ONCE_A_YEAR
from funding.selectors.cures import cure_of
from funding.services.doubtful import NAMED
from funding.services.exceptions import clear_exceptions
from funding.services.publishing import publish_run, send_for_checking
from schools.choices import Arrangement, SameChild, Sector
from schools.models import Placement, Plan, Pupil
from schools.selectors.matches import NEIGHBOURS, OF_ONE_BLOCK, duplicates_among
from schools.services.answers import answer_pair
from tests.factories import PeriodFactory, PupilFactory, SchoolFactory, person
from tests.funding.funded import SINCE, funded_pupil, set_value
from tests.funding.published import draft

pytestmark = pytest.mark.django_db
KHAN = {"surname": "Khan", "forename": "Amira"}
SECONDS = 60


def found(run):
    return [(each.kind, each.pupil, each.other_pupil, each.school) for each in run.exceptions.all()]


def publish_cleared(period):
    officer = person(Role.FINANCE_OFFICER)
    run = draft(period, officer)
    for kind in set(run.exceptions.values_list("kind", flat=True)):
        clear_exceptions(run=run, kind=kind, reason="Seen with the school.", by=officer)
    sent = send_for_checking(run=run, by=officer)
    return publish_run(run=sent, by=person(Role.FINANCE_AUTHORISER))


def likely_one():
    """The same name and birth date, at two schools; one of them has a UPN."""
    return funded_pupil(**KHAN), funded_pupil(**KHAN, upn=None)


def test_pupil_without_a_upn_is_an_exception_for_the_days_paid(autumn):
    pupil = funded_pupil(upn=None, start=dt.date(2026, 10, 31))
    [each] = draft(autumn).exceptions.all()
    assert (each.kind, each.pupil, each.start, each.end) == (
        "no_upn",
        pupil,
        dt.date(2026, 10, 31),
        autumn.end,
    )


def test_who_is_not_paid_needs_no_upn(autumn):
    funded_pupil(upn=None, start=dt.date(2027, 1, 1))
    assert found(draft(autumn)) == []


def test_pupil_of_another_authority_is_one_with_or_without_a_upn(autumn):
    school = SchoolFactory()
    with_one = funded_pupil(school, responsible_la="998")
    without = funded_pupil(school, responsible_la="998", upn=None)
    assert found(draft(autumn)) == [
        ("other_la", with_one, None, school),
        ("other_la", without, None, school),
    ]


def test_provider_without_a_urn_is_one_and_says_where(autumn):
    provider = SchoolFactory(
        urn="P00001", arrangement=Arrangement.PROVIDER, sector=Sector.OUT_OF_SCHOOL
    )
    set_value(sector=Sector.OUT_OF_SCHOOL)
    pupil = funded_pupil(provider)
    run = draft(autumn)
    assert found(run) == [("no_urn", pupil, None, provider)]
    assert cure_of(run.exceptions.get()).url == reverse("schools:arrangement_list")


def test_two_records_that_likely_are_one_child_are_one_exception(autumn):
    one, other = likely_one()
    run = draft(autumn)
    assert ("duplicate", other, one, other.placements.get().school) in found(run)
    assert run.exceptions.filter(kind="duplicate").count() == 1
    [each] = run.exceptions.filter(kind="duplicate")
    assert cure_of(each).url == f"{reverse('schools:duplicate_list')}?q={other.reference}"


def test_two_told_apart_or_with_numbers_of_their_own_are_none(autumn):
    one, other = likely_one()
    answer_pair(
        one=one,
        other=other,
        answer=SameChild.ANOTHER,
        reason="Cousins",
        by=person(Role.SEND_OFFICER),
    )
    funded_pupil(surname="Lowe", forename="Finn")
    funded_pupil(surname="Lowe", forename="Finn")
    assert not draft(autumn).exceptions.filter(kind="duplicate").exists()


def test_duplicate_who_is_not_paid_is_none(autumn):
    one, _ = likely_one()
    one.decisions.all().delete()
    assert not draft(autumn).exceptions.filter(kind="duplicate").exists()


def test_duplicate_recorded_after_publishing_is_found_in_the_next_run_of_the_period(autumn):
    funded_pupil(**KHAN)
    publish_cleared(autumn)
    funded_pupil(**KHAN, upn=None)
    kinds = {each.kind for each in draft(autumn).exceptions.all()}
    assert kinds == {"no_upn", "duplicate"}


def test_run_is_not_sent_before_they_are_cleared(autumn):
    likely_one()
    officer = person(Role.FINANCE_OFFICER)
    with pytest.raises(RefusalError):
        send_for_checking(run=draft(autumn, officer), by=officer)


def test_what_a_published_run_cleared_is_not_asked_again_in_its_year(autumn, spring):
    likely_one()
    funded_pupil(responsible_la="998")
    publish_cleared(autumn)
    assert found(draft(spring)) == []


def test_another_year_asks_again(autumn):
    funded_pupil(upn=None)
    publish_cleared(autumn)
    next_year = PeriodFactory(
        calendar__year="2027-28",
        code="2027-autumn",
        start=dt.date(2027, 9, 1),
        end=dt.date(2027, 12, 31),
        count_date=dt.date(2027, 10, 1),
    )
    assert [each.kind for each in draft(next_year).exceptions.all()] == ["no_upn"]


def test_clearance_of_a_draft_comes_back_with_the_same_pair(autumn):
    likely_one()
    officer = person(Role.FINANCE_OFFICER)
    run = draft(autumn, officer)
    clear_exceptions(run=run, kind="duplicate", reason="Cousins of one name.", by=officer)
    again = draft(autumn, officer).exceptions.get(kind="duplicate")
    assert again.cleared_reason == "Cousins of one name."


def test_pages_name_both_records(autumn, sign_in):
    one, other = likely_one()
    run = draft(autumn)
    client = sign_in(Role.FINANCE_OFFICER)
    page = client.get(reverse("funding:exception_list", args=[run.pk]), {"kind": "duplicate"})
    assertContains(page, one.reference)
    assertContains(page, other.reference)
    each = run.exceptions.get(kind="duplicate")
    clear = client.get(reverse("funding:exception_clear", args=[run.pk, each.pk]))
    assertContains(clear, "Other record")
    assertContains(clear, one.reference)


@pytest.mark.parametrize("kind", sorted(ASKED_ONCE_A_YEAR))
def test_each_says_that_it_is_asked_once_a_year(autumn, sign_in, kind):
    run = draft(autumn)
    page = sign_in(Role.FINANCE_OFFICER).get(
        reverse("funding:exception_list", args=[run.pk]), {"kind": kind}
    )
    assertContains(page, "not asked again for the rest of the payment year")


CROWD = 5_000


def test_thousands_of_one_name_are_found_in_seconds_and_so_many_named(autumn, sign_in):
    crowd_of_one_name(CROWD)
    started = time.monotonic()
    run = draft(autumn)
    assert time.monotonic() - started < SECONDS
    named = run.exceptions.filter(kind="duplicate").count()
    assert named == NAMED
    assert CROWD - 1 - NAMED <= run.duplicates_unnamed <= CROWD * NEIGHBOURS
    page = sign_in(Role.FINANCE_OFFICER).get(
        reverse("funding:exception_list", args=[run.pk]), {"kind": "duplicate"}
    )
    assertContains(page, "more were")


def test_each_of_a_crowd_stands_in_a_pair(db):
    crowd_of_one_name(OF_ONE_BLOCK + 20)
    found = duplicates_among(Pupil.objects.all())
    named = {each.pk for one in found for each in (one.one, one.other)}
    assert len(named) == OF_ONE_BLOCK + 20


def test_two_in_a_crowd_of_other_names_of_the_same_day_are_found(db):
    """As where a file gives everybody whose birthday is not known the first of January."""
    born = dt.date(2015, 1, 1)
    names = [f"Surname{chr(65 + n % 26)}{chr(65 + n // 26)}xyz" for n in range(OF_ONE_BLOCK + 50)]
    for surname in names:
        PupilFactory(surname=surname, forename="Amira", date_of_birth=born, upn=None)
    PupilFactory(surname=names[7], forename="Amira", date_of_birth=born, upn=None)
    found = {each.one.surname for each in duplicates_among(Pupil.objects.all())}
    assert names[7] in found


def crowd_of_one_name(count: int) -> None:
    """Copies of a funded pupil without a UPN, born on one day, as rows alone."""
    pupil = funded_pupil(**KHAN, upn=None)
    rows = [
        Pupil(
            reference=f"CROWD{n}",
            **KHAN,
            date_of_birth=pupil.date_of_birth,
            upn=None,
            responsible_la=pupil.responsible_la,
        )
        for n in range(count - 1)
    ]
    Pupil.objects.bulk_create(rows)
    Placement.objects.bulk_create(
        Placement(pupil=row, school=pupil.placements.get().school, start=SINCE) for row in rows
    )
    Plan.objects.bulk_create(Plan(pupil=row, plan_type="EHCP", start=SINCE) for row in rows)
    [decision] = pupil.decisions.all()
    facts = {
        field.attname: getattr(decision, field.attname)
        for field in decision._meta.concrete_fields
        if field.attname not in ("id", "pupil_id") and not field.generated
    }
    BandDecision.objects.bulk_create(BandDecision(**facts, pupil=row) for row in rows)

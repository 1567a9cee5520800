"""Pupils without a school are kept, and funded where somebody is paid for them (rules.md S14)."""

import datetime as dt

import pytest

from banding.collections.services import sync_return_pupils
from banding.models import BandDecision, Return, ReturnPupil
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.models import BandValue, Line
from funding.selectors.runs import totals_by_section_251
from funding.services.runs import calculate_run
from schools.choices import Arrangement, SchoolStatus, Sector
from schools.identifiers import parse_place
from schools.models import Placement, School
from schools.selectors.conversions import stranded
from schools.services.arrangements import add_arrangement, change_arrangement
from schools.services.pupils import place_pupil
from tests.banding.caseload_files import as_csv, caseload_row
from tests.banding.test_caseload_faults import run as load_caseload
from tests.factories import (
    CollectionFactory,
    PeriodFactory,
    PlanFactory,
    PupilFactory,
    SchoolFactory,
    person,
)
from tests.funding.funded import funded_pupil, set_value

pytestmark = pytest.mark.django_db
START = dt.date(2026, 9, 1)


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


def add(kind, by, **facts):
    given = {"name": "Brightside Tuition", "payee_reference": "4711"} | facts
    return add_arrangement(kind=kind, by=by, **given)


@pytest.mark.parametrize(
    ("kind", "name", "reference", "is_paid"),
    [
        (Arrangement.PROVIDER, "Brightside Tuition", "4711", True),
        (Arrangement.ACCOUNT, "Account 4711", "4711", True),
        (Arrangement.HOME_EDUCATION, "Brightside Tuition", "", False),
        (Arrangement.BETWEEN, "Brightside Tuition", "", False),
    ],
)
def test_each_kind_has_its_name_and_payee(officer, kind, name, reference, is_paid):
    made = add(kind, officer)
    assert (made.name, made.payee_reference, made.is_paid) == (name, reference, is_paid)
    assert (made.urn, made.sector) == ("P00001", Sector.OUT_OF_SCHOOL)


def test_codes_go_up(officer):
    codes = [add(Arrangement.PROVIDER, officer, payee_reference=str(n)).urn for n in range(3)]
    assert codes == ["P00001", "P00002", "P00003"]


@pytest.mark.parametrize(
    ("kind", "facts", "sentence"),
    [
        (Arrangement.PROVIDER, {"name": " "}, "Enter the name of the provider"),
        (Arrangement.PROVIDER, {"payee_reference": ""}, "Enter the payment reference"),
        (Arrangement.ACCOUNT, {"payee_reference": "T1"}, "a payee with this reference already"),
    ],
)
def test_what_is_missing_or_taken_is_refused(officer, kind, facts, sentence):
    add(Arrangement.PROVIDER, officer, payee_reference="T1")
    with pytest.raises(RefusalError, match=sentence):
        add(kind, officer, **facts)


@pytest.mark.parametrize("role", [Role.SENCO, Role.FINANCE_OFFICER, Role.AUDITOR])
def test_others_may_not(role, school):
    place = {"school": school} if role == Role.SENCO else {}
    with pytest.raises(RefusalError):
        add(Arrangement.PROVIDER, person(role, **place))


@pytest.mark.parametrize("text", ["P00001", " p00001 ", "114704"])
def test_code_is_read_beside_urns(text):
    assert parse_place(text) in {"P00001", "114704"}
    with pytest.raises(RefusalError):
        parse_place("P1")


def moved(pupil, arrangement, by, start=dt.date(2026, 10, 31)):
    place_pupil(pupil=pupil, school=arrangement, start=start, end_others=True, by=by)


def paid(period, officer):
    run = calculate_run(period=period, by=officer)
    return {line.school.urn: line.days for line in run.lines.select_related("school")}, run


def value_out_of_school():
    for value in BandValue.objects.all():
        BandValue.objects.create(
            band=value.band,
            sector=Sector.OUT_OF_SCHOOL,
            annual_value=value.annual_value,
            effective_from=value.effective_from,
        )


@pytest.mark.parametrize("kind", Arrangement.values)
def test_provider_and_account_are_paid_and_nobody_else(officer, kind):
    set_value()
    value_out_of_school()
    school, finance = SchoolFactory(), person(Role.FINANCE_OFFICER)
    pupil, period = funded_pupil(school), PeriodFactory()
    before, _ = paid(period, finance)
    arrangement = add(kind, officer)
    moved(pupil, arrangement, officer)
    after, run = paid(period, finance)
    own = after.pop(arrangement.urn, 0)
    assert after[school.urn] < before[school.urn]
    assert own == (before[school.urn] - after[school.urn] if arrangement.is_paid else 0)
    assert not run.exceptions.filter(kind="no_agreed_band").exists()
    if arrangement.is_paid:
        assert "1.2.3" in {total.line for total in totals_by_section_251(run)}


def test_home_education_beside_an_open_placement_is_not_paid_to_the_school(officer):
    """The later start goes first (F3), whoever is paid."""
    set_value()
    school, finance = SchoolFactory(), person(Role.FINANCE_OFFICER)
    pupil, period = funded_pupil(school), PeriodFactory()
    before, _ = paid(period, finance)
    home = add(Arrangement.HOME_EDUCATION, officer)
    Placement.objects.create(pupil=pupil, school=home, start=dt.date(2026, 10, 31))
    after, run = paid(period, finance)
    assert after[school.urn] < before[school.urn]
    assert run.exceptions.filter(kind="overlap").exists()


def test_pupil_without_a_band_at_home_is_no_exception(officer):
    pupil, home = PupilFactory(), add(Arrangement.HOME_EDUCATION, officer)
    PlanFactory(pupil=pupil)
    moved(pupil, home, officer, START)
    run = calculate_run(period=PeriodFactory(), by=person(Role.FINANCE_OFFICER))
    assert not run.exceptions.exists()
    assert not Line.objects.exists()


def test_no_return_asks_about_them(officer):
    collection = CollectionFactory(sectors=Sector.values)
    pupil = PupilFactory(school=add(Arrangement.PROVIDER, officer))
    sync_return_pupils(collection)
    assert not Return.objects.exists()
    school = SchoolFactory()
    moved(pupil, school, officer, dt.date(2026, 11, 2))
    assert ReturnPupil.objects.get().pupil_return.school == school


def test_caseload_places_at_a_code(officer, framework):
    SchoolFactory(urn="900001")
    arrangement = add(Arrangement.PROVIDER, officer)
    load_caseload(as_csv([caseload_row(1, school_urn="p00001")]))
    assert Placement.objects.get().school == arrangement
    assert BandDecision.objects.count() == 1


def test_end_leaves_its_pupils_to_be_placed(officer):
    arrangement = add(Arrangement.PROVIDER, officer)
    PupilFactory(school=arrangement)
    given = {"name": "Brightside Ltd", "payee_reference": "4712", "by": officer}
    changed = change_arrangement(arrangement=arrangement, ends_on=START, **given)
    assert (changed.name, changed.status) == ("Brightside Ltd", SchoolStatus.CLOSED)
    assert stranded().count() == 1


@pytest.mark.parametrize(
    ("ends_on", "sentence"),
    [(dt.date(2030, 1, 1), "today or"), (dt.date(2024, 1, 1), "is placed there from")],
)
def test_end_that_cannot_be_is_refused(officer, ends_on, sentence):
    arrangement = add(Arrangement.PROVIDER, officer)
    PupilFactory(school=arrangement)
    with pytest.raises(RefusalError, match=sentence):
        change_arrangement(
            arrangement=arrangement, name="X", payee_reference="1", ends_on=ends_on, by=officer
        )


def test_pages_add_list_and_change(sign_in):
    client = sign_in(Role.SEND_OFFICER)
    assert "None yet" in client.get("/schools/without/").text
    url = "/schools/without/new/"
    assert "Say what it is" in client.post(url, {}).text
    given = {"kind": "account", "payee_reference": "4711"}
    page = client.post(url, given, follow=True).text
    assert "Account 4711 has been added, as P00001" in page
    arrangement = School.objects.get(urn="P00001")
    edit = f"/schools/without/{arrangement.pk}/edit/"
    assert "It is saved" in client.post(edit, {"payee_reference": "4712"}, follow=True).text
    arrangement.refresh_from_db()
    assert arrangement.name == "Account 4712"


@pytest.mark.parametrize("count", [1, 4])
def test_list_takes_the_same_queries_for_any_number(
    count, officer, client, django_assert_num_queries
):
    client.force_login(officer)
    for number in range(count):
        PupilFactory(school=add(Arrangement.PROVIDER, officer, payee_reference=str(number)))
    client.get("/schools/without/")
    with django_assert_num_queries(5):
        client.get("/schools/without/")

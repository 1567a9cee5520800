"""When a school changed its sector is put right (S11)."""

import datetime as dt

import pytest
from django.urls import reverse

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from schools.models import FormerSector, School
from schools.services.history import true_from
from schools.services.register import import_register
from schools.services.sectors import correct_sector
from tests.banding.races import at_once
from tests.factories import SchoolFactory, person
from tests.schools.register_files import as_csv, school_row

pytestmark = pytest.mark.django_db
TODAY, SEPTEMBER = dt.date(2026, 11, 17), dt.date(2026, 9, 1)
AUGUST_ENDS, OCTOBER_ENDS = dt.date(2026, 8, 31), dt.date(2026, 10, 31)


@pytest.fixture
def by(db):
    return person(Role.SEND_OFFICER)


@pytest.fixture
def former(db):
    school = SchoolFactory(name="Alderbrook School", sector="special")
    return school.former_sectors.create(sector="mainstream", until=AUGUST_ENDS)


def days() -> list[dt.date]:
    return list(FormerSector.objects.values_list("until", flat=True))


def test_register_changes_the_sector_from_the_day_it_is_imported():
    school = SchoolFactory(urn="900009", sector="special", type_code=7)
    import_register(lambda done, total: None, schools=as_csv([school_row("900009")]))
    school.refresh_from_db()
    assert school.sector == "mainstream"
    [row] = school.former_sectors.all()
    assert (row.sector, row.until) == ("special", TODAY - dt.timedelta(1))


def test_day_is_put_right(former, by):
    correct_sector(former=former, what="changed", since=dt.date(2026, 11, 1), by=by)
    assert days() == [OCTOBER_ENDS]


def test_change_may_be_of_today(former, by):
    correct_sector(former=former, what="changed", since=TODAY, by=by)
    assert days() == [TODAY - dt.timedelta(1)]


def test_what_never_was_is_gone(former, by):
    correct_sector(former=former, what="never", by=by)
    assert days() == []


@pytest.mark.parametrize(
    ("since", "told"),
    [
        (TODAY + dt.timedelta(1), "must not be in the future"),
        (dt.date(2026, 11, 1), "The sector changed on 1 October 2026 too"),
        (dt.date(2026, 10, 1), "The sector changed on 1 October 2026 too"),
        (None, "Enter the day on which the sector changed"),
    ],
)
def test_day_that_cannot_be_is_refused(former, by, since, told):
    former.school.former_sectors.create(sector="independent", until=dt.date(2026, 9, 30))
    with pytest.raises(RefusalError, match=told):
        correct_sector(former=former, what="changed", since=since, by=by)
    assert days() == [AUGUST_ENDS, dt.date(2026, 9, 30)]


def test_others_cannot(former):
    with pytest.raises(RefusalError):
        correct_sector(former=former, what="never", by=person(Role.AUDITOR))
    assert days() == [AUGUST_ENDS]


def test_what_is_gone_meanwhile_is_told(former, by):
    correct_sector(former=former, what="never", by=by)
    with pytest.raises(RefusalError, match="removed it in the meantime"):
        correct_sector(former=former, what="never", by=by)


@pytest.mark.django_db(transaction=True)
def test_correction_and_another_change_at_once_leave_one_row_a_day():
    school = SchoolFactory(sector="special")
    former = school.former_sectors.create(sector="mainstream", until=AUGUST_ENDS)
    by = person(Role.SEND_OFFICER)

    def change():
        with true_from(TODAY):
            School.objects.filter(pk=school.pk).update(sector="independent")

    results = at_once(
        [
            lambda: correct_sector(former=former, what="changed", since=OCTOBER_ENDS, by=by),
            change,
        ]
    )
    assert not [each for each in results if isinstance(each, Exception)]
    assert days() == [OCTOBER_ENDS - dt.timedelta(1), TODAY - dt.timedelta(1)]


# The pages


def page_of(school) -> str:
    return reverse("schools:school_detail", args=[school.pk])


@pytest.mark.parametrize(
    ("role", "may"),
    [(Role.SEND_OFFICER, True), (Role.ADMINISTRATOR, True), (Role.AUDITOR, False)],
)
def test_page_of_the_school_shows_former_sectors(sign_in, former, role, may):
    text = sign_in(role).get(page_of(former.school)).text
    assert "Mainstream until 31 August 2026" in text
    assert ("Correct the date" in text) == may


def test_page_without_a_past_has_none(sign_in, school):
    assert "Former sectors" not in sign_in(Role.SEND_OFFICER).get(page_of(school)).text


def test_officer_puts_the_day_right(sign_in, former):
    officer = sign_in(Role.SEND_OFFICER)
    url = reverse("schools:sector_correct", args=[former.pk])
    assert "Mainstream until 31 August 2026" in officer.get(url).text
    given = {"what": "changed", "since_0": "1", "since_1": "11", "since_2": "2026"}
    page = officer.post(url, given, follow=True)
    assert "It is put right. The next run adjusts what was published." in page.text
    assert days() == [OCTOBER_ENDS]


def test_page_asks_for_the_day(sign_in, former):
    url = reverse("schools:sector_correct", args=[former.pk])
    officer = sign_in(Role.SEND_OFFICER)
    empty = {"since_0": "", "since_1": "", "since_2": ""}
    page = officer.post(url, {"what": "changed"} | empty)
    assert "Enter the day on which the sector changed" in page.text
    officer.post(url, {"what": "never"} | empty)
    assert days() == []

"""What is published stays as it was, whatever is renamed or put right afterwards (F7, F9, F11)."""

import datetime as dt
import io

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.urls import reverse

from banding_portal.roles import Role
from funding.exports.schedule import write_schedule
from funding.exports.statement import write_statement
from funding.models import Run
from funding.selectors.fingerprints import inputs_have_changed
from funding.selectors.line_files import hash_lines
from funding.selectors.runs import totals_by_school, totals_by_section_251, totals_by_sector
from funding.selectors.statements import statement_for
from schools.models import Pupil, School
from tests.factories import PeriodFactory, SchoolFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import checked, draft, published

pytestmark = pytest.mark.django_db
FORMS = ("csv", "xlsx", "ledger-csv")


@pytest.fixture
def school(db) -> School:
    set_value()
    school = SchoolFactory(name="Alderbrook", establishment_number="2001")
    funded_pupil(school, upn="A123456789012", surname="Stone")
    return school


def put_right(school: School) -> None:
    """Everything a schedule shows is called something else now."""
    School.objects.filter(pk=school.pk).update(
        name="Birch Academy",
        urn="999999",
        type_name="Academy converter",
        type_code=34,
        type_group_code=10,
        establishment_number="4001",
        phase="Secondary",
        sector="special",
        payee_reference="V9",
    )
    Pupil.objects.update(reference="0-1", upn="B123456789012")


def shown(run: Run, school: School) -> dict[str, object]:
    """Every file, total and hash of a run, as bytes or text."""
    found: dict[str, object] = {}
    for form in FORMS:
        file = io.BytesIO()
        write_schedule(run, form, file)
        found[form] = file.getvalue()
    statement = statement_for(person(Role.AUDITOR), run.pk, school.pk)
    for form in ("csv", "xlsx"):
        file = io.BytesIO()
        write_statement(statement, form, file)
        found[f"statement {form}"] = file.getvalue()
    found["hash"] = hash_lines(run.pk)
    found["totals"] = [
        list(totals_by_school(run)),
        totals_by_sector(run),
        totals_by_section_251(run),
    ]
    return found


def test_a_published_run_gives_the_same_bytes_a_year_later(school):
    run = published()
    then = shown(run, school)
    put_right(school)
    with time_machine.travel(dt.datetime(2027, 11, 1, 9, tzinfo=dt.UTC)):
        now = shown(run, school)
    assert [what for what in then if now[what] != then[what]] == []
    assert now["hash"] == run.lines_hash
    assert b"Alderbrook" in now["csv"]


def test_pages_show_a_published_school_and_pupil_as_published(school, sign_in):
    run, reference = published(), Pupil.objects.get().reference
    put_right(school)
    client = sign_in(Role.FINANCE_OFFICER)
    lines = client.get(reverse("funding:line_list", args=[run.pk])).content.decode()
    schools = client.get(reverse("funding:run_school_list", args=[run.pk])).content.decode()
    for text in ("Alderbrook", reference, "A123456789012", "Band B"):
        assert text in lines
    assert "Alderbrook" in schools
    assert "Birch" not in lines + schools


def test_an_adjustment_keeps_its_own_copy_too(school):
    period = PeriodFactory()
    published(period)
    pupil = Pupil.objects.get()
    pupil.placements.update(end=dt.date(2026, 10, 31))
    line = draft(period).lines.get()
    assert (line.kind, line.urn, line.school_name) == ("adjustment", school.urn, "Alderbrook")
    assert (line.reference, line.upn, line.sector) == (pupil.reference, pupil.upn, school.sector)


def test_the_sector_kept_is_that_of_the_line(school):
    """In special education until October: two lines, each under its own."""
    set_value(annual="7320.00", sector="special")
    school.former_sectors.create(sector="special", until=dt.date(2026, 10, 31))
    run = draft()
    assert sorted(run.lines.values_list("sector", flat=True)) == ["mainstream", "special"]
    assert len(totals_by_sector(run)) == 2


@pytest.mark.parametrize("what", [School, Pupil])
def test_a_draft_is_told_when_a_name_it_shows_has_changed(what, school):
    run = draft()
    field = {"name": "Other"} if what is School else {"reference": "0-1"}
    what.objects.update(**field)
    assert inputs_have_changed(run)


def refused(run: Run, **change) -> str:
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        Run.objects.filter(pk=run.pk).update(**change)
    return str(error.value)


def test_one_update_publishes_nothing(school):
    """Not from a draft, nor with who sent it in the same breath, nor by who sent it."""
    officer, other = person(Role.FINANCE_OFFICER), person(Role.FINANCE_AUTHORISER)
    run = checked(by=officer)
    by_other = {"state": "published", "published_by": other, "published_at": run.sent_at}
    assert "by another" in refused(run, **by_other, sent_by=person(Role.FINANCE_OFFICER))
    assert "by another" in refused(run, **by_other, prepared_by=None)
    assert "run_published_by_another" in refused(run, **by_other | {"published_by": officer})
    Run.objects.filter(pk=run.pk).update(sent_by=None, sent_at=None)
    assert "run_published_by_somebody" in refused(run, **by_other)
    Run.objects.filter(pk=run.pk).update(state="draft", sent_by=officer, sent_at=run.sent_at)
    assert "by another" in refused(run, **by_other)

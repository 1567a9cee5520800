"""`verify_run`: a run performed again from what it keeps, and the auditor's pack (F7)."""

import csv
import hashlib
import io
import json
import zipfile
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from banding_portal.commands import RefusedCommandError
from banding_portal.database.owner import as_who_connected
from banding_portal.roles import Role
from funding.models import AuditPack, Line, Run
from funding.services.exceptions import clear_exceptions
from funding.services.publishing import publish_run, send_for_checking
from tests.factories import PeriodFactory, PlacementFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import draft, published
from tests.jobs import work_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    set_value()
    funded_pupil(reference="=1+1")
    funded_pupil(responsible_la="998")
    return published(PeriodFactory())


def verified(run, *more):
    out = io.StringIO()
    call_command("verify_run", "--run", str(run.pk), "--json", *more, stdout=out)
    return json.loads(out.getvalue())


def refused(run):
    out = io.StringIO()
    with pytest.raises(RefusedCommandError):
        call_command("verify_run", "--run", str(run.pk), "--json", stdout=out)
    return json.loads(out.getvalue())


def test_published_run_is_performed_again_without_a_difference(run):
    assert verified(run) == {
        "run": str(run.pk),
        "period": "2026-autumn",
        "sequence": 1,
        "state": "published",
        "lines": 2,
        "total": "1220.00",
        "equal": True,
        "amounts_performed_again": 1,
        "control_total": "1220.00",
        "control_total_now": "1220.00",
        "lines_hash": run.lines_hash,
        "lines_hash_now": run.lines_hash,
        "inputs_hash": run.inputs_hash,
        "inputs_changed_since": False,
        "differences": [],
    }


def test_what_changes_later_is_said_and_no_difference(run):
    funded_pupil()
    found = verified(run)
    assert (found["inputs_changed_since"], found["differences"]) == (True, [])


def test_line_changed_past_the_portal_is_every_difference_it_makes():
    """Of a draft, for the database lets nobody change a published line."""
    set_value()
    pupil = funded_pupil()
    run = draft(PeriodFactory())
    with as_who_connected():
        Line.objects.filter(run=run).update(amount=Decimal("1220.01"))
    found = refused(run)
    assert [
        problem["message"] if isinstance(problem, dict) else problem
        for problem in found["problems"]
    ] == found["differences"]
    assert len(found["differences"]) == 3
    urn = pupil.placements.get().school.urn
    assert found["differences"][1] == (
        "The lines add up to £1,220.01; the control total is £1,220.00."
    )
    assert found["differences"][2] == (
        f"{pupil.reference} at {urn} from 2026-09-01: the line says £1,220.01, its facts give "
        "£1,220.00."
    )


def test_unknown_run_is_refused():
    with pytest.raises(CommandError):
        call_command("verify_run", "--run", "6f9619ff-8b86-d011-b42d-00c04fc964ff")


@pytest.fixture
def cleared_run():
    """A published run of one pupil with an overlap that Ada Officer cleared."""
    set_value()
    period = PeriodFactory()
    pupil = funded_pupil(reference="=1+1")
    PlacementFactory(pupil=pupil, start=period.start, end=period.start)
    officer = person("finance_officer", name="Ada Officer")
    run = draft(period, officer)
    clear_exceptions(run=run, kind="overlap", reason="One day at both.", by=officer)
    send_for_checking(run=run, by=officer)
    return publish_run(run=Run.objects.get(), by=person("finance_authoriser"))


def test_pack_holds_what_it_takes_to_perform_the_run_again(cleared_run, tmp_path):
    run, path = cleared_run, tmp_path / "pack.zip"
    verified(run, "--pack", str(path))
    with zipfile.ZipFile(path) as pack:
        read = {name: pack.read(name) for name in pack.namelist()}
    names = ["READ ME.txt", "lines.csv", "facts.csv", "exceptions.csv", "run.csv", "policy.csv"]
    assert list(read) == names
    steps = list(csv.DictReader(io.StringIO(read["run.csv"].decode())))
    assert [step["state"] for step in steps][-2:] == ["checked", "published"]
    assert steps[-1]["lines_hash"] == run.lines_hash
    policy = read["policy.csv"].decode()
    assert "Band value" in policy
    assert "annual_value: 3660.00" in policy
    assert hashlib.sha256(read["lines.csv"]).hexdigest() == run.lines_hash
    assert run.lines_hash in read["READ ME.txt"].decode()
    assert "Performed again without any difference." in read["READ ME.txt"].decode()
    facts = list(csv.DictReader(io.StringIO(read["facts.csv"].decode())))
    assert sum(Decimal(row["amount"]) for row in facts) == run.control_total
    assert {row["reference"] for row in facts} == {"'=1+1"}
    [cleared] = csv.DictReader(io.StringIO(read["exceptions.csv"].decode()))
    assert (cleared["cleared_by"], cleared["reason"]) == ("Ada Officer", "One day at both.")


def test_pack_of_the_same_run_has_the_same_bytes(cleared_run, tmp_path):
    path = tmp_path / "pack.zip"
    verified(cleared_run, "--pack", str(path))
    first = path.read_bytes()
    verified(cleared_run, "--pack", str(path))
    assert path.read_bytes() == first


def bend(run):
    """As somebody with the rights of the database’s owner could."""
    with as_who_connected(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE funding_line DISABLE TRIGGER USER")
        cursor.execute("UPDATE funding_line SET amount = amount + 1 WHERE run_id = %s", [run.pk])
        cursor.execute("ALTER TABLE funding_line ENABLE TRIGGER USER")


@pytest.fixture
def auditor(sign_in):
    return sign_in(Role.AUDITOR)


def test_page_performs_the_run_again_and_keeps_the_pack(run, auditor):
    page = reverse("funding:audit_pack", args=[run.pk])
    assert "has not been performed again" in auditor.get(page).text
    auditor.post(reverse("funding:audit_pack_make", args=[run.pk]))
    work_on(AuditPack.objects.get())
    text = auditor.get(page).text
    assert "<strong>No difference.</strong>" in text
    assert run.lines_hash in text
    pack = AuditPack.objects.get()
    content = auditor.get(reverse("funding:audit_pack_file", args=[pack.pk])).content
    with zipfile.ZipFile(io.BytesIO(content)) as found:
        assert "lines.csv" in found.namelist()
        assert hashlib.sha256(found.read("lines.csv")).hexdigest() == run.lines_hash


def test_page_says_what_differs(run, auditor):
    bend(run)
    auditor.post(reverse("funding:audit_pack_make", args=[run.pk]))
    work_on(AuditPack.objects.get())
    text = auditor.get(reverse("funding:audit_pack", args=[run.pk])).text
    assert "Something differs" in text
    assert "The lines add up to" in text


def test_run_that_can_still_change_has_no_pack(auditor):
    set_value()
    funded_pupil()
    this = draft(PeriodFactory())
    assert "can still change" in auditor.get(reverse("funding:audit_pack", args=[this.pk])).text
    page = auditor.post(reverse("funding:audit_pack_make", args=[this.pk]), follow=True)
    assert "Only a published run has an auditor’s pack" in page.text
    assert not AuditPack.objects.exists()

"""The funding commands (interfaces.md): files in, one JSON object out, exit codes."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command

from banding_portal.commands import RefusedCommandError
from funding.models import BandValue, PaymentCalendar, Run
from tests.factories import FrameworkFactory, PeriodFactory, PlacementFactory
from tests.funding.funded import funded_pupil, set_value
from tests.funding.test_calendars import calendar

pytestmark = pytest.mark.django_db


def run_json(*arguments: str) -> dict:
    out = io.StringIO()
    call_command(*arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def refused_json(*arguments: str) -> list:
    out = io.StringIO()
    with pytest.raises(RefusedCommandError):
        call_command(*arguments, "--json", stdout=out)
    return json.loads(out.getvalue())["problems"]


def test_calculate_run_writes_lines_and_totals(tmp_path):
    set_value()
    period = PeriodFactory()
    pupil = funded_pupil()
    funded_pupil(pupil.placements.get().school, "A", responsible_la="998")
    unvalued = funded_pupil(pupil.placements.get().school, "A")
    PlacementFactory(pupil=unvalued, start=period.start)
    output = tmp_path / "lines.csv"
    data = run_json("calculate_run", "--period", period.code, "--output", str(output))
    run = Run.objects.get()
    assert data == {
        "run": str(run.pk),
        "sequence": 1,
        "lines": 3,
        "pupils": 1,
        "schools": 1,
        "allocation_total": "1220.00",
        "adjustment_total": "0.00",
        "exceptional_total": "0.00",
        "protection_total": "0.00",
        "unvalued": 1,
        "other_la": 1,
        "exceptions": 2,
        "for_schools_total": "0.00",
        "recovery_total": "0.00",
        "recoupment_total": "0.00",
    }
    with output.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["kind"] for row in rows] == ["allocation", "other_la", "unvalued"]
    assert rows[0] == {
        "period": "2026-autumn",
        "school_urn": pupil.placements.get().school.urn,
        "pupil_id": pupil.reference,
        "basis": "EHCP",
        "framework": "test-framework",
        "band": "B",
        "annual_value": "3660.00",
        "start": "2026-09-01",
        "end": "2026-12-31",
        "days": "122",
        "period_days": "122",
        "kind": "allocation",
        "amount": "1220.00",
    }
    assert (rows[2]["annual_value"], rows[2]["amount"]) == ("", "")


def test_calculate_run_says_what_it_did(capsys):
    period = PeriodFactory()
    call_command("calculate_run", "--period", period.code)
    sentence = "Autumn term 2026, run 1: 0 lines, £0.00 to pay, 0 unvalued, 0 exceptions to clear."
    assert capsys.readouterr().out.strip() == sentence


def test_calculate_run_says_one_line_and_one_exception(capsys):
    set_value()
    funded_pupil()
    funded_pupil(code=None)
    call_command("calculate_run", "--period", PeriodFactory().code)
    said = capsys.readouterr().out.strip()
    assert said.endswith("1: 1 line, £1,220.00 to pay, 0 unvalued, 1 exception to clear.")


def test_calculate_run_refuses_what_it_cannot_do():
    assert refused_json("calculate_run", "--period", "2026-autumn") == [
        "There is no period 2026-autumn. Load its payment calendar first."
    ]
    Run.objects.create(
        period=PeriodFactory(), sequence=1, state="checked", prepared_at="2026-11-01T09:00Z"
    )
    assert refused_json("calculate_run", "--period", "2026-autumn") == [
        "This run is being checked. Send it back before you calculate it again."
    ]


def test_calculate_run_needs_a_folder_for_its_output():
    period = PeriodFactory()
    with pytest.raises(CommandError, match="cannot be written: No such file"):
        call_command("calculate_run", "--period", period.code, "--output", "/nowhere/lines.csv")
    assert not Run.objects.exists()


def test_run_is_as_it_was_where_its_lines_cannot_be_written(monkeypatch, tmp_path):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("funding.management.commands.calculate_run.write_lines", full)
    output = str(tmp_path / "lines.csv")
    said = refused_json("calculate_run", "--period", PeriodFactory().code, "--output", output)
    assert said == [f"The file {output} cannot be written: No space left on device."]
    assert not Run.objects.exists()


def test_formula_in_a_reference_is_written_as_text(tmp_path):
    set_value()
    funded_pupil(reference="=1+1")
    output = tmp_path / "lines.csv"
    call_command("calculate_run", "--period", PeriodFactory().code, "--output", str(output))
    assert ",'=1+1," in output.read_text(encoding="utf-8")


def test_load_band_values(tmp_path):
    FrameworkFactory()
    file = tmp_path / "values.csv"
    heading = "framework,band,sector,annual_value,effective_from\n"
    file.write_text(heading + "test-framework,A,special,1,2026-09-01\n")
    data = run_json("load_band_values", str(file))
    assert data == {"values": 1, "created": 1, "updated": 0, "unchanged": 0}
    file.write_text(heading + "test-framework,A,special,two,2026-09-01\n")
    problem = refused_json("load_band_values", str(file))[0]
    assert [problem["row"], problem["heading"], problem["value"]] == [2, "annual_value", "two"]
    assert str(BandValue.objects.get().annual_value) == "1.00"


def test_load_payment_calendar(tmp_path):
    file = tmp_path / "calendar.json"
    file.write_text(json.dumps(calendar()))
    data = run_json("load_payment_calendar", str(file))
    assert data == {"year": "2026-27", "periods": 2, "change": "created"}
    file.write_text(json.dumps(calendar(year="2026")))
    [problem] = refused_json("load_payment_calendar", str(file))
    assert (problem["heading"], problem["value"]) == ("year", "2026")
    assert problem["message"] == "Write the year like 2026-27."
    assert PaymentCalendar.objects.get().year == "2026-27"

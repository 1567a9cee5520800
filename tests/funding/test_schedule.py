"""The schedule (F11): totals equal everywhere, text stays text, one table a sheet."""

import csv
import io
import json
import random
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db.models import Sum
from django.urls import reverse

from banding_portal.csv_text import STARTS_A_FORMULA, as_text
from banding_portal.database.owner import as_who_connected
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.exports.columns import HEADINGS, LEDGER_COLUMNS
from funding.exports.schedule import write_schedule
from funding.models import Line
from schools.choices import Arrangement, Sector
from schools.models import Pupil, School
from tests.factories import PeriodFactory, SchoolFactory
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import draft, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(db):
    """Three schools of three kinds, another authority's pupil, £1,220.00 a pupil of the term."""
    set_value()
    set_value("C", "4044.01")
    period = PeriodFactory()
    maintained = SchoolFactory(name="=Alderbrook")
    academy = SchoolFactory(name="Beech Academy", type_code=34, type_group_code=10)
    independent = SchoolFactory(name="Cedar", type_code=10, type_group_code=5)
    funded_pupil(maintained, reference="-999-1")
    funded_pupil(maintained, "C", upn="A123456789012")
    funded_pupil(academy)
    funded_pupil(independent)
    funded_pupil(academy, responsible_la="888")
    return draft(period)


def write(run, form) -> bytes:
    file = io.BytesIO()
    write_schedule(run, form, file)
    return file.getvalue()


def read_csv(content: bytes) -> list[dict[str, str]]:
    """Without the row that says of a draft that it is one."""
    text = content.decode()
    if text.startswith('"Draft, not published.'):
        text = text.partition("\n")[2]
    return list(csv.DictReader(io.StringIO(text, newline="")))


def read_book(content: bytes) -> dict[str, list[tuple]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def lines_of(book: dict[str, list[tuple]]) -> list[dict]:
    sheets = [rows for name, rows in book.items() if name.startswith(("Journal", "Remittance"))]
    return [dict(zip(rows[0], row, strict=True)) for rows in sheets for row in rows[1:]]


def test_totals_are_equal_on_the_page_in_csv_in_excel_and_in_the_database(run, sign_in):
    total = Line.objects.filter(run=run).aggregate(total=Sum("amount"))["total"]
    assert total == run.control_total == Decimal("5008.00")
    rows, book = read_csv(write(run, "csv")), read_book(write(run, "xlsx"))
    ledger = read_csv(write(run, "ledger-csv"))
    by_school = book["Totals by school"][1:]
    section_251 = book["Totals by section 251"][1:]
    assert [
        sum(Decimal(row["Amount"]) for row in rows),
        sum(Decimal(row["Amount"]) for row in ledger),
        sum(Decimal(str(row["Amount"])) for row in lines_of(book)),
        sum(Decimal(str(row[-1])) for row in by_school),
        sum(Decimal(str(row[-1])) for row in section_251),
    ] == [total] * 5
    assert len(rows) == len(ledger) == len(lines_of(book)) == 5
    client = sign_in(Role.FINANCE_OFFICER)
    for name in ("run_detail", "schedule", "run_school_list"):
        page = client.get(reverse(f"funding:{name}", args=[run.pk])).content.decode()
        assert "£5,008.00" in page


def test_csv_and_excel_hold_the_same_lines(run):
    as_csv = {row["Pupil reference"].removeprefix("'"): row for row in read_csv(write(run, "csv"))}
    for line in lines_of(read_book(write(run, "xlsx"))):
        row = as_csv[line["Pupil reference"]]
        assert Decimal(row["Amount"]) == Decimal(str(line["Amount"]))
        assert row["Start"] == line["Start"].date().isoformat()
        assert row["Days"] == str(line["Days"])
        for heading in ("URN", "Type", "Basis", "Band", "Period", "Fraction", "Kind", "Run"):
            assert row[heading] == (line[heading] or "")


def test_columns_are_those_of_the_rule(run):
    headings = write(run, "csv").decode().splitlines()[1].split(",")
    assert tuple(headings) == HEADINGS == (
        "LA number", "URN", "School", "Type", "Pupil reference", "UPN", "Basis", "Band",
        "Annual value", "Period", "Start", "End", "Days", "Fraction", "Amount", "Kind", "Run",
        "Why adjusted",
    )  # fmt: skip
    row = next(row for row in read_csv(write(run, "csv")) if row["Band"] == "Band C")
    assert (row["Annual value"], row["Amount"]) == ("4044.01", "1348.00")
    assert [row[name] for name in ("Basis", "Days", "Fraction", "Kind", "Run")] == [
        "EHCP", "122", "4/12", "Allocation", "2026-autumn run 1",
    ]  # fmt: skip


def test_ledger_has_no_upn_and_no_file_has_a_name(run):
    Pupil.objects.update(surname="Zebedee", forename="Canary")
    ledger = write(run, "ledger-csv").decode()
    assert "A123456789012" not in ledger
    assert "UPN" not in [column.heading for column in LEDGER_COLUMNS]
    for form in ("csv", "ledger-csv"):
        assert "Zebedee" not in write(run, form).decode()
    with zipfile.ZipFile(io.BytesIO(write(run, "xlsx"))) as book:
        assert not any(b"Zebedee" in book.read(name) for name in book.namelist())


def test_excel_summary_has_its_control_total_as_a_number(run):
    sheet = openpyxl.load_workbook(io.BytesIO(write(run, "xlsx")))["Summary"]
    cells = {row[0].value: row[1] for row in sheet.iter_rows()}
    total = cells["Control total"]
    assert Decimal(str(total.value)) == run.control_total > 0
    assert total.number_format.startswith("£#,##0.00")
    assert cells["Lines"].value == run.lines.count()


def test_excel_has_a_sheet_a_way_of_paying_and_one_table_a_sheet(run):
    content = write(run, "xlsx")
    assert list(read_book(content)) == [
        "Summary",
        "Journal – maintained",
        "Remittance – academies",
        "Remittance – independent",
        "Totals by school",
        "Totals by section 251",
    ]
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        assert not sheet.merged_cells.ranges
        assert all(cell.value for cell in sheet[1])
        assert all(any(cell.value is not None for cell in row) for row in sheet.iter_rows())


def test_what_is_paid_without_a_school_is_with_independent_providers(db):
    set_value(sector=Sector.OUT_OF_SCHOOL)
    provider = SchoolFactory(
        urn="P00001",
        sector=Sector.OUT_OF_SCHOOL,
        arrangement=Arrangement.PROVIDER,
        type_code=None,
        type_group_code=None,
    )
    funded_pupil(provider)
    book = read_book(write(draft(PeriodFactory()), "xlsx"))
    assert "Remittance – type not known" not in book
    assert len(book["Remittance – independent"]) == 2
    assert book["Totals by school"][1][4] == "Remittance – independent"


def test_text_that_looks_like_a_formula_stays_text(run):
    row = next(r for r in read_csv(write(run, "csv")) if r["Pupil reference"].endswith("999-1"))
    assert (row["Pupil reference"], row["School"]) == ("'-999-1", "'=Alderbrook")
    book = openpyxl.load_workbook(io.BytesIO(write(run, "xlsx")))
    assert "=Alderbrook" in [cell.value for cell in book["Journal – maintained"]["C"]]
    formulas = [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert formulas == []


def test_many_hostile_strings_are_never_formulas(run):
    chance = random.Random(9)
    alphabet = "=+-@\t\r'\"|!,;A1 (é"
    for _ in range(10_000):
        text = "".join(chance.choices(alphabet, k=chance.randint(1, 8)))
        assert not as_text(text).startswith(STARTS_A_FORMULA)
    school, names = School.objects.first(), []
    for start in STARTS_A_FORMULA:
        School.objects.filter(pk=school.pk).update(name=f"{start}SUM(A1)")
        names += [row["School"] for row in read_csv(write(run, "csv")) if row["URN"] == school.urn]
    assert names
    assert all(name.startswith("'") for name in names)


def test_negative_amounts_stay_numbers():
    set_value()
    period = PeriodFactory()
    pupil = funded_pupil()
    published(period)
    pupil.placements.update(end=period.count_date)
    run = draft(period)
    row = read_csv(write(run, "csv"))[0]
    assert (row["Amount"], row["Kind"]) == ("-910.00", "Adjustment")
    [line] = lines_of(read_book(write(run, "xlsx")))
    assert line["Amount"] == -910


def test_a_file_that_does_not_add_up_is_not_given(run, sign_in):
    with as_who_connected():
        Line.objects.filter(run=run, kind="allocation").update(amount=1)
    for form in ("csv", "xlsx"):
        with pytest.raises(RefusalError, match=r"control total is £5,008\.00"):
            write(run, form)
    client = sign_in(Role.FINANCE_OFFICER)
    response = client.get(reverse("funding:schedule_download", args=[run.pk, "csv"]), follow=True)
    assert "The file was not made" in response.content.decode()


@pytest.mark.parametrize("form", ["csv", "ledger-csv"])
def test_download_is_the_file_and_the_next_page_says_what_was_in_it(form, run, sign_in):
    client = sign_in(Role.AUDITOR)
    response = client.get(reverse("funding:schedule_download", args=[run.pk, form]))
    content = b"".join(response.streaming_content)
    assert len(read_csv(content)) == 5
    assert "2026-autumn-run-1" in response["Content-Disposition"]
    page = client.get(reverse("funding:schedule", args=[run.pk])).content.decode()
    assert "5 lines, control total £5,008.00" in page


@pytest.mark.parametrize("form", ["pdf", "xlsx"])
def test_format_that_is_not_sent_at_once_is_not_found(form, run, sign_in):
    client = sign_in(Role.FINANCE_OFFICER)
    assert client.get(reverse("funding:schedule_download", args=[run.pk, form])).status_code == 404


def test_command_writes_the_file_and_says_what_is_in_it(run, tmp_path, capsys):
    path = tmp_path / "schedule.csv"
    call_command("export_schedule", "--json", run=run.pk, format="csv", output=path)
    said = json.loads(capsys.readouterr().out)
    assert (said["lines"], said["total"], len(said["sha256"])) == (5, "5008.00", 64)
    assert len(read_csv(path.read_bytes())) == 5
    assert [found.name for found in tmp_path.iterdir()] == ["schedule.csv"]


def test_command_refuses_an_unknown_run(tmp_path, run):
    path = tmp_path / "schedule.csv"
    with pytest.raises(CommandError, match="Nothing has been changed"):
        call_command("export_schedule", run=run.period_id, format="csv", output=path)
    assert not path.exists()


def test_command_leaves_no_file_that_does_not_add_up(tmp_path, run):
    with as_who_connected():
        Line.objects.filter(run=run, kind="allocation").update(amount=1)
    path = tmp_path / "schedule.csv"
    with pytest.raises(CommandError):
        call_command("export_schedule", run=run.pk, format="csv", output=path)
    assert list(tmp_path.iterdir()) == []


def test_command_says_what_the_identifier_of_a_run_is(tmp_path):
    with pytest.raises(CommandError, match="“abc” is not the identifier of a run"):
        call_command("export_schedule", "--run=abc", "--format=csv", f"--output={tmp_path / 'a'}")

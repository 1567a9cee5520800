"""One run, every way it is read: all come to the same, to the penny (F11, F17, F18, F20)."""

import csv
import datetime as dt
import io
import re
from decimal import Decimal

import openpyxl
import pytest
from django.db.models import Sum
from django.urls import reverse

from banding_portal.roles import Role
from funding.choices import PAID_KINDS
from funding.exports.remittances import write_remittances
from funding.exports.schedule import write_schedule
from funding.ledger.services import make_ledger_files, set_ledger_code, set_up_ledger
from funding.models import Line
from schools.services.pupils import end_placement
from tests.factories import PeriodFactory, SchoolFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import published
from tests.funding.tokens import a_token, get

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 12, 31)


@pytest.fixture
def runs(db):
    """A period as it was first paid, and the adjustments after a leaver and a joiner of it."""
    set_value()
    set_value("C", "7321.50")
    period = PeriodFactory()
    maintained, academy = SchoolFactory(), SchoolFactory(type_group_code=10)
    leaver = funded_pupil(maintained, "C")
    funded_pupil(maintained)
    funded_pupil(academy, "C", start=dt.date(2026, 10, 7))
    funded_pupil(academy, responsible_la="888")
    first = published(period)
    end_placement(
        placement=leaver.placements.get(), end=dt.date(2026, 10, 19), by=person(Role.SEND_OFFICER)
    )
    funded_pupil(academy, "C", start=dt.date(2026, 11, 3))
    return first, published(period)


@pytest.fixture
def officer(db):
    by = person(Role.FINANCE_OFFICER)
    contra = {"contra_cost_centre": "BAL", "contra_subjective": "9"}
    set_up_ledger(layout="signed", vat_code="", carries=False, **contra, by=by)
    set_ledger_code(section="", sector="", cost_centre="SEN", subjective="4", by=by)
    return by


def schedule(run, form):
    file = io.BytesIO()
    write_schedule(run, form, file)
    return file


def in_csv(run, form):
    rows = csv.DictReader(io.StringIO(schedule(run, form).getvalue().decode(), newline=""))
    return sum(Decimal(row["Amount"]) for row in rows)


def in_excel(run):
    rows = openpyxl.load_workbook(schedule(run, "xlsx"))["Totals by school"].values
    return sum(Decimal(str(row[-1])) for row in list(rows)[1:])


def in_json(run, by):
    _, secret = a_token(by, name=str(run.pk))
    schools = get(reverse("funding:api:schools", args=[run.pk]), secret).json()["items"]
    address, lines = reverse("funding:api:lines", args=[run.pk]) + "?limit=1", []
    while address:
        page = get(address, secret).json()
        lines += page["items"]
        address = page["next"]
    return (
        sum(Decimal(school["amount"]) for school in schools),
        sum(Decimal(line["amount"]) for line in lines if line["is_paid"]),
    )


def in_ledger(run, by):
    days = [DAY, dt.date(2027, 1, 31), dt.date(2027, 2, 28)]
    files = make_ledger_files(run=run, posting_date=DAY, pay_dates=days, by=by)
    journal, payables = (
        list(csv.DictReader(io.StringIO(bytes(file.content).decode()))) for file in files
    )
    own = (row for row in journal if row["Cost centre"] != "BAL")
    return sum(Decimal(row["Amount"]) for row in (*own, *payables))


def on_screen(run, client):
    page = client.get(reverse("funding:run_detail", args=[run.pk])).content.decode()
    found = re.search(r"Control total.*?([−-]?)£([\d,]+\.\d\d)", page, re.DOTALL)
    sign = -1 if found[1] else 1
    return sign * Decimal(found[2].replace(",", ""))


@pytest.mark.parametrize("place", [0, 1])
def test_every_total_of_a_run_is_the_same(runs, officer, sign_in, place):
    run = runs[place]
    paid = Line.objects.filter(run=run, kind__in=PAID_KINDS)
    stored = paid.aggregate(total=Sum("amount"))["total"]
    assert stored
    assert {
        run.control_total,
        on_screen(run, sign_in(Role.AUDITOR)),
        in_csv(run, "csv"),
        in_csv(run, "ledger-csv"),
        in_excel(run),
        *in_json(run, officer),
        in_ledger(run, officer),
        write_remittances(run, io.BytesIO()).total,
    } == {stored}

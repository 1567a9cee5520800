"""Ledger codes of the invented authority, the files of a run, and the budget of the year."""

from decimal import Decimal

from banding_portal.demo.timeline import Timeline
from funding.ledger.layouts import TWO_COLUMNS
from funding.ledger.services import make_ledger_files, set_ledger_code, set_up_ledger
from funding.models import PaymentCalendar, Run
from funding.section_251 import ACADEMIES, INDEPENDENT
from funding.year.services import set_budget
from schools.choices import Sector
from schools.models import User

CODES = {"": "SEN100 41000", ACADEMIES: "SEN200 42000", INDEPENDENT: "SEN300 43000"}
BUDGET = {
    Sector.MAINSTREAM: 810_000,
    Sector.SPECIAL: 2_550_000,
    Sector.ALTERNATIVE_PROVISION: 110_000,
    Sector.EARLY_YEARS: 45_000,
    Sector.POST_16: 130_000,
    Sector.INDEPENDENT: 150_000,
    Sector.OUT_OF_SCHOOL: 25_000,
}


def seed_ledger(by: User) -> None:
    set_up_ledger(
        layout=TWO_COLUMNS.code,
        contra_cost_centre="BAL001",
        contra_subjective="99000",
        vat_code="0",
        carries=True,
        by=by,
    )
    for section, code in CODES.items():
        cost_centre, subjective = code.split()
        set_ledger_code(
            section=section, sector="", cost_centre=cost_centre, subjective=subjective, by=by
        )


def seed_ledger_files(run: Run, by: User) -> None:
    make_ledger_files(run=run, posting_date=run.period.end, by=by)


def seed_budget(timeline: Timeline, by: User) -> None:
    calendar = PaymentCalendar.objects.get(periods__code=timeline.term.code)
    amounts = {sector.value: Decimal(pounds) for sector, pounds in BUDGET.items()}
    set_budget(calendar=calendar, amounts=amounts, by=by)

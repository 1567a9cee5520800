"""Three terms of an authority that works as Norfolk does: a round each term, told by exception,
moderated, paid. The totals are worked out by hand (B10, S7, F4, F8).

Band A is worth £1,350 a year, B £2,240, C £4,044: for 4, 3 and 5 twelfths £450.00, £337.50 and
£562.50; £746.67, £560.00 and £933.33; £1,348.00, £1,011.00 and £1,685.00.
"""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from banding.changes.services import account_for
from banding.decisions.outcomes import record_moderated_band
from banding.joiners.services import add_joiner, place_joiner
from banding.models import BandDecision
from banding.returns.services import accept_return, confirm_nothing_to_tell, submit_return
from banding_portal.roles import Role
from funding.services.exceptions import clear_exception
from funding.services.publishing import publish_run, send_for_checking
from funding.services.runs import calculate_run
from tests.banding.helpers import band_of, decide
from tests.banding.rounds import open_round, pupil_at, return_of, row_of
from tests.factories import PaymentCalendarFactory, PeriodFactory, SchoolFactory, person
from tests.funding.funded import set_value

pytestmark = pytest.mark.django_db
TERMS = {
    "autumn": ("2026-09-01", "2026-12-31", dt.date(2026, 10, 1), 4),
    "spring": ("2027-01-01", "2027-03-31", dt.date(2027, 1, 15), 3),
    "summer": ("2027-04-01", "2027-08-31", dt.date(2027, 5, 1), 5),
}
YEAR_3, YEAR_7 = dt.date(2018, 10, 1), dt.date(2015, 8, 1)


class Norfolk:
    """One primary school, its SENCO, the authority's people, and a round each term."""

    def __init__(self):
        for code, annual in {"A": "1350", "B": "2240", "C": "4044"}.items():
            set_value(code, annual)
        calendar = PaymentCalendarFactory(proration="whole_period")
        self.periods = {
            term: PeriodFactory(
                calendar=calendar,
                code=f"{term}-term",
                start=dt.date.fromisoformat(start),
                end=dt.date.fromisoformat(end),
                count_date=counted,
                numerator=twelfths,
            )
            for term, (start, end, counted, twelfths) in TERMS.items()
        }
        self.school = SchoolFactory()
        self.senco = person(Role.SENCO, school=self.school)
        self.officer = person(Role.SEND_OFFICER)
        self.finance = person(Role.FINANCE_OFFICER)
        self.authoriser = person(Role.FINANCE_AUTHORISER)

    def open(self, term):
        self.term, self.round = term, open_round(code=term, reference=TERMS[term][2])
        self.own = return_of(self.round, self.school)

    def row(self, pupil):
        return row_of(self.round, pupil)

    def tell_left(self, pupil, day):
        row = self.row(pupil)
        account_for(return_pupil=row, change="left", change_date=day, by=self.senco)

    def place_a_joiner(self):
        joiner = add_joiner(
            pupil_return=self.own,
            by=self.senco,
            surname="Quill",
            forename="Ada",
            date_of_birth=YEAR_3,
            joined_on=dt.date(2027, 1, 4),
            plan_type="EHCP",
        )
        return place_joiner(joiner=joiner, pupil=None, by=self.officer).pupil

    def moderate(self, application, row):
        record_moderated_band(
            decision=application,
            band=band_of(row, "C"),
            effective_from=dt.date(2027, 1, 1),
            reason="Close supervision all day",
            by=self.officer,
        )

    def submit(self):
        submit_return(pupil_return=self.own, by=self.senco, declared_name="Sam Carter")
        accept_return(pupil_return=self.own, by=self.officer)

    def pay(self) -> tuple[Decimal, Decimal]:
        """Allocations and adjustments of the published run of this term."""
        run = calculate_run(period=self.periods[self.term], by=self.finance)
        for each in run.exceptions.all():
            clear_exception(exception=each, reason="Waits for moderation", by=self.finance)
        send_for_checking(run=run, by=self.finance)
        run = publish_run(run=run, by=self.authoriser)
        paid = {"allocation": Decimal("0.00"), "adjustment": Decimal("0.00")}
        for line in run.lines.all():
            paid[line.kind] += line.amount
        return paid["allocation"], paid["adjustment"]


def in_(term):
    day = TERMS[term][2] + dt.timedelta(days=5)
    return time_machine.travel(dt.datetime.combine(day, dt.time(12), dt.UTC))


def test_three_terms_told_by_exception_are_paid_to_the_penny():
    la, no_money = Norfolk(), Decimal("0.00")
    steady, support = (
        pupil_at(la.school, plan_type=plan, date_of_birth=YEAR_3)
        for plan in ("EHCP", "SEN_SUPPORT")
    )
    rising = pupil_at(la.school, band="A", date_of_birth=YEAR_3)
    leaver = pupil_at(la.school, date_of_birth=YEAR_7)
    applies = pupil_at(la.school, band="", plan_type="SEN_SUPPORT", date_of_birth=YEAR_3)

    with in_("autumn"):  # One application; the phase leaver goes without a word.
        la.open("autumn")
        application = decide(la.row(applies), la.senco)
        la.submit()
        assert leaver.placements.get().end == dt.date(2026, 8, 31)
        # 2 × £746.67 + £450.00; what is applied for is not moderated yet.
        assert la.pay() == (Decimal("1943.34"), no_money)

    with in_("spring"):  # The outcome; a joiner; a changed band.
        la.moderate(application, la.row(applies))
        la.open("spring")
        joined = la.place_a_joiner()
        decide(la.row(joined), la.senco)
        decide(la.row(rising), la.senco, code="C", levels={"cl": "3", "ci": "1"})
        la.submit()
        # 3 × £560.00 + 2 × £1,011.00
        assert la.pay() == (Decimal("3702.00"), no_money)

    with in_("summer"):  # A leaver alone.
        la.open("summer")
        la.tell_left(steady, dt.date(2027, 4, 9))
        la.submit()
        # 2 × £933.33 + 2 × £1,685.00
        assert la.pay() == (Decimal("5236.66"), no_money)
    assert {p.return_pupils.count() for p in (support, rising)} == {3}


def test_round_in_which_nothing_is_told_moves_no_money():
    la = Norfolk()
    pupil_at(la.school, date_of_birth=YEAR_3)
    pupil_at(la.school, plan_type="SEN_SUPPORT", band="C", date_of_birth=YEAR_3)
    before = BandDecision.objects.count()
    paid = {}
    for term in TERMS:
        with in_(term):
            la.open(term)
            confirm_nothing_to_tell(pupil_return=la.own, by=la.senco)
            accept_return(pupil_return=la.own, by=la.officer)
            paid[term] = la.pay()
    assert BandDecision.objects.count() == before
    assert paid == {
        "autumn": (Decimal("2094.67"), Decimal("0.00")),  # £746.67 + £1,348.00
        "spring": (Decimal("1571.00"), Decimal("0.00")),  # £560.00 + £1,011.00
        "summer": (Decimal("2618.33"), Decimal("0.00")),  # £933.33 + £1,685.00
    }

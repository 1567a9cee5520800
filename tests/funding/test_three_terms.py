"""Three terms of an authority that works as Norfolk does: a round each term, told by exception,
moderated, fed back, paid. The totals are worked out by hand (B10, S7, F4, F8).

Band A is worth £1,350 a year, B £2,240, C £4,044: for 4, 3 and 5 twelfths £450.00, £337.50 and
£562.50; £746.67, £560.00 and £933.33; £1,348.00, £1,011.00 and £1,685.00.
"""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from banding.changes.services import account_for
from banding.joiners.services import add_joiner, place_joiner
from banding.models import BandDecision, Framework
from banding.returns.services import accept_return, confirm_nothing_to_tell, submit_return
from banding_portal.notices.choices import NoticeKind
from banding_portal.roles import Role
from funding.services.exceptions import clear_exception
from funding.services.publishing import publish_run, send_for_checking
from funding.services.runs import calculate_run
from moderation.choices import ChangeReason
from moderation.feedback.services import tell_feedback
from moderation.selectors.population import Settings
from moderation.services.assignment import assign_cases
from moderation.services.outcomes import change_case, uphold_case
from moderation.services.samples import draw_sample
from tests.banding.helpers import decide
from tests.banding.rounds import open_round, pupil_at, return_of, row_of
from tests.banding.test_evidence import FIELDS, GIVEN
from tests.factories import PaymentCalendarFactory, PeriodFactory, SchoolFactory, person
from tests.funding.funded import set_value
from tests.moderation.world import judge, lead, moderator

pytestmark = pytest.mark.django_db
TERMS = {
    "autumn": ("2026-09-01", "2026-12-31", dt.date(2026, 10, 1), 4),
    "spring": ("2027-01-01", "2027-03-31", dt.date(2027, 1, 15), 3),
    "summer": ("2027-04-01", "2027-08-31", dt.date(2027, 5, 1), 5),
}
WEEKS = {"deadline": 14, "processing_from": 15, "moderation_from": 20, "feedback_on": 30}
"""Days from the reference date of a round."""
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
        Framework.objects.update(evidence=FIELDS)
        self.school = SchoolFactory()
        self.senco = person(Role.SENCO, school=self.school)
        self.officer = person(Role.SEND_OFFICER)
        self.lead, self.moderator = lead(), moderator(self.school.quadrant)
        self.finance = person(Role.FINANCE_OFFICER)
        self.authoriser = person(Role.FINANCE_AUTHORISER)

    def enrol(self):
        def pupil(**fields):
            return pupil_at(self.school, **{"date_of_birth": YEAR_3} | fields)

        self.steady, self.gone, self.rising = pupil(), pupil(), pupil(band="A")
        self.support = pupil(plan_type="SEN_SUPPORT")
        self.applies = pupil(plan_type="SEN_SUPPORT", band="")
        self.leaver = pupil(date_of_birth=YEAR_7)

    def open(self, term):
        first = TERMS[term][2]
        later = {name: first + dt.timedelta(days=after) for name, after in WEEKS.items()}
        self.term, self.round = term, open_round(code=term, reference=first, **later)
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

    def moderate(self, rate, band=""):
        """In the week of moderation: drawn, given out, judged blind, and settled: with another
        band, or as the school has it.
        """
        sample = draw_sample(collection=self.round, settings=Settings(Decimal(rate), 0), by=None)
        assign_cases(sample=sample, by=self.lead, share=Decimal(0))
        cases = list(sample.cases.select_related("decision__band"))
        for case in cases:  # Nobody sees a school's band before the last of them.
            judge(case, self.moderator, band or case.decision.band.code)
        for case in cases:
            if not band:
                uphold_case(case=case, by=self.moderator)
                continue
            change_case(
                case=case,
                by=self.moderator,
                band=case.decision.framework.bands.get(code=band),
                reason_code=ChangeReason.NEED_HIGHER,
                reason="Close supervision all day",
                effective_from=self.round.reference_date,
            )

    def seen_by_the_school(self, pupil):
        """The bands of this round that its SENCO may see, and whether they were told of one."""
        seen = BandDecision.objects.visible_to(self.senco).in_force()
        bands = seen.filter(pupil=pupil, collection=self.round).values_list("band__code", flat=True)
        told = self.senco.notices.filter(kind=NoticeKind.FEEDBACK, key__startswith=self.own.pk)
        return sorted(bands), told.exists()

    def submit(self):
        submit_return(pupil_return=self.own, by=self.senco, declared_name="Sam Carter")
        accept_return(pupil_return=self.own, by=self.officer)

    def draft(self):
        return calculate_run(period=self.periods[self.term], by=self.finance)

    def pay(self) -> tuple[Decimal, Decimal]:
        """Allocations and adjustments of the published run of this term."""
        run = self.draft()
        for each in run.exceptions.all():
            clear_exception(exception=each, reason="Waits for moderation", by=self.finance)
        send_for_checking(run=run, by=self.finance)
        run = publish_run(run=run, by=self.authoriser)
        paid = {"allocation": Decimal("0.00"), "adjustment": Decimal("0.00")}
        for line in run.lines.all():
            paid[line.kind] += line.amount
        return paid["allocation"], paid["adjustment"]


def in_(term, week="", days=5):
    day = TERMS[term][2] + dt.timedelta(days=WEEKS.get(week, days))
    return time_machine.travel(dt.datetime.combine(day, dt.time(12), dt.UTC))


def test_three_terms_told_by_exception_are_paid_to_the_penny():
    la = Norfolk()
    la.enrol()
    autumn(la)
    spring(la)
    summer(la)
    assert {p.return_pupils.count() for p in (la.support, la.rising)} == {3}


def autumn(la):
    """One application; the phase leaver goes without a word."""
    with in_("autumn"):
        la.open("autumn")
        decide(la.row(la.applies), la.senco, evidence=GIVEN)
        la.submit()
        assert la.leaver.placements.get().end == dt.date(2026, 8, 31)
        # 3 × £746.67 + £450.00; what is applied for is not moderated yet.
        assert sum(line.amount for line in la.draft().lines.all()) == Decimal("2690.01")
    with in_("autumn", "moderation_from"):
        la.moderate(rate=0, band="C")
        assert la.seen_by_the_school(la.applies) == (["B"], False)
    with in_("autumn", "feedback_on"):
        tell_feedback(on=la.round.feedback_on)
        assert la.seen_by_the_school(la.applies) == (["B", "C"], True)
        # The application is worth £1,348.00 now.
        assert la.pay() == (Decimal("4038.01"), Decimal("0.00"))


def spring(la):
    """A joiner; a changed band; and one who had left before the autumn was counted."""
    with in_("spring"):
        la.open("spring")
        decide(la.row(la.place_a_joiner()), la.senco)
        decide(la.row(la.rising), la.senco, code="C", levels={"cl": "3", "ci": "1"})
        la.tell_left(la.gone, dt.date(2026, 9, 25))
        la.submit()
    with in_("spring", "moderation_from"):
        la.moderate(rate=1)
        assert la.seen_by_the_school(la.rising) == (["C"], False)
    with in_("spring", "feedback_on"):
        tell_feedback(on=la.round.feedback_on)
        assert la.seen_by_the_school(la.rising) == (["C", "C"], True)
        # 3 × £560.00 + 2 × £1,011.00, and the £746.67 of the autumn comes back.
        assert la.pay() == (Decimal("3702.00"), Decimal("-746.67"))


def summer(la):
    """A leaver alone: nothing to moderate."""
    with in_("summer"):
        la.open("summer")
        la.tell_left(la.steady, dt.date(2027, 4, 9))
        la.submit()
    with in_("summer", "feedback_on"):
        assert tell_feedback(on=la.round.feedback_on) == 0
        # 2 × £933.33 + 2 × £1,685.00
        assert la.pay() == (Decimal("5236.66"), Decimal("0.00"))


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

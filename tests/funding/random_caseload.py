"""Random caseloads, made once as database rows and once as inputs of the plain-Python rules."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

from banding.choices import DecisionSource, DecisionState, PupilChange, RequestState, ReturnState
from banding.models import Band, BandDecision, ExceptionalRequest, Framework, Return, ReturnPupil
from funding import calculation
from funding.models import (
    BandValue,
    FundingPolicy,
    PaymentCalendar,
    Period,
)
from schools.choices import Fact, SchoolStatus
from schools.models import FormerFact, FormerSector, Placement, Plan, Pupil, School, User
from tests.factories import CollectionFactory, ReturnFactory, UserFactory
from tests.funding.random_rules import PERIOD_DAYS, SECTORS, START, school_days
from tests.reporting import submit

LA_CODE = "999"
AUTHORITIES = [LA_CODE, LA_CODE, LA_CODE, "998", "997"]
FRAMEWORKS = ["old", "new"]
LONG_AGO = dt.date(2026, 4, 1)
FIRST_INSTANT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
SETTLED = {DecisionSource.PANEL, DecisionSource.AUTHORITY, DecisionSource.MODERATION}


class RandomCaseload:
    """Schools, values, policies and pupils whose dates fall in, around and across a period."""

    def __init__(self, seed: int, method: str, pupils: int) -> None:
        self.random = Random(seed)
        self.method = method
        self.schools = self._make_schools()
        self.former_sectors = {
            school.pk: self._former(SECTORS, [1, 1, 2, 3]) for school in self.schools
        }
        self.bands = self._make_bands()
        self.period = self._make_period()
        self.school_days = school_days(method, self.schools)
        self.values = self._make_values()
        self.policies = self._make_policies()
        self.pupils: list[calculation.PupilHistory] = []
        self._placements: list[Placement] = []
        self._plans: list[Plan] = []
        self._decisions: list[BandDecision] = []
        self._outcomes: list[BandDecision] = []
        self._facts: list[FormerFact] = []
        self._make_pupils(pupils)
        self._make_reports()
        self._make_exceptional()

    @property
    def rules(self) -> calculation.FundingRules:
        return calculation.FundingRules(
            LA_CODE,
            self.method,
            self.values,
            self.policies,
            calculation.SchoolCalendar(frozenset(self.school_days[None])),
            {
                urn: calculation.SchoolCalendar(frozenset(days))
                for urn, days in self.school_days.items()
                if urn
            },
        )

    @property
    def period_of_rules(self) -> calculation.Period:
        period = self.period
        return calculation.Period(
            period.code,
            period.start,
            period.end,
            period.numerator,
            period.denominator,
            period.count_date,
        )

    def _day(self, before: int = 40, after: int = 5) -> dt.date:
        return START + dt.timedelta(days=self.random.randint(-before, PERIOD_DAYS + after))

    def _days(self) -> tuple[dt.date, dt.date | None]:
        """Some have been so for long and stay so, whatever changes around them."""
        if self.random.random() < 0.3:
            return LONG_AGO, None
        start = self._day()
        if self.random.random() < 0.5:
            return start, None
        return start, start + dt.timedelta(days=self.random.randint(0, 30))

    def _former(self, values: list[str], counts: list[int]) -> tuple[calculation.Former, ...]:
        """What was so until days in, around and after the period."""
        days = sorted({self._day() for _ in range(self.random.choice(counts))})
        return tuple(calculation.Former(self.random.choice(values), day) for day in days)

    def _make_schools(self) -> list[School]:
        schools = [
            School(
                urn=str(100000 + place),
                la_code="998" if place == 5 else LA_CODE,
                name=f"School {place}",
                sector=SECTORS[place % len(SECTORS)],
                **self._life(place),
            )
            for place in range(7)
        ]
        return School.objects.bulk_create(schools)

    def _life(self, place: int) -> dict[str, Any]:
        """One school opens around the period, one closes, one has closed nobody knows when."""
        if place == 0:
            return {"opened_on": self._day()}
        if place == 1:
            return {"opened_on": dt.date(2010, 9, 1), "closed_on": self._day()}
        return {"status": SchoolStatus.CLOSED} if place == 2 else {}

    def _make_bands(self) -> list[Band]:
        bands = []
        for code in FRAMEWORKS:
            framework = Framework.objects.create(
                code=code,
                version="1",
                name=code,
                effective_from=dt.date(2020, 1, 1),
                plan_types=["EHCP", "SEN_SUPPORT"],
                combine_kind="highest_need",
            )
            bands += [
                Band(framework=framework, code=code, name=code, rank=rank)
                for rank, code in enumerate("AB")
            ]
        return Band.objects.bulk_create(bands)

    def _make_period(self) -> Period:
        calendar = PaymentCalendar.objects.create(year="2026-27", proration=self.method)
        days = dt.timedelta(days=PERIOD_DAYS - 1)
        return Period.objects.create(
            calendar=calendar,
            code="random",
            name="Random",
            start=START,
            end=START + days,
            count_date=self._day(before=0, after=-1),
            numerator=self.random.randint(1, 5),
            denominator=self.random.choice([12, 7, 3, 39]),
        )

    def _make_values(self) -> list[calculation.BandValue]:
        rows = {}
        for band in self.bands:
            for sector in SECTORS[:2]:
                days = [self._day() for _ in range(self.random.randint(2, 4))]
                for day in [*days, LONG_AGO] if self.random.random() < 0.8 else days:
                    rows[band.pk, sector, day] = BandValue(
                        band=band, sector=sector, annual_value=self._annual(), effective_from=day
                    )
        BandValue.objects.bulk_create(rows.values())
        return [
            calculation.BandValue(
                row.band.framework.code,
                row.band.code,
                row.sector,
                row.effective_from,
                row.annual_value,
            )
            for row in rows.values()
        ]

    def _annual(self) -> Decimal | None:
        if self.random.random() < 0.08:
            return None
        return Decimal(self.random.choice(["1000.00", "1348.75", "2500.01", "4044.00"]))

    def _make_policies(self) -> list[calculation.PayingFramework]:
        rows = {}
        for sector in SECTORS:
            # Bands under several frameworks need one that pays from the beginning (B4).
            days = [dt.date(2020, 1, 1)] + [
                self._day() for _ in range(self.random.choice([0, 0, 1, 2]))
            ]
            for day in days:
                framework = self.random.choice(self.bands).framework
                rows[sector, day] = FundingPolicy(
                    sector=sector, framework=framework, effective_from=day
                )
        FundingPolicy.objects.bulk_create(rows.values())
        return [
            calculation.PayingFramework(row.sector, row.framework.code, row.effective_from)
            for row in rows.values()
        ]

    def _make_pupils(self, count: int) -> None:
        rows = [
            Pupil(
                reference=f"R{number:05}",
                surname="Random",
                forename="Pupil",
                date_of_birth=dt.date(2016, 1, 1),
                responsible_la=self.random.choice([LA_CODE] * 5 + ["998"]),
            )
            for number in range(count)
        ]
        Pupil.objects.bulk_create(rows)
        for pupil in rows:
            self.pupils.append(
                calculation.PupilHistory(
                    pupil.reference,
                    pupil.responsible_la,
                    self._place(pupil),
                    self._plan(pupil),
                    self._decide(pupil),
                    self._answer_for(pupil),
                )
            )
        self._make_history()
        Placement.objects.bulk_create(self._placements)
        Plan.objects.bulk_create(self._plans)
        BandDecision.objects.bulk_create(self._decisions)
        BandDecision.objects.bulk_create(self._outcomes)

    def _make_history(self) -> None:
        FormerFact.objects.bulk_create(self._facts)
        FormerSector.objects.bulk_create(
            FormerSector(school_id=school, sector=each.value, until=each.until)
            for school, former in self.former_sectors.items()
            for each in former
        )

    def _make_reports(self) -> None:
        """Two returns of each school, most of them submitted, and changes of pupils on them, more
        often of those who are there.
        """
        returns = [self._return(school) for school in self.schools for _ in range(2)]
        rows = {row.reference: row for row in Pupil.objects.all()}
        for place, pupil in enumerate(self.pupils):
            schools = {placement.urn for placement in pupil.placements}
            own = [each for each in returns if int(each.school.urn) in schools]
            chosen = self.random.sample([*own, *own, *returns], self.random.choice([0, 1, 2]))
            once = dict.fromkeys(chosen)
            told = [(each, self._report(rows[pupil.pupil_id], each)) for each in once]
            counting = [report for each, report in told if each.state == ReturnState.SUBMITTED]
            self.pupils[place] = replace(pupil, reports=counting)

    def _return(self, school: School) -> Return:
        collection = CollectionFactory(
            framework=self.bands[0].framework, reference_date=self._day()
        )
        pupil_return = ReturnFactory(collection=collection, school=school)
        return submit(pupil_return) if self.random.random() < 0.8 else pupil_return

    def _report(self, pupil: Pupil, pupil_return: Return) -> calculation.Report:
        change, day = self.random.choice(PupilChange.values), self._day()
        left_on = day if change == PupilChange.LEFT else None
        ReturnPupil.objects.create(
            pupil_return=pupil_return, pupil=pupil, change=change, change_date=left_on
        )
        since = pupil_return.collection.reference_date
        if left_on:
            since = left_on + dt.timedelta(days=1)
        elif change == PupilChange.STAYING_ON:
            # The schools' ages are not known, so it is about the next September.
            since = dt.date(2027 if since >= START else 2026, 9, 1)
        return calculation.Report(change, int(pupil_return.school.urn), since)

    def _make_exceptional(self) -> None:
        """For some pupils one amount, or two that cross or follow, asked of a decision."""
        officers = [UserFactory(), UserFactory()]
        rows = []
        decided = {row.pupil.reference: row for row in self._decisions}
        for place, pupil in enumerate(self.pupils):
            if pupil.pupil_id not in decided or self.random.random() < 0.6:
                continue
            first, last = self._days()
            amounts = [calculation.ExceptionalAmount(self._extra(), first, last)]
            if last and self.random.random() < 0.5:
                later = last + dt.timedelta(days=self.random.choice([1, 1, 3, -2]))
                amounts.append(calculation.ExceptionalAmount(self._extra(), later))
            rows += [self._request(decided[pupil.pupil_id], each, officers) for each in amounts]
            self.pupils[place] = replace(pupil, exceptional=amounts)
        ExceptionalRequest.objects.bulk_create(rows)

    def _extra(self) -> Decimal:
        return Decimal(self.random.choice(["500.00", "1234.57", "9000.01"]))

    def _request(
        self, decision: BandDecision, agreed: calculation.ExceptionalAmount, officers: list[User]
    ) -> ExceptionalRequest:
        return ExceptionalRequest(
            decision=decision,
            school=self.schools[0],
            reason="A nurse",
            asked_by=officers[0],
            state=RequestState.AGREED,
            answered_by=officers[1],
            answered_at=FIRST_INSTANT,
            amount=agreed.annual,
            starts_on=agreed.starts_on,
            ends_on=agreed.ends_on,
        )

    def _answer_for(self, pupil: Pupil) -> tuple[calculation.Former, ...]:
        former = self._former(AUTHORITIES, [0, 0, 0, 1, 1, 2, 3])
        self._facts += [
            FormerFact(pupil=pupil, kind=Fact.RESPONSIBLE_LA, value=each.value, until=each.until)
            for each in former
        ]
        return former

    def _place(self, pupil: Pupil) -> tuple[calculation.Placement, ...]:
        rows = {}
        for _ in range(self.random.choice([0, 1, 2, 2, 3])):
            school = self.random.choice(self.schools)
            start, end = self._days()
            rows[school.pk, start] = Placement(pupil=pupil, school=school, start=start, end=end)
        self._placements += rows.values()
        return tuple(
            calculation.Placement(
                int(row.school.urn),
                row.school.sector,
                row.start,
                row.end,
                self.former_sectors[row.school_id],
                is_here=row.school.la_code == LA_CODE,
                opened=row.school.opened_on,
                closed=row.school.closed_on
                or (dt.date.min if row.school.status == SchoolStatus.CLOSED else None),
            )
            for row in rows.values()
        )

    def _plan(self, pupil: Pupil) -> tuple[calculation.Plan, ...]:
        rows = {}
        for _ in range(self.random.choice([0, 1, 2, 2, 3])):
            kind = self.random.choice(["EHCP", "EHCP", "SEN_SUPPORT"])
            start, end = self._days()
            rows[kind, start] = Plan(pupil=pupil, plan_type=kind, start=start, end=end)
        self._plans += rows.values()
        return tuple(calculation.Plan(row.plan_type, row.start, row.end) for row in rows.values())

    def _decide(self, pupil: Pupil) -> tuple[calculation.AgreedBand, ...]:
        agreed = []
        for _ in range(self.random.choice([0, 1, 2, 2, 3])):
            decision = self._decision(pupil, self.random.choice(self.bands), self._day())
            decision.source = self.random.choice(["school", "panel", "authority"])
            self._decisions.append(decision)
            if self.random.random() < 0.15:
                decision.state = self.random.choice(["draft", "superseded"])
                continue
            agreed.append(_agreed(decision))
            if self.random.random() < 0.3:
                agreed.append(_agreed(self._moderate(decision)))
        return tuple(agreed)

    def _decision(self, pupil: Pupil, band: Band, day: dt.date) -> BandDecision:
        recorded = len(self._decisions) + len(self._outcomes)
        return BandDecision(
            pupil=pupil,
            framework=band.framework,
            band=band,
            state=DecisionState.SUBMITTED,
            effective_from=day,
            submitted_at=FIRST_INSTANT + dt.timedelta(seconds=recorded),
        )

    def _moderate(self, decision: BandDecision) -> BandDecision:
        """An outcome on the decision's own day or later, with any band of its framework."""
        bands = [band for band in self.bands if band.framework_id == decision.framework_id]
        day = decision.effective_from + dt.timedelta(days=self.random.choice([0, 0, 5]))
        outcome = self._decision(decision.pupil, self.random.choice(bands), day)
        outcome.source, outcome.moderates = DecisionSource.MODERATION, decision
        self._outcomes.append(outcome)
        return outcome


def _agreed(decision: BandDecision) -> calculation.AgreedBand:
    """Of two on one day an outcome goes first, then the one submitted later."""
    recorded = int((decision.submitted_at - FIRST_INSTANT).total_seconds())
    moderated = decision.source == DecisionSource.MODERATION
    return calculation.AgreedBand(
        decision.framework.code,
        decision.band.code,
        decision.effective_from,
        counts_for_sen_support=decision.source in SETTLED,
        sequence=recorded + (10_000_000 if moderated else 0),
    )

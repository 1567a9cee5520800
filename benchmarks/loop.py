"""What the run would be without SQL: a loop over pupils by the plain rules, with `bulk_create`."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Prefetch

from banding.choices import SETTLED_SOURCES
from banding.models import BandDecision
from funding import calculation
from funding.models import BandValue, FundingPolicy, Line, Period, Run
from schools.models import Placement, Pupil

BATCH = 1000


@transaction.atomic
def calculate_in_a_loop(period: Period, pupils: int) -> int:
    """Calculate and store the lines of the first pupils; returns how many lines that were."""
    run = Run.objects.get(period=period)
    rules, of_rules = read_rules(period), period_of_rules(period)
    lines = 0
    ids = list(Pupil.objects.order_by("reference").values_list("pk", flat=True)[:pupils])
    for first in range(0, len(ids), BATCH):
        found = [
            stored_line(run, pupil, line)
            for pupil in read_pupils(ids[first : first + BATCH])
            for line in calculation.calculate_pupil(history_of(pupil), of_rules, rules).lines
        ]
        lines += len(Line.objects.bulk_create(found, batch_size=BATCH))
    return lines


def read_rules(period: Period) -> calculation.FundingRules:
    values = BandValue.objects.select_related("band__framework")
    policies = FundingPolicy.objects.select_related("framework")
    return calculation.FundingRules(
        settings.LA_CODE,
        period.calendar.proration,
        [
            calculation.BandValue(
                v.band.framework.code, v.band.code, v.sector, v.effective_from, v.annual_value
            )
            for v in values
        ],
        [
            calculation.PayingFramework(p.sector, p.framework.code, p.effective_from)
            for p in policies
        ],
    )


def period_of_rules(period: Period) -> calculation.Period:
    return calculation.Period(
        period.code,
        period.start,
        period.end,
        period.numerator,
        period.denominator,
        period.count_date,
    )


def read_pupils(ids: list[UUID]) -> list[Pupil]:
    decisions = BandDecision.objects.in_force().select_related("band__framework")
    placements = Placement.objects.select_related("school")
    return list(
        Pupil.objects.filter(pk__in=ids).prefetch_related(
            Prefetch("placements", placements), "plans", Prefetch("decisions", decisions)
        )
    )


def history_of(pupil: Pupil) -> calculation.PupilHistory:
    return calculation.PupilHistory(
        pupil.reference,
        pupil.responsible_la,
        [
            calculation.Placement(int(p.school.urn), p.school.sector, p.start, p.end)
            for p in pupil.placements.all()
        ],
        [calculation.Plan(p.plan_type, p.start, p.end) for p in pupil.plans.all()],
        [
            calculation.AgreedBand(
                d.band.framework.code,
                d.band.code,
                d.effective_from,
                counts_for_sen_support=d.source in SETTLED_SOURCES,
                source=str(d.pk),
            )
            for d in pupil.decisions.all()
            if d.band
        ],
    )


def stored_line(run: Run, pupil: Pupil, line: calculation.CalculatedLine) -> Line:
    state = line.state
    schools = {int(placement.school.urn): placement.school for placement in pupil.placements.all()}
    decisions = {str(decision.pk): decision for decision in pupil.decisions.all()}
    decision = decisions[state.agreed_band.source]
    return Line(
        run=run,
        period=run.period,
        pupil=pupil,
        school=schools[state.placement.urn],
        kind=line.kind,
        basis=state.plan.basis,
        responsible_la=state.responsible_la,
        framework_id=decision.framework_id,
        band_id=decision.band_id,
        decision=decision,
        annual_value=state.annual,
        value_from=state.value.effective_from if state.value else None,
        on_roll_from=state.placement.start,
        on_roll_to=state.placement.end,
        plan_from=state.plan.start,
        plan_to=state.plan.end,
        start=line.start,
        end=line.end,
        days=line.days,
        period_days=line.period_days,
        numerator=line.period.numerator,
        denominator=line.period.denominator,
        amount=line.amount,
    )

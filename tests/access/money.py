"""The runs of the world: one being checked, one published, with a line at each school."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from banding_portal.database.owner import as_who_connected
from banding_portal.jobs.results import silent
from banding_portal.roles import Role
from funding.choices import RunState
from funding.figures.services import make_figures, publish_figures
from funding.models import (
    AuditPack,
    FundingPolicy,
    LedgerCode,
    LedgerFile,
    Line,
    ProtectionRule,
    RecoveryAgreement,
    RemittanceExport,
    Run,
    RunCalculation,
    RunException,
    ScheduleExport,
    SchoolAmount,
    WebhookDelivery,
    YearForecast,
)
from funding.scenarios.services import (
    make_scenario,
    read_and_work_out,
    share_scenario,
    work_out_scenario,
)
from funding.scenarios.terms import read_scenario
from funding.webhooks.services import make_webhook
from tests.factories import (
    BandValueFactory,
    FrameworkFactory,
    PeriodFactory,
    RunFactory,
    SchoolFactory,
    person,
)
from tests.funding.tokens import a_token

AMOUNT = Decimal("746.67")


def add_runs() -> dict[str, Any]:
    """Two drafts, one being calculated; `publish` moves them on when their lines are there."""
    autumn = PeriodFactory()
    spring = PeriodFactory(
        calendar=autumn.calendar,
        code="2027-spring",
        name="Spring term 2027",
        start=autumn.end.replace(year=2027, month=1, day=1),
        end=autumn.end.replace(year=2027, month=3, day=31),
        count_date=autumn.end.replace(year=2027, month=1, day=15),
    )
    made = {"prepared_by": person(Role.FINANCE_OFFICER), "lines_hash": "0" * 64}
    made["control_total"] = AMOUNT * 2
    paid = RunFactory(period=autumn, **made)
    return told_system(paid, made["prepared_by"]) | {
        "calculation": RunCalculation.objects.create(period=spring, started_by=made["prepared_by"]),
        "run": RunFactory(period=spring, **made),
        "published_run": paid,
        "calendar": autumn.calendar,
        "year_forecast": YearForecast.objects.create(
            calendar=autumn.calendar, started_by=made["prepared_by"]
        ),
        "access_token": a_token(made["prepared_by"])[0],
        "ledger_code": LedgerCode.objects.create(cost_centre="SEN1", subjective="4100"),
        "recovery_agreement": RecoveryAgreement.objects.create(
            run=Run.objects.get(period=spring),
            school=SchoolFactory(),
            instalments=3,
            agreed_with="the headteacher",
            reason="A small school",
            made_by=made["prepared_by"],
            made_at=timezone.now(),
        ),
        "band_value": BandValueFactory(effective_from=dt.date(2031, 4, 1)),
        "policy": FundingPolicy.objects.create(
            sector="independent",
            framework=FrameworkFactory(),
            effective_from=dt.date(2029, 4, 1),
        ),
        "school_amount": SchoolAmount.objects.create(
            school=SchoolFactory(),
            kind="lump_sum",
            name="Pool",
            annual="1200.00",
            starts_on=dt.date(2028, 4, 1),
            reason="Agreed with the forum",
        ),
        "protection_rule": ProtectionRule.objects.create(
            sector="special",
            kind="floor",
            changed_on=dt.date(2027, 4, 1),
            starts_on=dt.date(2027, 4, 1),
            ends_on=dt.date(2028, 3, 31),
            share="0.98",
        ),
    }


def told_system(run: Run, by: Any) -> dict[str, Any]:
    """A system that was to be told of the run, and the message that did not arrive."""
    webhook = make_webhook(name="Ledger", url="https://ledger.example.gov.uk/", by=by)
    message = WebhookDelivery.objects.create(
        webhook=webhook, run=run, started_by=by, state="refused", problem="It did not answer."
    )
    return {"webhook": webhook, "webhook_delivery": message}


def publish(objects: dict[str, Any], *sides: dict[str, Any]) -> None:
    """The autumn's run becomes a published one, with what its lines were; the spring's waits."""
    Run.objects.filter(pk=objects["run"].pk).update(state=RunState.CHECKED)
    sent = Run.objects.filter(pk=objects["published_run"].pk)
    sent.update(state=RunState.CHECKED, sent_by=objects["run"].prepared_by, sent_at=timezone.now())
    sent.update(
        state=RunState.PUBLISHED,
        published_by=person(Role.FINANCE_AUTHORISER),
        published_at=timezone.now(),
    )
    made = make_figures(introduction="How it works", by=objects["run"].prepared_by)
    scenario = shared_scenario(objects | sides[0])
    for each in (objects, *sides):
        each["figures"] = made
        each.update(scenario)
    publish_figures(edition=made, by=person(Role.FINANCE_AUTHORISER))


def add_funding(objects: dict[str, Any]) -> None:
    """A line of the school in each run, and an exception in the one that is open."""
    for noun in ("run", "published_run"):
        objects["line"] = line_of(objects, objects[noun])
    run, school = objects["run"], objects["school"]
    objects["schedule_export"] = ScheduleExport.objects.create(
        run=objects["published_run"],
        started_by=run.prepared_by,
        state="done",
        filename="schedule.xlsx",
        content=b"workbook",
        preview={"lines": 1, "total": "746.67", "state": "published", "lines_hash": "0" * 64},
    )
    objects["audit_pack"] = AuditPack.objects.create(
        run=objects["published_run"],
        started_by=run.prepared_by,
        state="done",
        filename="audit.zip",
        content=b"zip",
        preview={"lines": 1, "amounts_performed_again": 1, "differences": []},
    )
    objects["remittance_export"] = RemittanceExport.objects.create(
        run=objects["published_run"],
        started_by=run.prepared_by,
        state="done",
        filename="remittances.zip",
        content=b"zip",
        preview={"payees": 1, "total": "746.67", "state": "published", "lines_hash": "0" * 64},
    )
    objects["ledger_file"], _ = LedgerFile.objects.get_or_create(
        run=objects["published_run"],
        kind="journal",
        defaults={
            "filename": "journal.csv",
            "content": b"journal",
            "posting_date": run.period.end,
            "lines": 2,
            "total": AMOUNT,
            "made_by": run.prepared_by,
            "made_at": timezone.now(),
        },
    )
    claim_of(objects)
    objects["school_urn"] = school.urn
    objects["run_exception"] = RunException.objects.create(
        run=run,
        kind="overlap",
        pupil=objects["pupil"],
        school=school,
        start=run.period.start,
        end=run.period.end,
    )


def line_of(objects: dict[str, Any], run: Run) -> Line:
    value, period = objects["band_value"], run.period
    return Line.objects.create(
        run=run,
        period=period,
        pupil=objects["pupil"],
        school=objects["school"],
        kind="allocation",
        basis="EHCP",
        framework=value.band.framework,
        band=value.band,
        decision=objects["decision"],
        urn=objects["school"].urn,
        school_name=objects["school"].name,
        sector=objects["school"].sector,
        reference=objects["pupil"].reference,
        band_name=value.band.name,
        annual_value=value.annual_value,
        value_from=value.effective_from,
        start=period.start,
        end=period.end,
        days=period.days,
        period_days=period.days,
        numerator=period.numerator,
        denominator=period.denominator,
        amount=AMOUNT,
    )


def claim_of(objects: dict[str, Any]) -> Line:
    """The claim on another authority of the published run, put right."""
    line = line_of(objects, objects["published_run"])
    facts = {"kind": "recoupment", "responsible_la": "998", "amount": 0, "claim": AMOUNT}
    with as_who_connected():
        Line.objects.filter(pk=line.pk).update(**facts)
    return line


def shared_scenario(objects: dict[str, Any]) -> dict[str, Any]:
    """One that was shared, with values of its own, and its pupils being read."""
    by = objects["run"].prepared_by
    band, year = objects["band_value"].band, objects["run"].period.calendar.year
    values = [{"band": band.code, "sector": "mainstream", "annual_value": 2500}]
    terms = read_scenario(
        {"name": "Dearer", "year": year, "framework": band.framework.code, "values": values}
    )[0]
    scenario = make_scenario(terms=terms, note="", by=by)
    work = work_out_scenario(scenario=scenario, by=by)
    with transaction.atomic():
        read_and_work_out(work, silent)
    scenario.refresh_from_db()
    share_scenario(scenario=scenario, by=by)
    return {"scenario": scenario, "scenario_work": work}

"""Two scenarios of the year, worked out and shared: what a rise would cost, and a cut protected."""

from decimal import Decimal
from typing import Any

from banding.demo.pupils import TOP_UP
from banding_portal.demo.clock import acting
from banding_portal.demo.timeline import Timeline
from banding_portal.jobs.working import work_on_job
from banding_portal.roles import Role
from funding.demo.runs import person
from funding.models import Scenario
from funding.scenarios.services import make_scenario, share_scenario, work_out_scenario
from funding.scenarios.terms import read_scenario
from schools.models import User
from schools.register_rules import academic_year_name

MADE = 3
"""Days ago."""
SCENARIOS: tuple[dict[str, Any], ...] = (
    {"name": "Values rise by 3%", "uplift": Decimal(3)},
    {
        "name": "Values fall by 2%, protected",
        "uplift": Decimal(-2),
        "protection": {"floor": Decimal("98.5"), "years": 2, "per": "school"},
    },
)


def seed_scenarios(timeline: Timeline) -> None:
    officer = person(Role.FINANCE_OFFICER)
    year = academic_year_name(timeline.academic_year)
    with acting(officer, timeline.ago(MADE)):
        made = [worked_out({**each, "year": year}, officer) for each in SCENARIOS]
    with acting(officer, timeline.ago(MADE), minutes=30):
        for scenario in made:
            share_scenario(scenario=scenario, by=officer)


def worked_out(wanted: dict[str, Any], by: User) -> Scenario:
    """Raises ValueError where the terms are not right or the work does not end well."""
    terms, issues = read_scenario({"framework": TOP_UP, **wanted})
    if terms is None:
        raise ValueError(f"The demonstration’s scenario is refused: {issues}")
    scenario = make_scenario(terms=terms, note="", by=by)
    if work := work_out_scenario(scenario=scenario, by=by):
        work_on_job(type(work), work.pk)
    scenario.refresh_from_db()
    if not scenario.result:
        raise ValueError("The demonstration’s scenario is not worked out.")
    return scenario

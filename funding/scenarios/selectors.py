"""What stored scenarios rest on, and what they would make real (rules.md F14)."""

import datetime as dt
import hashlib
import json
from decimal import Decimal
from typing import Any

from banding_portal.refusals import RefusalError
from funding.choices import CountedDecisions
from funding.models import BandValue, ProtectionRule
from funding.scenarios.caseloads import Reading
from funding.scenarios.models import CaseloadReading, Scenario
from funding.scenarios.packing import unpacked
from funding.scenarios.preparing import Known, known_rows, wanted_over
from funding.scenarios.terms import Scenario as Terms
from funding.scenarios.terms import read_scenario
from funding.scenarios.wanting import Wanted
from funding.scenarios.wishes import Wish

FORM_OF_READINGS = 4
"""One more whenever readings hold something that older ones do not."""
Values = dict[tuple[Any, str], Decimal]


def terms_of_row(scenario: Scenario) -> Terms:
    """The terms it was saved with, which were checked then."""
    terms, issues = read_scenario(scenario.terms)
    if terms is None:
        raise ValueError(f"Scenario {scenario.pk} has terms that are not right: {issues}")
    return terms


def key_of(known: Known) -> str:
    """What is to be read, as one text: the same for scenarios that differ in values alone."""
    basis = known.basis
    carried = basis.decisions == CountedDecisions.CORRECTED
    framework = known.framework if carried else basis.framework
    days = {sector: str(day) for sector, day in sorted((basis.begins or {}).items())}
    asked = [
        FORM_OF_READINGS,
        [str(period.pk) for period in basis.periods],
        basis.decisions,
        str(framework.pk) if framework else "",
        days,
    ]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


def reading_for(known: Known) -> CaseloadReading | None:
    return CaseloadReading.objects.filter(key=key_of(known)).first()


def states_for(scenario: Scenario) -> tuple[Known, Reading]:
    """The pupils it was worked out on. Raises RefusalError where they are not kept any more."""
    known = known_rows(terms_of_row(scenario))
    kept = reading_for(known)
    if kept is None:
        raise RefusalError(
            "The pupils of this scenario are no longer kept. Read the pupils again first."
        )
    return known, Reading(*unpacked(bytes(kept.content)))


def wanted_for(scenario: Scenario, wish: Wish) -> Wanted:
    """What is looked for over the pupils that the scenario was worked out on."""
    known = known_rows(terms_of_row(scenario))
    kept = reading_for(known)
    if kept is None or known.framework is None:
        raise RefusalError("Work the scenario out first: change it and save it again.")
    caseload, bands = unpacked(bytes(kept.content))
    return wanted_over(wish, known, Reading(caseload, bands))


def mark_of_values() -> str:
    """Of every band value and rule of protection there is, to see whether any was set since."""
    rows = [
        *BandValue.objects.order_by("pk").values_list(
            "pk", "band", "sector", "annual_value", "effective_from"
        ),
        *ProtectionRule.objects.order_by("pk").values_list(),
    ]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def is_outdated(scenario: Scenario) -> bool:
    """Whether values or protection were set since it was worked out."""
    mark = (scenario.result or {}).get("values_mark")
    return mark is not None and mark != mark_of_values()


def values_on(day: dt.date) -> Values:
    """Known values in force on a day, of every framework."""
    rows = BandValue.objects.filter(effective_from__lte=day).order_by("effective_from")
    latest = {
        (band, sector): value
        for band, sector, value in rows.values_list("band", "sector", "annual_value")
    }
    return {key: value for key, value in latest.items() if value is not None}

"""What a person may do with a run now, and which of it is the one primary button (F6, F7)."""

from typing import Any

from banding_portal.roles import FINANCE_AUTHORISER, FINANCE_OFFICER
from funding.choices import RunState
from funding.models import Run
from funding.selectors.calculations import calculation_to_tell
from funding.selectors.fingerprints import inputs_have_changed
from funding.selectors.readiness import Remedy, reasons_in_content
from funding.services.publishing import reasons_of_person
from schools.models import User

# What has to be done first comes first: calculating again may do away with the others.
REMEDIES_IN_ORDER = (Remedy.CALCULATE, Remedy.VALUES, Remedy.EXCEPTIONS)


def moves_of(run: Run, user: User) -> dict[str, Any]:
    """What the person may do with the run now, and why it can't be published yet."""
    officer, authoriser = bool(user.roles & FINANCE_OFFICER), bool(user.roles & FINANCE_AUTHORISER)
    draft, checked = run.state == RunState.DRAFT, run.state == RunState.CHECKED
    outdated = draft and not run.lines_hash
    reasons = reasons_in_content(run) if draft or checked else []
    own = reasons_of_person(run, user) if authoriser and (draft or checked) else []
    changed = stands_on_other_inputs(run)
    calculation = calculation_to_tell(run, user) if draft else None
    free = not (calculation and calculation.at_work)
    first = Remedy.CALCULATE if outdated or changed else first_remedy({r.remedy for r in reasons})
    return {
        "may_calculate": draft and officer and free,
        "may_send": draft and officer and free and not outdated and not reasons,
        "may_send_back": checked and (officer or authoriser),
        "may_publish": checked and authoriser and not reasons and not own,
        "calculation": calculation,
        "outdated": outdated,
        "changed": changed,
        "first": first if draft and officer and free else None,
        "reasons": reasons,
        "reasons_of_person": own,
    }


def stands_on_other_inputs(run: Run) -> bool:
    """Whether an open run that was calculated rests on something that is different now."""
    open_run = run.state != RunState.PUBLISHED
    return open_run and bool(run.inputs_hash) and inputs_have_changed(run)


def first_remedy(found: set[Remedy]) -> Remedy | None:
    return next((remedy for remedy in REMEDIES_IN_ORDER if remedy in found), None)

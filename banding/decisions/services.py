"""Band decisions of a school on its return, as drafts (rules.md B2, B3, B5, B8)."""

from collections.abc import Mapping

from banding.assessment.services import assessment_of, says_the_same, write_assessment
from banding.choices import OFF_THE_RETURN, DecisionSource, DecisionState
from banding.evidence.rules import tidied
from banding.models import Band, BandDecision, ReturnPupil
from banding.returns.locks import locked_row, mark_started, open_return
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from banding_portal.words import day
from schools.models import User


class DecisionConflictError(RefusalError):
    """Raised when somebody else saved meanwhile (B8). `current` is theirs, None if it is gone."""

    def __init__(self, current: BandDecision | None, by: User | None = None) -> None:
        self.current = current
        who = current.decided_by if current else None
        self.is_own = who is not None and who == by
        said = (
            "You changed this decision in another window"
            if self.is_own
            else f"{who or 'Somebody else'} changed this decision"
        )
        super().__init__(f"{said} while you were working on it.")


@verb
def save_draft(
    *,
    return_pupil: ReturnPupil,
    by: User,
    levels: Mapping[str, str],
    band: Band | None,
    difference_reason: str,
    rationale: str,
    version: int | None,
    started_from: BandDecision | None = None,
    evidence: Mapping[str, str] | None = None,
) -> BandDecision:
    """Save what is chosen so far for a pupil, complete or not; returns the draft.

    `levels` are level codes by area code, blank for not chosen yet. `version` is that of the
    draft the person started from, None where there was none; DecisionConflictError when the
    draft is another by now, unless it says the same. `started_from` is last time's decision where
    its levels were the start. `evidence` of provision is by the code of the framework's field; None
    leaves it as it is. The first save starts the return. On a
    return sent back for correction the draft will supersede what was submitted.
    """
    pupil_return = open_return(return_pupil.pupil_return_id)
    # Read again under the lock: what the page was made from may have changed since.
    row = locked_row(return_pupil.pk)
    _check_on_return(row)
    framework = pupil_return.collection.framework
    chosen = assessment_of(framework, levels, band, difference_reason, rationale)
    submitted = submitted_decision(row)
    _check_not_moderated(submitted)
    draft = current_draft(row)
    if draft is None:
        if version is not None:
            raise DecisionConflictError(submitted, by)
        draft = BandDecision(
            return_pupil=row,
            pupil=row.pupil,
            framework=framework,
            collection=pupil_return.collection,
            school=pupil_return.school,
            source=DecisionSource.SCHOOL,
            effective_from=pupil_return.collection.effective_from,
            supersedes=submitted,
            evidence=submitted.evidence if submitted else {},
        )
    elif says_the_same(draft, chosen) and (evidence is None or evidence == draft.evidence):
        return draft
    elif version != draft.version:
        raise DecisionConflictError(draft, by)
    else:
        draft.version += 1
    draft.started_from = started_from or draft.started_from
    if evidence is not None:
        draft.evidence = tidied(framework.evidence, evidence)
    write_assessment(draft, chosen, decided_by=by)
    mark_started(pupil_return, by)
    return draft


def current_draft(row: ReturnPupil) -> BandDecision | None:
    found = row.decisions.filter(state=DecisionState.DRAFT)
    return found.select_related("band", "suggested_band", "decided_by").first()


def submitted_decision(row: ReturnPupil) -> BandDecision | None:
    """The decision submitted on this return and still in force."""
    found = row.decisions.filter(state=DecisionState.SUBMITTED)
    return found.select_related("band", "suggested_band", "decided_by").first()


def _check_on_return(row: ReturnPupil) -> None:
    if row.change in OFF_THE_RETURN:
        how = row.get_change_display().lower()
        raise RefusalError(f"{row.pupil.forename} is recorded as “{how}”. Undo that first.")


def _check_not_moderated(submitted: BandDecision | None) -> None:
    """A band settled by moderation is not the school's to change; it may challenge it (M5)."""
    outcome = submitted and BandDecision.objects.in_force().filter(moderates=submitted).first()
    if outcome and outcome.is_held:
        raise RefusalError("Moderation has settled this pupil’s band. It cannot be changed here.")
    if outcome:
        raise RefusalError(
            f"Moderation settled this pupil’s band as {outcome.band}, "
            f"from {day(outcome.effective_from)}. It cannot be changed here."
        )


@verb
def discard_draft(*, return_pupil: ReturnPupil, by: User) -> None:
    """Remove the draft of a pupil, so that what was submitted before stays; audited."""
    open_return(return_pupil.pupil_return_id)
    draft = current_draft(return_pupil)
    if draft is not None:
        draft.delete()

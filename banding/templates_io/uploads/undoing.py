"""What a template changed, kept as it was before, and put back until the return is submitted."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from banding.assessment.services import Assessment, levels_of
from banding.changes.services import account_for_many
from banding.choices import DecisionState
from banding.decisions.batches import save_drafts
from banding.decisions.services import discard_draft
from banding.joiners.services import withdraw_joiner
from banding.models import Band, BandDecision, Level, Return, ReturnPupil, TemplateUpload
from banding.returns.locks import open_return
from banding.returns.progress import PupilLine, progress_of_return
from banding.templates_io.uploads.edits import PupilEdit
from banding_portal.refusals import RefusalError
from banding_portal.uploads.states import UploadState
from banding_portal.verbs import verb
from banding_portal.words import in_a_row
from schools.models import User

CHANGE = ("change", "change_date", "change_reason")


@dataclass
class Undone:
    """How many pupils and joiners are as before, and who was changed since and is left alone."""

    count: int = 0
    kept: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        return " ".join(filter(None, [f"{self.count} undone.", self.what_is_kept]))

    @property
    def what_is_kept(self) -> str:
        if not self.kept:
            return ""
        was, is_ = ("was", "is") if len(self.kept) == 1 else ("were", "are")
        return f"{in_a_row(self.kept)} {was} changed after the upload and {is_} left alone."


def as_before(edits: Iterable[PupilEdit]) -> list[dict[str, Any]]:
    """What the pupils of these rows have now, before the file changes it; JSON only."""
    return [pupil_before(edit) for edit in edits if edit.chosen or edit.told]


def pupil_before(edit: PupilEdit) -> dict[str, Any]:
    line = edit.target
    told = [edit.told.change, text_of(edit.told.date), edit.told.reason] if edit.told else None
    return {
        "row": str(line.row.pk),
        "decided": edit.chosen is not None,
        "draft": draft_before(line.draft),
        "told": told,
        "change": change_of(line.row),
    }


def draft_before(draft: BandDecision | None) -> dict[str, Any] | None:
    if draft is None:
        return None
    return {
        "levels": [str(pk) for pk in levels_of(draft)],
        "band": draft.band_id and str(draft.band_id),
        "suggested": draft.suggested_band_id and str(draft.suggested_band_id),
        "reason": draft.difference_reason,
        "rationale": draft.rationale,
    }


def change_of(row: ReturnPupil) -> list[str]:
    return [row.change, text_of(row.change_date), row.change_reason]


def text_of(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def with_versions(pupil_return: Return, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same with the versions of the drafts just saved, which show what is changed later."""
    drafts = BandDecision.objects.filter(
        return_pupil__pupil_return=pupil_return, state=DecisionState.DRAFT
    )
    saved = dict(drafts.values_list("return_pupil", "version"))
    versions = {str(pk): version for pk, version in saved.items()}
    return [each | {"version": versions.get(each["row"])} for each in before]


@verb
def undo_upload(*, upload: TemplateUpload, by: User) -> Undone:
    """Put back what an applied file changed, where nobody has changed it since.

    Raises RefusalError where the return is submitted, or there is nothing to undo.
    """
    pupil_return = open_return(upload.pupil_return_id)
    rows = TemplateUpload.objects.select_for_update(of=("self",))
    locked = rows.defer("content", "rows").get(pk=upload.pk)
    if locked.state != UploadState.APPLIED or locked.undone_at or not locked.before:
        raise RefusalError("There is nothing of this file to undo.")
    undone = Undone()
    lines = {str(line.row.pk): line for line in progress_of_return(pupil_return).lines}
    put_back(pupil_return, locked.before["pupils"], lines, undone, by)
    withdraw_joiners(pupil_return, locked.before["joiners"], undone, by)
    locked.undone_by, locked.undone_at = by, timezone.now()
    locked.save(update_fields=["undone_by", "undone_at"])
    return undone


def put_back(
    pupil_return: Return,
    before: list[dict[str, Any]],
    lines: dict[str, PupilLine],
    undone: Undone,
    by: User,
) -> None:
    choices: list[tuple[PupilLine, Assessment]] = []
    accounts: list[ReturnPupil] = []
    restored = assessments(before)
    for each in before:
        line = lines.get(each["row"])
        if line is None:
            continue
        if is_changed_since(line, each):
            undone.kept.append(str(line.pupil))
            continue
        undone.count += 1
        if each["decided"] and each["row"] in restored:
            choices.append((line, restored[each["row"]]))
        elif each["decided"]:
            discard_draft(return_pupil=line.row, by=by)
        if each["told"]:
            change, day, reason = each["change"]
            line.row.change, line.row.change_reason = change, reason
            line.row.change_date = dt.date.fromisoformat(day) if day else None
            accounts.append(line.row)
    account_for_many(accounts)
    save_drafts(pupil_return=pupil_return, by=by, choices=choices)


def is_changed_since(line: PupilLine, before: dict[str, Any]) -> bool:
    version = line.draft.version if line.draft else None
    if before["decided"] and version != before["version"]:
        return True
    return bool(before["told"]) and change_of(line.row) != before["told"]


def assessments(before: list[dict[str, Any]]) -> dict[str, Assessment]:
    """The drafts that were there, by row; levels and bands are read once for all."""
    drafts = {each["row"]: each["draft"] for each in before if each["draft"]}
    levels = Level.objects.in_bulk({pk for draft in drafts.values() for pk in draft["levels"]})
    wanted = {draft[key] for draft in drafts.values() for key in ("band", "suggested")}
    bands = {str(pk): band for pk, band in Band.objects.in_bulk(wanted - {None}).items()}
    by_pk = {str(pk): level for pk, level in levels.items()}
    return {
        row: Assessment(
            levels=[by_pk[pk] for pk in draft["levels"]],
            band=bands.get(draft["band"]),
            suggested_band=bands.get(draft["suggested"]),
            difference_reason=draft["reason"],
            rationale=draft["rationale"],
        )
        for row, draft in drafts.items()
    }


def withdraw_joiners(pupil_return: Return, keys: list[str], undone: Undone, by: User) -> None:
    for joiner in pupil_return.joiners.filter(pk__in=keys):
        try:
            withdraw_joiner(joiner=joiner, by=by)
            undone.count += 1
        except RefusalError:
            undone.kept.append(str(joiner))

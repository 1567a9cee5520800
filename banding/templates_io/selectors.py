"""What a return's template shows: its pupils with what is decided so far, and its framework."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django.utils import timezone

from banding.choices import OPEN_STATES
from banding.details.rules import Differing, as_kept, differing
from banding.details.selectors import asked_by_school
from banding.frameworks import suggestion
from banding.frameworks.selectors import rules_of
from banding.frameworks.suggestion import FrameworkRules
from banding.models import (
    Area,
    Band,
    Collection,
    DetailCorrection,
    Framework,
    Return,
    TemplateBatch,
    TemplateUpload,
)
from banding.returns.progress import PupilLine
from banding.templates_io.workbooks.columns import KEY, TemplateMark, area_key, choice_of
from banding.templates_io.workbooks.guidance import TemplateContent
from banding.templates_io.workbooks.tables import CellValue
from banding_portal.looking import is_named
from banding_portal.uploads.states import UploadState
from schools.models import Pupil, User

NEWEST = 20
"""Uploads a return lists; older ones are in the audit trail."""
HEAVY = ("content", "rows", "before", "warnings", "preview")


BEFORE = "Before you choose"


def template_content(
    pupil_return: Return, mark: TemplateMark, areas: list[Area], rules: FrameworkRules | None = None
) -> TemplateContent:
    """Everything the workbook of a return shows but its rows; `areas` with their levels."""
    collection = pupil_return.collection
    return TemplateContent(
        mark=mark,
        collection=collection.name,
        school=pupil_return.school.name,
        deadline=pupil_return.deadline,
        framework=collection.framework.name,
        rules=rules or rules_of(collection.framework, areas),
        words=list(words_of(collection.framework, areas)),
    )


def words_of(framework: Framework, areas: Sequence[Area]) -> Iterator[tuple[str, str, str]]:
    """What stands around the descriptors, every descriptor and band, for the guidance."""
    if framework.preamble:
        yield BEFORE, "Preamble", framework.preamble
    for number, condition in enumerate(framework.conditions, start=1):
        yield BEFORE, f"Condition {number}", f"{framework.conditions_lead} {condition}"
    for each in framework.definitions:
        yield "What is meant by", each["term"], each["meaning"]
    for area in areas:
        for level in area.levels.all():
            yield area.name, f"Level {level.code}", level.descriptor
    for band in framework.bands.all():
        yield "Bands", band.name, band.summary
    if framework.tie_rule:
        yield "Bands", "Between two bands", framework.tie_rule


def fingerprint_of(framework: FrameworkRules) -> str:
    """Changes when the choices a template offers change."""
    areas = [(area.code, area.name, [lv.code for lv in area.levels]) for area in framework.areas]
    bands = [(band.code, band.name) for band in framework.bands]
    return sha256(repr((areas, bands)).encode()).hexdigest()


def pupil_cells(line: PupilLine, areas: list[Area], *, drafts: bool = True) -> dict[str, CellValue]:
    """A pupil's row by column key. Blank is not decided yet (B5).

    Without `drafts` what the school has not submitted is left out.
    """
    pupil, row = line.pupil, line.row
    is_named(pupil.pk)
    decided = decision_cells(line, areas) if drafts else {}
    return {
        "surname": pupil.surname,
        "forename": pupil.forename,
        "upn": pupil.upn,
        "reference": pupil.reference,
        "date_of_birth": pupil.date_of_birth,
        "year_group": line.year_group,
        "need": pupil.primary_need,
        "plan": row.get_plan_type_display(),
        "last_band": line.last.band.name if line.last and line.last.band else "",
        "change": row.get_change_display() if row.change and drafts else "",
        "change_date": row.change_date if drafts else None,
        "change_reason": row.change_reason if drafts else "",
        KEY: str(row.pk),
    } | decided


def decision_cells(line: PupilLine, areas: list[Area]) -> dict[str, CellValue]:
    """What is decided so far; nothing for a pupil who left or is not the school's."""
    decision = line.decision
    if decision is None or line.is_off:
        return {}
    codes: dict[UUID, str] = {lv.pk: lv.code for area in areas for lv in area.levels.all()}
    keys = {area.pk: area_key(area.code) for area in areas}
    levels = {keys[chosen.area_id]: codes[chosen.level_id] for chosen in decision.levels.all()}
    return {
        **levels,
        "band": listed_band(decision.band) if decision.band else "",
        "difference_reason": decision.difference_reason,
        "rationale": decision.rationale,
    }


def listed_band(band: Band) -> str:
    """As the list to choose from shows it."""
    return choice_of(suggestion.Band(band.code, band.rank, band.name, band.summary)).listed


def uploads_of(pupil_return: Return, user: User) -> list[TemplateUpload]:
    """The newest uploads of a return that the person may see, the newest first."""
    seen = TemplateUpload.objects.visible_to(user).filter(pupil_return=pupil_return)
    people = ("started_by", "confirmed_by", "cancelled_by", "undone_by")
    return list(
        seen.select_related(*people).defer("content", "rows", "before", "warnings")[:NEWEST]
    )


@dataclass(frozen=True)
class FileOutcome:
    """What became of one of several files: its upload, or why there is none."""

    name: str
    upload: TemplateUpload | None
    problem: str


def outcomes_of(batch: TemplateBatch, user: User) -> list[FileOutcome]:
    """Of each file of a set, in the order in which they were sent; uploads as they are now."""
    files = batch.preview.get("files", [])
    wanted = [each["upload"] for each in files if each["upload"]]
    related = ("pupil_return__school", "pupil_return__collection", "confirmed_by", "cancelled_by")
    found = TemplateUpload.objects.visible_to(user).filter(pk__in=wanted)
    heavy = [each for each in HEAVY if each != "preview"]
    rows = found.select_related(*related, "undone_by").defer(*heavy)
    uploads = {str(each.pk): each for each in rows}
    return [
        FileOutcome(each["name"], uploads.get(each["upload"]), each["problem"]) for each in files
    ]


@dataclass(frozen=True)
class OfferedCorrection:
    """What a file has of a pupil otherwise than the portal, and what the school last asked."""

    pupil: Pupil
    differing: Differing
    asked: DetailCorrection | None

    @property
    def can_be_asked(self) -> bool:
        return self.asked is None and bool(self.differing)


def corrections_offered(upload: TemplateUpload) -> list[OfferedCorrection]:
    """Of the pupils of a checked file; without those whom the portal has so by now."""
    found = upload.preview.get("corrections", [])
    pupils = Pupil.objects.in_bulk([each["pupil"] for each in found])
    by_pk = {str(pk): pupil for pk, pupil in pupils.items()}
    asked = asked_by_school(upload.pupil_return.school, pupils)
    return [
        offered
        for each in found
        if (pupil := by_pk.get(each["pupil"]))
        and (offered := offer_of(pupil, each["says"], asked.get(pupil.pk)))
    ]


def offer_of(
    pupil: Pupil, says: dict[str, str], asked: DetailCorrection | None
) -> OfferedCorrection | None:
    """Nothing where the portal says the same and nobody asked for it."""
    same = asked if asked and asked.says == says else None
    has = {key: as_kept(getattr(pupil, key)) for key in says}
    new = {key: said for key, said in says.items() if said != has[key]}
    if not new and same is None:
        return None
    return OfferedCorrection(pupil, same.differing if same else differing(has, new), same)


def uploads_waiting_for(user: User) -> list[TemplateUpload]:
    """The last upload of each open return, where its preview or its problems wait to be seen."""
    today = timezone.localdate()
    last = (
        TemplateUpload.objects.visible_to(user)
        .filter(
            pupil_return__state__in=OPEN_STATES,
            pupil_return__collection__in=Collection.objects.open_on(today),
        )
        .order_by("pupil_return_id", "-started_at")
        .distinct("pupil_return_id")
    )
    waiting = TemplateUpload.objects.filter(
        pk__in=last.values("pk"), state__in=[UploadState.READY, UploadState.REFUSED]
    )
    related = waiting.select_related("pupil_return__school", "pupil_return__collection")
    return [each for each in related.defer(*HEAVY, "issues") if not each.pupil_return.is_late]

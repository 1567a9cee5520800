"""What a school tells in a round out of a file, through the services of its pages (B10)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from banding.changes.services import account_for
from banding.choices import PupilChange, ReturnState
from banding.decisions.services import current_draft, save_draft
from banding.joiners.services import add_joiner, tell_joiner
from banding.leavers.selectors import pupils_who_may_leave
from banding.leavers.services import tell_leaver
from banding.models import Return, ReturnPupil
from banding.returns.locks import ReturnClosedError, locked_return
from banding.rounds.columns import (
    AREA,
    BAND,
    COLUMNS,
    JOINED,
    LEFT,
    LIMITS,
    NEEDED,
    STAYING_ON,
    area_columns,
)
from banding_portal.files.tables import TableLine, read_table
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from schools.models import Pupil, User
from schools.services.following import hold_places

FIELDS = {"joined_on": "date", "change_date": "date", "left_on": "date", "pupil": "pupil_id"}
"""Where a service names a field otherwise than the file."""
ON_ITS_PAGE = "A SENCO can ask for another band on the page of the pupil’s decision."
TO_STAY = "Ask the authority to return it to you, and say there that the pupil stays."


@verb
def tell_changes(*, pupil_return: Return, filename: str, content: bytes, by: User) -> "Telling":
    """Tell every row of a file, or none: joiners, leavers, staying on and changed bands.

    A changed band is a draft, as on its page; the return is still to be submitted. While the
    return cannot change, joiners and leavers are told out of it, as at any time of the year, and
    the others are refused. Raises RefusalError with every problem at its place.
    """
    hold_places()
    locked = locked_return(pupil_return.pk)
    areas = locked.collection.framework.areas.values_list("code", flat=True)
    table = read_table(filename, content, (*COLUMNS, *area_columns(areas)), LIMITS)
    telling = Telling(locked, by)
    for line in table.lines:
        if not line.problems:
            telling.tell(line)
    if table.issues:
        raise RefusalError(*table.issues)
    return telling


@dataclass
class Telling:
    """The rows told so far, counted."""

    pupil_return: Return
    by: User
    joiners: int = 0
    leavers: int = 0
    staying: int = 0
    changes: int = 0
    told: dict[UUID, int] = field(default_factory=dict)
    """By pupil the number of the row that spoke of them."""

    @property
    def in_return(self) -> bool:
        """Whether what is told stands on the return; else an officer deals with it beside it."""
        return self.pupil_return.is_open

    def tell(self, line: TableLine) -> None:
        """One row; what is refused is noted on it."""
        missing = [key for key in NEEDED[line["change"]] if line[key] is None]
        for key in missing:
            line.refuse(key, *line.table.columns[key].wanted)
        if missing:
            return
        acts: dict[str, Callable[[TableLine], None]] = {
            JOINED: self.tell_joiner,
            LEFT: self.tell_leaver,
            STAYING_ON: self.tell_staying,
            BAND: self.tell_band,
        }
        try:
            acts[line["change"]](line)
        except RefusalError as refusal:
            field = FIELDS.get(refusal.field or "", refusal.field) or "change"
            for problem in refusal.problems:
                line.refuse(field if field in line.table.columns else "change", str(problem))

    def tell_joiner(self, line: TableLine) -> None:
        names = ("upn", "surname", "forename", "primary_need")
        given = {
            "by": self.by,
            "date_of_birth": line["date_of_birth"],
            "joined_on": line["date"],
            "plan_type": line["plan_type"],
            **{name: line.text(name) for name in names},
        }
        if self.pupil_return.why_closed_to_joiners:
            tell_joiner(school=self.pupil_return.school, **given)
        else:
            add_joiner(pupil_return=self.pupil_return, **given)
        self.joiners += 1

    def tell_leaver(self, line: TableLine) -> None:
        if self.in_return:
            row, left = self.row(line), PupilChange.LEFT
            account_for(return_pupil=row, change=left, change_date=line["date"], by=self.by)
        else:
            school, pupil = self.pupil_return.school, self.pupil(line)
            tell_leaver(school=school, pupil=pupil, left_on=line["date"], by=self.by)
        self.leavers += 1

    def tell_staying(self, line: TableLine) -> None:
        self.refuse_closed(TO_STAY)
        row, reason = self.row(line), line.text("reason")
        account_for(return_pupil=row, change=PupilChange.STAYING_ON, reason=reason, by=self.by)
        self.staying += 1

    def tell_band(self, line: TableLine) -> None:
        self.refuse_closed(ON_ITS_PAGE)
        row, framework = self.row(line), self.pupil_return.collection.framework
        band = framework.bands.filter(code=line["band"]).first()
        if band is None:
            known = ", ".join(framework.bands.values_list("code", flat=True))
            raise RefusalError(f"{framework} has the bands {known}.", field="band")
        draft = current_draft(row)
        save_draft(
            return_pupil=row,
            by=self.by,
            levels={key.removeprefix(AREA): line.text(key) for key in line.read if AREA in key},
            band=band,
            difference_reason=line.text("difference_reason"),
            rationale=line.text("rationale"),
            version=draft.version if draft else None,
        )
        self.changes += 1

    def refuse_closed(self, way: str) -> None:
        """Raise ReturnClosedError where the return cannot change; `way` is what is left to do
        once it is accepted.
        """
        if why := self.pupil_return.why_closed:
            is_over = self.pupil_return.state == ReturnState.ACCEPTED
            raise ReturnClosedError(f"{why} {way}" if is_over else why)

    def row(self, line: TableLine) -> ReturnPupil:
        on_it = ReturnPupil.objects.filter(pupil_return=self.pupil_return)
        row = on_it.filter(pupil__reference=line["pupil_id"]).first()
        if row is None:
            raise RefusalError("No pupil with this reference is on the return.", field="pupil_id")
        self.speak_once(row.pupil_id, line)
        return row

    def pupil(self, line: TableLine) -> Pupil:
        """On the return, or placed with the school since it was closed."""
        known = {"reference": line["pupil_id"]}
        on_it = Pupil.objects.filter(
            pk__in=ReturnPupil.objects.filter(pupil_return=self.pupil_return).values("pupil")
        )
        here = pupils_who_may_leave(self.pupil_return.school)
        found = on_it.filter(**known).first() or here.filter(**known).first()
        if found is None:
            said = "No pupil with this reference is on the return or placed at the school."
            raise RefusalError(said, field="pupil_id")
        self.speak_once(found.pk, line)
        return found

    def speak_once(self, pupil: UUID, line: TableLine) -> None:
        if (earlier := self.told.setdefault(pupil, line.number)) != line.number:
            raise RefusalError(f"Row {earlier} is about this pupil already.", field="pupil_id")

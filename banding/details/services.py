"""Asking the authority to correct a pupil's details, and what it makes of that."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from banding.choices import DetailState
from banding.details.actions import detail_actions
from banding.details.rules import DETAILS, as_field, as_kept
from banding.models import DetailCorrection
from banding.returns.telling import tell_officers, tell_people_of
from banding_portal.notices.choices import NoticeKind
from banding_portal.refusals import RefusalError
from banding_portal.roles import SENCO
from banding_portal.verbs import verb
from schools.choices import FactChange
from schools.models import Pupil, School, User
from schools.services.pupils import update_pupil


@verb
def ask_for_details(
    *, school: School, pupil: Pupil, says: Mapping[str, str], by: User
) -> DetailCorrection:
    """Ask the authority to correct a pupil; `says` is by field, as `as_kept` makes it.

    Asking again while it waits replaces what was asked, and tells nobody a second time. Raises
    RefusalError for a pupil who has never been at the school, and where nothing differs.
    """
    if school.pk not in by.school_ids_as(*SENCO):
        raise RefusalError("Only the school’s own SENCO can ask for details to be corrected.")
    if not pupil.placements.filter(school=school).exists():
        raise RefusalError(f"{pupil} has not been with you.")
    has = {key: as_kept(getattr(pupil, key)) for key in DETAILS}
    new = {key: says[key] for key in DETAILS if says.get(key) and says[key] != has[key]}
    if not new:
        raise RefusalError(f"The portal has these details of {pupil} already.")
    had = {key: has[key] for key in new}
    asked, is_new = DetailCorrection.objects.update_or_create(
        school=school,
        pupil=pupil,
        state=DetailState.WAITING,
        defaults={"had": had, "says": new, "asked_by": by},
    )
    if is_new:
        tell_officers(
            NoticeKind.REPORTED,
            school,
            key=str(asked.pk),
            title="Details of a pupil are to be corrected",
            url_name="banding:details_detail",
            of=asked.pk,
        )
    return asked


@verb
def withdraw_details(*, asked: DetailCorrection, by: User) -> None:
    """Take it back while nobody has dealt with it."""
    locked = locked_details(asked)
    detail_actions(locked, by).require("withdraw")
    locked.delete()


@verb
def accept_details(*, asked: DetailCorrection, by: User) -> DetailCorrection:
    """Correct the pupil, whose details were wrong before; the school is told.

    Raises RefusalError as `update_pupil` does, for a UPN of somebody else for example.
    """
    locked = locked_details(asked)
    detail_actions(locked, by).require("accept")
    pupil, today = locked.pupil, timezone.localdate()
    fields: dict[str, Any] = {key: as_field(key, said) for key, said in locked.says.items()}
    group = None if pupil.recorded_year_group is None else pupil.year_group_on(today)
    had = {key: as_kept(getattr(pupil, key)) for key in fields}
    update_pupil(
        pupil=pupil, year_group=group, today=today, why=FactChange.MISTAKE, by=by, **fields
    )
    locked.move(DetailState.ACCEPTED, by=by, had=had)
    tell(locked)
    return locked


@verb
def refuse_details(*, asked: DetailCorrection, by: User, note: str) -> DetailCorrection:
    """Keep what the portal has; the school reads the note. RefusalError without one."""
    if not note.strip():
        raise RefusalError("Tell the school why the details are not corrected.")
    locked = locked_details(asked)
    detail_actions(locked, by).require("refuse")
    had = {key: as_kept(getattr(locked.pupil, key)) for key in locked.says}
    locked.move(DetailState.REFUSED, by=by, note=note.strip(), had=had)
    tell(locked)
    return locked


def tell(asked: DetailCorrection) -> None:
    tell_people_of(
        asked.school,
        NoticeKind.DETAILS,
        key=str(asked.pk),
        url_name="banding:details_detail",
        about=[asked.pk],
    )


def locked_details(asked: DetailCorrection) -> DetailCorrection:
    found = DetailCorrection.objects.select_for_update(of=("self",))
    locked = found.select_related("school", "pupil").filter(pk=asked.pk).first()
    if locked is None:
        raise RefusalError("The school has taken this back.")
    return locked

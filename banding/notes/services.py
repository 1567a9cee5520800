"""Writes a school's own note: no answer of the return, so it can be written at any time."""

from banding.models import ReturnPupil
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from schools.models import User


@verb
def write_note(*, return_pupil: ReturnPupil, by: User, text: str, before: str) -> ReturnPupil:
    """Keep a note that only the school reads; an empty text removes it.

    `before` is the note the person saw. Raises RefusalError where it says something else by now.
    """
    row = ReturnPupil.everything.select_for_update().get(pk=return_pupil.pk)
    if row.school_note.split() not in (before.split(), text.split()):
        raise RefusalError(
            "Somebody at your school changed this note while you were writing. It now says: "
            f"“{row.school_note}”. Combine the two texts and save again.",
            field="text",
        )
    row.school_note = text.strip()
    row.save(update_fields=["school_note"])
    return row

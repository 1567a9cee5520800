"""What a person may do with an import that was kept (rules.md S12)."""

from django.urls import reverse

from banding_portal.actions import Action, Actions, actions_for
from banding_portal.roles import ADMINISTRATOR, COLLECTION_RUNNERS, SEND_OFFICER
from schools.choices import ImportKind
from schools.models import ImportRecord, User

UNDOERS = {
    ImportKind.CASELOAD: COLLECTION_RUNNERS,
    ImportKind.REGISTER: ADMINISTRATOR,
    ImportKind.CONVERSION: COLLECTION_RUNNERS,
    ImportKind.ROLL_OVER: SEND_OFFICER,
}


@actions_for.register
def import_actions(record: ImportRecord, user: User) -> Actions:
    """Whoever may apply such a file may undo it, as long as anything is left to undo."""
    if not user.has_role(*UNDOERS[ImportKind(record.kind)]):
        return Actions()
    url = reverse("schools:import_undo", args=[record.pk])

    def why_not() -> list[str]:
        left = record.rows.filter(undone_at=None).exists()
        return [] if left else ["Everything that it changed has been undone already."]

    return Actions(Action("undo", f"Undo this {record.noun}", url, warns=True, why_not=why_not))

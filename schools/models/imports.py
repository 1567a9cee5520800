"""What an import of the register or of a caseload changed, row by row, so that it can be undone."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from banding_portal.audit import audited
from banding_portal.models import UuidModel
from banding_portal.roles import ADMINISTRATOR, AUDITOR, COLLECTION_RUNNERS, SEND_OFFICER
from schools.choices import ImportKind

if TYPE_CHECKING:
    from schools.models.people import User

READERS = {
    ImportKind.CASELOAD: COLLECTION_RUNNERS | AUDITOR,
    ImportKind.REGISTER: ADMINISTRATOR | AUDITOR,
    ImportKind.CONVERSION: COLLECTION_RUNNERS | AUDITOR,
    ImportKind.ROLL_OVER: SEND_OFFICER | AUDITOR,
}
NOUNS = {ImportKind.CONVERSION: "move", ImportKind.ROLL_OVER: "roll-over"}


class ImportRecordQuerySet(models.QuerySet["ImportRecord"]):
    def visible_to(self, user: "User") -> "ImportRecordQuerySet":
        """Those whose file the person could have sent in, or may look at as an auditor."""
        kinds = [kind for kind, roles in READERS.items() if user.has_role(*roles)]
        return self.filter(kind__in=kinds)


@audited
class ImportRecord(UuidModel):
    """One import that was kept, whether it came by a page or a command."""

    kind = models.CharField(max_length=10, choices=ImportKind)
    filename = models.CharField(max_length=200)
    job = models.UUIDField(null=True, help_text="The upload it came by; empty for a command.")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)

    objects = ImportRecordQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["job"], name="import_record_job")]

    def __str__(self) -> str:
        return self.filename

    @property
    def noun(self) -> str:
        return NOUNS.get(ImportKind(self.kind), "import")


class ImportedRow(UuidModel):
    """One row of a table that an import added, changed or removed. The audit trail has it too."""

    record = models.ForeignKey(ImportRecord, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    model = models.CharField(max_length=40, help_text="Of the row, like schools.placement.")
    subject = models.UUIDField(help_text="The id of the row.")
    pupil = models.UUIDField(null=True, help_text="The pupil it is about, if any.")
    who = models.CharField(max_length=250)
    what = models.CharField(max_length=250)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    before = models.JSONField(
        default=dict, encoder=DjangoJSONEncoder, help_text="Empty where it is new."
    )
    after = models.JSONField(
        default=dict, encoder=DjangoJSONEncoder, help_text="Empty where it was removed."
    )
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position"]
        indexes = [
            models.Index(fields=["record", "position"], name="imported_row_order"),
            models.Index(fields=["subject"], name="imported_row_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.who}: {self.what}"

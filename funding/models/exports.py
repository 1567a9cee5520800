"""Files of a run that take long to make, kept once made (rules.md F11)."""

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from django.db import models

from banding_portal.jobs.models import Job, KeptFile, one_at_work
from banding_portal.roles import FUNDING_READERS
from funding.models.runs import Run

if TYPE_CHECKING:
    from schools.models import User


class ScheduleExportQuerySet(models.QuerySet["ScheduleExport"]):
    def visible_to(self, user: "User") -> "ScheduleExportQuerySet":
        return self if user.has_role(*FUNDING_READERS) else self.none()


class AuditPackQuerySet(models.QuerySet["AuditPack"]):
    def visible_to(self, user: "User") -> "AuditPackQuerySet":
        return self if user.has_role(*FUNDING_READERS) else self.none()


class RemittanceExportQuerySet(models.QuerySet["RemittanceExport"]):
    def visible_to(self, user: "User") -> "RemittanceExportQuerySet":
        return self if user.has_role(*FUNDING_READERS) else self.none()


class ScheduleExport(Job, KeptFile):
    """The schedule of a run as a workbook; its preview holds lines, total and lines_hash."""

    NOUN: ClassVar[str] = "A schedule file"
    WORK: ClassVar[str] = "funding.exports.schedule_job.make_schedule"

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="schedule_exports")

    objects = ScheduleExportQuerySet.as_manager()

    class Meta(Job.Meta):
        constraints = [one_at_work("run", name="schedule_export_one_at_work")]

    def __str__(self) -> str:
        return f"Schedule of {self.run}"

    @property
    def total(self) -> Decimal:
        """What the lines of the file that was made add up to, in pounds."""
        return Decimal(self.preview["total"])


class AuditPack(Job, KeptFile):
    """A published run performed again, and all that is needed to do so as a zip; its preview holds
    what was found.
    """

    NOUN: ClassVar[str] = "An auditor’s pack"
    WORK: ClassVar[str] = "funding.exports.audit_pack_job.make_pack"

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="audit_packs")

    objects = AuditPackQuerySet.as_manager()

    class Meta(Job.Meta):
        constraints = [one_at_work("run", name="audit_pack_one_at_work")]

    def __str__(self) -> str:
        return f"Auditor’s pack of {self.run}"

    @property
    def is_equal(self) -> bool:
        """Whether nothing differed when the run was performed again."""
        return not self.preview["differences"]


class RemittanceExport(Job, KeptFile):
    """Every remittance of a run as a zip; its preview holds payees, lines, total and lines_hash."""

    NOUN: ClassVar[str] = "A file of remittances"
    WORK: ClassVar[str] = "funding.exports.remittance_job.make_remittances"

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="remittance_exports")

    objects = RemittanceExportQuerySet.as_manager()

    class Meta(Job.Meta):
        constraints = [one_at_work("run", name="remittance_export_one_at_work")]

    def __str__(self) -> str:
        return f"Remittances of {self.run}"

    @property
    def total(self) -> Decimal:
        return Decimal(self.preview["total"])

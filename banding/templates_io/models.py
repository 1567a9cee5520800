"""Templates issued to schools, and the workbooks that come back (rules.md T1-T4, T7)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from banding.collections.models import Collection
from banding.returns.models import Return
from banding_portal.jobs.models import Job, KeptFile, one_at_work
from banding_portal.models import UuidModel
from banding_portal.roles import BANDING_SCHOOL_ROLES, SENCO, SEND_OFFICER
from banding_portal.uploads.models import MendedFile, Upload
from banding_portal.uploads.states import UploadState

if TYPE_CHECKING:
    from schools.models import User


class IssuedTemplate(UuidModel):
    """A workbook as issued: its version and the signature over its rows."""

    pupil_return = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="templates")
    version = models.PositiveSmallIntegerField()
    signature = models.CharField(max_length=64)
    row_keys = models.JSONField(help_text="Ids of the return’s pupils, in sheet order.")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    issued_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["pupil_return", "version"], name="template_once")
        ]

    def __str__(self) -> str:
        return f"{self.pupil_return}, version {self.version}"


class TemplateZipQuerySet(models.QuerySet["TemplateZip"]):
    def visible_to(self, user: "User") -> "TemplateZipQuerySet":
        return self if user.has_role(*SEND_OFFICER) else self.none()


class TemplateZip(Job, KeptFile):
    """The workbooks of every school of a collection in one archive, without what schools have
    only begun; its preview counts them and names the schools left out.
    """

    NOUN = "A zip of templates"
    DELETED_BY_AGE = True
    WORK = "banding.templates_io.services.make_zip"

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="zips")

    objects = TemplateZipQuerySet.as_manager()

    class Meta(Job.Meta):
        constraints = [one_at_work("collection", name="template_zip_one_at_work")]

    def __str__(self) -> str:
        return f"Templates of {self.collection}"


class TemplateBatchQuerySet(models.QuerySet["TemplateBatch"]):
    def visible_to(self, user: "User") -> "TemplateBatchQuerySet":
        return self.filter(started_by=user) if user.has_role(*SENCO) else self.none()


class TemplateBatch(Job, KeptFile):
    """Filled-in workbooks of several returns, sent in at once; its preview names each and the
    upload it became, or why it became none. Then its content is empty: the uploads have it.
    """

    NOUN = "A set of templates"
    DELETED_BY_AGE = True
    WORK = "banding.templates_io.uploads.together.start_uploads"

    objects = TemplateBatchQuerySet.as_manager()

    def __str__(self) -> str:
        return self.filename


class TemplateUpload(Upload, MendedFile):
    """A workbook a school sent back for its return: its own alone. Like its drafts, they are
    nobody else's until submitted.
    """

    WORK = "banding.templates_io.uploads.import_template"
    GIVES = {
        "rows": "rows",
        "mends": "mends",
        "return_pk": "pupil_return_id",
        "by": "on_behalf_of",
    }
    FORGETS = {"rows": None, "mends": [], "before": {}}
    READERS = BANDING_SCHOOL_ROLES
    PAGE = "banding:template_upload_detail"
    SCHOOL = "pupil_return__school"

    pupil_return = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="uploads")
    rows = models.BinaryField(
        null=True, help_text="What was read of a good file, packed, until it is applied."
    )
    before = models.JSONField(
        default=dict, help_text="What an applied file found in its place, to be put back."
    )
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)

    @property
    def outcome(self) -> str:
        return f"Undone by {self.undone_by}." if self.undone_at else super().outcome

    @property
    def can_be_undone(self) -> bool:
        """Until the return is submitted; what others changed since is left as it is."""
        changed = self.before.get("pupils") or self.before.get("joiners")
        is_applied = self.state == UploadState.APPLIED and not self.undone_at
        return bool(is_applied and changed and not self.pupil_return.why_closed)

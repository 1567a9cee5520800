"""The workbook of a schedule: asked for, followed, kept and downloaded (rules.md F11)."""

from banding_portal.roles import FUNDING_READERS
from funding.choices import ScheduleFormat
from funding.exports.schedule import CONTENT_TYPES
from funding.models import ScheduleExport
from funding.services.exports import start_schedule
from funding.views.run_files import RunFileDetail, RunFileDownload, RunFileMake, RunFilePages


class ScheduleMake(RunFileMake):
    allowed_roles = FUNDING_READERS
    start = start_schedule
    page_name, detail_name = "funding:schedule", "funding:schedule_detail"


class SchedulePages(RunFilePages, abstract=True):
    model = ScheduleExport
    page_name, detail_name = "funding:schedule", "funding:schedule_detail"


class ScheduleDetail(SchedulePages, RunFileDetail):
    allowed_roles = FUNDING_READERS
    meanwhile = "When it is done, everybody in finance finds the file on the schedule page."

    def words(self, done: int, total: int) -> str:
        return "lines written"


class ScheduleFile(SchedulePages, RunFileDownload):
    allowed_roles = FUNDING_READERS
    content_type = CONTENT_TYPES[ScheduleFormat.EXCEL]

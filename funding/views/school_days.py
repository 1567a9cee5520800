"""School days: by month, set by hand, and loaded from a file (rules.md F5)."""

from typing import Any

from banding_portal.pages import FormPage
from banding_portal.roles import FINANCE_OFFICER, FUNDING_READERS
from banding_portal.uploads.views import UploadCreate, UploadDetail, UploadPages
from banding_portal.words import counted
from funding.actions import actions_on_funding
from funding.file_columns import SCHOOL_DAY_COLUMNS, SCHOOL_DAY_LIMITS
from funding.forms.school_days import SchoolDaysForm
from funding.models import SchoolDaysUpload
from funding.selectors.school_days import financial_years
from funding.services.school_days import set_school_days


class SchoolDayList(FormPage[None]):
    """Each financial year by month; officers set days here."""

    allowed_roles = FUNDING_READERS
    write_roles = FINANCE_OFFICER
    form_class = SchoolDaysForm
    template_name = "funding/school_day_list.html"

    def act(self, form: SchoolDaysForm) -> str:
        changed = set_school_days(**form.cleaned_data, by=self.user)
        return f"Saved: {counted(changed, 'day')} changed."

    def next_url(self) -> str:
        return self.request.path

    def context(self) -> dict[str, Any]:
        return {"years": financial_years(), "can": actions_on_funding(self.user)}


class SchoolDaysUploads(UploadPages, abstract=True):
    allowed_roles = FINANCE_OFFICER
    model = SchoolDaysUpload
    heading = "Upload school days"
    create_name = "funding:school_days_upload"
    detail_name = "funding:school_days_upload_detail"
    parent_name = "funding:school_day_list"


class SchoolDaysUploadCreate(SchoolDaysUploads, UploadCreate):
    """Days as a file, all or nothing."""

    limits = SCHOOL_DAY_LIMITS
    template_name = "funding/school_days_upload.html"

    def context(self) -> dict[str, Any]:
        return super().context() | {"columns": SCHOOL_DAY_COLUMNS}


class SchoolDaysUploadDetail(SchoolDaysUploads, UploadDetail):
    """Whoever reads school days may look, officers apply."""

    allowed_roles = FUNDING_READERS
    write_roles = FINANCE_OFFICER
    apply_text = "Apply these days"
    applied_text = "The school days are saved"
    next_text = "See the school days"
    who_heading = "Day"

"""Band values: the table, one value by a form, many by a file (rules.md F2)."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from banding_portal.pages import FormPage, Page
from banding_portal.roles import FINANCE_OFFICER, FUNDING_READERS
from banding_portal.uploads.views import UploadCreate, UploadDetail, UploadPages
from banding_portal.words import counted, day, money
from funding.actions import actions_on_funding
from funding.file_columns import VALUE_COLUMNS, VALUE_LIMITS
from funding.forms.configuration import BandValueForm
from funding.forms.uplifting import UpliftForm
from funding.models import ValuesUpload
from funding.selectors.value_table import bands_without_value, value_groups
from funding.services.uplifting import uplift_values
from funding.services.values import set_band_value


class ValueList(Page[None]):
    """What each band is worth by framework and sector, with its history."""

    allowed_roles = FUNDING_READERS
    template_name = "funding/value_list.html"

    def context(self) -> dict[str, Any]:
        today = timezone.localdate()
        return {
            "groups": value_groups(today),
            "without": bands_without_value(),
            "today": today,
            "can": actions_on_funding(self.user),
        }


class ValueCreate(FormPage[None]):
    """A value from a date; the same band, sector and date again replaces it."""

    allowed_roles = FINANCE_OFFICER
    form_class = BandValueForm
    template_name = "funding/value_create.html"

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET
        return {name: asked[name] for name in ("band", "sector") if name in asked}

    def act(self, form: BandValueForm) -> str:
        wanted = {name: value for name, value in form.cleaned_data.items() if name != "not_known"}
        value = set_band_value(**wanted, by=self.user)
        what = money(value.annual_value, "not known yet")
        since = day(value.effective_from)
        return f"{value.band}, {value.get_sector_display()}: {what} from {since}."

    def next_url(self) -> str:
        return reverse("funding:value_list")


class ValueUplift(FormPage[None]):
    """All values of a framework in some sectors, raised by a percentage from a day."""

    allowed_roles = FINANCE_OFFICER
    form_class = UpliftForm
    template_name = "funding/value_uplift.html"

    def act(self, form: UpliftForm) -> str:
        since = form.cleaned_data["effective_from"]
        done = uplift_values(**form.cleaned_data, by=self.user)
        return f"{counted(len(done), 'value')} set from {day(since)}."

    def next_url(self) -> str:
        return reverse("funding:value_list")


class ValuesUploads(UploadPages, abstract=True):
    allowed_roles = FINANCE_OFFICER
    model = ValuesUpload
    heading = "Upload band values"
    create_name = "funding:value_upload"
    detail_name = "funding:value_upload_detail"
    parent_name = "funding:value_list"


class ValuesUploadCreate(ValuesUploads, UploadCreate):
    """Values as a file, all or nothing."""

    limits = VALUE_LIMITS
    template_name = "funding/value_upload.html"

    def context(self) -> dict[str, Any]:
        return super().context() | {"columns": VALUE_COLUMNS}


class ValuesUploadDetail(ValuesUploads, UploadDetail):
    """Whoever reads values may look, officers apply."""

    allowed_roles = FUNDING_READERS
    write_roles = FINANCE_OFFICER
    apply_text = "Apply these values"
    applied_text = "The values are saved"
    next_text = "See the band values"
    who_heading = "Band"

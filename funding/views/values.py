"""Band values: the table, one value by a form, many by a file (rules.md F2)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from banding_portal.access import PortalView
from banding_portal.refusals import RefusalError
from banding_portal.roles import FINANCE_OFFICER, FUNDING_READERS
from banding_portal.uploads.views import UploadCreate, UploadDetail, UploadPages
from banding_portal.words import day, money
from funding.file_columns import VALUE_COLUMNS, VALUE_LIMITS
from funding.forms.configuration import BandValueForm
from funding.models import ValuesUpload
from funding.selectors.value_table import bands_without_value, value_groups
from funding.services.values import set_band_value


class ValueList(PortalView):
    """What each band is worth by framework and sector, with its history."""

    allowed_roles = FUNDING_READERS

    def get(self, request: HttpRequest) -> HttpResponse:
        today = timezone.localdate()
        context = {
            "groups": value_groups(today),
            "without": bands_without_value(),
            "today": today,
            "may_change": bool(request.user.roles & FINANCE_OFFICER),
        }
        return render(request, "funding/value_list.html", context)


class ValueCreate(PortalView):
    """A value from a date; the same band, sector and date again replaces it."""

    allowed_roles = FINANCE_OFFICER

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = {name: request.GET[name] for name in ("band", "sector") if name in request.GET}
        return self.show(request, BandValueForm(initial=asked))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = BandValueForm(request.POST)
        if not form.is_valid():
            return self.show(request, form)
        wanted = dict(form.cleaned_data)
        wanted.pop("not_known")
        try:
            value = set_band_value(**wanted, by=request.user)
        except RefusalError as problem:
            form.add_error(None, str(problem))
            return self.show(request, form)
        what = money(value.annual_value, "not known yet")
        since = day(value.effective_from)
        messages.success(
            request, f"{value.band}, {value.get_sector_display()}: {what} from {since}."
        )
        return redirect("funding:value_list")

    def show(self, request: HttpRequest, form: BandValueForm) -> HttpResponse:
        return render(request, "funding/value_create.html", {"form": form})


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

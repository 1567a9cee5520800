"""Band values: the table, one value by a form, many by a file (rules.md F2)."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from banding_portal.access import PortalView
from banding_portal.refusals import RefusalError
from banding_portal.roles import FINANCE_OFFICER, FUNDING_READERS
from banding_portal.uploads.results import Issue
from banding_portal.words import day, money, number
from funding.forms.configuration import BandValueForm, ValuesFileForm
from funding.selectors.value_table import bands_without_value, value_groups
from funding.services.errors import ValuesError
from funding.services.values import load_band_values, set_band_value


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


class ValueUpload(PortalView):
    """Values as a CSV file, all or nothing; every issue with its row and heading."""

    allowed_roles = FINANCE_OFFICER

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, ValuesFileForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ValuesFileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(request, form)
        try:
            loaded = load_band_values(form.cleaned_data["file"].read())
        except ValuesError as error:
            return self.show(request, ValuesFileForm(), error.issues)
        messages.success(
            request,
            f"Values read: {number(loaded.values)}. New {number(loaded.created)}, changed "
            f"{number(loaded.updated)}, as before {number(loaded.unchanged)}.",
        )
        return redirect("funding:value_list")

    def show(
        self, request: HttpRequest, form: ValuesFileForm, issues: Sequence[Issue] = ()
    ) -> HttpResponse:
        context = {"form": form, "issues": issues, "page_has_errors": bool(issues)}
        return render(request, "funding/value_upload.html", context)

"""The framework that pays in each sector from a date (rules.md B4)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from banding_portal.access import PortalView
from banding_portal.refusals import RefusalError
from banding_portal.roles import FINANCE_OFFICER, FUNDING_READERS
from banding_portal.words import day
from funding.forms.configuration import PolicyForm
from funding.models import FundingPolicy
from funding.services.values import set_funding_policy


class PolicyList(PortalView):
    """Every entry by sector; officers add one here."""

    allowed_roles = FUNDING_READERS
    write_roles = FINANCE_OFFICER

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(request, PolicyForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = PolicyForm(request.POST)
        if not form.is_valid():
            return self.show(request, form)
        try:
            policy = set_funding_policy(**form.cleaned_data, by=request.user)
        except RefusalError as problem:
            form.add_error(None, str(problem))
            return self.show(request, form)
        sector, since = policy.get_sector_display(), day(policy.effective_from)
        messages.success(request, f"{sector}: {policy.framework} pays from {since}.")
        return redirect("funding:policy_list")

    def show(self, request: HttpRequest, form: PolicyForm) -> HttpResponse:
        context = {
            "policies": FundingPolicy.objects.select_related("framework"),
            "form": form,
            "may_change": bool(request.user.roles & FINANCE_OFFICER),
        }
        return render(request, "funding/policy_list.html", context)

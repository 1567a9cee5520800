"""The framework that pays in each sector from a date (rules.md B4)."""

from typing import Any

from banding_portal.pages import FormPage
from banding_portal.roles import FINANCE_OFFICER, FUNDING_READERS
from banding_portal.words import day
from funding.actions import actions_on_funding
from funding.forms.configuration import PolicyForm
from funding.models import FundingPolicy
from funding.services.values import set_funding_policy


class PolicyList(FormPage[None]):
    """Every entry by sector; officers add one here."""

    allowed_roles = FUNDING_READERS
    write_roles = FINANCE_OFFICER
    form_class = PolicyForm
    template_name = "funding/policy_list.html"

    def act(self, form: PolicyForm) -> str:
        policy = set_funding_policy(**form.cleaned_data, by=self.user)
        sector, since = policy.get_sector_display(), day(policy.effective_from)
        return f"{sector}: {policy.framework} pays from {since}."

    def next_url(self) -> str:
        return self.request.path

    def context(self) -> dict[str, Any]:
        return {
            "policies": FundingPolicy.objects.select_related("framework"),
            "can": actions_on_funding(self.user),
        }

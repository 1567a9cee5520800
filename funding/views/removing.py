"""Taking away a band value or an entry of the funding policy that was set by mistake (F2, B4)."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding_portal.pages import ActionPage, Page
from banding_portal.roles import FINANCE_OFFICER
from banding_portal.words import day, money
from funding.models import BandValue, FundingPolicy
from funding.services.effects import effects_of
from funding.services.values import remove_band_value, remove_funding_policy


class ValueRemove(Page[BandValue], ActionPage[BandValue]):
    """Asks once more, with what it does to what is paid."""

    allowed_roles = FINANCE_OFFICER
    template_name = "funding/entry_remove.html"

    def find(self) -> BandValue:
        rows = BandValue.objects.select_related("band__framework")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def act(self) -> str:
        remove_band_value(value=self.found, by=self.user)
        return f"{self.found.band}: the value from {day(self.found.effective_from)} is taken away."

    def next_url(self) -> str:
        return reverse("funding:value_list")

    def context(self) -> dict[str, Any]:
        value = self.found
        gone = BandValue.objects.filter(pk=value.pk)
        return {
            "heading": "Take this value away?",
            "what": f"{value.band}, {value.get_sector_display()}",
            "is_worth": money(value.annual_value, "not known yet"),
            "since": value.effective_from,
            "effects": effects_of(gone.delete, since=value.effective_from),
            "up": self.next_url(),
        }


class PolicyRemove(Page[FundingPolicy], ActionPage[FundingPolicy]):
    """Likewise for the framework that pays."""

    allowed_roles = FINANCE_OFFICER
    template_name = "funding/entry_remove.html"

    def find(self) -> FundingPolicy:
        rows = FundingPolicy.objects.select_related("framework")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def act(self) -> str:
        remove_funding_policy(policy=self.found, by=self.user)
        return f"The entry from {day(self.found.effective_from)} is taken away."

    def next_url(self) -> str:
        return reverse("funding:policy_list")

    def context(self) -> dict[str, Any]:
        policy = self.found
        gone = FundingPolicy.objects.filter(pk=policy.pk)
        return {
            "heading": "Take this entry away?",
            "what": f"{policy.get_sector_display()}: {policy.framework}",
            "since": policy.effective_from,
            "effects": effects_of(gone.delete, since=policy.effective_from),
            "up": self.next_url(),
        }

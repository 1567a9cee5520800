"""The authority's rules of protection (rules.md F10)."""

from typing import Any

from django.db.models import Count
from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding_portal.pages import ActionPage, FormPage, Page
from banding_portal.roles import FINANCE_OFFICER, FUNDING_READERS
from banding_portal.words import day
from funding.actions import actions_on_funding
from funding.forms.protecting import ProtectionForm
from funding.models import ProtectionRule
from funding.services.effects import effects_of
from funding.services.protecting import end_protection, set_protection


class ProtectionList(FormPage[None]):
    """Every rule by sector; officers add one here."""

    allowed_roles = FUNDING_READERS
    write_roles = FINANCE_OFFICER
    form_class = ProtectionForm
    template_name = "funding/protection_list.html"

    def act(self, form: ProtectionForm) -> str:
        rule = set_protection(**form.cleaned_data, by=self.user)
        days = f"from {day(rule.starts_on)} to {day(rule.ends_on)}"
        return f"{rule.get_sector_display()} is protected {days}."

    def next_url(self) -> str:
        return self.request.path

    def context(self) -> dict[str, Any]:
        rules = ProtectionRule.objects.annotate(pupils=Count("protected"))
        return {"rules": rules, "can": actions_on_funding(self.user)}


class ProtectionEnd(Page[ProtectionRule], ActionPage[ProtectionRule]):
    """Asks once more, with what it does to what is paid, then takes a rule away."""

    allowed_roles = FINANCE_OFFICER
    template_name = "funding/protection_end.html"

    def find(self) -> ProtectionRule:
        return get_object_or_404(ProtectionRule, pk=self.kwargs["pk"])

    def act(self) -> str:
        end_protection(rule=self.found, by=self.user)
        return "The protection is taken away."

    def next_url(self) -> str:
        return reverse("funding:protection_list")

    def context(self) -> dict[str, Any]:
        rule = self.found
        gone = ProtectionRule.objects.filter(pk=rule.pk)
        effects = effects_of(gone.delete, since=rule.starts_on)
        return {"rule": rule, "effects": effects}

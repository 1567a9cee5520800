"""The page behind the box of the header."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from banding_portal.finding.forms import FindForm
from banding_portal.finding.results import Group, found_for, only_row
from banding_portal.pages import Page
from banding_portal.roles import EVERYONE


class Find(Page[None]):
    """Whatever fits of what the person may see; the page of it where there is but one."""

    allowed_roles = EVERYONE
    template_name = "find.html"

    @cached_property
    def form(self) -> FindForm:
        return FindForm(self.request.GET if "q" in self.request.GET else None)

    @cached_property
    def groups(self) -> list[Group]:
        return found_for(self.user, self.form.cleaned_data["q"]) if self.form.is_valid() else []

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        only = only_row(self.groups)
        if only is None:
            return super().get(*args, **kwargs)
        asked = self.form.cleaned_data["q"]
        messages.info(self.request, f"This page is all that was found for “{asked}”.")
        return redirect(only.url)

    def context(self) -> dict[str, Any]:
        looked = self.form.is_bound and self.form.is_valid()
        return {"form": self.form, "groups": self.groups, "looked": looked}

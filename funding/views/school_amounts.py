"""What single schools are paid otherwise: rates, lump sums, minimum amounts (rules.md F24)."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding_portal.pages import ActionPage, FormPage, ListPage, Page
from banding_portal.pages.sorting import by
from banding_portal.roles import FINANCE_OFFICER, FUNDING_READERS
from banding_portal.words import day, money
from funding.forms.school_amounts import (
    SchoolAmountEndForm,
    SchoolAmountFilterForm,
    SchoolAmountForm,
)
from funding.models import SchoolAmount
from funding.selectors.school_amounts import amounts_matching
from funding.services.effects import effects_of
from funding.services.school_amounts import (
    end_school_amount,
    set_school_amount,
    take_away_school_amount,
)


class SchoolAmountList(ListPage[None]):
    """Every one, by school."""

    allowed_roles = FUNDING_READERS
    filter_class = SchoolAmountFilterForm
    template_name = "funding/school_amount_list.html"
    orders: ClassVar = {
        "school": by("school__name", "school__urn", "kind", "starts_on"),
        "what": by("kind", "name", "school__name"),
        "year": by("annual", "school__name"),
        "from": by("starts_on", "school__name"),
        "until": by("ends_on", "school__name"),
    }

    def rows(self, wanted: dict[str, Any]) -> QuerySet[SchoolAmount]:
        return amounts_matching(wanted)

    def context(self) -> dict[str, Any]:
        return {"may_write": self.user.has_role(*FINANCE_OFFICER)}


class SchoolAmountCreate(FormPage[None]):
    allowed_roles = FINANCE_OFFICER
    form_class = SchoolAmountForm
    template_name = "funding/school_amount_create.html"
    sends_once = True

    def act(self, form: SchoolAmountForm) -> str:
        amount = set_school_amount(**form.cleaned_data, by=self.user)
        return f"{amount} from {day(amount.starts_on)}."

    def next_url(self) -> str:
        return reverse("funding:school_amount_list")


class AboutAmount:
    """The one in the address."""

    kwargs: dict[str, Any]

    def find(self) -> SchoolAmount:
        rows = SchoolAmount.objects.select_related("school", "band")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def next_url(self) -> str:
        return reverse("funding:school_amount_list")


class SchoolAmountEnd(AboutAmount, FormPage[SchoolAmount]):
    """Its last day; what that does to what is paid is told first."""

    allowed_roles = FINANCE_OFFICER
    form_class = SchoolAmountEndForm
    template_name = "funding/school_amount_end.html"

    def form_options(self) -> dict[str, Any]:
        return {"amount": self.found}

    def get_initial(self) -> dict[str, Any]:
        return {"ends_on": self.found.ends_on}

    def act(self, form: SchoolAmountEndForm) -> str:
        amount = end_school_amount(amount=self.found, by=self.user, **form.cleaned_data)
        return f"{amount.what} of {amount.school}: until {day(amount.ends_on)}."

    def context(self) -> dict[str, Any]:
        return {"amount": self.found}


class SchoolAmountTakeAway(AboutAmount, Page[SchoolAmount], ActionPage[SchoolAmount]):
    """Asks once more, with what it does to what is paid."""

    allowed_roles = FINANCE_OFFICER
    template_name = "funding/school_amount_take_away.html"

    def act(self) -> str:
        said = f"{self.found.what} of {money(self.found.annual)} a year is taken away."
        take_away_school_amount(amount=self.found, by=self.user)
        return said

    def context(self) -> dict[str, Any]:
        gone = SchoolAmount.objects.filter(pk=self.found.pk)
        effects = effects_of(gone.delete, since=self.found.starts_on)
        return {"amount": self.found, "effects": effects}

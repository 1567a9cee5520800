"""Choosing one school: from a short list, or by typing where there are many.

What is typed is part of a name or town, a URN, or a suggestion, “Name (URN)”; an identifier, as
links give it, is understood as well. Without JavaScript the same box is a search.
"""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse_lazy

from banding_portal.words import counted
from schools.models import School
from schools.selectors.register import search

FEW = 20
"""Schools that fit into a list to choose from."""
CANDIDATES = 10
"""Schools that are listed where what was typed may mean several."""
URN = re.compile(r"\b(\d{6})\)?$")


class SchoolInput(forms.TextInput):
    """A box that static/src/choosing.js gives suggestions; the server lists those that match.

    Both are sent under one name: of a school chosen below the box and what stands in it, the
    later one holds.
    """

    template_name = "govuk/widgets/school.html"
    candidates: Sequence[School] = ()

    def __init__(self) -> None:
        super().__init__(
            {"data-schools": reverse_lazy("schools:school_find"), "autocomplete": "off"}
        )

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        listed = [(each.pk, name_of(each)) for each in self.candidates]
        context["widget"]["candidates"] = listed
        return context


class SchoolField(forms.ModelChoiceField):
    """Cleans to a School of the queryset. `is_typed` until `offer_schools` finds only a few."""

    is_typed = True

    def __init__(self, queryset: Any = None, **options: Any) -> None:
        rows = School.objects.all() if queryset is None else queryset
        super().__init__(rows, widget=SchoolInput, **options)

    def to_python(self, value: Any) -> Any:
        if not self.is_typed or value in self.empty_values or is_identifier(value):
            return super().to_python(value)
        return self.school_called(" ".join(str(value).split()))

    def school_called(self, text: str) -> School:
        """The one school that fits; else lists those that may be meant, and raises
        ValidationError.
        """
        rows: Any = self.queryset
        urn = URN.search(text)
        found = list(rows.filter(urn=urn[1])) if urn else []
        found = found or list(rows.filter(name__iexact=text)[:2])
        if len(found) == 1:
            return found[0]
        found = list(rows.filter(search(text)).order_by("name", "urn")[: CANDIDATES + 1])
        if len(found) == 1:
            return found[0]
        if isinstance(self.widget, SchoolInput):
            self.widget.candidates = found[:CANDIDATES]
        raise forms.ValidationError(which_one(text, len(found)))

    def prepare_value(self, value: Any) -> Any:
        if not self.is_typed:
            return super().prepare_value(value)
        if is_identifier(value):
            rows: Any = self.queryset
            value = rows.filter(pk=value).first() or value
        return name_of(value) if isinstance(value, School) else value


def offer_schools(form: Any, name: str, rows: Any, *, nothing: str = "") -> None:
    """Lets choose from these schools: from a list where they are few, else by typing."""
    field = form.fields[name]
    if rows.order_by()[: FEW + 1].count() <= FEW:
        field.is_typed, field.widget = False, forms.Select()
    form.offer(name, rows, nothing=nothing)


def name_of(school: School) -> str:
    """As a suggestion says it, and a box that is filled in."""
    return f"{school.name} ({school.urn})"


def is_identifier(value: Any) -> bool:
    if isinstance(value, UUID):
        return True
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True


def which_one(text: str, found: int) -> str:
    if not found:
        return f"No school matches “{text}”: enter part of its name, or its URN"
    if found > CANDIDATES:
        return (
            f"More than {CANDIDATES} schools match “{text}”. Choose one of the first "
            f"{CANDIDATES} below, or enter more of the name or the URN."
        )
    return f"{counted(found, 'school')} match “{text}”. Choose one of them below."

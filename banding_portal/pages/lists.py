"""A page with a list: filtered, page by page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.core.paginator import Page as PageOfRows
from django.core.paginator import Paginator

from banding_portal.forms import PortalForm
from banding_portal.pages.base import Found, Page


@dataclass(frozen=True)
class Order:
    """One way to sort a list: its words, and the fields of a queryset or the key of a row."""

    words: str
    fields: tuple[Any, ...] = ()
    key: Callable[[Any], Any] | None = None

    def of(self, rows: Any) -> Any:
        return sorted(rows, key=self.key) if self.key else rows.order_by(*self.fields)


def sort_field(orders: Mapping[str, Order]) -> forms.ChoiceField:
    choices = [("", "Usual order"), *((name, order.words) for name, order in orders.items())]
    return forms.ChoiceField(label="Sort by", choices=choices, required=False)


class ListPage(Page[Found], abstract=True):
    """Shows `rows`, narrowed by the filters, `page_size` at a time, as `page_obj`.

    All of it stands in the address: filters, order (`sort`) and page.

    The number of queries must not depend on the number of rows; each list has a test of that.
    """

    page_size = 50
    filter_class: type[PortalForm] | None = None
    orders: ClassVar[Mapping[str, Order]] = {}
    """By the name in the address; without one the rows stay as `rows` gives them."""

    def rows(self, wanted: dict[str, Any]) -> Any:
        """The rows as a queryset or a sequence; `wanted` is what the filters say, if anything."""
        raise NotImplementedError

    def filter_options(self) -> dict[str, Any]:
        """Further arguments of the filter form."""
        return {}

    @cached_property
    def filters(self) -> PortalForm | None:
        if self.filter_class is None:
            return None
        form = self.filter_class(self.request.GET or None, **self.filter_options())
        if self.orders:
            form.add_field("sort", sort_field(self.orders))
        return form

    @cached_property
    def wanted(self) -> dict[str, Any]:
        """What the filters say that makes sense; a wrong one is left out, and told beside it."""
        if self.filters is None:
            return {}
        self.filters.is_valid()
        return getattr(self.filters, "cleaned_data", {})

    @cached_property
    def page_obj(self) -> PageOfRows:
        rows = self.rows(self.wanted)
        order = self.orders.get(self.wanted.get("sort", ""))
        pages = Paginator(order.of(rows) if order else rows, self.page_size)
        return pages.get_page(self.request.GET.get("page"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"page_obj": self.page_obj, "filters": self.filters}
        return super().get_context_data(**shown, **kwargs)

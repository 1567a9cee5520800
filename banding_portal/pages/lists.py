"""A page with a list: filtered, sorted, page by page."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.paginator import Page as PageOfRows
from django.core.paginator import Paginator

from banding_portal.chosen_school import own_school
from banding_portal.forms import PortalForm
from banding_portal.pages.base import Found, Page
from banding_portal.pages.sorting import Order, Sorting
from banding_portal.words import counted

__all__ = ["ListPage", "NameOrSchoolForm", "Order"]


QUIET = "quiet"
"""Of a message that stands on the page as a line, not in a banner."""


class NameOrSchoolForm(PortalForm):
    """The filter of a list of pupils that is long for somebody of many schools alone."""

    q = forms.CharField(label="Name or school", required=False)


class ListPage(Page[Found], abstract=True):
    """Shows `rows`, narrowed by the filters, `page_size` at a time, as `page_obj`.

    All of it stands in the address: filters, order (`sort`) and page.

    The number of queries must not depend on the number of rows; each list has a test of that.
    """

    page_size = 25
    filter_class: type[PortalForm] | None = None
    filters_from = 1
    """Rows from which the filters are shown; a list that is seldom long does without."""
    orders: ClassVar[Mapping[str, Order]] = {}
    """By the name in the address, which is that of a column: “Pupils done” is `pupils_done`."""
    usual = ""
    """The order that `rows` come in, if by a column: "pupil", or "-due" downwards."""

    def rows(self, wanted: dict[str, Any]) -> Any:
        """The rows as a queryset or a sequence; `wanted` is what the filters say, if anything."""
        raise NotImplementedError

    def filter_options(self) -> dict[str, Any]:
        """Further arguments of the filter form."""
        return {}

    @cached_property
    def user(self) -> Any:
        """Who reads: somebody of several schools as if they worked at the chosen one alone."""
        person = self.request.user
        chosen = own_school(person, self.request.GET.get("school", ""))
        return person.at(chosen.pk) if chosen and self.is_reading else person

    @cached_property
    def filters(self) -> PortalForm | None:
        if self.filter_class is None:
            return None
        return self.filter_class(self.request.GET or None, **self.filter_options())

    @cached_property
    def sorting(self) -> Sorting:
        return Sorting(self.orders, self.usual, self.request.GET)

    @cached_property
    def wanted(self) -> dict[str, Any]:
        """What the filters say that makes sense; a wrong one is left out, and told beside it."""
        if self.filters is None:
            return {}
        self.filters.is_valid()
        return getattr(self.filters, "cleaned_data", {})

    @cached_property
    def page_obj(self) -> PageOfRows:
        pages = Paginator(self.sorting.of(self.rows(self.wanted)), self.page_size)
        return pages.get_page(self.request.GET.get("page"))

    def page_problem(self) -> str:
        """Why another page is shown than the address asks for."""
        asked, shown = self.request.GET.get("page"), self.page_obj
        if not asked or not isinstance(shown, PageOfRows) or asked == str(shown.number):
            return ""
        pages = counted(shown.paginator.num_pages, "page")
        return f"This list has {pages}. You see page {shown.number}."

    def shows_filters(self) -> bool:
        if self.filters is None or self.filters.has_changed() or self.filters_from == 1:
            return True
        return self.page_obj.paginator.count >= self.filters_from

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        for said in filter(None, (self.sorting.problem, self.page_problem())):
            messages.info(self.request, said, extra_tags=QUIET)
        filters = self.filters if self.shows_filters() else None
        shown = {"page_obj": self.page_obj, "filters": filters, "sorting": self.sorting}
        return super().get_context_data(**shown, **kwargs)

"""The returns of a collection: found, worked with several at once, and as a file."""

from contextlib import suppress
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.urls import reverse

from banding.collections.chasing import HEADS, file_row, returns_matching, rows_of
from banding.collections.returns_forms import (
    ACCEPT,
    EXTEND,
    WHAT,
    ReturnsFilterForm,
    SeveralForm,
)
from banding.collections.several import (
    Several,
    accept_several,
    extend_several,
    write_to_several,
)
from banding.collections.views import AboutCollection
from banding.joiners.selectors import joiners_off_the_lists
from banding.models import Collection, Return
from banding_portal.csv_response import csv_response
from banding_portal.pages import ListPage
from banding_portal.pages.sorting import by
from banding_portal.roles import COLLECTION_FOLLOWERS, COLLECTION_RUNNERS
from schools.services.corrections import what_would_happen
from schools.views.showing import CONFIRM, ShowsFirst

SEEN, MESSAGE = "seen", "message"
"""Sent again with the confirmation: the returns as they were shown, and a message's own id."""


class CollectionReturns(AboutCollection, ShowsFirst[Collection], ListPage[Collection]):
    """Every return with its progress, last activity and contacts. Some are ticked and given more
    time, accepted or written to; what that brings is shown first.
    """

    allowed_roles = COLLECTION_FOLLOWERS
    write_roles = COLLECTION_RUNNERS
    template_name = "banding/collection_returns.html"
    filter_class = ReturnsFilterForm
    form_class = SeveralForm
    concerned: list[tuple[Return, str]] = []
    """Whom what is confirmed is done for, and what to know of each before."""
    orders: ClassVar = {
        "school": by("school__name"),
        "pupils_done": by("done_count", "school__name"),
        "due": by(Coalesce("extended_to", "collection__deadline"), "school__name"),
        "state": by("state", "school__name"),
        "last_activity": by("last_activity", "school__name"),
    }

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Return]:
        return returns_matching(self.found, wanted)

    def form_options(self) -> dict[str, Any]:
        count = self.page_obj.paginator.count
        return {"collection": self.found, "user": self.user, "count": count}

    @cached_property
    def seen(self) -> dict[UUID, str]:
        """By return when it was submitted, as it was shown."""
        sent = self.request.POST.get(SEEN, "")
        pairs = (each.partition("=") for each in sent.split("|") if each)
        with suppress(ValueError):  # Nobody but who makes it up sends what is no id.
            return {UUID(pk): at for pk, _, at in pairs}
        return {}

    def chosen(self, form: SeveralForm) -> list[Return]:
        """Those ticked; once they were shown no others."""
        given = form.cleaned_data
        found = self.rows(self.wanted) if given["everything"] else given["returns"]
        if CONFIRM in self.request.POST:
            return [each for each in found if each.pk in self.seen]
        return list(found)

    def given(self) -> list[tuple[str, str]]:
        kept = [pair for pair in super().given() if pair[0] not in (SEEN, MESSAGE)]
        shown = "|".join(f"{each.pk}={each.submitted_at or ''}" for each in self.shown)
        return [*kept, (SEEN, shown), (MESSAGE, str(uuid4()))]

    def do(self, form: SeveralForm) -> Several:
        self.shown = self.chosen(form)
        given, by = form.cleaned_data, self.user
        if given["what"] == EXTEND:
            until, reason = given["until"], given["reason"]
            return extend_several(returns=self.shown, until=until, reason=reason, by=by)
        if given["what"] == ACCEPT:
            seen = self.seen or {each.pk: str(each.submitted_at) for each in self.shown}
            return accept_several(returns=self.shown, seen=seen, by=by)
        message = UUID(self.request.POST.get(MESSAGE) or str(uuid4()))
        return write_to_several(returns=self.shown, text=given["reason"], message=message, by=by)

    def try_out(self, form: SeveralForm) -> list[str]:
        tried: list[Several] = []
        what_would_happen(lambda: tried.append(self.do(form)))
        (several,) = tried
        self.concerned = each_with_warning(several.done, form.cleaned_data["what"])
        return several.sentences

    def act(self, form: SeveralForm) -> str:
        return " ".join(self.do(form).sentences)

    def next_url(self) -> str:
        return self.request.get_full_path()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With those that were ticked and are on this page of the list no more."""
        sent = getattr(kwargs["form"], "cleaned_data", {}).get("returns") or []
        here = {each.pk for each in self.page_obj}
        elsewhere = [each for each in sent if each.pk not in here]
        return super().get_context_data(**kwargs, ticked_elsewhere=elsewhere)

    def context(self) -> dict[str, Any]:
        what = self.request.POST.get("what", "")
        return {
            "collection": self.found,
            "returns": rows_of(self.page_obj),
            "concerned": self.concerned,
            "may_work": self.user.has_role(*COLLECTION_RUNNERS),
            "confirms": WHAT.get(what, ""),
            "message": self.request.POST.get("reason", ""),
            "query": self.request.GET.urlencode(),
            "parent_url": reverse("banding:collection_detail", args=[self.found.pk]),
        }


def each_with_warning(returns: list[Return], what: str) -> list[tuple[Return, str]]:
    """By school, with what its own page says before it is accepted; those with a warning first."""
    off = joiners_off_the_lists(returns) if what == ACCEPT else {}
    found = [(each, off[each.pk].for_officer if each.pk in off else "") for each in returns]
    return sorted(found, key=lambda pair: (not pair[1], pair[0].school.name))


class CollectionReturnsFile(AboutCollection):
    """The same list as a file."""

    allowed_roles = COLLECTION_FOLLOWERS
    template_name = ""

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ReturnsFilterForm(self.request.GET)
        form.is_valid()
        rows = rows_of(returns_matching(self.found, form.cleaned_data))
        return csv_response(f"{self.found.code}-returns.csv", HEADS, map(file_row, rows))

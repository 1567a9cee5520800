"""Changing, closing, opening again and deleting a collection, each shown before it is done."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.urls import reverse

from banding.collections.forms import CollectionEditForm, WhyForm
from banding.collections.life import (
    Done,
    change_collection,
    close_collection,
    delete_collection,
    reopen_collection,
)
from banding.collections.terms import WORDS, Terms
from banding.collections.views import AboutCollection
from banding.models import Collection
from banding_portal.roles import COLLECTION_RUNNERS
from schools.services.corrections import what_would_happen
from schools.views.showing import ShowsFirst

SEEN = "seen"
"""The terms as the person saw them, sent again with the confirmation."""


class CollectionLife(AboutCollection, ShowsFirst[Collection], abstract=True):
    """A form, then what it would bring and who is told, then the change itself."""

    allowed_roles = COLLECTION_RUNNERS
    template_name = "banding/collection_life.html"
    form_class = WhyForm
    heading: ClassVar[str]
    confirms: ClassVar[str]
    note: ClassVar[str] = ""
    is_usual: ClassVar[bool] = False
    """Part of everyday work: the button that confirms it is not red."""

    def do(self, form: Any) -> Done:
        """Call the service."""
        raise NotImplementedError

    def try_out(self, form: Any) -> list[str]:
        return effects_of(lambda: self.do(form))

    def act(self, form: Any) -> str:
        self.do(form)
        return self.said()

    def said(self) -> str:
        raise NotImplementedError

    def context(self) -> dict[str, Any]:
        return {
            "collection": self.found,
            "heading": self.heading,
            "confirms": self.confirms,
            "note": self.note,
            "is_usual": self.is_usual,
            "parent_url": reverse("banding:collection_detail", args=[self.found.pk]),
            "reason": self.request.POST.get("reason", ""),
        }


def effects_of(act: Callable[[], Done]) -> list[str]:
    """What it would bring, as sentences; nothing of it is kept."""
    said: list[str] = []
    what_would_happen(lambda: said.extend(act().said))
    return said


class CollectionEdit(CollectionLife):
    form_class = CollectionEditForm  # type: ignore[assignment]
    heading, confirms = "Change the collection", "Change it"
    is_usual = True

    def form_options(self) -> dict[str, Any]:
        return {"framework": self.found.framework}

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.found, name) for name in WORDS}

    def why_closed(self) -> str:
        return "It is closed. Open it again to change it." if self.found.is_closed else ""

    def given(self) -> list[tuple[str, str]]:
        kept = [pair for pair in super().given() if pair[0] != SEEN]
        return [*kept, (SEEN, Terms.of(self.found).mark())]

    def do(self, form: CollectionEditForm) -> Done:
        return change_collection(
            collection=self.found,
            terms=form.terms,
            reason=form.cleaned_data["reason"],
            by=self.user,
            seen=self.request.POST.get(SEEN, ""),
        )

    def said(self) -> str:
        return "The collection is changed."


class CollectionClose(CollectionLife):
    heading, confirms = "Close the collection", "Close it"
    note = "Schools cannot change or submit their returns any more. You can open it again."

    def do(self, form: WhyForm) -> Done:
        why = form.cleaned_data["reason"]
        return close_collection(collection=self.found, reason=why, by=self.user)

    def said(self) -> str:
        return f"{self.found} is closed."


class CollectionReopen(CollectionLife):
    heading, confirms = "Open the collection again", "Open it again"
    is_usual = True

    def do(self, form: WhyForm) -> Done:
        why = form.cleaned_data["reason"]
        return reopen_collection(collection=self.found, reason=why, by=self.user)

    def said(self) -> str:
        return f"{self.found} is open again."


class CollectionDelete(CollectionLife):
    heading, confirms = "Delete the collection", "Delete it"
    note = "Only a collection that no school has begun with can be deleted. It cannot be undone."

    def do(self, form: WhyForm) -> Done:
        why = form.cleaned_data["reason"]
        return delete_collection(collection=self.found, reason=why, by=self.user)

    def said(self) -> str:
        return f"{self.found} is deleted."

    def next_url(self) -> str:
        return reverse("banding:collection_list")

"""Home says what somebody typed and has not saved; the words themselves stand on their page."""

from typing import TYPE_CHECKING, Any

from django.urls import Resolver404, resolve

from banding_portal.counting import counts_for
from banding_portal.due import DueItem, Way
from banding_portal.kept_forms.models import KeptForm
from banding_portal.kept_forms.words import kept_words, where_typed
from banding_portal.words import counted

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

MOST = 5
"""Pages that are named; an older one is found again where it was typed."""


def due_items(user: "_User") -> list[DueItem]:
    """One entry for all of it."""
    if not counts_for(user)["kept_forms"]:
        return []
    kept = list(KeptForm.objects.filter(user=user).order_by("-typed_at", "pk"))
    newest, *others = kept
    pages = f" {counted(len(kept), 'page')} in all." if others else ""
    return [
        DueItem(
            title="You typed something and have not saved it",
            text=f"{words_of(newest)}{pages}",
            url=newest.path,
            action="Use it or discard it",
            ways=tuple(Way(words_of(each), each.path) for each in others[: MOST - 1]),
        )
    ]


def words_of(kept: KeptForm) -> str:
    """“Typed under “Rationale”. Kept at 8:10am, …”; no word of what was typed (R3)."""
    return f"Typed{where_typed(kept, forms_at(kept.path))}. {kept_words(kept.typed_at)}"


def forms_at(path: str) -> tuple[type[Any], ...]:
    try:
        page = getattr(resolve(path.partition("?")[0]).func, "view_class", None)
    except Resolver404:
        return ()
    return page.typed_forms() if page and hasattr(page, "typed_forms") else ()

"""Keeping what is typed, forgetting it, and sweeping what nobody came back to."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone

from banding_portal.kept_forms.models import KeptForm, SentForm
from banding_portal.kept_forms.typed import TAB, Typed
from banding_portal.verbs import verb

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

KEPT_DAYS = 14
"""Days after which what was typed goes, as docs/running.md says."""
SAME_FOR = timedelta(hours=1)
"""So long a form that was sent is known again; later somebody may mean the same once more."""
EACH = 100
"""Addresses one person may have text at; beyond it the oldest goes."""


class SentBeforeError(Exception):
    """Raised where the same form was sent before and taken; `led_to` is where it led."""

    def __init__(self, led_to: str) -> None:
        super().__init__("This form was sent before")
        self.led_to = led_to


@verb
def keep_form(
    *, user: "_User", path: str, typed: Typed, typed_at: datetime | None = None
) -> KeptForm:
    """Keep what the person typed at an address, in place of what was kept there before.

    One statement, so of two at once the last one holds, and neither fails.
    """
    kept = KeptForm(user=user, path=path, typed=dict(typed), typed_at=typed_at or timezone.now())
    KeptForm.objects.bulk_create(
        [kept],
        update_conflicts=True,
        unique_fields=["user", "path"],
        update_fields=["typed", "typed_at"],
    )
    own = KeptForm.objects.filter(user=user)
    own.filter(pk__in=own.order_by("-typed_at", "-pk").values("pk")[EACH:]).delete()
    return kept


@verb
def forget_form(*, user: "_User", path: str, tabs: Sequence[str] = ()) -> None:
    """Forget what the person typed at an address: it is saved, or they don't want it.

    What another tab than `tabs` keeps there stays: nobody has saved that.
    """
    kept = KeptForm.objects.filter(user=user, path=path)
    if tabs:
        own = [[tab] for tab in tabs]
        kept = kept.filter(~Q(typed__has_key=TAB) | Q(**{f"typed__{TAB}__in": own}))
    kept.delete()


@verb
def send_once(*, user: "_User", digest: str, send: Callable[[], str]) -> str:
    """Do what a form asks for, unless the same was sent within the hour; returns where it led.

    Of two at once the second waits for the first. Raises SentBeforeError where the first was
    taken; where it was refused, nothing of it is left.
    """
    SentForm.objects.filter(user=user, sent_at__lt=timezone.now() - SAME_FOR).delete()
    sent, is_new = SentForm.objects.get_or_create(user=user, digest=digest)
    if not is_new:
        raise SentBeforeError(sent.led_to)
    sent.led_to = send()
    sent.save(update_fields=["led_to"])
    return sent.led_to


@verb
def sweep_kept_forms(*, now: datetime) -> int:
    """Remove what is older than KEPT_DAYS, and what belongs to nobody who may sign in.

    Returns how many addresses were forgotten. Running it twice does no harm.
    """
    old = KeptForm.objects.filter(typed_at__lt=now - timedelta(days=KEPT_DAYS))
    ended = [person.pk for person in _people_with_text() if not person.roles]
    SentForm.objects.filter(sent_at__lt=now - SAME_FOR).delete()
    gone, _ = (old | KeptForm.objects.filter(user__in=ended)).delete()
    return gone


def _people_with_text() -> "list[_User]":
    return list(get_user_model().objects.filter(pk__in=KeptForm.objects.values("user")))

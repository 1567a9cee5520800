"""Reading what somebody typed: only ever one's own."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from banding_portal.kept_forms.models import KeptForm

if TYPE_CHECKING:
    from django.contrib.auth.models import _User


def kept_at(user: "_User", paths: Iterable[str]) -> set[str]:
    """Those of the addresses at which the person has typed something and not saved it."""
    found = KeptForm.objects.filter(user=user, path__in=list(paths))
    return set(found.values_list("path", flat=True))


def kept_form(user: "_User", path: str) -> KeptForm | None:
    """What the person typed at this address and has not saved, if anything."""
    return KeptForm.objects.filter(user=user, path=path).first()

"""Reading what somebody typed: only ever one's own."""

from typing import TYPE_CHECKING

from banding_portal.kept_forms.models import KeptForm

if TYPE_CHECKING:
    from django.contrib.auth.models import _User


def kept_form(user: "_User", path: str) -> KeptForm | None:
    """What the person typed at this address and has not saved, if anything."""
    return KeptForm.objects.filter(user=user, path=path).first()

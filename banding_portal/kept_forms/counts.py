"""Whether a person typed anything that they have not saved, for home."""

from typing import TYPE_CHECKING

from banding_portal.counting import Counted
from banding_portal.kept_forms.models import KeptForm

if TYPE_CHECKING:
    from django.contrib.auth.models import _User


def counts_of(user: "_User") -> Counted:
    return {"kept_forms": KeptForm.objects.filter(user=user)}

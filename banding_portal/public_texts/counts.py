"""Which texts an authority has of its own, counted with everything else that home counts."""

from typing import TYPE_CHECKING

from banding_portal.counting import Counted
from banding_portal.public_texts.choices import PublicTextKind
from banding_portal.public_texts.models import PublicText
from banding_portal.roles import ADMINISTRATOR

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

OWN_WORDS_NEEDED = (PublicTextKind.CONTACT, PublicTextKind.PRIVACY)


def counts_of(user: "_User") -> Counted:
    if not ADMINISTRATOR & user.roles:
        return {}
    return {f"text_{kind}": PublicText.objects.filter(kind=kind) for kind in OWN_WORDS_NEEDED}

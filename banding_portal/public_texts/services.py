"""Writing a public text."""

from typing import TYPE_CHECKING

from banding_portal.public_texts.choices import PublicTextKind
from banding_portal.public_texts.models import PublicText
from banding_portal.public_texts.selectors import default_text
from banding_portal.verbs import verb

if TYPE_CHECKING:
    from django.contrib.auth.models import _User


@verb
def write_text(*, kind: PublicTextKind, text: str, by: "_User") -> None:
    """Keep the authority's own text; an empty one, or the portal's, brings back the portal's."""
    own = text.replace("\r\n", "\n").strip()
    if own in ("", default_text(kind)):
        PublicText.objects.filter(kind=kind).delete()
    else:
        PublicText.objects.update_or_create(kind=kind, defaults={"text": own})

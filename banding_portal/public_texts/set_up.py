"""What is to be set up of the texts everybody may read."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse

from banding_portal.counting import counts_for
from banding_portal.public_texts.choices import PublicTextKind
from banding_portal.set_up import SetUpStep

if TYPE_CHECKING:
    from django.contrib.auth.models import _User

MISSING = {
    PublicTextKind.CONTACT: "Write on Contact how people reach you: email, telephone, hours.",
    PublicTextKind.PRIVACY: "Write in the Privacy notice how long data are kept, and who your data "
    "protection officer is.",
}
"""What the portal cannot know, by the text where it belongs."""


def set_up_steps(user: "_User") -> Iterator[SetUpStep]:
    counts = counts_for(user)
    left = [kind for kind in MISSING if not counts[f"text_{kind}"]]
    yield SetUpStep(
        name="texts",
        title="Contact and privacy notice",
        text=MISSING[left[0]] if left else "Both are your own",
        url=reverse(f"{(left or [PublicTextKind.CONTACT])[0].value}_edit"),
        action="Write it",
        is_done=not left,
    )

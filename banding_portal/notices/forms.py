"""Which emails a person wants."""

from typing import Any

from django import forms

from banding_portal.forms import PortalForm
from banding_portal.notices.choices import NoticeKind


class NoticesForm(PortalForm):
    """A tick for each email that the person may do without."""

    kinds = forms.MultipleChoiceField(
        label="Also email me when",
        choices=NoticeKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Look:
        said = {"kinds": "the emails you want"}

    def __init__(self, *args: Any, offered: list[NoticeKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices("kinds", [(kind.value, kind.label) for kind in offered])

"""Which emails a person wants."""

from collections.abc import Iterator
from typing import Any

from django import forms

from banding_portal.forms import PortalForm
from banding_portal.notices.choices import GROUPS, NoticeKind


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

    def groups(self) -> Iterator[tuple[str, list[Any]]]:
        """The ticks under their headings; a heading without any is left out."""
        ticks = {str(tick.data["value"]): tick for tick in self["kinds"].subwidgets}
        for heading, kinds in GROUPS:
            if under := [ticks[kind.value] for kind in kinds if kind.value in ticks]:
                yield heading, under

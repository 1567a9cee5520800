"""Forms that refuse dates that cannot be, and ask about those that hardly can (rules.md S13)."""

from collections.abc import Iterable
from typing import Any, Protocol

from django import forms

from banding_portal.seen import mark_of

BOX = "sure"
ABOUT = "sure_about"
"""What the box stood for, as marks of its sentences."""


class Doubt(Protocol):
    """What is odd: the field it is about, and why as a sentence."""

    @property
    def field(self) -> str: ...

    @property
    def sentence(self) -> str: ...

    @property
    def is_error(self) -> bool: ...


class AsksIfSure:
    """A box to tick comes onto the form once there is something odd to be sure about. A tick is for
    what stood beside it: what is odd in a later answer is asked about anew.
    """

    fields: dict[str, forms.Field]
    data: Any
    add_error: Any
    add_prefix: Any
    ticked: bool
    asked_before: str | None

    def tell(self, oddities: Iterable[Doubt]) -> None:
        """Errors, and warnings as long as nobody said that they are right."""
        for each in oddities:
            if each.is_error or not self.is_sure_of(each):
                self.add_error(each.field if each.field in self.fields else None, each.sentence)

    def is_sure_of(self, doubt: Doubt) -> bool:
        box, about = self.add_prefix(BOX), self.add_prefix(ABOUT)
        if BOX not in self.fields:
            self.add_box()
            self.ticked, self.asked_before = bool(self.data.get(box)), self.data.get(about)
            self.data = self.data.copy()
            self.data[about] = ""
        mark = mark_of(doubt.sentence)
        self.data[about] = f"{self.data[about]} {mark}".strip()
        if self.ticked and (self.asked_before is None or mark in self.asked_before.split()):
            return True
        self.data.pop(box, None)
        return False

    def add_box(self) -> None:
        self.fields[BOX] = forms.BooleanField(
            label="It is right anyway",
            required=False,
            help_text="Tick this if you have checked it.",
        )
        self.fields[ABOUT] = forms.CharField(widget=forms.HiddenInput, required=False)

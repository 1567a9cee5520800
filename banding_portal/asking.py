"""Forms that refuse dates that cannot be, and ask about those that hardly can (rules.md S13)."""

from collections.abc import Iterable
from typing import Any, Protocol

from django import forms

BOX = "sure"


class Doubt(Protocol):
    """What is odd: the field it is about, and why as a sentence."""

    @property
    def field(self) -> str: ...

    @property
    def sentence(self) -> str: ...

    @property
    def is_error(self) -> bool: ...


class AsksIfSure:
    """A box to tick comes onto the form once there is something odd to be sure about."""

    fields: dict[str, forms.Field]
    data: Any
    add_error: Any
    add_prefix: Any

    def tell(self, oddities: Iterable[Doubt]) -> None:
        """Errors, and warnings as long as nobody said that they are right."""
        found = list(oddities)
        warnings = [each for each in found if not each.is_error]
        if warnings:
            self.fields[BOX] = forms.BooleanField(
                label="It is right anyway",
                required=False,
                help_text="Tick this if you have checked it.",
            )
        told = bool(self.data.get(self.add_prefix(BOX)))
        for each in found:
            if each.is_error or not told:
                self.add_error(each.field if each.field in self.fields else None, each.sentence)

"""Texts that leave the portal or that many read: nobody is to read in them who a pupil is (R3)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django import forms
from django.conf import settings
from django.utils.module_loading import import_string

from banding_portal.asking import ABOUT, BOX, AsksIfSure, Doubt

DoubtsOf = Callable[[Mapping[str, str]], Iterable[Doubt]]


@dataclass(frozen=True)
class Refused:
    """What cannot be right in any case."""

    field: str
    sentence: str
    is_error: bool = True


class ToldToMany(AsksIfSure):
    """Every text that is typed into such a form, and the name of a file, is looked through: a UPN
    and a pupil’s date of birth must come out; a name, which a teacher may share, is asked about.
    """

    files: Any
    goes_out: ClassVar[tuple[str, ...]] = ()
    """Fields that go into emails, calendars or titles: there a name must come out in any case."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}  # type: ignore[misc]
        doubts_of = cast("DoubtsOf", import_string(settings.DOUBTS_OF_TEXTS))
        self.tell(map(self.firmly, doubts_of(self.texts)))
        return cast("dict[str, Any]", cleaned)

    def firmly(self, doubt: Doubt) -> Doubt:
        if doubt.field in self.goes_out and getattr(doubt, "is_name", False):
            said = doubt.sentence.rsplit(". ", 1)[0]
            return Refused(doubt.field, f"{said}. No email and no title names a pupil")
        return doubt

    @property
    def texts(self) -> dict[str, str]:
        """As they were typed, even where something else is wrong with them."""
        form = cast("forms.Form", self)
        typed = {
            name: str(form[name].data or "")
            for name, field in self.fields.items()
            if name not in (BOX, ABOUT) and isinstance(field, forms.CharField)
        }
        return typed | {name: str(file.name) for name, file in self.files.items()}

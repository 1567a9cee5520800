"""What a person says about the headings and values of a file."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms

from banding_portal.files.columns import Column
from banding_portal.files.kinds import OneOf
from banding_portal.files.own_words import OwnWord, UnknownHeading, UnknownValue, likely_columns
from banding_portal.forms import PortalForm
from banding_portal.words import counted

NOTHING_SAID = "Say what at least one heading or value means"


class MeaningsForm(PortalForm):
    """A choice for each heading and value that is not understood; left empty, it stays so."""

    def __init__(
        self,
        *args: Any,
        headings: Sequence[UnknownHeading],
        values: Sequence[UnknownValue],
        missing: Sequence[Column],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.headings = {f"heading-{at}": each for at, each in enumerate(headings)}
        self.values = {f"value-{at}": each for at, each in enumerate(values)}
        likely = likely_columns([each.text for each in headings], missing)
        offered = [(each.key, each.heading) for each in missing]
        for name, heading in self.headings.items():
            field = forms.ChoiceField(
                label=f"What is the column “{heading.text}”?",
                choices=[("", "None of these: leave it out"), *offered],
                required=False,
                initial=likely.get(heading.text, ""),
                help_text=f"For example {', '.join(heading.samples)}" if heading.samples else "",
            )
            self.add_field(name, field)
        for name, value in self.values.items():
            self.add_field(name, field_for(value))

    def words(self) -> Iterator[OwnWord]:
        """What was said, where anything was."""
        for name, heading in self.headings.items():
            if column := self.cleaned_data.get(name):
                yield OwnWord(column, heading.text)
        for name, value in self.values.items():
            if meaning := self.cleaned_data.get(name):
                yield OwnWord(value.column.key, value.text, meaning)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        taken: dict[str, str] = {}
        for name, heading in self.headings.items():
            column = given.get(name)
            if column and column in taken:
                words = f"You have already chosen “{taken[column]}” for this column"
                self.add_error(name, words)
            elif column:
                taken[column] = heading.text
        if not self.errors and not any(given.values()):
            raise forms.ValidationError(NOTHING_SAID)
        return given


def field_for(value: UnknownValue) -> forms.ChoiceField:
    kind = value.column.kind
    shown = [each.shown for each in kind.choices] if isinstance(kind, OneOf) else []
    return forms.ChoiceField(
        label=f"What does “{value.text}” in {value.column.heading} mean?",
        choices=[("", "None of these: I will correct the file"), *((each, each) for each in shown)],
        required=False,
        help_text=f"In {counted(value.rows, 'row')}",
    )

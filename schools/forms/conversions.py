"""What of a closed school moves to which of the schools it became (rules.md S1)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from banding_portal.forms import DateField, PortalForm
from banding_portal.words import counted, short_day
from schools.choices import SchoolStatus
from schools.forms.choosing import SchoolField
from schools.models import Placement, Pupil, School
from schools.register_rules import year_group_name
from schools.selectors.conversions import Conversion, proposed, stranded

ALL, NOWHERE = "all", "none"
STAYS = (NOWHERE, "Stays here for now")


class ConversionFilterForm(PortalForm):
    q = forms.CharField(label="Name or URN", required=False)
    everything = forms.BooleanField(label="Also those with nothing left to move", required=False)


class StrandedFilterForm(PortalForm):
    q = forms.CharField(label="Name or reference", required=False)
    school = forms.ModelChoiceField(
        School.objects.none(), label="School", required=False, empty_label="All"
    )

    def name_fields(self) -> None:
        closed = stranded().values("school").order_by()
        self.offer("school", School.objects.filter(pk__in=closed))


class StrandedForm(PortalForm):
    """Pupils ticked in a list, and the school where they go."""

    placements = forms.ModelMultipleChoiceField(
        Placement.objects.none(), label="Pupils", required=False
    )
    everything = forms.BooleanField(required=False)
    to = SchoolField(
        label="Place the ticked pupils at",
        error_messages={"required": "Choose the school where the pupils go"},
    )
    since = DateField(
        label="From",
        said="the first day at the new school",
        help_text="If you leave this empty, it is the day after their school closed.",
        required=False,
    )

    class Look:
        said = {"to": "a school"}

    def __init__(self, *args: Any, count: int, **kwargs: Any) -> None:
        # The list's filters have a school of their own.
        super().__init__(*args, auto_id="place_%s", **kwargs)
        self.offer("placements", stranded())
        self.offer("to", School.objects.exclude(status=SchoolStatus.CLOSED))
        label = f"Or all {counted(count, 'pupil')} that match the filters, on every page"
        self.fields["everything"].label = label

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "placements" in data and not data["placements"] and not data.get("everything"):
            self.add_error("placements", "Tick the pupils to place")
        return data


class ConversionForm(PortalForm):
    """A field for each role, and after a split one for each pupil, by their ids.

    `placements` are those of pupils whom the person may place; where the school became one
    other, all pupils move there and nobody is asked.
    """

    ends_roles = forms.BooleanField(
        label="End their roles at the school that closed",
        help_text="Leave them where its return may still be sent back for correction.",
        required=False,
    )

    def __init__(
        self, *args: Any, conversion: Conversion, placements: Iterable[Placement], **kwargs: Any
    ) -> None:
        self.conversion, self.placements = conversion, list(placements)
        super().__init__(*args, **kwargs)

    def name_fields(self) -> None:
        ends = self.fields.pop("ends_roles")
        for placement in self.placements:
            self.fields[pupil_field(placement)] = self.pupil_choice(placement)
        for role in self.conversion.roles:
            self.fields[f"role-{role.pk}"] = self.role_choice(role)
        if self.conversion.roles:
            self.fields["ends_roles"] = ends

    def pupil_choice(self, placement: Placement) -> forms.ChoiceField:
        fits = proposed(placement, self.conversion.successors)
        return forms.ChoiceField(
            label=pupil_words(placement.pupil),
            choices=[STAYS, *self.school_words()],
            initial=str(fits.pk) if fits else NOWHERE,
            error_messages={"required": f"Choose the school of {placement.pupil}"},
        )

    def role_choice(self, role: Any) -> forms.ChoiceField:
        both = [(ALL, "All of them")] if self.conversion.is_split else []
        only = self.conversion.only_successor
        return forms.ChoiceField(
            label=f"{role.user}, {role.get_role_display()}",
            choices=[*self.school_words(), *both, (NOWHERE, "No role there")],
            initial=str(only.pk) if only else ALL,
            error_messages={"required": f"Choose the school at which {role.user} has this role"},
        )

    def school_words(self) -> list[tuple[str, str]]:
        return [(str(each.pk), f"{each} ({each.urn})") for each in self.conversion.successors]

    @property
    def pupils(self) -> dict[UUID, School] | None:
        """The school of each pupil after a split; None where there is one for all."""
        if not self.conversion.is_split:
            return None
        chosen = {row.pupil_id: self.schools(pupil_field(row)) for row in self.placements}
        return {pupil: schools[0] for pupil, schools in chosen.items() if schools}

    @property
    def roles(self) -> dict[UUID, list[School]]:
        return {row.pk: self.schools(f"role-{row.pk}") for row in self.conversion.roles}

    def schools(self, name: str) -> list[School]:
        wanted = self.cleaned_data.get(name, NOWHERE)
        return [each for each in self.conversion.successors if wanted in (ALL, str(each.pk))]


def pupil_words(pupil: Pupil) -> str:
    """“Khan, Amira, 999-000012, born 4 Mar 2018, Year 4”"""
    group = year_group_name(pupil.year_group_on(timezone.localdate()))
    return f"{pupil}, {pupil.reference}, born {short_day(pupil.date_of_birth)}, {group}"


def pupil_field(placement: Placement) -> str:
    return f"pupil-{placement.pupil_id}"

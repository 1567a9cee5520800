"""Forms to find, invite and change people."""

import json
from typing import Any

from django import forms

from banding_portal.forms import PortalForm
from banding_portal.roles import ROLES_AT_A_SCHOOL, ROLES_IN_A_QUADRANT, STAFF_ROLES, Role
from banding_portal.words import lower_first
from schools.choices import Invited, PersonState
from schools.forms.choosing import SchoolField
from schools.models import Quadrant
from schools.selectors.people import EVER, people_to_invite
from schools.services.people import PLACE_NEEDED

ANY = ("", "All")
QUIET = [
    (EVER, "at all yet"),
    ("30", "for 30 days"),
    ("90", "for 3 months"),
    ("180", "for 6 months"),
    ("365", "for a year"),
]


class PersonFilterForm(PortalForm):
    q = forms.CharField(label="Name, email or school", required=False)
    role = forms.ChoiceField(label="Role", choices=[ANY, *Role.choices], required=False)
    state = forms.ChoiceField(label="State", choices=[ANY, *PersonState.choices], required=False)
    quiet = forms.ChoiceField(label="Has not signed in", choices=[ANY, *QUIET], required=False)

    class Look:
        said = {"quiet": "a length of time"}


PLACES = {"school": sorted(ROLES_AT_A_SCHOOL), "quadrant": sorted(ROLES_IN_A_QUADRANT)}
"""Which field a role needs: the page’s script shows no other."""


class RoleForm(PortalForm):
    """A role and, where it needs one, the school or quadrant."""

    role = forms.ChoiceField(
        label="Role",
        choices=[("", "Choose one"), *Role.choices],
        widget=forms.Select(attrs={"data-shows": json.dumps(PLACES)}),
    )
    school = SchoolField(
        label="School",
        help_text="For a SENCO, headteacher, school finance contact or Inclusion Partner",
        empty_label="None",
        required=False,
    )
    quadrant = forms.ModelChoiceField(
        Quadrant.objects.all(),
        label="Quadrant",
        help_text="For a quadrant moderator",
        empty_label="None",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        role = data.get("role")
        if role in ROLES_AT_A_SCHOOL and not (data.get("school") or "school" in self.errors):
            self.add_error("school", PLACE_NEEDED["school"])
        if role in ROLES_IN_A_QUADRANT and not data.get("quadrant"):
            self.add_error("quadrant", PLACE_NEEDED["quadrant"])
        self.refuse_place_not_needed(role, data)
        return data

    def refuse_place_not_needed(self, role: str | None, data: dict[str, Any]) -> None:
        """Nothing chosen is dropped in silence: it may be another role that was meant."""
        if not role:
            return
        label = Role(role).label
        works = f"{'An' if label[0] in 'AEIO' else 'A'} {lower_first(label)} works"
        whole = not {role} & (ROLES_AT_A_SCHOOL | ROLES_IN_A_QUADRANT)
        where = "for the whole authority" if whole else "in a quadrant"
        if data.get("school") and role not in ROLES_AT_A_SCHOOL:
            self.add_error("school", f"{works} {where}: leave the school empty")
        where = "for the whole authority" if whole else "at a school"
        if data.get("quadrant") and role not in ROLES_IN_A_QUADRANT:
            self.add_error("quadrant", f"{works} {where}: leave the quadrant empty")


class InviteForm(RoleForm):
    name = forms.CharField(label="Name", max_length=120)
    email = forms.EmailField(label="Email address", help_text="The link is sent there")

    field_order = ["name", "email", "role", "school", "quadrant"]


class PersonForm(PortalForm):
    """What a person is called, and the address they sign in with."""

    name = forms.CharField(label="Name", max_length=120)
    email = forms.EmailField(
        label="Email address",
        help_text="A new address is used once the link we send to it has been opened.",
    )


class RefuseRoleForm(PortalForm):
    """Why an administrator does not agree to a role."""

    reason = forms.CharField(
        label="Why do you refuse?",
        help_text="The other administrators read it.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter a reason"},
    )


class StaffForm(PortalForm):
    """Somebody a headteacher invites."""

    name = forms.CharField(label="Name", max_length=120)
    email = forms.EmailField(label="Email address", help_text="The link is sent there")
    role = forms.ChoiceField(
        label="Role", choices=[(role, Role(role).label) for role in sorted(STAFF_ROLES)]
    )


class InviteAllForm(PortalForm):
    """Who is to be invited, each choice with how many that are."""

    whom = forms.ChoiceField(
        label="Who is invited?",
        widget=forms.RadioSelect,
        initial=Invited.NEW,
        error_messages={"required": "Tick who is invited"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (value, f"{label}: {people_to_invite(value).count():,}")
            for value, label in Invited.choices
        ]
        self.offer_choices("whom", choices)


class PasswordForm(PortalForm):
    password = forms.CharField(
        label="Password",
        help_text="At least 12 characters. Three words you can remember work well.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

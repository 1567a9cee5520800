"""Finding returns of a collection, and what is done with several at once."""

from typing import Any

from django import forms

from banding.collections.chasing import LATE, OWED
from banding.models import Collection, Return
from banding_portal.forms import DateField, PortalForm
from banding_portal.roles import SEND_OFFICER
from banding_portal.telling import ToldToMany
from banding_portal.words import counted
from schools.choices import Sector
from schools.models import Quadrant, User

SHOWN = [
    ("", "All"),
    (OWED, "Not submitted"),
    (LATE, "Late"),
    ("not_started", "Not started"),
    ("begun", "In progress"),
    ("submitted", "To be accepted"),
    ("accepted", "Accepted"),
]
EXTEND, ACCEPT, WRITE = "extend", "accept", "write"
WHAT = {EXTEND: "Give more time", WRITE: "Write to the schools", ACCEPT: "Accept the returns"}


class ReturnsFilterForm(PortalForm):
    q = forms.CharField(label="School or URN", required=False)
    state = forms.ChoiceField(label="State", choices=SHOWN, required=False)
    sector = forms.ChoiceField(
        label="Sector", choices=[("", "All"), *Sector.choices], required=False
    )
    quadrant = forms.ModelChoiceField(
        Quadrant.objects.all(), label="Quadrant", required=False, empty_label="All"
    )


class SeveralForm(ToldToMany, PortalForm):
    """Returns ticked in the list, and what is done with them."""

    returns = forms.ModelMultipleChoiceField(Return.objects.none(), label="Returns", required=False)
    everything = forms.BooleanField(required=False)
    what = forms.ChoiceField(
        label="What do you want to do with the ticked returns?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what to do with the ticked returns"},
    )
    until = DateField(
        label="New deadline",
        said="the new deadline",
        help_text="Needed only to give more time. Schools have until the end of this day.",
        required=False,
    )
    reason = forms.CharField(
        label="Your reason, or your message to the schools",
        help_text="Schools read it on their return. Do not name a pupil. Leave it empty if you "
        "accept the returns.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
    )

    class Look:
        legend = {"what": "s", "until": "s"}
        small = ["what"]

    def __init__(
        self, *args: Any, collection: Collection, user: User, count: int, **kwargs: Any
    ) -> None:
        # The list's filters have fields of their own.
        super().__init__(*args, auto_id="do_%s", **kwargs)
        self.offer("returns", collection.returns.select_related("school", "collection"))
        cannot = {ACCEPT} if not user.has_role(*SEND_OFFICER) else set()
        cannot |= {EXTEND} if collection.is_closed else set()
        self.offer_choices("what", [(k, v) for k, v in WHAT.items() if k not in cannot])
        label = f"Or all {counted(count, 'return')} that match the filters, on every page"
        self.fields["everything"].label = label

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "returns" in data and not data["returns"] and not data.get("everything"):
            self.add_error("returns", "Tick the returns this is about")
        if data.get("what") == EXTEND and "until" in data and not data["until"]:
            self.add_error("until", "Enter the new deadline")
        if data.get("what") in (EXTEND, WRITE) and not (data.get("reason") or "").strip():
            write = data["what"] == WRITE
            why = "Write the message to the schools" if write else "Say why they have more time"
            self.add_error("reason", why)
        return data

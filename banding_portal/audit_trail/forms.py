"""The filters of the audit page."""

from typing import Any

from django import forms

from banding_portal.audit_trail.events import event_models
from banding_portal.audit_trail.words import kind_words
from banding_portal.date_field import DateField
from banding_portal.forms import PortalForm


class AuditFilterForm(PortalForm):
    kind = forms.ChoiceField(label="What", required=False)
    start = DateField(label="From", said="the first day", required=False)
    end = DateField(label="To", said="the last day", required=False)
    who = forms.CharField(label="Who (name or email)", required=False)

    class Look:
        said = {"kind": "a kind of record"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [
            (name, kind_words(model.pgh_tracked_model)) for name, model in event_models().items()
        ]
        self.offer_choices("kind", [("", "Everything"), *sorted(kinds, key=lambda k: k[1])])

"""Finding reminders."""

from django import forms

from banding_portal.forms import PortalForm


class ReminderFilterForm(PortalForm):
    q = forms.CharField(label="Person or school", required=False)

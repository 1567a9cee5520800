"""Finding among emails."""

from django import forms

from banding_portal.forms import DateField, PortalForm
from banding_portal.mails.choices import REMINDERS, MailKind, MailState


class MailFilterForm(PortalForm):
    q = forms.CharField(label="Person, address or subject", required=False)
    kind = forms.ChoiceField(
        label="Kind", choices=[("", "All"), REMINDERS, *MailKind.choices], required=False
    )
    state = forms.ChoiceField(
        label="State", choices=[("", "All"), *MailState.choices], required=False
    )
    since = DateField(label="From", said="the first day", required=False)
    until = DateField(label="To", said="the last day", required=False)

"""What the tests of kept text share: a SENCO at a decision page, and what is kept there."""

from django.urls import reverse

from banding_portal.kept_forms.models import KeptForm

TEXT = "Counts to ten with help"


def url(row, name="decision_edit"):
    return reverse(f"banding:{name}", args=[row.pk])


def keep(client, path, **typed):
    """What the page's script sends a moment after typing stops."""
    return client.post(path, {"typed": "keep", **typed})


def texts():
    """Every text kept, by whose it is and where."""
    return {(k.user.email, k.path): k.typed for k in KeptForm.objects.select_related("user")}

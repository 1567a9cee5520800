"""The list of sign-ins."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet

from banding_portal.forms import DateField, PortalForm
from banding_portal.pages import ListPage
from banding_portal.pages.sorting import by
from banding_portal.roles import MAIL_READERS
from banding_portal.search import found_by
from banding_portal.sign_in.choices import SignInKind
from banding_portal.sign_in.models import SignIn


class SignInFilterForm(PortalForm):
    q = forms.CharField(label="Person, email or computer address", required=False)
    kind = forms.ChoiceField(
        label="What", choices=[("", "Everything"), *SignInKind.choices], required=False
    )
    start = DateField(label="From", said="the first day", required=False)
    end = DateField(label="To", said="the last day", required=False)

    class Look:
        said = {"kind": "what happened"}


class SignInList(ListPage[None]):
    """Who signed in and who was refused, the latest first."""

    allowed_roles = MAIL_READERS
    template_name = "sign_in_list.html"
    filter_class = SignInFilterForm
    usual = "-when"
    orders: ClassVar = {
        "who": by("user__name", "-at"),
        "what": by("kind", "-at"),
        "when": by("at"),
    }

    def rows(self, wanted: dict[str, Any]) -> QuerySet[SignIn]:
        found = SignIn.objects.select_related("user")
        if text := wanted.get("q"):
            who = found_by(text, "user__name__folded") | Q(user__email__icontains=text.strip())
            found = found.filter(who | Q(address__startswith=text.strip()))
        if kind := wanted.get("kind"):
            found = found.filter(kind=kind)
        if start := wanted.get("start"):
            found = found.filter(at__date__gte=start)
        if end := wanted.get("end"):
            found = found.filter(at__date__lte=end)
        return found

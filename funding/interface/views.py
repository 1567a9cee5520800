"""Tokens of finance systems, and the description of what they read (rules.md F20)."""

from pathlib import Path
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from banding_portal.access import ConfirmsWho
from banding_portal.pages import ActionPage, FormPage, ListPage, Page
from banding_portal.pages.open import OpenPage
from banding_portal.pages.sorting import by
from banding_portal.refusals import RefusalError
from banding_portal.roles import FINANCE_ROLES, FUNDING_READERS
from funding.interface.actions import actions_on_tokens
from funding.interface.api import description
from funding.interface.describing import operations_in, shapes_in
from funding.interface.forms import TokenForm
from funding.interface.models import AccessToken
from funding.interface.rules import last_day
from funding.interface.selectors import tokens_to_read
from funding.interface.services import make_token, revoke_token

EXAMPLES = Path(__file__).parent / "examples"


class TokenList(ListPage[None]):
    """Every token there ever was, with its owner and when it was last used."""

    allowed_roles = FUNDING_READERS
    template_name = "funding/token_list.html"
    usual = "-made"
    orders: ClassVar = {
        "token": by("name", "pk"),
        "owner": by("owner__name", "name"),
        "made": by("made_at", "pk"),
        "last_day": by("expires_on", "name"),
        "last_used": by("last_used_at", "name"),
    }

    def rows(self, wanted: dict[str, Any]) -> QuerySet[AccessToken]:
        return tokens_to_read(self.user)

    def context(self) -> dict[str, Any]:
        return {"can": actions_on_tokens(self.user)}


class TokenMake(FormPage[None], ConfirmsWho):
    """Makes a token and shows its secret at once, which no other page can."""

    allowed_roles = FINANCE_ROLES
    form_class = TokenForm
    template_name = "funding/token_make.html"

    def get_initial(self) -> dict[str, Any]:
        return {"expires_on": last_day(timezone.localdate())}

    def form_valid(self, form: TokenForm) -> HttpResponse:
        try:
            token, secret = make_token(**form.cleaned_data, by=self.user)
        except RefusalError as refusal:
            return self.form_refused(form, refusal)
        self.forget_typed()
        self.template_name = "funding/token_made.html"
        return self.render_to_response({"token": token, "secret": secret, "view": self})

    def next_url(self) -> str:
        return reverse("funding:token_list")


class TokenRevoke(Page[AccessToken], ActionPage[AccessToken]):
    """Asks once more, then revokes."""

    allowed_roles = FINANCE_ROLES
    template_name = "funding/token_revoke.html"

    def find(self) -> AccessToken:
        return get_object_or_404(tokens_to_read(self.user), pk=self.kwargs["pk"])

    def act(self) -> str:
        revoke_token(token=self.found, by=self.user)
        return f"“{self.found}” is revoked. Whatever uses it is refused from now on."

    def next_url(self) -> str:
        return reverse("funding:token_list")

    def context(self) -> dict[str, Any]:
        return {"token": self.found}


class InterfaceDescription(Page[None]):
    """What can be read, how, and examples."""

    allowed_roles = FUNDING_READERS
    template_name = "funding/interface.html"

    def context(self) -> dict[str, Any]:
        described = description()
        return {
            "about": described["info"]["description"],
            "address": described["servers"][0]["url"],
            "operations": operations_in(described),
            "shapes": shapes_in(described),
            "examples": [
                ("Python", "published_lines.py", text_of("published_lines.py")),
                ("Python, a message", "checked_message.py", text_of("checked_message.py")),
                ("curl", "published_lines.sh", text_of("published_lines.sh")),
            ],
        }


def text_of(name: str) -> str:
    return (EXAMPLES / name).read_text(encoding="utf-8")


class OpenApi(OpenPage[None]):
    """The description for machines. It tells nothing of any run."""

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return JsonResponse(description(), json_dumps_params={"indent": 2})

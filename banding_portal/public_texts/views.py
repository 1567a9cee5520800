"""The public texts, and where the administrator writes them."""

from typing import Any

from django.urls import reverse

from banding_portal.pages import FormPage, OpenPage
from banding_portal.public_texts.choices import PublicTextKind
from banding_portal.public_texts.forms import PublicTextForm
from banding_portal.public_texts.selectors import accessibility_results, cookies, is_own, text_of
from banding_portal.public_texts.services import write_text
from banding_portal.roles import ADMINISTRATOR


class PublicTextPage(OpenPage[PublicTextKind]):
    """One text; under it the facts that no text can get wrong."""

    template_name = "public_texts/detail.html"

    def find(self) -> PublicTextKind:
        return PublicTextKind(self.kwargs["kind"])

    def context(self) -> dict[str, Any]:
        writes = self.user.is_authenticated and bool(self.user.roles & ADMINISTRATOR)
        return {
            "kind": self.found,
            "text": text_of(self.found),
            "cookies": cookies() if self.found == PublicTextKind.COOKIES else (),
            "results": accessibility_results()
            if self.found == PublicTextKind.ACCESSIBILITY
            else {},
            "may_write": writes,
            "is_default": writes and not is_own(self.found),
        }


class PublicTextEdit(FormPage[PublicTextKind]):
    """The authority's own text in place of the portal's."""

    allowed_roles = ADMINISTRATOR
    form_class = PublicTextForm
    template_name = "public_texts/edit.html"

    def find(self) -> PublicTextKind:
        return PublicTextKind(self.kwargs["kind"])

    def get_initial(self) -> dict[str, Any]:
        return {"text": text_of(self.found)}

    def act(self, form: PublicTextForm) -> str:
        text = form.cleaned_data["text"]
        write_text(kind=self.found, text=text, by=self.user)
        if not text.strip():
            return "Your own text is removed. Everybody sees the portal’s text again."
        return "The text is saved. Everybody sees it now."

    def next_url(self) -> str:
        return reverse(self.found.value)

    def context(self) -> dict[str, Any]:
        return {"kind": self.found, "parent_url": self.next_url()}

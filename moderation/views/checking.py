"""A form whose answers are shown to be checked before anything is recorded."""

from typing import Any, ClassVar

from django.http import HttpResponse

from banding_portal.pages import FormPage
from banding_portal.pages.base import Found

STEPS = {"csrfmiddlewaretoken", "check", "checked", "again"}
"""Names of buttons; everything else that was sent is an answer."""


class ChecksFirst(FormPage[Found], abstract=True):
    """The form, then what was entered with a button “Go back and change it”, then it is done.

    The second page is `check_template`; it shows `checked(form)` and sends on `sent`, the answers.
    """

    check_template: ClassVar[str]

    def checked(self, form: Any) -> dict[str, Any]:
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        if "again" in self.request.POST:
            return self.show(form)
        if "checked" in self.request.POST:
            return super().form_valid(form)
        self.template_name = self.check_template
        answers = self.request.POST.lists()
        sent = [(name, each) for name, values in answers if name not in STEPS for each in values]
        shown = self.get_context_data(form=form) | self.checked(form)
        return self.render_to_response(shown | {"sent": sent})

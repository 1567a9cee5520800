"""The page “Notifications”, and the way to what a line of news is about."""

from typing import Any

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding_portal.access import PortalRequest, PortalView
from banding_portal.notices.choices import always_sent_to, offered_to
from banding_portal.notices.forms import NoticesForm
from banding_portal.notices.models import Notice
from banding_portal.notices.news import line_with
from banding_portal.notices.selectors import recent_notices, wanted_mails
from banding_portal.notices.services import choose_mails, open_news
from banding_portal.pages import FormPage
from banding_portal.roles import EVERYONE, SCHOOL_ROLES


class NoticesPage(FormPage[None]):
    """Everybody chooses for themselves alone."""

    allowed_roles = EVERYONE
    form_class = NoticesForm
    template_name = "notices/choices.html"

    def get_initial(self) -> dict[str, Any]:
        return {"kinds": sorted(wanted_mails(self.user))}

    def form_options(self) -> dict[str, Any]:
        return {"offered": offered_to(self.user.roles)}

    def act(self, form: NoticesForm) -> str:
        choose_mails(user=self.user, wanted=form.cleaned_data["kinds"])
        return "Your choice is saved."

    def next_url(self) -> str:
        return reverse("schools:account")

    def context(self) -> dict[str, Any]:
        return {
            "always": [kind.label for kind in always_sent_to(self.user.roles)],
            "is_at_a_school": bool(self.user.roles & SCHOOL_ROLES),
        }


class OpenNews(PortalView):
    """Leads where the line of a notice on home leads, and remembers that it was opened."""

    allowed_roles = EVERYONE

    def get(self, request: PortalRequest, pk: int) -> HttpResponseRedirect:
        notice = get_object_or_404(Notice, pk=pk, recipient=request.user)
        open_news(notices=line_with(notice, recent_notices(request.user)).notices)
        return HttpResponseRedirect(notice.path)

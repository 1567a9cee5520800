"""A person's private calendar address: the page, its two buttons, and the calendar itself."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from banding.feeds.models import CalendarFeed
from banding.feeds.selectors import events_for
from banding.feeds.services import FeedOverError, end_feed, feed_of, make_feed, note_read, token_of
from banding_portal.calendars import calendar_of
from banding_portal.pages import ActionPage, Page
from banding_portal.roles import EVERYONE


class FeedPage(Page[None]):
    """Everybody has their own alone."""

    allowed_roles = EVERYONE
    template_name = "banding/calendar_feed.html"

    def context(self) -> dict[str, Any]:
        feed = CalendarFeed.objects.filter(person=self.user).first()
        if feed is None:
            return {"feed": None}
        path = reverse("banding:calendar_feed_file", args=[token_of(feed)])
        return {"feed": feed, "address": self.request.build_absolute_uri(path)}


class FeedMake(ActionPage[None]):
    """Behind “Make an address” and “Make a new address”."""

    allowed_roles = EVERYONE

    def act(self) -> str:
        make_feed(by=self.user)
        return "Your calendar address is ready. Copy it into your calendar."

    def next_url(self) -> str:
        return reverse("banding:calendar_feed")


class FeedEnd(FeedMake):
    """Behind “End this address”."""

    def act(self) -> str:
        end_feed(by=self.user)
        return "The calendar address no longer works."


@method_decorator([login_not_required, never_cache], name="dispatch")
class FeedFile(View):
    """What a calendar reads, without signing in: days of collections, never a pupil (R3)."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            feed = feed_of(token)
        except FeedOverError as problem:
            text = str(problem.problems[0])
            return HttpResponse(text, status=410, content_type="text/plain; charset=utf-8")
        today = timezone.localdate()
        note_read(feed, today)
        text = calendar_of(events_for(feed.person, today), timezone.now(), name="Banding portal")
        return HttpResponse(text, content_type="text/calendar; charset=utf-8")

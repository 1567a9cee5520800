"""Help: everything, one topic, the words, all of it to print; and the first-use tour."""

from itertools import groupby
from typing import Any

from django.http import Http404
from django.urls import reverse

from banding_portal.help.glossary import found_words, glossary, words_in
from banding_portal.help.topics import Topic, found_topics, topics
from banding_portal.help.tour import is_put_away, put_away, show_again
from banding_portal.pages import ActionPage, OpenPage
from banding_portal.roles import EVERYONE


def grouped() -> list[tuple[str, list[Topic]]]:
    return [(name, list(each)) for name, each in groupby(topics().values(), lambda one: one.group)]


class HelpHome(OpenPage[None]):
    """All topics by group, or those that hold what is looked for (`?q=`)."""

    template_name = "help/home.html"

    def context(self) -> dict[str, Any]:
        asked = self.request.GET.get("q", "").strip()
        if not asked:
            return {"groups": grouped(), "tour_put_away": self.tour_is_put_away()}
        return {"asked": asked, "found": found_topics(asked), "words": found_words(asked)}

    def tour_is_put_away(self) -> bool:
        return self.user.is_authenticated and is_put_away(self.user)


class HelpTopic(OpenPage[Topic]):
    """Help with one page, or with several that belong together."""

    template_name = "help/topic.html"

    def find(self) -> Topic:
        topic = topics().get(self.kwargs["slug"])
        if topic is None:
            raise Http404
        return topic

    def context(self) -> dict[str, Any]:
        return {"topic": self.found, "words": words_in(self.found.text)}


class HelpWords(OpenPage[None]):
    """The words the portal uses, and what they mean."""

    template_name = "help/words.html"

    def context(self) -> dict[str, Any]:
        return {"words": list(glossary().values())}


class HelpAll(OpenPage[None]):
    """All help on one page, to print."""

    template_name = "help/all.html"

    def context(self) -> dict[str, Any]:
        return {"groups": grouped(), "words": list(glossary().values())}


class Tour(ActionPage[None]):
    """The buttons that put the first-use tour away, and bring it back."""

    allowed_roles = EVERYONE

    def act(self) -> str:
        if self.request.POST.get("again"):
            show_again(self.user)
            return ""
        put_away(self.user)
        return "The introduction is hidden. You can find it again under “Help”."

    def next_url(self) -> str:
        return reverse("home")

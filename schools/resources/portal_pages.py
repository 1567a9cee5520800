"""Pages of the portal itself that people look for among resources."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from schools.models import PublishedQuestion, User


@dataclass(frozen=True)
class PortalPage:
    """A page with the words of its link and what is on it."""

    title: str
    url: str
    hint: str


def pages(user: User) -> Iterator[PortalPage]:
    yield PortalPage(
        "The guide to this portal",
        reverse("help_all"),
        "Every page explained, and the words the portal uses",
    )
    if PublishedQuestion.objects.exists():
        yield PortalPage(
            "Questions and answers",
            reverse("schools:question_list"),
            "What schools have asked, with the authority’s answers",
        )
    yield PortalPage(
        "Training",
        reverse("schools:training_list"),
        "Sessions to sign up for and recordings to watch",
    )
    yield PortalPage(
        "Information sheets",
        reverse("schools:sheet_list"),
        "What the authority has told schools and colleagues",
    )

"""What banding tells of setting up: frameworks, caseload, the first collection."""

from collections.abc import Iterator

from django.urls import reverse

from banding_portal.counting import counts_for
from banding_portal.set_up import SetUpStep
from banding_portal.words import counted
from schools.models import User


def set_up_steps(user: User) -> Iterator[SetUpStep]:
    """Frameworks, caseload and collection: what is there, and what is missing."""
    counts = counts_for(user)
    yield step(
        "frameworks",
        "Frameworks",
        counts["frameworks"],
        "framework",
        "The bands, areas of need and descriptors that pupils are banded against.",
        reverse("banding:framework_upload"),
        "Load a framework",
    )
    yield step(
        "caseload",
        "Caseload",
        counts["pupils"],
        "pupil",
        "Your pupils with their schools, plans and the bands they have now.",
        reverse("banding:caseload_upload"),
        "Upload the caseload",
    )
    yield step(
        "collection",
        "First collection",
        counts["collections"],
        "collection",
        "It gives every school a return to fill in by a deadline.",
        reverse("banding:collection_create"),
        "Open a collection",
    )


def step(
    name: str, title: str, count: int, noun: str, missing: str, url: str, action: str
) -> SetUpStep:
    text = counted(count, noun) if count else missing
    return SetUpStep(name, title, text, url, action, is_done=count > 0)

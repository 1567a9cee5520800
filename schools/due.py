"""What is due from a person in schools: from the administrator, gaps among people and places."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from banding_portal.due import DueItem
from banding_portal.roles import ADMINISTRATOR
from banding_portal.words import counted, lower_first
from schools.choices import PersonState, SchoolStatus
from schools.models import School, User
from schools.selectors.people import unanswered_invitations
from schools.selectors.register import MISSING, NO_QUADRANT, schools_without


def due_items(user: User) -> list[DueItem]:
    """Due things for the home page, each with one link."""
    return list(administrator_items()) if user.has_role(*ADMINISTRATOR) else []


def administrator_items() -> Iterator[DueItem]:
    """Schools in no quadrant or without somebody, and invitations nobody answered."""
    schools, people = reverse("schools:school_list"), reverse("schools:person_list")
    gaps: list[tuple[str, QuerySet[School], str]] = [
        (
            "Schools in no quadrant",
            School.objects.filter(quadrant=None, status=SchoolStatus.OPEN),
            f"quadrant={NO_QUADRANT}&status={SchoolStatus.OPEN}",
        )
    ]
    for role, words in MISSING.items():
        title = f"Schools without a {lower_first(words)}"
        gaps.append((title, schools_without(role, timezone.localdate()), f"missing={role}"))
    for title, rows, filters in gaps:
        if count := rows.count():
            text = counted(count, "school")
            yield DueItem(title, text, f"{schools}?{filters}", "See which schools")
    if waiting := unanswered_invitations().count():
        yield DueItem(
            title="Invitations without an answer",
            text="1 person" if waiting == 1 else f"{waiting:,} people",
            url=f"{people}?state={PersonState.INVITED}",
            action="See who",
        )

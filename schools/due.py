"""What is due from a person in schools: gaps among people and places, and what has to move."""

from collections.abc import Iterator

from django.urls import reverse

from banding_portal.counting import counts_for
from banding_portal.due import DueItem
from banding_portal.roles import ADMINISTRATOR, COLLECTION_RUNNERS, SEND_OFFICER
from banding_portal.words import counted, lower_first
from schools.choices import PersonState, SchoolStatus
from schools.counts import roles_waiting_for
from schools.models import User
from schools.queries.due import query_items
from schools.selectors.conversions import conversions_left
from schools.selectors.pupils import UNPLACED
from schools.selectors.register import MISSING, NO_QUADRANT
from schools.training.due import training_items


def due_items(user: User) -> list[DueItem]:
    """Due things for the home page, each with one link."""
    found = [*query_items(user), *training_items(user)]
    if user.has_role(*ADMINISTRATOR):
        found += [*role_items(user), *administrator_items(user)]
    if user.has_role(*COLLECTION_RUNNERS):
        found += conversion_items()
    return [*found, *stranded_items(user)] if user.has_role(*SEND_OFFICER) else found


def stranded_items(user: User) -> Iterator[DueItem]:
    """Pupils who are placed nowhere, or still at a closed school."""
    counts = counts_for(user)
    if count := counts["unplaced"]:
        yield DueItem(
            title="Pupils with a plan and no school",
            text=f"{counted(count, 'pupil')} on no return and not paid for",
            url=f"{reverse('schools:pupil_list')}?placed={UNPLACED}",
            action="See who",
        )
    if count := counts["stranded"]:
        yield DueItem(
            title="Pupils at closed schools",
            text=f"{counted(count, 'pupil')} still to be placed elsewhere",
            url=reverse("schools:stranded_list"),
            action="Place them",
        )


def role_items(user: User) -> Iterator[DueItem]:
    """Roles that another administrator asked for, and this one may agree to."""
    if not counts_for(user)["role_requests"]:
        return
    for asked in roles_waiting_for(user).select_related("user", "asked_by"):
        yield DueItem(
            title=f"Role for {asked.user}: {asked}",
            text=f"asked for by {asked.asked_by}, and waiting for another administrator",
            url=reverse("schools:role_request", args=[asked.pk]),
            action="Agree or refuse",
        )


def conversion_items() -> Iterator[DueItem]:
    """Schools that converted, merged or split, of which something has not moved there yet (S1)."""
    if waiting := len(conversions_left()):
        yield DueItem(
            title="Schools that converted, merged or split",
            text=f"{counted(waiting, 'closed school')} of which something is still to be moved",
            url=reverse("schools:conversion_list"),
            action="See what is to be moved",
        )


def administrator_items(user: User) -> Iterator[DueItem]:
    """Schools in no quadrant or without somebody, and invitations nobody answered."""
    schools, people = reverse("schools:school_list"), reverse("schools:person_list")
    counts = counts_for(user)
    in_none = f"quadrant={NO_QUADRANT}&status={SchoolStatus.OPEN}"
    gaps = [("Schools in no quadrant", counts["ungrouped"], in_none)]
    for role, words in MISSING.items():
        title = f"Schools where no {lower_first(words)} can sign in"
        gaps.append((title, counts[f"without_{role}"], f"missing={role}"))
    for title, count, filters in gaps:
        if count:
            text = counted(count, "school")
            yield DueItem(title, text, f"{schools}?{filters}", "See which schools")
    if waiting := counts["unanswered"]:
        yield DueItem(
            title="Invitations without an answer",
            text="1 person" if waiting == 1 else f"{waiting:,} people",
            url=f"{people}?state={PersonState.INVITED}",
            action="See who",
        )

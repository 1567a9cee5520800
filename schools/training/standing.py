"""On a headteacher’s home: who at the school has had training on the bands (rules.md R7)."""

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse

from banding_portal.chosen_school import schools_of
from banding_portal.roles import BANDING_SCHOOL_ROLES, Role
from banding_portal.standing import Standing
from banding_portal.words import day
from schools.models import Membership, TrainingSession, User
from schools.training.selectors import trained_people

MOST_SCHOOLS = 5


def training_at_schools(user: User) -> Iterator[Standing]:
    """The first schools of a headteacher, once there has been any training; one query."""
    heads = user.school_ids_as(Role.HEADTEACHER)
    if not heads:
        return
    done = trained_people().filter(person=OuterRef("user")).order_by("-done_at")
    held = Membership.objects.current().filter(
        Exists(TrainingSession.objects.teaching()),
        school__in=heads,
        role__in=BANDING_SCHOOL_ROLES,
        user__is_active=True,
    )
    held = held.select_related("user").annotate(trained=Subquery(done.values("done_at")[:1]))
    people: dict[UUID | None, dict[str, str]] = defaultdict(dict)
    for each in held.order_by("user__name", "-role"):
        said = f"Trained on {day(each.trained)}" if each.trained else "Not trained yet"
        people[each.school_id][f"{each.user.name}, {each.get_role_display()}"] = said
    for school in [each for each in schools_of(user) if each.pk in people][:MOST_SCHOOLS]:
        yield Standing(
            title=f"Training on the bands at {school}",
            url=reverse("schools:training_list"),
            action="See what there is",
            figures=[],
            facts=list(people[school.pk].items()),
        )

"""Training on home: nobody at one’s school has had any, and there is some to go to (R7)."""

from collections.abc import Iterator

from django.db.models import Exists
from django.urls import reverse

from banding_portal.due import DueItem
from banding_portal.roles import BANDING_SCHOOL_ROLES
from schools.models import School, TrainingSession, User
from schools.models.audiences import is_for
from schools.training.selectors import untrained_schools


def training_items(user: User) -> Iterator[DueItem]:
    schools = user.school_ids_as(*BANDING_SCHOOL_ROLES)
    if not schools:
        return
    there_is = TrainingSession.objects.teaching().to_come().filter(is_for(user))
    own = School.objects.filter(Exists(there_is), pk__in=schools)
    for school in untrained_schools(own).order_by("name")[:1]:
        yield DueItem(
            title="Training",
            text="Nobody at your school has had training on the bands yet",
            url=reverse("schools:training_list"),
            action="See what there is",
            school=school.name,
        )

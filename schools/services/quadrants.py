"""Quadrants, and which schools are in them."""

from collections.abc import Collection

from django.utils.text import slugify

from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from schools.actions.register import actions_on_quadrants, actions_on_schools
from schools.models import Quadrant, School, User


@verb
def create_quadrant(*, name: str, by: User) -> Quadrant:
    """Make a quadrant; its code comes from its name. Raises RefusalError when it is there."""
    actions_on_quadrants(by).require("create")
    name = name.strip()
    code = slugify(name)[:50]
    if not code:
        raise RefusalError("Enter a name with letters, like North East", field="name")
    quadrant, made = Quadrant.objects.get_or_create(code=code, defaults={"name": name})
    if not made:
        raise RefusalError(f"There is a quadrant called {quadrant.name} already", field="name")
    return quadrant


@verb
def assign_schools(*, schools: Collection[School], quadrant: Quadrant | None, by: User) -> int:
    """Put schools into a quadrant, or out of any with None. Returns how many moved."""
    actions_on_schools(by).require("assign")
    rows = School.objects.filter(pk__in=[school.pk for school in schools])
    elsewhere = rows.exclude(quadrant=quadrant) if quadrant else rows.exclude(quadrant=None)
    return elsewhere.update(quadrant=quadrant)

"""Quadrants, and which schools are in them."""

from collections.abc import Collection

from django.db import transaction
from django.utils.text import slugify

from banding_portal.refusals import RefusalError
from schools.models import Quadrant, School


def create_quadrant(*, name: str) -> Quadrant:
    """Make a quadrant; its code comes from its name. Raises RefusalError when it is there."""
    name = name.strip()
    code = slugify(name)[:50]
    if not code:
        raise RefusalError("Enter a name with letters, like North East")
    with transaction.atomic():
        quadrant, made = Quadrant.objects.get_or_create(code=code, defaults={"name": name})
    if not made:
        raise RefusalError(f"There is a quadrant called {quadrant.name} already")
    return quadrant


def assign_schools(*, schools: Collection[School], quadrant: Quadrant | None) -> int:
    """Put schools into a quadrant, or out of any with None. Returns how many moved."""
    rows = School.objects.filter(pk__in=[school.pk for school in schools])
    elsewhere = rows.exclude(quadrant=quadrant) if quadrant else rows.exclude(quadrant=None)
    return elsewhere.update(quadrant=quadrant)

"""Quadrants, and which schools are in them."""

from collections.abc import Collection

from django.db.models import ProtectedError
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
def rename_quadrant(*, quadrant: Quadrant, name: str, by: User) -> Quadrant:
    """Give it another name; its code stays, as files and commands use it.

    Raises RefusalError for a name without letters, and for one that another has.
    """
    actions_on_quadrants(by).require("create")
    name = name.strip()
    if not slugify(name):
        raise RefusalError("Enter a name with letters, like North East", field="name")
    if Quadrant.objects.filter(name__iexact=name).exclude(pk=quadrant.pk).exists():
        raise RefusalError(f"There is a quadrant called {name} already", field="name")
    found = Quadrant.objects.select_for_update().get(pk=quadrant.pk)
    found.name = name
    found.save(update_fields=["name"])
    return found


@verb
def remove_quadrant(*, quadrant: Quadrant, by: User) -> None:
    """Remove one that nothing ever belonged to. Raises RefusalError with what does."""
    actions_on_quadrants(by).require("create")
    found = Quadrant.objects.select_for_update().get(pk=quadrant.pk)
    if count := found.schools.count():
        are = "1 school is" if count == 1 else f"{count} schools are"
        raise RefusalError(f"{are} in {found}. Put them elsewhere first.")
    try:
        found.delete()
    except ProtectedError as problem:
        raise RefusalError(
            f"{found} has or had moderators, or cases. It stays on record; it can be renamed."
        ) from problem


@verb
def assign_schools(*, schools: Collection[School], quadrant: Quadrant | None, by: User) -> int:
    """Put schools into a quadrant, or out of any with None. Returns how many moved."""
    actions_on_schools(by).require("assign")
    rows = School.objects.filter(pk__in=[school.pk for school in schools])
    elsewhere = rows.exclude(quadrant=quadrant) if quadrant else rows.exclude(quadrant=None)
    return elsewhere.update(quadrant=quadrant)

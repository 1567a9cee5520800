"""Which school, collection and pupil a page is about from which a school asks (QUERY_PLACES)."""

from django.urls import ResolverMatch

from banding.choices import OPEN_STATES
from banding.models import Collection, Return, ReturnPupil
from banding_portal.words import in_a_row
from schools.models import User
from schools.queries.places import About

RECENT = 12
LONGEST = 120
"""Letters that a query keeps of what it is about."""


def collection_names(user: User) -> list[str]:
    """Of the latest collections, the newest first, for a query that is entered for a school."""
    seen = Collection.objects.visible_to(user).order_by("-opens_on", "name")
    return list(dict.fromkeys(seen.values_list("name", flat=True)[:RECENT]))


def about_page(match: ResolverMatch, user: User) -> About | None:
    """Of the pages of a return, of a pupil on one and of a collection."""
    pk = match.kwargs.get("pk")
    if match.view_name == "banding:return_list":
        return about_returns(user)
    if not pk or match.namespace != "banding":
        return None
    returns = Return.objects.visible_to(user).select_related("school", "collection")
    if found := returns.filter(pk=pk).first():
        return About(found.school, found.collection.name)
    rows = ReturnPupil.objects.filter(pk=pk, pupil_return__in=returns)
    if row := rows.select_related("pupil", "pupil_return__school").first():
        of = row.pupil_return
        return About(of.school, of.collection.name, row.pupil.reference)
    if collection := Collection.objects.filter(pk=pk, returns__in=returns).first():
        return About(collection=collection.name)
    return None


def about_returns(user: User) -> About:
    """The list of returns is about the collections whose return is still owed."""
    owed = Return.objects.visible_to(user).filter(state__in=OPEN_STATES)
    rows = owed.filter(collection__closed_at=None).order_by("collection__deadline")
    names = list(dict.fromkeys(rows.values_list("collection__name", flat=True)))
    told = in_a_row(names) if names else ""
    return About(collection=told if len(told) <= LONGEST else names[0])

"""Resources for lists and pages (rules.md R9)."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from banding_portal.roles import RESOURCE_KEEPERS, RESOURCE_READERS
from banding_portal.search import found_by
from schools.models import Resource, User
from schools.resources.portal_pages import PortalPage


def reads_all(user: User) -> bool:
    return user.has_role(*RESOURCE_KEEPERS, *RESOURCE_READERS)


def resources_matching(user: User, wanted: Mapping[str, Any]) -> QuerySet[Resource]:
    """Those in use that are for the person and fit `q`; for who keeps or audits them all of them,
    or those of a `state`.
    """
    found = Resource.objects.visible_to(user).select_related("document", "replaced_by")
    if not reads_all(user):
        found = found.in_use()
    elif wanted.get("state"):
        found = found.filter(state=wanted["state"])
    if text := (wanted.get("q") or "").strip():
        found = found.filter(found_by(text, "title__folded", "text__folded"))
    return found.order_by("title", "-dated_on", "pk")


def earlier_versions(resource: Resource) -> list[Resource]:
    """Those it took the place of, the latest first."""
    found: list[Resource] = []
    before = resource.replaces
    while before is not None:
        found.append(before)
        before = before.replaces
    return found


def version_in_use(resource: Resource, user: User) -> Resource | None:
    """What took its place, as far as the person sees it; None where nothing has."""
    after: Resource | None = getattr(resource, "replaced_by", None)
    seen = Resource.objects.visible_to(user).in_use()
    while after is not None:
        if seen.filter(pk=after.pk).exists():
            return after
        after = getattr(after, "replaced_by", None)
    return None


def portal_pages(user: User) -> list[PortalPage]:
    """The portal’s own pages that belong beside the resources, told by each app."""
    return [page for path in settings.PORTAL_PAGE_SOURCES for page in import_string(path)(user)]

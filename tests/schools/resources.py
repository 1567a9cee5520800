"""Resources to test with."""

from django.utils import timezone

from banding_portal.roles import Role
from schools.models import Resource
from schools.resources.services import (
    Described,
    add_resource,
    attach_document,
    publish_resource,
    renew_resource,
)
from tests.documents import pdf
from tests.factories import person


def described(**given) -> Described:
    usual = {
        "title": "Banding guide",
        "text": "How a band is chosen.",
        "version": "1",
        "dated_on": timezone.localdate(),
        "roles": sorted(Role.values),
        "alternative": "# The guide\n\nEverything in words.",
    }
    return Described(**usual | given)


def attached(resource, name="guide.pdf", content=None) -> Resource:
    """With a document, freshly read."""
    content = pdf() if content is None else content
    sent = {"filename": name, "content": content}
    attach_document(resource=resource, by=resource.written_by, **sent)
    return Resource.objects.get(pk=resource.pk)


def draft_resource(*, by=None, **given) -> Resource:
    """With a document, unless it has an address."""
    by = by or person(Role.ADMINISTRATOR)
    draft = add_resource(described=described(**given), by=by)
    return draft if draft.address else attached(draft)


def next_version(resource, *, by, **given) -> Resource:
    return attached(renew_resource(resource=resource, described=described(**given), by=by))


def published_resource(*, by=None, **given) -> Resource:
    by = by or person(Role.ADMINISTRATOR)
    return publish_resource(resource=draft_resource(by=by, **given), by=by)


def resources_of(school, mark: str) -> dict[str, Resource]:
    """One for everybody of the school's quadrant, and the draft of one."""
    quadrants = [school.quadrant.code]
    return {
        "resource": published_resource(title=f"{mark} resource", quadrants=quadrants),
        "draft_resource": draft_resource(title=f"{mark} draft"),
    }

"""Adding, publishing, replacing and withdrawing resources, and counting downloads (rules.md R9)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from banding_portal.documents.services import delete_bytes, keep_document
from banding_portal.folding import fold
from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.services import Happening, notify
from banding_portal.refusals import RefusalError
from banding_portal.roles import RESOURCE_KEEPERS
from banding_portal.verbs import verb
from banding_portal.words import day
from schools.choices import ResourceState
from schools.models import Resource, ResourceDocument, User
from schools.resources.actions import actions_on_resources, resource_actions
from schools.resources.selectors import earlier_versions
from schools.selectors.audiences import people_in

HAS_ADDRESS = "It has a web address. Take that out first, or leave the document"


@dataclass(frozen=True)
class Described:
    """What a version of a resource is, and for whom."""

    title: str
    text: str
    version: str
    dated_on: dt.date
    roles: Sequence[str]
    sectors: Sequence[str] = ()
    quadrants: Sequence[str] = ()
    address: str = ""
    alternative: str = ""
    alternative_address: str = ""
    by_mail: bool = False

    @property
    def fields(self) -> dict[str, object]:
        many = ("roles", "sectors", "quadrants")
        kept = asdict(self)
        return kept | {name: list(kept[name]) for name in many}


@verb
def add_resource(*, described: Described, by: User) -> Resource:
    """Keep a draft; its document, where it has one, is attached then."""
    actions_on_resources(by).require("add")
    return Resource.objects.create(written_by=by, **described.fields)


@verb
def renew_resource(*, resource: Resource, described: Described, by: User) -> Resource:
    """Begin the next version of one in use, which stays in use until that is published. It begins
    with a copy of the document, unless it has a web address.
    """
    locked = locked_resource(resource)
    resource_actions(locked, by).require("renew")
    refuse_version(described, [locked, *earlier_versions(locked)])
    new = Resource.objects.create(written_by=by, replaces=locked, **described.fields)
    if not new.address:
        copy_document(locked, new, by)
    return new


def refuse_version(described: Described, earlier: Sequence[Resource]) -> None:
    """A version is told from those before it, and is no older than the last of them."""
    for each in earlier:
        if fold(each.version) == fold(described.version):
            raise RefusalError(
                f"There is a version {each.version} of {day(each.dated_on)} already. Give this one "
                "another number or word.",
                field="version",
            )
    if earlier and described.dated_on < earlier[0].dated_on:
        last = earlier[0]
        raise RefusalError(
            f"Version {last.version} is of {day(last.dated_on)}. Enter that day or a later one.",
            field="dated_on",
        )


def copy_document(resource: Resource, new: Resource, by: User) -> None:
    """One that is still there; another may take its place before the version is published."""
    document = resource.document_there
    if document is None or not document.is_readable:
        return
    with document.file.open("rb") as file:
        content = file.read()
    copied = ResourceDocument(resource=new, sent_by=by)
    keep_document(copied, filename=document.filename, content=content)


@verb
def change_resource(*, resource: Resource, described: Described, by: User) -> Resource:
    """Change a draft; a web address takes the place of its document."""
    locked = locked_resource(resource)
    resource_actions(locked, by).require("change")
    refuse_version(described, earlier_versions(locked))
    for name, value in described.fields.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(described.fields))
    if locked.address:
        remove_document(locked)
    return locked


@verb
def attach_document(
    *, resource: Resource, filename: str, content: bytes, by: User
) -> ResourceDocument:
    """Keep the document of a draft; it takes the place of the one before. Raises RefusalError for
    a file that is not taken, and where the draft has a web address.
    """
    locked = locked_resource(resource)
    resource_actions(locked, by).require("attach")
    if locked.address:
        raise RefusalError(f"{HAS_ADDRESS}.", field="file")
    remove_document(locked)
    document = ResourceDocument(resource=locked, sent_by=by)
    keep_document(document, filename=filename, content=content)
    return document


def remove_document(resource: Resource) -> None:
    if before := resource.document_there:
        before.delete()
        delete_bytes(before)


@verb
def publish_resource(*, resource: Resource, by: User) -> Resource:
    """Put it among the resources of its audience; the version before becomes a previous one."""
    locked = locked_resource(resource)
    resource_actions(locked, by).require("publish")
    before = locked_resource(locked.replaces) if locked.replaces else None
    locked.move(ResourceState.PUBLISHED, by=by, published_at=timezone.now(), published_by=by)
    if before and before.state == ResourceState.PUBLISHED:
        before.move(ResourceState.PREVIOUS, by=by)
    if locked.by_mail:
        tell_audience(locked)
    return locked


def tell_audience(resource: Resource) -> None:
    people = list(people_in(resource).values_list("pk", flat=True))
    words = "new version of a resource" if resource.replaces_id else "new resource"
    path = reverse("schools:resource_detail", args=[resource.pk])
    told = Happening(people, key=str(resource.pk), title=f"There is a {words} for you", path=path)
    notify(NoticeKind.RESOURCE, [told])


@verb
def withdraw_resource(*, resource: Resource, reason: str, by: User) -> Resource:
    """Take it out of use; whoever opens it reads why."""
    locked = locked_resource(resource)
    resource_actions(locked, by).require("withdraw")
    locked.move(ResourceState.WITHDRAWN, by=by, withdrawn_because=reason.strip())
    return locked


@verb
def delete_resource(*, resource: Resource, by: User) -> None:
    locked = locked_resource(resource)
    resource_actions(locked, by).require("delete")
    remove_document(locked)
    locked.delete()


@verb
def count_download(*, resource: Resource, by: User) -> None:
    """Raises RefusalError for a previous version, and for one that was withdrawn. Those who keep
    it only look at it.
    """
    resource_actions(resource, by).require("download")
    if by.has_role(*RESOURCE_KEEPERS):
        return
    Resource.objects.in_use().filter(pk=resource.pk).update(downloads=F("downloads") + 1)


def locked_resource(resource: Resource) -> Resource:
    """Raises RefusalError where somebody has deleted it meanwhile."""
    found = Resource.objects.select_for_update(of=("self",)).filter(pk=resource.pk).first()
    if found is None:
        raise RefusalError("Somebody has deleted this draft in the meantime.")
    return found

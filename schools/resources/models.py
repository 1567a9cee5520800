"""Resources with their versions, and the document of one (rules.md R9)."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify

from banding_portal.audit import audited, audited_without
from banding_portal.documents.models import Document
from banding_portal.models import UuidModel
from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.services import Happening, notify
from banding_portal.roles import RESOURCE_KEEPERS, RESOURCE_READERS
from banding_portal.states import Stateful
from schools.choices import RESOURCE_MOVES, ResourceState
from schools.models.audiences import HasAudience, is_for

if TYPE_CHECKING:
    from schools.models.people import User


class ResourceQuerySet(models.QuerySet["Resource"]):
    def visible_to(self, user: "User") -> "ResourceQuerySet":
        """All for who keeps them, what was ever published for an auditor, and for everybody what
        is or was for them.
        """
        if user.has_role(*RESOURCE_KEEPERS):
            return self
        told = self.exclude(state=ResourceState.DRAFT)
        return told if user.has_role(*RESOURCE_READERS) else told.filter(is_for(user))

    def in_use(self) -> "ResourceQuerySet":
        return self.filter(state=ResourceState.PUBLISHED)


@audited_without("downloads")
class Resource(UuidModel, HasAudience, Stateful):
    """One version of a document or link. Once published it stays as it is; a new version takes
    its place.
    """

    NOUN, MOVES = "A resource", RESOURCE_MOVES
    COLOURS: ClassVar = {
        ResourceState.PUBLISHED: "green",
        ResourceState.PREVIOUS: "yellow",
        ResourceState.WITHDRAWN: "red",
    }

    title = models.CharField(max_length=120)
    text = models.TextField("what it is for")
    version = models.CharField(max_length=20)
    dated_on = models.DateField("date of the version")
    address = models.URLField(
        "web address", max_length=500, blank=True, help_text="Of a link; a document has none."
    )
    alternative = models.TextField(
        "the same as text", blank=True, help_text="Shown as a page of the portal."
    )
    alternative_address = models.URLField(
        "web address of the same in an accessible form", max_length=500, blank=True
    )
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    by_mail = models.BooleanField("told to its audience", default=False)
    state = models.CharField(max_length=10, choices=ResourceState, default=ResourceState.DRAFT)
    downloads = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_because = models.CharField(max_length=300, blank=True)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        ordering = ["title", "-dated_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ResourceState.DRAFT)
                | ~Q(alternative="")
                | ~Q(alternative_address=""),
                name="resource_accessible",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(replaces=models.F("id")),
                name="resource_replaces_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"

    @property
    def document_there(self) -> "ResourceDocument | None":
        return getattr(self, "document", None)

    @property
    def keeps_document(self) -> bool:
        """Whether its document is still that of the version it takes the place of."""
        mine, before = self.document_there, self.replaces and self.replaces.document_there
        return bool(mine and before and mine.sha256 == before.sha256)

    @property
    def in_words(self) -> str:
        """“PDF, 120 KB” or “Web page”"""
        document = self.document_there
        return document.in_words if document else "Web page" if self.address else "–"


class ResourceDocumentQuerySet(models.QuerySet["ResourceDocument"]):
    def visible_to(self, user: "User") -> "ResourceDocumentQuerySet":
        return self.filter(resource__in=Resource.objects.visible_to(user))


@audited
class ResourceDocument(Document):
    """The document of one version."""

    WHAT: ClassVar = "Documents of resources"

    resource = models.OneToOneField(Resource, on_delete=models.CASCADE, related_name="document")

    objects = ResourceDocumentQuerySet.as_manager()

    class Meta(Document.Meta):
        pass

    @classmethod
    def deletable(cls) -> models.QuerySet[Any]:
        """What nobody may download any more."""
        over = (ResourceState.PREVIOUS, ResourceState.WITHDRAWN)
        return cls.objects.filter(resource__state__in=over)

    def download_name(self) -> str:
        """Named by its title and version, like “banding-guide-version-2.pdf”."""
        return f"{slugify(str(self.resource))[:80]}{self.ending}"

    def tell_infected(self) -> None:
        path = reverse("schools:resource_detail", args=[self.resource_id])
        title = "A virus was found in the document of a resource: it was removed, please replace it"
        told = Happening([self.sent_by_id], key=f"virus {self.pk}", title=title, path=path)
        notify(NoticeKind.FILE_READY, [told])

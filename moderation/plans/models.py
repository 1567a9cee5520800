"""What a plan says and the documents with it, as they are given to who judges a case (M4)."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from banding_portal.audit import audited_without
from banding_portal.documents.choices import DocumentState
from banding_portal.documents.models import Document
from banding_portal.models import UuidModel
from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.services import Happening, notify
from banding_portal.roles import BANDING_SCHOOL_ROLES, JUDGES, SEND_OFFICER
from moderation.choices import CaseState
from moderation.models.cases import Case
from schools.models import Pupil, School
from schools.selectors.successors import done_at

if TYPE_CHECKING:
    from uuid import UUID

    from schools.models import User


@audited_without("needs", "provision")
class CasePlan(UuidModel):
    """Given once for everybody who judges the case; without names and without a band."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="plan")
    needs = models.TextField(blank=True, help_text="The pupil’s needs, section B.")
    provision = models.TextField(blank=True, help_text="The provision, section F.")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.case}: plan"


class PlanDocumentQuerySet(models.QuerySet["PlanDocument"]):
    def standing(self) -> "PlanDocumentQuerySet":
        return self.exclude(state__in=(DocumentState.DELETED, DocumentState.INFECTED))

    def of_schools(self, schools: Collection["UUID"]) -> Q:
        """What they gave, and what closed schools gave that became them (S1)."""
        return done_at(schools, school="school", pupil="pupil")

    def visible_to(self, user: "User") -> "PlanDocumentQuerySet":
        """A school's own; all for officers; of pupils whose cases they see for who judges.
        Whether these judge or compare the case, the page asks (M4).
        """
        if user.has_role(*SEND_OFFICER):
            return self
        found = self.of_schools(user.school_ids_as(*BANDING_SCHOOL_ROLES))
        if user.has_role(*JUDGES):
            found |= Q(pupil__in=Case.objects.visible_to(user).values("decision__pupil"))
        return self.filter(found)


@audited_without("filename")
class PlanDocument(Document):
    """A document with the plan of a pupil, given once for every case about the pupil."""

    WHAT: ClassVar = "Documents with plans"

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(
        School,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The school that gave it; empty where an officer did.",
    )
    about = models.CharField(max_length=200, help_text="What it is, without names and bands.")
    words_read = models.BooleanField(
        default=False,
        help_text="Whether the portal has looked through all its words for a band.",
    )

    objects = PlanDocumentQuerySet.as_manager()

    class Meta(Document.Meta):
        pass

    @classmethod
    def deletable(cls) -> models.QuerySet[Any]:
        """Kept as long as a case about the pupil is open."""
        cases = Case.objects.filter(decision__pupil=OuterRef("pupil"))
        return cls.objects.filter(~Exists(cases.exclude(state=CaseState.SETTLED)))

    def is_of(self, schools: "Collection[UUID]") -> bool:
        """Whether one of them gave it, or is what the one that gave it became (S1)."""
        given = PlanDocument.objects.filter(pk=self.pk)
        return self.school_id in schools or given.filter(given.of_schools(schools)).exists()

    def download_name(self) -> str:
        return f"plan-{str(self.pk)[:4]}{self.ending}"

    def tell_infected(self) -> None:
        path = reverse("moderation:plan_documents", args=[self.pupil_id])
        title = "A virus was found in a document you gave: it was removed, please give it again"
        told = Happening([self.sent_by_id], key=f"virus {self.pk}", title=title, path=path)
        notify(NoticeKind.EVIDENCE, [told])

"""What a school is asked to send about a case, its answer, and the documents with it (M5)."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from banding_portal.audit import audited, audited_without
from banding_portal.documents.models import Document
from banding_portal.models import UuidModel
from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.services import Happening, notify
from banding_portal.roles import BANDING_SCHOOL_ROLES, MODERATION_READERS
from banding_portal.states import Stateful
from moderation.choices import EVIDENCE_MOVES, CaseState, EvidenceState
from moderation.evidence.rules import is_overdue
from moderation.models.cases import Case
from schools.models import School
from schools.selectors.successors import done_at, gone_on_at

if TYPE_CHECKING:
    from schools.models import User


class EvidenceRequestQuerySet(models.QuerySet["EvidenceRequest"]):
    def visible_to(self, user: "User") -> "EvidenceRequestQuerySet":
        """Those asked of the person's own schools, and of what these became (S1)."""
        schools = user.school_ids_as(*BANDING_SCHOOL_ROLES)
        path = "case__decision__"
        return self.filter(done_at(schools, school=f"{path}school", pupil=f"{path}pupil"))

    def on_cases_of(self, user: "User") -> "EvidenceRequestQuerySet":
        """Those on cases the person sees in a sample in which they have nothing left to judge; an
        auditor's are all.
        """
        if not user.has_role(*MODERATION_READERS):
            return self.none()
        judging = Case.objects.to_judge(user).order_by().values("sample")
        cases = Case.objects.visible_to(user).exclude(sample__in=judging)
        return self.filter(case__in=cases)

    def open(self) -> "EvidenceRequestQuerySet":
        return self.filter(state=EvidenceState.ASKED)

    def overdue(self) -> "EvidenceRequestQuerySet":
        return self.open().filter(due_on__lt=timezone.localdate())


@audited
class EvidenceRequest(UuidModel, Stateful):
    """Asked of the school when everybody has judged the case, for what they cannot tell without."""

    NOUN, MOVES = "A request for evidence", EVIDENCE_MOVES
    COLOURS: ClassVar = {EvidenceState.ASKED: "yellow", EvidenceState.ANSWERED: "green"}

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="evidence_requests")
    state = models.CharField(max_length=10, choices=EvidenceState, default=EvidenceState.ASKED)
    wanted = ArrayField(models.CharField(max_length=200), help_text="What is asked for, one each.")
    message = models.TextField()
    due_on = models.DateField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    none_there = models.BooleanField(
        default=False, help_text="The school answered that it has nothing of it."
    )
    note = models.TextField(blank=True, help_text="What the school says with its answer.")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)

    objects = EvidenceRequestQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state=EvidenceState.ASKED),
                name="evidence_request_one_open",
            ),
            models.CheckConstraint(
                condition=~Q(state=EvidenceState.ANSWERED)
                | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="evidence_request_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=EvidenceState.WITHDRAWN) | ~Q(withdrawn_because=""),
                name="evidence_request_withdrawn_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Evidence for case {self.case.reference}"

    @property
    def is_overdue(self) -> bool:
        open_still = self.state == EvidenceState.ASKED
        return open_still and is_overdue(self.due_on, timezone.localdate())

    @property
    def state_label(self) -> str:
        return "Overdue" if self.is_overdue else str(EvidenceState(self.state).label)

    @property
    def state_colour(self) -> str:
        return "red" if self.is_overdue else super().state_colour

    @property
    def school(self) -> School:
        """Who answers: the school of the decision, or the one that goes on with the pupil (S1)."""
        decision = self.case.decision
        assert decision.school is not None  # noqa: S101 - only decisions of schools are sampled
        return gone_on_at(decision.school, decision.pupil_id)


class EvidenceDocumentQuerySet(models.QuerySet["EvidenceDocument"]):
    def visible_to(self, user: "User") -> "EvidenceDocumentQuerySet":
        """The school's own; once it has answered, those on cases the person sees. Whether they
        compare the case already, the page asks (M4).
        """
        own = EvidenceRequest.objects.visible_to(user)
        theirs = EvidenceRequest.objects.on_cases_of(user).filter(state=EvidenceState.ANSWERED)
        return self.filter(Q(request__in=own) | Q(request__in=theirs))


@audited_without("filename")
class EvidenceDocument(Document):
    """One document of the school's answer."""

    WHAT: ClassVar = "Documents of evidence"

    request = models.ForeignKey(EvidenceRequest, on_delete=models.PROTECT, related_name="documents")
    about = models.CharField(max_length=200, help_text="What it is, in the school’s words.")

    objects = EvidenceDocumentQuerySet.as_manager()

    class Meta(Document.Meta):
        pass

    @classmethod
    def deletable(cls) -> models.QuerySet[Any]:
        """Kept as long as its case is open."""
        return cls.objects.filter(request__case__state=CaseState.SETTLED)

    def download_name(self) -> str:
        return f"evidence-{self.request.case.reference}-{str(self.pk)[:4]}{self.ending}"

    def tell_infected(self) -> None:
        path = reverse("moderation:evidence_detail", args=[self.request_id])
        title = "A virus was found in a document you sent: it was removed, please send it again"
        told = Happening([self.sent_by_id], key=f"virus {self.pk}", title=title, path=path)
        notify(NoticeKind.EVIDENCE, [told])

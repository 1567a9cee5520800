"""Caseload files sent in on screen, and what is remembered of them. Here and not in schools,
for they name bands.
"""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from banding.choices import SAME_CHILD_ANSWERS, CaseloadAnswer, DifferenceKind
from banding_portal.audit import audited
from banding_portal.bulk import insert_rows
from banding_portal.models import UuidModel
from banding_portal.roles import AUDITOR, COLLECTION_RUNNERS
from banding_portal.uploads.models import MendedFile, Upload
from schools.models import Pupil

if TYPE_CHECKING:
    from schools.models import User

BATCH = 2_000
READERS = COLLECTION_RUNNERS | AUDITOR


class CaseloadUpload(Upload, MendedFile):
    """The authority's list of pupils, placements, plans and agreed bands."""

    WHAT = "Caseload"
    PAGE = "banding:caseload_upload_detail"
    WORK = "banding.caseload.services.import_caseload"
    READERS = READERS
    # Whoever confirmed it enters the agreed bands.
    GIVES = {
        "academic_year": "academic_year",
        "mends": "mends",
        "by": "on_behalf_of",
        "job": "pk",
    }

    academic_year = models.PositiveSmallIntegerField(
        null=True, help_text="The calendar year in which the academic year of `ncy` begins."
    )

    FORGETS = {"mends": []}

    def forget_more(self) -> None:
        self.differences.all().delete()

    def keep_found(self, found: list[Any]) -> None:
        """The differences that the check found, in place of those of the one before."""
        self.differences.all().delete()
        rows = [
            {**row, "upload_id": self.pk, "position": position}
            for position, row in enumerate(found)
        ]
        for at in range(0, len(rows), BATCH):
            insert_rows(CaseloadDifference, rows[at : at + BATCH])


class CaseloadWord(models.Model):
    """What the caseload last said about a pupil: what differs from it was changed here."""

    pupil = models.OneToOneField(
        Pupil, on_delete=models.CASCADE, primary_key=True, related_name="caseload_word"
    )
    said = models.JSONField(encoder=DjangoJSONEncoder)
    previous = models.JSONField(
        null=True, encoder=DjangoJSONEncoder, help_text="What the one before said, if any."
    )
    record = models.UUIDField(help_text="The import that said it.")

    def __str__(self) -> str:
        return f"{self.pupil_id}"


class CaseloadDifference(UuidModel):
    """One way in which a file and the portal differ, as the check of an upload found it."""

    upload = models.ForeignKey(CaseloadUpload, on_delete=models.CASCADE, related_name="differences")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=DifferenceKind)
    reference = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    who = models.CharField(max_length=250)
    what = models.CharField(max_length=250)
    ours = models.CharField(max_length=250, blank=True)
    theirs = models.CharField(max_length=250, blank=True)
    answer = models.CharField(max_length=4, choices=CaseloadAnswer, blank=True)
    decided = models.BooleanField(default=False, help_text="A person said so, not the portal.")
    placement = models.UUIDField(null=True, help_text="Of one that is missing from the file.")

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["upload", "kind", "position"], name="difference_by_kind")]

    def __str__(self) -> str:
        return f"{self.who}: {self.what}"

    @property
    def answers(self) -> list[tuple[str, str]]:
        """The two sides, in the words of its question."""
        return [(answer, words_of_answer(self.kind, answer)) for answer in CaseloadAnswer]

    @property
    def answer_words(self) -> str:
        return words_of_answer(self.kind, self.answer)


class CaseloadChoiceQuerySet(models.QuerySet["CaseloadChoice"]):
    def visible_to(self, user: "User") -> "CaseloadChoiceQuerySet":
        return self if user.has_role(*READERS) else self.none()


@audited
class CaseloadChoice(UuidModel):
    """What a person said about a difference. It holds as long as both sides say the same."""

    kind = models.CharField(max_length=16, choices=DifferenceKind)
    reference = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    who = models.CharField(max_length=250)
    what = models.CharField(max_length=250)
    ours = models.CharField(max_length=250, blank=True)
    theirs = models.CharField(max_length=250, blank=True)
    answer = models.CharField(max_length=4, choices=CaseloadAnswer)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField()

    objects = CaseloadChoiceQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_at", "who", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["reference", "key", "ours", "theirs"], name="caseload_choice_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.who}: {self.what}"

    @property
    def answer_words(self) -> str:
        return words_of_answer(self.kind, self.answer)


def words_of_answer(kind: str, answer: str) -> str:
    side = CaseloadAnswer(answer)
    return SAME_CHILD_ANSWERS[side] if kind == DifferenceKind.PERHAPS else side.label

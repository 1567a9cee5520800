"""What one heading or value of the authority's own files means."""

import uuid

from django.conf import settings
from django.db import models

from banding_portal.audit import audited


@audited
class LearnedWord(models.Model):
    """A heading that stands for a column of ours or, with a meaning, a value in that column."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    files = models.CharField(max_length=20, help_text="The kind of file, such as caseload.")
    column = models.CharField(max_length=40)
    word = models.CharField(max_length=80)
    folded = models.CharField(max_length=80)
    meaning = models.CharField(max_length=80, blank=True)
    is_heading = models.BooleanField()
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["-is_heading", "column", "folded"]
        constraints = [
            models.UniqueConstraint(
                fields=["files", "folded"],
                condition=models.Q(is_heading=True),
                name="heading_means_one_thing",
            ),
            models.UniqueConstraint(
                fields=["files", "column", "folded"],
                condition=models.Q(is_heading=False),
                name="value_means_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(is_heading=True, meaning="")
                | (models.Q(is_heading=False) & ~models.Q(meaning="")),
                name="only_values_have_meanings",
            ),
        ]

    def __str__(self) -> str:
        return self.word

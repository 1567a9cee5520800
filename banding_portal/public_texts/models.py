"""An authority's own words in place of those the portal comes with."""

from django.db import models

from banding_portal.audit import audited
from banding_portal.public_texts.choices import PublicTextKind


@audited
class PublicText(models.Model):
    """Plain text with headings, lists and links (banding_portal.markup); without a row the portal
    shows its own.
    """

    kind = models.CharField(max_length=16, choices=PublicTextKind, unique=True)
    text = models.TextField()

    class Meta:
        verbose_name = "public text"

    def __str__(self) -> str:
        return self.get_kind_display()

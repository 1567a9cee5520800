"""Figures of other authorities, and the files they come from (rules.md F14)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from banding_portal.models import UuidModel
from banding_portal.roles import FUNDING_READERS
from banding_portal.uploads.models import Upload
from funding.choices import ComparedBy

if TYPE_CHECKING:
    from schools.models import User


class AuthorityFigureQuerySet(models.QuerySet["AuthorityFigure"]):
    def visible_to(self, user: "User") -> "AuthorityFigureQuerySet":
        return self if user.has_role(*FUNDING_READERS) else self.none()


class AuthorityFigure(UuidModel):
    """What another authority pays for how many pupils of a sector, phase or need in a year."""

    authority = models.CharField(max_length=80)
    year = models.CharField(max_length=7)
    by = models.CharField(max_length=8, choices=ComparedBy)
    key = models.CharField(max_length=60, help_text="Which sector, phase or need.")
    pupils = models.PositiveIntegerField(null=True, help_text="With a plan, if known.")
    amount = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, help_text="Pounds of top-up, if known."
    )

    objects = AuthorityFigureQuerySet.as_manager()

    class Meta:
        ordering = ["by", "key", "authority", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "year", "by", "key"], name="authority_figure_once"
            ),
            models.CheckConstraint(
                condition=Q(pupils__isnull=False) | Q(amount__isnull=False),
                name="authority_figure_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority} {self.year}, {self.key}"


class FiguresUpload(Upload):
    """Figures of other authorities, as a file (rules.md F14)."""

    WHAT = "Other authorities’ figures"
    PAGE = "funding:benchmark_upload_detail"
    WORK = "funding.benchmarks.services.import_figures"
    READERS = FUNDING_READERS
    GIVES: ClassVar[Mapping[str, str]] = {"authorities": "authorities"}

    authorities = models.TextField(
        blank=True,
        max_length=5_000,
        help_text="Whose rows are read; all if none.",
    )

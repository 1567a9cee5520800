"""Frameworks of written descriptors: bands, areas of need and their levels (rules.md B1)."""

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models

from banding.choices import FRAMEWORK_MOVES, CombineKind, FrameworkState, ValueBasis
from banding.frameworks.freezing import areas_stay, bands_stay, framework_stays, levels_stay
from banding_portal.audit import audited
from banding_portal.models import UuidModel
from banding_portal.roles import ADMINISTRATOR, AUDITOR, FRAMEWORK_PREPARERS
from banding_portal.states import Stateful
from banding_portal.uploads.models import Upload
from schools.choices import PlanType

if TYPE_CHECKING:
    from schools.models import User


class FrameworkQuerySet(models.QuerySet["Framework"]):
    def visible_to(self, user: "User") -> "FrameworkQuerySet":
        """Everybody reads what is or was published; who prepares, the others too."""
        if user.has_role(*FRAMEWORK_PREPARERS):
            return self
        return self.exclude(state=FrameworkState.DRAFT)

    def open_to_all(self) -> "FrameworkQuerySet":
        """What is read without signing in, by whoever has the address."""
        return self.filter(is_open=True).exclude(state=FrameworkState.DRAFT)

    def published(self) -> "FrameworkQuerySet":
        return self.filter(state=FrameworkState.PUBLISHED)


@audited
class Framework(UuidModel, Stateful):
    """One version of a framework. Frozen once a submitted decision uses it."""

    NOUN, MOVES = "A framework", FRAMEWORK_MOVES
    COLOURS = {FrameworkState.PUBLISHED: "green", FrameworkState.DRAFT: "yellow"}

    code = models.SlugField(max_length=40)
    version = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    effective_from = models.DateField()
    value_basis = models.CharField(max_length=12, choices=ValueBasis, default=ValueBasis.TOP_UP)
    plan_types = ArrayField(models.CharField(max_length=16, choices=PlanType))
    tie_rule = models.TextField(blank=True)
    combine_kind = models.CharField(max_length=16, choices=CombineKind)
    thresholds = models.JSONField(
        default=list, help_text="For a weighted sum: [{band, from}], `from` inclusive."
    )
    preamble = models.TextField(blank=True)
    conditions_lead = models.TextField(blank=True, help_text="Begins the sentence of each of them.")
    conditions = ArrayField(models.TextField(), default=list)
    definitions = models.JSONField(default=list, help_text="[{term, meaning}]")
    evidence = models.JSONField(
        default=list,
        help_text="Of an application at SEN Support: [{code, label, kind, hint}]",
    )
    examples = models.JSONField(
        default=list, help_text="Invented pupils: [{pupil, levels: [{area, level}], band, why}]"
    )
    earlier = models.JSONField(
        default=dict,
        help_text="To compare with: {framework, version, bands: [{old, new}]}, or empty.",
    )
    state = models.CharField(
        max_length=10, choices=FrameworkState, default=FrameworkState.PUBLISHED
    )
    is_open = models.BooleanField(
        default=False, help_text="Whether anybody who has its address may read it."
    )

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        ordering = ["code", "-effective_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="framework_version_once")
        ]
        triggers = [framework_stays]

    def __str__(self) -> str:
        return self.name

    @property
    def has_words_around(self) -> bool:
        """Whether anything stands around the descriptors."""
        return bool(self.preamble or self.conditions or self.definitions)


class Band(UuidModel):
    """A band of a framework. Ordered by rank, never by label."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="bands")
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    rank = models.SmallIntegerField()
    summary = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "code"], name="band_code_once"),
            models.UniqueConstraint(fields=["framework", "rank"], name="band_rank_once"),
        ]
        triggers = [bands_stay]

    def __str__(self) -> str:
        return self.name


class Area(UuidModel):
    """An area of need, with its weight and cap where the framework adds scores up."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="areas")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField()
    weight = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    cap = models.DecimalField(max_digits=6, decimal_places=2, null=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["framework", "code"], name="area_code_once")]
        triggers = [areas_stay]

    def __str__(self) -> str:
        return self.name


class Level(UuidModel):
    """A level of an area with its descriptor, pointing to a band or worth a score."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="levels")
    code = models.CharField(max_length=12)
    rank = models.SmallIntegerField()
    descriptor = models.TextField()
    band = models.ForeignKey(Band, null=True, on_delete=models.CASCADE, related_name="+")
    score = models.DecimalField(max_digits=6, decimal_places=2, null=True)

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["area", "code"], name="level_code_once"),
            models.UniqueConstraint(fields=["area", "rank"], name="level_rank_once"),
        ]
        triggers = [levels_stay]

    def __str__(self) -> str:
        return f"{self.code} {self.descriptor}"


class FrameworkUpload(Upload):
    """A framework's JSON file."""

    WHAT = "Framework"
    PAGE = "banding:framework_upload_detail"
    WORK = "banding.frameworks.services.import_framework"
    READERS = ADMINISTRATOR | AUDITOR

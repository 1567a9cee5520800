"""The seals of the audit trail, and what looking at them found."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from banding_portal.seals.chain import Sealed


class Seal(models.Model):
    """A stretch of the trail as it was when it was sealed. Written once, never changed."""

    number = models.PositiveIntegerField(primary_key=True)
    kind = models.CharField(max_length=80)
    columns = ArrayField(models.CharField(max_length=80))
    ids = ArrayField(models.BigIntegerField())
    last_id = models.BigIntegerField()
    hashes = models.BinaryField()
    sealed_at = models.DateTimeField()
    in_place_of = models.PositiveIntegerField(null=True)
    before = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["kind", "-last_id"], name="seal_of_kind")]

    def __str__(self) -> str:
        return f"Seal {self.number}"

    @classmethod
    def of(cls, seal: Sealed) -> "Seal":
        return cls(
            number=seal.number,
            kind=seal.kind,
            columns=list(seal.columns),
            ids=list(seal.ids),
            last_id=seal.ids[-1],
            hashes=seal.hashes,
            sealed_at=seal.sealed_at,
            in_place_of=seal.in_place_of,
            before=seal.before,
            digest=seal.digest,
        )

    def sealed(self) -> Sealed:
        return Sealed(
            number=self.number,
            kind=self.kind,
            columns=tuple(self.columns),
            ids=tuple(self.ids),
            hashes=bytes(self.hashes),
            sealed_at=self.sealed_at,
            in_place_of=self.in_place_of,
            before=self.before,
            digest=self.digest,
        )


class TrailCheck(models.Model):
    """The trail and the published runs were compared with what was sealed and kept of them."""

    checked_at = models.DateTimeField(auto_now_add=True)
    events = models.PositiveBigIntegerField()
    runs = models.PositiveIntegerField()
    broken = models.JSONField(default=list)
    """Sentences: what is not as it was."""

    class Meta:
        ordering = ["-checked_at"]

    def __str__(self) -> str:
        return f"Check of {self.checked_at:%d %b %Y %H:%M}"

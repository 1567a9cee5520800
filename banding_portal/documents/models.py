"""The columns every kind of document has; a kind says what it belongs to and who reads it."""

import datetime as dt
from typing import Any, ClassVar
from uuid import uuid4

from django.apps import apps
from django.conf import settings
from django.db import models

from banding_portal.documents.choices import (
    DOCUMENT_MOVES,
    DocumentState,
    DocumentType,
)
from banding_portal.states import Stateful

KILOBYTE = 1024


def place_of(document: "Document", filename: str) -> str:
    """Where the bytes lie: under the row's own number, which names nobody (rules.md R3)."""
    return f"{document.folder()}{document.pk}"


class Document(Stateful):
    """A file kept by Django's storage. Its kind gives `visible_to(user)` and `WHAT`."""

    NOUN, MOVES = "A document", DOCUMENT_MOVES
    COLOURS: ClassVar = {DocumentState.HELD: "yellow", DocumentState.INFECTED: "red"}
    WHAT: ClassVar[str]
    """The kind in a list of files."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    file = models.FileField(upload_to=place_of, max_length=200)
    filename = models.CharField(max_length=200, help_text="As it was sent; only ever shown.")
    content_type = models.CharField(max_length=100, choices=DocumentType)
    size = models.PositiveIntegerField(help_text="In bytes.")
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=DocumentState)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(auto_now_add=True)
    scanned_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["sent_at"]

    def __str__(self) -> str:
        return self.filename

    @classmethod
    def folder(cls) -> str:
        return f"documents/{cls._meta.label_lower}/"

    @classmethod
    def deletable(cls) -> models.QuerySet[Any]:
        """Those nothing rests on any more, so that they may go when they are old enough."""
        return cls._default_manager.all()

    @property
    def is_readable(self) -> bool:
        return self.state == DocumentState.READY

    @property
    def was_not_scanned(self) -> bool:
        """Whether it is read as it came, for no virus scanner was set up then."""
        return self.is_readable and self.scanned_at is None

    @property
    def ending(self) -> str:
        return DocumentType(self.content_type).ending

    @property
    def in_words(self) -> str:
        """PDF, 120 KB"""
        size = max(1, round(self.size / KILOBYTE))
        in_megabytes = f"{self.size / KILOBYTE**2:.1f} MB"
        return f"{DocumentType(self.content_type).label}, " + (
            in_megabytes if size >= KILOBYTE else f"{size} KB"
        )

    def download_name(self) -> str:
        """What the file is called on the reader's machine; it names nobody (rules.md R3)."""
        return f"document-{str(self.pk)[:4]}{self.ending}"

    def tell_infected(self) -> None:
        """A kind tells who sent it that a virus was found after all."""

    def kept_until(self) -> dt.date:
        return self.sent_at.date() + dt.timedelta(days=settings.FILES_KEPT_DAYS)


def document_kinds() -> list[type[Document]]:
    return [model for model in apps.get_models() if issubclass(model, Document)]

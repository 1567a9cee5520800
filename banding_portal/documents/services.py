"""Keep a document that was sent in, scan it, and delete what was kept long enough (Q10)."""

import datetime as dt
import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from banding_portal.documents.choices import DocumentState, DocumentType
from banding_portal.documents.models import Document, document_kinds
from banding_portal.documents.rules import type_of
from banding_portal.documents.scanning import Scan, scan
from banding_portal.refusals import RefusalError

HELD = DocumentState.HELD
INFECTED = "A virus was found in the file, so it was not kept. Check your computer"
ORPHAN = dt.timedelta(days=1)
"""After this a file without a row is what a transaction left that did not come to its end."""


def keep_document(
    document: Document,
    *,
    filename: str,
    content: bytes,
    check: Callable[[DocumentType], None] | None = None,
) -> Document:
    """Save a new row with its file. Raises RefusalError, with a sentence, for what is not taken;
    `check` is asked about what the scanner has passed, before anything is kept.

    Where the scanner does not answer, the document is held until it does. Call it in the
    transaction of what the document belongs to.
    """
    name = os.path.basename(filename.replace("\\", "/"))[-200:]
    kind = type_of(name, content)
    found = scan(content)
    if found == Scan.INFECTED:
        raise RefusalError(INFECTED, field="file")
    if check:
        check(kind)
    document.content_type = kind
    document.filename, document.size = name, len(content)
    document.sha256 = hashlib.sha256(content).hexdigest()
    held = found == Scan.AWAY
    first = DocumentState.HELD if held else DocumentState.READY
    document.state = first
    document.scanned_at = None if held or not settings.CLAMD_URL else timezone.now()
    document.file.save(name, ContentFile(content), save=False)
    document.save(force_insert=True)
    return document


def scan_held() -> int:
    """Scan every document that waits for it; returns how many the scanner has passed or refused.

    Doing it twice, or eight at once, does no harm.
    """
    held = [(kind, kind._default_manager.filter(state=HELD)) for kind in document_kinds()]
    return sum(
        scan_one(kind, pk) for kind, rows in held for pk in rows.values_list("pk", flat=True)
    )


def all_of(kind: type[Document]) -> QuerySet[Any]:
    return kind._default_manager.all()


@transaction.atomic
def scan_one(kind: type[Document], pk: UUID) -> bool:
    """Whether the scanner has answered about it; another worker's is left alone."""
    free = all_of(kind).select_for_update(skip_locked=True, of=("self",))
    document = free.filter(pk=pk, state=DocumentState.HELD).first()
    if document is None:
        return False
    with document.file.open("rb") as file:
        found = scan(file.read())
    if found == Scan.AWAY:
        return False
    if found == Scan.CLEAN:
        document.move(DocumentState.READY, by=None, scanned_at=timezone.now())
        return True
    document.move(DocumentState.INFECTED, by=None, scanned_at=timezone.now())
    delete_bytes(document)
    document.tell_infected()
    return True


def delete_bytes(document: Document) -> None:
    """The file goes once the row says so for good."""
    name = str(document.file.name)
    transaction.on_commit(lambda: default_storage.delete(name))


def delete_old_documents(*, today: dt.date, dry_run: bool = False) -> dict[str, int]:
    """How many of each kind are deleted, or would be: those kept for FILES_KEPT_DAYS of which
    nothing is open. The row stays and says who sent it when, without the name of the file.
    """
    before = today - dt.timedelta(days=settings.FILES_KEPT_DAYS)
    return {kind.WHAT: delete_of_kind(kind, before, dry_run=dry_run) for kind in document_kinds()}


@transaction.atomic
def delete_of_kind(kind: type[Document], before: dt.date, *, dry_run: bool) -> int:
    stands = (DocumentState.HELD, DocumentState.READY)
    due = kind.deletable().filter(state__in=stands, sent_at__date__lt=before)
    if dry_run:
        return due.count()
    rows = list(due.select_for_update(of=("self",)))
    for document in rows:
        forget(document)
    delete_orphans(kind)
    return len(rows)


def forget(document: Any) -> None:
    named = f"Deleted file{document.ending}"
    document.move(DocumentState.DELETED, by=None, filename=named, deleted_at=timezone.now())
    delete_bytes(document)


def delete_orphans(kind: type[Document]) -> None:
    """Files in the folder of the kind that no row knows, left by what was undone."""
    with suppress(FileNotFoundError):
        names = default_storage.listdir(kind.folder())[1]
        known = {str(pk) for pk in all_of(kind).values_list("pk", flat=True)}
        for name in set(names) - known:
            place = f"{kind.folder()}{name}"
            if default_storage.get_modified_time(place) < timezone.now() - ORPHAN:
                default_storage.delete(place)

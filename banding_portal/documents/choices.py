"""What a document can be, and how far its scan is."""

from django.db.models import TextChoices


class DocumentType(TextChoices):
    """Named by the type a browser is told."""

    PDF = "application/pdf", "PDF"
    WORD = (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "Word document",
    )
    JPEG = "image/jpeg", "Picture (JPEG)"
    PNG = "image/png", "Picture (PNG)"

    @property
    def ending(self) -> str:
        return ENDINGS[self.value]


ENDINGS = {
    DocumentType.PDF.value: ".pdf",
    DocumentType.WORD.value: ".docx",
    DocumentType.JPEG.value: ".jpg",
    DocumentType.PNG.value: ".png",
}


class DocumentState(TextChoices):
    """`HELD` is read by nobody until the scan has passed it."""

    HELD = "held", "Waiting for the virus scan"
    READY = "ready", "Ready"
    INFECTED = "infected", "Removed: a virus was found"
    DELETED = "deleted", "Deleted on schedule"


DOCUMENT_MOVES: dict[str, frozenset[str]] = {
    DocumentState.HELD: frozenset(
        {DocumentState.READY, DocumentState.INFECTED, DocumentState.DELETED}
    ),
    DocumentState.READY: frozenset({DocumentState.DELETED}),
}

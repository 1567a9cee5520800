"""The states of an upload and the moves between them."""

from django.db.models import TextChoices


class UploadState(TextChoices):
    WAITING = "waiting", "Being checked"
    REFUSED = "refused", "Problems found"
    READY = "ready", "Ready to apply"
    CONFIRMED = "confirmed", "Being applied"
    APPLIED = "applied", "Applied"
    FAILED = "failed", "Could not be finished"
    CANCELLED = "cancelled", "Cancelled"


ALLOWED: dict[str, frozenset[str]] = {
    UploadState.WAITING: frozenset(
        {UploadState.REFUSED, UploadState.READY, UploadState.FAILED, UploadState.CANCELLED}
    ),
    UploadState.READY: frozenset({UploadState.CONFIRMED, UploadState.CANCELLED}),
    # READY again: what the preview rested on has changed, so a new preview was made (T7).
    UploadState.CONFIRMED: frozenset(
        {UploadState.APPLIED, UploadState.READY, UploadState.REFUSED, UploadState.FAILED}
    ),
}
AT_WORK = frozenset({UploadState.WAITING, UploadState.CONFIRMED})


class IllegalMove(ValueError):
    """Raised when something is asked of an upload that its state does not allow."""

"""The states of a job and the moves between them."""

from django.db.models import TextChoices


class JobState(TextChoices):
    """A kind of job may say the same states in words of its own."""

    WAITING = "waiting", "At work"
    REFUSED = "refused", "Refused"
    READY = "ready", "Ready to confirm"
    CONFIRMED = "confirmed", "At work"
    DONE = "done", "Done"
    FAILED = "failed", "Could not be finished"
    CANCELLED = "cancelled", "Cancelled"


ENDS = frozenset({JobState.REFUSED, JobState.DONE, JobState.FAILED, JobState.CANCELLED})
MOVES: dict[str, frozenset[str]] = {
    JobState.WAITING: ENDS | {JobState.READY},
    # WAITING again: a person has said something that the preview rests on.
    JobState.READY: frozenset({JobState.CONFIRMED, JobState.CANCELLED, JobState.WAITING}),
    # Looked at again, after a person has said what its headings or values mean.
    JobState.REFUSED: frozenset({JobState.WAITING}),
    # READY again: what the preview rested on has changed, so a new preview was made (T7).
    JobState.CONFIRMED: ENDS | {JobState.READY},
}
AT_WORK = frozenset({JobState.WAITING, JobState.CONFIRMED})
QUEUED = "Waiting for its turn"
"""At work, and no worker has begun yet."""
COLOURS: dict[str, str] = {
    JobState.WAITING: "light-blue",
    JobState.REFUSED: "red",
    JobState.READY: "green",
    JobState.CONFIRMED: "light-blue",
    JobState.DONE: "green",
    JobState.FAILED: "red",
}

"""What was published is paid to a record, and stays so (rules.md S8, F7, F8)."""

from collections.abc import Sequence

from django.db.models import Q

from funding.choices import RunState
from funding.models import Run
from schools.models import Pupil, PupilMerge, User
from schools.services.merge_parts import MergePart


class PublishedLines(MergePart):
    def join(self, kept: Pupil, dropped: Pupil, *, by: User | None) -> Sequence[str]:
        runs = Run.objects.filter(state=RunState.PUBLISHED, lines__pupil=dropped).distinct()
        if not runs:
            return []
        return [
            "Published runs pay the other record too. They stay as they are; the next run adjusts."
        ]

    def rests_on(self, merge: PupilMerge) -> Sequence[str]:
        """A run published with the two as one has paid and adjusted them so."""
        since = Q(published_at__gt=merge.made_at, lines__pupil__in=[merge.kept_id])
        runs = Run.objects.filter(since, state=RunState.PUBLISHED).distinct()
        return [f"{run} has been published with the two as one." for run in runs]

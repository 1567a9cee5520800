"""What is moderated stays in force where two records of a child are merged (rules.md S8, M10)."""

from collections.abc import Collection, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from banding.models import Collection as BandingCollection
from moderation.choices import CaseState
from moderation.models import Case, PlanDocument
from schools.models import Pupil, User
from schools.services.merge_parts import MergePart


class Cases(MergePart):
    COUNTED: ClassVar = {Case: "Cases of moderation"}

    def refusals(self, kept: Pupil, dropped: Pupil) -> Sequence[str]:
        """Two cases of one child are not both judged; once both are settled one outcome stands."""
        cases = Case.objects.filter(decision__pupil__in=[kept, dropped])
        both = (
            cases.values("decision__collection")
            .annotate(
                pupils=Count("decision__pupil", distinct=True),
                unsettled=Count("pk", filter=~Q(state=CaseState.SETTLED)),
            )
            .filter(pupils=2, unsettled__gt=0)
            .values("decision__collection")
        )
        return [
            f"Both records are being moderated in {collection}. Merge them when both are settled."
            for collection in BandingCollection.objects.filter(pk__in=both)
        ]

    def rows(self, pupils: Collection[UUID]) -> Sequence[QuerySet[Any]]:
        """No case is changed, but one judged since rests on the merge."""
        return [
            Case.objects.filter(decision__pupil__in=pupils),
            PlanDocument.objects.filter(pupil__in=pupils),
        ]

    def join(self, kept: Pupil, dropped: Pupil, *, by: User | None) -> Sequence[str]:
        """Who judges reads the documents with either plan."""
        PlanDocument.objects.filter(pupil=dropped).update(pupil=kept)
        return []

    def holds(self, pupils: Collection[UUID]) -> set[UUID]:
        cases = Case.objects.filter(decision__pupil__in=pupils)
        return set(cases.values_list("decision", flat=True))

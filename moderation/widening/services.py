"""Judging more at a school past the limit, as the lead decides (rules.md M6)."""

from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from moderation.actions.samples import sample_actions
from moderation.choices import CaseKind, TargetReason
from moderation.models import Case, Sample, Widening
from moderation.references import neutral_references
from moderation.widening.selectors import JudgedSchool, not_judged_with, proposal_for
from schools.models import School, User

NOT_PROPOSED = "This school is not past the limit, or it has been decided about already."


@verb
def widen_sample(*, sample: Sample, school: School, cases: int, by: User) -> Widening:
    """Judge so many more decisions of the school, the next in the order of the draw; each in the
    sample it is of, where several count together.

    They are targeted, so that the original random sample alone stays in the statistics (M3).
    Raises RefusalError where the portal does not propose it, and for more than there are.
    """
    sample = held_sample(sample)
    sample_actions(sample, by).require("widen")
    found = proposed(sample, school)
    if not 1 <= cases <= found.left:
        raise RefusalError(f"Enter a number from 1 to {found.left}", field="cases")
    more = list(not_judged_with(sample).filter(urn=school.urn).order_by("hash")[:cases])
    together = Sample.objects.counted_with(sample)
    known = Case.objects.filter(sample__in=together).values_list("reference", flat=True)
    names = neutral_references(len(more), known)
    Case.objects.bulk_create(
        Case(
            sample_id=row.sample_id,
            decision_id=row.decision_id,
            kind=CaseKind.TARGETED,
            target_reason=TargetReason.WIDENED,
            reference=name,
        )
        for row, name in zip(more, names, strict=True)
    )
    return decided(sample, found, by, cases=cases)


@verb
def leave_sample(*, sample: Sample, school: School, reason: str, by: User) -> Widening:
    """Judge no more of its decisions, and say why."""
    sample = held_sample(sample)
    sample_actions(sample, by).require("widen")
    if not reason.strip():
        raise RefusalError("Say why no more of its decisions are judged", field="reason")
    return decided(sample, proposed(sample, school), by, cases=0, reason=reason.strip())


def proposed(sample: Sample, school: School) -> JudgedSchool:
    found = proposal_for(sample, school.pk)
    if found is None:
        raise RefusalError(NOT_PROPOSED)
    return found


def decided(
    sample: Sample, found: JudgedSchool, by: User, *, cases: int, reason: str = ""
) -> Widening:
    return Widening.objects.create(
        sample=sample,
        school=found.school,
        cases=cases,
        judged=found.judged,
        differing=found.differing,
        reason=reason,
        decided_by=by,
    )


def held_sample(sample: Sample) -> Sample:
    """Two who decide about one school come one after the other, on whichever sample's page."""
    together = Sample.objects.counted_with(Sample.objects.get(pk=sample.pk)).order_by("pk")
    held = {one.pk: one for one in together.select_for_update(of=("self",))}
    return held[sample.pk]

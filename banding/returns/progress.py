"""The pupils of a return as a task list: what is decided, what is missing (rules.md B5, B7)."""

from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet

from banding.assessment.problems import REASON_MISSING, problems_of_assessment
from banding.choices import OFF_THE_RETURN, DecisionState, PupilChange, PupilStatus
from banding.decisions.agreed_bands import agreed_decisions
from banding.evidence.rules import problems_of_evidence
from banding.marks.selectors import still_to_look_at
from banding.models import Area, Band, BandDecision, Return, ReturnPupil
from banding.rounds.rules import Standing
from banding.rounds.selectors import Forward, forwards_of
from banding.rounds.states import authority_then
from banding_portal.words import left_words
from schools.choices import PlanType
from schools.models import Pupil
from schools.register_rules import year_group_cell, year_group_name

WORDS = dict([*PupilStatus.choices, *PupilChange.choices])
# Which known status each one looks like.
TONES: dict[str, str] = {
    PupilStatus.DRAFT: "in_progress",
    PupilStatus.NEEDS_REASON: "overdue",
    PupilStatus.NEEDS_EVIDENCE: "overdue",
    PupilChange.LEFT: "leaving",
    PupilChange.NOT_OURS: "leaving",
    PupilChange.STAYING_ON: "ready",
    PupilChange.NO_BAND: "ready",
    PupilStatus.CARRYING_ON: "ready",
    PupilStatus.NOT_APPLIED: "not_started",
    PupilStatus.OTHER_LA: "not_started",
}
ASKED_NOTHING = frozenset(
    [PupilStatus.CARRYING_ON, PupilStatus.LEAVING, PupilStatus.NOT_APPLIED, PupilStatus.OTHER_LA]
)
DONE = frozenset({PupilStatus.READY, PupilStatus.SUBMITTED, *PupilChange.values, *ASKED_NOTHING})


@dataclass(frozen=True)
class PupilLine:
    """One pupil of a return: the decision that counts now (the draft before what was
    submitted), what it still lacks, and the decision in force before this collection.
    """

    row: ReturnPupil
    draft: BandDecision | None
    submitted: BandDecision | None
    last: BandDecision | None
    problems: list[str]
    lacks_evidence: bool = False
    """An application that lacks nothing else (B13)."""
    forward: Forward | None = None
    """In a round by exception how the pupil comes into it (B10)."""

    @property
    def decision(self) -> BandDecision | None:
        return self.draft or self.submitted

    @property
    def pupil(self) -> Pupil:
        return self.row.pupil

    @property
    def status(self) -> str:
        if self.row.change:
            return self.row.change
        if self.draft is None:
            if self.submitted:
                return PupilStatus.SUBMITTED
            return self.status_before
        if not self.problems:
            return PupilStatus.READY
        if self.lacks_evidence:
            return PupilStatus.NEEDS_EVIDENCE
        return PupilStatus.NEEDS_REASON if self.problems == [REASON_MISSING] else PupilStatus.DRAFT

    @property
    def status_before(self) -> PupilStatus:
        """As long as the school says nothing; another authority's pupil may be left so."""
        if self.standing:
            return self.standing.status
        return PupilStatus.NOT_STARTED if self.is_own else PupilStatus.OTHER_LA

    @property
    def is_own(self) -> bool:
        """Whether the authority was responsible on the reference date (S11)."""
        return bool(getattr(self.row, "authority") == settings.LA_CODE)  # noqa: B009 (annotated)

    @property
    def to_look_at(self) -> bool:
        """Whether a message of return about the pupil waits to be looked at."""
        return bool(getattr(self.row, "to_look_at"))  # noqa: B009 (annotated)

    @property
    def is_only_to_check(self) -> bool:
        """Submitted, and asked about again: “To check” says it without “Submitted” beside it."""
        return self.to_look_at and self.status == PupilStatus.SUBMITTED

    @property
    def standing(self) -> Standing | None:
        return self.forward.standing if self.forward else None

    @property
    def is_gone(self) -> bool:
        """Off the roll with the school year, and nothing said of it: no band is asked for (S7)."""
        is_off = self.standing is not None and self.standing.was_taken_off
        return is_off and not self.row.change and self.decision is None

    @property
    def start_words(self) -> str:
        """What a link to the decision says where there is none yet."""
        if self.standing is None:
            return "Start"
        if self.is_gone:
            return "Report a change"
        if self.standing.status == PupilStatus.NOT_APPLIED:
            return "Apply"
        return "Choose a band" if self.standing.status == PupilStatus.NOT_STARTED else "Change band"

    @property
    def rolled(self) -> BandDecision | None:
        """The decision that carries on, where the school may know it (M11)."""
        found = self.forward.decision if self.forward else None
        return found if found and not found.is_held else None

    @property
    def is_settled(self) -> bool:
        """Whether what the school sent on this return was moderated since (B9)."""
        sent, now = self.submitted, self.rolled
        return bool(sent and now and not self.draft and now.moderates_id == sent.pk)

    @property
    def band_shown(self) -> Band | None:
        """The band of this return, else the one rolled forward."""
        if self.band and not self.is_settled:
            return self.band
        return self.rolled.band if self.rolled else None

    @property
    def rests_on(self) -> str:
        """Whose decision the band shown is: made on this return, or rolled forward, from when."""
        if self.band is None or self.is_settled:
            return str(self.forward or "") or "–"
        if self.draft:
            before = self.rolled and self.rolled.band
            still = f" Until then {before} counts." if before else ""
            return f"Chosen on this return, not submitted yet.{still}"
        return "Chosen and submitted on this return"

    @property
    def status_words(self) -> str:
        """“Left 31 Jul 2026”, “Leaving 31 Jul 2027”, “Ready” …"""
        report = self.standing.report if self.standing else None
        day = report.left_on if report else self.row.change_date
        if (not report and self.status != PupilChange.LEFT) or day is None:
            return WORDS[report.change if report else self.status]
        return f"{left_words(day)}{', not accepted' * (self.row.is_refused and not report)}"

    @property
    def tone(self) -> str:
        """The status whose colour this one has."""
        return TONES.get(self.status, self.status)

    @property
    def is_done(self) -> bool:
        return self.status in DONE

    @property
    def last_is_foreign(self) -> bool:
        """Whether the band of last time is another framework's, so that the two do not compare."""
        framework = self.row.pupil_return.collection.framework_id
        return self.last is not None and self.last.framework_id != framework

    @property
    def is_off(self) -> bool:
        """No decision of theirs is submitted."""
        return self.row.change in OFF_THE_RETURN

    @property
    def band(self) -> Band | None:
        return self.decision.band if self.decision and not self.is_off else None

    @property
    def year_group_name(self) -> str:
        return year_group_name(self.year_group)

    @property
    def year_group_cell(self) -> str:
        return year_group_cell(self.year_group)

    @property
    def year_group(self) -> int:
        return self.pupil.year_group_on(self.row.pupil_return.collection.reference_date)

    @property
    def big_jump(self) -> int:
        """Ranks from the last band, where that is two or more in the same framework; else 0."""
        now, before = self.band, self.last.band if self.last else None
        if now is None or before is None or now.framework_id != before.framework_id:
            return 0
        ranks = now.rank - before.rank
        return ranks if abs(ranks) >= 2 else 0


@dataclass(frozen=True)
class ReturnProgress:
    """The lines of a return, and what they add up to."""

    lines: list[PupilLine] = field(default_factory=list)

    @cached_property
    def done(self) -> int:
        return sum(line.is_done for line in self.lines)

    @property
    def total(self) -> int:
        return len(self.lines)

    @property
    def left(self) -> int:
        return self.total - self.done

    @property
    def has_begun(self) -> bool:
        """Whether anything was written on the return, be it a draft."""
        return any(line.row.change or line.decision for line in self.lines)

    @property
    def is_of_round(self) -> bool:
        """Whether the pupils came into a round by exception, and stand on its lists (B10)."""
        return any(line.standing for line in self.lines)

    @property
    def was_sent_back(self) -> bool:
        """Whether there was ever a message of return; a mark may come from another return."""
        sent = any(line.row.pupil_return.returned_reason for line in self.lines[:1])
        return sent or bool(self.to_look_at)

    @cached_property
    def not_suggested(self) -> int:
        """Pupils for whom the school chose another band than the suggested one (B3)."""
        made = [line.decision for line in self.lines if line.decision]
        return sum(each.band_id != each.suggested_band_id for each in made)

    @property
    def mark(self) -> str:
        """The same for the same answers, to see whether somebody changed any meanwhile."""
        said = sorted(
            f"{line.row.pk} {line.row.change} {line.row.change_date} "
            f"{line.decision and (line.decision.pk, line.decision.version)}"
            for line in self.lines
        )
        return sha256("|".join(said).encode()).hexdigest()

    @cached_property
    def optional(self) -> list[PupilLine]:
        """Pupils of other authorities on whom nothing was decided."""
        return [line for line in self.lines if line.status == PupilStatus.OTHER_LA]

    @property
    def other_frameworks(self) -> list[str]:
        """Names of the frameworks whose bands of last time say nothing beside this time's."""
        foreign = [line.last for line in self.lines if line.last and line.last_is_foreign]
        return sorted({str(decision.framework) for decision in foreign})

    @cached_property
    def unfinished(self) -> list[PupilLine]:
        return [line for line in self.lines if not line.is_done]

    @cached_property
    def to_look_at(self) -> list[PupilLine]:
        return [line for line in self.lines if line.to_look_at]

    @property
    def is_complete(self) -> bool:
        return not self.left

    @cached_property
    def next_line(self) -> PupilLine | None:
        """The first pupil that still needs something."""
        return next(iter(self.unfinished), None)

    def next_after(self, row: ReturnPupil) -> PupilLine | None:
        """The next pupil that needs something after this one, else the first that does."""
        ids = [line.row.pk for line in self.lines]
        at = ids.index(row.pk) + 1 if row.pk in ids else 0
        turned = self.lines[at:] + self.lines[:at]
        return next((x for x in turned if not x.is_done and x.row.pk != row.pk), None)


def progress_of_return(pupil_return: Return) -> ReturnProgress:
    """Every pupil of a return with its state, in five queries whatever their number."""
    rows = list(
        ReturnPupil.objects.filter(pupil_return=pupil_return)
        .annotate(**annotated())
        .select_related("pupil")
        .prefetch_related(_decisions_of_returns())
    )
    framework = pupil_return.collection.framework
    areas = list(Area.objects.filter(framework=framework).values_list("pk", flat=True))
    last = last_decisions(pupil_return, rows)
    forward = forwards_of(pupil_return.collection, rows)
    return ReturnProgress(
        [_line(row, pupil_return, areas, last, forward.get(row.pk)) for row in rows]
    )


def annotated() -> dict[str, Any]:
    """What a row is read with: a mark that waits, and the authority of the reference date."""
    authority = authority_then("pupil", "collection")
    return {"to_look_at": still_to_look_at(), "authority": authority}


def line_of(row: ReturnPupil) -> PupilLine:
    """The line of one pupil."""
    pupil_return = row.pupil_return
    areas = list(pupil_return.collection.framework.areas.values_list("pk", flat=True))
    found = ReturnPupil.objects.annotate(**annotated()).select_related("pupil")
    found = found.prefetch_related(_decisions_of_returns())
    read = found.get(pk=row.pk)
    last = last_decisions(pupil_return, [read])
    forward = forwards_of(pupil_return.collection, [read])
    return _line(read, pupil_return, areas, last, forward.get(read.pk))


def _decisions_of_returns() -> "Prefetch[str, QuerySet[BandDecision], str]":
    open_or_in_force = Q(state__in=[DecisionState.DRAFT, DecisionState.SUBMITTED])
    found = BandDecision.objects.filter(open_or_in_force).prefetch_related("levels")
    found = found.select_related("band", "suggested_band", "decided_by")
    # As a list: a queryset for each of thousands of rows takes longer than their query.
    return Prefetch("decisions", queryset=found, to_attr="on_this_return")


def _line(
    row: ReturnPupil,
    pupil_return: Return,
    areas: list[UUID],
    last: dict[UUID, BandDecision],
    forward: Forward | None,
) -> PupilLine:
    row.pupil_return = pupil_return
    found: list[BandDecision] = getattr(row, "on_this_return")  # noqa: B009
    by_state = {decision.state: decision for decision in found}
    draft = by_state.get(DecisionState.DRAFT)
    is_application = forward is not None and forward.standing.is_application
    evidence = pupil_return.collection.framework.evidence if is_application else ()
    problems = problems_of_draft(draft, areas) if draft else []
    lacking = problems_of_evidence(evidence, draft.evidence).values() if draft else ()
    return PupilLine(
        row=row,
        draft=draft,
        submitted=by_state.get(DecisionState.SUBMITTED),
        last=last.get(row.pupil_id),
        problems=[*problems, *lacking],
        lacks_evidence=bool(lacking) and not problems,
        forward=forward,
    )


def problems_of_draft(draft: BandDecision, areas: list[UUID]) -> list[str]:
    """What a saved draft still lacks, evidence aside; `areas` are the framework's, by id."""
    return problems_of_assessment(
        areas=areas,
        levels=[level.area_id for level in draft.levels.all()],
        band=draft.band,
        suggested=draft.suggested_band,
        difference_reason=draft.difference_reason,
    )


def last_decisions(pupil_return: Return, rows: list[ReturnPupil]) -> dict[UUID, BandDecision]:
    """By pupil the agreed decision before this collection (B9), of its framework where it can."""
    collection = pupil_return.collection
    support = [row.pupil_id for row in rows if row.plan_type == PlanType.SEN_SUPPORT]
    found = (
        agreed_decisions()
        .filter(
            Q(
                pupil__in=[row.pupil_id for row in rows],
                effective_from__lte=collection.effective_from,
            )
            & (~Q(pupil__in=support) | Q(settled=True))
        )
        .exclude(collection=collection)
        .select_related("band", "framework")
    )
    last: dict[UUID, BandDecision] = {}
    for decision in found:
        known = last.get(decision.pupil_id)
        same = decision.framework_id == collection.framework_id
        if known is None or (same and known.framework_id != collection.framework_id):
            last[decision.pupil_id] = decision
    return last

"""Cases put to a panel, the panels, and what they decide for good (rules.md M5)."""

import datetime as dt
from collections.abc import Collection

from django.utils import timezone

from banding.decisions.outcomes import replace_moderated_band
from banding.models import Band
from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from banding_portal.words import counted, day
from moderation.actions.cases import case_actions
from moderation.choices import CaseState, OutcomeKind, PanelCaseState, PanelRoute
from moderation.models import Case, Outcome, Proposal
from moderation.panels.actions import outcome_actions, panel_actions, panel_case_actions
from moderation.panels.models import Panel, PanelCase, PanelMember
from moderation.panels.rules import QUORUM
from moderation.panels.selectors import (
    RELATED,
    bars_in_panel,
    eligible,
    panel_people,
    seats_of,
)
from moderation.panels.telling import (
    tell_leads,
    tell_members,
    tell_school_decided,
    tell_taken_back,
)
from moderation.selectors.settling import levels_judged, year_of
from moderation.services.outcomes import held, reason_against, record, settle
from schools.models import User

GROUNDS_WANTED = "Say why the outcome is wrong"


@verb
def escalate_case(*, case: Case, reason: str, by: User) -> PanelCase:
    """Put a judged case to a panel, which decides it for good. Raises RefusalError where it is
    not judged by everybody, not the person's, or no reason is given.
    """
    case = held(case)
    case_actions(case, by).require("escalate")
    if not reason.strip():
        raise RefusalError("Say why a panel is to decide this case", field="reason")
    item = PanelCase.objects.create(
        case=case, route=PanelRoute.ESCALATED, grounds=reason.strip(), put_by=by
    )
    case.move(CaseState.PANEL, by=by)
    tell_leads(item, by)
    return item


@verb
def take_back(*, item: PanelCase, by: User) -> PanelCase:
    """Settle an escalated case without a panel after all: it is judged as before."""
    case, item = held_both(item)
    panel_case_actions(item, by).require("take_back")
    item.move(PanelCaseState.TAKEN_BACK, by=by, panel=None)
    case.move(CaseState.JUDGED, by=by)
    return item


@verb
def challenge_outcome(*, outcome: Outcome, grounds: str, by: User) -> PanelCase:
    """The school says why an outcome is wrong; a panel decides, and the outcome stands till then.

    Once a case. Raises RefusalError, with the last day, for a challenge that comes too late, and
    without grounds.
    """
    case = held(outcome.case)
    found = Outcome.objects.select_for_update(of=("self",)).filter(case=case).first()
    if found is None:
        raise RefusalError("This case is open again, so there is no outcome to challenge now.")
    found.case = case
    outcome_actions(found, by).require("challenge")
    if not grounds.strip():
        raise RefusalError(GROUNDS_WANTED, field="grounds")
    item = PanelCase.objects.create(
        case=case,
        route=PanelRoute.CHALLENGED,
        grounds=grounds.strip(),
        put_by=by,
        before_kind=found.kind,
        before_band=found.band,
        before_reason=found.reason,
        before_from=found.effective_from,
    )
    case.move(CaseState.PANEL, by=by)
    tell_leads(item, by)
    return item


@verb
def take_challenge_back(*, outcome: Outcome, by: User) -> PanelCase:
    """The school gives its challenge up; the outcome stands as it was, and is challenged no more.

    Raises RefusalError where a panel has decided, or nothing is challenged.
    """
    case = held(outcome.case)
    found = Outcome.objects.select_for_update(of=("self",)).filter(case=case).first()
    if found is None:
        raise RefusalError("This case is open again, so there is no challenge to take back.")
    found.case = case
    outcome_actions(found, by).require("take_back")
    item = PanelCase.objects.select_for_update(of=("self",)).open().get(case=case)
    item.move(PanelCaseState.TAKEN_BACK, by=by, panel=None)
    case.move(CaseState.SETTLED, by=by)
    tell_taken_back(item, by)
    return item


@verb
def call_panel(*, meets_on: dt.date, place: str, members: Collection[User], by: User) -> Panel:
    """A meeting with its members, who are told. Raises RefusalError for too few of them."""
    panel_actions(Panel(), by).require("call")
    refuse_members(members)
    panel = Panel.objects.create(meets_on=meets_on, place=place.strip(), called_by=by)
    seat(panel, members)
    return panel


@verb
def change_panel(
    *,
    panel: Panel,
    meets_on: dt.date,
    place: str,
    members: Collection[User],
    minutes: str,
    by: User,
) -> Panel:
    """Another day, place or membership, and the minutes of the meeting as a whole.

    Raises RefusalError for a member less who has taken part in a decision.
    """
    panel = Panel.objects.select_for_update(of=("self",)).get(pk=panel.pk)
    panel_actions(panel, by).require("edit")
    refuse_members(members)
    decided = User.objects.filter(pk__in=panel.agenda.values("took_part"))
    if gone := decided.exclude(pk__in=[one.pk for one in members]).first():
        raise RefusalError(f"{gone} has taken part in a decision and stays.", field="members")
    first = panel.agenda.filter(state=PanelCaseState.DECIDED).exists()
    if first and meets_on != panel.meets_on:
        said = "The panel has decided a case, so the day on which it met stays"
        raise RefusalError(said, field="meets_on")
    if minutes.strip() and meets_on > timezone.localdate():
        said = f"The panel meets on {day(meets_on)}. Write its minutes then"
        raise RefusalError(said, field="minutes" if meets_on == panel.meets_on else "meets_on")
    panel.meets_on, panel.place, panel.minutes = meets_on, place.strip(), minutes.strip()
    panel.save(update_fields=["meets_on", "place", "minutes"])
    panel.seats.exclude(person__in=members).delete()
    seat(panel, members)
    for item in panel.agenda.filter(state=PanelCaseState.AGENDA).select_related(*RELATED):
        refuse_too_few(item, field="members")
    return panel


def refuse_too_few(item: PanelCase, *, field: str | None = None) -> None:
    """An agenda holds no case that its panel could not decide."""
    assert item.panel is not None  # noqa: S101 - it is on its agenda
    bars = bars_in_panel([item.case_id])[item.case_id]
    seats = seats_of(item.panel, item.case_id, bars)
    able = [one for one in seats if not one.bar]
    if len(able) >= QUORUM:
        return
    why = " ".join(f"{one.person} {one.bar}." for one in seats if one.bar)
    few = counted(len(able), "member") if able else "no member"
    raise RefusalError(
        f"Case {item.case.reference} needs {QUORUM} members who may take part, and this panel has "
        f"{few} who may. {why} Add members whom nothing bars, or put the case on another agenda.",
        field=field,
    )


def refuse_members(members: Collection[User]) -> None:
    if len(members) < QUORUM:
        raise RefusalError(f"A panel has {QUORUM} members at least", field="members")
    known = set(panel_people().values_list("pk", flat=True))
    for person in members:
        if person.pk not in known:
            raise RefusalError(f"{person} cannot sit on a panel", field="members")


def seat(panel: Panel, members: Collection[User]) -> None:
    there = set(panel.seats.values_list("person", flat=True))
    new = [person for person in members if person.pk not in there]
    PanelMember.objects.bulk_create(PanelMember(panel=panel, person=one) for one in new)
    if panel.meets_on >= timezone.localdate():
        tell_members(panel, {one.pk for one in new})


@verb
def put_on_agenda(*, item: PanelCase, panel: Panel, by: User) -> PanelCase:
    """A case that waits is decided by this panel. Raises RefusalError where it waits no more, and
    where fewer than two members could take part, with who takes none and why.
    """
    _, item = held_both(item)
    panel_actions(panel, by).require("edit")
    item.panel = panel
    refuse_too_few(item)
    item.move(PanelCaseState.AGENDA, by=by, panel=panel)
    return item


@verb
def take_off_agenda(*, item: PanelCase, by: User) -> PanelCase:
    _, item = held_both(item)
    panel_case_actions(item, by).require("take_off")
    item.move(PanelCaseState.WAITING, by=by, panel=None)
    return item


@verb
def decide_in_panel(
    *,
    item: PanelCase,
    band: Band,
    reason_code: str,
    reason: str,
    effective_from: dt.date,
    minutes: str,
    took_part: Collection[User],
    by: User,
) -> PanelCase:
    """Record what the panel decided, which is final for the collection (M5).

    The band is in force from `effective_from`: by the one function of banding (M8), which lets
    the challenged outcome count no more where the panel decides otherwise. Raises RefusalError
    for a case decided already, people who take no part, and what no case is settled with.
    """
    case, item = held_both(item)
    panel_case_actions(item, by).require("decide")
    refuse_decision(item, band, reason_code, reason, effective_from)
    refuse_people(item, took_part)
    if not minutes.strip():
        raise RefusalError("Enter the minutes", field="minutes")
    settle_in_panel(
        case, item, band=band, reason_code=reason_code, reason=reason.strip(),
        effective_from=effective_from, by=by,
    )  # fmt: skip
    item.move(
        PanelCaseState.DECIDED,
        by=by,
        band=band,
        reason_code=reason_code,
        reason=reason.strip(),
        effective_from=effective_from,
        minutes=minutes.strip(),
        decided_by=by,
        decided_at=timezone.now(),
    )
    item.took_part.set(took_part)
    tell_school_decided(item)
    return item


def refuse_decision(
    item: PanelCase, band: Band, reason_code: str, reason: str, effective_from: dt.date
) -> None:
    case = item.case
    school_band = case.decision.band
    if band.framework_id != case.decision.framework_id:
        raise RefusalError(f"{band} is not a band of {case.decision.framework}.", field="band")
    if band != school_band and not reason_code:
        raise RefusalError("Choose a reason for the change", field="reason_code")
    if band != school_band and (against := reason_against(school_band, band, reason_code)):
        raise RefusalError(against, field="reason_code")
    if not reason.strip():
        raise RefusalError("Explain the decision to the school", field="reason")
    first, last = days_of(item)
    if not first <= effective_from <= last:
        said = f"The date must be from {day(first)} to {day(last)}"
        raise RefusalError(said, field="effective_from")


def days_of(item: PanelCase) -> tuple[dt.date, dt.date]:
    """The days from which the decision may be in force: of a challenge not later than the outcome
    it takes the place of, so that no day is left without one.
    """
    first, last = year_of(item.case)
    return first, min(last, item.before_from) if item.before_from else last


def refuse_people(item: PanelCase, took_part: Collection[User]) -> None:
    allowed = {person.pk for person in eligible(item)}
    for person in took_part:
        if person.pk not in allowed:
            raise RefusalError(f"{person} takes no part in this case", field="took_part")
    if len({person.pk for person in took_part}) < QUORUM:
        raise RefusalError(f"{QUORUM} members at least take part", field="took_part")


def settle_in_panel(
    case: Case,
    item: PanelCase,
    *,
    band: Band,
    reason_code: str,
    reason: str,
    effective_from: dt.date,
    by: User,
) -> None:
    kind = OutcomeKind.UPHELD if band == case.decision.band else OutcomeKind.CHANGED
    code = reason_code if kind == OutcomeKind.CHANGED else ""
    shown = {"kind": kind, "band": band, "reason_code": code, "reason": reason}
    if not item.is_challenge:
        Proposal.objects.filter(case=case).delete()
        moderated = record(case, band, effective_from, reason, by)
        settle(case, by, effective_from=effective_from, moderated_decision=moderated, **shown)
        return
    outcome = Outcome.objects.select_related("moderated_decision").get(case=case)
    assert outcome.moderated_decision is not None  # noqa: S101 - a withdrawn case is not challenged
    moderated = replace_moderated_band(
        moderated=outcome.moderated_decision,
        band=band,
        effective_from=effective_from,
        reason=reason,
        by=by,
        levels=levels_judged(case, band),
    )
    changed = shown | {"effective_from": effective_from, "moderated_decision": moderated}
    for name, value in {**changed, "recorded_by": by, "agreed_by": None}.items():
        setattr(outcome, name, value)
    outcome.save()
    case.move(CaseState.SETTLED, by=by)


def held_both(item: PanelCase) -> tuple[Case, PanelCase]:
    """The decision and the case first, as whoever settles it holds them."""
    case = held(Case(pk=item.case_id))
    rows = PanelCase.objects.select_for_update(of=("self",))
    item = rows.select_related(*RELATED).get(pk=item.pk)
    item.case = case
    return case, item

"""What banding adds to a pupil's page: the band decisions the person may see."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from banding.change_requests.actions import asking_for
from banding.change_requests.selectors import rows_to_ask_of
from banding.choices import ChangeRequestState, DecisionState, RequestState, ReturnState
from banding.decisions.agreed_bands import agreed_decisions
from banding.exceptional.models import ExceptionalRequestQuerySet
from banding.exceptional.selectors import decisions_to_ask_of
from banding.models import (
    BandDecision,
    ChangeRequest,
    ExceptionalRequest,
    ReturnPupil,
    Transfer,
)
from banding.panel.actions import decision_actions
from banding.transfers.selectors import year_of
from banding_portal.actions import Actions, actions_for
from banding_portal.pictures.timeline import Span
from banding_portal.roles import (
    ALL_PUPIL_ROLES,
    BANDING_SCHOOL_ROLES,
    SENCO,
    SEND_OFFICER,
    Role,
)
from schools.choices import PlanType
from schools.models import Placement, Pupil, User
from schools.pupil_sections import PupilSection

SHADES = 6
RELATED = (
    *("school", "decision__pupil", "return_pupil__pupil"),
    "return_pupil__pupil_return__school",
)
"""What saying who a request belongs to looks at."""


def decisions(pupil: Pupil, user: User) -> PupilSection:
    """Decisions newest first, with their bands over time by framework (rules.md B4, B6). A draft
    on a return that lists the pupil no longer waits there, should they come back.
    """
    rows = list(
        BandDecision.objects.visible_to(user)
        .filter(pupil=pupil)
        .exclude(state=DecisionState.DRAFT, return_pupil__off_since__isnull=False)
        .select_related("band", "framework", "collection", "school", "asked_for_by")
        .order_by("-effective_from", "-submitted_at")
    )
    for row in rows:
        row.can = decision_actions(row, user)  # type: ignore[attr-defined]
    context = {"decisions": rows, "panel_url": panel_url(pupil, user)}
    return PupilSection("banding/_pupil_decisions.html", context, spans_of(rows))


def transfers(pupil: Pupil, user: User) -> PupilSection:
    """Where a pupil moves on to in September, as far as the person may see it (S7)."""
    placed = (
        Placement.objects.visible_to(user).filter(pupil=pupil).select_related("pupil", "school")
    )
    own = user.school_ids_as(*SENCO)
    naming = [
        each
        for each in placed.order_by("-start")
        if (user.has_role(*SEND_OFFICER) or each.school_id in own) and year_of(each)
    ]
    named = Transfer.objects.visible_to(user).filter(pupil=pupil).select_related("to_school")
    context = {"named": list(named.order_by("named_at")), "naming": naming[:1]}
    return PupilSection("banding/_pupil_transfers.html", context)


def exceptional(pupil: Pupil, user: User) -> PupilSection:
    """What was asked for beyond the bands, and from where the school asks now (B11)."""
    found = requests_of(user).of_pupils([pupil])
    asked = found.exclude(state=RequestState.WITHDRAWN).order_by("-asked_at")
    own = user.school_ids_as(*SENCO)
    rows = ReturnPupil.objects.filter(pupil=pupil, pupil_return__school__in=own)
    latest = rows.order_by("-pupil_return__collection__reference_date").first() if own else None
    is_office = user.has_role(*ALL_PUPIL_ROLES)
    rows_asked = with_actions(asked.select_related(*RELATED), user)
    context = {"asked": rows_asked, "is_office": is_office, "create_url": ""}
    if latest:
        context["create_url"] = reverse("banding:exceptional_create", args=[latest.pk])
    elif own and (decision := decisions_to_ask_of(user).filter(pupil=pupil).first()):
        context["create_url"] = reverse("banding:exceptional_of_decision", args=[decision.pk])
    return PupilSection("banding/_pupil_exceptional.html", context)


def changes_of_band(pupil: Pupil, user: User) -> PupilSection:
    """Other bands that schools asked for after their returns were accepted (B14)."""
    found = ChangeRequest.objects.visible_to(user).filter(return_pupil__pupil=pupil)
    asked = found.exclude(state=ChangeRequestState.WITHDRAWN).select_related(
        "band", "return_pupil__pupil_return__school"
    )
    rows = with_actions(asked.order_by("-asked_at"), user)
    context = {
        "asked": rows,
        "is_office": user.has_role(*ALL_PUPIL_ROLES),
        "can": asking_from(pupil, user),
    }
    return PupilSection("banding/_pupil_changes.html", context)


def asking_from(pupil: Pupil, user: User) -> Actions:
    """Asking for another band of the last accepted return, where that is of a school that became
    the person's; of their own they ask on the return (S1).
    """
    own = user.school_ids_as(*SENCO)
    if not own:
        return Actions()
    rows = rows_to_ask_of(user).filter(pupil=pupil, pupil_return__state=ReturnState.ACCEPTED)
    latest = rows.order_by("-pupil_return__collection__reference_date").first()
    if latest is None or latest.pupil_return.school_id in own:
        return Actions()
    return asking_for(latest, user)


def with_actions(asked: QuerySet[Any], user: User) -> list[Any]:
    """Requests with what the person may do about each."""
    rows = list(asked)
    for row in rows:
        row.can = actions_for(row, user)
    return rows


def requests_of(user: User) -> ExceptionalRequestQuerySet:
    if user.has_role(*ALL_PUPIL_ROLES):
        return ExceptionalRequest.objects.all()
    return ExceptionalRequest.objects.of_schools(user.school_ids_as(*BANDING_SCHOOL_ROLES))


def bands(pupils: list[Any], user: User) -> dict[UUID, list[BandDecision]]:
    """By pupil of a list the agreed decision on its `as_of`, one of each framework (B4, B6, B9)."""
    by_id = {pupil.pk: pupil for pupil in pupils}
    seen = BandDecision.objects.visible_to(user).filter(pupil__in=by_id)
    rows: QuerySet[Any] = agreed_decisions().filter(pk__in=seen)
    found: dict[UUID, dict[UUID, BandDecision]] = {}
    for decision in rows.select_related("band", "framework"):
        pupil = by_id[decision.pupil_id]
        counts = pupil.plan_now != PlanType.SEN_SUPPORT or decision.settled
        if decision.band and counts and decision.effective_from <= pupil.as_of:
            found.setdefault(pupil.pk, {}).setdefault(decision.framework_id, decision)
    return {
        pupil: sorted(each.values(), key=lambda decision: decision.framework.name)
        for pupil, each in found.items()
    }


def panel_url(pupil: Pupil, user: User) -> str:
    """Where an officer bands the pupil for the panel; empty for everybody else."""
    if not user.has_role(Role.SEND_OFFICER):
        return ""
    return reverse("banding:panel_list", args=[pupil.pk])


def spans_of(rows: list[BandDecision]) -> list[Span]:
    """A bar for each band from the day it takes effect until the next one does."""
    counting = [row for row in rows if row.band and row.state == DecisionState.SUBMITTED]
    until: dict[object, dt.date] = {}
    spans = []
    for row in counting:
        assert row.band is not None  # noqa: S101 - filtered above
        following = until.get(row.framework_id)
        until[row.framework_id] = row.effective_from
        if following == row.effective_from:
            continue
        end = following - dt.timedelta(days=1) if following else None
        shade = min(max(row.band.rank, 1), SHADES)
        spans.append(Span(row.framework.name, row.band.name, row.effective_from, end, shade))
    return spans

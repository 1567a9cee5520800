"""Tell leads, members and schools of panels and challenges (R3: no pupil is named)."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from django.urls import reverse

from banding.returns.telling import happening
from banding_portal.notices.choices import NoticeKind
from banding_portal.notices.services import Happening, notify
from banding_portal.roles import MODERATION_LEAD
from banding_portal.words import day
from moderation.models import Case
from moderation.panels.models import Panel, PanelCase
from schools.models import User
from schools.selectors.successors import gone_on_at
from schools.services.news import tell_authority

DECIDED = (
    "A panel has decided about a band that your school chose. Open the page to see what it decided "
    "and why. Its decision is final for this collection."
)


def tell_leads(item: PanelCase, by: User) -> None:
    """That a case waits for a panel."""
    what = "a school challenges the outcome of" if item.is_challenge else "a panel is to decide"
    tell_authority(
        NoticeKind.PANEL,
        MODERATION_LEAD,
        key=str(item.pk),
        title=f"{name_of(item.case)}: {what} case {item.case.reference}",
        path=reverse("moderation:panel_list"),
        by=by,
    )


def tell_taken_back(item: PanelCase, by: User) -> None:
    """Leads: that a panel has nothing to decide any more."""
    tell_authority(
        NoticeKind.PANEL,
        MODERATION_LEAD,
        key=f"taken back {item.pk}",
        title=f"{name_of(item.case)}: the school takes back its challenge of case "
        f"{item.case.reference}",
        path=reverse("moderation:panel_list"),
        by=by,
    )


def tell_members(panel: Panel, people: Collection[UUID]) -> None:
    """Who is new on a panel, once a panel and day."""
    told = Happening(
        people,
        key=f"{panel.pk} {panel.meets_on}",
        title=f"You are a member of the panel that meets on {day(panel.meets_on)}",
        path=reverse("moderation:panel_detail", args=[panel.pk]),
    )
    notify(NoticeKind.PANEL_CALLED, [told])


def tell_school_decided(item: PanelCase) -> None:
    """SENCOs and headteachers, unless outcomes are held till the day of feedback (M11)."""
    decision = item.case.decision
    collection = decision.collection
    if decision.school is None or (collection and collection.holds_outcomes):
        return
    school = gone_on_at(decision.school, decision.pupil_id)
    title = f"{name_of(item.case)}: the panel has decided about one of your pupils"
    path = reverse("moderation:outcome_detail", args=[item.case.outcome.pk])
    told = happening(school, f"panel {item.pk}", title, path)
    notify(NoticeKind.OUTCOME, [replace(told, text=DECIDED)])


def name_of(case: Case) -> str:
    return case.sample.collection.name

"""Panels, their agenda, and the cases they decide (rules.md M5)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from banding_portal.pages import ActionPage, FormPage, ListPage, Page
from banding_portal.pages.base import About
from banding_portal.pages.sorting import by
from banding_portal.roles import (
    JUDGES,
    MODERATION_LEAD,
    MODERATION_READERS,
    PANEL_MEMBERS,
    PANEL_READERS,
)
from banding_portal.words import day
from moderation.actions.cases import case_actions
from moderation.choices import ChangeReason, PanelCaseState
from moderation.evidence.selectors import requests_of
from moderation.models import Case
from moderation.panels.actions import panel_actions, panel_case_actions, why_not_read
from moderation.panels.forms import DecideForm, EscalateForm, PanelForm
from moderation.panels.models import Panel, PanelCase
from moderation.panels.selectors import RELATED, bars_in_panel, judges_still, waiting_for_panel
from moderation.panels.services import (
    call_panel,
    change_panel,
    decide_in_panel,
    escalate_case,
    put_on_agenda,
    take_back,
    take_off_agenda,
)
from moderation.selectors.comparison import comparison_for
from moderation.views.checking import ChecksFirst
from moderation.views.finding import AboutCase, case_url


class CaseEscalate(AboutCase, FormPage[Case]):
    """A judged case that a panel is to decide."""

    allowed_roles = JUDGES
    form_class = EscalateForm
    template_name = "moderation/case_escalate.html"

    def why_closed(self) -> str | Sequence[str]:
        return case_actions(self.found, self.user).why_not("escalate")

    def context(self) -> dict[str, Any]:
        return {"case": self.found}

    def act(self, form: EscalateForm) -> str:
        escalate_case(case=self.found, reason=form.cleaned_data["reason"], by=self.user)
        return "Put to a panel. The moderation lead puts it on an agenda."


class PanelList(ListPage[None]):
    """The panels a person sees, and for the lead the cases that wait for one."""

    allowed_roles = PANEL_READERS
    template_name = "moderation/panel_list.html"
    orders: ClassVar = {
        "day": by("-meets_on"),
        "cases": by("count", "-meets_on"),
        "decided": by("decided_count", "-meets_on"),
    }

    def rows(self, wanted: dict[str, Any]) -> QuerySet[Panel]:
        decided = Count("agenda", filter=Q(agenda__state=PanelCaseState.DECIDED), distinct=True)
        count = Count("agenda", distinct=True)
        panels = Panel.objects.visible_to(self.user).annotate(count=count, decided_count=decided)
        return panels.order_by("-meets_on", "-called_at")

    def context(self) -> dict[str, Any]:
        leads = self.user.has_role(*MODERATION_LEAD)
        waiting = waiting_for_panel() if leads else PanelCase.objects.none()
        up = "moderation:home" if self.user.has_role(*MODERATION_READERS) else "home"
        return {"waiting": list(waiting), "none_yet": Panel(), "up": reverse(up)}


class PanelCreate(FormPage[None]):
    allowed_roles = MODERATION_LEAD
    sends_once = True
    form_class = PanelForm
    template_name = "moderation/panel_edit.html"
    made: Panel

    def act(self, form: PanelForm) -> str:
        self.made = call_panel(by=self.user, **form.cleaned_data)
        return f"The panel meets on {day(self.made.meets_on)}. Its members are told."

    def next_url(self) -> str:
        return reverse("moderation:panel_detail", args=[self.made.pk])


class AboutPanel(About[Panel], abstract=True):
    def find(self) -> Panel:
        panels = Panel.objects.visible_to(self.user).select_related("called_by")
        return get_object_or_404(panels, pk=self.kwargs["pk"])

    def next_url(self) -> str:
        return reverse("moderation:panel_detail", args=[self.found.pk])


class PanelEdit(AboutPanel, FormPage[Panel]):
    allowed_roles = MODERATION_LEAD
    form_class = PanelForm
    template_name = "moderation/panel_edit.html"

    def get_initial(self) -> dict[str, Any]:
        panel = self.found
        members = [seat.person_id for seat in panel.seats.all()]
        shown = {name: getattr(panel, name) for name in ("meets_on", "place", "minutes")}
        return shown | {"members": members}

    def form_options(self) -> dict[str, Any]:
        return {"panel": self.found}

    def context(self) -> dict[str, Any]:
        return {"panel": self.found}

    def act(self, form: PanelForm) -> str:
        given = {"minutes": self.found.minutes} | form.cleaned_data
        change_panel(panel=self.found, by=self.user, **given)
        return "Saved."


class PanelDetail(AboutPanel, Page[Panel]):
    """Agenda, members, and who takes no part in which case."""

    allowed_roles = PANEL_READERS
    template_name = "moderation/panel_detail.html"

    def context(self) -> dict[str, Any]:
        panel = self.found
        agenda = list(panel.agenda.select_related(*RELATED).order_by("put_at"))
        seats = list(panel.seats.select_related("person"))
        bars = bars_in_panel(item.case_id for item in agenda)
        barred = [
            {"item": item, "person": seat.person, "why": bars[item.case_id][seat.person_id]}
            for item in agenda
            for seat in seats
            if seat.person_id in bars[item.case_id]
        ]
        leads = self.user.has_role(*MODERATION_LEAD)
        return {
            "panel": panel,
            "agenda": [
                {"item": item, "barred": self.user.pk in bars[item.case_id]} for item in agenda
            ],
            "seats": seats,
            "barred": barred,
            "minutes_wait": judges_still(self.user),
            "can": panel_actions(panel, self.user),
            "waiting": list(waiting_for_panel()) if leads else [],
        }


class AboutItem(About[PanelCase], abstract=True):
    def find(self) -> PanelCase:
        items = PanelCase.objects.visible_to(self.user).select_related(*RELATED)
        return get_object_or_404(items, pk=self.kwargs["pk"])

    def next_url(self) -> str:
        return reverse("moderation:panel_case_detail", args=[self.found.pk])


class PanelCaseDetail(AboutItem, Page[PanelCase]):
    """Everything about a case for who takes part in it; for others that they do not."""

    allowed_roles = PANEL_READERS
    template_name = "moderation/panel_case_detail.html"

    def context(self) -> dict[str, Any]:
        item = self.found
        can = panel_case_actions(item, self.user)
        barred = why_not_read(item, self.user)
        if barred:
            return {"item": item, "barred": barred, "can": can}
        return {
            "item": item,
            "can": can,
            "case": item.case,
            "decision": item.case.decision,
            "comparison": comparison_for(item.case, self.user),
            "evidence": requests_of(item.case_id),
            "took_part": list(item.took_part.order_by("name")),
        }


class PanelCaseDecide(AboutItem, ChecksFirst[PanelCase]):
    """The band, from when, why, who took part, and the minutes; then the same to be checked."""

    allowed_roles = PANEL_MEMBERS
    form_class = DecideForm
    template_name = "moderation/panel_case_decide.html"
    check_template = "moderation/panel_case_check.html"
    refuses_posts = True  # its form names the school's band (M4)

    def why_closed(self) -> str | Sequence[str]:
        return panel_case_actions(self.found, self.user).why_not("decide")

    def form_options(self) -> dict[str, Any]:
        return {"item": self.found}

    def context(self) -> dict[str, Any]:
        return {"item": self.found, "decision": self.found.case.decision}

    def checked(self, form: DecideForm) -> dict[str, Any]:
        chosen = form.cleaned_data
        code = chosen["reason_code"]
        return {
            "chosen": chosen,
            "reason_words": ChangeReason(code).label if code else "",
            "from_day": day(chosen["effective_from"]),
            "took_part": [str(person) for person in chosen["took_part"]],
            "told_on": self.told_on(),
        }

    def told_on(self) -> str:
        """The day of feedback, where the school is not told at once."""
        collection = self.found.case.decision.collection
        if collection is None or not collection.holds_outcomes:
            return ""
        return day(collection.feedback_on)

    def act(self, form: DecideForm) -> str:
        decide_in_panel(item=self.found, by=self.user, **form.cleaned_data)
        return "Decided. This is final for the collection."


class PanelCasePut(AboutItem, ActionPage[PanelCase]):
    """A waiting case, put on the agenda of the panel named in `panel`."""

    allowed_roles = MODERATION_LEAD

    def act(self) -> str:
        panel = get_object_or_404(Panel.objects.visible_to(self.user), pk=self.kwargs["panel"])
        put_on_agenda(item=self.found, panel=panel, by=self.user)
        return f"Case {self.found.case.reference} is on the agenda."

    def next_url(self) -> str:
        return reverse("moderation:panel_detail", args=[self.kwargs["panel"]])


class PanelCaseTakeOff(AboutItem, ActionPage[PanelCase]):
    allowed_roles = MODERATION_LEAD

    def act(self) -> str:
        take_off_agenda(item=self.found, by=self.user)
        return f"Case {self.found.case.reference} is off the agenda and waits for another panel."


class PanelCaseTakeBack(AboutItem, ActionPage[PanelCase]):
    allowed_roles = MODERATION_LEAD

    def act(self) -> str:
        take_back(item=self.found, by=self.user)
        return "Taken back. The case is to be settled as before."

    def next_url(self) -> str:
        return case_url(self.found.case)

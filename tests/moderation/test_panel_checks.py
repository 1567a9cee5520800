"""What a panel decides is checked first, and agendas and minutes fit the meeting (M5)."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from banding_portal.refusals import RefusalError
from moderation.choices import PanelCaseState
from moderation.models import PanelCase
from moderation.panels.services import change_panel, put_on_agenda
from tests.moderation.panels import challenged, escalated, officer, panel_with, settled_case
from tests.moderation.panels import on_agenda as put
from tests.moderation.world import lead, works_at

pytestmark = pytest.mark.django_db


def page(name, *args):
    return reverse(f"moderation:{name}", args=args)


def today():
    return timezone.localdate()


def as_member(item):
    client = Client()
    client.force_login(item.panel.seats.first().person)
    return client


def answers(item, **more):
    decision = item.case.decision
    day = decision.effective_from
    return {
        "band": decision.framework.bands.get(code="A").pk,
        "reason_code": "descriptor",
        "reason": "We read everything.",
        "took_part": [seat.person_id for seat in item.panel.seats.all()],
        "minutes": "All agreed.",
        "effective_from_0": day.day,
        "effective_from_1": day.month,
        "effective_from_2": day.year,
    } | more


def test_nothing_is_recorded_before_it_was_checked():
    item = put(challenged(settled_case()))
    client, url = as_member(item), page("panel_case_decide", item.pk)
    shown = client.post(url, answers(item))
    for said in ("Check the decision of the panel", "Band A", "All agreed.", "Nobody can change"):
        assert said in shown.text
    names = [seat.person.name for seat in item.panel.seats.all()]
    assert ", ".join(sorted(names)) in shown.text
    assert PanelCase.objects.get().state == PanelCaseState.AGENDA
    assert shown.text.count('name="took_part"') == len(names) == 2
    again = client.post(url, answers(item, again="1"))
    assert "Record the decision of the panel" in again.text
    assert "All agreed.</textarea>" in again.text
    done = client.post(url, answers(item, checked="1"), follow=True)
    assert "Decided. This is final for the collection." in done.text


def test_what_is_wrong_is_told_before_the_check():
    item = put(escalated())
    shown = as_member(item).post(page("panel_case_decide", item.pk), answers(item, minutes=""))
    assert "Enter the minutes" in shown.text
    assert "Check the decision of the panel" not in shown.text


def test_a_reason_that_is_needed_with_another_band_is_not_called_optional():
    item = put(escalated())
    shown = as_member(item).get(page("panel_case_decide", item.pk)).text
    label = shown.split("Reason, where it differs")[1].split("</legend>")[0]
    assert "(optional)" not in label


def test_no_case_comes_on_the_agenda_of_a_panel_that_could_not_decide_it():
    item, barred, free, by = escalated(), officer(), officer(), lead()
    works_at(barred, item.case.decision.school)
    panel = panel_with(barred, free, by=by)
    with pytest.raises(RefusalError) as refused:
        put_on_agenda(item=item, panel=panel, by=by)
    said = str(refused.value)
    assert "needs 2 members who may take part, and this panel has 1 member who may" in said
    assert f"{barred} works or worked for this school." in said
    assert "Add members whom nothing bars" in said
    client = Client()
    client.force_login(by)
    shown = client.post(page("panel_case_put", panel.pk, item.pk), follow=True)
    assert "Add members whom nothing bars" in shown.text
    assert PanelCase.objects.get().state == PanelCaseState.WAITING


def change(panel, **given):
    members = [seat.person for seat in panel.seats.all()]
    usual = {"meets_on": panel.meets_on, "place": panel.place, "members": members, "minutes": ""}
    return change_panel(panel=panel, by=panel.called_by, **usual | given)


def test_members_whom_its_agenda_needs_stay_on_a_panel():
    item = put(escalated(), officer(), officer())
    barred = officer()
    works_at(barred, item.case.decision.school)
    with pytest.raises(RefusalError, match="needs 2 members"):
        change(item.panel, members=[item.panel.seats.first().person, barred])
    assert item.panel.seats.count() == 2


def test_minutes_are_written_once_the_panel_has_met():
    panel = panel_with(on=today() + dt.timedelta(days=3))
    with pytest.raises(RefusalError, match="Write its minutes then"):
        change(panel, minutes="All were there.")
    client = Client()
    client.force_login(panel.called_by)
    assert "Minutes of the meeting" not in client.get(page("panel_edit", panel.pk)).text
    met = panel_with(on=today())
    assert change(met, minutes="All were there.").minutes == "All were there."
    with pytest.raises(RefusalError, match="Write its minutes then"):
        change(met, minutes="All were there.", meets_on=today() + dt.timedelta(days=1))

"""A draft can be deleted, and one without lines goes nowhere else (rules.md F6, F7)."""

import pytest
from django.urls import reverse

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.models import Line, Run, RunException
from funding.selectors.readiness import EMPTY
from funding.services.publishing import delete_draft, publish_run, send_for_checking
from tests.banding.races import at_once
from tests.factories import PeriodFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import checked, draft, published, sent_anyway

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(db):
    set_value()
    funded_pupil()
    return PeriodFactory()


@pytest.fixture
def officer(db):
    return person(Role.FINANCE_OFFICER)


def test_draft_of_nothing_is_not_sent(officer):
    run = draft(PeriodFactory(), officer)
    with pytest.raises(RefusalError, match=EMPTY):
        send_for_checking(run=run, by=officer)


def test_draft_of_nothing_is_not_published(officer):
    run = sent_anyway(PeriodFactory(), officer)
    with pytest.raises(RefusalError, match=EMPTY):
        publish_run(run=run, by=person(Role.FINANCE_AUTHORISER))


def test_deleted_with_its_lines_and_exceptions(period, officer, client):
    funded_pupil(code=None)
    run = draft(period, officer)
    client.force_login(officer)
    address = reverse("funding:run_delete", args=[run.pk])
    assert "The period can be calculated again" in client.get(address).text
    said = client.post(address, follow=True)
    assert f"The draft for {period.name} is deleted." in said.text
    left = [model.objects.count() for model in (Run, Line, RunException)]
    assert left == [0, 0, 0]
    assert draft(period, officer).sequence == 1


@pytest.mark.parametrize("made", [checked, published])
def test_only_a_draft_is_deleted(period, officer, made):
    run = made(period)
    with pytest.raises(RefusalError):
        delete_draft(run=run, by=officer)
    assert run.lines.exists()


@pytest.mark.django_db(transaction=True)
def test_sent_or_deleted_when_both_are_pressed_at_once(period, officer):
    run = draft(period, officer)
    sent, deleted = at_once(
        [lambda: send_for_checking(run=run, by=officer), lambda: delete_draft(run=run, by=officer)]
    )
    assert isinstance(sent, RefusalError) != isinstance(deleted, RefusalError)
    left = Run.objects.filter(pk=run.pk).first()
    assert left is None or (left.state == "checked" and left.lines.count() == 1)

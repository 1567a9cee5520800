"""A framework is prepared, published, retired, and frozen once it is used (rules.md B1)."""

import datetime as dt
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.db.utils import InternalError
from django.urls import reverse

from banding.choices import DecisionState, FrameworkState
from banding.collections.forms import CollectionForm
from banding.collections.services import problems_to_open
from banding.frameworks.publishing import publish_framework, retire_framework, share_framework
from banding.frameworks.selectors import frameworks_in_force
from banding.frameworks.services import import_framework, load_framework
from banding.models import Framework
from banding.panel.services import decide_for_panel
from banding_portal.refusals import RefusalError
from banding_portal.roles import FRAMEWORK_PREPARERS, Role
from tests.banding.test_frameworks import DATA, changed
from tests.factories import (
    BandDecisionFactory,
    CollectionFactory,
    FrameworkFactory,
    PupilFactory,
    person,
)
from tests.races import until_waiting

DAY = dt.date(2026, 9, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(db):
    return person(Role.ADMINISTRATOR)


def draft(**fields):
    return FrameworkFactory(state=FrameworkState.DRAFT, **fields)


def test_loaded_framework_is_a_draft_until_it_is_published(admin):
    framework = load_framework(DATA).framework
    assert framework.state == FrameworkState.DRAFT
    assert frameworks_in_force(DAY, "EHCP") == []
    publish_framework(framework=framework, by=admin)
    assert frameworks_in_force(DAY, "EHCP") == [framework]
    load_framework(changed(name="New name"))
    assert Framework.objects.get().state == FrameworkState.PUBLISHED


def test_command_publishes_what_it_loads_and_a_file_on_screen_does_not():
    content = json.dumps(DATA).encode()
    import_framework(None, filename="f.json", content=content)
    assert Framework.objects.get().state == FrameworkState.DRAFT
    import_framework(None, filename="f.json", content=content, publish=True)
    assert Framework.objects.get().state == FrameworkState.PUBLISHED


@pytest.mark.parametrize("state", [FrameworkState.DRAFT, FrameworkState.RETIRED])
def test_nobody_is_banded_under_what_is_not_published(state):
    framework = FrameworkFactory(state=state)
    assert framework not in CollectionForm().fields["framework"].queryset
    days = (DAY, DAY, DAY)
    assert problems_to_open(framework, ["mainstream"], *days) == [
        "Test framework is not published."
    ]
    with pytest.raises(RefusalError, match="not published"):
        decide_for_panel(
            pupil=PupilFactory(),
            framework=framework,
            levels={},
            band=framework.bands.first(),
            difference_reason="",
            rationale="",
            effective_from=DAY,
            by=person(Role.SEND_OFFICER),
        )


def test_draft_is_seen_by_those_who_prepare_it_alone(school):
    framework = draft()
    seen = {
        role
        for role in (Role.SENCO, Role.FINANCE_OFFICER, *FRAMEWORK_PREPARERS)
        if Framework.objects.visible_to(
            person(role, school=school if role == Role.SENCO else None)
        ).contains(framework)
    }
    assert seen == FRAMEWORK_PREPARERS


def test_retired_framework_can_be_published_again(admin, framework):
    retire_framework(framework=framework, by=admin)
    assert frameworks_in_force(DAY, "EHCP") == []
    publish_framework(framework=framework, by=admin)
    assert frameworks_in_force(DAY, "EHCP") == [framework]


def test_framework_of_an_open_collection_is_not_retired(admin, framework):
    CollectionFactory(framework=framework, name="Autumn exercise")
    with pytest.raises(RefusalError, match="Autumn exercise is still open on it"):
        retire_framework(framework=framework, by=admin)


def test_only_administrators_move_a_framework(framework):
    officer = person(Role.SEND_OFFICER)
    for move in (publish_framework, retire_framework):
        with pytest.raises(RefusalError, match="Your role"):
            move(framework=framework, by=officer)
    with pytest.raises(RefusalError, match="Your role"):
        share_framework(framework=framework, is_open=True, by=officer)


def test_draft_is_not_opened_to_everybody(admin):
    with pytest.raises(RefusalError):
        share_framework(framework=draft(), is_open=True, by=admin)


def test_buttons_publish_share_and_retire(sign_in):
    client, framework = sign_in(Role.ADMINISTRATOR), draft()

    def press(name, **given):
        url = reverse(f"banding:framework_{name}", args=[framework.pk])
        page = client.post(url, given, follow=True)
        framework.refresh_from_db()
        return page.content.decode()

    assert "is published" in press("publish")
    assert "Anybody who has the address" in press("share", open="yes")
    assert framework.is_open
    assert "Only people who sign in" in press("share", open="no")
    assert "is retired" in press("retire")
    assert framework.state == FrameworkState.RETIRED


def use(framework, state, code="B"):
    return BandDecisionFactory(
        return_pupil__pupil_return__collection__framework=framework, state=state, band_code=code
    )


def execute(sql):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


CHANGES = [
    "UPDATE banding_framework SET name = 'Other'",
    "UPDATE banding_framework SET conditions = '{other}'",
    "UPDATE banding_band SET rank = rank + 10",
    (
        "INSERT INTO banding_band (id, framework_id, code, name, rank, summary) "
        "SELECT gen_random_uuid(), id, 'Z', 'Band Z', 90, '' FROM banding_framework"
    ),
    "UPDATE banding_area SET name = 'Other'",
    (
        "INSERT INTO banding_area (id, framework_id, code, name, position) "
        "SELECT gen_random_uuid(), id, 'z', 'Area', 90 FROM banding_framework"
    ),
    "UPDATE banding_level SET descriptor = 'Other'",
    "DELETE FROM banding_level WHERE code = '3'",
    (
        "INSERT INTO banding_level (id, area_id, code, rank, descriptor) "
        "SELECT gen_random_uuid(), id, 'z', 90, 'Other' FROM banding_area"
    ),
]


@pytest.mark.parametrize("sql", CHANGES)
def test_plain_sql_changes_nothing_of_a_used_framework(framework, sql):
    use(framework, DecisionState.SUBMITTED)
    with pytest.raises(InternalError, match="that decisions use never changes"):
        execute(sql)


@pytest.mark.parametrize("sql", CHANGES)
def test_plain_sql_changes_a_framework_that_drafts_alone_use(framework, sql):
    use(framework, DecisionState.DRAFT)
    execute(sql)


def test_used_framework_is_still_retired_and_shared(framework):
    use(framework, DecisionState.SUPERSEDED)
    execute("UPDATE banding_framework SET state = 'retired', is_open = true")
    assert Framework.objects.get().is_open


def test_examples_of_a_used_framework_may_change_and_nothing_else_with_them():
    """No band follows from them, and training cases are added while it is in use (M12)."""
    use(load_framework(DATA).framework, DecisionState.SUBMITTED, "low")
    example = {"pupil": "Ned.", "levels": [], "band": "low", "why": "Little.", "calibration": True}
    with pytest.raises(RefusalError, match="is in use and cannot change"):
        load_framework(changed(name="New name", examples=[example]))
    assert load_framework(changed(examples=[example])).change == "changed"
    assert Framework.objects.get().examples == [example]
    assert load_framework(changed(examples=[example])).change == "unchanged"


def test_band_of_a_used_framework_is_not_deleted(framework):
    use(framework, DecisionState.SUBMITTED)
    with pytest.raises(InternalError, match="that decisions use never changes"):
        execute("DELETE FROM banding_band WHERE code = 'C'")


@pytest.mark.django_db(transaction=True)
def test_framework_does_not_change_while_a_decision_under_it_is_submitted():
    framework = load_framework(DATA).framework
    decision = use(framework, DecisionState.DRAFT, "low")

    def change():
        try:
            return load_framework(changed(name="New name"))
        except RefusalError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread, transaction.atomic():
        decision.state = DecisionState.SUBMITTED
        decision.save()
        changing = thread.submit(change)
        until_waiting(1)
    assert "is in use and cannot change" in str(changing.result())
    assert Framework.objects.get().name == "Matrix"

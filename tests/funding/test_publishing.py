"""From draft to published (F6, F7): who may, what refuses, and that nothing changes after."""

from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.utils import InternalError

from banding_portal.database.owner import as_who_connected
from banding_portal.models import Notice
from banding_portal.notices.choices import NoticeKind
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.actions import run_actions
from funding.models import Run
from funding.services.exceptions import clear_exception, clear_exceptions
from funding.services.publishing import (
    publish_run,
    send_back,
    send_for_checking,
)
from funding.services.runs import calculate_run
from schools.models import User
from tests.factories import (
    MembershipFactory,
    PeriodFactory,
    PlacementFactory,
    SchoolFactory,
    person,
)
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import sent_anyway

pytestmark = pytest.mark.django_db


@pytest.fixture
def preparer(db):
    return person(Role.FINANCE_OFFICER)


@pytest.fixture
def sender(db):
    return person(Role.FINANCE_OFFICER)


@pytest.fixture
def authoriser(db):
    return person(Role.FINANCE_AUTHORISER)


@pytest.fixture
def period(db):
    set_value()
    return PeriodFactory()


@pytest.fixture
def checked(period, preparer, sender):
    funded_pupil()
    return send_for_checking(run=calculate_run(period=period, by=preparer), by=sender)


def test_a_checked_run_is_published_by_another_person(checked, authoriser):
    run = publish_run(run=checked, by=authoriser)
    assert (run.state, run.published_by, run.control_total) == (
        "published",
        authoriser,
        Decimal("1220.00"),
    )
    assert run.published_at is not None


def test_a_draft_is_not_published(period, preparer, authoriser):
    run = calculate_run(period=period, by=preparer)
    with pytest.raises(RefusalError, match="It has to be sent for checking first"):
        publish_run(run=run, by=authoriser)


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("preparer", "You prepared this run. Somebody else has to publish it."),
        ("sender", "You sent this run for checking. Somebody else has to publish it."),
    ],
)
def test_own_run_is_not_published(who, sentence, checked, request):
    by = request.getfixturevalue(who)
    MembershipFactory(user=by, role=Role.FINANCE_AUTHORISER)
    by = User.objects.get(pk=by.pk)
    with pytest.raises(RefusalError) as refused:
        publish_run(run=checked, by=by)
    assert str(refused.value) == sentence
    assert run_actions(checked, by).why_not("publish") == [sentence]
    assert Run.objects.get().state == "checked"


def test_every_reason_is_given_with_its_count(period, preparer, authoriser):
    school, other = SchoolFactory(), SchoolFactory()
    funded_pupil(school, "A")
    PlacementFactory(pupil=funded_pupil(school), school=other, start=period.start)
    PlacementFactory(pupil=funded_pupil(school), school=other, start=period.start)
    funded_pupil(school, None)
    run = sent_anyway(period, preparer)
    assert sorted(run.exceptions.values_list("kind", flat=True)) == [
        "no_agreed_band",
        "overlap",
        "overlap",
    ]
    with pytest.raises(RefusalError) as refused:
        publish_run(run=run, by=authoriser)
    assert list(refused.value.problems) == [
        "1 line is on a band without a value. Set the values first.",
        "3 exceptions are not cleared yet.",
    ]
    assert run_actions(run, authoriser).why_not("publish") == list(refused.value.problems)
    run = send_back(run=run, by=authoriser)
    with pytest.raises(RefusalError) as not_sent:
        send_for_checking(run=run, by=preparer)
    assert not_sent.value.problems == refused.value.problems
    assert Run.objects.get().state == "draft"


def test_cleared_exceptions_let_a_run_be_published(period, preparer, sender, authoriser):
    PlacementFactory(pupil=funded_pupil(), start=period.start)
    funded_pupil(code=None)
    funded_pupil(code=None)
    run = calculate_run(period=period, by=preparer)
    overlap = clear_exception(
        exception=run.exceptions.get(kind="overlap"), reason=" Dual placement. ", by=sender
    )
    assert (overlap.cleared_reason, overlap.cleared_by) == ("Dual placement.", sender)
    done = clear_exceptions(run=run, kind="no_agreed_band", reason="With the panel.", by=sender)
    assert done == 2
    run = send_for_checking(run=run, by=sender)
    assert publish_run(run=run, by=authoriser).state == "published"


@pytest.mark.parametrize("reason", ["  ", "x", "ok.", "n/a 123 --"])
def test_clearing_needs_a_reason(reason, period, preparer):
    funded_pupil(code=None)
    run = calculate_run(period=period, by=preparer)
    with pytest.raises(RefusalError, match="Say in a few words why this can stay as it is"):
        clear_exception(exception=run.exceptions.get(), reason=reason, by=preparer)
    assert run.exceptions.get().cleared_at is None


def test_exceptions_are_not_cleared_while_a_run_is_checked(period, preparer):
    funded_pupil(code=None)
    run = sent_anyway(period, preparer)
    with pytest.raises(RefusalError, match="Send it back before you clear its exceptions"):
        clear_exceptions(run=run, kind="no_agreed_band", reason="Known.", by=preparer)
    assert run.exceptions.get().cleared_at is None


def test_a_cleared_exception_stays_cleared_when_it_comes_back(period, preparer):
    pupil = funded_pupil(code=None)
    funded_pupil(code=None)
    run = calculate_run(period=period, by=preparer)
    clear_exception(exception=run.exceptions.get(pupil=pupil), reason="With panel.", by=preparer)
    again = calculate_run(period=period, by=preparer)
    cleared = again.exceptions.filter(cleared_by=preparer, cleared_reason="With panel.")
    assert [exception.pupil for exception in cleared] == [pupil]
    assert again.exceptions.count() == 2
    pupil.placements.update(start=period.count_date)
    assert not calculate_run(period=period, by=preparer).exceptions.exclude(cleared_at=None)


def test_sent_back_becomes_a_draft_for_a_new_calculation(checked, sender, preparer):
    with pytest.raises(RefusalError, match="Send it back before you calculate it again"):
        calculate_run(period=checked.period, by=preparer)
    run = send_back(run=checked, by=sender)
    assert (run.state, run.sent_by, run.sent_at) == ("draft", None, None)
    told = Notice.objects.filter(kind=NoticeKind.RUN, title__contains="sent back")
    assert [notice.recipient for notice in told] == [preparer]  # and not who did it
    again = calculate_run(period=run.period, by=preparer)
    assert (again.pk, again.lines.count(), again.sequence) == (run.pk, 1, 1)


def test_who_can_publish_is_told_of_a_run_sent_for_checking(period, preparer, authoriser):
    funded_pupil()
    auditor = person(Role.AUDITOR)
    run = send_for_checking(run=calculate_run(period=period, by=preparer), by=preparer)
    [notice] = Notice.objects.filter(kind=NoticeKind.RUN)
    assert notice.recipient == authoriser
    assert notice.title == f"Run of {period.name} is sent for checking"
    send_back(run=run, by=authoriser)
    again = calculate_run(period=period, by=preparer)
    send_for_checking(run=again, by=preparer)
    assert len(told_of_runs(authoriser)) == 2
    assert told_of_runs(auditor) == []


def test_auditor_is_told_of_what_is_published_and_what_it_adjusts(checked, authoriser):
    auditor = person(Role.AUDITOR)
    publish_run(run=checked, by=authoriser)
    name = checked.period.name
    assert told_of_runs(auditor) == [f"Run of {name} is published"]


def told_of_runs(user):
    return [each.title for each in Notice.objects.filter(recipient=user, kind=NoticeKind.RUN)]


def test_a_draft_is_not_sent_back(period, preparer):
    with pytest.raises(RefusalError, match="Only a run that is being checked can be sent back"):
        send_back(run=calculate_run(period=period, by=preparer), by=preparer)


def test_a_published_run_goes_nowhere(checked, authoriser, sender):
    run = publish_run(run=checked, by=authoriser)
    for move in (publish_run, send_back, send_for_checking):
        with pytest.raises(RefusalError):
            move(run=run, by=authoriser)
    with pytest.raises(RefusalError, match="This run is published already"):
        clear_exceptions(run=run, kind="overlap", reason="Late.", by=sender)


def test_lines_changed_behind_the_run_are_not_published(checked, authoriser):
    with as_who_connected():
        checked.lines.update(amount=Decimal("1220.01"))
    with pytest.raises(RefusalError, match="The lines are not the ones that were calculated"):
        publish_run(run=checked, by=authoriser)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE funding_line SET amount = 1",
        "UPDATE funding_line SET note = 'changed'",
        "DELETE FROM funding_line",
        (
            "INSERT INTO funding_line SELECT (jsonb_populate_record(line, jsonb_build_object("
            "'id', gen_random_uuid()))).* FROM funding_line line"
        ),
        "UPDATE funding_run SET control_total = 1",
        "UPDATE funding_run SET state = 'draft'",
        "DELETE FROM funding_run",
        "UPDATE funding_runexception SET cleared_reason = 'changed'",
        "DELETE FROM funding_runexception",
    ],
)
def test_the_database_refuses_to_change_what_is_published(
    statement, period, preparer, sender, authoriser
):
    """The owner of the tables too; the portal’s own role may not even try most of it."""
    funded_pupil()
    funded_pupil(code=None)
    run = calculate_run(period=period, by=preparer)
    clear_exceptions(run=run, kind="no_agreed_band", reason="With panel.", by=sender)
    run = send_for_checking(run=run, by=sender)
    with as_who_connected(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        transaction.set_rollback(True)
    publish_run(run=run, by=authoriser)
    with (
        as_who_connected(),
        pytest.raises(InternalError, match=r"never change|Cannot update or delete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

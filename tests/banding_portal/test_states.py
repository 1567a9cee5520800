"""States move by their table alone, and the audit trail knows who moved them."""

import pytest
from django.utils import timezone

from banding.choices import ReturnState
from banding.models import Return
from banding_portal.audit_trail.events import changes_matching
from banding_portal.states import IllegalMoveError, move_all
from tests.factories import ReturnFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def started():
    return ReturnFactory(state=ReturnState.IN_PROGRESS)


def latest_change():
    return changes_matching(offset=0, limit=1, kind="banding.return")[0]


def test_a_move_of_the_table_is_saved_with_what_belongs_to_it(started):
    submitted = {"submitted_by": UserFactory(), "submitted_at": timezone.now()}
    moved = ReturnFactory(state=ReturnState.ACCEPTED, **submitted)
    moved.move(ReturnState.RETURNED, by=UserFactory(), returned_reason="Look again.")
    moved.refresh_from_db()
    assert (moved.state, moved.returned_reason) == (ReturnState.RETURNED, "Look again.")


def test_a_move_beside_the_table_changes_nothing(started):
    with pytest.raises(IllegalMoveError, match="“In progress” cannot become “Accepted”"):
        started.move(ReturnState.ACCEPTED, by=UserFactory())
    assert started.state == ReturnState.IN_PROGRESS
    assert Return.objects.get().state == ReturnState.IN_PROGRESS


def test_the_trail_names_who_moved_it():
    person = UserFactory()
    row = ReturnFactory(state=ReturnState.NOT_STARTED)
    row.move(ReturnState.IN_PROGRESS, by=person)
    assert latest_change().user == str(person.pk)


def test_many_move_together_or_not_at_all():
    before = (ReturnState.NOT_STARTED, ReturnState.IN_PROGRESS)
    rows = [ReturnFactory(state=state) for state in before]
    with pytest.raises(IllegalMoveError):
        move_all(rows, ReturnState.IN_PROGRESS, by=None)
    assert set(Return.objects.values_list("state", flat=True)) == set(before)


def test_many_move_in_one_statement(django_assert_num_queries):
    rows = [ReturnFactory(state=ReturnState.NOT_STARTED) for _ in range(3)]
    with django_assert_num_queries(1):
        assert move_all(rows, ReturnState.IN_PROGRESS, by=None) == 3
    assert {row.state for row in rows} == {ReturnState.IN_PROGRESS}

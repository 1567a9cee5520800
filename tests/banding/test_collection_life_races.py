"""A collection that changes while its schools are at work, on real PostgreSQL (B7)."""

import pytest

from banding.choices import ReturnState
from banding.collections.life import close_collection, delete_collection
from banding.models import BandDecision, Collection
from banding.returns.locks import ReturnClosedError
from banding.returns.services import submit_return
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from tests.banding.helpers import decide, return_with_pupils, senco_of
from tests.banding.races import at_once
from tests.factories import person

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_first_draft_and_deleting_the_collection_one_of_them_wins():
    officer = person(Role.SEND_OFFICER)
    for _ in range(5):
        pupil_return, (row,) = return_with_pupils()
        collection, senco = pupil_return.collection, senco_of(pupil_return)
        saved, deleted = at_once(
            [
                lambda row=row, senco=senco: decide(row, senco),
                lambda c=collection: delete_collection(collection=c, reason="Wrong", by=officer),
            ]
        )
        if isinstance(saved, BandDecision):
            assert isinstance(deleted, RefusalError)
            assert Collection.objects.filter(pk=collection.pk).exists()
        else:
            assert isinstance(saved, ReturnClosedError)
            assert not Collection.objects.filter(pk=collection.pk).exists()


def test_nothing_is_submitted_to_a_collection_that_was_closed_before():
    officer = person(Role.SEND_OFFICER)
    for _ in range(5):
        pupil_return, (row,) = return_with_pupils()
        collection, senco = pupil_return.collection, senco_of(pupil_return)
        decide(row, senco)
        submitted, closed = at_once(
            [
                lambda r=pupil_return, by=senco: submit_return(
                    pupil_return=r, by=by, declared_name="Sam Carter"
                ),
                lambda c=collection: close_collection(collection=c, reason="Enough", by=officer),
            ]
        )
        pupil_return.refresh_from_db()
        is_in = pupil_return.state == ReturnState.SUBMITTED
        assert is_in == isinstance(closed, RefusalError)
        assert is_in != isinstance(submitted, RefusalError)

"""Roll-forward into a round on random histories, against a plain reading (B10, F3, S6, S7)."""

import datetime as dt
from random import Random

import pytest
import time_machine
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from banding.choices import CollectionKind, RoundList
from banding.collections.selectors import with_progress
from banding.collections.services import open_collection
from banding.models import Return
from banding.returns.progress import progress_of_return
from banding.rounds.selectors import round_rows
from tests.banding.random_round import REFERENCE, make_history
from tests.factories import FrameworkFactory, SchoolFactory

pytestmark = pytest.mark.django_db


def opened(histories_of):
    schools = [SchoolFactory(high_age=high) for high in (11, 11, 16)]
    histories = histories_of(schools)
    collection = open_collection(
        code="round",
        name="Round",
        kind=CollectionKind.ROUND,
        framework=FrameworkFactory(),
        sectors=["mainstream"],
        reference_date=REFERENCE,
        opens_on=REFERENCE,
        deadline=dt.date(2026, 11, 30),
    )
    return collection, histories


@settings(max_examples=12)
@given(seed=st.integers(0, 10_000))
@time_machine.travel(dt.datetime(2026, 10, 20, 12, tzinfo=dt.UTC))
def test_lists_are_those_of_a_plain_reading(seed):
    with transaction.atomic():
        dice = Random(seed)
        collection, histories = opened(lambda s: [make_history(dice, s) for _ in range(25)])
        expected = {
            history.pupil.reference: expected_row(history)
            for history in histories
            if history.pupil.responsible_la == "999" and history.is_listed()
        }
        assert {row.row.pupil.reference: found_row(row) for row in round_rows(collection)} == (
            expected
        )
        same_counts(collection)
        transaction.set_rollback(True)


def expected_row(history):
    state = history.state()
    if state is None:
        return RoundList.TO_TELL, None
    return (RoundList.LEAVING if history.leaves() else RoundList.CARRYING_ON), state


def found_row(row):
    decision, standing = row.forward.decision, row.forward.standing
    if decision is None:
        return standing.list, None
    band, source = decision.band.code, str(decision.source)
    return standing.list, (standing.basis, band, source, decision.effective_from)


def same_counts(collection):
    """The lists of schools count as the pages of one school do."""
    for each in with_progress(Return.objects.filter(collection=collection)):
        progress = progress_of_return(each)
        assert (each.pupil_count, each.done_count) == (progress.total, progress.done)

"""Drafts saved many at once leave the same trail as one by one (quality.md Q9)."""

from dataclasses import replace

import pytest
from django.utils import timezone

from banding.assessment.services import Assessment, assessment_of
from banding.choices import DecisionState
from banding.decisions.batches import save_drafts
from banding.models import BandDecision
from banding.returns.progress import progress_of_return
from tests.banding.helpers import (
    LEVELS,
    band_of,
    decide,
    return_with_pupils,
    senco_of,
    submitted_return,
)
from tests.factories import ReturnFactory, ReturnPupilFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_every_save_is_audited():
    pupil_return = ReturnFactory()
    ReturnPupilFactory(pupil_return=pupil_return)
    bands = {band.code: band for band in pupil_return.collection.framework.bands.all()}
    for code in ("A", "B"):
        [line] = progress_of_return(pupil_return).lines
        chosen = Assessment([], bands[code], None, "because", "")
        save_drafts(pupil_return=pupil_return, by=UserFactory(), choices=[(line, chosen)])

    decision = BandDecision.objects.get()
    events = decision.events.order_by("pgh_id")
    assert [(e.pgh_label, e.band_id, e.version) for e in events] == [
        ("insert", bands["A"].pk, 1),
        ("update", bands["B"].pk, 2),
    ]


def told(decision):
    """Everything a draft says but who saved it when, and under which id."""
    own = {"id", "decided_by_id", "decided_at", "pupil_id", "return_pupil_id", "supersedes_id"}
    fields = [f.attname for f in BandDecision._meta.concrete_fields if f.attname not in own]
    levels = sorted((one.area.code, one.level.code) for one in decision.levels.all())
    return {name: getattr(decision, name) for name in fields} | {"levels": levels}


def save(line, chosen, by):
    save_drafts(pupil_return=line.row.pupil_return, by=by, choices=[(line, chosen)])
    return BandDecision.objects.get(return_pupil=line.row, state=DecisionState.DRAFT)


def test_many_at_once_say_what_one_by_one_does():
    pupil_return, (first, second) = return_with_pupils(2)
    framework = pupil_return.collection.framework
    chosen = assessment_of(framework, LEVELS, band_of(first, "C"), "O'Hara\nsays so", "50 %")
    senco = senco_of(pupil_return)
    for version in (None, 1):
        given = {"difference_reason": "O'Hara\nsays so", "rationale": "50 %", "version": version}
        one = decide(first, senco, code="A" if version else "C", **given)
        line = next(x for x in progress_of_return(pupil_return).lines if x.row == second)
        again = replace(chosen, band=band_of(second, "A")) if version else chosen
        many = save(line, again, senco)
        assert told(many) == told(one)
        assert (many.decided_by, many.return_pupil, many.pupil) == (senco, second, second.pupil)
        assert one.decided_at < many.decided_at < timezone.now()


def test_levels_of_a_draft_are_replaced():
    pupil_return, [row] = return_with_pupils()
    senco = senco_of(pupil_return)
    draft = decide(row, senco)
    [line] = progress_of_return(pupil_return).lines
    chosen = assessment_of(pupil_return.collection.framework, {"cl": "3"}, None)
    assert save(line, chosen, senco).pk == draft.pk
    assert [(one.area.code, one.level.code) for one in draft.levels.all()] == [("cl", "3")]


def test_draft_on_a_return_sent_back_will_supersede_what_was_submitted():
    pupil_return, [row] = submitted_return()
    submitted = BandDecision.objects.get()
    [line] = progress_of_return(pupil_return).lines
    chosen = assessment_of(pupil_return.collection.framework, LEVELS, band_of(row, "B"))
    assert save(line, chosen, UserFactory()).supersedes == submitted


def test_statements_do_not_grow_with_the_pupils(django_assert_num_queries):
    pupil_return, rows = return_with_pupils(4)
    decide(rows[0])
    lines = progress_of_return(pupil_return).lines
    chosen = assessment_of(pupil_return.collection.framework, LEVELS, band_of(rows[0], "B"))
    by = UserFactory()
    with django_assert_num_queries(6):  # a savepoint's two, and four of its own
        save_drafts(pupil_return=pupil_return, by=by, choices=[(one, chosen) for one in lines])
    assert BandDecision.objects.filter(state=DecisionState.DRAFT).count() == 4

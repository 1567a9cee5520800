"""Drafts saved many at once leave the same trail as one by one (quality.md Q9)."""

import pytest

from banding.assessment.services import Assessment
from banding.decisions.batches import save_drafts
from banding.models import BandDecision
from banding.returns.progress import progress_of_return
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

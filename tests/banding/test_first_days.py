"""A band of a return counts from the reference date, or from the day the pupil joined (B4, B9)."""

import datetime as dt

import pytest

from banding.assessment.services import assessment_of
from banding.decisions.selectors import first_days
from banding.models import BandDecision
from banding.returns.progress import progress_of_return
from banding.returns.services import return_for_correction, submit_return
from banding_portal.roles import Role
from schools.models import Placement
from tests.agreed_bands import agreed_bands_on
from tests.banding.helpers import LEVELS, band_of, decide, return_with_pupils, senco_of
from tests.banding.test_converted_returns import close
from tests.banding.test_draft_batches import save as save_batch
from tests.banding.test_template_uploads import apply, check
from tests.banding.workbook_files import Filled, uploaded
from tests.factories import PlacementFactory, SchoolFactory, person
from tests.schools.conversions import CLOSED_ON, converted

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def joined():
    """A return with a pupil who was at another school until five days after its reference date."""
    pupil_return, (row, _) = return_with_pupils(2)
    first = pupil_return.collection.reference_date + 5 * DAY
    Placement.objects.filter(pupil=row.pupil).update(start=first)
    PlacementFactory(pupil=row.pupil, school=SchoolFactory(), end=first - DAY)
    return row, first


def on_its_page(row):
    decide(row)


def among_many(row):
    [line] = [each for each in progress_of_return(row.pupil_return).lines if each.row == row]
    framework = row.pupil_return.collection.framework
    chosen = assessment_of(framework, LEVELS, band_of(row, "B"))
    save_batch(line, chosen, senco_of(row.pupil_return))


def in_a_template(row):
    apply(check(uploaded(row.pupil_return, Filled(row.pupil_return).decide(row).content)))


def submit(pupil_return):
    for row in pupil_return.pupils.exclude(decisions__state="draft"):
        decide(row)
    by = senco_of(pupil_return)
    submit_return(pupil_return=pupil_return, by=by, declared_name="Sam Carter")


@pytest.mark.parametrize("way", [on_its_page, among_many, in_a_template])
def test_band_of_a_joiner_counts_from_the_day_they_joined(joined, way):
    row, first = joined
    way(row)
    submit(row.pupil_return)
    days = BandDecision.objects.in_force().values_list("pupil", "effective_from")
    expected = {each.pupil_id: first - 5 * DAY for each in row.pupil_return.pupils.all()}
    assert dict(days) == expected | {row.pupil_id: first}


def test_no_day_at_the_other_school_has_this_band(joined):
    row, first = joined
    submit(row.pupil_return)
    framework = row.pupil_return.collection.framework
    for day, count in ((first - DAY, 0), (first, 1)):
        agreed = agreed_bands_on(day, [row.pupil], plan_type="EHCP", framework=framework)
        assert len(list(agreed)) == count


def test_a_correction_counts_from_where_the_pupil_is_placed_by_then(joined):
    row, first = joined
    submit(row.pupil_return)
    officer = person(Role.SEND_OFFICER)
    return_for_correction(pupil_return=row.pupil_return, by=officer, reason="Again", about=[])
    Placement.objects.filter(pupil=row.pupil, start=first).update(start=first + DAY)
    decide(row, code="C", difference_reason="Epilepsy")
    submit(row.pupil_return)
    found = BandDecision.objects.in_force().get(pupil=row.pupil)
    assert (found.band.code, found.effective_from) == ("C", first + DAY)


def test_who_came_back_since_counts_from_the_reference_date():
    pupil_return, (row,) = return_with_pupils()
    reference = pupil_return.collection.reference_date
    Placement.objects.filter(pupil=row.pupil).update(end=reference)
    PlacementFactory(pupil=row.pupil, school=pupil_return.school, start=reference + 9 * DAY)
    assert first_days(pupil_return, [row.pupil_id]) == {row.pupil_id: reference}


def test_conversion_of_the_school_is_no_joining():
    old, new = converted("Brook Academy")
    close(old)
    reference = CLOSED_ON - 3 * DAY
    pupil_return, (row,) = return_with_pupils(school=new, collection__reference_date=reference)
    Placement.objects.filter(pupil=row.pupil).update(start=CLOSED_ON + DAY)
    PlacementFactory(pupil=row.pupil, school=old, end=CLOSED_ON)
    assert first_days(pupil_return, [row.pupil_id]) == {row.pupil_id: reference}


def test_who_is_placed_nowhere_counts_from_the_reference_date():
    pupil_return, (row,) = return_with_pupils()
    row.pupil.placements.all().delete()
    expected = {row.pupil_id: pupil_return.collection.reference_date}
    assert first_days(pupil_return, [row.pupil_id]) == expected

"""Which decision is in force for funding on a day (B9)."""

import datetime as dt

import pytest
from django.utils import timezone

from banding.choices import DecisionSource, DecisionState
from banding.decisions.outcomes import record_moderated_band
from banding.models import BandDecision
from banding_portal.roles import Role
from tests.agreed_bands import agreed_bands_on
from tests.factories import BandDecisionFactory, FrameworkFactory, PupilFactory, person

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 9, 1)
NEXT = dt.timedelta(days=1)


@pytest.fixture
def pupil(school):
    return PupilFactory(school=school)


def by_school(pupil, code, **fields):
    return BandDecisionFactory(pupil=pupil, band_code=code, **{"effective_from": DAY} | fields)


def by_authority(pupil, code, **fields):
    framework = fields.pop("framework", None) or FrameworkFactory()
    given = {"source": DecisionSource.AUTHORITY, "state": DecisionState.SUBMITTED}
    given |= {"effective_from": DAY, "submitted_at": timezone.now()}
    band = framework.bands.get(code=code)
    return BandDecision.objects.create(
        pupil=pupil, framework=framework, band=band, **given | fields
    )


def moderated(decision, code, day=DAY):
    return record_moderated_band(
        decision=decision,
        band=decision.framework.bands.get(code=code),
        effective_from=day,
        reason="Seen",
        by=person(Role.MODERATION_LEAD),
    )


def agreed(pupil, day=DAY, plan_type="EHCP", **options):
    found = agreed_bands_on(day, [pupil], plan_type=plan_type, **options)
    return [decision.band.code for decision in found]


def test_latest_effective_decision_counts_from_its_day(pupil):
    by_school(pupil, "A")
    by_school(pupil, "C", effective_from=DAY + NEXT)
    found = [agreed(pupil, DAY + n * NEXT) for n in (-1, 0, 1)]
    assert found == [[], ["A"], ["C"]]


def test_later_submitted_decision_of_a_day_counts(pupil):
    now = timezone.now()
    by_school(pupil, "A", submitted_at=now)
    by_school(pupil, "C", submitted_at=now - NEXT)
    assert agreed(pupil) == ["A"]


@pytest.mark.parametrize("by", [by_school, by_authority])
def test_moderation_goes_before_any_other_decision_of_its_day(pupil, by):
    """Also before one that was submitted after it."""
    moderated(by_school(pupil, "A"), "C")
    by(pupil, "B", submitted_at=timezone.now() + NEXT)
    assert agreed(pupil) == ["C"]


def test_decision_of_a_later_day_goes_before_moderation(pupil):
    moderated(by_school(pupil, "A"), "C")
    by_school(pupil, "B", effective_from=DAY + NEXT)
    assert [agreed(pupil), agreed(pupil, DAY + NEXT)] == [["C"], ["B"]]


@pytest.mark.parametrize("state", [DecisionState.DRAFT, DecisionState.SUPERSEDED])
def test_only_what_is_submitted_and_not_superseded_counts(pupil, state):
    by_school(pupil, "A")
    by_school(pupil, "C", state=state, effective_from=DAY + NEXT)
    assert agreed(pupil, DAY + NEXT) == ["A"]


def test_sen_support_counts_what_somebody_settled(pupil):
    decision = by_school(pupil, "A")
    assert agreed(pupil, plan_type="SEN_SUPPORT") == []
    moderated(decision, "C", DAY + NEXT)
    assert agreed(pupil, DAY + NEXT, plan_type="SEN_SUPPORT") == ["C"]
    by_authority(pupil, "B", effective_from=DAY + 2 * NEXT)
    assert agreed(pupil, DAY + 2 * NEXT, plan_type="SEN_SUPPORT") == ["B"]


def test_paying_framework_alone_counts_where_one_is_named(pupil):
    old, new = FrameworkFactory(), FrameworkFactory(code="new")
    by_authority(pupil, "A", framework=old)
    by_authority(pupil, "C", framework=new, effective_from=DAY - NEXT)
    found = [agreed(pupil, framework=framework) for framework in (old, new, None)]
    assert found == [["A"], ["C"], ["A"]]

"""Applications at SEN Support go to moderation, and pay only then (B9, B13, M3)."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from banding.models import BandDecision, Framework
from banding.returns.services import accept_return, submit_return
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from moderation.choices import CaseKind
from moderation.models import Case
from moderation.selectors.blind import blind_cases
from moderation.selectors.population import Settings
from moderation.services.samples import draw_sample
from tests.banding.helpers import decide, senco_of
from tests.banding.rounds import open_round, pupil_at, return_of, row_of
from tests.banding.test_evidence import FIELDS, GIVEN
from tests.factories import FrameworkFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted(school):
    """A round with a changed band and an application, submitted."""
    with time_machine.travel(dt.datetime(2026, 10, 20, 12, tzinfo=dt.UTC)):
        FrameworkFactory()
        Framework.objects.update(evidence=FIELDS)
        funded = pupil_at(school, band="A")
        applies = pupil_at(school, band="", plan_type="SEN_SUPPORT")
        collection = open_round()
        pupil_return = return_of(collection, school)
        by = senco_of(pupil_return)
        decide(row_of(collection, funded), by)
        decide(row_of(collection, applies), by, evidence=GIVEN)
        submit_return(pupil_return=pupil_return, by=by, declared_name="Sam Carter")
        accept_return(pupil_return=pupil_return, by=person(Role.SEND_OFFICER))
        yield collection


def test_every_application_is_a_case_whatever_the_rate(submitted):
    draw_sample(collection=submitted, settings=Settings(Decimal(0), 0), seed="seed", by=None)
    case = Case.objects.get()
    assert (case.kind, case.decision.evidence) == (CaseKind.TARGETED, GIVEN)


def test_application_that_is_drawn_is_one_case(submitted):
    draw_sample(collection=submitted, settings=Settings(Decimal(1)), seed="seed", by=None)
    assert list(Case.objects.values_list("kind", flat=True)) == [CaseKind.RANDOM] * 2


def test_without_an_application_nothing_drawn_is_refused(submitted):
    BandDecision.objects.update(evidence={})
    with pytest.raises(RefusalError, match="no decision would be drawn"):
        draw_sample(collection=submitted, settings=Settings(Decimal(0), 0), seed="seed", by=None)


def test_moderator_reads_the_evidence_before_judging(submitted):
    draw_sample(collection=submitted, settings=Settings(Decimal(0), 0), seed="seed", by=None)
    (case,) = blind_cases(Case.objects.all())
    assert case.evidence == (
        ("What is in place", "A small group each morning"),
        ("Adult support", "12.5 hours a week"),
    )

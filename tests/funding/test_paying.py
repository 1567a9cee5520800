"""No run where bands under several frameworks count and nothing says which pays (rules.md B4)."""

import datetime as dt

import pytest

from banding.models import BandDecision
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.models import FundingPolicy, Run
from funding.services.calculations import start_calculation
from funding.services.runs import SAY_WHICH_PAYS, calculate_run
from tests.factories import FrameworkFactory, PeriodFactory, person
from tests.funding.funded import agree, funded_pupil, set_value

pytestmark = pytest.mark.django_db
FIRST_DAY = dt.date(2026, 9, 1)


@pytest.fixture
def autumn(db):
    set_value()
    return PeriodFactory()


@pytest.fixture
def pupil(autumn):
    return funded_pupil()


def banded_anew(pupil, framework=None, **fields):
    """A band under another framework, as a banding exercise gives."""
    framework = framework or FrameworkFactory(code="new", name="New framework")
    decision = agree(pupil, start=FIRST_DAY)
    fields = {"framework": framework, "band": framework.bands.get(code="B"), **fields}
    BandDecision.objects.filter(pk=decision.pk).update(**fields)


def policy(day=FIRST_DAY, sector="mainstream"):
    old = BandDecision.objects.order_by("submitted_at").first().framework
    return FundingPolicy.objects.create(sector=sector, framework=old, effective_from=day)


def test_run_is_refused_and_the_sector_named(autumn, pupil):
    banded_anew(pupil)
    with pytest.raises(RefusalError) as refused:
        calculate_run(period=autumn, by=None)
    sector, cure = map(str, refused.value.problems)
    assert sector.startswith("Mainstream: pupils have bands under ")
    assert "New framework" in sector
    assert sector.endswith("no funding policy says which of them pays on 1 September 2026.")
    assert cure == SAY_WHICH_PAYS
    assert not Run.objects.exists()


def test_calculation_is_refused_before_it_waits_for_a_worker(autumn, pupil):
    banded_anew(pupil)
    with pytest.raises(RefusalError, match="Mainstream"):
        start_calculation(period=autumn, by=person(Role.FINANCE_OFFICER))


def test_framework_that_the_policy_names_goes_on_paying(autumn, pupil):
    before = calculate_run(period=autumn, by=None).control_total
    banded_anew(pupil)
    policy()
    assert calculate_run(period=autumn, by=None).control_total == before > 0


@pytest.mark.parametrize(
    ("entry", "fields"),
    [
        ({"day": FIRST_DAY + dt.timedelta(1)}, {}),
        ({"sector": "special"}, {}),
    ],
    ids=["from the second day on", "of another sector"],
)
def test_policy_that_leaves_a_day_open_is_not_enough(autumn, pupil, entry, fields):
    banded_anew(pupil, **fields)
    policy(**entry)
    with pytest.raises(RefusalError):
        calculate_run(period=autumn, by=None)


@pytest.mark.parametrize(
    "fields",
    [{"state": "draft"}, {"effective_from": dt.date(2027, 1, 1)}],
    ids=["a draft", "after the period"],
)
def test_band_that_does_not_count_yet_changes_nothing(autumn, pupil, fields):
    banded_anew(pupil, **fields)
    assert calculate_run(period=autumn, by=None).lines.count() == 1


def test_pupils_of_other_authorities_do_not_ask_for_a_policy(autumn, pupil):
    banded_anew(funded_pupil(responsible_la="998"))
    assert calculate_run(period=autumn, by=None).lines.exists()


def test_next_version_of_a_framework_is_no_other_framework(autumn, pupil):
    newer = FrameworkFactory(code=pupil.decisions.get().framework.code, version="2")
    banded_anew(pupil, newer)
    assert calculate_run(period=autumn, by=None).lines.exists()

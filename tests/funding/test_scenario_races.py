"""Two people of finance adopt one scenario at the same moment: one does (F14)."""

import datetime as dt

import pytest

from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from funding.models import BandValue
from funding.scenarios.adopting import mark_of_terms
from funding.scenarios.services import adopt_scenario, share_scenario
from tests.banding.races import at_once
from tests.factories import person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.scenario_year import make_year
from tests.funding.test_scenario_pages import stored

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_of_two_adopts(db):
    set_value("B", "4044.00")
    funded_pupil(code="B")
    make_year()
    maker = person(Role.FINANCE_OFFICER)
    adopters = [person(Role.FINANCE_OFFICER), person(Role.FINANCE_AUTHORISER)]
    scenario = stored(maker)
    share_scenario(scenario=scenario, by=maker)
    days = [dt.date(2027, 1, 1), dt.date(2027, 4, 1)]

    def adopting(by, day):
        seen = mark_of_terms(scenario)
        return lambda: adopt_scenario(scenario=scenario, day=day, seen=seen, by=by)

    ends = at_once([adopting(*pair) for pair in zip(adopters, days, strict=True)])
    refused = [end for end in ends if isinstance(end, RefusalError)]
    scenario.refresh_from_db()
    assert len(refused) == 1
    assert scenario.state == "adopted"
    set_from = BandValue.objects.filter(annual_value=3000).values_list("effective_from", flat=True)
    assert list(set_from) == [scenario.adopted_from]

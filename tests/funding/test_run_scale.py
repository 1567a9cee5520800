"""The invented authority for measuring (interfaces.md `seed_scale`)."""

import io
import json

import pytest
from django.core.management import call_command

from banding_portal.commands import RefusedCommandError
from funding.models import Period
from funding.selectors.runs import run_totals
from funding.services.runs import calculate_run
from schools.models import Pupil

pytestmark = pytest.mark.django_db


def test_seed_scale_makes_an_authority_to_calculate():
    out = io.StringIO()
    call_command("seed_scale", "--schools", "60", "--pupils", "1000", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"schools": 60, "pupils": 1000, "placements": 1025}
    totals = run_totals(calculate_run(period=Period.objects.get(code="2026-autumn"), by=None))
    assert (totals.unvalued, totals.other_la > 20, totals.exceptions > 5) == (0, True, True)
    assert totals.lines > 1000
    with pytest.raises(RefusedCommandError):
        call_command("seed_scale", "--schools", "1", "--pupils", "1", stderr=io.StringIO())
    assert Pupil.objects.count() == 1000

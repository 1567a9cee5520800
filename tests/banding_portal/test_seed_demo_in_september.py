"""The demonstration made when the academic year has hardly begun."""

import json
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from banding.models import Collection

HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
PARTS = [part for part in settings.DEMO_PARTS if part.startswith(("schools.", "banding."))]


@pytest.mark.django_db
@override_settings(DEMO=True, LA_CODE="999", PASSWORD_HASHERS=HASHERS, DEMO_PARTS=PARTS)
@pytest.mark.parametrize("day", ["2027-09-01", pytest.param("2027-09-17", marks=pytest.mark.soak)])
def test_somebody_stays_on_in_a_demonstration_of_early_september(time_machine, tmp_path, day):
    time_machine.move_to(f"{day} 10:00Z")
    call_command("seed_demo", "--folder", str(tmp_path), stdout=StringIO())
    exercise = Collection.objects.get(kind="exercise")
    assert exercise.reference_date.isoformat() == "2027-09-01"
    out = StringIO()
    call_command("roll_year", "--to", "2028-29", "--dry-run", "--json", stdout=out)
    assert json.loads(out.getvalue())["staying"] == 1

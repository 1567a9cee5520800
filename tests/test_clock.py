"""The suite's own day (tests/clock.py) holds for Python, the database and other processes."""

import datetime as dt
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone

from banding_portal.roles import Role
from schools.models import Membership, User
from tests import clock
from tests.factories import person

ROOT = Path(__file__).resolve().parent.parent
DAY = dt.date(2026, 11, 17)
WHEN_READ = timezone.localdate()
PACKAGES = ("banding_portal", "schools", "banding", "moderation", "funding")


def test_day_is_set_before_tests_are_read():
    assert WHEN_READ == DAY


def test_tests_may_travel_on_and_come_back(time_machine):
    time_machine.move_to("2027-01-10 12:00Z")
    assert timezone.localdate() == dt.date(2027, 1, 10)


@pytest.mark.django_db
@pytest.mark.parametrize("name", clock.ASKED)
def test_database_has_the_day(name):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name}()")
        [found] = cursor.fetchone()
    assert timezone.localdate(found) == DAY


@pytest.mark.django_db
def test_what_the_database_writes_itself_has_the_day():
    member = person(Role.AUDITOR).memberships.get()
    event = Membership.pgh_event_model.objects.get(pgh_obj_id=member.pk)
    User.objects.update(joined_at=Now())
    written = event.pgh_created_at, User.objects.get().joined_at
    assert {timezone.localdate(each) for each in written} == {DAY}


def test_process_that_takes_the_clock_over_has_the_day():
    script = "import datetime; from tests.clock import set_clock; set_clock();"
    script += "print(datetime.datetime.now(datetime.UTC).date())"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "2026-11-17\n"


def test_product_asks_no_clock_that_cannot_be_set():
    keyword = re.compile(
        r"\b(CURRENT_(DATE|TIME|TIMESTAMP)|LOCALTIME(STAMP)?|timeofday)\b|date\.today\(|datetime\.now\("
    )
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*"))
        if path.suffix in {".py", ".sql"}
        for match in keyword.finditer(path.read_text())
    ]
    assert found == []

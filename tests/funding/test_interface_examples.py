"""The examples on the page of the interface, run as somebody would run them (F20)."""

import csv
import json
import os
import runpy
import subprocess
import sys
import urllib.request
from decimal import Decimal

import pytest

from banding_portal.roles import Role
from funding.interface.services import revoke_token
from funding.interface.views import EXAMPLES
from tests.factories import PeriodFactory, SchoolFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import published
from tests.funding.tokens import a_token

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def run(db):
    set_value()
    for _ in range(3):
        funded_pupil(SchoolFactory())
    return published(PeriodFactory())


@pytest.fixture
def token(run, live_server, settings, monkeypatch):
    """The token, and the settings that the examples take from the environment."""
    settings.PORTAL_URL = live_server.url
    token, secret = a_token(person(Role.FINANCE_OFFICER))
    monkeypatch.setenv("PORTAL_URL", live_server.url)
    monkeypatch.setenv("PORTAL_TOKEN", secret)
    return token


def run_example(*command):
    return subprocess.run(
        command, capture_output=True, text=True, timeout=60, env=os.environ, check=False
    )


def python_example(path):
    return run_example(sys.executable, str(EXAMPLES / "published_lines.py"), str(path))


def shell_example(run, folder):
    return run_example("sh", str(EXAMPLES / "published_lines.sh"), str(run.pk), str(folder))


def test_python_example_writes_every_line(run, token, tmp_path):
    done = python_example(tmp_path / "lines.csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Autumn term 2026: 3 lines, £3660.00\n"
    with (tmp_path / "lines.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sum(Decimal(row["amount"]) for row in rows) == run.control_total
    assert {row["id"] for row in rows} == {str(line.pk) for line in run.lines.all()}


def test_python_example_says_that_its_token_was_revoked(token, tmp_path):
    revoke_token(token=token, by=token.owner)
    done = python_example(tmp_path / "lines.csv")
    assert done.returncode == 1
    assert done.stderr == "The portal answered 401: This token was revoked.\n"
    assert not (tmp_path / "lines.csv").exists()


def test_python_example_writes_nothing_when_its_token_is_revoked_in_mid_download(
    token, tmp_path, monkeypatch
):
    """After the runs, before their lines."""
    read, path = urllib.request.urlopen, tmp_path / "lines.csv"

    def read_then_revoke(request, **kwargs):
        if "/lines/" in request.full_url:
            revoke_token(token=token, by=token.owner)
        return read(request, **kwargs)

    monkeypatch.setattr(urllib.request, "urlopen", read_then_revoke)
    monkeypatch.setattr(sys, "argv", ["published_lines.py", str(path)])
    with pytest.raises(SystemExit, match="401: This token was revoked"):
        runpy.run_path(str(EXAMPLES / "published_lines.py"))
    assert not path.exists()


def test_curl_example_keeps_every_page_and_reads_none_twice(run, token, tmp_path):
    done = shell_example(run, tmp_path)
    assert (done.returncode, done.stdout) == (0, f"1 pages are in {tmp_path}\n"), done.stderr
    kept = (tmp_path / "lines-1.json").read_bytes()
    assert len(json.loads(kept)["items"]) == 3
    again = shell_example(run, tmp_path)
    assert (again.returncode, (tmp_path / "lines-1.json").read_bytes()) == (0, kept)


def test_curl_example_fails_with_a_revoked_token(run, token, tmp_path):
    revoke_token(token=token, by=token.owner)
    done = shell_example(run, tmp_path)
    assert done.returncode != 0
    assert "401" in done.stderr

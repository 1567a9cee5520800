"""One pupil goes through searches, refusals, errors and tasks, and stands in no log (Q8).

Application, access, database and worker: each log is the one that the real program writes.
"""

import contextlib
import io
import logging
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
import structlog
from celery import shared_task
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import get_resolver, reverse

from banding_portal.logs import configure_logs
from banding_portal.quiet import quiet
from banding_portal.servers.folders import Folders
from schools.models import Pupil
from tests.access.walking import patterns
from tests.factories import PupilFactory
from tests.workers import database_url

CANARY = "Zebedeeson"
TOKEN = "9f3kSecretOfALink"
PATIENCE = 60


@pytest.fixture
def lines(monkeypatch):
    """What the portal's own log would have on standard output."""
    out = io.StringIO()
    root, level = logging.getLogger(), logging.getLogger().level
    before, settled = list(root.handlers), structlog.get_config()
    monkeypatch.setattr("sys.stderr", out)
    configure_logs(json_lines=True)
    yield out
    root.handlers[:] = before
    root.setLevel(level)
    structlog.configure(**settled)


def refused_by_the_database():
    one = PupilFactory(surname=CANARY, upn="A801200001001")
    with transaction.atomic():
        Pupil.objects.create(
            surname=CANARY, forename=CANARY, date_of_birth=one.date_of_birth, upn=one.upn
        )


@pytest.mark.django_db
def test_error_is_told_by_kind_and_place(lines):
    try:
        refused_by_the_database()
    except IntegrityError:
        structlog.get_logger("banding_portal").exception("job_failed", kind="some")
        logging.getLogger("django.request").exception("Not Found: %s", f"/find/?q={CANARY}")
    told = lines.getvalue()
    assert CANARY not in told
    assert told.count("IntegrityError") >= 2
    assert "refused_by_the_database" in told


@shared_task(name="tests.fails_over_a_pupil")
def fails_over_a_pupil():
    raise ValueError(f"invalid literal: {CANARY}")


def test_task_that_fails_is_told_without_its_words(lines):
    fails_over_a_pupil.apply()
    told = lines.getvalue()
    assert "fails_over_a_pupil" in told
    assert "ValueError" in told
    assert CANARY not in told


@pytest.mark.django_db
def test_database_tells_no_values_of_what_it_refuses():
    log = Folders().postgres / "server.log"
    if str(Folders().sockets) not in str(settings.DATABASES["default"]):
        pytest.skip("The log of this server is not here.")
    start = log.stat().st_size
    with contextlib.suppress(IntegrityError):
        refused_by_the_database()
    until = time.monotonic() + PATIENCE
    while "duplicate key" not in (told := log.read_bytes()[start:].decode()):
        assert time.monotonic() < until
        time.sleep(0.1)
    assert CANARY not in told


def test_every_address_with_a_secret_is_cut_short():
    """By the names of what is in it: a new one is found here."""
    accounts = get_resolver("banding_portal.account_urls").url_patterns
    found = set()
    for name, pattern in [*patterns().items(), *((each.name, each) for each in accounts)]:
        parts = set(pattern.pattern.regex.groupindex)
        if parts & {"token", "key"}:
            path = reverse(name, kwargs=dict.fromkeys(parts, TOKEN))
            assert TOKEN not in quiet(f"GET {path} HTTP/1.1").replace(f"/{TOKEN}-", "/"), name
            found.add(name)
    assert found >= {"schools:invitation", "schools:address", "account_reset_password_from_key"}


@pytest.fixture
def web(transactional_db, tmp_path):
    """The web server as Procfile starts it, and its log."""
    [started] = re.findall(r"web: exec python (.*)", (settings.BASE_DIR / "Procfile").read_text())
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    log = tmp_path / "web.log"
    given = {
        "DATABASE_URL": database_url(), "PORT": str(port), "WEB_CONCURRENCY": "1",
        "BIND_ADDRESS": "127.0.0.1", "DEMO": "True",
    }  # fmt: skip
    env = os.environ | given
    manage = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(manage, cwd=settings.BASE_DIR, env=env, check=True)
    with log.open("w") as out:
        process = subprocess.Popen(
            ["sh", "-c", f"exec {sys.executable} {started}"], cwd=settings.BASE_DIR,
            env=env, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
    yield f"http://127.0.0.1:{port}", log
    process.terminate()
    process.wait()


def ask(url):
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def told_of(url):
    """The status and the page of an address that is refused."""
    try:
        urllib.request.urlopen(url, timeout=10)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    raise AssertionError("It was not refused.")


def test_web_server_tells_neither_searches_nor_links(web):
    address, log = web
    until = time.monotonic() + PATIENCE
    while ask(f"{address}/accounts/login/") != 200:
        assert time.monotonic() < until, log.read_text()
        time.sleep(0.2)
    assert ask(f"{address}/find/?q={CANARY}") in {200, 302}
    assert ask(f"{address}/pupils/?q={CANARY}&page=2") in {200, 302}
    assert ask(f"{address}/invitations/{TOKEN}/") == 410
    assert ask(f"{address}/accounts/password/reset/key/1-{TOKEN}/") in {200, 302}
    assert ask(f"{address}/calendar/{TOKEN}.ics") == 410
    status, page = told_of(f"{address}/find/?q={CANARY * 2000}")
    assert (status, "<h1" in page, "This address is too long" in page) == (414, True, True)
    until = time.monotonic() + PATIENCE
    while "/calendar/" not in log.read_text():
        assert time.monotonic() < until
        time.sleep(0.1)
    told = log.read_text()
    assert "GET /find/ HTTP/1.1" in told
    assert CANARY not in told
    assert TOKEN not in told

"""Chromium, the portal on a port of its own, and a real worker, for each module of these tests."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import override_settings
from pytest_django.live_server_helper import LiveServer

from banding_portal.celery import app
from banding_portal.roles import Role
from tests.browser.visitor import PASSWORD, Visitor
from tests.factories import PupilFactory, ReturnFactory, ReturnPupilFactory, person

HERE = Path(__file__).parent
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first that is here; the shell draws no window, so it takes half the processor time."""
NO_BROWSER = f"Chromium isn't installed ({', '.join(PROGRAMS)}), so the browser tests are skipped."
FLAGS = ["--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"]
PLAIN_HTTP = {
    "SECURE_SSL_REDIRECT": False,
    "REQUIRE_SECOND_FACTOR": False,
    "SESSION_COOKIE_SECURE": False,
    "CSRF_COOKIE_SECURE": False,
    "SESSION_COOKIE_NAME": "session",
    "CSRF_COOKIE_NAME": "csrf",
    "PERSON_COOKIE_NAME": "person",
    "BROWSER_COOKIE_NAME": "browser",
    "STORAGES": django_settings.STORAGES
    | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """First of all, for they wait more than they work: meanwhile other workers do the rest."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: HERE not in item.path.parents)


@pytest.fixture(scope="package")
def browser() -> Iterator:
    """Chromium without a window; as root it has no sandbox, for it would not start.

    One for all these tests of a process, which begins with them and then does without it.
    """
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        print(NO_BROWSER, file=sys.stderr)
        pytest.skip(NO_BROWSER)
    from playwright.sync_api import sync_playwright

    flags = FLAGS + (["--no-sandbox"] if os.getuid() == 0 else [])
    # Playwright keeps an event loop in this thread, which the ORM would take for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=program, args=flags)
            yield chromium
            chromium.close()
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of the portal on this test database; plain http, so plain cookies."""
    with override_settings(**PLAIN_HTTP):
        live = LiveServer("127.0.0.1:0")
        with override_settings(ALLOWED_HOSTS=[*django_settings.ALLOWED_HOSTS, live.thread.host]):
            yield live.url
        live.stop()


@pytest.fixture
def visit(browser, server, transactional_db) -> Iterator:
    """`visit(user, width=320)`: a window signed in as a person, or nobody's with None.

    Nothing may be in any window's console in the end, a breach of the content policy least.
    """
    visitors: list[Visitor] = []

    def _visit(user=None, **options) -> Visitor:
        visitor = Visitor(browser, server, **options)
        visitors.append(visitor)
        return visitor.sign_in(user) if user else visitor

    yield _visit
    problems = [problem for visitor in visitors for problem in visitor.problems]
    for visitor in visitors:
        # Shown when the test failed: where everybody was.
        print(visitor.page.url, visitor.text(), sep="\n")
        visitor.leave()
    wait_for_the_server()
    assert problems == []


def wait_for_the_server() -> None:
    """Until no request is at work: it would hold tables that are emptied for the next test."""
    at_work = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND state <> 'idle'"
    )
    quiet = 0
    for _ in range(100):
        time.sleep(0.05)
        with connection.cursor() as cursor:
            cursor.execute(at_work)
            quiet = quiet + 1 if cursor.fetchone() == (0,) else 0
        if quiet == 3:
            return


@pytest.fixture
def member(transactional_db):
    """`member(role, school=…)`: a person who can sign in with the form."""

    def _member(role, **fields):
        user = person(role, **fields)
        user.set_password(PASSWORD)
        user.save()
        return user

    return _member


@pytest.fixture
def row(transactional_db):
    """A pupil to be decided."""
    pupil_return = ReturnFactory(collection__name="Banding exercise")
    pupil = PupilFactory(school=pupil_return.school, surname="Adair")
    return ReturnPupilFactory(pupil_return=pupil_return, pupil=pupil)


@pytest.fixture
def senco(member, row):
    """Who decides."""
    return member(Role.SENCO, school=row.pupil_return.school)


@pytest.fixture
def worker(transactional_db, tmp_path_factory, settings) -> Iterator[subprocess.Popen]:
    """A real Celery worker on this test database, with a queue nobody else listens to."""
    queue = f"browser-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}-{os.getpid()}"
    log = tmp_path_factory.mktemp("worker") / "worker.log"
    # The worker tells its progress through Redis, not through the memory of another process.
    cache = dict(django_settings.CACHES["default"], KEY_PREFIX=queue)
    settings.CACHES = {
        "default": cache
        | {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": django_settings.REDIS_URL,
        }
    }
    usual = app.conf.task_default_queue
    _send_to(queue)
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.browser.worker", "-A", "banding_portal", "worker",
             "--concurrency=1", "--loglevel=INFO", "--without-gossip", "--without-mingle",
             "--without-heartbeat"],
            env=os.environ | _environment(queue), stdout=out, stderr=out,
            cwd=django_settings.BASE_DIR, start_new_session=True,
        )  # fmt: skip
    _until_ready(process, log)
    yield process
    _send_to(usual)
    ended_early = process.poll() is not None
    _stop(process)
    assert not ended_early, log.read_text()


def _until_ready(process: subprocess.Popen, log: Path) -> None:
    """A busy machine takes long to start a worker; no page should wait for that."""
    while process.poll() is None and " ready." not in log.read_text():
        time.sleep(0.1)


def _send_to(queue: str) -> None:
    app.conf.task_default_queue = queue
    # What Celery worked out of the old name.
    app.__dict__.pop("amqp", None)


def _environment(queue: str) -> dict[str, str]:
    parts = urlsplit(os.environ["DATABASE_URL"])
    database = urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))
    return {"DATABASE_URL": database, "CELERY_QUEUE": queue, "CACHE_PREFIX": queue}


def _stop(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)
        process.wait()

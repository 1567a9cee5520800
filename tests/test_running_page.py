"""docs/running.md followed to the letter leads to a running service.

The commands come from the page. Not tried here, and printed: apt-get, the user, systemd itself,
and the packages, which are the clone's own; mail goes to the log.
"""

import os
import re
import socket
import subprocess
import time
import urllib.request
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from banding_portal.servers.folders import Folders
from banding_portal.servers.postgres import PROGRAMS
from tests.running_page import CANNOT, INSTALLING, ROOT, Rehearsal, commands

SERVICES = ["banding-beat", "banding-web", "banding-worker"]
PATIENCE = 120
"""Seconds until what does not answer is taken for broken."""


def procfile():
    """What Procfile starts, in the words of a unit."""
    lines = (ROOT / "Procfile").read_text().splitlines()
    found = dict(line.split(": exec python ", 1) for line in lines)
    return {f"banding-{name}": re.sub(r":-[^}]*", "", text) for name, text in found.items()}


def test_page_has_its_commands_in_order():
    found = commands()
    first_words = [command.split()[0] for command in found]
    assert first_words[:3] == ["apt-get", "apt-get", "adduser"]
    assert first_words[-1] == "curl"
    assert sum(command.startswith("cat > ") for command in found) == 1
    assert all(command.count("<<'END'") == command.count("\nEND") for command in found)


@pytest.fixture
def rehearsal(tmp_path):
    """The folder that stands for the machine; role and database are gone again afterwards."""
    sockets = Folders().sockets
    if str(sockets) not in str(settings.DATABASES["default"]):
        reason = "Roles can be made on the embedded PostgreSQL only, so this is not tried."
        print(reason)
        pytest.skip(reason)
    place = Path(os.path.realpath(tmp_path))
    made = Rehearsal(place, sockets, PROGRAMS, settings.REDIS_URL)
    made.prepare()
    drop = (
        f"export PGHOST={sockets} PGUSER=postgres; {PROGRAMS}/dropdb --force --if-exists banding;"
        f" {PROGRAMS}/dropuser --if-exists banding;"
        f" {PROGRAMS}/dropuser --if-exists banding_owner"
    )
    made.run(drop)
    yield made
    made.run(drop)


@pytest.fixture
def running(rehearsal):
    """`running()` starts what the units say; all of it ends with the test."""
    processes = []

    def _running():
        for name, command in rehearsal.services().items():
            with (rehearsal.folder / f"{name}.log").open("w") as log:
                processes.append(
                    subprocess.Popen(
                        ["sh", "-c", command],
                        env=rehearsal.environment(),
                        stdout=log,
                        stderr=subprocess.STDOUT,
                        start_new_session=True,
                    )
                )

    yield _running
    for process in processes:
        process.terminate()
    for process in processes:
        process.wait()


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def say_whose(rehearsal, port):
    """The hand's work in the file of settings: no mail server here, one small web process and
    a port of its own.
    """
    text = rehearsal.settings.read_text()
    written = {
        "LA_CODE": "881",
        "EMAIL_URL": "consolemail://",
        "PORT": str(port),
        "WEB_CONCURRENCY": "1",
        "WORKER_CONCURRENCY": "1",
        "CELERY_QUEUE": f"rehearsal-{port}",
    }
    for name, value in written.items():
        text, count = re.subn(rf"^{name}=.*", f"{name}={value}", text, flags=re.MULTILINE)
        assert count == 1
    rehearsal.settings.write_text(rehearsal.placed(text))


def answer(port, path):
    """The status and the text that the web server gives as behind its proxy."""
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}",
        headers={"Host": "banding.example.gov.uk", "X-Forwarded-Proto": "https"},
    )
    try:
        with urllib.request.urlopen(asked) as response:
            return response.status, response.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()
    except (URLError, ConnectionError):
        return 0, ""


def wait_until(true, rehearsal):
    until = time.monotonic() + PATIENCE
    while not true():
        logs = {file.name: file.read_text()[-2000:] for file in rehearsal.folder.glob("*.log")}
        assert time.monotonic() < until, logs
        time.sleep(0.2)


def test_page_followed_to_the_letter_runs(rehearsal, running):
    before, after = rehearsal.script().split("set -a; . ")
    rehearsal.run(before)
    port = free_port()
    say_whose(rehearsal, port)
    said = rehearsal.run(f"cd {rehearsal.portal}; set -eu; set -a; . {after}")
    for command in rehearsal.left_out:
        print("not tried:", command.splitlines()[0])

    assert {command.split()[0] for command in rehearsal.left_out if not
            command.startswith(INSTALLING)} == set(CANNOT)  # fmt: skip
    assert rehearsal.settings.stat().st_mode & 0o007 == 0
    assert sorted(rehearsal.services()) == SERVICES
    started = {
        name: command.partition("/python ")[2] for name, command in rehearsal.services().items()
    }
    assert started == procfile()

    running()
    wait_until(lambda: answer(port, "/accounts/login/")[0] == 200, rehearsal)
    link = urlsplit(re.search(r"^https://\S+/$", said, re.MULTILINE).group())
    assert link.netloc == "banding.example.gov.uk"
    status, page = answer(port, link.path)
    assert (status, "Choose your password" in page) == (200, True)
    worker = rehearsal.folder / "banding-worker.log"
    # What the beat sent, the worker did.
    wait_until(lambda: re.search(r"resend_jobs\S* succeeded", worker.read_text()), rehearsal)

"""The command line of the servers, and what `make run` starts."""

import os
import subprocess
import sys
import time

import pytest

from banding_portal.servers.children import Children
from banding_portal.servers.demonstration import environment
from banding_portal.servers.folders import CLONE, Folders
from banding_portal.servers.processes import is_zombie

GIVEN = {"DATABASE_URL": "postgresql://db/portal", "REDIS_URL": "redis://queue/0"}


def command(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments], cwd=CLONE, env=os.environ | variables,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_env_prints_given_addresses():
    result = command("banding_portal.servers", "env", **GIVEN)
    assert result.stdout == (
        "export DATABASE_URL=postgresql://db/portal\nexport REDIS_URL=redis://queue/0\n"
    )


def test_exec_passes_the_environment_and_the_exit_code():
    script = "import os, sys; print(os.environ['REDIS_URL']); sys.exit(7)"
    result = command("banding_portal.servers", "exec", "--", sys.executable, "-c", script, **GIVEN)
    assert (result.stdout, result.returncode) == ("redis://queue/0\n", 7)


def test_run_with_a_nonsense_port_is_a_sentence():
    result = command("banding_portal.servers.run", PORT="eighty")
    assert result.stderr == "PORT must be a number from 1 to 65535, not “eighty”.\n"
    assert result.returncode == 1


def test_demonstration_environment_keeps_what_is_given(tmp_path):
    folders = Folders(tmp_path)
    folders.make()
    first = environment(folders, 9000, {"LA_CODE": "881", "LA_NAME": ""})
    assert first["LA_CODE"] == "881"
    assert first["LA_NAME"] == "Westmere County Council"
    assert first["PORTAL_URL"] == "http://localhost:9000"
    assert (first["DEMO"], first["DEBUG"]) == ("True", "False")


def test_secret_key_stays_and_is_private(tmp_path):
    folders = Folders(tmp_path)
    folders.make()
    keys = {environment(folders, 9000, {})["SECRET_KEY"] for _ in range(2)}
    assert len(keys) == 1
    assert len(keys.pop()) >= 50
    assert (folders.local / "secret_key").stat().st_mode & 0o777 == 0o600


@pytest.fixture
def children(tmp_path):
    folders = Folders(tmp_path)
    folders.make()
    children = Children(folders)
    yield children
    children.stop()


def wait_for(condition) -> None:
    until = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < until, "waited ten seconds"
        time.sleep(0.02)


def test_child_that_ends_is_named_with_its_last_words(children):
    children.start("web", ["sleep", "60"], os.environ)
    children.start("beat", ["sh", "-c", "echo one; echo two; exit 3"], os.environ)
    wait_for(children.ended)
    assert children.ended() == "beat"
    assert children.log_end("beat", lines=1) == "two"


def test_stop_ends_grandchildren_too(children):
    children.start("worker", ["sh", "-c", "sleep 61 & echo $!; wait"], os.environ)
    wait_for(lambda: children.log_end("worker"))
    grandchild = int(children.log_end("worker"))
    children.stop()
    wait_for(lambda: is_zombie(grandchild))  # or gone


def test_left_over_children_of_a_killed_run_are_ended(children):
    script = "import time; print('banding_portal', flush=True); time.sleep(60)"
    children.start("web", [sys.executable, "-c", script], os.environ)
    wait_for(lambda: children.log_end("web"))
    process = children.running["web"]
    Children(children.folders).end_left_over()
    assert process.wait(5) == -15


def test_left_over_record_never_ends_another_program(children):
    children.start("web", ["sleep", "60"], os.environ)
    Children(children.folders).end_left_over()
    assert children.running["web"].poll() is None

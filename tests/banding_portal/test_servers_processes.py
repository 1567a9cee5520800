"""The portal's processes are known by their mark, not by an id in a stale file."""

import os
import subprocess
import sys

import pytest

from banding_portal.servers.processes import MARK, end_marked, marked

STUBBORN = (
    "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
)
PARENT = (
    "import subprocess, sys; child = subprocess.Popen(['sleep', '60'], start_new_session=True)\n"
    "print(child.pid, flush=True); child.wait()"
)


@pytest.fixture
def start(tmp_path):
    started = []

    def start(script: str, clone=tmp_path) -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(
            [sys.executable, "-c", script], env=os.environ | {MARK: str(clone)},
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        started.append(process)
        assert process.stdout
        return process, process.stdout.readline()

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def test_child_in_a_session_of_its_own_is_ended_too(start, tmp_path):
    parent, child = start(PARENT)
    assert {each.pid for each in marked(tmp_path)} == {parent.pid, int(child)}
    end_marked(tmp_path)
    assert marked(tmp_path) == []


def test_process_that_will_not_end_is_killed(start, tmp_path):
    start(STUBBORN)
    end_marked(tmp_path, seconds=0.2)
    assert marked(tmp_path) == []


def test_process_of_another_clone_stays(start, tmp_path):
    other, _ = start(STUBBORN, tmp_path / "other")
    end_marked(tmp_path)
    assert other.poll() is None

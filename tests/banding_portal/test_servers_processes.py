"""Processes are recognised by what they are, not by an id in a stale file."""

import subprocess
import sys

import psutil
import pytest

from banding_portal.servers.processes import end, is_ours, is_program, read_pid


@pytest.fixture
def sleeper(tmp_path):
    process = subprocess.Popen(["sleep", "60"], cwd=tmp_path)
    yield process
    process.kill()
    process.wait()


def test_is_program_of_the_right_program(sleeper):
    assert is_program(sleeper.pid, "sleep", "60")


def test_is_program_of_another_process_with_the_id(sleeper):
    assert not is_program(sleeper.pid, "postgres")
    assert not is_program(sleeper.pid, "sleep", "/another/clone")


def test_is_program_of_an_ended_process(sleeper):
    sleeper.kill()  # not waited for: a zombie
    psutil.wait_procs([psutil.Process(sleeper.pid)], timeout=5)
    assert not is_program(sleeper.pid, "sleep")


def test_is_ours_only_in_our_folder(sleeper, tmp_path):
    assert is_ours(sleeper.pid, "60", tmp_path)
    assert not is_ours(sleeper.pid, "60", tmp_path.parent)


def test_end_kills_what_will_not_end():
    script = (
        "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=1); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    assert process.stdout
    process.stdout.readline()
    end(process.pid, seconds=0.2)
    assert process.wait(5) == -9
    process.stdout.close()


@pytest.mark.parametrize("text", ["", "nonsense\n", "\n"])
def test_read_pid_of_a_broken_file(tmp_path, text):
    file = tmp_path / "pid"
    file.write_text(text)
    assert read_pid(file) is None


def test_read_pid_of_a_missing_file(tmp_path):
    assert read_pid(tmp_path / "pid") is None

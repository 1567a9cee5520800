"""The command line of the servers, and what `make run` starts."""

import os
import subprocess
import sys

import pytest

from banding_portal.servers.__main__ import stop_portal
from banding_portal.servers.demonstration import environment
from banding_portal.servers.errors import SetUpError
from banding_portal.servers.folders import CLONE, Folders
from banding_portal.servers.run import run

GIVEN = {"DATABASE_URL": "postgresql://db/portal", "REDIS_URL": "redis://queue/0"}


def command(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments], cwd=CLONE, env=os.environ | variables,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


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
    assert first["BIND_ADDRESS"] == "127.0.0.1"


def test_secret_key_stays_and_is_private(tmp_path):
    folders = Folders(tmp_path)
    folders.make()
    keys = {environment(folders, 9000, {})["SECRET_KEY"] for _ in range(2)}
    assert len(keys) == 1
    assert len(keys.pop()) >= 50
    assert (folders.local / "secret_key").stat().st_mode & 0o777 == 0o600


def test_run_refuses_a_folder_the_portal_already_runs_from(tmp_path):
    folders = Folders(tmp_path)
    with folders.lock("run.lock"), pytest.raises(SetUpError, match="already runs from this folder"):
        run(folders, 8000)


def test_stop_asks_the_running_portal_and_waits_for_it(tmp_path):
    script = (
        "import os, pathlib, signal, sys; from banding_portal.servers.folders import Folders\n"
        "with Folders(pathlib.Path(sys.argv[1])).lock('run.lock') as lock:\n"
        "    print(os.getpid(), file=lock, flush=True); print(1, flush=True); signal.pause()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, tmp_path], cwd=CLONE, stdout=subprocess.PIPE
    ) as running:
        assert running.stdout
        running.stdout.readline()
        stop_portal(Folders(tmp_path))
        assert running.wait(1) == -15


def test_stop_trusts_no_number_in_a_file_nobody_holds(tmp_path):
    folders = Folders(tmp_path)
    with subprocess.Popen(["sleep", "60"]) as other:
        with folders.lock("run.lock") as lock:
            lock.write(str(other.pid))
        stop_portal(folders)
        assert other.poll() is None
        other.kill()

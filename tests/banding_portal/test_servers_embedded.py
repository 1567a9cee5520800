"""The embedded servers themselves, in a clone's folder of their own."""

import os
import shutil
import signal
import tempfile
import time
from pathlib import Path

import psycopg2
import pytest
import redis

from banding_portal.servers.both import Servers
from banding_portal.servers.errors import SetUpError
from banding_portal.servers.folders import Folders
from banding_portal.servers.processes import end, is_program, read_pid


@pytest.fixture(scope="module")
def clone():
    """A clone's folder PostgreSQL's own user may reach, unlike pytest's."""
    folder = Path(tempfile.mkdtemp(prefix="portal-"))
    yield folder
    Servers(Folders(folder), {}).stop()
    shutil.rmtree(folder)


@pytest.fixture
def servers(clone):
    servers = Servers(Folders(clone), {})
    yield servers
    servers.stop()


def ask(url: str) -> str:
    connection = psycopg2.connect(url)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_database() || ' ' || usesuper FROM pg_user "
                           "WHERE usename = current_user")  # fmt: skip
            return cursor.fetchone()[0]
    finally:
        connection.close()


def test_both_answer_while_held_and_stop_with_the_last_user(clone, servers):
    other = Servers(Folders(clone), {})
    with servers.held():
        with other.held():
            found = other.environment("portal_one", 3)
            assert ask(found["DATABASE_URL"]) == "portal_one false"
            assert redis.from_url(found["REDIS_URL"]).ping()
        assert servers.environment("portal_one", 3) == found
        assert servers.postgres.is_running()
    assert not servers.postgres.is_running()
    assert not servers.redis.is_running()


def test_started_servers_stay_after_a_user_leaves(servers):
    servers.start()
    with servers.held():
        pass
    assert servers.postgres.is_running()
    servers.stop()
    assert not servers.postgres.is_running()


def test_start_after_both_were_killed(servers):
    servers.start()
    first = servers.environment()
    for pid in (read_pid(servers.folders.postgres / "postmaster.pid"), servers.redis._pid()):
        end(pid, signal.SIGKILL)
    assert not servers.postgres.is_running()
    assert not servers.redis.is_running()
    servers.start()
    assert ask(servers.environment()["DATABASE_URL"]) == "banding_portal false"
    assert servers.environment()["REDIS_URL"] != first["REDIS_URL"]


def test_start_with_a_pid_file_naming_another_live_process(servers):
    servers.start()
    pid = read_pid(servers.folders.postgres / "postmaster.pid")
    file = servers.folders.postgres / "postmaster.pid"
    lines = file.read_text().splitlines()
    servers.stop()
    while is_program(pid, "postgres"):
        time.sleep(0.05)
    file.write_text("\n".join([str(os.getppid()), *lines[1:]]) + "\n")
    servers.start()
    assert ask(servers.environment()["DATABASE_URL"]) == "banding_portal false"


def test_data_of_another_postgresql_gets_a_sentence(servers):
    servers.start()
    servers.stop()
    version = servers.folders.postgres / "PG_VERSION"
    was = version.read_text()
    version.write_text("17\n")
    try:
        with pytest.raises(SetUpError, match=r"data of PostgreSQL 17, this is 18"):
            servers.start()
    finally:
        version.write_text(was)


def test_given_addresses_replace_the_embedded_servers(tmp_path):
    given = {"DATABASE_URL": "postgresql://db/portal", "REDIS_URL": "redis://queue/0"}
    servers = Servers(Folders(tmp_path), given)
    with servers.held():
        assert servers.environment() == given
    assert not (tmp_path / ".local" / "postgres").exists()

"""The embedded servers themselves, in a clone's folder of their own."""

import os
import shutil
import signal
import tempfile
from pathlib import Path

import psutil
import psycopg2
import pytest
import redis

from banding_portal.servers.both import Servers
from banding_portal.servers.errors import SetUpError
from banding_portal.servers.folders import Folders


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


def postgres_pid(servers: Servers) -> int:
    return int((servers.folders.postgres / "postmaster.pid").read_text().split()[0])


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


def test_start_after_both_were_killed(clone, servers):
    with servers.held():
        found = servers.environment()
        pids = [postgres_pid(servers), redis.from_url(found["REDIS_URL"]).info()["process_id"]]
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        psutil.wait_procs([psutil.Process(pid) for pid in pids if psutil.pid_exists(pid)], 5)
        assert not servers.postgres.is_running()
        assert not servers.redis.is_running()
        with Servers(Folders(clone), {}).held():
            assert ask(found["DATABASE_URL"]) == "banding_portal false"
            assert redis.from_url(found["REDIS_URL"]).ping()


def test_start_with_a_pid_file_naming_another_live_process(servers):
    with servers.held():
        pass
    file = servers.folders.postgres / "postmaster.pid"
    file.write_text(f"{os.getppid()}\n{servers.folders.postgres}\n1\n5432\n\n\n")
    with servers.held():
        assert ask(servers.environment()["DATABASE_URL"]) == "banding_portal false"


def test_data_of_another_postgresql_gets_a_sentence(servers):
    with servers.held():
        pass
    version = servers.folders.postgres / "PG_VERSION"
    was = version.read_text()
    version.write_text("17\n")
    try:
        with (
            pytest.raises(SetUpError, match=r"data from PostgreSQL 17, and this is 18"),
            servers.held(),
        ):
            pass
    finally:
        version.write_text(was)


def test_start_that_fails_shows_the_end_of_the_log(servers):
    with servers.held():
        pass
    settings = servers.folders.postgres / "postgresql.auto.conf"
    was = settings.read_text()
    settings.write_text("nonsense = 1\n")
    try:
        with pytest.raises(SetUpError, match='parameter "nonsense"'), servers.held():
            pass
    finally:
        settings.write_text(was)


def test_only_the_owner_reaches_either_server(servers):
    with servers.held():
        assert servers.folders.sockets.stat().st_mode & 0o077 == 0
        assert redis.from_url(servers.environment()["REDIS_URL"]).config_get("port") == {
            "port": "0"
        }


def test_given_addresses_replace_the_embedded_servers(tmp_path):
    given = {"DATABASE_URL": "postgresql://db/portal", "REDIS_URL": "redis://queue/0"}
    servers = Servers(Folders(tmp_path), given)
    with servers.held():
        assert servers.environment() == given
    assert not (tmp_path / ".local" / "postgres").exists()

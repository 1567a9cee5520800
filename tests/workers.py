"""A worker in a process of its own, that can be killed in the middle of its work."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

from banding_portal.jobs.models import Job, kind_of

WORKER = """
import sys
import django
django.setup()
from django.db import connection
from banding_portal.jobs.models import job_kind
from banding_portal.jobs.working import work_on_job

def progress(done, total):
    if done == int(sys.argv[3]):
        connection.ensure_connection()
        print(connection.connection.info.backend_pid, flush=True)
        sys.stdin.read()

work_on_job(job_kind(sys.argv[1]), sys.argv[2], progress)
"""


def database_url() -> str:
    """The address of this test's database, for another process."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))


@contextmanager
def worker_at_step(job: Job, step: int) -> Iterator[None]:
    """A worker that has come to a step of the job and waits; killed in the end."""
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, kind_of(job), str(job.pk), str(step)],
        env=os.environ | {"DATABASE_URL": database_url()},
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdin is not None
    assert worker.stdout is not None
    try:
        backend = int(worker.stdout.readline())
        yield
    finally:
        worker.kill()
        worker.wait()
        worker.stdin.close()
        worker.stdout.close()
    _wait_until_gone(backend)


def _wait_until_gone(backend: int) -> None:
    """Until the database has noticed, and undone what was half done."""
    statement = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s"
    with connection.cursor() as cursor:
        while True:
            cursor.execute(statement, [backend])
            if cursor.fetchone() == (0,):
                return

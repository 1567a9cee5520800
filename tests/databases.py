"""One database of the tests is migrated, and each process beside it begins with a copy."""

import fcntl
from pathlib import Path

from django.conf import settings
from django.db import connection

TEMPLATE = "test_template"


def copy_one(folder: Path) -> None:
    """Let this process's test database be a copy of the one migrated for all.

    `folder` is the run's own, shared by its processes: the first to come migrates, and the
    others wait for it.
    """
    with (folder / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = folder / "template.done"
        if not done.exists():
            _migrate_one()
            done.touch()
    connection.settings_dict["TEST"]["TEMPLATE"] = TEMPLATE


def _migrate_one() -> None:
    names, test = connection.settings_dict, connection.settings_dict["TEST"]
    own, own_test = names["NAME"], test["NAME"]
    test["NAME"] = TEMPLATE
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = names["NAME"] = own
    test["NAME"] = own_test

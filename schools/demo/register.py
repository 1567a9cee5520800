"""A file of the register that the administrator has sent in: its preview waits."""

import csv
import io
from typing import Any

from banding_portal.demo.clock import acting
from banding_portal.demo.files import send_in
from banding_portal.demo.timeline import Timeline
from banding_portal.roles import Role
from banding_portal.uploads.states import UploadState
from schools.demo.conversion import CONVERTS
from schools.demo.schools import PRIMARY_ACADEMY, SCHOOLS, invented_school
from schools.models import RegisterUpload, User
from schools.register_columns import SCHOOL_COLUMNS

NEW = "Ferndale Primary Academy"
RENAMED = {"Oakhaven School": "Oakhaven Community School"}
OPEN = "1"


def seed_register_file(timeline: Timeline) -> None:
    """A school is new, one has another name; of the one that converts this file says nothing."""
    administrator = User.objects.filter(memberships__role=Role.ADMINISTRATOR).get()
    with acting(administrator, timeline.ago(1), minutes=15):
        upload = RegisterUpload(started_by=administrator)
        send_in(upload, "register.csv", register_file(), comes_to=UploadState.READY)


def register_file() -> bytes:
    """In the register's columns, as it writes them."""
    out = io.StringIO(newline="")
    lines = csv.DictWriter(out, [column.heading for column in SCHOOL_COLUMNS])
    lines.writeheader()
    for place, (kind, name) in enumerate([*SCHOOLS, (PRIMARY_ACADEMY, NEW)]):
        if name != CONVERTS:
            school = invented_school(place, kind, RENAMED.get(name, name), None)
            said = vars(school) | {"phase_code": kind.phase_code, "status": OPEN}
            lines.writerow({column.heading: cell(said[column.key]) for column in SCHOOL_COLUMNS})
    return out.getvalue().encode()


def cell(value: Any) -> Any:
    return "" if value is None else value

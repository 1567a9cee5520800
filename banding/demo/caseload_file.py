"""This month's caseload, sent in by the officer: what differs from the portal waits."""

import datetime as dt

from banding.demo.pupils import Caseload, as_csv
from banding.models import CaseloadUpload
from banding_portal.demo.clock import acting
from banding_portal.demo.files import send_in
from banding_portal.demo.timeline import Timeline
from banding_portal.roles import Role
from banding_portal.uploads.states import UploadState
from schools.models import User

MARRIED, NEED, GONE = 3, 7, 5
"""Places of the file: other name, other need, and how many of its last rows are missing."""


def seed_caseload_file(timeline: Timeline) -> None:
    """The caseload of the beginning with a few changes."""
    officer = User.objects.filter(memberships__role=Role.SEND_OFFICER).get()
    rows = Caseload(timeline).rows()[:-GONE]
    rows[MARRIED]["surname"] = "Thistlewood"
    rows[NEED]["primary_need"] = "PD" if rows[NEED]["primary_need"] != "PD" else "HI"
    rows[NEED + 1]["placement_end"] = timeline.today - dt.timedelta(days=3)
    with acting(officer, timeline.ago(1), minutes=100):
        upload = CaseloadUpload(started_by=officer)
        send_in(upload, "caseload.csv", as_csv(rows), comes_to=UploadState.READY)

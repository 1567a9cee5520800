"""How many of our files two acts enter: the way somebody reads who has to change one of them.

Counted are the files whose functions run, in the order of docs/figures.md:

* one template upload, from the page's `post` to the end of its check: those of its room,
  `banding/templates_io` (16 before the rework);
* one decision saved as a draft, from the page's `post` to its answer: those of `banding` (9).

Left out are models, and what docs/architecture.md names as shared: whatever is in `banding_portal`,
the base of the pages of a return, and the assessment, which all who judge a pupil have in common.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any
from unittest.mock import patch

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse

from banding.models import Return, TemplateUpload
from banding_portal.jobs.working import work_on_job
from benchmarks.sample import invented_return
from benchmarks.uploads import filled_in
from schools.models import User

ROOT = Path(__file__).parents[1]
PACKAGES = ("banding", "banding_portal", "funding", "moderation", "schools")
SHARED = ("banding/returns/pages.py", "banding/assessment/")
MOST_FOR_UPLOAD, MOST_FOR_DECISION = 9, 6
SETTINGS = {
    "ALLOWED_HOSTS": ["testserver"],
    "SECURE_SSL_REDIRECT": False,
    "REQUIRE_SECOND_FACTOR": False,
}


def measure_paths() -> Iterator[str]:
    """Yield the report, a line at a time."""
    pupil_return, senco = invented_return(3)
    client = Client()
    client.force_login(senco)
    with override_settings(**SETTINGS):
        save_decision(client, pupil_return, at=1)  # so that everything is imported
        saving = entered(lambda: save_decision(client, pupil_return))
        sending = entered(lambda: upload_template(client, pupil_return, senco))
    yield report("One decision saved", saving, "banding/", MOST_FOR_DECISION)
    yield report("One template uploaded", sending, "banding/templates_io/", MOST_FOR_UPLOAD)


def save_decision(client: Client, pupil_return: Return, at: int = 0) -> None:
    areas = pupil_return.collection.framework.areas.values_list("code", flat=True)
    given = {f"level_{code}": "2" for code in areas} | {"band": "C", "do": "draft"}
    row = pupil_return.pupils.all()[at]
    post(client, reverse("banding:decision_edit", args=[row.pk]), given)


def upload_template(client: Client, pupil_return: Return, senco: User) -> None:
    with unseen():
        file = SimpleUploadedFile("template.xlsx", filled_in(pupil_return, senco))
    with patch("banding_portal.sending.send"):
        post(client, reverse("banding:template_upload", args=[pupil_return.pk]), {"file": file})
    work_on_job(TemplateUpload, TemplateUpload.objects.get().pk)


def post(client: Client, address: str, given: dict[str, Any]) -> None:
    answer = client.post(address, given)
    if answer.status_code != 302:
        raise RuntimeError(f"{address} answered {answer.status_code}.")


class unseen:  # noqa: N801 - reads like a function
    """What is done within is not counted."""

    def __enter__(self) -> None:
        self.hook = sys.getprofile()
        sys.setprofile(None)

    def __exit__(self, *error: object) -> None:
        sys.setprofile(self.hook)


def entered(act: Callable[[], None]) -> set[str]:
    """The files of ours of which a function is called meanwhile, from the project's folder."""
    files: set[str] = set()

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code.co_name != "<module>":
            files.add(frame.f_code.co_filename)

    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(None)
    ours = (Path(file).relative_to(ROOT) for file in files if file.startswith(str(ROOT)))
    return {path.as_posix() for path in ours if path.parts[0] in PACKAGES}


def report(what: str, entered: set[str], room: str, most: int) -> str:
    files = sorted(file for file in entered if file.startswith(room) and not is_shared(file))
    reached = "reached" if len(files) <= most else "missed"
    return (
        f"{what} enters {len(files)} files of {room} (at most {most}: {reached}), "
        f"{len(entered)} with everything shared: {', '.join(files)}"
    )


def is_shared(file: str) -> bool:
    return file.startswith(SHARED) or file.endswith("models.py")

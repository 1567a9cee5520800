"""Files of the demonstration, loaded as an officer would, or sent in and left as they are."""

from collections.abc import Callable
from typing import Any

from banding_portal.jobs.results import Result
from banding_portal.jobs.working import work_on_job
from banding_portal.uploads.models import Upload
from banding_portal.uploads.states import UploadState


def load(run: Callable[..., Result], **file: Any) -> Result:
    """Raises ValueError where the file is refused: the demonstration is wrong then."""
    result = run(lambda done, total: None, **file)
    if result.issues:
        raise ValueError(f"The demonstration’s file is refused: {result.issues[:3]}")
    return result


def send_in(upload: Upload, filename: str, content: bytes, *, comes_to: UploadState) -> None:
    """Send a file in and have it checked, without a worker; nobody has applied it.

    Raises ValueError where the check ends in another state than `comes_to`.
    """
    upload.set_file(filename, content)
    upload.save(force_insert=True)
    state = work_on_job(type(upload), upload.pk)
    if state != comes_to:
        raise ValueError(f"The demonstration’s {filename} is {state}, not {comes_to}.")

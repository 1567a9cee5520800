"""The mail of the demonstration: files in a folder, shown as pages. Elsewhere not found.

A file holds one message or several, with a line of dashes after each, as Django's file
backend writes them. Names are only ever looked up among the folder's own.
"""

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest

from banding_portal.demo.strip import guest_at
from banding_portal.pages import ListPage, Page
from banding_portal.pages.base import About, Found
from banding_portal.roles import EVERYONE

SEPARATOR = b"\n" + b"-" * 79 + b"\n"
SHOWN_FILES = 500
"""The newest so many; a demonstration makes no more."""


@dataclass(frozen=True)
class DemoMail:
    """One message: the name of its file, its number in it from 1, and the message itself."""

    name: str
    number: int
    message: EmailMessage

    @property
    def subject(self) -> str:
        return self.message.get("Subject", "No subject")

    @property
    def to(self) -> str:
        return self.message.get("To", "")

    @property
    def sent_at(self) -> Any:
        return parsedate_to_datetime(self.message["Date"]) if self.message["Date"] else None

    @property
    def text(self) -> str:
        body = self.message.get_body(("plain",))
        return body.get_content() if body else ""


def demo_mails() -> list[DemoMail]:
    """Every message in the folder, the newest first."""
    found: list[DemoMail] = []
    for path in mail_files()[:SHOWN_FILES]:
        found += reversed(mails_in(path))
    return found


def mail_files() -> list[Path]:
    """The files of the folder, the newest first; their names begin with the time."""
    folder = Path(settings.EMAIL_FILE_PATH)
    if not folder.is_dir():
        return []
    files = [path for path in folder.iterdir() if path.is_file() and not path.is_symlink()]
    return sorted(files, key=lambda path: (path.stat().st_mtime, path.name), reverse=True)


def mails_in(path: Path) -> list[DemoMail]:
    parts = path.read_bytes().replace(b"\r\n", b"\n").split(SEPARATOR)
    messages = [message_from_bytes(part, policy=policy.default) for part in parts if part.strip()]
    return [DemoMail(path.name, number, each) for number, each in enumerate(messages, start=1)]


class DemoMailPage(About[Found], abstract=True):
    """Only the demonstration has these pages, whoever asks."""

    allowed_roles = EVERYONE

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not settings.DEMO:
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class DemoMailList(DemoMailPage[None], ListPage[None]):
    template_name = "demo_mail_list.html"

    def rows(self, wanted: dict[str, Any]) -> list[DemoMail]:
        return demo_mails()


class DemoMailDetail(DemoMailPage[DemoMail], Page[DemoMail]):
    template_name = "demo_mail_detail.html"

    def find(self) -> DemoMail:
        paths = [path for path in mail_files() if path.name == self.kwargs["name"]]
        mails = [each for path in paths for each in mails_in(path)]
        found = next((each for each in mails if each.number == self.kwargs["number"]), None)
        if found is None:
            raise Http404
        return found

    def context(self) -> dict[str, Any]:
        guest = guest_at(self.found.to)
        is_other = guest is not None and self.found.to != self.user.email
        guests = [guest] if is_other else []
        return {"mail": self.found, "guests": guests, "page": self.request.path}

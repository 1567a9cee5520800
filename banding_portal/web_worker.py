"""The worker of gunicorn: an address longer than it takes is told on our own page.

Such a request never reaches Django, and gunicorn’s own answer leads nowhere.
"""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from gunicorn.http.errors import LimitRequestLine
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

ANSWER = """HTTP/1.1 {status.value} {status.phrase}\r
Connection: close\r
Content-Type: text/html; charset=utf-8\r
Content-Length: {length}\r
Content-Security-Policy: default-src 'self'; frame-ancestors 'none'\r
X-Content-Type-Options: nosniff\r
\r
"""


class WebWorker(ThreadWorker):
    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        if not isinstance(exc, LimitRequestLine):
            super().handle_error(req, client, addr, exc)
            return
        self.log.warning("Address too long from ip=%s", addr[0] if addr else "")
        try:
            write_nonblock(client, too_long())
        except OSError:
            self.log.debug("Nobody waited for the answer.")


def too_long() -> bytes:
    """The answer, as any page says it; of the person nothing is known."""
    page = render_to_string("414.html", {"LA_NAME": settings.LA_NAME, "DEMO": settings.DEMO})
    body = page.encode()
    status = HTTPStatus.REQUEST_URI_TOO_LONG
    return ANSWER.format(status=status, length=len(body)).encode() + body

"""Every page and file that names pupils is kept, with who read it."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

from django.http import FileResponse, HttpRequest, HttpResponse

from banding_portal.looking import names_noticed
from schools.looks.services import keep_request

Handler = Callable[[HttpRequest], HttpResponse]
SHOWS_NOTHING = {"HEAD", "OPTIONS"}


def keep_looks(get_response: Handler) -> Handler:
    """What a refusal or a redirect names, nobody reads."""

    def middleware(request: Any) -> Any:
        request.look = uuid4()
        with names_noticed() as named:
            response: Any = get_response(request)
        if response.status_code != 200 or request.method in SHOWS_NOTHING:
            return response
        if response.streaming and not isinstance(response, FileResponse):
            content = response.streaming_content
            response.streaming_content = kept_at_the_end(request, response, content, named)
        elif named:
            keep_request(request, response, named)
        return response

    return middleware


def kept_at_the_end(
    request: Any, response: HttpResponse, content: Iterator[bytes], named: set[UUID]
) -> Iterator[bytes]:
    """A file made while it is sent names pupils until its last row or a broken line."""
    try:
        with names_noticed(named):
            yield from content
    finally:
        if named:
            keep_request(request, response, named)

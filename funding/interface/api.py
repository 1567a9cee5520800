"""The interface for finance systems: read-only, by token, of published runs alone (F20)."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page
from ninja import NinjaAPI, Query
from ninja.errors import AuthenticationError, ValidationError
from ninja.security import HttpBearer

from banding_portal.refusals import RefusalError
from funding.choices import TokenScope
from funding.interface.answers import (
    LineAnswer,
    LinePage,
    Problem,
    RunAnswer,
    RunPage,
    SchoolAnswer,
    SchoolList,
)
from funding.interface.models import AccessToken
from funding.interface.rules import allows
from funding.interface.selectors import lines_after, published_runs, runs_after
from funding.interface.services import token_shown
from funding.models import Run
from funding.selectors.runs import totals_by_school

MOST = 1000
ABOUT = """Published payment runs and their lines, to read. Nothing can be changed by it, and drafts
are not in it. Every request shows a token in the header “Authorization: Bearer …”; an answer has an
ETag, and with “If-None-Match” one that is still the same is not sent again. A token that is revoked
or expires in the middle of a download is refused from the next page on, with status 401."""
REFUSED = dict.fromkeys((400, 401, 403, 404), Problem)
After = Annotated[UUID | None, Query(description="The last one read; “next” holds it already.")]
Limit = Annotated[int, Query(description="How many on a page at most.", ge=1, le=MOST)]


class ApiRequest(HttpRequest):
    auth: AccessToken


class NoTokenError(Exception):
    """A token that opens nothing; says why."""


class OutOfScopeError(Exception):
    """A token that opens other things."""


class ShowsToken(HttpBearer):
    """A token made on the portal’s page “Interface for finance systems”."""

    def authenticate(self, request: HttpRequest, token: str) -> AccessToken:
        try:
            return token_shown(token)
        except RefusalError as refusal:
            raise NoTokenError(str(refusal)) from refusal


api = NinjaAPI(
    title="Published payment runs",
    version="1",
    description=ABOUT,
    auth=ShowsToken(),
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
    servers=[{"url": settings.PORTAL_URL}],
)


@api.get("/runs/", response={200: RunPage, **REFUSED}, url_name="runs")
def list_runs(request: ApiRequest, after: After = None, limit: Limit = 100) -> Any:
    """Every published run, in the order in which they were published."""
    part = runs_after(request.auth.owner, after, limit)
    items = [RunAnswer.of(run) for run in part.rows]
    return RunPage(items=items, next=next_page(request, part.last, limit))


@api.get("/runs/{uuid:run}/", response={200: RunAnswer, **REFUSED}, url_name="run")
def read_run(request: ApiRequest, run: UUID) -> Any:
    """One published run."""
    return RunAnswer.of(find_run(request, run))


@api.get("/runs/{uuid:run}/schools/", response={200: SchoolList, **REFUSED}, url_name="schools")
def list_schools(request: ApiRequest, run: UUID) -> Any:
    """What a run pays each school, by name; no pupils."""
    found = find_run(request, run)
    items = [SchoolAnswer.of(row) for row in totals_by_school(found)]
    return SchoolList(run=found.pk, control_total=found.control_total, items=items)


@api.get("/runs/{uuid:run}/lines/", response={200: LinePage, **REFUSED}, url_name="lines")
def list_lines(request: ApiRequest, run: UUID, after: After = None, limit: Limit = 500) -> Any:
    """The lines of a run, school by school. It needs a token whose scope has lines."""
    require(request, TokenScope.LINES)
    found = find_run(request, run)
    part = lines_after(found, request.auth.owner, after, limit)
    with_upn = allows(request.auth.scope, TokenScope.UPNS)
    return LinePage(
        run=found.pk,
        lines=found.lines.count(),
        control_total=found.control_total,
        items=[LineAnswer.of(line, with_upn=with_upn) for line in part.rows],
        next=next_page(request, part.last, limit),
    )


def require(request: ApiRequest, needed: TokenScope) -> None:
    if not allows(request.auth.scope, needed):
        raise OutOfScopeError


def find_run(request: ApiRequest, pk: UUID) -> Run:
    run = published_runs(request.auth.owner).filter(pk=pk).first()
    if run is None:
        raise Http404
    return run


def next_page(request: HttpRequest, last: UUID | None, limit: int) -> str | None:
    """By the portal’s own name, whatever host the request gives."""
    if last is None:
        return None
    query = urlencode({"after": last, "limit": limit})
    return f"{settings.PORTAL_URL.rstrip('/')}{request.path}?{query}"


def answer(request: HttpRequest, status: HTTPStatus, problem: str) -> HttpResponse:
    response = api.create_response(request, Problem(problem=problem).model_dump(), status=status)
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="Published payment runs"'
    return response


@api.exception_handler(AuthenticationError)
def without_token(request: HttpRequest, error: Any) -> HttpResponse:
    said = "Show a token in the header “Authorization: Bearer …”."
    return answer(request, HTTPStatus.UNAUTHORIZED, said)


@api.exception_handler(NoTokenError)
def with_wrong_token(request: HttpRequest, error: Any) -> HttpResponse:
    return answer(request, HTTPStatus.UNAUTHORIZED, str(error))


@api.exception_handler(OutOfScopeError)
def out_of_scope(request: HttpRequest, error: Any) -> HttpResponse:
    said = "The scope of this token has no lines. Make one whose scope does."
    return answer(request, HTTPStatus.FORBIDDEN, said)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Any) -> HttpResponse:
    return answer(request, HTTPStatus.NOT_FOUND, "There is no published run with this number.")


@api.exception_handler(RefusalError)
def refused(request: HttpRequest, error: Any) -> HttpResponse:
    return answer(request, HTTPStatus.BAD_REQUEST, str(error))


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, error: Any) -> HttpResponse:
    names = {str(each["loc"][-1]) for each in error.errors}
    said = {
        "limit": f"“limit” is a whole number from 1 to {MOST}.",
        "after": "“after” is the identifier of the last line or run that was read.",
    }
    return answer(request, HTTPStatus.BAD_REQUEST, " ".join(said[name] for name in sorted(names)))


def read_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """HEAD asks like GET; what would write is refused in the words of every other answer."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "HEAD":
            request.method = "GET"
        if request.method != "GET":
            said = "This interface is read only: ask with GET."
            response = answer(request, HTTPStatus.METHOD_NOT_ALLOWED, said)
            response["Allow"] = "GET, HEAD"
            return response
        return view(request, *args, **kwargs)

    return answered


@login_not_required
@csrf_exempt
def no_such_address(request: HttpRequest, rest: str) -> HttpResponse:
    return answer(request, HTTPStatus.NOT_FOUND, "There is nothing at this address.")


def by_token(pattern: Any) -> URLPattern:
    """Its address without a session: a token opens it. Kept by nobody, but compared by its ETag."""
    kept = cache_control(private=True, no_cache=True)(conditional_page(read_only(pattern.callback)))
    pattern.callback = login_not_required(csrf_exempt(kept))
    found: URLPattern = pattern
    return found


def urls() -> tuple[list[URLPattern], str, str]:
    patterns, app_name, namespace = api.urls
    ours = [each for each in patterns if getattr(each, "name", "") != "api-root"]
    nowhere = path("<path:rest>", no_such_address, name="nowhere")
    return [*map(by_token, ours), nowhere], app_name, namespace


def description() -> dict[str, Any]:
    """The interface as OpenAPI 3.1, made from what stands above."""
    return api.get_openapi_schema(path_prefix=reverse("funding:api:runs").removesuffix("runs/"))

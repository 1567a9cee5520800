"""Going to an address as somebody, and what the answer should be."""

import io
import zipfile

from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from banding_portal.jobs.views import JobDetail
from tests.access.people import SCOPED
from tests.access.rule import Rule
from tests.access.world import World

READING = ("get", "head", "fragment")
USED = ("get", "head", "post")
UNUSED = ("put", "patch", "delete")
REFUSED = {403, 404, 405}
CHANGED = {200, 204, 302, 400, 405, 409, 410}
# django-allauth's own pages: everybody's own account, tested by the journeys. And what a token
# opens rather than a role: tests/funding/test_interface.py.
OUTSIDE = ("account_", "mfa_", "socialaccount_", "funding:api:")


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> dict[str, URLPattern]:
    """Every address of the portal by its full name."""
    found = {}
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            found |= patterns(pattern, inner)
        else:
            found[f"{prefix}{pattern.name}"] = pattern
    return {name: each for name, each in found.items() if not name.startswith(OUTSIDE)}


def view_classes() -> list[type]:
    return [pattern.callback.view_class for pattern in patterns().values()]


def address(name: str, rule: Rule, world: World, side: str = "own") -> str:
    return reverse(
        name, kwargs={key: fill(world, side, noun) for key, noun in rule.objects.items()}
    )


def fill(world: World, side: str, noun: str) -> object:
    if noun.startswith("="):
        return noun[1:]
    found = world.side(side).objects[noun]
    return getattr(found, "pk", found)


def has_sides(rule: Rule, world: World) -> bool:
    """Whether the address names something that belongs to a school."""
    nouns = {noun for noun in rule.objects.values() if not noun.startswith("=")}
    return not rule.public and not nouns <= world.shared


def right_answers(rule: Rule, role: str, side: str, method: str) -> set[int]:
    """The statuses that are right; 404 where the person's scope ends."""
    reading = method in READING
    if role not in rule.holders(reading):
        return {403}
    if rule.get == {404}:  # nothing is there, whatever is asked
        return {404} if reading else {404, 405}
    if method in UNUSED or (reading and rule.get == {405}):
        return {405}
    if side == "other" and role in SCOPED:
        # A page that is only read refuses a change before it looks for its object.
        return {404} if reading else {404, 405}
    return set(rule.get) if reading else CHANGED


def used_methods(name: str) -> tuple[str, ...]:
    """Those a page answers to; "fragment" is a job at work, asked for by htmx."""
    follows_a_job = issubclass(patterns()[name].callback.view_class, JobDetail)
    return (*USED, "fragment") if follows_a_job else USED


def send(client, method: str, url: str, right: frozenset[int] | set[int] = frozenset()):
    """One request whose effects on the database are undone; a refusal, when it is right, has none.

    Most requests of the walk are refused, and a savepoint costs more than the refusal.
    """
    if right and right <= REFUSED:
        return answer(client, method, url)
    with transaction.atomic():
        response = answer(client, method, url)
        transaction.set_rollback(True)
    return response


def answer(client, method: str, url: str):
    if method == "fragment":
        response = client.get(url, headers={"HX-Request": "true"})
    else:
        response = getattr(client, method)(url)
    response.seen = text_of(response)
    return response


def text_of(response) -> str:
    """What a page or file says, a workbook's parts unpacked."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"\n".join(archive.read(part) for part in archive.namelist())
    return content.decode(errors="ignore")

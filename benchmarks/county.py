"""Every kind of page of the demonstration, grown to a very large authority (Q27)."""

import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.http import Http404
from django.test import Client
from django.urls import resolve

from banding_portal.roles import Role
from benchmarks.growing import PUPILS, SCHOOLS, grow
from benchmarks.runs import timed
from schools.demo.people import account_of
from schools.models import User

SLOW, MANY = 100, 20
"""Milliseconds of server time, and queries, that a page may take (Q27)."""
SHOWN = 15
LINK = re.compile(r'<a [^>]*href="(/[^"#]*)')
FILE_ENDS = ("_file", "_download", "_calendar", "_export", "_marked", "_population")


def measure_county(rounds: int) -> Iterator[str]:
    """Yield the report, a line at a time: the slowest pages, and how many miss a target."""
    settings.REQUIRE_SECOND_FACTOR = settings.SECURE_SSL_REDIRECT = False
    settings.ALLOWED_HOSTS = ["testserver"]
    with tempfile.TemporaryDirectory() as folder:
        call_command("seed_demo", folder=Path(folder), verbosity=0)
    grow()
    taken = sorted(measure_pages(rounds), reverse=True)
    slow = [each for each in taken if each[0] > SLOW]
    many = [each for each in taken if each[1] > MANY]
    yield f"{SCHOOLS:,} schools and {PUPILS:,} pupils more: {len(taken)} kinds of page"
    yield f"above {SLOW} ms: {len(slow)}; above {MANY} queries: {len(many)}"
    for milliseconds, queries, name, role, path in taken[:SHOWN]:
        yield f"{milliseconds:5.0f} ms {queries:3} queries  {name} ({role}) {path}"
    for milliseconds, queries, name, role, path in sorted(many, key=lambda each: -each[1])[:SHOWN]:
        yield f"{queries:3} queries {milliseconds:5.0f} ms  {name} ({role}) {path}"


def measure_pages(rounds: int) -> Iterator[tuple[float, int, str, str, str]]:
    """Each kind of page that a role's links lead to, with its time in milliseconds and queries."""
    for role in Role:
        user = User.objects.filter(email=account_of(role).email).first()
        if user:
            yield from pages_of(user, role, rounds)


def pages_of(user: User, role: str, rounds: int) -> Iterator[tuple[float, int, str, str, str]]:
    client = Client()
    client.force_login(user)
    seen: set[str] = set()
    waiting = ["/"]
    while waiting:
        path = waiting.pop(0)
        name = name_of(path)
        if not name or name in seen or name.endswith(FILE_ENDS):
            continue
        seen.add(name)
        asked: list[str] = []
        with connection.execute_wrapper(counting(asked)):
            response = client.get(path)
        if response.status_code != 200 or "text/html" not in response.headers["Content-Type"]:
            continue
        waiting += [link.replace("&amp;", "&") for link in LINK.findall(response.text)]
        took = min(timed(lambda path=path: client.get(path)) for _ in range(rounds))
        yield took * 1000, len(asked), name, str(role), path


def counting(asked: list[str]) -> Callable[..., Any]:
    """Keeps every statement that is sent while it wraps the connection."""

    def wrapper(execute: Callable[..., Any], sql: str, *others: Any) -> Any:
        asked.append(sql)
        return execute(sql, *others)

    return wrapper


def name_of(path: str) -> str:
    try:
        return resolve(urlsplit(path).path).view_name
    except Http404:
        return ""

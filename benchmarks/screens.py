"""Q30 as a person sees it: a value changed on the page, and its answer, over HTTP."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from statistics import median
from urllib.parse import urlencode

from django.conf import settings
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections, transaction
from django.test import Client
from django.test.testcases import LiveServerThread, _StaticFilesHandler
from django.urls import reverse

from banding_portal.roles import Role
from benchmarks.pages import member
from benchmarks.runs import execute, timed
from benchmarks.scenarios import MOST_SECONDS, MOST_SECONDS_DRAWING, PUPILS
from funding.models import Scenario, ScenarioWork
from funding.scenarios.forms import field_of
from funding.scenarios.grid import cells_of
from funding.scenarios.services import make_scenario, read_and_work_out
from funding.scenarios.terms import Scenario as Terms
from funding.services.scale import seed_scale
from schools.models import User

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
TERMS = {
    "name": "On screen", "year": "2026-27", "framework": "invented", "budget": 60_000_000,
    "decisions": "corrected", "unbanded": "imputed",
    "protection": {"floor": 99, "years": 3}, "growth": 2,
}  # fmt: skip


def measure_screens(rounds: int) -> Iterator[str]:
    """Yield the report: what is sent and read is timed whole, the second page with it."""
    settings.REQUIRE_SECOND_FACTOR = settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    seed_scale(schools=PUPILS // 26, pupils=PUPILS)
    execute("VACUUM ANALYZE")
    user = member("finance@invented.example", Role.FINANCE_OFFICER)
    scenario = make_scenario(terms=Terms.model_validate(TERMS), note="", by=user)
    job = ScenarioWork.objects.create(scenario=scenario, started_by=user)
    seconds = timed(lambda: read_and_keep(job))
    yield f"{PUPILS:,} pupils read and worked out by the job in {seconds:.1f} s"
    with serving() as port:
        visitor = Visitor(port, user)
        yield changed(visitor, scenario, rounds)
        for name in ("range", "sensitivity", "benchmark", "report"):
            address = reverse(f"funding:scenario_{name}", args=[scenario.pk])
            seconds = median(visitor.see(address) for _ in range(rounds))
            wanted = verdict(seconds, MOST_SECONDS_DRAWING) if name == "range" else ""
            yield f"Q30 the page of {name} in {seconds:.2f} s{wanted}"


@transaction.atomic
def read_and_keep(job: ScenarioWork) -> None:
    read_and_work_out(job, lambda done, total: None)


@contextmanager
def serving() -> Iterator[int]:
    """A server of its own on this database; its port."""
    server = LiveServerThread("localhost", _StaticFilesHandler)
    server.server_class = ThreadedWSGIServer
    server.daemon = True
    server.start()
    server.is_ready.wait()
    try:
        yield server.port
    finally:
        server.terminate()
        connections.close_all()


def changed(visitor: "Visitor", scenario: Scenario, rounds: int) -> str:
    """One value is another each time; the first time does not count."""
    page = reverse("funding:scenario_edit", args=[scenario.pk])
    band, sector = cells_of(scenario)[0]
    taken = []
    for number in range(rounds + 1):
        sent = {
            "name": "On screen", "note": "", "decisions": "corrected", "unbanded": "imputed",
            "values_from": "table", "protection": "floor", "per": "pupil", "floor": "99",
            "years": "3", "phased_per": "pupil", "growth": "2", "budget": "60000000",
            field_of(band, sector): str(3000 + number),
        }  # fmt: skip
        taken.append(visitor.send(page, sent))
    saved, shown = (median(part) for part in zip(*taken[1:], strict=True))
    return (
        f"Q30 a changed value saved and worked out in {saved:.2f} s, its page in {shown:.2f} s: "
        f"{saved + shown:.2f} s together{verdict(saved + shown, MOST_SECONDS)}"
    )


def verdict(seconds: float, most: float) -> str:
    return f" (under {most:.0f} s: {'reached' if seconds < most else 'missed'})"


class Visitor:
    """Somebody signed in, who sends forms over HTTP."""

    def __init__(self, port: int, user: User) -> None:
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        self.port, self.cookies = port, {name: client.cookies[name].value}

    def send(self, path: str, sent: dict[str, str]) -> tuple[float, float]:
        """Seconds until the answer to what is sent, and of the page it leads to."""
        form = self.ask("GET", path)[1]
        found = TOKEN.search(form)
        token = {"csrfmiddlewaretoken": found[1]} if found else {}
        began = time.perf_counter()
        answer, text = self.ask("POST", path, urlencode(sent | token))
        seconds = time.perf_counter() - began
        if answer.status != 302:
            raise RuntimeError(f"{answer.status}: {re.findall('error-message[^<]*<[^<]*', text)}")
        return seconds, self.see(answer.headers["Location"])

    def see(self, path: str) -> float:
        began = time.perf_counter()
        answer, _ = self.ask("GET", path)
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {answer.headers.get('Location')}")
        return time.perf_counter() - began

    def ask(self, method: str, path: str, body: str = "") -> tuple[HTTPResponse, str]:
        connection = HTTPConnection("localhost", self.port, timeout=120)
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        for each in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = each.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer, text

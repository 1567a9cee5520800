"""The interface for finance systems: tokens, published runs and their lines (F20)."""

import datetime as dt
import json
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from banding_portal.roles import Role
from funding.interface.services import revoke_token
from funding.models import AccessToken, Line
from tests.factories import PeriodFactory, SchoolFactory, person
from tests.funding.funded import funded_pupil, set_value
from tests.funding.published import draft, published
from tests.funding.tokens import a_token, get

pytestmark = pytest.mark.django_db
RUNS = "/api/v1/runs/"


@pytest.fixture
def owner(db):
    return person(Role.FINANCE_OFFICER)


@pytest.fixture
def period(db):
    set_value()
    return PeriodFactory()


@pytest.fixture
def run(period):
    """Three pupils at one school, two at another."""
    for name, count in (("Alder", 3), ("Birch", 2)):
        school = SchoolFactory(name=name)
        for _ in range(count):
            funded_pupil(school, surname="Nobodyknows")
    return published(period)


def lines_of(run):
    return f"{RUNS}{run.pk}/lines/"


def read_all(address, secret):
    pages = []
    while address:
        answer = get(address, secret)
        assert answer.status_code == 200
        pages.append(answer.json())
        address = pages[-1]["next"]
    return pages


def test_runs_are_the_published_ones_alone(run, owner):
    _, secret = a_token(owner, scope="totals")
    assert draft(run.period).state == "draft"
    [found] = get(RUNS, secret).json()["items"]
    assert found == get(f"{RUNS}{run.pk}/", secret).json()
    assert found["id"] == str(run.pk)
    assert (found["period"], found["sequence"], found["lines"]) == ("2026-autumn", 1, 5)
    assert (found["control_total"], found["lines_hash"]) == ("6100.00", run.lines_hash)


def test_draft_is_not_found(run, owner):
    _, secret = a_token(owner)
    other = draft(run.period)
    for part in ("", "schools/", "lines/"):
        answer = get(f"{RUNS}{other.pk}/{part}", secret)
        assert answer.status_code == 404
        assert answer.json() == {"problem": "There is no published run with this number."}


def test_totals_by_school_add_up_and_name_nobody(run, owner):
    _, secret = a_token(owner, scope="totals")
    answer = get(f"{RUNS}{run.pk}/schools/", secret)
    found = answer.json()
    assert [(each["name"], each["pupils"], each["amount"]) for each in found["items"]] == [
        ("Alder", 3, "3660.00"),
        ("Birch", 2, "2440.00"),
    ]
    total = sum(Decimal(each["amount"]) for each in found["items"])
    assert total == Decimal(found["control_total"]) == run.control_total
    assert not any(line.reference in answer.text for line in Line.objects.all())


@pytest.mark.parametrize("limit", [1, 2, 12, 500])
def test_lines_come_page_by_page_each_once(period, owner, limit):
    """Six schools, whose identifiers are in no order of their names."""
    for number in range(12):
        funded_pupil(SchoolFactory(name=f"School {number // 2}"), surname="Nobodyknows")
    run = published(period)
    _, secret = a_token(owner)
    pages = read_all(f"{lines_of(run)}?limit={limit}", secret)
    lines = [line for page in pages for line in page["items"]]
    assert all(len(page["items"]) <= limit for page in pages)
    assert {line["id"] for line in lines} == {str(line.pk) for line in Line.objects.all()}
    assert len(lines) == pages[0]["lines"] == 12
    paid = sum(Decimal(line["amount"]) for line in lines if line["is_paid"])
    assert paid == Decimal(pages[-1]["control_total"]) == run.control_total
    assert "Nobodyknows" not in json.dumps(pages)


def test_line_says_what_it_was_worked_out_from(run, owner):
    _, secret = a_token(owner)
    line = Line.objects.first()
    [found] = [
        each for each in get(lines_of(run), secret).json()["items"] if each["id"] == str(line.pk)
    ]
    assert (found["pupil_reference"], found["upn"]) == (line.reference, line.upn)
    assert (found["kind"], found["band"], found["annual_value"]) == ("allocation", "B", "3660.00")
    assert (found["start"], found["days"], found["amount"]) == ("2026-09-01", 122, "1220.00")


def test_runs_come_page_by_page_in_order_of_publishing(run, owner):
    funded_pupil(SchoolFactory())
    second = published(run.period)
    _, secret = a_token(owner)
    pages = read_all(f"{RUNS}?limit=1", secret)
    assert [page["items"][0]["id"] for page in pages] == [str(run.pk), str(second.pk)]


@pytest.mark.parametrize(
    ("scope", "lines", "has_upn"),
    [("totals", 403, None), ("lines", 200, False), ("upns", 200, True)],
)
def test_scope_says_what_is_read(run, owner, scope, lines, has_upn):
    _, secret = a_token(owner, scope=scope)
    assert get(RUNS, secret).status_code == 200
    answer = get(lines_of(run), secret)
    assert answer.status_code == lines
    if lines == 200:
        assert all((line["upn"] is not None) == has_upn for line in answer.json()["items"])
    else:
        assert "has no lines" in answer.json()["problem"]


def refused(answer, says):
    assert answer.status_code == 401
    assert says in answer.json()["problem"]
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_without_a_token_nothing_is_read(run):
    for address in (RUNS, f"{RUNS}{run.pk}/", f"{RUNS}{run.pk}/schools/", lines_of(run)):
        refused(Client().get(address), "Show a token")
        refused(get(address, "bpt_made_up"), "knows no such token")


def test_session_is_no_token(run, sign_in):
    refused(sign_in(Role.FINANCE_OFFICER).get(RUNS), "Show a token")


def test_revoked_token_opens_nothing_not_even_what_is_unchanged(run, owner):
    token, secret = a_token(owner)
    seen = get(RUNS, secret)
    revoke_token(token=token, by=person(Role.FINANCE_AUTHORISER))
    refused(get(RUNS, secret), "was revoked")
    refused(get(RUNS, secret, **{"If-None-Match": seen["ETag"]}), "was revoked")


def test_token_revoked_between_two_pages_ends_the_download(run, owner):
    token, secret = a_token(owner)
    first = get(f"{lines_of(run)}?limit=2", secret).json()
    revoke_token(token=token, by=owner)
    refused(get(first["next"], secret), "was revoked")


def test_token_ends_with_its_last_day(run, owner):
    with time_machine.travel("2026-11-20 10:00", tick=False):
        _, secret = a_token(owner, days=1)
    with time_machine.travel("2026-11-21 23:30", tick=False):
        assert get(RUNS, secret).status_code == 200
    with time_machine.travel("2026-11-22 00:30", tick=False):
        refused(get(RUNS, secret), "expired")


def test_token_ends_when_its_owner_leaves_finance(run, owner):
    _, secret = a_token(owner)
    owner.memberships.all().delete()
    refused(get(RUNS, secret), "no longer works in finance")


def test_last_use_is_written_down_once_a_minute(run, owner):
    token, secret = a_token(owner)
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        get(RUNS, secret)
    with time_machine.travel(start + dt.timedelta(seconds=50), tick=False):
        get(RUNS, secret)
        token.refresh_from_db()
        assert token.last_used_at == start
    with time_machine.travel(start + dt.timedelta(seconds=61), tick=False):
        get(RUNS, secret)
    token.refresh_from_db()
    assert token.last_used_at == start + dt.timedelta(seconds=61)


def test_only_a_hash_is_kept(owner):
    token, secret = a_token(owner)
    kept = AccessToken.objects.filter(pk=token.pk).values_list().get()
    assert secret not in map(str, kept)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(e)::text FROM funding_accesstokenevent e")
        told = " ".join(row[0] for row in cursor.fetchall())
    assert secret not in told
    assert token.hashed not in told


def test_unchanged_answer_is_not_sent_again(run, owner):
    _, secret = a_token(owner)
    for address in (RUNS, f"{RUNS}{run.pk}/", f"{lines_of(run)}?limit=2"):
        seen = get(address, secret)
        assert "no-cache" in seen["Cache-Control"]
        assert "private" in seen["Cache-Control"]
        again = get(address, secret, **{"If-None-Match": seen["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert get(address, secret, **{"If-None-Match": '"other"'}).content == seen.content


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("limit=0", "“limit” is a whole number from 1 to 1000."),
        ("limit=1001", "“limit” is a whole number from 1 to 1000."),
        ("limit=many", "“limit” is a whole number from 1 to 1000."),
        ("after=7", "“after” is the identifier of the last line or run that was read."),
        ("after=00000000-0000-4000-8000-000000000000", "“after” names nothing on this list."),
    ],
)
def test_wrong_question_is_told(run, owner, query, says):
    _, secret = a_token(owner)
    for address in (RUNS, lines_of(run)):
        answer = get(f"{address}?{query}", secret)
        assert answer.status_code == 400
        assert says in answer.json()["problem"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_changed(run, owner, method):
    _, secret = a_token(owner)
    answer = getattr(Client(enforce_csrf_checks=True), method)(
        RUNS, headers={"Authorization": f"Bearer {secret}"}
    )
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("address", [f"{RUNS}abc/", "/api/v1/nothing/"])
def test_address_that_is_none_is_answered_like_everything_else(address):
    answer = Client().get(address)
    assert answer.status_code == 404
    assert answer.json() == {"problem": "There is nothing at this address."}


def test_head_asks_like_get(run, owner):
    _, secret = a_token(owner)
    answer = Client().head(RUNS, headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 200
    assert answer["ETag"]


def test_number_of_queries_does_not_depend_on_lines(run, owner):
    _, secret = a_token(owner)
    get(RUNS, secret)
    counts = []
    for limit in (1, 3):
        with CaptureQueriesContext(connection) as queries:
            get(f"{lines_of(run)}?limit={limit}", secret)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_next_page_names_the_portal_and_not_the_host_of_the_request(run, owner, settings):
    settings.ALLOWED_HOSTS = ["*"]
    settings.PORTAL_URL = "https://banding.example.gov.uk"
    _, secret = a_token(owner)
    found = get(f"{lines_of(run)}?limit=2", secret, Host="elsewhere.example").json()
    assert found["next"].startswith("https://banding.example.gov.uk/api/v1/runs/")


def test_description_is_openapi_3_1_and_public(client):
    answer = client.get(reverse("funding:openapi"))
    found = answer.json()
    assert found["openapi"].startswith("3.1")
    assert set(found["paths"]) == {
        "/api/v1/runs/",
        "/api/v1/runs/{run}/",
        "/api/v1/runs/{run}/schools/",
        "/api/v1/runs/{run}/lines/",
    }
    assert {method for path in found["paths"].values() for method in path} == {"get"}
    [scheme] = found["components"]["securitySchemes"].values()
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")

"""Whatever else a moderator is, nothing they can reach tells the band they judge blind (M4, M9)."""

import re
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from banding_portal.roles import ROLES_AT_A_SCHOOL, ROLES_IN_A_QUADRANT, Role
from moderation.choices import TargetReason
from moderation.models import Case, SampleDecision
from tests.access.rules import RULES
from tests.access.walking import READING, address, send, used_methods
from tests.factories import MembershipFactory, SchoolFactory

pytestmark = pytest.mark.django_db
# What differs from one answer to the next, whatever is in them.
CHANCE = re.compile(r'[A-Za-z0-9]{64}|data-seconds="\d+"|DTSTAMP:\w+|data-look="[^"]*"')
HEADERS_OF_CHANCE = {"Content-Length", "Set-Cookie", "Date", "Last-Modified", "ETag"}
OTHER = ("Other words", "Other reasons", "Other notes")


def moderator_in_every_role(world, known):
    """Who holds every role of the portal, those at a school at another one, and judges a case."""
    user, elsewhere = world.people[Role.MODERATOR], SchoolFactory()
    for role in set(Role.values) - ROLES_IN_A_QUADRANT:
        school = elsewhere if role in ROLES_AT_A_SCHOOL else None
        MembershipFactory(user=user, role=role, school=school)
    for cached in ("current_memberships", "roles", "school_ids", "quadrant_ids"):
        vars(user).pop(cached, None)
    known(user)
    return user


def decide_otherwise(case):
    """The school's band, its levels and words, and all that is kept of them, are others."""
    decision = case.decision
    decision.band = decision.framework.bands.get(code="C")
    decision.suggested_band, decision.rationale = decision.band, "Other words"
    decision.difference_reason = "Other reasons"
    decision.save()
    SampleDecision.objects.filter(decision=decision).update(band="C")
    # Why it is judged would tell the highest band.
    Case.objects.filter(pk=case.pk).update(
        target_reason=TargetReason.TOP_BAND, target_note="Other notes"
    )


def whole(response):
    """What it says and its headers, without what differs by chance."""
    headers = [f"{k}: {v}" for k, v in response.headers.items() if k not in HEADERS_OF_CHANCE]
    return CHANCE.sub("", "\n".join([response.seen, *sorted(headers)]))


def read_everything(client, world, case):
    """Every page, fragment and file there is, and what is found by name and by reference."""
    pages = {
        (name, method): whole(send(client, method, address(name, rule, world)))
        for name, rule in RULES.items()
        if not rule.public
        for method in set(used_methods(name)) & set(READING) - {"head"}
    }
    pupil = case.decision.pupil
    for words in (pupil.surname, pupil.reference, case.reference):
        found = send(client, "get", f"{reverse('find')}?{urlencode({'q': words})}")
        pages["find", words] = whole(found)
    client.get(reverse("home"))  # shows what “Find” said of an only hit
    return pages


def test_nothing_a_moderator_reaches_in_any_role_tells_the_band(world, known, caplog):
    user = moderator_in_every_role(world, known)
    case = Case.objects.select_related("decision__framework").get(pk=world.own.objects["case"].pk)
    client = Client()
    client.force_login(user)
    caplog.set_level("INFO")
    # A job that waits says so differently after a while.
    with time_machine.travel(timezone.now(), tick=False):
        before, logged = read_everything(client, world, case), lines_of(caplog)
        decide_otherwise(case)
        caplog.clear()
        after = read_everything(client, world, case)
    assert [page for page, text in after.items() if text != before[page]] == []
    assert lines_of(caplog) == logged
    assert [word for word in OTHER if word in "\n".join([*after.values(), *logged])] == []


def lines_of(caplog):
    """What was logged, each line with all that is kept of it, without times."""
    return sorted({CHANCE.sub("", f"{one.name} {one.getMessage()}") for one in caplog.records})


def test_no_entry_of_the_audit_trail_is_reached_by_who_judges(world, known):
    """The trail holds every band; with the auditor’s role besides a moderator is refused it."""
    user = moderator_in_every_role(world, known)
    client = Client()
    client.force_login(user)
    assert client.get(reverse("audit")).status_code == 403
    case = world.own.objects["case"]
    told = client.get(reverse("moderation:case_history", args=[case.pk]), follow=True)
    assert "Judge this case before you see what happened to it." in told.text

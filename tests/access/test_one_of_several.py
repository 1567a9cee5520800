"""Every page of one school names it, for somebody who works for several."""

import re
from html import unescape

import pytest
from django.test import Client

from banding_portal.roles import Role
from tests.access.rules import RULES
from tests.access.walking import address, has_sides, right_answers, send
from tests.access.world import person_in
from tests.factories import MembershipFactory, SchoolFactory

pytestmark = pytest.mark.django_db
OF_MANY = (
    "banding:template_batch",
    "schools:resource_",
    "schools:sheet_",
    "schools:training_",
)
"""About something that is there for many schools."""


@pytest.mark.parametrize("role", [Role.SENCO, Role.HEADTEACHER, Role.SCHOOL_FINANCE])
def test_page_of_one_school_names_it_in_title_and_header(world, known, role):
    school = world.own.school
    user, wrong, seen = person_in(role, school), [], 0
    MembershipFactory(user=user, role=role, school=SchoolFactory(name="Another School"))
    known(user)
    client = Client()
    client.force_login(user)
    for name, rule in RULES.items():
        if name.startswith(OF_MANY) or not has_sides(rule, world):
            continue
        if 200 not in right_answers(rule, role, "own", "get"):
            continue
        answer = send(client, "get", address(name, rule, world))
        title = re.search(r"<title>(.*?)</title>", answer.seen, re.DOTALL)
        if answer.status_code != 200 or not title or answer.get("HX-Trigger"):
            continue
        seen += 1
        label = re.search(r'header-menu__label">([^<]*)</span>', answer.seen)
        if school.name not in unescape(title[1]) or not label or label[1].strip() != school.name:
            wrong.append(f"{name}: {title[1].strip()} ({label and label[1].strip()})")
    assert not wrong, "\n".join(wrong)
    assert seen > (2 if role == Role.SCHOOL_FINANCE else 20)

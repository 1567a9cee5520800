"""Kept text of other pages than the decision page: judgements, answers, joiners, lists."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from banding.models import ExceptionalRequest, Joiner
from banding_portal.kept_forms.services import keep_form
from banding_portal.roles import Role
from tests.banding.helpers import decide, return_with_pupils, senco_of
from tests.banding_portal.typing import TEXT, keep, texts
from tests.factories import CollectionFactory, person
from tests.moderation.world import decided, given_case, judge, moderator
from tests.pages import flat

pytestmark = pytest.mark.django_db
COMPLETE = {"level_cl": "2", "level_ci": "1", "band": "B", "do": "next"}
REFILLED, TO_COPY = "This is what you typed", "was not saved"


@pytest.fixture
def row(school):
    return return_with_pupils(2, school=school)[1][0]


@pytest.fixture
def case(school):
    return given_case(decided(CollectionFactory(), school), moderator(school.quadrant))


@pytest.fixture
def moderating(client, case):
    client.force_login(case.moderator)
    client.user = case.moderator
    return client


def test_judgement_is_kept_and_goes_when_it_is_locked(moderating, case):
    page = reverse("moderation:case_detail", args=[case.pk])
    keep(moderating, page, rationale=TEXT, band="C", confidence="sure")
    shown = moderating.get(page)
    assert (REFILLED in shown.text, shown.text.count("checked")) == (True, 2)
    answers = {"level_cl": "2", "level_ci": "2", "band": "C", "confidence": "sure"}
    moderating.post(page, answers | {"rationale": TEXT})
    assert texts() == {}


def test_judgement_locked_in_another_window_leaves_the_text_to_copy(moderating, case):
    page = reverse("moderation:case_detail", args=[case.pk])
    keep(moderating, page, rationale=TEXT)
    judge(case, case.moderator)
    shown = moderating.get(page)
    assert (TO_COPY in shown.text, TEXT in shown.text) == (True, True)
    sent = moderating.post(page, {"rationale": "Later words"})
    assert ("You have locked your judgement already" in sent.text, "Later words" in sent.text) == (
        True,
        True,
    )
    assert "<textarea" not in sent.text


def test_exceptional_request_answered_by_a_colleague_meanwhile(sign_in, row):
    asked = ExceptionalRequest.objects.create(
        return_pupil=row, reason="A nurse", asked_by=senco_of(row.pupil_return)
    )
    officer = sign_in(Role.SEND_OFFICER)
    page = reverse("banding:exceptional_detail", args=[asked.pk])
    keep(officer, page, answer=TEXT)
    assert REFILLED in officer.get(page).text
    other = Client()
    other.force_login(person(Role.SEND_OFFICER))
    other.post(page, {"outcome": "refused", "answer": "Theirs"})
    shown = officer.get(page).text
    assert (TO_COPY in shown, TEXT in shown, "<textarea" in shown) == (True, True, False)


def test_page_with_two_forms_keeps_both(sign_in, row):
    joiner = Joiner.objects.create(
        school=row.pupil_return.school,
        pupil_return=row.pupil_return,
        surname="Nell",
        forename="Joan",
        date_of_birth=dt.date(2018, 3, 4),
        joined_on=row.pupil_return.collection.reference_date,
        plan_type="EHCP",
        state="waiting",
    )
    officer = sign_in(Role.SEND_OFFICER)
    page = reverse("banding:joiner_detail", args=[joiner.pk])
    keep(officer, page, note=TEXT, match="new", reference="999-7")
    shown = officer.get(page)
    assert shown.context["refuse_form"]["note"].value() == TEXT
    assert shown.context["place_form"]["reference"].value() == "999-7"
    assert '<details class="govuk-details" open' in flat(shown.text).replace(" data-", " ")
    officer.post(page, {"refuse": "1", "note": TEXT})
    assert texts() == {}
    keep(officer, page, note="Typed in another window")
    shown = officer.get(page).text
    assert (TO_COPY in shown, "Typed in another window" in shown) == (True, True)


def test_dates_and_boxes_come_back_as_they_were_typed(sign_in):
    officer = sign_in(Role.SEND_OFFICER)
    page = reverse("banding:collection_create")
    typed = {"name": "Au", "sectors": ["special", "post16"], "deadline_0": "31", "deadline_1": "x"}
    data = {name: [value] if isinstance(value, str) else value for name, value in typed.items()}
    keep_form(user=officer.user, path=page, typed=data)
    form = officer.get(page).context["form"]
    assert form["deadline"].value() == ["31", "x", None]
    assert form["sectors"].value() == ["special", "post16"]
    assert form["name"].value() == "Au"


def test_form_without_long_text_is_not_kept_while_it_is_typed(sign_in):
    """Nor when it is sent and wrong: it is only held where a session has ended."""
    officer = sign_in(Role.SEND_OFFICER)
    page = reverse("banding:collection_create")
    assert "data-keeps-typed" not in officer.get(page).text
    officer.post(page, {"name": "Au"})
    assert texts() == {}


def test_what_was_typed_is_named_and_told_beside_its_form(sign_in, school):
    head = sign_in(Role.HEADTEACHER, school=school)
    page = reverse("schools:staff_list", args=[school.pk])
    typed = {"name": ["Sam Coe"], "email": ["sam@school.example"]}
    keep_form(user=head.user, path=page, typed=typed)
    shown = head.get(page).text
    assert shown.count(REFILLED) == 1
    assert f"{REFILLED} under “Name” and “Email address”." in shown
    assert shown.index("Invite somebody") < shown.index(REFILLED)


def test_text_not_saved_is_named_before_the_return_is_submitted(sign_in, row):
    """On the return, when its answers are checked, at the declaration, and on home (B7)."""
    senco = sign_in(Role.SENCO, school=row.pupil_return.school)
    pupil_return = row.pupil_return
    for each in pupil_return.pupils.all():
        decide(each, senco.user)
    pages = [
        reverse(f"banding:return_{name}", args=[pupil_return.pk])
        for name in ("detail", "check", "submit")
    ]
    here = reverse("banding:decision_edit", args=[row.pk])
    typed_there = f'href="{here}">{row.pupil}</a></li>'
    assert [typed_there in flat(senco.get(page).text) for page in pages] == [False] * 3
    keep(senco, here, rationale=TEXT)
    assert [typed_there in flat(senco.get(page).text) for page in pages] == [True] * 3
    home = senco.get("/").text
    assert "You typed something and have not saved it" in home
    assert "Typed under “Rationale”. Kept at" in home
    assert (TEXT in home, here in home) == (False, True)
    refused = senco.post(pages[2], {"declared": "on"})
    assert "Tick the box to submit without what you typed" in refused.text
    senco.post(pages[2], {"declared": "on", "without_typed": "on"})
    pupil_return.refresh_from_db()
    assert pupil_return.state == "submitted"


def test_colleague_is_not_asked_about_text_of_somebody_else(sign_in, row):
    senco = sign_in(Role.SENCO, school=row.pupil_return.school)
    for each in row.pupil_return.pupils.all():
        decide(each, senco.user)
    other = Client()
    other.force_login(person(Role.SENCO, school=row.pupil_return.school))
    keep(other, reverse("banding:decision_edit", args=[row.pk]), rationale=TEXT)
    page = reverse("banding:return_submit", args=[row.pupil_return.pk])
    assert "without_typed" not in senco.get(page).text

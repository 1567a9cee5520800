"""Pages that keep what is typed: who may, what is shown again, when it goes."""

import datetime as dt

import pytest
from django.forms import Textarea
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from banding.changes.services import account_for
from banding.models import BandDecision
from banding.returns.services import submit_return
from banding_portal.forms import PortalFormMixin
from banding_portal.kept_forms.holding import mark_of
from banding_portal.kept_forms.models import KeptForm
from banding_portal.kept_forms.services import keep_form
from banding_portal.kept_forms.typed import MOST
from banding_portal.pages import FormPage
from banding_portal.pages.keeping import NOT_KEPT, has_widget
from banding_portal.roles import Role
from tests.access.walking import view_classes
from tests.banding.helpers import decide, return_with_pupils, senco_of
from tests.banding_portal.typing import TEXT, keep, texts, url
from tests.factories import SchoolFactory, person
from tests.pages import flat

pytestmark = pytest.mark.django_db
COMPLETE = {"level_cl": "2", "level_ci": "1", "band": "B", "do": "next"}
REFILLED, TO_COPY = "This is what you typed", "was not saved"


@pytest.fixture
def row(school):
    return return_with_pupils(2, school=school)[1][0]


@pytest.fixture
def senco(sign_in, school):
    return sign_in(Role.SENCO, school=school)


def colleague(school):
    client = Client()
    client.force_login(person(Role.SENCO, school=school))
    return client


# While it is typed


def test_what_is_typed_is_kept_and_the_time_told(senco, row):
    answer = keep(senco, url(row), rationale=TEXT, level_cl="2")
    assert answer.status_code == 200
    time = timezone.localtime()
    said = answer.json()["said"]
    assert said.startswith(f"Kept at {time.hour % 12 or 12}:")
    assert said.endswith("m, for you only. Not saved yet.")
    assert said in senco.get(url(row)).text
    assert texts() == {(senco.user.email, url(row)): {"rationale": [TEXT], "level_cl": ["2"]}}


def test_keeping_saves_no_decision_and_starts_no_return(senco, row):
    keep(senco, url(row), **COMPLETE)
    row.pupil_return.refresh_from_db()
    assert (BandDecision.objects.count(), row.pupil_return.state) == (0, "not_started")


def test_it_is_in_the_form_when_the_page_is_opened_again(senco, row):
    keep(senco, url(row), rationale=TEXT, level_cl="2", band="B", version="")
    page = senco.get(url(row))
    assert f"{REFILLED} under “Band” and “Rationale”. Kept at " in page.text
    assert page.text.count(TEXT) == 1
    assert page.text.count("checked") == 2
    assert f'action="{url(row)}"' in page.text


def test_text_of_another_day_names_the_day(senco, row):
    day = timezone.now() - dt.timedelta(days=1)
    keep_form(user=senco.user, path=url(row), typed={"rationale": [TEXT]}, typed_at=day)
    assert f"Kept on {day.day} {day:%b %Y}, " in senco.get(url(row)).text


def test_clearing_everything_forgets_it(senco, row):
    keep(senco, url(row), rationale=TEXT)
    assert keep(senco, url(row), rationale="", band="").json() == {"said": ""}
    assert texts() == {}


def test_text_too_long_to_be_kept_says_so_and_leaves_the_earlier(senco, row):
    keep(senco, url(row), rationale=TEXT)
    answer = keep(senco, url(row), rationale="x" * MOST)
    assert (answer.status_code, answer.json()["said"]) == (
        413,
        "This is too long to be saved by itself. Save it with the button.",
    )
    assert texts()[senco.user.email, url(row)] == {"rationale": [TEXT]}


def test_form_too_long_to_be_kept_leaves_the_earlier_too(senco, row):
    keep(senco, url(row), rationale=TEXT)
    page = senco.post(url(row), {"rationale": "x" * MOST, "do": "next"})
    assert page.status_code == 200
    assert NOT_KEPT in page.text
    assert texts()[senco.user.email, url(row)] == {"rationale": [TEXT]}


def test_what_was_not_answered_stays_as_it_is_saved(senco, row):
    decide(row, senco.user, rationale="Saved words")
    keep(senco, url(row), rationale=TEXT, version="1")
    form = senco.get(url(row)).context["form"]
    assert (form["band"].value(), form["level_cl"].value()) == ("B", "2")
    assert form["rationale"].value() == TEXT


def test_saving_in_one_tab_leaves_what_another_tab_keeps(senco, row):
    saved = COMPLETE | {"rationale": "Other words", "do": ""}
    keep(senco, url(row), **{"rationale": TEXT, "typed-in": "second"})
    senco.post(url(row), saved | {"typed-in": "first"})
    assert "two versions" in senco.get(url(row)).text
    version = BandDecision.objects.get().version
    senco.post(url(row), saved | {"typed-in": "second", "version": version})
    assert texts() == {}


def test_two_tabs_that_were_shown_the_same_text_are_two_tabs(senco, row):
    """What one of them typed since is not forgotten when the other is saved."""
    keep(senco, url(row), **{"rationale": TEXT, "typed-in": "before"})
    keep(senco, url(row), **{"rationale": "Newer", "typed-in": ["before", "first"]})
    saved = COMPLETE | {"rationale": "Other words", "do": ""}
    senco.post(url(row), saved | {"typed-in": ["before", "second"]})
    [kept] = texts().values()
    assert (kept["rationale"], kept["typed-in"]) == (["Newer"], ["first"])


def test_what_is_saved_after_a_refusal_leaves_nothing_kept(senco, row):
    """The page of the refusal goes on as the tab that sent it."""
    lacking = COMPLETE | {"band": "A", "rationale": TEXT, "typed-in": "first"}
    page = senco.post(url(row), lacking)
    assert 'data-keeps-typed="first"' in page.text
    assert len(texts()) == 1
    senco.post(url(row), lacking | {"difference_reason": "A nurse comes daily"})
    assert (BandDecision.objects.count(), texts()) == (1, {})


def test_newer_saved_answers_are_shown_and_the_older_text_beside_them(senco, row):
    keep(senco, url(row), rationale=TEXT, version="")
    decide(row, senco.user, rationale="Saved words")
    page = senco.get(url(row))
    assert "two versions" in page.text
    assert "Your version, typed at " in page.text
    assert (page.text.count("Saved words"), TEXT in page.text) == (1, True)
    assert REFILLED not in page.text
    senco.post(url(row), {"typed": "discard"})
    assert "two versions" not in senco.get(url(row)).text


def test_what_arrives_late_and_says_what_is_saved_is_forgotten(senco, row):
    senco.post(url(row), COMPLETE | {"rationale": TEXT})
    keep(senco, url(row), **(COMPLETE | {"rationale": TEXT, "version": ""}))
    page = senco.get(url(row))
    assert (REFILLED in page.text, "two versions" in page.text) == (False, False)
    assert texts() == {}


def test_hidden_inputs_alone_are_nothing_typed(senco, row):
    keep(senco, url(row), **{"version": "0", "typed-in": "first", "marks": "a"})
    assert texts() == {}


def test_discarding_shows_what_is_saved(senco, row):
    decide(row, senco.user, rationale="Saved words")
    keep(senco, url(row), rationale=TEXT)
    answer = senco.post(url(row), {"typed": "discard"})
    assert (answer.status_code, answer.url) == (302, url(row))
    page = senco.get(url(row))
    assert (TEXT in page.text, "Saved words" in page.text, REFILLED in page.text) == (
        False,
        True,
        False,
    )


def test_page_without_kept_text_says_nothing_of_it(senco, row):
    text = senco.get(url(row)).text
    assert REFILLED not in text
    assert TO_COPY not in text


@pytest.mark.parametrize("do", ["next", "draft"])
def test_it_goes_when_the_form_is_saved(senco, row, do):
    keep(senco, url(row), **COMPLETE)
    senco.post(url(row), COMPLETE | {"do": do})
    assert (BandDecision.objects.count(), texts()) == (1, {})


def test_it_stays_when_the_form_is_not_right_yet(senco, row):
    page = senco.post(url(row), {"rationale": TEXT, "do": "next"})
    assert page.text.count(TEXT) == 1
    assert REFILLED not in page.text
    assert texts()[senco.user.email, url(row)]["rationale"] == [TEXT]


def test_it_stays_when_only_the_suggestion_is_asked_for(senco, row):
    senco.post(url(row), {"rationale": TEXT, "do": "suggest"})
    assert texts()[senco.user.email, url(row)]["rationale"] == [TEXT]


# Whose it is


def test_nobody_else_sees_it(senco, row, school):
    keep(senco, url(row), rationale=TEXT)
    assert TEXT not in colleague(school).get(url(row)).text
    head = Client()
    head.force_login(person(Role.HEADTEACHER, school=school))
    assert TEXT not in head.get(url(row)).text


def test_two_people_keep_one_page_each_for_themselves(senco, row, school):
    other = colleague(school)
    keep(senco, url(row), rationale=TEXT)
    keep(other, url(row), rationale="Theirs")
    assert sorted(typed["rationale"] for typed in texts().values()) == [[TEXT], ["Theirs"]]
    other.post(url(row), {"typed": "discard"})
    assert list(texts().values()) == [{"rationale": [TEXT]}]


def test_keeping_is_refused_where_the_page_is(client, sign_in, row):
    elsewhere = sign_in(Role.SENCO, school=SchoolFactory())
    assert keep(elsewhere, url(row), rationale=TEXT).status_code == 404
    reader = sign_in(Role.HEADTEACHER, school=row.pupil_return.school)
    assert keep(reader, url(row), rationale=TEXT).status_code == 403
    assert texts() == {}


def test_without_the_role_there_is_no_way_to_it(senco, row):
    keep(senco, url(row), rationale=TEXT)
    senco.user.memberships.update(ended_on=timezone.localdate())
    assert senco.get(url(row)).status_code == 403
    assert senco.post(url(row), {"typed": "discard"}).status_code == 403


def test_keeping_needs_the_token_of_the_page(senco, row):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(senco.user)
    assert keep(strict, url(row), rationale=TEXT).status_code == 403
    assert texts() == {}


def test_nobody_signed_in_is_led_to_the_sign_in(client, row):
    answer = keep(client, url(row), rationale=TEXT)
    assert answer.url.startswith(reverse("account_login"))
    assert texts() == {}


# Somebody was quicker


def test_colleague_saved_meanwhile_and_both_versions_are_shown(senco, row, school):
    keep(senco, url(row), rationale=TEXT, version="", **COMPLETE)
    decide(row, rationale="Theirs")
    assert TEXT in senco.get(url(row)).text
    later = f"{TEXT}, and later words"
    page = senco.post(url(row), COMPLETE | {"rationale": later, "version": ""}, follow=True)
    assert page.redirect_chain[-1][1] == 302
    assert ("Theirs" in page.text, later in page.text) == (True, True)
    assert TO_COPY not in page.text
    assert texts()[senco.user.email, url(row)]["rationale"] == [later]


def test_keeping_theirs_forgets_mine(senco, row):
    decide(row, rationale="Theirs")
    page = senco.post(url(row), COMPLETE | {"rationale": TEXT, "version": ""}, follow=True)
    assert 'name="typed" value="discard"' in flat(page.text)
    page = senco.post(url(row), {"rationale": TEXT, "typed": "discard"}, follow=True)
    assert ("Theirs" in page.text, TEXT in page.text) == (True, False)


def test_pupil_was_marked_as_left_meanwhile(senco, row):
    """The page has no form any more; what was typed stands there to be copied."""
    account_for(
        return_pupil=row,
        by=senco_of(row.pupil_return),
        change="left",
        change_date=row.pupil_return.collection.reference_date,
        reason="",
    )
    for page in (senco.post(url(row), COMPLETE | {"rationale": TEXT}), senco.get(url(row))):
        assert TO_COPY in page.text
        assert page.text.count(TEXT) == 1
        assert "<h3" in page.text.split(TO_COPY)[1]
        assert ">Rationale</h3>" in page.text
    assert BandDecision.objects.count() == 0


def test_return_was_submitted_meanwhile(senco, row):
    keep(senco, url(row), rationale=TEXT, difference_reason="Why")
    by = senco_of(row.pupil_return)
    for each in row.pupil_return.pupils.all():
        decide(each, by)
    submit_return(pupil_return=row.pupil_return, by=by, declared_name="Sam")
    sent = senco.post(url(row), COMPLETE | {"rationale": f"{TEXT} now"})
    assert f"{TEXT} now" in sent.text
    page = senco.get(url(row)).text
    assert (TO_COPY in page, f"{TEXT} now" in page) == (True, True)
    senco.post(url(row), {"typed": "discard"})
    assert TO_COPY not in senco.get(url(row)).text


def test_closed_page_that_would_lead_away_shows_what_was_typed_first(senco, row):
    page = url(row, "pupil_change")
    collection = row.pupil_return.collection
    collection.closed_at = timezone.now()
    collection.save()
    assert senco.get(page).status_code == 302
    keep(senco, page, reason=TEXT)
    shown = senco.get(page)
    assert shown.status_code == 200
    assert f"{collection.name} is closed." in shown.text
    assert (TEXT in shown.text, "<textarea" in shown.text) == (True, False)
    assert reverse("banding:return_detail", args=[row.pupil_return_id]) in shown.text
    senco.post(page, {"typed": "discard"})
    assert senco.get(page).status_code == 302


def test_page_with_a_long_text_tells_its_script(senco, row):
    text = senco.get(url(row)).text
    assert "data-keeps-typed" in text
    assert f'data-person="{mark_of(senco.user)}"' in flat(text)


def form_pages():
    return [view for view in view_classes() if issubclass(view, FormPage)]


def test_every_page_with_a_long_text_keeps_it_and_no_page_with_a_password_does():
    names = {view.__name__ for view in form_pages() if view.keeps_while_typing()}
    assert names >= {
        "CaseChange",
        "CaseDetail",
        "DecisionEdit",
        "ExceptionalRequestCreate",
        "ExceptionalRequestDetail",
        "JoinerDetail",
        "PanelDecisionCreate",
        "PupilChangeEdit",
        "ReturnSendBack",
    }
    never = {view.__name__ for view in form_pages() if not view.may_keep()}
    assert never == {"InvitationPage", "DecisionSuggestion"}


def test_every_form_with_a_long_text_stands_on_a_page_that_keeps_it():
    """A page of its own making, or one that forgot `typed_forms`, would lose it."""
    kept = {
        form for view in form_pages() if view.keeps_while_typing() for form in view.typed_forms()
    }
    lost = {
        form.__name__
        for form in forms_below(PortalFormMixin)
        if not form.__module__.startswith("tests.")
        and has_widget((form,), (Textarea,))
        and not any(issubclass(each, form) for each in kept)
    }
    assert lost == set()


def forms_below(base):
    below = {form for child in base.__subclasses__() for form in (child, *forms_below(child))}
    return {form for form in below if hasattr(form, "base_fields")}


def test_page_that_keeps_nothing_takes_the_wish_as_any_other_form(senco, row):
    senco.post(url(row, "decision_suggestion"), {"typed": "keep", "rationale": TEXT})
    assert KeptForm.objects.count() == 0


def test_opening_a_page_asks_for_its_text_once(senco, row, django_assert_max_num_queries):
    def asked():
        with django_assert_max_num_queries(40) as found:
            senco.get(url(row))
        return [q["sql"] for q in found.captured_queries if "keptform" in q["sql"].lower()]

    assert len(asked()) == 1
    keep(senco, url(row), rationale=TEXT)
    assert len(asked()) == 1

"""The pages of a return: list, task list, check, submit, confirmation (B6, B7)."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from banding.changes.services import account_for
from banding.choices import ReturnState
from banding.models import Return
from banding.returns.services import return_for_correction
from banding_portal.kept_forms.services import keep_form
from banding_portal.roles import Role
from tests.banding.helpers import band_of, decide, return_with_pupils, submitted_return
from tests.banding.test_joiners import joiner_on
from tests.factories import (
    BandDecisionFactory,
    CollectionFactory,
    MembershipFactory,
    ReturnFactory,
    ReturnPupilFactory,
    SchoolFactory,
    person,
)
from tests.pages import flat

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _plain_http(settings):
    settings.SECURE_SSL_REDIRECT = False
    settings.REQUIRE_SECOND_FACTOR = False


def page(client, name, *args):
    response = client.get(reverse(f"banding:{name}", args=args))
    assert response.status_code == 200, response
    return response.content.decode()


@pytest.fixture
def senco(sign_in, school):
    return sign_in(Role.SENCO, school=school)


@pytest.mark.parametrize("count", [1, 3])
def test_return_list_takes_the_same_queries_for_any_number(
    senco, school, count, django_assert_num_queries
):
    for _ in range(count):
        ReturnPupilFactory(pupil_return=ReturnFactory(school=school))
    with django_assert_num_queries(9):
        page(senco, "return_list")


@pytest.mark.parametrize("count", [1, 3])
def test_task_list_takes_the_same_queries_for_any_number(
    senco, school, count, django_assert_num_queries
):
    pupil_return, rows = return_with_pupils(count, school=school)
    for row in rows:
        decide(row)
        BandDecisionFactory(
            return_pupil=None,
            pupil=row.pupil,
            collection=None,
            school=school,
            framework=pupil_return.collection.framework,
            effective_from=dt.date(2026, 1, 1),
        )
    with django_assert_num_queries(17):
        page(senco, "return_detail", pupil_return.pk)


def test_return_list_counts_what_the_task_list_counts(senco, school):
    pupil_return, rows = return_with_pupils(5, school=school)
    decide(rows[0])
    decide(rows[1], code="C")
    decide(rows[2], levels={"cl": "1"})
    account_for(return_pupil=rows[3], change="left", change_date=TODAY, by=senco.user)
    assert "2 of 5" in page(senco, "return_list")
    assert "2 of 5 pupils done" in page(senco, "return_detail", pupil_return.pk)


def test_return_list_without_returns_says_what_will_appear(senco):
    assert "No returns yet" in page(senco, "return_list")


def test_task_list_offers_the_next_pupil_and_one_primary_button(senco, school):
    pupil_return, rows = return_with_pupils(2, school=school)
    decide(rows[0])
    text = page(senco, "return_detail", pupil_return.pk)
    assert f"Continue with {rows[1].pupil.spoken_name}" in text
    assert reverse("banding:decision_edit", args=[rows[1].pk]) in text
    assert "You cannot submit this return yet. 1 pupil still needs a band" in text
    assert text.count('class="govuk-button"') == 1


def test_task_list_says_what_is_due_and_the_last_band(senco, school):
    pupil_return, (row,) = return_with_pupils(school=school)
    BandDecisionFactory(
        return_pupil=None,
        pupil=row.pupil,
        collection=None,
        framework=pupil_return.collection.framework,
        school=school,
        effective_from=dt.date(2026, 1, 1),
        band_code="A",
    )
    text = page(senco, "return_detail", pupil_return.pk)
    assert "(in 30 days)" in text
    assert '<strong class="band-tag band-tag--2">A</strong>' in text


def test_last_band_is_not_this_collections_own(senco, school):
    pupil_return, (row,) = return_with_pupils(school=school)
    BandDecisionFactory(return_pupil=row)
    text = page(senco, "return_detail", pupil_return.pk)
    assert text.count("band-tag--none") == 1


def test_complete_task_list_leads_to_the_check(senco, school):
    pupil_return, (row,) = return_with_pupils(school=school)
    decide(row)
    text = page(senco, "return_detail", pupil_return.pk)
    assert "Check answers and submit" in text
    assert text.count('class="govuk-button"') == 1


def test_other_schools_return_is_not_found(senco):
    other = ReturnFactory()
    assert senco.get(reverse("banding:return_detail", args=[other.pk])).status_code == 404


def test_inclusion_partner_sees_how_far_but_no_pupil(sign_in, school):
    pupil_return, (row,) = return_with_pupils(school=school)
    decide(row)
    client = sign_in(Role.INCLUSION_PARTNER, school=school)
    text = page(client, "return_detail", pupil_return.pk)
    assert "1 of 1 pupils done" in text
    assert row.pupil.surname not in text


def test_administrator_sees_no_pupil_and_may_give_time(sign_in):
    pupil_return, (row,) = return_with_pupils()
    text = page(sign_in(Role.ADMINISTRATOR), "return_detail", pupil_return.pk)
    assert row.pupil.surname not in text
    assert "Give more time" in text
    assert "Accept" not in text


def test_headteacher_reads_and_may_submit_but_not_decide(sign_in, school):
    pupil_return, (row,) = return_with_pupils(school=school)
    decide(row)
    head = sign_in(Role.HEADTEACHER, school=school)
    text = page(head, "return_detail", pupil_return.pk)
    assert "Check answers and submit" in text
    assert ">View<" in text
    edit = reverse("banding:decision_edit", args=[row.pk])
    assert head.post(edit, {}).status_code == 403


def test_headteacher_reads_who_is_left_and_who_can_finish(sign_in, school):
    pupil_return, (row,) = return_with_pupils(school=school)
    senco = person(Role.SENCO, school=school)
    text = page(sign_in(Role.HEADTEACHER, school=school), "return_check", pupil_return.pk)
    assert f">{row.pupil}</a>" in text
    assert f'href="mailto:{senco.email}"' in text


def test_partner_role_elsewhere_gives_no_pupils_here(sign_in, school):
    """A SENCO of one school who is Inclusion Partner of another sees no pupil of the other."""
    pupil_return, (row,) = return_with_pupils(school=school)
    client = sign_in(Role.SENCO, school=SchoolFactory())
    MembershipFactory(user=client.user, role=Role.INCLUSION_PARTNER, school=school)
    assert row.pupil.surname not in page(client, "return_detail", pupil_return.pk)
    for name in ("decision_edit", "pupil_change"):
        response = client.get(reverse(f"banding:{name}", args=[row.pk]))
        assert response.status_code == 403
    assert client.get(reverse("banding:return_check", args=[pupil_return.pk])).status_code == 403


def test_check_answers_lists_reasons_and_warns_of_big_jumps(senco, school):
    pupil_return, (row,) = return_with_pupils(school=school)
    BandDecisionFactory(
        return_pupil=None,
        pupil=row.pupil,
        collection=None,
        framework=pupil_return.collection.framework,
        school=school,
        effective_from=dt.date(2026, 1, 1),
        band_code="A",
    )
    decide(row, code="C", difference_reason="Epilepsy since May")
    text = flat(page(senco, "return_check", pupil_return.pk))
    assert "Epilepsy since May" in text
    assert "Cognition and learning, level 2." in text
    assert "2 bands higher now." in text
    assert "1 band differs from last time by two or more. Check it once more" in text
    assert "Continue to the declaration" in text


def test_check_of_unfinished_return_says_why_it_cannot_be_submitted(senco, school):
    pupil_return, _ = return_with_pupils(school=school)
    text = page(senco, "return_check", pupil_return.pk)
    assert "1 pupil still needs a band" in text
    assert "Continue to the declaration" not in text
    assert "Not started" in text
    assert "No band" not in text


def test_check_answers_says_what_differs_from_last_time_and_lists_joiners_first(senco, school):
    pupil_return, (row, other) = return_with_pupils(2, school=school)
    framework = pupil_return.collection.framework
    last = BandDecisionFactory(pupil=row.pupil, framework=framework, band=band_of(row, "A"))
    area = framework.areas.get(code="cl")
    last.levels.create(area=area, level=area.levels.get(code="1"))
    decide(row, rationale="Counts to ten")
    decide(other)
    joiner_on(pupil_return)
    text = flat(page(senco, "return_check", pupil_return.pk))
    assert "One band higher now." in text
    assert "<strong>Last time 1.</strong>" in text
    assert "No band before." in text
    assert "Counts to ten" in text
    assert text.index("Pupils who joined") < text.index("Continue to the declaration")


@pytest.mark.parametrize("count", [1, 3])
def test_check_takes_the_same_queries_for_any_number(
    senco, school, count, django_assert_num_queries
):
    _, rows = return_with_pupils(count, school=school)
    for row in rows:
        decide(row)
    with django_assert_num_queries(18):
        page(senco, "return_check", rows[0].pupil_return_id)


def test_reason_of_one_change_is_not_taken_for_another(senco, school):
    _, (row,) = return_with_pupils(school=school)
    account_for(return_pupil=row, change="not_ours", reason="Never came", by=senco.user)
    url = reverse("banding:pupil_change", args=[row.pk])
    given = {"change": "no_band", "reason": "Never came"}
    text = senco.post(url, given).content.decode()
    assert "(the reason given was for “Not our pupil”)" in text
    assert senco.post(url, given | {"reason": "Needs met"}).status_code == 302
    left = {"change": "left", "destination": "Not known", "reason": "x"}
    left |= {"change_date_0": TODAY.day, "change_date_1": TODAY.month, "change_date_2": TODAY.year}
    assert senco.post(url, left).status_code == 302
    row.refresh_from_db()
    assert (row.change, row.change_reason) == ("left", "")


def test_pupil_staying_on_may_still_be_given_a_band(senco, school):
    pupil_return, (row,) = return_with_pupils(school=school)
    account_for(return_pupil=row, change="staying_on", reason="Repeats", by=senco.user)
    text = page(senco, "return_detail", pupil_return.pk)
    assert "Choose a band" in text
    assert "Change or undo" in text


def submit_url(pupil_return):
    return reverse("banding:return_submit", args=[pupil_return.pk])


def test_unfinished_return_leads_back_to_the_check(senco, school):
    pupil_return, _ = return_with_pupils(school=school)
    response = senco.get(submit_url(pupil_return))
    assert response.url == reverse("banding:return_check", args=[pupil_return.pk])


def test_unfinished_return_posted_anyway_is_not_submitted(senco, school):
    pupil_return, _ = return_with_pupils(school=school)
    response = senco.post(submit_url(pupil_return), {"declared": "on"})
    assert "1 pupil still needs a band" in response.content.decode()
    assert Return.objects.get().state == ReturnState.NOT_STARTED


def test_declaration_not_ticked_is_asked_for(senco, school):
    pupil_return, (row,) = return_with_pupils(school=school)
    decide(row)
    text = senco.post(submit_url(pupil_return), {}).content.decode()
    assert "Tick the box to make the declaration" in text
    assert "<title>Error: " in text


def test_submission_ends_on_the_confirmation(senco, school):
    pupil_return, (row,) = return_with_pupils(school=school)
    decide(row)
    assert senco.user.name in senco.get(submit_url(pupil_return)).content.decode()
    response = senco.post(submit_url(pupil_return), {"declared": "on"}, follow=True)
    text = response.content.decode()
    pupil_return.refresh_from_db()
    assert pupil_return.state == ReturnState.SUBMITTED
    assert pupil_return.submitted_by == senco.user
    for words in (pupil_return.reference, senco.user.name, "What happens next"):
        assert words in text


def test_declaration_and_confirmation_mention_joiners_that_wait(senco, school):
    pupil_return, (row,) = return_with_pupils(school=school)
    decide(row)
    said = "is not on this return: the authority has not placed the joiner yet."
    assert said not in page(senco, "return_submit", pupil_return.pk)
    joiner_on(pupil_return)
    assert said in page(senco, "return_submit", pupil_return.pk)
    senco.post(submit_url(pupil_return), {"declared": "on"})
    assert said in page(senco, "return_submitted", pupil_return.pk)


def test_second_click_on_submit_shows_the_same_confirmation(senco, school):
    pupil_return, _ = submitted_return(school=school)
    response = senco.post(submit_url(pupil_return), {"declared": "on"})
    assert response.url == reverse("banding:return_submitted", args=[pupil_return.pk])


def test_submitted_return_is_read_only(senco, school):
    pupil_return, (row,) = submitted_return(school=school)
    text = page(senco, "return_detail", pupil_return.pk)
    assert "You can read it but not change it" in text
    assert "Continue with" not in text
    assert "<form" not in page(senco, "decision_edit", row.pk).split("<main")[1]


def test_return_sent_back_shows_the_reason_and_opens_again(senco, school):
    pupil_return, _ = submitted_return(school=school)
    return_for_correction(pupil_return=pupil_return, by=senco.user, reason="Look at Amira again")
    text = page(senco, "return_detail", pupil_return.pk)
    assert "Look at Amira again" in text
    assert "Change" in text


def test_late_return_says_so_and_keeps_what_is_there(senco, school):
    late = CollectionFactory(deadline=TODAY - dt.timedelta(days=3))
    pupil_return, _ = return_with_pupils(school=school, collection=late)
    text = page(senco, "return_detail", pupil_return.pk)
    assert "(3 days ago)" in text
    assert "Ask the authority for more time" in text
    assert "Continue with" not in text


def test_print_of_a_return_leaves_out_warnings_and_links(senco, school):
    """The stylesheet leaves out what is marked so."""
    pupil_return, (row,) = return_with_pupils(school=school)
    path = reverse("banding:decision_edit", args=[row.pk])
    keep_form(user=senco.user, path=path, typed={"rationale": ["Reads alone"]})
    text = flat(page(senco, "return_detail", pupil_return.pk))
    before = text.split("You typed something that is not saved")[0]
    assert before.rsplit("<div", 2)[1].startswith(' class="no-print">')
    sent, _ = submitted_return(school=school)
    link = flat(page(senco, "return_detail", sent.pk)).split("See the confirmation")[0]
    assert "no-print" in link.rsplit("<a", 1)[1]

"""What the authority is told on home of schools, collections and files (B7, R3)."""

import pytest
from django.core import mail
from django.urls import reverse

from banding.collections.life import close_collection
from banding.models import Return
from banding.returns.services import return_for_correction, submit_return
from banding_portal.models import Notice
from banding_portal.notices.choices import CHOOSABLE, HOME_ONLY, MANDATORY, NoticeKind
from banding_portal.notices.services import send_notices
from banding_portal.roles import Role
from tests.banding.caseload_files import caseload_row
from tests.banding.helpers import decide, return_with_pupils, senco_of, submitted_return
from tests.banding.test_caseload_uploads import apply, send_file
from tests.banding.test_change_requests import accepted_row
from tests.banding.test_change_requests import ask as ask_for_band
from tests.banding.test_exceptional import asked as ask_for_more
from tests.banding.test_joiners import joiner_on
from tests.factories import FrameworkFactory, ReturnFactory, SchoolFactory, person
from tests.pages import flat

pytestmark = pytest.mark.django_db
QUERIES = 15
"""One of them asks for the panels the officer sits on."""


@pytest.fixture
def officer():
    return person(Role.SEND_OFFICER)


def told(user):
    return [(each.kind, each.path) for each in Notice.objects.filter(recipient=user)]


def test_officer_is_told_of_each_submitted_return_without_an_email(officer):
    pupil_return, _ = submitted_return()
    path = reverse("banding:return_detail", args=[pupil_return.pk])
    assert told(officer) == [(NoticeKind.SUBMITTED, path)]
    assert Notice.objects.get(recipient=officer).school == pupil_return.school.name
    assert (send_notices(), mail.outbox) == (0, [])


def test_others_at_the_school_are_told_that_it_is_in_and_by_whom():
    pupil_return, [row] = return_with_pupils()
    head = person(Role.HEADTEACHER, school=pupil_return.school)
    senco = senco_of(pupil_return)
    decide(row, senco)
    submit_return(pupil_return=pupil_return, by=senco, declared_name="Ada Head")
    path = reverse("banding:return_submitted", args=[pupil_return.pk])
    assert told(head) == told(senco) == [(NoticeKind.SUBMITTED, path)]
    assert "you submitted the return" in Notice.objects.get(recipient=senco).title
    assert f"{senco.name} submitted your return" in Notice.objects.get(recipient=head).title


def test_inclusion_partner_is_told_that_a_return_is_in_and_that_it_is_sent_back(officer, client):
    pupil_return, _ = return_with_pupils()
    partner = person(Role.INCLUSION_PARTNER, school=pupil_return.school)
    elsewhere = person(Role.INCLUSION_PARTNER, school=SchoolFactory())
    senco = senco_of(pupil_return)
    for row in pupil_return.pupils.all():
        decide(row, senco)
    submit_return(pupil_return=pupil_return, by=senco, declared_name="Ada Head")
    return_for_correction(pupil_return=pupil_return, by=officer, reason="Which plan?")
    path = reverse("banding:return_detail", args=[pupil_return.pk])
    assert told(partner) == [(NoticeKind.SUBMITTED, path)] * 2
    newest = Notice.objects.filter(recipient=partner)[0]
    assert newest.title == f"{pupil_return.collection}: return sent back for correction"
    assert (newest.by_mail, told(elsewhere)) == (False, [])
    client.force_login(partner)
    assert client.get(path).status_code == 200


def test_officer_is_told_of_a_change_of_band_and_of_an_exceptional_request(officer):
    asked = ask_for_band(accepted_row())
    more = ask_for_more()
    assert {path for kind, path in told(officer) if kind == NoticeKind.ASKED} == {
        reverse("banding:change_request_detail", args=[asked.pk]),
        reverse("banding:exceptional_detail", args=[more.pk]),
    }


def test_officer_is_told_of_a_joiner_and_no_pupil_is_named(officer):
    joiner_on(ReturnFactory())
    assert told(officer) == [(NoticeKind.REPORTED, reverse("banding:joiner_list"))]
    assert "Khan" not in Notice.objects.get(recipient=officer).title


def test_who_follows_a_collection_is_told_when_somebody_else_closes_it(officer):
    others = [person(Role.MODERATION_LEAD), person(Role.ADMINISTRATOR)]
    stranger = person(Role.FINANCE_OFFICER)
    collection = ReturnFactory().collection
    Return.objects.all().delete()
    close_collection(collection=collection, reason="Done", by=officer)
    path = reverse("banding:collection_detail", args=[collection.pk])
    assert [told(each) for each in others] == [[(NoticeKind.FOLLOWED, path)]] * 2
    assert told(officer) == told(stranger) == []


def test_who_reads_a_kind_of_file_is_told_when_somebody_else_applies_one(sign_in):
    other, stranger = person(Role.ADMINISTRATOR), person(Role.FINANCE_OFFICER)
    SchoolFactory(urn="900001")
    FrameworkFactory()
    client = sign_in(Role.SEND_OFFICER)
    upload = send_file(client, caseload_row(1))
    assert told(other) == []
    apply(client, upload)
    assert [kind for kind, _ in told(other)] == [NoticeKind.APPLIED]
    title = Notice.objects.get(recipient=other).title
    assert title == f"Caseload: {client.user} applied a file"
    applied = Notice.objects.filter(kind=NoticeKind.APPLIED)
    assert not applied.filter(recipient__in=[client.user, stranger]).exists()


def test_nobody_chooses_e_mails_that_are_not_sent():
    assert set(CHOOSABLE) == set(NoticeKind) - MANDATORY - HOME_ONLY


@pytest.mark.parametrize("count", [1, 4])
def test_home_marks_news_in_as_many_queries_for_any_number(
    officer, client, count, django_assert_num_queries
):
    for _ in range(count):
        pupil_return, _rows = submitted_return()
    client.force_login(officer)
    home = reverse("home")
    with django_assert_num_queries(QUERIES):
        page = client.get(home)
    assert f"{pupil_return.collection}: return submitted" in flat(page.text)
    assert [line.is_new for line in page.context["news"]] == [True] * count
    assert Notice.objects.filter(recipient=officer, seen_at=None).count() == 0

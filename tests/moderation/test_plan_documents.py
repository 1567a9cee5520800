"""Documents with the plan, given once for who judges, without the band (M4)."""

import datetime as dt

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from banding_portal.documents.choices import DocumentState
from banding_portal.documents.services import delete_old_documents, scan_held
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from moderation.choices import CaseState
from moderation.models import Case, CasePlan, Interest, PlanDocument
from moderation.plans.services import delete_old_plans, give_document, take_document_away
from schools.choices import SchoolStatus
from schools.models import School, SchoolLink
from tests.documents import EICAR, jpeg, pdf, pdf_saying, scanner, word
from tests.factories import CollectionFactory, SchoolFactory, person
from tests.moderation.world import decided, given_case, judge, lead, moderator

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(school, settings):
    settings.SCHOOLS_GIVE_PLANS = True
    return given_case(decided(CollectionFactory(), school), moderator(school.quadrant))


def senco(case):
    return person(Role.SENCO, school=case.decision.school)


def officer():
    return person(Role.SEND_OFFICER)


def give(case, by, content=None, name="plan.pdf", about="Speech report", **more):
    given = {"about": about, "filename": name, "content": content or pdf()}
    return give_document(pupil=case.decision.pupil, by=by, **given | {"looked": True} | more)


def as_user(user):
    client = Client()
    client.force_login(user)
    return client


def status(user, document):
    answer = as_user(user).get(reverse("moderation:plan_document", args=[document.pk]))
    list(answer)
    return answer.status_code


def page_of(case):
    return reverse("moderation:case_detail", args=[case.pk])


def test_school_gives_once_and_every_judge_reads_before_judging(case):
    second = moderator()
    Case.objects.filter(pk=case.pk).update(second_moderator=second)
    by = senco(case)
    url = reverse("moderation:plan_documents", args=[case.decision.pupil.pk])
    client = as_user(by)
    assert url in client.get(reverse("schools:pupil_detail", args=[case.decision.pupil.pk])).text
    sent = {"file": SimpleUploadedFile("a.pdf", pdf()), "about": "Speech report"}
    refused = client.post(url, sent)
    assert "Say that you have read it, and that it names no band" in refused.text
    sent["file"].seek(0)
    answer = client.post(url, sent | {"no_band": "on", "looked": "on"}, follow=True)
    assert "Given: Speech report." in answer.text
    document = PlanDocument.objects.get()
    assert (document.school, document.sent_by) == (case.decision.school, by)
    for user in (case.moderator, second):
        shown = as_user(user).get(page_of(case)).text
        assert reverse("moderation:plan_document", args=[document.pk]) in shown
        assert status(user, document) == 200


def test_document_is_read_by_those_on_the_case_alone(case):
    document = give(case, senco(case))
    other_judge, boss = moderator(case.decision.school.quadrant), lead()
    others = (other_judge, boss, person(Role.SENCO, school=SchoolFactory()))
    assert [status(user, document) for user in others] == [404, 404, 404]
    assert [status(user, document) for user in (officer(), senco(case))] == [200, 200]
    assert [status(person(role), document) for role in (Role.AUDITOR, Role.FINANCE_OFFICER)] == [
        403,
        403,
    ]
    judge(case, case.moderator)
    assert [status(user, document) for user in (case.moderator, boss, other_judge)] == [
        200,
        200,
        404,
    ]


def test_who_may_not_judge_the_case_reads_no_document(case):
    document = give(case, senco(case))
    Interest.objects.create(person=case.moderator, school=case.decision.school)
    assert status(case.moderator, document) == 404


def test_school_sees_its_own_and_officers_all(case):
    own, of_office = give(case, senco(case)), give(case, officer(), about="Old report")
    assert status(senco(case), of_office) == 404
    by = senco(case)
    url = reverse("moderation:plan_documents", args=[case.decision.pupil.pk])
    assert "Old report" not in as_user(by).get(url).text
    assert own.about in as_user(officer()).get(url).text
    with pytest.raises(RefusalError):
        take_document_away(document=of_office, by=by)
    assert take_document_away(document=own, by=officer()) is None


def test_school_gives_only_where_the_authority_allows_it_and_while_the_pupil_is_there(
    case, settings
):
    by, gone = senco(case), case.decision.pupil.placements.get()
    settings.SCHOOLS_GIVE_PLANS = False
    with pytest.raises(RefusalError, match="does not ask schools"):
        give(case, by)
    shown = as_user(by).get(reverse("schools:pupil_detail", args=[case.decision.pupil.pk])).text
    assert "Documents with the plan" not in shown
    assert give(case, officer()).school is None
    settings.SCHOOLS_GIVE_PLANS = True
    gone.end = timezone.localdate() - dt.timedelta(days=1)
    gone.save()
    with pytest.raises(RefusalError, match="not on roll at your school"):
        give(case, by)


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.MODERATION_LEAD, Role.HEADTEACHER])
def test_others_give_nothing(case, role):
    by = {
        Role.MODERATOR: case.moderator,
        Role.MODERATION_LEAD: lead(),
        Role.HEADTEACHER: person(Role.HEADTEACHER, school=case.decision.school),
    }[role]
    with pytest.raises(RefusalError):
        give(case, by)
    url = reverse("moderation:plan_documents", args=[case.decision.pupil.pk])
    assert as_user(by).get(url).status_code == 403


def test_names_are_taken_out_and_a_band_is_refused(case):
    pupil = case.decision.pupil
    assert give(case, officer(), about=f"Letter of {pupil.forename}").about == "Letter of the pupil"
    with pytest.raises(RefusalError, match=r"Take “[Bb]and B” out"):
        give(case, officer(), about="Review, now on band B")
    told = word(**{"word/document.xml": "<w:p><w:t>Now on Ba</w:t><w:t>nd&#32;B</w:t></w:p>"})
    with pytest.raises(RefusalError, match=r"Take “[Bb]and B” out"):
        give(case, officer(), told, "plan.docx")
    assert PlanDocument.objects.count() == 1


def test_words_of_a_pdf_are_looked_through_for_a_band(case):
    for said in ("A B band pupil", "Placed on Band B", "Level 2 for learning"):
        with pytest.raises(RefusalError, match="Take “"):
            give(case, officer(), pdf_saying(said))
    assert give(case, officer(), pdf_saying("Speaks little"), looked=False).words_read


def test_who_gives_what_cannot_be_read_says_that_they_looked(case):
    by = senco(case)
    url = reverse("moderation:plan_documents", args=[case.decision.pupil.pk])
    sent = {"about": "Report", "no_band": "on"}
    scan = {"file": SimpleUploadedFile("a.pdf", pdf())}
    refused = as_user(by).post(url, sent | scan)
    assert "The portal cannot read the words of this document" in refused.text
    scan["file"].seek(0)
    answer = as_user(by).post(url, sent | scan | {"looked": "on"}, follow=True)
    assert "nobody but you has looked for a band" in answer.text
    assert answer.text.count("The portal could not read its words") == 2


def test_without_a_scanner_it_is_said_that_nothing_was_scanned(case, settings):
    by = senco(case)
    url = reverse("moderation:plan_documents", args=[case.decision.pupil.pk])
    sent = {"file": SimpleUploadedFile("a.pdf", pdf_saying("Speaks little"))}
    answer = as_user(by).post(url, sent | {"about": "Report", "no_band": "on"}, follow=True)
    assert "It was not scanned for viruses" in answer.text
    for user, page in ((by, url), (case.moderator, page_of(case))):
        assert "not scanned for viruses" in as_user(user).get(page).text
    with scanner(settings):
        give(case, by, about="Other")
    assert as_user(by).get(url).text.count("not scanned for viruses") == 1


def test_documents_go_on_to_the_school_that_the_school_became(case):
    old, document = case.decision.school, give(case, senco(case))
    new = SchoolFactory()
    SchoolLink.objects.create(school=old, linked_urn=new.urn, kind="Successor")
    School.objects.filter(pk=old.pk).update(status=SchoolStatus.CLOSED)
    by = person(Role.SENCO, school=new)
    assert status(by, document) == 404
    place = case.decision.pupil.placements.get()
    place.school = new
    place.save()
    assert status(by, document) == 200
    take_document_away(document=document, by=by)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"", "empty"),
        ("a.exe", b"MZ" * 9, "This type of file cannot be sent"),
        ("a.pdf", b"%PDF-1.4" + b"0" * 11_000_000, "larger than 10 MB"),
        ("a.pdf", pdf(EICAR), "A virus was found"),
        ("a.docx", jpeg(), "it holds Picture"),
    ],
)
def test_bad_files_are_told_at_their_field(case, settings, name, content, said):
    url = reverse("moderation:plan_documents", args=[case.decision.pupil.pk])
    sent = {"file": SimpleUploadedFile(name, content), "about": "Report", "no_band": "on"}
    with scanner(settings):
        answer = as_user(senco(case)).post(url, sent)
    assert said in answer.text
    assert not PlanDocument.objects.exists()


def test_document_is_held_until_it_is_scanned(case, settings):
    settings.CLAMD_URL = "tcp://127.0.0.1:1"
    document = give(case, senco(case))
    assert document.state == DocumentState.HELD
    assert status(case.moderator, document) == 404
    assert "Waiting for the virus scan" in as_user(case.moderator).get(page_of(case)).text
    with scanner(settings):
        assert scan_held() == 1
    assert status(case.moderator, document) == 200


def test_document_taken_away_is_read_by_nobody_and_stays_on_record(case):
    by = senco(case)
    document = give(case, by)
    remove = reverse("moderation:plan_document_remove", args=[document.pk])
    answer = as_user(by).post(remove, follow=True)
    assert "Taken away: Speech report." in answer.text
    assert status(by, document) == status(case.moderator, document) == 404
    document.refresh_from_db()
    assert document.state == DocumentState.DELETED
    assert "Speech report" not in as_user(case.moderator).get(page_of(case)).text


def test_the_number_of_documents_is_limited(case):
    by = officer()
    for _ in range(10):
        give(case, by)
    with pytest.raises(RefusalError, match="There are 10 documents already"):
        give(case, by)


def years_ago(row, **fields):
    then = timezone.now() - dt.timedelta(days=800)
    type(row).objects.filter(pk=row.pk).update(**dict.fromkeys(fields, then))


def test_document_goes_by_age_once_no_case_is_open(case, django_capture_on_commit_callbacks):
    document, today = give(case, senco(case)), timezone.localdate()
    years_ago(document, sent_at=True)
    assert delete_old_documents(today=today)[PlanDocument.WHAT] == 0
    Case.objects.update(state=CaseState.SETTLED)
    assert delete_old_documents(today=today, dry_run=True)[PlanDocument.WHAT] == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert delete_old_documents(today=today)[PlanDocument.WHAT] == 1
    assert not default_storage.exists(document.file.name)


def test_text_of_a_plan_goes_by_age_and_is_in_no_audit_trail(case):
    plan = CasePlan.objects.create(case=case, needs="Canary words", given_by=lead())
    plan.needs = "Other canary"
    plan.save()
    today = timezone.localdate()
    years_ago(plan, given_at=True)
    what = "What plans say, for who judges"
    assert delete_old_plans(today=today) == {what: 0}
    Case.objects.update(state=CaseState.SETTLED)
    assert delete_old_plans(today=today, dry_run=True) == {what: 1}
    assert CasePlan.objects.exists()
    assert delete_old_plans(today=today) == {what: 1}
    assert not CasePlan.objects.exists()
    events = CasePlan.pgh_event_model.objects.order_by("pgh_id")
    assert [one.pgh_label for one in events][:2] == ["insert", "update"]
    assert not {"needs", "provision"} & {field.name for field in events.model._meta.fields}

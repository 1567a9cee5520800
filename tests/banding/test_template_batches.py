"""Filled-in templates of several returns together: each known by its mark, one table of all."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from banding.models import TemplateBatch, TemplateUpload
from banding.templates_io.uploads import together
from banding.templates_io.uploads.together import packed
from banding_portal.jobs.states import JobState
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from banding_portal.uploads.states import UploadState
from tests.banding.helpers import return_with_pupils
from tests.banding.test_converted_returns import convert, opened
from tests.banding.test_following import return_of
from tests.banding.workbook_files import Filled
from tests.factories import MembershipFactory, person
from tests.jobs import work_on

pytestmark = pytest.mark.django_db
URL = "/uploads/several/"


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def names_in(content: bytes) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(content)).namelist()


@pytest.fixture
def senco(sign_in, pupil_return):
    return sign_in(Role.SENCO, school=pupil_return.school)


@pytest.fixture
def other(senco, pupil_return):
    """The return of the SENCO's second school in the same collection."""
    found, _ = return_with_pupils(collection=pupil_return.collection)
    MembershipFactory(user=senco.user, role=Role.SENCO, school=found.school)
    return found


def send(client, *files):
    given = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(URL, {"workbooks": given})


def done(batch):
    work_on(batch)
    batch.refresh_from_db()
    return batch


def test_many_files_and_a_zip_each_find_their_return(senco, pupil_return, amira, other):
    first, second = Filled(pupil_return).decide(amira).content, Filled(other).content
    stranger, _ = return_with_pupils()
    zip_of_two = zipped({"folder/b.xlsx": second, "__MACOSX/folder/._b.xlsx": b"x"})
    response = send(
        senco,
        ("a.xlsx", first),
        ("all.zip", zip_of_two),
        ("theirs.xlsx", Filled(stranger).content),
        ("notes.csv", b"Some,thing\n1,2\n"),
    )
    batch = TemplateBatch.objects.get()
    url = reverse("banding:template_batch", args=[batch.pk])
    assert response["Location"] == url
    batch = done(batch)
    assert (batch.state, bytes(batch.content)) == (JobState.DONE, b"")
    assert {each.pupil_return for each in TemplateUpload.objects.all()} == {pupil_return, other}
    for upload in TemplateUpload.objects.all():
        work_on(upload)
    page = senco.get(url)
    assertContains(page, "2 of 4 files taken")
    for word in ("a.xlsx", "b.xlsx", "Ready to apply", "is not a SENCO of", "Not taken"):
        assertContains(page, word)
    mine = TemplateUpload.objects.get(pupil_return=pupil_return)
    assert (mine.state, mine.started_by) == (UploadState.READY, senco.user)


def sent_by(senco, content):
    send(senco, ("old.xlsx", content))
    [outcome] = done(TemplateBatch.objects.get()).preview["files"]
    return outcome["problem"], [each.pupil_return for each in TemplateUpload.objects.all()]


def test_workbook_of_a_school_that_became_another_goes_on_there(sign_in):
    before, [new] = opened("Brook Academy")
    content = Filled(before).content
    convert(before, person(Role.SEND_OFFICER))
    assert sent_by(sign_in(Role.SENCO, school=new), content) == ("", [return_of(new)])
    assert work_on(TemplateUpload.objects.get()).issues == []


def test_workbook_of_a_split_school_is_taken_where_the_person_is(sign_in):
    before, [infant, junior] = opened("Brook Infant School", "Brook Junior School")
    content = Filled(before).content
    one, other = (row.pupil for row in before.pupils.order_by("pk"))
    convert(before, person(Role.SEND_OFFICER), {one.pk: infant, other.pk: junior})
    senco = sign_in(Role.SENCO, school=junior)
    assert sent_by(senco, content) == ("", [return_of(junior)])
    TemplateBatch.objects.all().delete()
    MembershipFactory(user=senco.user, role=Role.SENCO, school=infant)
    problem, _ = sent_by(senco, content)
    assert problem.endswith("Upload this file on the return of each.")


def test_done_twice_it_sends_each_file_in_once(senco, pupil_return):
    send(senco, ("a.xlsx", Filled(pupil_return).content))
    batch = TemplateBatch.objects.get()
    done(batch)
    done(batch)
    assert TemplateUpload.objects.count() == 1


def test_return_that_is_closed_takes_none(senco, pupil_return):
    content = Filled(pupil_return).content
    type(pupil_return).objects.filter(pk=pupil_return.pk).update(
        state="submitted", submitted_by=senco.user, submitted_at=timezone.now()
    )
    send(senco, ("a.xlsx", content))
    [outcome] = done(TemplateBatch.objects.get()).preview["files"]
    assert outcome["problem"]
    assert not TemplateUpload.objects.exists()


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([], "Choose at least one file"),
        ([("a.zip", b"no zip at all")], "The zip cannot be read"),
        ([("a.zip", zipped({"folder/": b""}))], "There is no file in the zip"),
    ],
)
def test_what_cannot_be_sent_is_said_on_the_page(senco, files, says):
    assertContains(send(senco, *files), says)
    assert not TemplateBatch.objects.exists()


def test_too_many_and_too_much_are_refused(monkeypatch):
    with pytest.raises(RefusalError, match="at most 100 files"):
        packed((f"{number}.csv", b"1") for number in range(101))
    monkeypatch.setattr(together, "MOST_MEGABYTES", 1)
    with pytest.raises(RefusalError, match="unpacked"):
        packed([("a.csv", b"0" * 1024 * 1024 + b"1")])


def test_of_a_bomb_no_more_than_a_file_may_have_is_unpacked():
    bomb = zipped({"a.xlsx": b"0" * 30 * 1024 * 1024})
    with zipfile.ZipFile(io.BytesIO(packed([("a.zip", bomb)]))) as archive:
        assert archive.getinfo("a.xlsx").file_size == together.LIMITS.max_bytes + 1


def test_files_of_one_name_are_told_apart_and_paths_left_out():
    content = packed([("a.csv", b"1"), ("../x/a.csv", b"2"), ("a.csv", b"3")])
    assert names_in(content) == ["a.csv", "a (2).csv", "a (3).csv"]


def test_only_who_sent_them_sees_them(senco, sign_in, pupil_return):
    send(senco, ("a.xlsx", Filled(pupil_return).content))
    url = reverse("banding:template_batch", args=[TemplateBatch.objects.get().pk])
    assert sign_in(Role.SENCO, school=pupil_return.school).get(url).status_code == 404


def test_list_of_returns_leads_there_for_who_fills_in(senco, sign_in, pupil_return):
    page = reverse("banding:return_list")
    assertContains(senco.get(page), URL)
    assertNotContains(sign_in(Role.HEADTEACHER, school=pupil_return.school).get(page), URL)


@pytest.mark.parametrize("count", [1, 3])
def test_table_asks_as_many_queries_for_any_number(
    senco, pupil_return, count, django_assert_num_queries
):
    content = Filled(pupil_return).content
    send(senco, *((f"{number}.xlsx", content) for number in range(count)))
    url = reverse("banding:template_batch", args=[done(TemplateBatch.objects.get()).pk])
    senco.get(url)
    with django_assert_num_queries(5):
        senco.get(url)

"""A caseload with headings and codes of the authority's own: explained once, then understood."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django.asserts import assertContains, assertNotContains

from banding.caseload.columns import COLUMNS, FILES
from banding_portal.files.own_words import OwnWord
from banding_portal.learned.services import learn_words
from banding_portal.models import LearnedWord
from banding_portal.refusals import RefusalError
from banding_portal.roles import Role
from banding_portal.uploads.states import UploadState
from tests.banding.caseload_files import HEADINGS, caseload_row
from tests.banding.test_caseload_uploads import page_of, send_content, send_file
from tests.factories import FrameworkFactory, SchoolFactory, person
from tests.jobs import work_on

pytestmark = pytest.mark.django_db
OWN = [{"surname": "Clan", "plan_end": "Ceased"}.get(name, name) for name in HEADINGS]


@pytest.fixture(autouse=True)
def _known():
    SchoolFactory(urn="900001")
    FrameworkFactory()


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.SEND_OFFICER)


def send_own(officer, **values):
    row = caseload_row(**values)
    own = row | {"Clan": row["surname"], "Ceased": row["plan_end"]}
    return send_file(officer, own, headings=OWN)


def meanings(upload):
    return reverse("banding:caseload_meanings", args=[upload.pk])


def explain(officer, upload, given):
    officer.post(meanings(upload), given)
    work_on(upload)
    upload.refresh_from_db()


def test_headings_and_values_are_explained_and_the_file_is_checked_again(officer):
    upload = send_own(officer)
    assert upload.state == UploadState.REFUSED
    assertContains(officer.get(page_of(upload)), meanings(upload))
    page = officer.get(meanings(upload))
    assertContains(page, "For example Invented1")
    assertContains(page, "plan_end")
    explain(officer, upload, {"heading-0": "surname", "heading-1": "plan_end"})
    assert (upload.state, upload.issues) == (UploadState.READY, [])
    assert send_own(officer, number=2).state == UploadState.READY


def test_value_is_explained_for_its_column(officer):
    upload = send_file(officer, caseload_row(primary_need="Autism"))
    page = officer.get(meanings(upload))
    assertContains(page, "What does “Autism” in primary_need mean?")
    explain(officer, upload, {"value-0": "ASD"})
    assert upload.state == UploadState.READY
    assert LearnedWord.objects.get().said_by == officer.user


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Say what at least one heading or value means"),
        (
            {"heading-0": "surname", "heading-1": "surname"},
            "You have already chosen “Clan” for this column",
        ),
        ({"heading-0": "forename"}, "Select a valid choice"),
    ],
)
def test_answer_that_makes_no_sense_teaches_nothing(officer, given, said):
    upload = send_own(officer)
    page = officer.post(meanings(upload), given)
    assert page.status_code == 200
    if said != "Select a valid choice":
        assertContains(page, said)
    assert not LearnedWord.objects.exists()


def test_page_asks_nothing_about_a_file_that_was_understood(officer):
    upload = send_file(officer, caseload_row())
    page = officer.get(meanings(upload), follow=True)
    assertContains(page, "There is nothing in this file that needs explaining.")
    assertNotContains(officer.get(page_of(upload)), meanings(upload))


@pytest.mark.parametrize(
    "word",
    [
        OwnWord("surname", "forename"),
        OwnWord("nothing", "Clan"),
        OwnWord("primary_need", "Autism", "Autistic"),
        OwnWord("surname", "Khan", "Lowe"),
        OwnWord("surname", " "),
    ],
)
def test_word_that_cannot_mean_that_is_refused(word):
    with pytest.raises(RefusalError):
        learn_words(files=FILES, columns=COLUMNS, words=[word], by=person(Role.SEND_OFFICER))
    assert not LearnedWord.objects.exists()


def learn(*words):
    learn_words(files=FILES, columns=COLUMNS, words=words, by=person(Role.SEND_OFFICER))


def test_what_was_said_last_holds():
    learn(OwnWord("surname", "Names"))
    learn(OwnWord("forename", "NAMES "))
    assert [(one.column, one.word) for one in LearnedWord.objects.all()] == [("forename", "NAMES ")]


def test_remembered_words_are_downloaded_and_forgotten(officer):
    learn(OwnWord("surname", "Clan"), OwnWord("primary_need", "Autism", "ASD"))
    url = reverse("banding:caseload_words")
    assertContains(officer.get(url), "Clan")
    lines = officer.get(url, {"file": "csv"}).content.decode("utf-8-sig").splitlines()
    assert lines == [
        "column,in_the_file,means",
        "surname,Clan,",
        "primary_need,Autism,ASD",
    ]
    ticked = [LearnedWord.objects.get(word="Autism").pk, "nonsense"]
    page = officer.post(url, {"words": ticked}, follow=True)
    assertContains(page, "1 meaning forgotten.")
    assert [one.word for one in LearnedWord.objects.all()] == ["Clan"]


def load(officer, text):
    file = SimpleUploadedFile("words.csv", text.encode())
    return officer.post(reverse("banding:caseload_words_load"), {"file": file}, follow=True)


def test_words_of_another_authority_are_loaded(officer):
    page = load(officer, "Column,In the file,Means\nsurname,Clan,\nncy,Baby,'-3\n")
    assertContains(page, "2 meanings remembered.")
    said = LearnedWord.objects.values_list("word", "meaning")
    assert list(said) == [("Clan", ""), ("Baby", "-3")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("column,in_the_file\nsurname,Name\n", "The column “means” is missing"),
        ("column,in_the_file,means\nshoe,Size,\nsurname,,\n", "There is no column shoe"),
        ("column,in_the_file,means\nshoe,Size,\nsurname,,\n", "Row 3: Enter the word in the file"),
    ],
)
def test_wrong_file_of_words_says_everything_and_teaches_nothing(officer, text, said):
    assertContains(load(officer, text), said)
    assert not LearnedWord.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_words_queries(officer, count, django_assert_num_queries):
    learn(*(OwnWord("surname", f"Clan {at}") for at in range(count)))
    with django_assert_num_queries(5):
        officer.get(reverse("banding:caseload_words"))


def test_file_comes_back_marked_and_is_taken_once_corrected(officer):
    upload = send_file(officer, caseload_row(), caseload_row(2, primary_need="Autism"))
    url = reverse("banding:caseload_marked", args=[upload.pk])
    assertContains(officer.get(page_of(upload)), url)
    book = load_workbook(io.BytesIO(officer.get(url).content))
    [page] = book.worksheets
    assert (page["R1"].value, page["R2"].value) == ("Errors", None)
    assert page["R3"].value.startswith("primary_need: Enter SPLD")
    page["M3"] = "ASD"
    out = io.BytesIO()
    book.save(out)
    again = send_content(officer, "problems.xlsx", out.getvalue())
    assert (again.state, again.issues) == (UploadState.READY, [])
    marked = reverse("banding:caseload_marked", args=[again.pk])
    assert officer.get(marked).status_code == 404

"""A document is known by what is in it; each other file is refused in a sentence of its own."""

import datetime as dt
import os

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from banding_portal.documents import rules
from banding_portal.documents.choices import DocumentState, DocumentType
from banding_portal.documents.scanning import Scan, scan
from banding_portal.documents.services import (
    INFECTED,
    delete_old_documents,
    keep_document,
    scan_held,
)
from banding_portal.notices.models import Notice
from banding_portal.refusals import RefusalError
from banding_portal.tasks import scan_held_documents
from moderation.choices import CaseState
from moderation.models import EvidenceDocument
from tests.documents import EICAR, jpeg, pdf, png, scanner, scanner_away, word
from tests.moderation.evidence import asked_case

pytestmark = pytest.mark.django_db
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("report.pdf", pdf(), DocumentType.PDF),
        ("Report.PDF", pdf(), DocumentType.PDF),
        ("report.docx", word(), DocumentType.WORD),
        ("picture.jpg", jpeg(), DocumentType.JPEG),
        ("picture.jpeg", jpeg(), DocumentType.JPEG),
        ("picture.png", png(), DocumentType.PNG),
    ],
)
def test_document_is_known_by_its_content(name, content, kind):
    assert rules.type_of(name, content) == kind


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"", rules.EMPTY),
        ("a.pdf", pdf(b"0" * rules.MAX_BYTES), rules.TOO_LARGE),
        ("a.pdf", b"<html>", rules.OTHER_TYPE),
        ("a.exe", b"MZ\x90\x00", rules.OTHER_TYPE),
        ("a.docx", word()[:60], rules.DAMAGED),
        ("a.pdf", b"%PDF-1.4 cut short", rules.DAMAGED),
        ("a.png", png()[:-8], rules.DAMAGED),
        ("a.docx", OLE + b"0" * 20, rules.OLD_WORD),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), rules.ENCRYPTED),
        ("a.docx", word(**{"word/vbaProject.bin": "x"}), rules.WITH_MACROS),
        ("a.docx", word(**{"word/VBAPROJECT.bin": "x"}), rules.WITH_MACROS),
        ("a.docx", word(**{"word/embeddings/evil.EXE": "x"}), rules.WITH_PROGRAM),
    ],
)
def test_other_file_is_refused_in_a_sentence(name, content, said):
    with pytest.raises(RefusalError) as refusal:
        rules.type_of(name, content)
    assert (str(refusal.value), refusal.value.field) == (said, "file")


def test_zip_that_is_no_word_document_is_refused():
    with pytest.raises(RefusalError, match="This type of file cannot be sent"):
        rules.check_word(word().replace(b"word/document.xml", b"xl/worksheets.xml"))


def test_word_document_that_unpacks_to_far_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(rules, "MAX_UNPACKED", 5)
    with pytest.raises(RefusalError, match="larger than"):
        rules.check_word(word())


@pytest.mark.parametrize("name", ["report.docx", "report", "report.pdf.exe"])
def test_name_that_says_otherwise_is_refused(name):
    with pytest.raises(RefusalError, match=r"Give it the ending \.pdf$"):
        rules.type_of(name, pdf())


def kept(content=None, name="Amira Khan.pdf"):
    asked = asked_case().evidence_requests.get()
    document = EvidenceDocument(request=asked, about="Report", sent_by=asked.asked_by)
    return keep_document(document, filename=name, content=content or pdf())


def test_document_lies_under_its_own_number_and_names_nobody():
    document = kept()
    assert document.file.name == f"documents/moderation.evidencedocument/{document.pk}"
    assert (document.filename, document.size) == ("Amira Khan.pdf", len(pdf()))
    assert "Khan" not in document.download_name()
    assert content_of(document) == pdf()


def content_of(document):
    with document.file.open("rb") as file:
        return file.read()


def test_document_without_a_scanner_can_be_read_at_once():
    document = kept()
    assert (document.state, document.scanned_at) == (DocumentState.READY, None)


def test_clean_document_is_passed_by_the_scanner(settings):
    with scanner(settings):
        document = kept()
    assert (document.state, bool(document.scanned_at)) == (DocumentState.READY, True)


def test_infected_document_is_refused_and_not_kept(settings):
    with scanner(settings), pytest.raises(RefusalError) as refusal:
        kept(pdf(EICAR))
    assert str(refusal.value) == INFECTED
    assert not EvidenceDocument.objects.exists()


def test_document_is_held_while_the_scanner_is_away(settings):
    scanner_away(settings)
    document = kept()
    assert (document.state, document.is_readable) == (DocumentState.HELD, False)
    assert scan_held() == 0
    with scanner(settings):
        scan_held_documents()
        assert scan_held() == 0
    document.refresh_from_db()
    assert document.is_readable


def test_held_document_with_a_virus_goes_and_its_sender_is_told(
    settings, django_capture_on_commit_callbacks
):
    scanner_away(settings)
    document = kept(pdf(EICAR))
    with scanner(settings), django_capture_on_commit_callbacks(execute=True):
        assert scan_held() == 1
    document.refresh_from_db()
    assert document.state == DocumentState.INFECTED
    assert not default_storage.exists(document.file.name)
    told = Notice.objects.get(key=f"virus {document.pk}")
    assert told.recipient == document.sent_by


def aged(document, days):
    then = timezone.now() - dt.timedelta(days=days)
    EvidenceDocument.objects.filter(pk=document.pk).update(sent_at=then)


def settle(document):
    """As if its case were settled long ago."""
    type(document.request.case).objects.update(state=CaseState.SETTLED)


def made_hours_ago(place, hours):
    then = (timezone.now() - dt.timedelta(hours=hours)).timestamp()
    os.utime(default_storage.path(place), (then, then))


def deleted(*, dry_run=False):
    today = timezone.localdate()
    return delete_old_documents(today=today, dry_run=dry_run)[EvidenceDocument.WHAT]


def test_document_is_deleted_when_kept_long_enough(django_capture_on_commit_callbacks, settings):
    document = kept()
    settle(document)
    aged(document, settings.FILES_KEPT_DAYS)
    assert deleted() == 0
    aged(document, settings.FILES_KEPT_DAYS + 1)
    assert deleted(dry_run=True) == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert (deleted(), deleted()) == (1, 0)
    document.refresh_from_db()
    assert (document.state, document.filename) == (DocumentState.DELETED, "Deleted file.pdf")
    assert not default_storage.exists(document.file.name)


def test_document_of_an_open_case_stays(settings):
    aged(kept(), settings.FILES_KEPT_DAYS + 1)
    assert deleted() == 0


def test_file_that_no_row_knows_is_deleted_after_a_day():
    document = kept()
    left = default_storage.save(f"{EvidenceDocument.folder()}left", ContentFile(pdf()))
    for place in (left, document.file.name):
        made_hours_ago(place, 23)
    deleted()
    assert default_storage.exists(left)
    for place in (left, document.file.name):
        made_hours_ago(place, 25)
    deleted()
    there = [default_storage.exists(place) for place in (left, document.file.name)]
    assert there == [False, True]


def test_what_scanners_are_tested_with_is_known_without_one(settings):
    settings.CLAMD_URL = ""
    assert (scan(pdf(EICAR)), scan(pdf())) == (Scan.INFECTED, Scan.CLEAN)

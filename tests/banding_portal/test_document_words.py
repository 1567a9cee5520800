"""Words of documents that were sent in, read in a process of its own."""

import pytest

from banding_portal.documents import words
from banding_portal.documents.choices import DocumentType
from banding_portal.documents.words import Words, words_of
from tests.documents import jpeg, pdf, pdf_saying, word

PDF, WORD = DocumentType.PDF, DocumentType.WORD


def test_words_of_every_page_of_a_pdf():
    assert words_of(PDF, pdf_saying("Speaks little", "", "Signs")) == Words(
        "Speaks little\n\nSigns", whole=True
    )


def test_words_of_word_with_header_and_notes():
    document = word(**{
        "word/document.xml": "<w:p><w:t>One &amp; t</w:t><w:t>wo</w:t></w:p><w:p>Three</w:p>",
        "word/header2.xml": "<w:p>Top</w:p>",
        "word/footnotes.xml": "<w:p>Foot</w:p>",
        "word/styles.xml": "<w:p>Never</w:p>",
    })  # fmt: skip
    found = words_of(WORD, document)
    assert found.whole
    assert found.text.split() == ["One", "&", "two", "Three", "Top", "Foot"]


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (PDF, b""),
        (PDF, pdf()),
        (PDF, pdf_saying()),
        (PDF, pdf_saying(None)),
        (PDF, pdf_saying("Typed", None)),
        (WORD, b"PK\x03\x04x"),
        (WORD, word()),
        (DocumentType.JPEG, jpeg()),
    ],
)
def test_what_cannot_be_read_as_a_whole_says_so(kind, content):
    assert not words_of(kind, content).whole


def test_what_takes_too_long_or_too_much_is_not_read(monkeypatch):
    monkeypatch.setitem(words.LIMITS, "memory", 1_000_000)
    assert words_of(PDF, pdf_saying("Words")) == Words()
    monkeypatch.setitem(words.LIMITS, "max_text", 3)
    monkeypatch.setitem(words.LIMITS, "memory", 384_000_000)
    assert not words_of(PDF, pdf_saying("Words")).whole

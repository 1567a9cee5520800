"""CSV files in the letters of a Mac, or read in the wrong ones once: put right and asked about."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banding_portal.files.columns import Column
from banding_portal.files.limits import Limits
from banding_portal.files.reader import Letters, encoding_of, read_once
from banding_portal.files.tables import read_table

NAMES = [
    *("José García", "Zoë Núñez", "Renée Müller", "O’Testa Zoë", "Åsa Sørby", "Inês Conceição"),
    *("Chloë", "Anaïs", "St George’s", "Großmann", "Hélène", "Benoît", "D’Alba Maïa"),
]
COLUMNS = (Column("name", "Name"), Column("town", "Town", needed=False))


def csv_of(names, encoding="utf-8"):
    return "\r\n".join(["Name,Town", *(f"{name},x" for name in names)]).encode(encoding)


def twice(text):
    """What stands in a file that was UTF-8, opened as cp1252 and saved again."""
    return "".join(
        bytes([byte]).decode("latin-1" if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else "cp1252")
        for byte in text.encode()
    )


def read(content):
    table = read_table("a.csv", content, COLUMNS, Limits())
    return [line["name"] for line in table.lines], [str(each.message) for each in table.warnings]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_right_letters_are_not_asked_about(encoding):
    assert read(csv_of(NAMES, encoding)) == (NAMES, [])


@pytest.mark.parametrize("name", NAMES)
def test_file_of_a_mac_is_read_and_asked_about(name):
    content = csv_of(["Amira Khan", name], "mac_roman")
    names, [question] = read(content)
    assert names == ["Amira Khan", name]
    assert question.startswith("Some letters of this file seem to have been garbled. 1 cell had")
    assert f"” was read as “{name}”" in question


@pytest.mark.parametrize("name", NAMES)
def test_letters_read_wrong_once_are_put_right_and_asked_about(name):
    names, [question] = read(csv_of([twice(name), "Amira Khan"]))
    assert names == [name, "Amira Khan"]
    assert f"“{twice(name)}” was read as “{name}”" in question


@pytest.mark.parametrize("encoding", ["mac_roman", "utf-8"])
def test_one_question_a_file_with_a_few_examples(encoding):
    names = NAMES if encoding == "mac_roman" else [twice(name) for name in NAMES]
    found, questions = read(csv_of(names * 3, encoding))
    assert (found, len(questions)) == (NAMES * 3, 1)
    assert f"{len(NAMES) * 3} cells had to be put right" in questions[0]
    assert questions[0].count("was read as") == 3
    assert questions[0].endswith("Go on only if that is what was meant.")


@pytest.mark.parametrize(
    "text",
    [
        *("Smith–Jones", "Šimon Žižka", "Œuvre", "CAMÕES João", "O‘Testa", "“Amira”", "5 £ – 6 £"),
        *("Jiří", "Łukasz", "Ÿvonne", "Â", "Ã", "Señor §4"),
    ],
)
def test_rare_letters_stay_as_they_are(text):
    encoding = "utf-8" if text in ("Jiří", "Łukasz") else "cp1252"
    assert read(csv_of([text], encoding)) == ([text], [])
    assert read(csv_of([text])) == ([text], [])


@pytest.mark.parametrize("text", ["Zoë NuÃ±ez", "Ã", "â€", "Â£5 é"])
def test_text_only_partly_wrong_stays_as_it_is(text):
    assert read_once(text) == text


@given(st.text(st.characters(codec="utf-8"), max_size=30))
@settings(max_examples=300)
def test_text_read_wrong_once_is_always_put_right(text):
    assert read_once(twice(text)) == text or text.isascii()


@given(st.text(st.characters(min_codepoint=0xC0, max_codepoint=0x17F), min_size=1, max_size=12))
def test_text_of_letters_is_never_changed_by_chance(text):
    """Two letters in a row are no UTF-8: a mark of its own stands in the place of the second."""
    changed = read_once(text)
    assert changed == text or any(ord(each) > 0xFF for each in text)


@pytest.mark.parametrize("content", [b"Name\n\x81\x8d", b"\x8f\x90\x9d,1\n", b"Name\n\x81\n"])
def test_no_text_in_any_letters_is_refused(content):
    table = read_table("a.csv", content, COLUMNS, Limits())
    assert "This is not a CSV file" in str(table.issues[0])


def test_letters_of_a_mac_alone_have_no_place_in_cp1252():
    content = csv_of(["Hélène"], "mac_roman")
    with pytest.raises(UnicodeDecodeError):
        content.decode("cp1252")
    assert encoding_of(content) == "mac_roman"


def test_nothing_is_told_of_a_sound_file(capsys):
    letters = Letters("utf-8-sig")
    assert letters.read(["Zoë", "Khan"]) == ["Zoë", "Khan"]
    letters.tell()
    assert capsys.readouterr().out == ""

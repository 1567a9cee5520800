"""Names of a pupil and a school in a text, however they are written (M4)."""

import pytest

from moderation.plans.names import without_names

PUPIL = ["Kofi Mensah-Boateng", "Kofi", "Mensah-Boateng", "A123456789012"]
SCHOOL = ["Westmere Park Primary School", "123456"]


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Kofi Mensah-Boateng of Westmere Park Primary School", "the pupil of the school"),
        ("Kofi’s mother", "the pupil’s mother"),
        ("KOFI'S mother", "the pupil’s mother"),
        ("Kofis mother, kofi and KOFI", "the pupil’s mother, the pupil and the pupil"),
        ("Mrs Mensah and Mr Boateng", "Mrs the pupil and Mr the pupil"),
        ("Mensah Boateng", "the pupil"),
        ("UPN A123456789012", "UPN the pupil"),
        ("at Westmere Park", "at the school"),
        ("Ko\u200bfi", "the pupil"),
        ("at Westmere Primary", "at the school"),
        ("Westmere’s hall, Westmere Park School’s hall", "the school’s hall, the school’s hall"),
        ("He plays in the park.", "He plays in the park."),
        ("Primary school begins at five.", "Primary school begins at five."),
        ("Kofield and Mensahs are other words", "Kofield and the pupil’s are other words"),
        ("URN 123456, not 1234567", "URN the school, not 1234567"),
        ("He said “Kofi’ and left", "He said “the pupil’ and left"),
    ],
)  # fmt: skip
def test_names_parts_and_what_belongs_to_them(text, clean):
    assert without_names(text, pupil=PUPIL, school=SCHOOL) == clean


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("He goes to St Mary’s.", "He goes to the school."),
        ("St. Mary's Catholic Primary School is near.", "the school is near."),
        ("at Saint Marys", "at the school"),
        ("The catholic church", "The catholic church"),
    ],
)
def test_schools_named_after_a_saint(text, clean):
    assert without_names(text, pupil=[], school=["St Mary’s Catholic Primary School"]) == clean


def test_a_school_of_plain_words_is_found_whole():
    school = ["Green Hill Academy"]
    text = "At Green Hill, on a green hill. Hill walks."
    assert (
        without_names(text, pupil=[], school=school)
        == "At the school, on a green hill. Hill walks."
    )


@pytest.mark.parametrize(
    ("name", "text", "clean"),
    [
        ("Will", "Will will walk", "the pupil will walk"),
        ("Zoë", "Zoe and ZOË’s", "the pupil and the pupil’s"),
        ("O’Neil", "Oneil, O'Neil, O’Neil’s", "the pupil, the pupil, the pupil’s"),
        ("James", "James’ bag, James’s bag", "the pupil’s bag, the pupil’s bag"),
        ("Jo", "Jo and joints", "the pupil and joints"),
        ("", "Nothing", "Nothing"),
    ],
)
def test_names_as_people_write_them(name, text, clean):
    assert without_names(text, pupil=[name]) == clean

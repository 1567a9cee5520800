"""The Guidance sheet: one table that says how to fill in, and every descriptor."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from banding.frameworks.suggestion import FrameworkRules
from banding.templates_io.workbooks.columns import (
    JOINER_COLUMNS,
    JOINERS,
    PUPILS,
    TemplateMark,
    pupil_columns,
)
from banding_portal.files.columns import Column

COLUMNS = (
    Column("part", "Part", given=True, width=28),
    Column("item", "Item", given=True, width=24),
    Column("text", "What it means", given=True, width=110),
)
STEPS = (
    "Fill in the tinted cells with underlined headings. The other cells are filled in for you.",
    "Levels and bands that are still empty are amber.",
    "You may sort and filter the rows. Sort all columns together.",
    (
        "If a name, date of birth or UPN is wrong, type what is right. When you upload the file "
        "you can ask the authority to correct it."
    ),
    (
        "Point at the heading of an area to read its descriptors. The heading leads to them on "
        "this sheet."
    ),
    "Choose a level in every area, then decide the band. You decide; the levels only suggest.",
    "Leave a row as it is if nothing is decided yet. A blank row changes nothing.",
    "Do not delete pupils. If one has left, choose Left in “Change” and enter the date.",
    "Put pupils who joined your school on the Joiners sheet, one a row.",
    "Type values, not formulas. Enter dates like 31/01/2027.",
    (
        "Save the file and upload it on the return’s page. You see what it would change before "
        "anything is saved."
    ),
)


@dataclass(frozen=True)
class TemplateContent:
    """What a workbook says besides its rows; free of the database."""

    mark: TemplateMark
    collection: str
    school: str
    deadline: dt.date
    framework: str
    rules: FrameworkRules
    words: Sequence[tuple[str, str, str]]
    """Every descriptor and band: part of the guidance, item and text."""


def guidance_rows(content: TemplateContent) -> Iterator[dict[str, str]]:
    """The rows of the sheet, cells by column key."""
    for part, item, text in (*_about(content), *_columns(content.rules), *content.words):
        yield {"part": part, "item": item, "text": text}


def _about(content: TemplateContent) -> Iterator[tuple[str, str, str]]:
    part = "This template"
    yield part, "Collection", content.collection
    yield part, "School", f"{content.school} (URN {content.mark.urn})"
    yield part, "Due", f"{content.deadline:%d/%m/%Y}"
    yield part, "Template version", str(content.mark.version)
    yield part, "Framework", content.framework
    for number, step in enumerate(STEPS, start=1):
        yield "How to fill in", f"Step {number}", step


def _columns(framework: FrameworkRules) -> Iterator[tuple[str, str, str]]:
    for sheet, columns in ((PUPILS, pupil_columns(framework)), (JOINERS, JOINER_COLUMNS)):
        for column in columns:
            if not column.given:
                yield f"{sheet} sheet", column.heading, column.explained

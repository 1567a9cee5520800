"""The Guidance sheet: one table that says how to fill in, and every descriptor."""

from collections.abc import Iterator

from banding.templates_io.workbooks.columns import (
    JOINER_COLUMNS,
    JOINERS,
    PUPILS,
    pupil_columns,
)
from banding.templates_io.workbooks.contents import FrameworkContent, TemplateContent
from banding_portal.files.columns import Column

COLUMNS = (
    Column("part", "Part", given=True, width=28),
    Column("item", "Item", given=True, width=24),
    Column("text", "What it means", given=True, width=110),
)
STEPS = (
    "Fill in the tinted cells with underlined headings. The other cells are locked.",
    "Choose a level in every area, then decide the band. You decide; the levels only suggest.",
    "Leave a row as it is if nothing is decided yet. A blank row changes nothing.",
    "Do not delete pupils. If one has left, choose Left in “Change” and enter the date.",
    "Put pupils who joined your school on the Joiners sheet, one a row.",
    "Type values, not formulas. Enter dates like 31/01/2027.",
    (
        "Save the file and upload it on the return's page. You see what it would change before "
        "anything is saved."
    ),
)


def guidance_rows(content: TemplateContent) -> Iterator[dict[str, str]]:
    """The rows of the sheet, cells by column key."""
    for part, item, text in (*_about(content), *_columns(content.framework), *_words(content)):
        yield {"part": part, "item": item, "text": text}


def _about(content: TemplateContent) -> Iterator[tuple[str, str, str]]:
    part = "This template"
    yield part, "Collection", content.collection
    yield part, "School", f"{content.school} (URN {content.mark.urn})"
    yield part, "Due", f"{content.deadline:%d/%m/%Y}"
    yield part, "Template version", str(content.mark.version)
    yield part, "Framework", content.framework.name
    for number, step in enumerate(STEPS, start=1):
        yield "How to fill in", f"Step {number}", step


def _columns(framework: FrameworkContent) -> Iterator[tuple[str, str, str]]:
    for sheet, columns in ((PUPILS, pupil_columns(framework)), (JOINERS, JOINER_COLUMNS)):
        for column in columns:
            if not column.given:
                yield f"{sheet} sheet", column.heading, column.explained


def _words(content: TemplateContent) -> Iterator[tuple[str, str, str]]:
    for area in content.framework.areas:
        for level in area.levels:
            yield area.name, f"Level {level.code}", level.descriptor
    for band in content.framework.bands:
        yield "Bands", band.name, band.summary
    if content.framework.tie_rule:
        yield "Bands", "Between two bands", content.framework.tie_rule

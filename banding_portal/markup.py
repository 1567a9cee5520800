"""Plain text with headings, lists and links as HTML, and nothing else.

For the help and for what an authority writes itself: whatever else is in the text is shown as it
was typed, never taken for HTML.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

LINK = re.compile(r"\[([^\[\]]+)\]\(((?:https?://|mailto:|/(?!/))[^\s()]+)\)")
HEADING, ITEM, TEXT, NOTHING = "heading", "item", "text", "nothing"


def marked(text: str, level: int = 2) -> SafeString:
    """HTML of a text: "# " begins a heading, "* " an item, an empty line a new paragraph.

    Headings are of `level` in the page: 2 under its h1.
    """
    lines = [line.strip() for line in text.replace("\r\n", "\n").split("\n")]
    blocks = [(kind, list(group)) for kind, group in groupby(lines, kind_of)]
    return mark_safe("\n".join(html for each in blocks for html in html_of(*each, level)))  # noqa: S308


def kind_of(line: str) -> str:
    if line.startswith("# "):
        return HEADING
    if line.startswith("* "):
        return ITEM
    return TEXT if line else NOTHING


def html_of(kind: str, lines: list[str], level: int) -> Iterator[str]:
    if kind == HEADING:
        size = "m" if level == 2 else "s"
        for line in lines:
            yield f'<h{level} class="govuk-heading-{size}">{inline(line[2:])}</h{level}>'
    elif kind == ITEM:
        items = "".join(f"<li>{inline(line[2:])}</li>" for line in lines)
        yield f'<ul class="govuk-list govuk-list--bullet">{items}</ul>'
    elif kind == TEXT:
        yield f'<p class="govuk-body">{"<br>".join(map(inline, lines))}</p>'


def inline(line: str) -> str:
    """A line with its links; everything else is escaped."""
    return LINK.sub(r'<a class="govuk-link" href="\2">\1</a>', escape(line))

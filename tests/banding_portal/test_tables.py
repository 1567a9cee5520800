"""Tables fit a phone: those of many columns become cards there (tests/browser/look.py measures)."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
TABLE = re.compile(r"\{% table (?P<options>[^%]*?)%\}(?P<body>.*?)\{% endtable %\}", re.DOTALL)
HEADS = re.compile(r"\{% (?:list_)?heads (?P<words>.*?) %\}", re.DOTALL)
MOST_COLUMNS = 3
"""That fit 320 px side by side."""


def tables():
    """Those of charts have the two or three columns that their component gives them."""
    for path in sorted(TEMPLATES.rglob("*.html")):
        if path.parent.name == "components":
            continue
        for number, found in enumerate(TABLE.finditer(path.read_text(encoding="utf-8"))):
            heads = HEADS.search(found["body"])
            if heads:
                name = f"{path.relative_to(TEMPLATES)}-{number}"
                yield pytest.param(found["options"], columns(heads["words"]), id=name)


def columns(words):
    return len(re.findall(r'"[^"]*"|\b[a-z_]+\b(?![|".])', words))


@pytest.mark.parametrize(("options", "count"), list(tables()))
def test_table_of_many_columns_is_cards_on_a_phone(options, count):
    assert count <= MOST_COLUMNS or "stacked=True" in options

"""What people read has the apostrophes and quotation marks of print: ’ “ ”."""

import ast
import re

import pytest
from django.conf import settings

from tests.banding_portal.sentences import APPS

STRAIGHT = re.compile(
    r"[A-Za-z}]'(?:s|t|d|m|re|ve|ll)\b"  # the school's, can't
    r"|[a-z]s' [a-z]"  # the schools' returns
    r"|(?:^|[\s(])\"[A-Za-z][^\"=<>]*\""  # "Not our pupil"
    r"|(?:^|[\s(])'[A-Z][a-z]+[^'=<>]*'"  # 'Not our pupil'
)
QUERY = re.compile(r"\b(?:SELECT|COPY|CASE|FROM|CREATE|RAISE|NEW|UPDATE|COLLATE)\b")
CODE = re.compile(r"<(pre|code|script|style)\b.*?</\1>|\{#.*?#\}|<!--.*?-->", re.DOTALL)
ARGUMENT = re.compile(r"\{%.*?%\}", re.DOTALL)
QUOTED = re.compile(r"(?<!\w)\"([^\"]*)\"")
TAG = re.compile(r"<[^>]*>|\{\{.*?\}\}", re.DOTALL)
HIDDEN = re.compile(r"\b(?:aria-label|title|alt|placeholder|summary)=\"([^\"]*)\"")


def straight(text):
    return bool(STRAIGHT.search(text)) and not QUERY.search(text)


def said_in_python(source):
    """Each string but docstrings, as it is written; of an f-string the whole."""
    tree = ast.parse(source)
    left_out = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            left_out |= {id(part) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr | ast.Constant) and id(node) not in left_out:
            yield node.lineno, "".join(words_of(node))


def words_of(node):
    """What an f-string puts in is no text of ours: `{}`."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    for part in parts:
        value = getattr(part, "value", "")
        yield value if isinstance(value, str) else "{}"


def said_in_template(source):
    """Text between tags, attributes that are read out, and what template tags are given."""
    source = CODE.sub(" ", source)
    for tag in ARGUMENT.findall(source):
        yield from QUOTED.findall(tag)
    source = ARGUMENT.sub(" ", source)
    yield from HIDDEN.findall(source)
    yield from TAG.sub("\n", source).splitlines()


def test_strings_in_python():
    found = [
        f"{file.relative_to(settings.BASE_DIR)}:{line}: {text}"
        for app in APPS
        for file in sorted((settings.BASE_DIR / app).rglob("*.py"))
        if "migrations" not in file.parts
        for line, text in said_in_python(file.read_text(encoding="utf-8"))
        if straight(text)
    ]
    assert found == []


def test_text_in_templates():
    folder = settings.BASE_DIR / "templates"
    found = [
        f"{file.relative_to(folder)}: {text.strip()}"
        for file in sorted([*folder.rglob("*.html"), *folder.rglob("*.txt")])
        for text in said_in_template(file.read_text(encoding="utf-8"))
        if straight(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("folder", "pattern"),
    [
        ("banding_portal/help", "*.txt"),
        ("banding_portal/public_texts/defaults", "*.txt"),
        ("banding/demo/frameworks", "*.json"),
        ("static/src", "*.js"),
    ],
)
def test_other_texts(folder, pattern):
    found = [
        f"{file.name}:{number}: {line.strip()}"
        for file in sorted((settings.BASE_DIR / folder).rglob(pattern))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"\w'(?:s|t|d|m|re|ve|ll)\b", line) and not line.strip().startswith(("/", "*"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the school's band", True),
        ("It can't be done", True),
        ("all schools' returns", True),
        ('Choose "Not our pupil" instead', True),
        ("Choose 'Not our pupil' instead", True),
        ("the school’s band: “Not our pupil”", False),
        ('attachment; filename="schools.csv"', False),
        ("SELECT 1 WHERE kind = 'Not' AND name ~ 'it''s'", False),
    ],
)
def test_straight_marks_are_found(text, expected):
    assert straight(text) is expected

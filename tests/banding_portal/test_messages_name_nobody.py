"""No email and no notice of any kind names a pupil, in its words or its address (rules.md R3).

What is really told is read in the demonstration (tests/banding_portal/test_seed_demo.py); this
reads what is written in the source for every kind there is.
"""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

from banding_portal.notices.choices import NoticeKind

ROOT = Path(settings.BASE_DIR)
APPS = ("banding_portal", "schools", "banding", "moderation", "funding")
SOURCES = [
    path
    for app in APPS
    for path in sorted((ROOT / app).rglob("*.py"))
    if "Happening(" in path.read_text(encoding="utf-8") and "migrations" not in path.parts
]
OF_A_PUPIL = {
    *("display_name", "surname", "forename", "upn", "former_upn", "date_of_birth", "born"),
    *("full_name", "pupil_name", "rationale", "primary_need"),
}
LETTERS = sorted(
    path
    for folder in ("schools/mail", "account/email", "notices", "banding/mail")
    for path in (ROOT / "templates" / folder).glob("*.txt")
)
FILLED = re.compile(r"{{\s*([\w.]+)")


def telling(path):
    """The functions of a module that tell somebody something."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            calls = (each for each in ast.walk(function) if isinstance(each, ast.Call))
            if any(getattr(each.func, "id", "") == "Happening" for each in calls):
                yield function


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_of_a_pupil_goes_into_what_is_told(path):
    for function in telling(path):
        used = {each.attr for each in ast.walk(function) if isinstance(each, ast.Attribute)}
        used |= {each.id for each in ast.walk(function) if isinstance(each, ast.Name)}
        assert used & OF_A_PUPIL == set(), function.name
        shown = [
            part.value
            for text in ast.walk(function)
            if isinstance(text, ast.JoinedStr)
            for part in text.values
            if isinstance(part, ast.FormattedValue)
        ]
        named = {ast.unparse(each) for each in shown}
        assert not {each for each in named if each.split(".")[-1] in {"pupil", "joiner"}}


def test_every_kind_is_told_somewhere():
    files = (path for app in APPS for path in (ROOT / app).rglob("*.py"))
    told = "".join(path.read_text(encoding="utf-8") for path in files)
    assert [kind.name for kind in NoticeKind if f"NoticeKind.{kind.name}" not in told] == []


def test_emails_are_filled_with_nothing_of_a_pupil():
    filled = {name for path in LETTERS for name in FILLED.findall(path.read_text("utf-8"))}
    assert len(LETTERS) > 8
    assert not {name for name in filled if set(name.split(".")) & (OF_A_PUPIL | {"pupil"})}

"""No email and no notice of any kind names a pupil, in its words or its address (rules.md R3).

What is really told is read in the demonstration (tests/banding_portal/test_seed_demo.py); this
reads what is written in the source for every kind there is. Nothing is listed by hand but the ways
in which an email leaves: whatever tells somebody something is found by what it calls.
"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from banding_portal.notices.choices import NoticeKind

ROOT = Path(settings.BASE_DIR)
APPS = ("banding_portal", "schools", "banding", "moderation", "funding")
OF_A_PUPIL = {
    *("display_name", "surname", "forename", "upn", "former_upn", "date_of_birth", "born"),
    *("full_name", "pupil_name", "rationale", "primary_need"),
}
PEOPLE = {"pupil", "joiner", "child"}
"""Put into words these are their names."""
TOLD = {"title", "what", "said"}
"""What helpers call the words they are given to tell."""
LETTERS = sorted((ROOT / "templates").rglob("*.txt"))
FILLED = re.compile(r"{{\s*([\w.]+)")
WAYS = {
    "banding/reminders/services.py",
    "banding_portal/adapters.py",
    "banding_portal/notices/services.py",
    "schools/services/letters.py",
}
"""The modules that send an email, each of a row or a template that is read below."""


@cache
def functions():
    """Every function of the apps with its file."""
    found = []
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts and "demo" not in path.parts:
                tree = ast.parse(path.read_text(encoding="utf-8"))
                name = str(path.relative_to(ROOT))
                found += [(name, each) for each in ast.walk(tree) if is_function(each)]
    return found


def is_function(node):
    return isinstance(node, ast.FunctionDef)


def called_by(function):
    return {called for called, _ in calls_in(function)}


def calls_in(function):
    """The name of what is called, and the call; a method of its own object tells nobody."""
    for each in ast.walk(function):
        if isinstance(each, ast.Call) and not ast.unparse(each.func).startswith("self."):
            yield getattr(each.func, "id", getattr(each.func, "attr", "")), each


def takes_words(function):
    """Whether it is given words by whoever calls it, who then tells them."""
    arguments = [*function.args.args, *function.args.kwonlyargs]
    return bool({each.arg for each in arguments} & TOLD)


@cache
def tellers(first):
    """The functions that say something by calling `first`, or by giving words to one that does;
    each with what it gives them.
    """
    told_by, found = {first}, {}
    while True:
        new = {
            (name, each.name): each
            for name, each in functions()
            if (name, each.name) not in found and called_by(each) & told_by
        }
        if not new:
            return {key: given_to(told_by, each) for key, each in found.items()}
        found |= new
        told_by |= {each.name for each in new.values() if takes_words(each)}


def given_to(told_by, function):
    """The expressions given to these functions, and those of the texts in them."""
    given = [
        part
        for called, each in calls_in(function)
        if called in told_by
        for part in [*each.args, *(word.value for word in each.keywords)]
    ]
    made = {
        target.id: each.value
        for each in ast.walk(function)
        if isinstance(each, ast.Assign) and not isinstance(each.value, ast.Call)
        for target in each.targets
        if isinstance(target, ast.Name)
    }
    for _ in range(3):
        names = {each.id for part in given for each in ast.walk(part) if isinstance(each, ast.Name)}
        given += [made.pop(name) for name in names & set(made)]
    return given


def words_of(expressions):
    """Every name and attribute in them, and what stands in their texts."""
    parts = [each for one in expressions for each in ast.walk(one)]
    used = {each.attr for each in parts if isinstance(each, ast.Attribute)}
    used |= {each.id for each in parts if isinstance(each, ast.Name)}
    texts = (each for each in parts if isinstance(each, ast.JoinedStr))
    shown = {
        ast.unparse(part.value)
        for text in texts
        for part in text.values
        if isinstance(part, ast.FormattedValue)
    }
    return used, shown


@pytest.mark.parametrize("what", ["Happening", "DueItem"])
def test_nothing_of_a_pupil_goes_into_what_is_told(what):
    """Notices are Happenings, and the digest of the morning is made of DueItems."""
    wrong = []
    for (name, function), given in tellers(what).items():
        used, shown = words_of(given)
        if used & OF_A_PUPIL or {each.split(".")[-1] for each in shown} & PEOPLE:
            wrong.append((name, function, used & OF_A_PUPIL))
    assert wrong == []
    assert len(tellers(what)) > 20


def test_every_module_that_tells_is_read():
    """So that the search does not lose what is told by a helper of a helper."""
    read = {name for name, _ in tellers("Happening")}
    assert read >= {
        name
        for name, function in functions()
        if called_by(function) & {"tell_authority", "tell_officers", "happening"}
    }


def test_every_kind_is_told_somewhere():
    files = (path for app in APPS for path in (ROOT / app).rglob("*.py"))
    told = "".join(path.read_text(encoding="utf-8") for path in files)
    assert [kind.name for kind in NoticeKind if f"NoticeKind.{kind.name}" not in told] == []


def test_emails_are_filled_with_nothing_of_a_pupil():
    filled = {name for path in LETTERS for name in FILLED.findall(path.read_text("utf-8"))}
    assert len(LETTERS) > 8
    assert not {name for name in filled if set(name.split(".")) & (OF_A_PUPIL | PEOPLE)}


def test_an_email_leaves_in_no_other_way():
    sending = {"EmailMessage", "EmailMultiAlternatives", "send_mail", "send_messages"}
    files = {name for name, function in functions() if called_by(function) & sending}
    backend = {"banding_portal/mails/notify.py", "banding_portal/mails/sending.py"}
    assert files - backend == WAYS

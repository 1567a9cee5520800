"""What a form says when something is wrong is a sentence, not a label in a frame.

All of it is written to one page, `.local/proofreading.md`, to be read through by a person.
"""

import re
from importlib import import_module
from pkgutil import walk_packages

import pytest
from allauth.account.adapter import get_adapter
from allauth.mfa.adapter import get_adapter as get_mfa_adapter

from banding_portal.words import noun_phrase
from tests.banding_portal.sentences import APPS, declared, keep_for_reading, written

RIDDLES = re.compile(
    r"^(Enter|Select|Choose) (opens on|from|to|until|in force|in effect|judged|correct by|date left"
    r"|new deadline|put|place|show|with)\b"
    r"|^Choose (who|how|has not)|\? must|^Enter (why|what|how|who)"
    r"|at least one of|, if |This field|Enter a valid|^(From|Correct by|In \w+ from|Opens on) must"
    r"|Ensure |Select a valid|is not one of the available|not a valid value|list of values"
    r"|encoding type|was told|\bis not taken\b|No pupil fits|[Pp]lease|[Ii]nvalid|\bnot null\b"
    r"|^(Enter|Select) (?!the |a |an |your |at least one |\{)\w+$"
    r"|\b[Tt]he (the|a|an|your|my|email me|show|lacks|waiting|explain)\b"
    r"|, like \w+ must|^Choose what from"
)

# Nobody signs up, chooses a name, gives a telephone number or changes an address with the library.
NEVER_ASKED = re.compile(
    r"username|phone|email_(taken|address)|unknown_|primary_|add_email|max_email|duplicate_email"
    r"|invalid_login|select_only|unverif"
)


@pytest.fixture(scope="module", autouse=True)
def _every_form():
    for app in APPS:
        package = import_module(app)
        for module in walk_packages(package.__path__, f"{app}."):
            if "forms" in module.name.rsplit(".", 2)[-1] or ".forms." in module.name:
                import_module(module.name)


def riddles(said):
    return sorted(pair for pair in said if RIDDLES.search(pair[1]))


def test_no_declared_field_builds_a_riddle_of_its_label():
    said = set(declared())
    keep_for_reading("Fields", said)
    assert len(said) > 400
    assert riddles(said) == []


def test_no_rule_or_service_answers_with_a_riddle():
    said = set(written())
    keep_for_reading("Rules and services", said)
    assert len(said) > 150
    assert riddles(said) == []


def test_signing_in_answers_with_no_riddle():
    said = {
        (f"{type(adapter).__name__} ({code})", str(text))
        for adapter in (get_adapter(), get_mfa_adapter())
        for code, text in adapter.error_messages.items()
        if not NEVER_ASKED.search(code)
    }
    keep_for_reading("Signing in", said)
    assert riddles(said) == []


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Surname", "the surname"),
        ("UPN", "the UPN"),
        ("The authority’s reference", "the authority’s reference"),
        ("Why it is another child", "why it is another child"),
    ],
)
def test_label_in_a_sentence(label, said):
    assert noun_phrase(label) == said

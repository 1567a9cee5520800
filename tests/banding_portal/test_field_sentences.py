"""What a form says when something is wrong is a sentence, not a label in a frame.

All of it is written to one page, `.local/proofreading.md`, to be read through by a person.
"""

import re
from importlib import import_module
from pkgutil import walk_packages

import pytest
from allauth.account.adapter import get_adapter
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import forms
from django.utils.html import strip_tags

from banding_portal.form_sentences import OUT_OF_DATE, with_stops
from banding_portal.forms import PortalForm, PortalFormMixin, problems_of
from banding_portal.refusals import RefusalError
from banding_portal.words import noun_phrase
from tests.banding_portal.sentences import APPS, declared, forms_of, keep_for_reading, written

RIDDLES = re.compile(
    r"^(Enter|Select|Choose) (opens on|from|to|until|in force|in effect|judged|correct by|date left"
    r"|new deadline|put|place|show|with)\b"
    r"|^Choose (who|how|has not)|\? must|^Enter (why|what|how|who)"
    r"|at least one of|, if |This field|Enter a valid|^(From|Correct by|In \w+ from|Opens on) must"
    r"|Ensure |Select a valid|is not one of the available|not a valid value|list of values"
    r"|encoding type|was told|\bis not taken\b|No pupil fits|[Pp]lease|[Ii]nvalid|\bnot null\b"
    r"|^(Enter|Select) (?!the |a |an |your |at least one |\{)\w+$"
    r"|\b[Tt]he (the|a|an|your|my|email me|show|lacks|waiting|explain)\b"
    r"|, like \w+ must|^Choose what from|^Your answer must|^Answer “"
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
    """A label that is quoted is no part of the sentence."""
    return sorted(pair for pair in said if RIDDLES.search(re.sub("“[^”]*”", "“…”", pair[1])))


def test_no_declared_field_builds_a_riddle_of_its_label():
    said = set(declared())
    keep_for_reading("Fields", said)
    assert len(said) > 400
    assert riddles(said) == []
    assert [pair for pair in said if re.match("The (day|date) must", pair[1])] == []


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


class Asking(PortalForm):
    name = forms.CharField(error_messages={"required": "Enter the name."})
    colour = forms.CharField(required=False)


def test_sentences_of_one_form_have_the_same_full_stops_whoever_says_them():
    """One sentence has none, like the label beside it; several are divided by them."""
    form = Asking({"colour": "blue"})
    assert not form.is_valid()
    form.add_error("colour", "Blue is used up. Choose another")
    RefusalError("There is a name already.", field="colour").add_to(form)
    RefusalError("Nothing was saved.").add_to(form)
    assert [problem.text for problem in problems_of(form)] == [
        "Nothing was saved",
        "Enter the name",
        "Blue is used up. Choose another.",
        "There is a name already",
    ]
    assert "Enter the name\n" in strip_tags(as_crispy_field(form["name"]))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Enter a number, like 12.50", "Enter a number, like 12.50"),
        ("Is that right?", "Is that right?"),
        ("Three do. Is that right?", "Three do. Is that right?"),
        ("It says “no”. Choose another", "It says “no”. Choose another."),
        ("It has 3 weeks. 2 are left", "It has 3 weeks. 2 are left."),
    ],
)
def test_full_stops_of_a_sentence(written, shown):
    assert with_stops(written) == shown


def test_every_field_is_written_with_those_full_stops():
    assert [pair for pair in sorted(declared()) if with_stops(pair[1]) != pair[1]] == []


def test_every_form_shows_its_errors_so():
    own = {form for form in forms_of(PortalFormMixin) if "error_class" in vars(form)}
    assert own == set()


def test_what_a_page_sends_along_itself_is_told_as_the_page_being_out_of_date():
    class Hidden(PortalForm):
        version = forms.IntegerField(widget=forms.HiddenInput)

    assert Hidden({"version": "x"}).errors == {"version": [OUT_OF_DATE]}

"""Every page has a text of help, and each text says what a text of help has to say."""

import re

import pytest
from django.urls import URLResolver, get_resolver

from banding_portal.account_urls import switched_off
from banding_portal.help.glossary import glossary, words_in
from banding_portal.help.topics import ASKING, found_topics, topic_of_page, topics
from banding_portal.pages import ActionPage, Page

# They answer with a file, a few words for a script, or the way somewhere else.
NO_PAGE = {
    *(
        "session",
        "open_news",
        "schools:look_printed",
        "schools:school_find",
        "schools:people_export",
        "schools:quadrant_export",
    ),
    "schools:demo_sign_in",
    *(
        "banding:calendar_feed_file",
        "banding:collection_calendar",
        "banding:collection_returns_file",
        "banding:template_download",
        "banding:template_upload_marked",
        "banding:template_zip_file",
        "banding:caseload_marked",
    ),
    *(
        "moderation:sample_population",
        "moderation:sample_results_file",
        "moderation:evidence_document",
        "moderation:plan_document",
        "mfa_download_recovery_codes",
    ),
    *(f"funding:api:{each}" for each in ("runs", "run", "schools", "lines", "nowhere")),
    *("funding:figures_csv", "funding:figures_file", "funding:scenario_file"),
    *("funding:schedule_download", "funding:schedule_file", "funding:statement_download"),
}
# Addresses of the library whose pages are switched off, or come after one of ours.
NEVER_SHOWN = {"account_email_verification_sent", "account_confirm_login_code"}
NEVER_SHOWN |= {"account_email", "account_confirm_email"}


def addresses(resolver=None, prefix=""):
    """Each address of the portal with its view, allauth's too."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from addresses(pattern, inner)
        else:
            yield f"{prefix}{pattern.name}", pattern.callback


def pages():
    for name, view in addresses():
        kind = getattr(view, "view_class", object)
        only_a_button = issubclass(kind, ActionPage) and not issubclass(kind, Page)
        if view is not switched_off and not only_a_button:
            yield name


def test_every_page_has_help():
    assert sorted(set(pages()) - NO_PAGE - NEVER_SHOWN - set(topic_of_page())) == []


def test_help_names_only_addresses_that_exist():
    named = [name for topic in topics().values() for name in topic.pages]
    assert sorted(set(named) - {name for name, _view in addresses()}) == []
    assert len(named) == len(set(named))


@pytest.mark.parametrize("slug", sorted(topics()))
def test_help_says_what_for_what_next_and_whom_to_ask(slug):
    headings = re.findall(r"^# (.*)$", topics()[slug].text, re.MULTILINE)
    assert headings[0] in ("What this page is for", "What it means")
    assert headings[1] == "What happens next"
    assert headings[-1] == ASKING.removeprefix("# ")


def test_title_is_found_before_text():
    found = [topic.title for topic in found_topics("STATEMENT")]
    assert found[0] == "Statements of funding"
    assert len(found) > 1


def test_search_shows_only_those_with_most_of_the_words():
    assert [topic.slug for topic in found_topics("recovery codes fingerprint")] == [
        "ways-to-sign-in"
    ]
    assert found_topics("zebra") == []
    assert found_topics("how do I") == []


@pytest.mark.parametrize(
    ("asked", "best"),
    [
        ("joiner", {"joiners", "joined-and-left"}),
        ("returned", {"return", "returns"}),
        ("how do I report a pupil who left", {"pupil-changes", "joined-and-left", "leavers"}),
        ("deadline", {"reminders"}),
        ("how do i upload my spreadsheet", {"template"}),
        ("log out", {"sign-in", "ways-to-sign-in"}),
        ("2FA", {"ways-to-sign-in", "sign-in"}),
        ("excell", {"template"}),
        ("leaver", {"leavers", "joined-and-left", "pupil-changes"}),
        ("band pupil", {"band-a-pupil", "band-all-pupils"}),
        ("I forgot my pasword", {"password"}),
    ],
)
def test_search_understands_the_words_people_use(asked, best):
    found = [topic.slug for topic in found_topics(asked)]
    assert found[0] in best
    assert len(found) <= 12


def test_words_are_found_alone_and_in_the_plural():
    assert [word.slug for word in words_in("Runs and a UPN, but no brunch")] == ["run", "upn"]


def test_words_explain_themselves_in_a_sentence():
    wrong = [word.term for word in glossary().values() if not word.meaning.endswith(".")]
    assert wrong == []

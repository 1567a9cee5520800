"""What a text may hold, and that nothing else of it becomes HTML."""

import pytest

from banding_portal.markup import marked


def test_headings_items_and_paragraphs():
    assert marked("# One\nTwo\nthree\n\n* a\n* b") == (
        '<h2 class="govuk-heading-m">One</h2>\n<p class="govuk-body">Two<br>three</p>\n'
        '<ul class="govuk-list govuk-list--bullet"><li>a</li><li>b</li></ul>'
    )


def test_headings_stand_below_those_of_the_page():
    assert marked("# One", 4) == '<h4 class="govuk-heading-s">One</h4>'


@pytest.mark.parametrize(
    "url", ["https://ico.org.uk/", "/help/words/#upn", "mailto:send@example.org"]
)
def test_link_is_a_link(url):
    link = f'<a class="govuk-link" href="{url}">words</a>'
    assert marked(f"See [words]({url}).") == f'<p class="govuk-body">See {link}.</p>'


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](//elsewhere.example/)",
        '[x](https://a.example/"onclick="y)',
        "[<img src=x>](https://a.example/)",
        "# <b>bold</b>",
        "* <i>item</i>",
    ],
)
def test_nothing_else_becomes_html(text):
    html = marked(text)
    for tag in ("<script", "<img", "<b>", "<i>", 'href="javascript', 'href="//', '"onclick'):
        assert tag not in html

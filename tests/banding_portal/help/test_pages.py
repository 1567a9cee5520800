"""The pages of help, the link to them and the first-use tour."""

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse

from banding_portal.help.topics import topics
from banding_portal.help.tour import sentences
from banding_portal.roles import Role

pytestmark = pytest.mark.django_db
NEW = "New here?"


@pytest.fixture(autouse=True)
def _plain_http(settings):
    settings.SECURE_SSL_REDIRECT = False
    settings.REQUIRE_SECOND_FACTOR = False


def text(client, url):
    return client.get(url).content.decode()


@pytest.mark.parametrize("url", ["/help/", "/help/all/", "/help/words/", "/help/return/"])
def test_help_needs_no_sign_in(client, url):
    response = client.get(url)
    assert response.status_code == 200
    assert response.cookies.keys() == set()


def test_all_help_stands_on_one_page(client):
    page = text(client, reverse("help_all"))
    assert [each.title for each in topics().values() if each.title not in page] == []


def test_help_nobody_wrote_is_not_found(client):
    assert client.get("/help/no-such-page/").status_code == 404


def test_search_shows_words_and_topics(client):
    page = text(client, "/help/?q=stratum")
    assert '<dt id="stratum">Stratum</dt>' in page
    assert 'href="/help/samples/"' in page


def test_search_that_finds_nothing_leads_on(client):
    page = text(client, "/help/?q=zebra")
    assert "Nothing found" in page
    assert "See all help" in page


def test_page_links_to_its_own_help(sign_in):
    assert 'href="/help/home/"' in text(sign_in(Role.ADMINISTRATOR), "/")


def test_form_opens_help_in_a_tab_of_its_own(sign_in):
    page = text(sign_in(Role.ADMINISTRATOR), reverse("notices"))
    link = page.partition('href="/help/notices/"')[2].partition("</a>")[0]
    assert 'target="_blank"' in link
    assert "(opens in a new tab)" in link


def test_sign_in_page_links_to_its_help(client):
    assert 'href="/help/sign-in/"' in text(client, reverse("account_login"))


def test_tour_is_shown_until_it_is_put_away(sign_in):
    client = sign_in(Role.ADMINISTRATOR)
    assert NEW in text(client, "/")
    client.post(reverse("tour"))
    assert NEW not in text(client, "/")
    assert "Show the introduction on home again" in text(client, "/help/")
    client.post(reverse("tour"), {"again": "yes"})
    assert NEW in text(client, "/")


def test_tour_put_away_twice_stays_away(sign_in):
    client = sign_in(Role.ADMINISTRATOR)
    assert [client.post(reverse("tour")).status_code for _ in range(2)] == [302, 302]
    assert NEW not in text(client, "/")


def test_tour_names_the_menu_of_the_role():
    assert sentences(frozenset({Role.SENCO}))[1].endswith(
        ": Returns, Pupils, Statements, Queries, Training, Resources and Information sheets."
    )
    assert sentences(frozenset({Role.SCHOOL_FINANCE}))[1].endswith(
        "else: Statements, Queries, Training, Resources and Information sheets."
    )


def test_nobody_brings_a_tour_back_without_signing_in():
    assert Client().post(reverse("tour")).status_code == 302


def test_word_explains_itself_once_a_page():
    page = Template("{% word 'stratum' %}, {% word 'stratum' 'strata' %}").render(Context())
    assert page.count('id="word-stratum"') == 1
    assert page.endswith(", strata")


def test_button_sent_to_a_page_without_one_leads_on(client):
    answer = client.post(reverse("help"))
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert "Nothing has been changed" in answer.text
    assert "Go to your home page" in answer.text

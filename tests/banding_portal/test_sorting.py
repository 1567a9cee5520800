"""A list in the order of one of its columns, up or down, told by the address."""

from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import QueryDict
from django.template import engines
from django.test import RequestFactory
from django.urls import reverse

from banding_portal.forms import PortalForm
from banding_portal.pages import ListPage
from banding_portal.pages.sorting import Order, Sorting, by, ordering_of
from banding_portal.roles import EVERYONE, Role
from tests.factories import MembershipFactory, SchoolFactory
from tests.pages import flat

ORDERS = {"name": Order(key=lambda row: row), "pupils_done": Order(key=len)}


def sorting(query="", usual=""):
    return Sorting(ORDERS, usual, QueryDict(query))


def head(query="", usual="", words='"Name" "# Pupils done" "State" "Choose"'):
    shown = {"sorting": sorting(query, usual)}
    template = engines["django"].from_string("{% list_heads " + words + " %}")
    return flat(template.render(shown, RequestFactory().get("/")))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["b", "c", "aa"]),
        ("sort=name", ["aa", "b", "c"]),
        ("sort=-name", ["c", "b", "aa"]),
        ("sort=-pupils_done", ["aa", "b", "c"]),
        ("sort=height", ["b", "c", "aa"]),
    ],
)
def test_rows_come_as_the_address_says(query, found):
    assert sorting(query).of(["b", "c", "aa"]) == found


def test_rows_that_are_alike_stay_in_one_order_over_the_pages():
    assert by("state").fields == ("state", "pk")


def test_what_is_blank_comes_last_up_and_down():
    up, down = (ordering_of("last_login", down=down) for down in (False, True))
    assert (up.descending, up.nulls_last) == (False, True)
    assert (down.descending, down.nulls_last) == (True, True)
    assert ordering_of("-born", down=True).descending is False


def test_column_leads_to_its_order_and_then_the_other_way_from_the_first_page():
    assert sorting("q=khan&page=3").url("name") == "?q=khan&sort=name"
    assert sorting("sort=name").url("name") == "?sort=-name"
    assert sorting("sort=-name").url("name") == "?sort=name"
    assert sorting("", usual="name").url("name") == "?sort=-name"


def test_column_the_list_is_sorted_by_says_so():
    assert 'aria-sort="ascending" abbr="Name"' in head("sort=name")
    assert 'class="number" aria-sort="descending" abbr="Pupils done"' in head("sort=-pupils_done")
    assert 'aria-sort="descending" abbr="Name"' in head(usual="-name")
    assert head("sort=name", usual="-name").count("aria-sort") == 1
    assert "aria-sort" not in head()


def test_column_without_an_order_is_no_link():
    ends = (
        '<th scope="col">State</th><th scope="col" class="does-something">Choose</th></tr></thead>'
    )
    assert head().endswith(ends)


def test_unknown_order_is_told():
    assert sorting("sort=height").problem
    assert not sorting("sort=-name").problem
    assert not sorting().problem


class NeedForm(PortalForm):
    q = forms.CharField(label="Name", required=False)
    need = forms.ChoiceField(label="Need", choices=[("", "All"), ("ASD", "ASD")], required=False)


class Needs(ListPage):
    allowed_roles = EVERYONE
    filter_class = NeedForm
    template_name = "list.html"

    def rows(self, wanted):
        return [row for row in ("ada", "ben") if not wanted.get("q") or wanted["q"] in row]


class SortedNeeds(Needs):
    allowed_roles = EVERYONE
    orders = ORDERS


def page(query, kind=Needs, **context):
    request = RequestFactory().get(f"/needs/?{query}")
    request.user = SimpleNamespace(is_authenticated=False)
    request.session, view = {}, kind()
    request._messages = FallbackStorage(request)
    view.setup(request)
    return view, engines["django"].get_template("list.html").render(
        view.get_context_data() | context, request
    )


def test_wrong_filter_is_left_out_and_told_while_the_others_hold():
    view, html = page("need=XYZ&q=ada")
    assert list(view.page_obj) == ["ada"]
    assert '<a href="#id_need">Choose the need from the list</a>' in html
    assert "A filter with a problem is not applied." in html
    assert "<title>Error: " in html


def test_clearing_the_filters_keeps_the_school_and_applying_them_the_order():
    school = SimpleNamespace(pk="5f0f")
    _, html = page("q=ada&sort=-name&school=5f0f", SortedNeeds, chosen_school=school)
    assert 'href="/needs/?school=5f0f&amp;sort=-name">Clear filters' in flat(html)
    assert '<input type="hidden" name="sort" value="-name">' in html
    assert 'href="/needs/">Clear filters' in flat(page("q=ada")[1])


@pytest.mark.django_db
def test_order_that_is_not_there_is_told_on_the_page(sign_in):
    response = sign_in(Role.ADMINISTRATOR).get(reverse("schools:person_list"), {"sort": "height"})
    assert "This list cannot be sorted in that way" in response.content.decode()
    assert "notification-banner" not in response.content.decode()


def test_paper_says_what_the_list_is_filtered_by_and_when_it_was_printed():
    printed = flat(page("need=ASD&q=ada")[1])
    assert "Printed on " in printed
    assert "Only: Name: ada; Need: ASD." in printed
    assert "Only: Name: ada." in flat(page("need=XYZ&q=ada")[1])
    assert "Only:" not in page("")[1]


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["9999", "0", "two"])
def test_page_that_is_not_there_is_told_in_a_line(sign_in, asked):
    response = sign_in(Role.ADMINISTRATOR).get(reverse("schools:person_list"), {"page": asked})
    assert "This list has 1 page. You see page 1." in response.text
    assert "notification-banner" not in response.text


@pytest.mark.django_db
def test_page_that_is_there_says_nothing(sign_in):
    response = sign_in(Role.ADMINISTRATOR).get(reverse("schools:person_list"), {"page": "1"})
    assert "You see page" not in response.text


@pytest.mark.django_db
def test_clearing_keeps_the_chosen_school_of_several(sign_in):
    one, other = SchoolFactory(), SchoolFactory()
    senco = sign_in(Role.SENCO, school=one)
    MembershipFactory(user=senco.user, role=Role.SENCO, school=other)
    text = senco.get(reverse("schools:pupil_list"), {"school": other.pk, "q": "x"}).content.decode()
    assert f'href="/pupils/?school={other.pk}">Clear filters' in flat(text)

"""The components draw what docs/look.md promises."""

import re
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils.html import strip_tags

from banding_portal.forms import DateField, PortalForm
from tests.pages import flat


def draw(source, path="/pupils/", **context):
    request = RequestFactory().get(path)
    return flat(engines["django"].from_string(source).render(context, request))


def band(rank):
    return SimpleNamespace(rank=rank, code="ABCDEF"[rank - 1], name=f"Band {'ABCDEF'[rank - 1]}")


def test_button_with_href_is_a_link():
    assert '<a href="/x"' in draw('{% button "Continue" href="/x" %}')
    assert '<button type="submit"' in draw('{% button "Save" %}')


def test_components_escape_what_people_typed():
    evil = "<script>alert(1)</script>"
    html = draw("{% tag x %}{% summary_row x x %}{% panel x %}{% endpanel %}{% button x %}", x=evil)
    assert "<script>" not in html


@pytest.mark.parametrize(
    ("rank", "total", "shade"), [(1, 6, 1), (6, 6, 6), (0, 6, 1), (9, 6, 6), (1, 3, 2), (3, 3, 6)]
)
def test_band_tag_shade_follows_rank(rank, total, shade):
    one = SimpleNamespace(rank=rank, code="C", name="Band C")
    html = draw("{% band_tag band total=total %}", band=one, total=total)
    assert html == f'<strong class="band-tag band-tag--{shade}">Band C</strong>'


def test_band_tag_of_nothing_says_so():
    assert strip_tags(draw("{% band_tag None %}")) == "Not decided yet"
    assert strip_tags(draw("{% shown_value None %}")) == "Not decided yet"


def test_status_tag_of_an_object():
    returned = SimpleNamespace(status="returned", get_status_display=lambda: "Returned to you")
    html = draw("{% status_tag r %}", r=returned)
    assert html == '<strong class="govuk-tag govuk-tag--yellow">Returned to you</strong>'


def test_table_scrolls_in_its_own_named_box():
    html = draw('{% table "Pupils" %}<tbody></tbody>{% endtable %}')
    assert '<div class="table-scroll" role="region" aria-label="Pupils" tabindex="0">' in html


def test_heads_of_figures_are_numbers_and_empty_ones_are_left_out():
    html = draw('{% heads "Pupil" may|yesno:"Action," "# Amount" head %}', may=False, head="<b>")
    assert html == (
        '<thead><tr><th scope="col">Pupil</th><th scope="col" class="number">Amount</th>'
        '<th scope="col">&lt;b&gt;</th></tr></thead>'
    )
    assert ">Action</th>" in draw('{% heads may|yesno:"Action," %}', may=True)


def test_pagination_keeps_the_query():
    page = Paginator(range(100), 10).page(2)
    html = draw("{% pagination page %}", path="/pupils/?q=khan&page=2", page=page)
    assert "?q=khan&amp;page=3" in html


def test_pagination_of_one_page_is_the_day_of_printing_alone():
    page = Paginator(range(5), 10).page(1)
    html = draw("{% pagination page %}", page=page)
    assert re.fullmatch(r'<p class="[^"]*print-only">\s*Printed on [^<.]*\.\s*</p>', html.strip())


def test_back_link_returns_to_the_filtered_list():
    link = draw('{% with_back "/pupils/1/" %}', path="/pupils/?q=a&page=2")
    assert link == "/pupils/1/?back=%2Fpupils%2F%3Fq%3Da%26page%3D2"
    assert 'href="/pupils/?q=a&amp;page=2"' in draw('{% back_link "/x" %}', path=link)


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "javascript:x", ""])
def test_back_link_goes_nowhere_else(back):
    assert 'href="/x"' in draw('{% back_link "/x" %}', path=f"/pupils/1/?back={back}")


def test_error_summary_links_to_inputs():
    class OneForm(PortalForm):
        when = DateField(label="Date")

    html = draw("{% error_summary form %}", form=OneForm({}))
    assert '<a href="#id_when_0">Enter the date, like 31 1 2027</a>' in html
    assert draw("{% error_summary form %}", form=OneForm()).strip() == ""


def test_field_hint_and_error_are_tied_to_the_input():
    class OneForm(PortalForm):
        name = forms.CharField(help_text="As on the plan")

    html = draw("{% load crispy_forms_tags %}{{ form|crispy }}", form=OneForm({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert " required" not in html


def test_radios_have_legend_hints_and_ids():
    class OneForm(PortalForm):
        level = forms.ChoiceField(
            label="Level", choices=[("0", "None"), ("1", "Some")], widget=forms.RadioSelect
        )

        class Look:
            choice_hints = {"level": {"1": "Needs help"}}
            columns = ["level"]

    html = draw(
        "{% load crispy_forms_tags %}{{ form|crispy }}", form=OneForm(initial={"level": "1"})
    )
    assert html.count('type="radio"') == 2
    assert 'aria-describedby="id_level_1_hint"' in html
    assert (
        '<div id="id_level_1_hint" class="govuk-hint govuk-radios__hint">Needs help</div>' in html
    )
    assert "choice-columns" in html
    assert html.count("checked") == 1


def test_chart_stands_beside_its_figures():
    rows = [{"label": "Band A", "value": Decimal(5), "text": "£5.00"}]
    html = draw('{% bar_chart rows "Top-up by band" %}', rows=rows)
    assert "<svg" in html
    assert "<td>£5.00</td>" in html

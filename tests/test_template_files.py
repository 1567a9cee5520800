"""How templates are written, held against their text."""

import re

from tests.layers import ROOT


def test_no_template_over_130_lines():
    long = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if len(path.read_text().splitlines()) > 130
    ]
    assert long == []


def test_no_template_line_over_120_characters():
    long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in (ROOT / "templates").rglob("*.html")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 120
    ]
    assert long == []


def test_templates_draw_tags_and_figures_in_one_way():
    """`{% tag %}` draws a tag; the head of a column says whether it has figures."""
    own = [
        f"{path.relative_to(ROOT)}: {found}"
        for path in (ROOT / "templates").rglob("*.html")
        for found in re.findall(r'govuk-tag|<td[^>]* class="number"', path.read_text())
    ]
    assert own == []


def test_no_form_is_checked_by_the_browser():
    """Its bubbles vanish, are small and speak its own words; our error summary stays."""
    checked = [
        f"{path.relative_to(ROOT)}: {form}"
        for path in (ROOT / "templates").rglob("*.html")
        for form in re.findall(r"<form\b[^>]*>", path.read_text())
        if "novalidate" not in form
    ]
    assert checked == []


def test_templates_have_no_inline_script_or_style():
    inline = re.compile(r"\s(style|on[a-z]+)=|<style|hx-on|<script(?!.*( src=|/json))")
    bad = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if inline.search(re.sub(r"{%.*?%}", "{%%}", path.read_text()))
    ]
    assert bad == []


def test_template_blocks_use_only_their_own_variables():
    """What `{% url … as name %}` sets in one block is empty in the next."""
    block = re.compile(r"{% block \w+ %}.*?{% endblock %}", re.DOTALL)
    lost = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / "templates").rglob("*.html")
        for text in [path.read_text(encoding="utf-8")]
        for here in block.findall(text)
        for name in re.findall(r" as (\w+) %}", here)
        for there in block.findall(text.replace(here, ""))
        if re.search(rf"({{{{ |href=){name}\b", there) and f" as {name} %}}" not in there
    ]
    assert lost == []

"""A long text that has a limit says so, and counts with the script (GOV.UK character count)."""

import re

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import forms

from banding_portal.forms import PortalForm


class Asking(PortalForm):
    limited = forms.CharField(max_length=8_000, widget=forms.Textarea, help_text="Be brief.")
    open_ended = forms.CharField(widget=forms.Textarea)


def drawn(name, data=None):
    return as_crispy_field(Asking(data)[name])


def test_limit_is_said_and_counted():
    html = drawn("limited")
    assert 'data-module="govuk-character-count" data-maxlength="8000"' in html
    assert "You can enter up to 8,000 characters" in html
    assert "govuk-js-character-count" in html
    assert 'aria-describedby="id_limited_helptext id_limited-info"' in html
    assert " maxlength=" not in html


def test_wrong_one_is_described_by_its_error_as_well():
    html = drawn("limited", {"limited": "x" * 8_001})
    described = re.search(r'aria-describedby="([^"]+)"', html)[1].split()
    assert described == ["id_limited_helptext", "id_limited_error", "id_limited-info"]
    assert "x" * 8_001 in html


def test_text_without_a_limit_has_nothing_to_count():
    assert "character-count" not in drawn("open_ended")

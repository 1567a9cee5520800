"""Fields say what to do, and the summary leads to the right input."""

from datetime import date

import pytest
from django import forms

from banding_portal.forms import DateField, PortalForm, problems_of
from schools.models import School


class LeaverForm(PortalForm):
    left_on = DateField(label="Date left")
    upn = forms.CharField(label="UPN", max_length=13)
    reason = forms.ChoiceField(
        label="Reason", choices=[("moved", "Moved")], widget=forms.RadioSelect
    )
    amount = forms.IntegerField(label="Amount", min_value=1, required=False)
    own = forms.CharField(error_messages={"required": "Say who told you"})


def texts(form):
    return {problem.anchor: problem.text for problem in problems_of(form)}


def test_empty_form_says_what_to_enter():
    assert texts(LeaverForm({})) == {
        "id_left_on_0": "Enter the date left, like 31 1 2027",
        "id_upn": "Enter the UPN",
        "id_reason_0": "Choose the reason",
        "id_own": "Say who told you",
    }


def test_wrong_values_are_named():
    form = LeaverForm({"upn": "x" * 14, "reason": "other", "amount": "0", "own": "x"})
    assert texts(form) == {
        "id_left_on_0": "Enter the date left, like 31 1 2027",
        "id_upn": "The UPN must be 13 characters or fewer",
        "id_reason_0": "Choose the reason from the list",
        "id_amount": "The amount must be 1 or more",
    }


@pytest.mark.parametrize("year", ["1066", "2200", "9999"])
def test_day_in_a_year_that_nobody_can_mean_says_which_years_there_are(year):
    form = LeaverForm({"left_on_0": "1", "left_on_1": "1", "left_on_2": year})
    assert texts(form)["id_left_on_0"] == "The date left must be in a year from 1900 to 2199"


@pytest.mark.parametrize("text", ["\u200b", " \u200b\ufeff ", "\u00ad"])
def test_letters_that_nobody_sees_are_no_answer(text):
    found = texts(LeaverForm({"upn": text, "own": f"Sam{text}"}))
    assert found["id_upn"] == "Enter the UPN"
    assert "id_own" not in found


def test_nothing_ever_says_this_field_is_required():
    assert "This field" not in str([field.error_messages for field in LeaverForm().fields.values()])


def test_unbound_form_has_no_problems():
    assert problems_of(LeaverForm()) == []


def test_problems_of_a_formset_in_order():
    formset = forms.formset_factory(LeaverForm, extra=0)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2"}
    )
    anchors = [problem.anchor for problem in problems_of(formset)]
    assert anchors[0] == "id_form-0-left_on_0"
    assert anchors[4] == "id_form-1-left_on_0"


def date_form(day, month="", year=""):
    return LeaverForm({"left_on_0": day, "left_on_1": month, "left_on_2": year})


@pytest.mark.parametrize(
    "parts",
    [
        ("31", "1", "2027"),
        ("31", "01", "27"),
        ("31st", "Jan", "2027"),
        ("31", "january", "2027"),
        ("31/01/2027",),
        ("2027-01-31",),
        ("31 January 2027",),
        (" 31 ", " 1 ", " 2027 "),
    ],
)
def test_date_is_read_as_people_write_it(parts):
    form = date_form(*parts)
    form.is_valid()
    assert form.cleaned_data["left_on"] == date(2027, 1, 31)


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (("31", "", "2027"), "The date left must include a month"),
        (("31",), "The date left must include a month and year"),
        (("31", "2", "2027"), "The date left must be a real date, like 31 1 2027"),
        (("x", "1", "2027"), "The date left must be a real date, like 31 1 2027"),
        (("31", "1", "127"), "The date left must be in a year from 1900 to 2199"),
    ],
)
def test_date_that_cannot_be_read_says_why(parts, message):
    assert texts(date_form(*parts))["id_left_on_0"] == message


def test_date_typed_wrong_is_shown_again():
    html = str(date_form("31", "2", "2027")["left_on"])
    assert 'value="31"' in html
    assert 'value="2"' in html
    assert "govuk-input--error" in html


class SchoolForm(PortalForm):
    school = forms.ModelChoiceField(School.objects.all(), label="School")
    others = forms.ModelMultipleChoiceField(School.objects.all(), label="Other schools")


@pytest.mark.parametrize("value", ["abc", "0b3c4ad8-65ba-4e71-b1a1-6a1b4e5f2b11"])
def test_school_that_is_no_school_is_to_be_chosen_from_the_list(db, value):
    assert list(texts(SchoolForm({"school": value, "others": [value]})).values()) == [
        "Choose the school from the list",
        "Choose the other schools from the list",
    ]

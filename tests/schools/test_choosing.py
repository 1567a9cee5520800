"""A school is chosen from a short list, or by typing where there are many."""

import pytest
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import forms
from django.http import QueryDict
from django.urls import reverse

from banding_portal.forms import PortalForm
from banding_portal.roles import Role
from schools.forms import choosing
from schools.forms.choosing import CANDIDATES, SchoolField, name_of, offer_schools
from schools.models import School
from tests.factories import SchoolFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plain_http(settings):
    settings.SECURE_SSL_REDIRECT = False
    settings.REQUIRE_SECOND_FACTOR = False


@pytest.fixture
def schools():
    names = ("St Mary’s Primary School", "St Mary’s Infant School", "Birch Academy")
    return [SchoolFactory(name=name, town="") for name in names]


def chosen(text):
    return SchoolField().clean(text)


def test_part_of_a_name_its_urn_a_suggestion_or_an_identifier_choose_a_school(schools):
    primary, _, birch = schools
    for text in ("birch", birch.urn, name_of(birch), str(birch.pk), " Birch  Academy "):
        assert chosen(text) == birch
    assert chosen("st mary's primary") == primary
    assert SchoolField(required=False).clean("") is None


class OneForm(PortalForm):
    school = SchoolField()


def test_several_schools_that_fit_are_listed_to_choose_from(schools):
    primary, infant, _ = schools
    form = OneForm({"school": "St Mary"})
    assert form.errors == {"school": ["2 schools match “St Mary”. Choose one of them below."]}
    html = as_crispy_field(form["school"])
    for place, each in enumerate((infant, primary), start=1):
        assert f'value="{each.pk}"' in html
        assert f'id="id_school-{place}"' in html
    assert 'value="St Mary"' in html
    assert OneForm(QueryDict(f"school=St+Mary&school={primary.pk}")).is_valid()


def test_of_many_schools_that_fit_the_first_are_listed():
    for number in range(CANDIDATES + 2):
        SchoolFactory(name=f"Elm School {number:02}")
    form = OneForm({"school": "elm"})
    said = f"More than {CANDIDATES} schools match “elm”. Choose one of the first {CANDIDATES} below"
    assert said in form.errors["school"][0]
    html = as_crispy_field(form["school"])
    assert html.count('type="radio"') == CANDIDATES
    assert "Elm School 00" in html


def test_box_lists_nothing_before_it_was_sent(schools):
    OneForm({"school": "St Mary"}).is_valid()
    assert "radio" not in as_crispy_field(OneForm()["school"])


def test_no_school_that_fits_says_what_to_enter(schools):
    with pytest.raises(forms.ValidationError, match="No school matches “Ash”"):
        chosen("Ash")


def test_school_outside_the_offer_is_not_found(schools):
    _, _, birch = schools
    field = SchoolField(School.objects.exclude(pk=birch.pk))
    for text in (name_of(birch), str(birch.pk)):
        with pytest.raises(forms.ValidationError):
            field.clean(text)


def test_two_schools_of_one_name_are_told_apart_by_urn():
    one, other = SchoolFactory(name="Oak School"), SchoolFactory(name="Oak School")
    with pytest.raises(forms.ValidationError, match="2 schools match"):
        chosen("Oak School")
    assert chosen(name_of(other)) == other
    assert chosen(name_of(one)) == one


class ChoiceForm(forms.Form):
    school = SchoolField()

    def offer(self, name, rows, *, nothing=""):
        self.fields[name].queryset = rows


@pytest.mark.parametrize(("few", "tag"), [(3, "<select"), (2, "<input")])
def test_few_schools_are_a_list_and_many_a_box(schools, monkeypatch, few, tag):
    monkeypatch.setattr(choosing, "FEW", few)
    form = ChoiceForm({"school": str(schools[2].pk)})
    offer_schools(form, "school", School.objects.all())
    shown = str(form["school"])
    assert shown.startswith(tag)
    assert form.is_valid()
    assert form.cleaned_data["school"] == schools[2]
    assert "Birch Academy" in shown


def test_suggestions_are_those_the_person_may_see(sign_in, schools):
    mine, _, other = schools
    address = reverse("schools:school_find")
    senco = sign_in(Role.SENCO, school=mine)
    assert senco.get(address, {"q": "st mary"}).json() == {"schools": [name_of(mine)]}
    assert senco.get(address, {"q": other.urn}).json() == {"schools": []}
    assert senco.get(address).json() == {"schools": []}


def test_pupils_of_many_schools_do_not_list_them_all(sign_in, schools, monkeypatch):
    monkeypatch.setattr(choosing, "FEW", 2)
    officer = sign_in(Role.SEND_OFFICER)
    text = officer.get(reverse("schools:pupil_list"), {"school": "birch"}).content.decode()
    assert "<option" not in text.split('name="plan_type"')[0]
    assert "St Mary" not in text
    assert 'value="birch"' in text

"""One refusal: every problem, at its field (banding_portal.refusals)."""

from django import forms

from banding_portal.forms import PortalForm
from banding_portal.refusals import RefusalError


class NameForm(PortalForm):
    name = forms.CharField()


def test_refusal_reads_as_its_sentences():
    assert str(RefusalError("It is late.", "It is closed.")) == "It is late. It is closed."


def test_refusal_stands_at_its_field():
    form = NameForm({"name": "x"})
    RefusalError("That name is taken", field="name").add_to(form)
    assert form.errors == {"name": ["That name is taken"]}


def test_refusal_of_a_field_the_form_lacks_stands_on_top():
    form = NameForm({"name": "x"})
    RefusalError("One.", "Two.", field="elsewhere").add_to(form)
    assert form.non_field_errors() == ["One", "Two"]

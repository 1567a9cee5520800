"""A text that leaves the portal, or that many read, tells nobody who a pupil is (rules.md R3).

Every form with free text is one that is looked through, or stands here with whom it is for.
"""

import datetime as dt
from importlib import import_module
from pkgutil import walk_packages

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from banding_portal.forms import PortalForm, PortalFormMixin
from banding_portal.public_texts.forms import PublicTextForm
from banding_portal.telling import ToldToMany
from funding.figures.forms import FiguresForm
from schools.resources.forms import DocumentForm
from schools.training.forms import CancelForm
from tests.banding_portal.sentences import APPS, forms_of
from tests.documents import pdf
from tests.factories import PupilFactory

pytestmark = pytest.mark.django_db
TO_FEW = {
    # About one pupil or one school, read by those who may know who it is.
    **dict.fromkeys(
        [
            "banding.change_requests.forms.ChangeRequestForm",
            "banding.change_requests.forms.RefuseChangeForm",
            "banding.changes.forms.PupilChangeForm",
            "banding.decisions.forms.DecisionForm",
            "banding.details.forms.RefuseDetailsForm",
            "banding.exceptional.forms.AnswerForm",
            "banding.exceptional.forms.EndForm",
            "banding.exceptional.forms.ExceptionalRequestForm",
            "banding.joiners.forms.RefuseJoinerForm",
            "banding.leavers.forms.RefuseLeaverForm",
            "banding.notes.forms.NoteForm",
            "banding.panel.forms.DatedDecisionForm",
            "banding.panel.forms.DecisionCorrectionForm",
            "banding.panel.forms.PanelDecisionForm",
            "banding.panel.forms.PanelPartForm",
            "banding.returns.forms.SendBackForm",
            "banding.returns.forms.WithdrawForm",
            "banding.transfers.forms.AnswerForm",
            "schools.forms.corrections.FactCorrectionForm",
            "schools.forms.corrections.PlacementCorrectionForm",
            "schools.forms.corrections.PlanCorrectionForm",
            "schools.forms.corrections.ReasonForm",
            "schools.forms.merges.PairForm",
        ],
        "one pupil",
    ),
    **dict.fromkeys(
        [
            "moderation.evidence.forms.AnswerForm",
            "moderation.evidence.forms.AskForm",
            "moderation.evidence.forms.WithdrawRequestForm",
            "moderation.forms.CaseAssignForm",
            "moderation.forms.ChangeForm",
            "moderation.forms.JudgementForm",
            "moderation.forms.UpholdForm",
            "moderation.panels.forms.ChallengeForm",
            "moderation.panels.forms.DecideForm",
            "moderation.panels.forms.EscalateForm",
            "moderation.panels.forms.PanelForm",
            "moderation.plans.forms.PlanForm",
            "moderation.targeting.forms.HandForm",
        ],
        "one case",
    ),
    # Kept with what was done, and read by the few who do it.
    **dict.fromkeys(
        [
            "banding.collections.forms.WhyForm",
            "funding.forms.recovering.RecoveryForm",
            "funding.forms.runs.ReasonForAllForm",
            "funding.forms.runs.ReasonForm",
            "funding.forms.school_amounts.SchoolAmountForm",
            "funding.scenarios.forms.ScenarioForm",
            "moderation.forms.DiscardForm",
            "moderation.widening.forms.WidenForm",
            "schools.forms.people.RefuseRoleForm",
            "schools.looks.forms.AnswerForm",
        ],
        "a reason",
    ),
    # Figures and codes, not sentences.
    **dict.fromkeys(
        [
            "funding.benchmarks.forms.FiguresForm",
            "funding.ledger.forms.LedgerFilesForm",
            "funding.ledger.forms.OwnLayoutForm",
            "funding.ledger.forms.PayeesForm",
            "schools.training.forms.AttendanceForm",
        ],
        "codes",
    ),
    # The services of queries refuse the names, birth dates and UPNs of the school's pupils.
    **dict.fromkeys(
        [
            "schools.queries.forms.CloseQueryForm",
            "schools.queries.forms.EnterQueryForm",
            "schools.queries.forms.MessageForm",
            "schools.queries.forms.NoteForm",
            "schools.queries.forms.QueryForm",
        ],
        "a query",
    ),
}


@pytest.fixture(scope="module", autouse=True)
def _every_form():
    for app in APPS:
        package = import_module(app)
        for module in walk_packages(package.__path__, f"{app}."):
            if "forms" in module.name:
                import_module(module.name)


def with_free_text():
    for form in set(forms_of(PortalFormMixin)):
        fields = getattr(form, "base_fields", {}).values()
        if form.__module__.split(".")[0] in APPS and any(
            isinstance(each.widget, forms.Textarea) for each in fields
        ):
            yield form


def test_every_free_text_is_looked_through_or_is_for_few():
    found = {form for form in with_free_text() if not issubclass(form, ToldToMany)}
    assert {f"{form.__module__}.{form.__name__}" for form in found} == set(TO_FEW)


def test_those_that_are_looked_through():
    told = {f"{form.__module__}.{form.__name__}" for form in forms_of(ToldToMany)}
    assert {each for each in told if not each.startswith("tests.")} == {
        "banding.collections.exercise_forms.ExerciseForm",
        "banding.collections.forms.CollectionEditForm",
        "banding.collections.forms.CollectionForm",
        "banding.collections.forms.TermsForm",
        "banding.collections.returns_forms.SeveralForm",
        "banding.reminders.forms.ReminderStepForm",
        "banding_portal.public_texts.forms.PublicTextForm",
        "funding.figures.forms.FiguresForm",
        "schools.information_sheets.forms.SheetForm",
        "schools.information_sheets.forms.WithdrawForm",
        "schools.queries.forms.QuestionForm",
        "schools.resources.forms.DocumentForm",
        "schools.resources.forms.ResourceForm",
        "schools.resources.forms.WithdrawForm",
        "schools.training.forms.CancelForm",
        "schools.training.forms.TrainingForm",
        "schools.training.visit_forms.VisitCreateForm",
        "schools.training.visit_forms.VisitForm",
    }


class Told(ToldToMany, PortalForm):
    title = forms.CharField()
    text = forms.CharField(widget=forms.Textarea)


@pytest.fixture
def amira():
    return PupilFactory(
        forename="Amira", surname="Khan", date_of_birth=dt.date(2018, 3, 4), upn="A801200001001"
    )


def told(text, **more):
    return Told({"title": "Training", "text": text} | more)


@pytest.mark.usefixtures("amira")
@pytest.mark.parametrize("text", ["Ask Amira Khan", "about KHAN, Amira’s", "In 2018: 4.3.2018"])
def test_a_name_or_a_day_is_asked_about(text):
    form = told(text)
    assert not form.is_valid()
    assert set(form.errors) == {"text"}
    assert form.fields["sure"].label == "It is right anyway"
    assert told(text, sure="on").is_valid()


@pytest.mark.usefixtures("amira")
@pytest.mark.parametrize("text", ["born 4 March 2018", "Amira: 4/3/18", "A801200001001"])
def test_who_a_pupil_is_must_come_out(text):
    assert "sure" not in told(text).fields
    assert not told(text, sure="on").is_valid()


@pytest.mark.usefixtures("amira")
def test_the_title_counts_as_much():
    assert set(told("Nothing", title="For Amira Khan").errors) == {"title"}


def test_the_first_word_of_a_surname_of_several():
    PupilFactory(forename="Sam", surname="St. John-Smith")
    assert not told("Sam St John Smith is here").is_valid()


def test_what_a_pupil_was_called_before(amira):
    amira.surname = "Lowe"
    amira.save()
    assert not told("Amira Khan").is_valid()
    assert not told("Lowe, Amira").is_valid()
    assert told("Amira Bright").is_valid()


@pytest.mark.usefixtures("amira")
def test_the_queries_are_few_however_many_pupils(django_assert_num_queries):
    PupilFactory.create_batch(3, surname="Khan")
    form = told("Khan, 4 March 2018", title="")
    with django_assert_num_queries(3):
        form.is_valid()


@pytest.mark.usefixtures("amira")
@pytest.mark.parametrize(
    ("form", "name"),
    [(FiguresForm, "introduction"), (PublicTextForm, "text"), (CancelForm, "reason")],
)
def test_forms_of_every_app(form, name):
    assert not form({name: "Amira Khan is ill"}).is_valid()
    assert form({name: "Amira Khan is ill", "sure": "on"}).is_valid()


@pytest.mark.usefixtures("amira")
def test_the_name_of_a_file():
    file = SimpleUploadedFile("amira_khan.pdf", pdf())
    assert set(DocumentForm({}, {"file": file}).errors) == {"file"}

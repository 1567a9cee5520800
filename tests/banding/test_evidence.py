"""Evidence of provision with an application at SEN Support (B13)."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from banding.evidence.rules import in_words, problems_of_evidence, tidied
from banding.models import BandDecision, Framework
from banding.returns.progress import line_of
from banding.returns.services import submit_return
from banding_portal.refusals import RefusalError
from tests.banding.helpers import LEVELS, decide, senco_of
from tests.banding.rounds import open_round, pupil_at, row_of
from tests.banding.test_framework_rules import POINTED, changed, check_framework
from tests.factories import FrameworkFactory

FIELDS = [
    {"code": "in-place", "label": "What is in place", "kind": "text", "hint": ""},
    {"code": "hours", "label": "Adult support", "kind": "hours", "hint": ""},
]
GIVEN = {"in-place": "A small group each morning", "hours": "12.5"}
in_october = time_machine.travel(dt.datetime(2026, 10, 20, 12, tzinfo=dt.UTC))


@pytest.mark.parametrize(
    ("given", "lacking"),
    [
        (GIVEN, []),
        (GIVEN | {"hours": "0"}, []),
        (GIVEN | {"hours": "168"}, []),
        (GIVEN | {"hours": "168.01"}, ["hours"]),
        (GIVEN | {"hours": "-1"}, ["hours"]),
        (GIVEN | {"hours": "NaN"}, ["hours"]),
        (GIVEN | {"hours": "1.234"}, ["hours"]),
        (GIVEN | {"hours": "many"}, ["hours"]),
        (GIVEN | {"in-place": "  "}, ["in-place"]),
        ({}, ["in-place", "hours"]),
    ],
)
def test_what_evidence_lacks(given, lacking):
    assert list(problems_of_evidence(FIELDS, given)) == lacking


def test_evidence_is_kept_by_the_frameworks_fields_and_shown_in_their_order():
    kept = tidied(FIELDS, {"hours": " 12.5 ", "in-place": "A group", "other": "x", "empty": ""})
    assert in_words(FIELDS, kept) == [
        ("What is in place", "A group"),
        ("Adult support", "12.5 hours a week"),
    ]


def test_framework_file_may_name_the_fields():
    named = POINTED | {"evidence": FIELDS}
    assert check_framework(named) == check_framework(POINTED | {"evidence": None}) == []


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (["evidence"], "hours", "The evidence is a list of code, label and kind."),
        (["evidence", 0, "kind"], "money", "The kind must be text or hours."),
        (["evidence", 1, "code"], "in-place", "evidence[0] has the code in-place already."),
        (["evidence", 0, "label"], "", "The label is empty."),
    ],
)
def test_fields_that_cannot_be_are_named(path, value, sentence):
    data = changed(POINTED | {"evidence": FIELDS}, path, value)
    assert [problem.sentence for problem in check_framework(data)] == [sentence]


@pytest.fixture
def applies(school):
    """The row of a pupil at SEN Support without a band, in a round that asks for evidence."""
    with in_october:
        FrameworkFactory()
        Framework.objects.update(evidence=FIELDS)
        pupil = pupil_at(school, band="", plan_type="SEN_SUPPORT")
        yield row_of(open_round(), pupil)


@pytest.mark.django_db
class TestApplication:
    def save(self, row, **given):
        return decide(row, senco_of(row.pupil_return), **given)

    def test_draft_without_evidence_is_not_ready(self, applies):
        self.save(applies)
        assert line_of(applies).problems == [
            "Evidence of provision: give “What is in place”",
            "Evidence of provision: give “Adult support”",
        ]
        with pytest.raises(RefusalError, match=r"1 application still needs evidence"):
            by = senco_of(applies.pupil_return)
            submit_return(pupil_return=applies.pupil_return, by=by, declared_name="Sam Carter")

    def test_with_evidence_it_is_submitted_and_frozen(self, applies):
        draft = self.save(applies, evidence=GIVEN)
        again = self.save(applies, evidence=GIVEN, version=None)
        assert again == draft
        by = senco_of(applies.pupil_return)
        submit_return(pupil_return=applies.pupil_return, by=by, declared_name="Sam Carter")
        decision = BandDecision.objects.get()
        assert (decision.state, decision.evidence) == ("submitted", GIVEN)
        assert Framework.objects.get().evidence == FIELDS
        with pytest.raises(RefusalError, match="has been submitted"):
            self.save(applies, evidence=GIVEN | {"hours": "30"}, version=decision.version)

    def test_saving_other_evidence_is_another_version(self, applies):
        draft = self.save(applies, evidence=GIVEN)
        changed = self.save(applies, evidence=GIVEN | {"hours": "15"}, version=draft.version)
        assert (changed.version, changed.evidence["hours"]) == (draft.version + 1, "15")

    def test_without_a_word_about_it_evidence_stays(self, applies):
        draft = self.save(applies, evidence=GIVEN)
        saved = self.save(applies, code="C", difference_reason="New report", version=draft.version)
        assert saved.evidence == GIVEN

    @pytest.mark.parametrize("fields", [{"plan_type": "EHCP", "band": ""}, {}])
    def test_nobody_else_is_asked_for_evidence(self, applies, school, fields):
        """A plan without a band, and who is funded already."""
        support = {"plan_type": "SEN_SUPPORT", "source": "authority"}
        pupil = pupil_at(school, **(fields or support))
        row = row_of(open_round(code="other"), pupil)
        self.save(row)
        assert line_of(row).problems == []


@pytest.mark.django_db
def test_page_of_an_application_asks_says_what_is_wrong_and_shows_it(client, applies):
    senco = senco_of(applies.pupil_return)
    client.force_login(senco)
    url = reverse("banding:decision_edit", args=[applies.pk])
    assert "Evidence of provision" in client.get(url).text
    choice = {f"level_{code}": level for code, level in LEVELS.items()}
    choice |= {"band": "B", "do": "next", "rationale": "", "difference_reason": ""}
    text = client.post(url, choice | {"evidence_hours": "lots"}).text
    assert "Evidence of provision: give “What is in place”" in text
    assert "must be hours a week" in text
    given = {f"evidence_{code}": said for code, said in GIVEN.items()}
    assert client.post(url, choice | given).status_code == 302
    check = client.get(reverse("banding:return_check", args=[applies.pupil_return.pk])).text
    assert "12.5 hours a week" in check
    submit_return(pupil_return=applies.pupil_return, by=senco, declared_name="Sam Carter")
    assert "A small group each morning" in client.get(url).text


@pytest.mark.django_db
def test_framework_page_names_what_an_application_says(client, applies):
    client.force_login(senco_of(applies.pupil_return))
    framework = applies.pupil_return.collection.framework
    page = client.get(reverse("banding:framework_detail", args=[framework.pk])).text
    assert "Adult support" in page

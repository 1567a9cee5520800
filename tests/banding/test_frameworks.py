"""Loading frameworks, and suggestions from what was loaded (B1, B2)."""

import copy
import json
from io import StringIO

import pytest
from django.core.management import call_command

from banding.choices import DecisionState, FrameworkState
from banding.frameworks.selectors import find_framework, frameworks_in_force, suggest
from banding.frameworks.services import load_framework
from banding.models import Band, Framework, Level
from banding_portal.commands import RefusedCommandError
from banding_portal.refusals import RefusalError
from tests.banding.helpers import decide, return_with_pupils
from tests.factories import BandDecisionFactory, CollectionFactory, ReturnPupilFactory
from tests.shared_data import SHARED_DATA, needs_shared_data

pytestmark = pytest.mark.django_db

DATA = {
    "code": "matrix",
    "name": "Matrix",
    "version": "1",
    "effective_from": "2024-09-01",
    "value_basis": "top_up",
    "plan_types": ["EHCP"],
    "tie_rule": None,
    "combine": {
        "kind": "weighted_sum",
        "thresholds": [{"band": "low", "from": 0}, {"band": "high", "from": 4}],
    },
    "bands": [
        {"code": "low", "name": "Low", "rank": 1, "summary": "Little"},
        {"code": "high", "name": "High", "rank": 2, "summary": None},
    ],
    "areas": [
        {
            "code": "cl",
            "name": "Cognition",
            "weight": 2,
            "cap": None,
            "levels": [
                {"code": "0", "rank": 0, "score": 0, "band": None, "descriptor": "None."},
                {"code": "1", "rank": 1, "score": 2, "band": None, "descriptor": "Much."},
            ],
        }
    ],
}


AROUND = {
    "preamble": "Read this first.",
    "conditions": {"lead": "Although", "items": ["the school helps", "others help"]},
    "definitions": [{"term": "help", "meaning": "What adults do."}],
}


def changed(**fields):
    return copy.deepcopy(DATA) | fields


def test_new_framework_is_created_with_bands_areas_and_levels():
    loaded = load_framework(DATA)
    framework = loaded.framework
    assert loaded.change == "created"
    assert [(b.code, b.rank, b.summary) for b in framework.bands.all()] == [
        ("low", 1, "Little"),
        ("high", 2, ""),
    ]
    assert [level.descriptor for level in Level.objects.all()] == ["None.", "Much."]


def test_same_content_again_is_unchanged():
    load_framework(DATA)
    assert load_framework(copy.deepcopy(DATA)).change == "unchanged"
    assert Framework.objects.count() == 1


def test_words_around_the_descriptors_are_kept():
    framework = load_framework(changed(**AROUND)).framework
    framework.refresh_from_db()
    assert (framework.preamble, framework.conditions_lead) == ("Read this first.", "Although")
    assert framework.conditions == ["the school helps", "others help"]
    assert framework.definitions == AROUND["definitions"]
    assert load_framework(changed(**AROUND)).change == "unchanged"


def test_earlier_framework_is_there_with_its_bands():
    earlier = {"framework": "old", "version": "1", "bands": [{"old": "9", "new": "low"}]}
    with pytest.raises(RefusalError, match="There is no framework old, version 1"):
        load_framework(changed(earlier=earlier))
    load_framework(changed(code="old"))
    with pytest.raises(RefusalError, match="“9” is not a band of “Matrix”, version 1"):
        load_framework(changed(earlier=earlier))
    earlier["bands"][0]["old"] = "high"
    assert load_framework(changed(earlier=earlier)).framework.earlier == earlier


def test_changed_condition_is_a_change_and_one_left_out_goes():
    framework = load_framework(changed(**AROUND)).framework
    assert load_framework(DATA).change == "changed"
    framework.refresh_from_db()
    assert not framework.has_words_around


def test_unused_framework_changes_in_place_and_ranks_may_swap():
    first = load_framework(DATA).framework
    bands = [{**DATA["bands"][0], "rank": 2}, {**DATA["bands"][1], "rank": 1}]
    thresholds = [{"band": "high", "from": 0}, {"band": "low", "from": 4}]
    combine = {"kind": "weighted_sum", "thresholds": thresholds}
    wanted = changed(bands=bands, combine=combine, name="New name")
    loaded = load_framework(wanted)
    assert (loaded.change, loaded.framework.pk) == ("changed", first.pk)
    assert [b.code for b in Band.objects.all()] == ["high", "low"]
    assert load_framework(wanted).change == "unchanged"


def use(framework, state):
    collection = CollectionFactory(framework=framework)
    row = ReturnPupilFactory(pupil_return__collection=collection)
    return BandDecisionFactory(return_pupil=row, state=state, band_code="low")


@pytest.mark.parametrize("state", [DecisionState.SUBMITTED, DecisionState.SUPERSEDED])
def test_framework_of_a_submitted_decision_is_frozen(state):
    use(load_framework(DATA).framework, state)
    with pytest.raises(RefusalError, match="Give the change a new version"):
        load_framework(changed(name="New name"))
    assert Framework.objects.get().name == "Matrix"


def test_frozen_framework_may_be_loaded_again_unchanged():
    use(load_framework(DATA).framework, DecisionState.SUBMITTED)
    assert load_framework(DATA).change == "unchanged"


def test_new_version_stands_beside_the_frozen_one():
    use(load_framework(DATA).framework, DecisionState.SUBMITTED)
    assert load_framework(changed(version="2", name="New name")).change == "created"
    assert Framework.objects.count() == 2


def test_band_a_draft_uses_is_not_dropped():
    use(load_framework(DATA).framework, DecisionState.DRAFT)
    data = changed(
        bands=DATA["bands"][1:],
        combine={"kind": "weighted_sum", "thresholds": [{"band": "high", "from": 0}]},
    )
    with pytest.raises(RefusalError, match="has drafts or values"):
        load_framework(data)
    assert Band.objects.count() == 2


def test_every_problem_of_a_file_is_told():
    with pytest.raises(RefusalError) as refused:
        load_framework(changed(bands=[], areas=[], name=""))
    assert len(refused.value.problems) >= 3
    assert Framework.objects.count() == 0


def test_newest_version_in_force_is_found_by_code_alone():
    load_framework(DATA)
    second = load_framework(changed(version="2", effective_from="2025-09-01")).framework
    first = Framework.objects.get(version="1")
    assert find_framework("matrix", first.effective_from) == first
    assert find_framework("matrix", second.effective_from) == second
    assert find_framework("matrix:1", second.effective_from) == first
    assert find_framework("nothing", second.effective_from) is None


def test_newest_version_of_each_framework_is_in_force_for_its_plans():
    load_framework(DATA)
    second = load_framework(changed(version="2", effective_from="2025-09-01")).framework
    Framework.objects.update(state=FrameworkState.PUBLISHED)
    assert frameworks_in_force(second.effective_from, "EHCP") == [second]
    assert frameworks_in_force(second.effective_from, "SEN_SUPPORT") == []


def test_suggestion_says_why(framework):
    assert suggest(framework, {"cl": "2"}).complete is False
    suggestion = suggest(framework, {"cl": "2", "ci": "1"})
    assert suggestion.band_code == "B"
    assert "Cognition and learning" in suggestion.reason


def test_command_prints_one_object(tmp_path):
    file = tmp_path / "framework.json"
    file.write_text(json.dumps(DATA))
    out = StringIO()
    call_command("load_framework", str(file), "--json", stdout=out)
    assert json.loads(out.getvalue()) == {
        "framework": "matrix",
        "version": "1",
        "bands": 2,
        "areas": 1,
        "change": "created",
    }


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[]", b'{"code": "x"}'])
def test_command_refuses_with_the_problems_listed(tmp_path, content):
    file = tmp_path / "framework.json"
    file.write_bytes(content)
    out = StringIO()
    with pytest.raises(RefusedCommandError):
        call_command("load_framework", str(file), "--json", stdout=out)
    assert json.loads(out.getvalue())["problems"]
    assert Framework.objects.count() == 0


@needs_shared_data
@pytest.mark.parametrize("name", ["needs-led-2022", "norfolk-2018", "points-matrix"])
def test_sample_frameworks_load_and_suggest_as_the_vectors_say(name):
    path = SHARED_DATA / "frameworks" / f"{name}.json"
    call_command("load_framework", str(path), stdout=StringIO())
    framework = Framework.objects.get(code=name)
    vectors = json.loads((SHARED_DATA / "vectors" / "suggested_bands.json").read_text())
    own = [v for v in vectors if v["framework"] == name][:25]
    assert own
    suggested = [suggest(framework, v["levels"]).band_code for v in own]
    assert suggested == [v["suggested_band"] for v in own]


def test_draft_keeps_the_suggestion_of_a_loaded_framework():
    framework = load_framework(DATA).framework
    _, (row,) = return_with_pupils(collection__framework=framework)
    draft = decide(row, code=None, levels={"cl": "1"})
    assert draft.suggested_band.code == "high"

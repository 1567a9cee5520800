"""The command `moderation_results` (M7)."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.factories import BandValueFactory, CollectionFactory
from tests.moderation.test_results import change
from tests.moderation.world import decided, given_case, judge, moderator

pytestmark = pytest.mark.django_db


def run(capsys, code):
    call_command("moderation_results", "--collection", code, "--json")
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def collection(school):
    collection, who = CollectionFactory(code="autumn"), moderator(school.quadrant)
    for own in "AAB":
        case = given_case(decided(collection, school, "B"), who)
        judge(case, who, own)
    return collection


def test_command_tells_every_figure(collection, capsys):
    found = run(capsys, "autumn")
    names = "cases agreement within_one kappa kappa_linear kappa_quadratic ac1 ac2 intervals"
    names += " would_change would_change_low would_change_high annual_effect annual_effect_low"
    assert set(f"{names} annual_effect_high".split()) <= set(found)
    assert (found["cases"], found["would_change"], found["final"]) == (3, 2, False)
    assert found["agreement"] == pytest.approx(1 / 3)
    assert found["annual_effect"] is None


def test_effect_is_the_difference_in_a_year_s_value(school, capsys):
    collection, who = CollectionFactory(code="autumn"), moderator(school.quadrant)
    case = judge(given_case(decided(collection, school, "B"), who), who, "C")
    for code, value in (("B", 1000), ("C", 2500)):
        band = collection.framework.bands.get(code=code)
        BandValueFactory(band=band, sector=school.sector, annual_value=value)
    assert run(capsys, "autumn")["annual_effect"] == 1500
    change(case)
    assert (run(capsys, "autumn")["annual_effect"], run(capsys, "autumn")["final"]) == (1500, True)


@pytest.mark.parametrize("code", ["nowhere", "empty"])
def test_command_without_a_sample_is_refused(code, capsys, db):
    CollectionFactory(code="empty")
    with pytest.raises(CommandError) as refused:
        run(capsys, code)
    assert refused.value.returncode == 1

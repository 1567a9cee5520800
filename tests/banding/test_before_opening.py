"""What is counted and said before a collection is opened (B10, decisions/0016)."""

import datetime as dt

import pytest
from django.urls import reverse

from banding.collections.selectors import sector_figures
from banding.collections.warnings import warnings_of
from banding.models import Collection
from banding_portal.roles import Role
from tests.banding.helpers import return_with_pupils, submitted_return
from tests.banding.rounds import pupil_at
from tests.factories import CollectionFactory, FrameworkFactory
from tests.pages import flat

pytestmark = pytest.mark.django_db
ANEW = (
    "Mainstream: 2 pupils of 3 are in from {}. Once this exercise is open, its returns decide "
    "whether modelling can begin."
)


@pytest.fixture
def earlier(framework):
    collection = CollectionFactory(framework=framework, reference_date=dt.date(2026, 9, 1))
    submitted_return(2, collection=collection, school__sector="mainstream")
    return_with_pupils(1, collection=collection, school__sector="mainstream")
    return collection


@pytest.mark.parametrize(
    ("sectors", "kind", "is_said"),
    [
        (["mainstream", "special"], "exercise", True),
        (["special"], "exercise", False),
        (["mainstream"], "round", False),
    ],
)
def test_opening_warns_where_modelling_is_counted_anew(earlier, framework, sectors, kind, is_said):
    said = warnings_of(framework, sectors, dt.date(2026, 10, 1), kind)
    assert (ANEW.format(earlier.name) in said) is is_said


def test_nothing_in_yet_is_not_warned_of(framework):
    collection = CollectionFactory(framework=framework)
    return_with_pupils(2, collection=collection, school__sector="mainstream")
    said = warnings_of(framework, ["mainstream"], dt.date(2026, 10, 1))
    assert not any("modelling can begin" in each for each in said)


def test_figure_names_the_exercise_that_counts_no_longer(earlier, framework, sign_in):
    later = CollectionFactory(framework=framework, reference_date=dt.date(2026, 10, 1))
    return_with_pupils(1, collection=later, school__sector="mainstream")
    [figure] = [each for each in sector_figures(framework) if each.sector == "Mainstream"]
    assert (figure.exercise, figure.asked_before) == (later.name, earlier.name)
    url = reverse("banding:collection_detail", args=[later.pk])
    text = flat(sign_in(Role.ADMINISTRATOR).get(url).text)
    assert f"Counts in place of {earlier.name}" in text


def test_round_is_counted_before_it_is_opened(school, sign_in):
    framework = FrameworkFactory()
    for year, band in ((2016, "B"), (2016, "B"), (2015, "B"), (2016, "")):
        pupil_at(school, band=band, date_of_birth=dt.date(year, 8, 1))
    pupil_at(school, responsible_la="881")
    days = {"reference_date": (1, 10, 2026), "opens_on": (1, 10, 2026), "deadline": (30, 11, 2026)}
    typed = {
        "name": "Autumn round",
        "code": "autumn",
        "kind": "round",
        "framework": str(framework.pk),
        "sectors": ["mainstream"],
    }
    typed |= {f"{name}_{at}": part for name, day in days.items() for at, part in enumerate(day)}
    page = sign_in(Role.ADMINISTRATOR).post(reverse("banding:collection_create"), typed)
    parts = {"carrying_on": 2, "leaving": 1, "to_tell": 1, "others": 1, "taken_off": 0}
    assert page.context["lists"] == parts | {"pupils": sum(parts.values())}
    text = flat(page.text)
    assert ("Carrying on" in text, "Of other authorities" in text) == (True, True)
    assert "Taken off in the summer" not in text
    assert not Collection.objects.exists()


@pytest.mark.parametrize(
    ("page", "own"),
    [
        ("collection_create", {"kind": "round", "sectors": ["mainstream"]}),
        ("exercise_create", {}),
    ],
)
def test_name_that_is_also_a_pupils_is_asked_about_and_stays_said(school, sign_in, page, own):
    pupil = pupil_at(school, surname="Quillon", forename="Ada")
    days = {"reference_date": (1, 10, 2026), "opens_on": (1, 10, 2026)}
    days |= {"deadline": (30, 11, 2026), "mainstream_deadline": (30, 11, 2026)}
    typed = {"name": "For Ada Quillon", "code": "autumn", "framework": str(FrameworkFactory().pk)}
    typed |= own
    typed |= {f"{name}_{at}": part for name, day in days.items() for at, part in enumerate(day)}
    client, url = sign_in(Role.ADMINISTRATOR), reverse(f"banding:{page}")
    asked = client.post(url, typed)
    assert f"Take out the name {pupil.spoken_name}" in asked.text
    assert 'name="sure"' in asked.text
    sure = typed | {"sure": "on"}
    preview = client.post(url, sure)
    assert ("sure", "on") in preview.context["typed"]
    for _ in range(2):  # going back and pressing once more opens none twice
        assert client.post(url, sure | {"open": "yes"}).status_code == 302
    assert Collection.objects.get().name.startswith("For Ada Quillon")

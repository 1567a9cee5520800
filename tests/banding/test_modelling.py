"""Whether modelling can begin: what is missing, sector by sector, over all exercises."""

import datetime as dt

import pytest
from django.urls import reverse

from banding.collections.modelling import SectorFigure, Verdict, modelling_verdict
from banding.collections.selectors import sector_figures
from banding.collections.warnings import asked_already
from banding_portal.roles import Role
from schools.models import Pupil
from tests.banding.helpers import return_with_pupils, submitted_return
from tests.factories import CollectionFactory, PlacementFactory, PlanFactory, SchoolFactory

ALL_IN = SectorFigure("Special", 40, 0, 95, "Autumn")
ENOUGH_IN = SectorFigure("Mainstream", 100, 5, 95, "Autumn")
TOO_FEW = SectorFigure("Mainstream", 100, 6, 95, "Autumn")
NOT_ASKED = SectorFigure("Early years", 3, 3, 95)


@pytest.mark.parametrize(
    ("figures", "verdict"),
    [
        ([], None),
        ([ALL_IN], Verdict("Modelling can begin: the returns of all pupils are in.")),
        (
            [ALL_IN, ENOUGH_IN],
            Verdict(
                "Modelling can begin: at least 95% of the pupils of each sector are on returns "
                "that are in. 5 pupils are still to come in."
            ),
        ),
        (
            [TOO_FEW, NOT_ASKED],
            Verdict(
                "Modelling cannot begin yet because",
                [
                    "6 of 100 (6%) pupils are still to come in from Mainstream",
                    "no exercise has been opened for Early years",
                ],
            ),
        ),
        (
            [ALL_IN, TOO_FEW],
            Verdict(
                "Modelling can begin for Special. Not yet for all sectors because",
                ["6 of 100 (6%) pupils are still to come in from Mainstream"],
            ),
        ),
    ],
)
def test_verdict_in_words(figures, verdict):
    assert modelling_verdict(figures) == verdict


@pytest.mark.parametrize(
    ("pupils", "missing", "to_come"), [(100, 5, 0), (100, 6, 1), (3, 1, 1), (3, 0, 0), (20, 1, 0)]
)
def test_how_many_more_have_to_come_in(pupils, missing, to_come):
    assert SectorFigure("Special", pupils, missing, 95, "Autumn").to_come == to_come


@pytest.mark.django_db
def test_each_sector_is_counted_in_the_exercise_that_asks_it_last(framework):
    earlier, later = (
        CollectionFactory(framework=framework, reference_date=dt.date(2026, month, 1))
        for month in (9, 10)
    )
    return_with_pupils(2, collection=earlier, school__sector="mainstream")
    submitted_return(3, collection=later, school__sector="mainstream")
    _, rows = return_with_pupils(4, collection=earlier, school__sector="special")
    Pupil.objects.filter(pk=rows[0].pupil_id).update(responsible_la="885")
    CollectionFactory(framework=framework, kind="round")
    nursery = SchoolFactory(sector="early_years")
    PlacementFactory(school=nursery, pupil=PlanFactory().pupil)
    found = {each.sector: each for each in sector_figures(framework)}
    assert {name: (each.pupils, each.missing, each.exercise) for name, each in found.items()} == {
        "Mainstream": (3, 0, later.name),
        "Special": (3, 3, earlier.name),
        "Early years": (1, 1, ""),
    }


@pytest.mark.django_db
def test_page_of_an_exercise_says_whether_modelling_can_begin(sign_in, settings):
    settings.SECURE_SSL_REDIRECT = settings.REQUIRE_SECOND_FACTOR = False
    pupil_return, _ = return_with_pupils(2)
    url = reverse("banding:collection_detail", args=[pupil_return.collection_id])
    text = sign_in(Role.SEND_OFFICER).get(url).content.decode()
    assert "Modelling cannot begin yet because:" in text
    assert "2 of 2 (100%) pupils are still to come in from Mainstream" in text


@pytest.mark.django_db
@pytest.mark.parametrize(("percent", "said"), [(50, "can begin"), (51, "cannot begin yet")])
def test_share_that_is_enough_is_the_authoritys(sign_in, settings, percent, said):
    settings.SECURE_SSL_REDIRECT = settings.REQUIRE_SECOND_FACTOR = False
    settings.MODELLING_PERCENT = percent
    collection = submitted_return(2)[0].collection
    return_with_pupils(2, collection=collection)
    url = reverse("banding:collection_detail", args=[collection.pk])
    text = sign_in(Role.SEND_OFFICER).get(url).text
    assert f"Modelling {said}" in text
    assert f"Modelling can begin for a sector when {percent}% of" in text


@pytest.mark.django_db
def test_opening_one_like_it_takes_everything_but_the_sectors(sign_in, settings):
    settings.SECURE_SSL_REDIRECT = settings.REQUIRE_SECOND_FACTOR = False
    like = CollectionFactory(sectors=["special"])
    client = sign_in(Role.SEND_OFFICER)
    page = client.get(reverse("banding:collection_detail", args=[like.pk])).content.decode()
    url = f"{reverse('banding:collection_create')}?like={like.code}"
    assert url in page
    initial = client.get(url).context["form"].initial
    assert (initial["framework"], initial["deadline"]) == (like.framework, like.deadline)
    assert not initial.keys() & {"sectors", "code"}


@pytest.mark.django_db
def test_opening_warns_where_a_sector_has_returns_already(framework):
    there = CollectionFactory(framework=framework, sectors=["special", "mainstream"])
    said = (
        f"{there.name} is open and asks Special already: these schools would have two returns for "
        "the same pupils."
    )
    assert asked_already(framework, ["special", "post_16"]) == [said]
    assert asked_already(framework, ["post_16"]) == []

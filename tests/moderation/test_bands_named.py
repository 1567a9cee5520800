"""What in a text tells the band, however it is written (M4)."""

from decimal import Decimal

import pytest

from moderation.plans.bands import Secrets, bands_named

NUMBERED = Secrets(
    [("1", "Band 1"), ("2", "Band 2"), ("3", "Band 3"), ("12", "Band 12")],
    levels=["0", "1", "2", "3"],
    values=[Decimal(0), Decimal(2100), Decimal("4350.50"), Decimal(12000)],
)
LETTERED = Secrets([("A", "Band A"), ("C", "Band C")], levels=["0", "4"])
NAMED = Secrets([("EX", "Exceptional"), ("T2", "Tier 2"), ("2", "Tier 2")])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Placed on band 3.", ["band 3"]),
        ("BAND 3 and Band 12", ["BAND 3", "Band 12"]),
        ("Now on band three since May", ["band three"]),
        ("She is in the third band", ["third band"]),
        ("the 3rd band of the scheme", ["3rd band"]),
        ("a band-two pupil", ["band-two"]),
        ("a two-band move", ["two-band"]),
        ("Funding: B3 from April", ["B3"]),
        ("Funding: b-3 from April", ["b-3"]),
        ("Band: 3", ["Band: 3"]),
        ("Band no. 3", ["Band no. 3"]),
        ("Banded 3 last year", ["Banded 3"]),
        ("banded at 3 last year", ["banded at 3"]),
        ("Band III", ["Band III"]),
        ("band\n  three", ["band three"]),
        ("Band 03", ["Band 03"]),
        ("Bands “3” and so on", ["Bands “3"]),
        ("the highest band there is", ["highest band"]),
        ("Level 3 for wellbeing", ["Level 3"]),
        ("at level three now", ["level three"]),
        ("the third level", ["third level"]),
        ("A top-up of £4,350 a year", ["£4,350"]),
        ("A top-up of £ 2100.00", ["£ 2100.00"]),
        ("12,000 pounds", ["12,000 pounds"]),
        ("about £12k", ["£12k"]),
        ("B\u200band 3", ["Band 3"]),
        ("\uff22and 3", ["Band 3"]),
        ("band ③", ["band 3"]),
        ("Band_3", ["Band_3"]),
        ("band iii", ["band iii"]),
        ("band of need: 3", ["band of need: 3"]),
        ("a band, which is 3", ["band, which is 3"]),
        ("a 3 on the banding scale", ["3 on the banding"]),
        ("GBP 4350", ["GBP 4350"]),
        ("£ 4 350", ["£ 4 350"]),
        ("2100 a year", ["2100 a year"]),
        ("2,100 p.a.", ["2,100 p.a."]),
        ("a lesion at L3", []),
        ("Plays in a band of 3, on 30 April.", []),
        ("Band 31", []),
        ("Band 4", []),
        ("Wears a head band. Three times a day", []),
        ("Entry Level 3 in English and NVQ level 2", []),
        ("Level 5 of the game", []),
        ("A taxi for £2,150 and £0", []),
        ("Room AB3, flat 3B, June 2100", []),
        ("Three hours a day in 2 groups", []),
    ],
)
def test_numbered_bands_and_their_levels_and_amounts(text, told):
    assert bands_named(text, NUMBERED) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("on band C now", ["band C"]),
        ("on BAND c now", ["BAND c"]),
        ("a C band pupil", ["C band"]),
        ("Band A", ["Band A"]),
        ("plays in a band a friend leads", []),
        ("a band", []),
        ("vitamin C and option A", []),
        ("Level four", ["Level four"]),
    ],
)
def test_lettered_bands(text, told):
    assert bands_named(text, LETTERED) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Funded as exceptional", ["exceptional"]),
        ("tier two", ["tier two"]),
        ("the second tier", ["second tier"]),
        ("T2", ["T2"]),
        ("An unexceptional day", []),
    ],
)
def test_bands_with_names_of_their_own(text, told):
    assert bands_named(text, NAMED) == told


def test_nothing_is_told_without_a_framework():
    assert bands_named("Band 3, level 3, £4,350", Secrets([])) == []


def test_a_band_is_found_wherever_it_stands_in_a_long_text():
    filling = "She walks to the shop on Mondays. " * 300
    for told in ("Placed on band three", "the third band", "Level 2", "B3", "£4,350"):
        for text in (f"{told}. {filling}", f"{filling}{told}", f"{filling} {told}. {filling}"):
            assert len(bands_named(text, NUMBERED)) == 1

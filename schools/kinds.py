"""Kinds of value in files about schools and pupils: one table of accepted spellings each. Pure.

Templates, caseload, register and band values read with these, and the pages that say what a file
may hold show them.
"""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from banding_portal.files.kinds import Choice, Date, Matching, OneOf
from schools.choices import PlanType, PrimaryNeed, Sector
from schools.identifiers import normalise_upn, parse_place, parse_urn
from schools.register_rules import year_group_name

LOWEST_YEAR_GROUP, HIGHEST_YEAR_GROUP = -3, 21
LA_CODE_DIGITS = re.compile(r"\d{3}", re.ASCII)
EARLY_YEARS = {-3: ("E1",), -2: ("N1", "E2", "Nursery 1"), -1: ("N2", "Nursery 2")}


def la_code(text: str) -> str:
    """An authority's code; raises ValueError with a sentence."""
    if not LA_CODE_DIGITS.fullmatch(text):
        raise ValueError("An authority’s code has three digits, such as 881.")
    return text


def year_group_spellings(number: int) -> tuple[str, ...]:
    if number == 0:
        return ("R", "Reception", "Year R")
    if number < 0:
        return (*EARLY_YEARS[number], f"−{-number}")
    return (f"Year {number}", f"Y{number}", f"{number:02d}", f"{number}+")


class YearGroup(OneOf):
    """−3 to 21, or as the department codes it; X says that none applies (S5)."""

    @property
    def allowed(self) -> str:
        return f"a year group: 1 to {HIGHEST_YEAR_GROUP}, R for Reception, N1 or N2, or X for none"


UPN = Matching(normalise_upn, "a UPN of 13 characters")
URN = Matching(lambda text: str(parse_urn(text)), "a URN of six digits")
PLACE = Matching(parse_place, "a URN of six digits, or the code of an arrangement, like P00001")
LA_CODE = Matching(la_code, "an authority’s code of three digits")
YEAR_GROUP = YearGroup(
    (
        *(
            Choice(number, str(number), year_group_spellings(number))
            for number in range(LOWEST_YEAR_GROUP, HIGHEST_YEAR_GROUP + 1)
        ),
        Choice(None, "X"),
    )
)
EHCP, SEN_SUPPORT = PlanType.EHCP, PlanType.SEN_SUPPORT
PLAN_TYPE = OneOf(
    (
        Choice(EHCP.value, EHCP.label, ("E", "EHC plan", "Education, health and care plan")),
        Choice(SEN_SUPPORT.value, SEN_SUPPORT.label, ("K", SEN_SUPPORT.value, "SEN-Support")),
    )
)
PRIMARY_NEED = OneOf([Choice(need.value, need.value, (need.label,)) for need in PrimaryNeed])
SECTOR = OneOf([Choice(sector.value, sector.value, (sector.label,)) for sector in Sector])
BIRTH_DATE = Date(like=dt.date(2018, 1, 31))
DATES = ("31/01/2027", "31.1.2027", "31-01-2027", "31 January 2027", "31st Jan 2027", "2027-01-31")
"""Ways to write one day; a date cell of a spreadsheet is another."""


@dataclass(frozen=True)
class Spellings:
    """What is understood of one kind of value, for the help page: a meaning and its spellings."""

    title: str
    rows: Sequence[tuple[str, Sequence[str]]]


def spellings_of(title: str, kind: OneOf, meaning: Callable[[Any], str]) -> Spellings:
    rows = [(meaning(each.value), dict.fromkeys((each.shown, *each.also))) for each in kind.choices]
    return Spellings(title, [(words, [*written]) for words, written in rows])


def all_spellings() -> list[Spellings]:
    """Every kind whose values people write in several ways, from the tables that read them."""
    return [
        spellings_of(
            "Year groups",
            YEAR_GROUP,
            lambda group: "No year group applies" if group is None else year_group_name(group),
        ),
        spellings_of("Plans", PLAN_TYPE, lambda plan: PlanType(plan).label),
        spellings_of("Primary needs", PRIMARY_NEED, lambda need: PrimaryNeed(need).label),
        spellings_of("Sectors", SECTOR, lambda sector: Sector(sector).label),
        Spellings("Dates", [("31 January 2027", DATES)]),
    ]

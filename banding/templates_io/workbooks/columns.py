"""The columns of both sheets: their headings, what may stand in them, and how that is explained.

Writing, reading, the Guidance sheet and the words of every error come from these tables, so
that they cannot say different things. To add a column, add it here. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from banding.choices import PupilChange
from banding.templates_io.workbooks.contents import FrameworkContent
from schools.choices import PlanType, PrimaryNeed

PUPILS, JOINERS, GUIDANCE = "Pupils", "Joiners", "Guidance"
KEY, MARK, ERRORS = "key", "mark", "errors"
DATE_EXAMPLE = "a date such as 31/01/2027"
MAX_TEXT = 4_000


class Kind(StrEnum):
    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True)
class Choice:
    """A value that may be chosen: what is stored, what the list shows, what else is understood."""

    value: str
    shown: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """One column. `fill_in` ones are the school's to fill; the others are locked."""

    key: str
    heading: str
    width: int
    help: str = ""
    kind: Kind = Kind.TEXT
    fill_in: bool = False
    needed: bool = False
    """The sheet is refused without this heading."""
    hidden: bool = False
    also: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    max_length: int = MAX_TEXT

    @cached_property
    def lookup(self) -> dict[str, str]:
        """What is stored for everything a choice may be called, folded."""
        return {
            folded(text): choice.value
            for choice in reversed(self.choices)
            for text in (*choice.also, choice.value, choice.shown)
        }

    @property
    def allowed(self) -> str:
        """What may stand in a cell, as a phrase: “A, B or C”."""
        if self.kind == Kind.DATE:
            return DATE_EXAMPLE
        if self.kind == Kind.CHOICE:
            return either([choice.shown for choice in self.choices])
        return f"text of at most {self.max_length:,} characters"


def folded(text: str) -> str:
    """Text as it is compared: any case, single spaces."""
    return " ".join(text.split()).casefold()


def either(words: Sequence[str]) -> str:
    """A, B or C"""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} or {words[-1]}"


def area_key(code: str) -> str:
    return f"area:{code}"


def pupil_columns(framework: FrameworkContent) -> tuple[Column, ...]:
    """The columns of the Pupils sheet for a framework, in order."""
    return (*ABOUT_THE_PUPIL, *decision_columns(framework), *CHANGE, *HIDDEN)


ABOUT_THE_PUPIL = (
    Column("surname", "Surname", 18),
    Column("forename", "Forename", 16),
    Column("upn", "UPN", 16),
    Column("reference", "Pupil reference", 16, also=("reference",)),
    Column("date_of_birth", "Date of birth", 13, kind=Kind.DATE),
    Column("year_group", "Year", 7, also=("year group", "NCY")),
    Column("need", "Need", 8, also=("primary need",)),
    Column("plan", "Plan", 13),
    Column("last_band", "Last band", 11),
)


def decision_columns(framework: FrameworkContent) -> tuple[Column, ...]:
    areas = (
        Column(
            area_key(area.code),
            area.name,
            16,
            "The level whose descriptor fits best. The descriptors are on the Guidance sheet.",
            kind=Kind.CHOICE,
            fill_in=True,
            needed=True,
            also=(area.code, f"{area.name} level"),
            choices=tuple(Choice(level.code, level.code) for level in area.levels),
        )
        for area in framework.areas
    )
    bands = tuple(Choice(band.code, band.code, (band.name,)) for band in framework.bands)
    return (
        *areas,
        Column(
            "band",
            "Band",
            9,
            "The band you decide on. Blank means: not decided yet.",
            kind=Kind.CHOICE,
            fill_in=True,
            needed=True,
            also=("this time", "new band"),
            choices=bands,
        ),
        Column(
            "difference_reason",
            "Reason",
            28,
            "Why the band is not the one your levels suggest. Needed when it is another one.",
            fill_in=True,
            needed=True,
            also=("reason for another band",),
        ),
        Column(
            "rationale",
            "Rationale",
            36,
            "Anything a moderator should know about how you decided. You may leave it blank.",
            fill_in=True,
            needed=True,
        ),
    )


CHANGE = (
    Column(
        "change",
        "Change",
        14,
        "Only for a pupil who has left, is not your pupil, or is staying on after the last year "
        "group. Blank means: nothing new. To undo a change, use the return's page.",
        kind=Kind.CHOICE,
        fill_in=True,
        needed=True,
        choices=tuple(Choice(change.value, change.label) for change in PupilChange),
    ),
    Column(
        "change_date",
        "Date of change",
        14,
        f"The date the pupil left: {DATE_EXAMPLE}.",
        kind=Kind.DATE,
        fill_in=True,
        needed=True,
        also=("change date", "date left"),
    ),
    Column(
        "change_reason",
        "Reason for change",
        28,
        "Why the pupil is not yours, is staying on or needs no band.",
        fill_in=True,
        needed=True,
        also=("change reason",),
    ),
)
HIDDEN = (
    Column(KEY, "Row", 8, needed=True, hidden=True),
    Column(MARK, "Template", 8, needed=True, hidden=True),
)
ERRORS_COLUMN = Column(ERRORS, "Errors", 60)
PLANS = tuple(Choice(plan.value, plan.label) for plan in PlanType)
NEEDS = tuple(Choice(need.value, need.value, (need.label,)) for need in PrimaryNeed)
JOINER_COLUMNS = (
    Column(
        "surname",
        "Surname",
        18,
        "As on the register.",
        fill_in=True,
        needed=True,
        max_length=80,
    ),
    Column(
        "forename",
        "Forename",
        16,
        "As on the register.",
        fill_in=True,
        needed=True,
        max_length=80,
    ),
    Column(
        "upn",
        "UPN",
        16,
        "13 characters. Leave it blank if you do not know it.",
        fill_in=True,
        max_length=20,
    ),
    Column(
        "date_of_birth",
        "Date of birth",
        14,
        f"{DATE_EXAMPLE.capitalize()}.",
        kind=Kind.DATE,
        fill_in=True,
        needed=True,
    ),
    Column(
        "joined_on",
        "Date joined",
        14,
        "The pupil's first day at your school.",
        kind=Kind.DATE,
        fill_in=True,
        needed=True,
        also=("joined",),
    ),
    Column(
        "plan_type",
        "Plan",
        14,
        "The plan the pupil has now.",
        kind=Kind.CHOICE,
        fill_in=True,
        needed=True,
        choices=PLANS,
    ),
    Column(
        "primary_need",
        "Need",
        10,
        "The code of the primary need. You may leave it blank.",
        kind=Kind.CHOICE,
        fill_in=True,
        also=("primary need",),
        choices=NEEDS,
    ),
)

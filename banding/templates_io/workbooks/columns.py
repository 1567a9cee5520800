"""The columns of both sheets of a template, and how much one may hold. Pure.

Writing, reading, the Guidance sheet and the words of every error come from these tables, so
that they can't say different things. To add a column, add it here.
"""

from dataclasses import dataclass

from banding.assessment.rules import LONGEST_RATIONALE, LONGEST_REASON
from banding.choices import PupilChange
from banding.frameworks.suggestion import Band, FrameworkRules
from banding_portal.files.columns import Column
from banding_portal.files.headings import ERRORS
from banding_portal.files.kinds import Choice, Date, OneOf, Text
from banding_portal.files.limits import Limits
from schools.kinds import BIRTH_DATE, PLAN_TYPE, PRIMARY_NEED, UPN

PUPILS, JOINERS, GUIDANCE = "Pupils", "Joiners", "Guidance"
KEY, MARK, ANSWERS = "key", "mark", "answers"
AREA = "area:"
LIMITS = Limits()
MISSING_ADVICE = "Copy your answers into a fresh template, or put the column back."
BESIDE = {
    "difference_reason": ("band",),
    "change": ("change_date", "change_reason"),
    "change_date": ("change",),
    "change_reason": ("change",),
}
"""Cells that are corrected together on screen: a problem of one may lie in the other."""
WHY = Text(LONGEST_REASON, lines=True)


@dataclass(frozen=True)
class TemplateMark:
    """Which template a sheet is (rules.md T2): written into a hidden cell of every row, so that a
    sheet saved as CSV carries it too.
    """

    collection: str
    urn: str
    version: int
    signature: str

    def __str__(self) -> str:
        return f"{self.collection}/{self.urn}/{self.version}/{self.signature}"

    @classmethod
    def parse(cls, text: str) -> "TemplateMark | None":
        """The mark in a cell, or None where the text is none."""
        parts = text.strip().split("/")
        if len(parts) != 4 or not (parts[2].isascii() and parts[2].isdigit()):
            return None
        collection, urn, version, signature = parts
        return cls(collection, urn, int(version[:6]), signature)


def area_key(code: str) -> str:
    return f"{AREA}{code}"


def choice_of(band: Band) -> Choice:
    return Choice(band.code, band.code, (band.name,), words=band.summary)


def given(key: str, heading: str, width: int, *also: str, **more: object) -> Column:
    """A column we fill in and lock."""
    return Column(key, heading, also=also, needed=False, given=True, width=width, **more)  # type: ignore[arg-type]


ABOUT_THE_PUPIL = (
    given("surname", "Surname", 18),
    given("forename", "Forename", 16),
    given("upn", "UPN", 16, kind=UPN),
    given("reference", "Pupil reference", 16, "reference"),
    given("date_of_birth", "Date of birth", 13, kind=BIRTH_DATE),
    given("year_group", "Year", 7, "year group", "NCY"),
    given("need", "Need", 8, "primary need"),
    given("plan", "Plan", 13),
    given("last_band", "Last band", 11),
)
CHANGE = (
    Column(
        "change",
        "Change",
        OneOf([Choice(change.value, change.label) for change in PupilChange]),
        width=14,
        help="Only for a pupil who has left, is not your pupil, or is staying on after the last "
        "year group. Blank means: nothing new. To undo a change, use the return’s page.",
    ),
    Column(
        "change_date",
        "Date of change",
        Date(),
        also=("change date", "date left"),
        width=14,
        help="The date the pupil left.",
    ),
    Column(
        "change_reason",
        "Reason for change",
        WHY,
        also=("change reason",),
        width=28,
        help="Why the pupil is not yours, is staying on or needs no band.",
    ),
)
HIDDEN = (
    Column(KEY, "Row", given=True, hidden=True, width=8),
    Column(MARK, "Template", given=True, hidden=True, width=8),
)
FIXED_COLUMNS = (*ABOUT_THE_PUPIL, *CHANGE, *HIDDEN)
"""What every Pupils sheet has, whatever the framework."""
ERRORS_COLUMN = Column("errors", ERRORS, given=True, width=60)


def pupil_columns(framework: FrameworkRules) -> tuple[Column, ...]:
    """The columns of the Pupils sheet for a framework, in order."""
    return (*ABOUT_THE_PUPIL, *decision_columns(framework), *CHANGE, *HIDDEN)


def decision_columns(framework: FrameworkRules) -> tuple[Column, ...]:
    areas = (
        Column(
            area_key(area.code),
            area.name,
            OneOf(
                [Choice(each.code, each.code, (f"Level {each.code}",)) for each in area.levels],
                numbers=True,
            ),
            also=(area.code, f"{area.name} level"),
            help="The level whose descriptor fits best. The heading has the descriptors as a note.",
        )
        for area in framework.areas
    )
    return (
        *areas,
        Column(
            "band",
            "Band",
            OneOf([choice_of(band) for band in framework.bands]),
            also=("this time", "new band"),
            width=26,
            help="The band you decide on. Blank means: not decided yet.",
        ),
        # Moves with the answers where only they are sorted; sheets issued before have none.
        given(ANSWERS, "Row of the answers", 8, hidden=True),
        Column(
            "difference_reason",
            "Reason",
            WHY,
            also=("reason for another band",),
            width=28,
            help="Why the band differs from the one your levels suggest. Needed only when it does.",
        ),
        Column(
            "rationale",
            "Rationale",
            Text(LONGEST_RATIONALE, lines=True),
            width=36,
            help="Anything a moderator should know about how you decided. You may leave it blank.",
        ),
    )


JOINER_COLUMNS = (
    Column("surname", "Surname", Text(80), filled=True, width=18, help="As on the register."),
    Column("forename", "Forename", Text(80), filled=True, help="As on the register."),
    Column("upn", "UPN", UPN, needed=False, help="Leave it blank if you do not know it. It is"),
    Column("date_of_birth", "Date of birth", BIRTH_DATE, filled=True, width=14),
    Column(
        "joined_on",
        "Date joined",
        Date(),
        also=("joined",),
        filled=True,
        width=14,
        help="The pupil’s first day at your school.",
    ),
    Column(
        "plan_type",
        "Plan",
        PLAN_TYPE,
        filled=True,
        width=14,
        help="The plan the pupil has now.",
    ),
    Column(
        "primary_need",
        "Need",
        PRIMARY_NEED,
        also=("primary need",),
        needed=False,
        width=10,
        help="The code of the primary need. You may leave it blank.",
    ),
)

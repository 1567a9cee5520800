"""Some 600 invented pupils, brought in as a caseload file through the import itself."""

import csv
import datetime as dt
import io
import random
from pathlib import Path
from typing import Any

from django.conf import settings

from banding.caseload.columns import COLUMNS
from banding.caseload.services import import_caseload
from banding.demo.names import FORENAMES, SURNAMES
from banding.frameworks.services import import_framework
from banding_portal.demo.clock import acting
from banding_portal.demo.files import load
from banding_portal.demo.timeline import Term, Timeline
from banding_portal.roles import Role
from schools.choices import PlanType, Sector
from schools.identifiers import check_letter
from schools.models import School, User
from schools.register_rules import year_group_of, year_groups_of_school

FRAMEWORKS = Path(__file__).parent / "frameworks"
NEEDS, TOP_UP = "westmere-needs", "westmere-top-up"
OTHER_LA = "998"
SIZES: dict[str, int] = {
    Sector.SPECIAL: 28,
    Sector.ALTERNATIVE_PROVISION: 9,
    Sector.EARLY_YEARS: 4,
    Sector.POST_16: 14,
    Sector.INDEPENDENT: 8,
    Sector.OUT_OF_SCHOOL: 3,
}
PRIMARY_SIZE, SECONDARY_SIZE = 12, 16
# How many of a hundred mainstream pupils have an EHCP; elsewhere nearly all of them have one.
EHCP_PERCENT: dict[str, int] = {Sector.MAINSTREAM: 65, Sector.EARLY_YEARS: 60}
BANDS: dict[str, str] = {
    Sector.SPECIAL: "2233334444",
    Sector.MAINSTREAM: "1111222334",
    Sector.INDEPENDENT: "3344",
}
NEEDS_OF: dict[str, tuple[str, ...]] = {
    Sector.SPECIAL: ("ASD", "SLD", "PMLD", "SEMH", "SLCN"),
    Sector.ALTERNATIVE_PROVISION: ("SEMH", "SEMH", "ASD"),
}
USUAL_NEEDS = ("ASD", "SLCN", "SLCN", "SEMH", "MLD", "SPLD", "HI", "VI", "PD", "DS")
MOVERS, OVERLAPS, NEWCOMERS, LEAVERS, ELSEWHERE, WITHOUT_UPN, YEAR_BEHIND = 8, 3, 4, 16, 12, 5, 4


def seed_pupils(timeline: Timeline) -> None:
    """Load the frameworks, then import the caseload as an officer would."""
    for name in ("top_up", "needs"):
        content = (FRAMEWORKS / f"{name}.json").read_bytes()
        load(import_framework, filename="framework.json", content=content, publish=True)
    officer = User.objects.filter(memberships__role=Role.SEND_OFFICER).get()
    rows = Caseload(timeline).rows()
    with acting(officer, timeline.last_term.day(2)):
        load(import_caseload, filename="caseload.csv", content=as_csv(rows), by=officer)


def as_csv(rows: list[dict[str, Any]]) -> bytes:
    out = io.StringIO(newline="")
    lines = csv.DictWriter(out, [column.heading for column in COLUMNS])
    lines.writeheader()
    lines.writerows(rows)
    return out.getvalue().encode()


class Caseload:
    """Makes the rows, always the same ones in an academic year."""

    def __init__(self, timeline: Timeline) -> None:
        self.dice = random.Random("westmere pupils")  # noqa: S311 (not a secret)
        self.year = timeline.academic_year
        self.term: Term = timeline.term
        self.recorded_in = timeline.last_term.academic_year
        self.schools = list(School.objects.order_by("urn"))
        self.count = 0

    def rows(self) -> list[dict[str, Any]]:
        """Every school's pupils, and among them what happens in any authority."""
        rows = [self.pupil(school) for school in self.schools for _ in range(size_of(school))]
        settled = [row for row in rows if row["placement_start"] < self.term.start]
        chosen = self.dice.sample(settled, MOVERS + OVERLAPS + ELSEWHERE + WITHOUT_UPN)
        for row in chosen[MOVERS + OVERLAPS : MOVERS + OVERLAPS + ELSEWHERE]:
            row["responsible_la"] = OTHER_LA
        for row in chosen[-WITHOUT_UPN:]:
            row["upn"] = ""
        of_school_age = [row for row in settled if 1 <= year_group(row, self.year) <= 11]
        for row in self.dice.sample(of_school_age, YEAR_BEHIND):
            row["ncy"] = year_group(row, self.year) - 1 - (self.year - self.recorded_in)
        moved = [
            self.moves(row, ends=place < MOVERS)
            for place, row in enumerate(chosen[: MOVERS + OVERLAPS])
        ]
        return [*rows, *moved, *self.leavers(), *self.newcomers()]

    def pupil(self, school: School, year_group: int | None = None) -> dict[str, Any]:
        """A pupil on roll now, since the first year group of the school or later."""
        groups = year_groups_of_school(school.low_age, school.high_age)
        if year_group is None:
            year_group = self.dice.choice(groups[:15])
        entry = self.year - (year_group - groups[0])
        start = dt.date(self.dice.randint(max(entry, self.year - 5), self.year), 9, 1)
        ehcp = self.dice.randrange(100) < EHCP_PERCENT.get(school.sector, 100)
        # At SEN Support a band comes from moderation, so most were there for a round before.
        applies = not ehcp and school.sector == Sector.MAINSTREAM
        if applies and entry < self.year:
            start = min(start, dt.date(self.year - 1, 9, 1))
        plan_start = start - dt.timedelta(days=self.dice.randrange(20, 300)) if ehcp else start
        self.count += 1
        return {
            "pupil_id": f"{settings.LA_CODE}-{self.count:06d}",
            "upn": self.upn(),
            "surname": self.dice.choice(SURNAMES),
            "forename": self.dice.choice(FORENAMES),
            "date_of_birth": self.birthday(year_group),
            "ncy": "",
            "school_urn": school.urn,
            "placement_start": start,
            "placement_end": "",
            "plan_type": PlanType.EHCP if ehcp else PlanType.SEN_SUPPORT,
            "plan_start": plan_start,
            "plan_end": "",
            "primary_need": self.dice.choice(NEEDS_OF.get(school.sector, USUAL_NEEDS)),
            "responsible_la": settings.LA_CODE,
            **self.band(school, start, is_known=not applies),
        }

    def band(self, school: School, start: dt.date, *, is_known: bool) -> dict[str, Any]:
        """What the authority had agreed before the portal; nothing of who has to apply."""
        code = self.dice.choice(BANDS.get(school.sector, "1112222334"))
        known = {"band_framework": TOP_UP, "band": code, "band_effective_from": start}
        return known if is_known else dict.fromkeys(known, "")

    def upn(self) -> str:
        rest = f"{settings.LA_CODE}{self.dice.randrange(2001, 2041)}24{self.count:03d}"
        return check_letter(rest) + rest

    def birthday(self, year_group: int) -> dt.date:
        """A day that makes this the year group now (rules.md S5)."""
        first = dt.date(self.year - year_group - 5, 9, 1)
        return first + dt.timedelta(days=self.dice.randrange(365))

    def moves(self, row: dict[str, Any], *, ends: bool) -> dict[str, Any]:
        """The pupil begins at another school of the sort this term; an overlap where the first
        placement does not end.
        """
        own = next(school for school in self.schools if school.urn == row["school_urn"])
        alike = [s for s in self.schools if s.phase == own.phase and s.sector == own.sector]
        other = self.dice.choice([s for s in alike if s != own] or alike)
        if ends:
            row["placement_end"] = self.term.start - dt.timedelta(days=1)
        start = self.term.day(self.dice.randrange(0, 20))
        there = {"school_urn": other.urn, "placement_start": start, "placement_end": ""}
        return row | there

    def leavers(self) -> list[dict[str, Any]]:
        """Pupils who reached the end of their school last August."""
        primaries = [school for school in self.schools if school.phase == "Primary"]
        rows = []
        for place in range(LEAVERS):
            school = primaries[place % len(primaries)]
            last = year_groups_of_school(school.low_age, school.high_age)[-1]
            row = self.pupil(school, year_group=last + 1)
            start = dt.date(self.year - 1 - place % 3, 9, 1)
            dates = {"placement_start": start}
            if row["band"]:
                dates["band_effective_from"] = start
            rows.append(row | dates | {"placement_end": dt.date(self.year, 8, 31)})
        return rows

    def newcomers(self) -> list[dict[str, Any]]:
        """Pupils who began this term and have no agreed band yet."""
        rows = []
        for school in self.schools[2 : 2 + NEWCOMERS]:
            row = self.pupil(school)
            start = self.term.day(1)
            nothing = {"band_framework": "", "band": "", "band_effective_from": ""}
            plan = {"plan_type": PlanType.EHCP, "plan_start": start - dt.timedelta(days=60)}
            rows.append(row | nothing | plan | {"placement_start": start})
        rows.append(self.may_be_applied_for())
        return rows

    def may_be_applied_for(self) -> dict[str, Any]:
        """At SEN Support since this term, at the school of the account to sign in with."""
        plan = {"plan_type": PlanType.SEN_SUPPORT, "plan_start": self.term.day(1)}
        nothing = {"band_framework": "", "band": "", "band_effective_from": ""}
        return self.pupil(self.schools[0]) | plan | nothing


def size_of(school: School) -> int:
    """How many of a school's pupils the authority funds."""
    if school.sector == Sector.MAINSTREAM:
        return PRIMARY_SIZE if school.phase == "Primary" else SECONDARY_SIZE
    return SIZES[school.sector]


def year_group(row: dict[str, Any], year: int) -> int:
    return year_group_of(row["date_of_birth"], year)

"""Roll over to a new academic year."""

import argparse
import re
from typing import Any

import pghistory
from django.core.management.base import CommandParser
from django.utils import timezone

from banding.roll_over.selectors import PhaseLeaver
from banding.roll_over.services import RollOver, preview_roll_over, roll_over
from banding_portal.commands import PortalCommand
from banding_portal.words import day
from schools.register_rules import academic_year_name, academic_year_of


def academic_year(text: str) -> int:
    """For `type=`: the calendar year in which 2027-28 begins."""
    match = re.fullmatch(r"(20\d{2})-\d{2}", text, re.ASCII)
    if not match or academic_year_name(int(match[1])) != text:
        raise argparse.ArgumentTypeError(f"{text} is not an academic year, such as 2027-28.")
    return int(match[1])


class Command(PortalCommand):
    help = "End the placements of pupils who reached their school's last year group (S7)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to",
            type=academic_year,
            required=True,
            metavar="YEAR",
            help="the academic year that begins, such as 2027-28",
        )
        parser.add_argument("--dry-run", action="store_true", help="say who would leave, only")

    def handle(self, *, to: int, dry_run: bool, **options: Any) -> None:
        now = academic_year_of(timezone.localdate())
        if to < now:
            # It would end placements of pupils who have long been in another year group.
            gone, this = academic_year_name(to), academic_year_name(now)
            self.refuse([f"{gone} is over. Choose {this}, which is now, or a later year."])
        if dry_run:
            found = preview_roll_over(to)
        else:
            with pghistory.context(command="roll_year", to=academic_year_name(to)):
                found = roll_over(to)
        self.done(as_data(found, dry_run), sentence(found, dry_run))


def as_data(found: RollOver, dry_run: bool) -> dict[str, Any]:
    """Counts, and who: by reference and URN, for names do not belong into a log."""
    return {
        "to": found.name,
        "leavers": len(found.leavers),
        "staying": len(found.staying),
        "dry_run": dry_run,
        "leaving_pupils": [entry(each) for each in found.leavers],
        "staying_pupils": [{**entry(each), "reason": each.reason} for each in found.staying],
    }


def entry(each: PhaseLeaver) -> dict[str, Any]:
    return {
        "pupil_id": each.placement.pupil.reference,
        "school_urn": each.placement.school.urn,
        "year_group": each.year_group,
    }


def sentence(found: RollOver, dry_run: bool) -> str:
    leavers, staying = len(found.leavers), len(found.staying)
    end = "would end" if dry_run else ("ends" if leavers == 1 else "end")
    text = (
        f"{leavers:,} placement{'' if leavers == 1 else 's'} {end} on {day(found.last_day)}; "
        f"{staying:,} pupil{' stays' if staying == 1 else 's stay'} on."
    )
    return f"{text} Nothing has been changed." if dry_run else text

"""Roll over to a new academic year."""

import argparse
import re
from typing import Any

import pghistory
from django.core.management.base import CommandParser
from django.utils import timezone

from banding.choices import RollOverKind
from banding.roll_over.rules import why_early, why_not_to
from banding.roll_over.services import RolledOver, preview_roll_over, roll_over
from banding_portal.commands import PortalCommand
from banding_portal.words import counted, day
from schools.register_rules import academic_year_name


def academic_year(text: str) -> int:
    """For `type=`: the calendar year in which 2027-28 begins."""
    match = re.fullmatch(r"(20\d{2})-\d{2}", text, re.ASCII)
    if not match or academic_year_name(int(match[1])) != text:
        raise argparse.ArgumentTypeError(f"{text} is not an academic year, such as 2027-28.")
    return int(match[1])


class Command(PortalCommand):
    help = "End the placements of pupils who reached their school’s last year group, or 25 (S7)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to",
            type=academic_year,
            required=True,
            metavar="YEAR",
            help="the academic year that begins, such as 2027-28",
        )
        parser.add_argument("--dry-run", action="store_true", help="only say who would leave")
        parser.add_argument(
            "--early", action="store_true", help="roll over though the summer term is not over"
        )
        parser.add_argument(
            "--end-ceased",
            action="store_true",
            help="also end the placements of pupils whose plan has ended",
        )

    def handle(
        self, *, to: int, dry_run: bool, early: bool, end_ceased: bool, **options: Any
    ) -> None:
        today = timezone.localdate()
        if problem := why_not_to(to, today):
            self.refuse([problem])
        if dry_run:
            found = preview_roll_over(new_year=to, ends_ceased=end_ceased)
        elif (problem := why_early(to, today)) and not early:
            self.refuse([f"{problem} Give --early to roll over now all the same."])
        else:
            with pghistory.context(command="roll_year", to=academic_year_name(to)):
                found = roll_over(
                    new_year=to,
                    is_early=early,
                    ends_ceased=end_ceased,
                    by=None,
                    progress=self.progress,
                )
        self.done(as_data(found, dry_run), sentence(found, dry_run))


def as_data(found: RolledOver, dry_run: bool) -> dict[str, Any]:
    """Counts, and who: by reference and URN, for names do not belong into a log.

    `leavers` are the phase leavers (S7); who has turned 25 and whose plan has ended are apart.
    """
    leaving, staying = found.of(RollOverKind.LEAVES), found.of(RollOverKind.STAYS)
    turned_25, ceased = found.of(RollOverKind.TURNED_25), found.of(RollOverKind.CEASED)
    return {
        "to": found.name,
        "leavers": len(leaving),
        "staying": len(staying),
        "turned_25": len(turned_25),
        "plans_ended": len(found.plans),
        "ceased": len(ceased),
        "dry_run": dry_run,
        "leaving_pupils": [entry(each) for each in leaving],
        "staying_pupils": [{**entry(each), "reason": each.reason} for each in staying],
        "turned_25_pupils": [entry(each) for each in turned_25],
        "ceased_pupils": [{**entry(each), "plan_ended": each.plan_ended} for each in ceased],
    }


def entry(row: Any) -> dict[str, Any]:
    return {
        "pupil_id": row.pupil.reference,
        "school_urn": row.school.urn,
        "year_group": row.year_group,
    }


def sentence(found: RolledOver, dry_run: bool) -> str:
    ending, staying = len(found.of(*found.ended)), len(found.of(RollOverKind.STAYS))
    end = "would end" if dry_run else ("ends" if ending == 1 else "end")
    text = (
        f"{counted(ending, 'placement')} {end} on {day(found.last_day)}; "
        f"{counted(staying, 'pupil')} {'stays' if staying == 1 else 'stay'} on."
    )
    return f"{text} Nothing has been changed." if dry_run else text

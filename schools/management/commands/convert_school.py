"""Moves what belongs to a closed school to the school it became."""

from typing import Any

from django.core.management.base import CommandParser

from banding_portal.commands import PortalCommand
from schools.models import School, User
from schools.selectors.conversions import conversion_of
from schools.services.conversions import Moved, convert_school
from schools.services.corrections import what_would_happen


class Command(PortalCommand):
    help = (
        "Move pupils, roles and the quadrant of a closed school to the school it became. Of a "
        "school that was split the pupils stay until somebody says on its page which goes where."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("urn", help="of the school that closed")
        parser.add_argument("--user", metavar="EMAIL", required=True, help="the officer")
        parser.add_argument(
            "--end-roles", action="store_true", help="end the roles at the closed school today"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")

    def handle(
        self, *, urn: str, user: str, end_roles: bool, dry_run: bool, **options: Any
    ) -> None:
        school = School.objects.filter(urn=urn).first()
        by = User.objects.filter(email=user.strip().lower(), is_active=True).first()
        if school is None or by is None:
            no_school = [] if school else [f"There is no school with the URN {urn}."]
            self.refuse(no_school + ([] if by else [f"There is nobody with the address {user}."]))
        found = conversion_of(school)
        roles = {each.pk: found.successors for each in found.roles} if found else {}
        moved = Moved()

        def convert() -> None:
            done = convert_school(school=school, roles=roles, ends_roles=end_roles, by=by)
            moved.said, moved.record = done.said, done.record

        heard = what_would_happen(convert)
        said = [*moved.said, *heard]
        if not dry_run:
            convert()
        kept = None if dry_run or moved.record is None else str(moved.record.pk)
        words = "Nothing has been changed." if dry_run else f"Moved from {school}."
        self.done({"record": kept, "said": said}, "\n".join([*said, words]))

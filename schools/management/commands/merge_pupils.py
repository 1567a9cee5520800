"""Merges two records of one child."""

from typing import Any

from django.core.management.base import CommandParser

from banding_portal.commands import PortalCommand
from schools.choices import Fact
from schools.models import Pupil, User
from schools.services.merges import merge_pupils


class Command(PortalCommand):
    help = "Merge two records of the same child. It can be taken back on the pupil’s page."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kept", metavar="REFERENCE", help="of the record that stands")
        parser.add_argument("dropped", metavar="OTHER", help="reference of the other record")
        parser.add_argument("--reason", required=True)
        parser.add_argument("--user", metavar="EMAIL", required=True, help="the officer")
        parser.add_argument(
            "--take",
            nargs="*",
            default=[],
            choices=Fact.values,
            help="facts that are right in the other record",
        )

    def handle(
        self, *, kept: str, dropped: str, reason: str, user: str, take: list[str], **options: Any
    ) -> None:
        found = {
            each.reference: each for each in Pupil.objects.filter(reference__in=[kept, dropped])
        }
        by = User.objects.filter(email=user.strip().lower(), is_active=True).first()
        missing = [f"There is no pupil {each}." for each in (kept, dropped) if each not in found]
        if by is None:
            missing.append(f"There is nobody with the address {user}.")
        if missing or by is None:
            self.refuse(missing)
        merge = merge_pupils(
            kept=found[kept], dropped=found[dropped], take=take, reason=reason, by=by
        )
        self.done(
            {"merge": str(merge.pk), "said": merge.said},
            "\n".join([f"{dropped} is merged into {kept}.", *merge.said]),
        )

"""Lists the records that are or may be of one child."""

from typing import Any

from banding_portal.commands import PortalCommand
from schools.selectors.matches import possible_duplicates


class Command(PortalCommand):
    help = "List pairs of pupils that are, or may be, the same child; the surest first."

    def handle(self, **options: Any) -> None:
        found = possible_duplicates()
        pairs = [
            {
                "strength": each.match.strength.value,
                "references": [each.one.reference, each.other.reference],
                "why": str(each.match),
            }
            for each in found
        ]
        lines = [
            f"{each.match.strength.label}: {each.one.reference} and {each.other.reference}. "
            f"{each.match}."
            for each in found
        ]
        said = "\n".join(lines) or "No two records look like the same child."
        self.done({"pairs": pairs}, said)

"""Makes a collection and its returns (interfaces.md)."""

import datetime as dt
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction
from django.utils import timezone

from banding.choices import CollectionKind, RoundList
from banding.collections.services import open_collection, problems_to_open, problems_with_names
from banding.frameworks.selectors import find_framework
from banding.models import Collection, ReturnPupil
from banding.rounds.selectors import count_parts, is_round
from banding_portal.commands import PortalCommand, a_date
from banding_portal.refusals import RefusalError
from banding_portal.words import counted, day

PRINTED = {
    "rolled_forward": RoundList.CARRYING_ON,
    "phase_leavers": RoundList.LEAVING,
    "without_band": RoundList.TO_TELL,
    "other_authorities": "others",
    "taken_off": "taken_off",
}
"""The parts of a round (B10) under the names of the command's output."""
SAID = {
    RoundList.CARRYING_ON: "carrying on",
    RoundList.LEAVING: "leaving",
    RoundList.TO_TELL: "without a band",
}
REST = {"others": "of other authorities", "taken_off": "taken off in the summer"}
"""Said where there are any."""


class Command(PortalCommand):
    help = "Open a collection: a return for every school of the sectors that has pupils."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--code", required=True)
        parser.add_argument("--name", required=True)
        parser.add_argument("--kind", required=True, choices=CollectionKind.values)
        parser.add_argument(
            "--framework", required=True, help="Its code, or code:version for another version."
        )
        parser.add_argument("--sectors", required=True, help="Codes with commas between them.")
        for name in ("reference-date", "opens", "deadline"):
            parser.add_argument(f"--{name}", required=True, type=a_date)
        for name in ("processing", "moderation", "feedback"):
            parser.add_argument(f"--{name}", type=a_date, help="a day of a round, if known")
        parser.add_argument(
            "--late", action="store_true", help="open it though its deadline has passed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        framework = find_framework(options["framework"], options["reference_date"])
        names = {name: options[name] for name in ("code", "name", "kind")}
        asked = {
            "sectors": [s.strip() for s in options["sectors"].split(",") if s.strip()],
            "reference_date": options["reference_date"],
            "opens_on": options["opens"],
            "deadline": options["deadline"],
        }
        late = [] if options["late"] else why_late(options["deadline"])
        if framework is None:
            unknown = f"There is no framework with the code {options['framework']}."
            others = problems_with_names(**names) + problems_to_open(None, **asked)
            self.refuse([unknown, *others, *late])
        later = {
            "processing_from": options["processing"],
            "moderation_from": options["moderation"],
            "feedback_on": options["feedback"],
        }
        with transaction.atomic():
            try:
                collection = open_collection(framework=framework, **names, **asked, **later)
            except RefusalError as refusal:
                self.refuse([*refusal.problems, *late])
            if late:
                self.refuse(late)
            data, said = opened(collection)
        self.done(data, said)


def why_late(deadline: dt.date) -> list[str]:
    """What the screen asks about as well: schools could not submit."""
    if deadline >= timezone.localdate():
        return []
    passed = f"The deadline, {day(deadline)}, has passed already: schools could not submit."
    return [f"{passed} Give --late to open it all the same."]


def opened(collection: Collection) -> tuple[dict[str, Any], str]:
    """What was opened, as counts and as a sentence."""
    returns = collection.returns.count()
    pupils = ReturnPupil.objects.filter(pupil_return__collection=collection).count()
    data = {"collection": collection.code, "returns": returns, "pupils": pupils}
    said = f"{collection.name} is open with {counted(returns, 'return')} and "
    said += counted(pupils, "pupil")
    if is_round(collection):
        counts = count_parts(collection)
        data |= {name: counts[part] for name, part in PRINTED.items()}
        shown = SAID | {part: words for part, words in REST.items() if counts[part]}
        parts = ", ".join(f"{words} {counts[part]:,}" for part, words in shown.items())
        said = f"{said}: {parts}"
    return data, f"{said}."

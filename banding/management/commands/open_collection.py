"""Makes a collection and its returns (interfaces.md)."""

from typing import Any

from django.core.management.base import CommandParser
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

    def handle(self, *args: Any, **options: Any) -> None:
        framework = find_framework(options["framework"], options["reference_date"])
        names = {name: options[name] for name in ("code", "name", "kind")}
        asked = {
            "sectors": [s.strip() for s in options["sectors"].split(",") if s.strip()],
            "reference_date": options["reference_date"],
            "opens_on": options["opens"],
            "deadline": options["deadline"],
        }
        if framework is None:
            unknown = f"There is no framework with the code {options['framework']}."
            others = problems_with_names(**names) + problems_to_open(None, **asked)
            self.refuse([unknown, *others])
        later = {
            "processing_from": options["processing"],
            "moderation_from": options["moderation"],
            "feedback_on": options["feedback"],
        }
        try:
            collection = open_collection(framework=framework, **names, **asked, **later)
        except RefusalError as refusal:
            self.refuse(refusal.problems)
        # The screen asks first; whoever runs a command reads it and can close it again.
        if collection.deadline < timezone.localdate():
            late = f"The deadline, {day(collection.deadline)}, has passed already"
            self.stderr.write(f"{late}: no school can submit unless it is given more time.")
        data, said = opened(collection)
        self.done(data, said)


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

"""Two frameworks compared word by word (rules.md B1), each as `framework_as_data` has it. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from banding.choices import CombineKind
from banding.evidence.rules import HOURS
from schools.choices import PlanType

SAME, GONE, NEW = "same", "gone", "new"
DIFFERS = "differs"
PLAN_WORDS = dict(PlanType.choices)
COMBINE_WORDS: dict[str, str] = {
    CombineKind.HIGHEST_NEED: "Each level points to a band. "
    "The highest band among the levels chosen is suggested.",
    CombineKind.BEST_FIT: "Each level points to a band. "
    "The band most areas point to is suggested; of bands that tie, the higher one.",
    CombineKind.WEIGHTED_SUM: "Each level has points. An area’s points are multiplied by its "
    "weight, up to the most the area can count. The total says which band is suggested.",
}


@dataclass(frozen=True)
class Piece:
    """Some words: in both, only in the old text (gone) or only in the new one."""

    words: str
    kind: str


@dataclass(frozen=True)
class TextChange:
    """One text that is new, gone, or differs."""

    label: str
    kind: str
    pieces: list[Piece]


@dataclass(frozen=True)
class SectionChange:
    title: str
    changes: list[TextChange]


@dataclass(frozen=True)
class Comparison:
    """What differs between two frameworks, and how many of their texts do not."""

    sections: list[SectionChange]
    same: int

    @property
    def differ(self) -> int:
        return sum(len(section.changes) for section in self.sections)


Texts = dict[tuple[str, str], str]


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> Comparison:
    """Every text of one framework against the text at the same place of the other."""
    before, after = dict(texts_of(old)), dict(texts_of(new))
    sections: dict[str, list[TextChange]] = {}
    same = 0
    for place in in_order(before, after):
        was, now = before.get(place, ""), after.get(place, "")
        if was == now:
            same += 1
            continue
        title, label = place
        kind = DIFFERS if place in before and place in after else (NEW if now else GONE)
        sections.setdefault(title, []).append(TextChange(label, kind, word_changes(was, now)))
    names = {area["code"]: area["name"] for data in (old, new) for area in data["areas"]}
    return Comparison(
        [SectionChange(names.get(key, key), changes) for key, changes in sections.items()], same
    )


def in_order(before: Texts, after: Texts) -> Iterator[tuple[str, str]]:
    """The places of the new framework, each section followed by what only the old one has."""
    titles = dict.fromkeys([title for title, _ in after] + [title for title, _ in before])
    for title in titles:
        yield from (place for place in after if place[0] == title)
        yield from (place for place in before if place[0] == title and place not in after)


def word_changes(old: str, new: str) -> list[Piece]:
    """The words of both texts in reading order; what is gone stands before what is new."""
    was, now = old.split(), new.split()
    pieces = []
    for _, start, end, new_start, new_end in SequenceMatcher(
        None, was, now, autojunk=False
    ).get_opcodes():
        gone, came = was[start:end], now[new_start:new_end]
        if gone == came:
            pieces.append(Piece(" ".join(gone), SAME))
            continue
        pieces += [Piece(" ".join(w), kind) for w, kind in ((gone, GONE), (came, NEW)) if w]
    return pieces


def texts_of(data: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], str]]:
    """Section and label of every text, as a reader meets them. Empty texts are left out."""
    found = (*about(data), *around(data), *bands(data), *areas(data), *examples(data))
    return (((title, label), text) for title, label, text in found if text)


def about(data: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    title = "About the framework"
    yield title, "Name", data["name"]
    yield title, "In effect from", f"{data['effective_from'].day} {data['effective_from']:%B %Y}"
    yield title, "Plans", " and ".join(PLAN_WORDS[code] for code in data["plan_types"])
    yield title, "How the suggested band is worked out", COMBINE_WORDS[data["combine_kind"]]
    yield title, "Between two bands", data["tie_rule"]
    for each in data["thresholds"]:
        yield title, f"Points from which {each['band']} is suggested", str(each["from"])


def around(data: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    title = "Before you choose"
    yield title, "Preamble", data["preamble"]
    yield title, "Beginning of the conditions", data["conditions_lead"]
    for number, condition in enumerate(data["conditions"], start=1):
        yield title, f"Condition {number}", condition
    for each in data["definitions"]:
        yield title, f"What is meant by “{each['term']}”", each["meaning"]
    for each in data["evidence"]:
        told = f"{each['label']}, in hours" if each["kind"] == HOURS else each["label"]
        yield "What an application says", str(each["code"]), f"{told} {each['hint']}".strip()


def bands(data: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for place, band in enumerate(data["bands"], start=1):
        yield "Bands", f"Name of {band['code']}", band["name"]
        yield "Bands", f"What {band['code']} means", band["summary"]
        yield "Bands", f"Place of {band['code']}, from the lowest need", str(place)


def areas(data: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The sections of areas go by the codes, so that one with a new name is still the same."""
    for area in data["areas"]:
        title = area["code"]
        yield title, "Name", area["name"]
        yield title, "Weight", shown(area["weight"])
        yield title, "Most points", shown(area["cap"])
        for level in area["levels"]:
            label = f"Level {level['code']}"
            yield title, label, level["descriptor"]
            yield title, f"{label} points to", level["band"] or ""
            yield title, f"Points of level {level['code']}", shown(level["score"])


def examples(data: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for number, example in enumerate(shown_examples(data["examples"]), start=1):
        label = f"Example {number}"
        yield "Training examples", label, example["pupil"]
        yield "Training examples", f"{label}: band", example["band"]
        yield "Training examples", f"{label}: why", example["why"]


def shown_examples(examples: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those that everybody reads: the others are kept back for calibration (M12)."""
    return [each for each in examples if not each.get("calibration")]


def shown(number: Any) -> str:
    return "" if number is None else f"{number.normalize():f}"

"""Whether the trail and the published runs are as they were sealed and kept (rules.md A1)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from banding_portal.audit_trail.events import event_models
from banding_portal.audit_trail.words import kind_words
from banding_portal.seals.chain import Sealed, breaks, compared
from banding_portal.seals.copy import read_copy
from banding_portal.seals.models import Seal, TrailCheck
from banding_portal.seals.rows import columns_of, hashes_of
from banding_portal.words import counted, day_time


@dataclass(frozen=True, slots=True)
class TrailFound:
    """`events` that were sealed, published `runs`, and a sentence for each thing `broken`."""

    events: int
    runs: int
    waiting: int
    """Events that no seal covers yet."""
    broken: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        return {
            "events": self.events,
            "runs": self.runs,
            "waiting": self.waiting,
            "broken": list(self.broken),
        }


def look_at_trail(copy: Path | None = None) -> TrailFound:
    """Compare every sealed row with its seal, the seals with each other and with the copy outside,
    and every published run with what was kept of it. Changes nothing.

    Where the copy says otherwise, it counts: it lies where the database cannot reach.
    """
    broken = [f"{named(seal)} was changed: {why}." for seal, why in breaks(of_database())]
    outside: dict[int, str] = {}
    if copy:
        outside = {seal.number: seal.digest for seal in read_copy(copy)}
        broken += differing(outside)
    rows = RowsOfTrail()
    believed = of_database() if not outside else believed_seals(copy, outside)
    broken += rows.not_as_sealed(believed)
    runs, of_runs = import_string(settings.PUBLISHED_SOURCE)()
    return TrailFound(rows.count, runs, rows.waiting(), (*broken, *of_runs))


def check_trail() -> TrailCheck:
    """Look at it, and keep what was found for the audit page."""
    copy = settings.AUDIT_COPY
    found = look_at_trail(copy if copy and copy.exists() else None)
    return TrailCheck.objects.create(
        events=found.events, runs=found.runs, broken=list(found.broken)
    )


def of_database() -> Iterator[Sealed]:
    return (seal.sealed() for seal in Seal.objects.iterator(chunk_size=100))


def named(seal: Sealed) -> str:
    return f"Seal {seal.number} ({words_of(seal.kind)}, {day_time(seal.sealed_at)})"


def words_of(kind: str) -> str:
    model = event_models().get(kind)
    return kind_words(model.pgh_tracked_model) if model else kind


def differing(outside: dict[int, str]) -> Iterator[str]:
    """The seals that the copy outside knows otherwise, or that the database has no more."""
    inside = dict(Seal.objects.values_list("number", "digest"))
    for number in sorted(set(range(1, max(outside, default=0))) - outside.keys()):
        yield f"Seal {number} is missing in the copy."
    for number, digest in outside.items():
        if number not in inside:
            yield f"Seal {number} is in the copy and no longer in the database."
        elif inside[number] != digest:
            yield f"Seal {number} in the database is another than in the copy."


def believed_seals(copy: Path | None, outside: dict[int, str]) -> Iterator[Sealed]:
    """Those of the copy, and after them those that it does not have yet."""
    done = 0
    for seal in read_copy(copy) if copy else ():
        if seal.number > done:
            yield seal
            done = seal.number
    rest = Seal.objects.exclude(number__in=outside).iterator(chunk_size=100)
    yield from (seal.sealed() for seal in rest)


class RowsOfTrail:
    """The rows of the trail, stretch by stretch, beside their seals."""

    def __init__(self) -> None:
        self.count = 0
        self.models = event_models()
        self.reached: Counter[str] = Counter()
        """Up to which id each kind is sealed."""

    def not_as_sealed(self, seals: Iterable[Sealed]) -> Iterator[str]:
        replaced = self.replaced()
        for seal in seals:
            after = self.reached[seal.kind]
            if seal.in_place_of is None:
                self.count += len(seal.ids)
                self.reached[seal.kind] = seal.ids[-1]
            else:
                after = seal.ids[0] - 1
            if seal.number not in replaced:
                yield from self.of_stretch(seal, after)

    def replaced(self) -> set[int | None]:
        """Seals whose columns are gone and whose rows another covers, every one of them."""
        pairs = Seal.objects.exclude(in_place_of=None)
        old = Seal.objects.in_bulk(pairs.values_list("in_place_of", flat=True))
        return {
            number
            for number, ids in pairs.values_list("in_place_of", "ids")
            if number is not None
            and number in old
            and ids == old[number].ids
            and self.lost(old[number].sealed())
        }

    def lost(self, seal: Sealed) -> set[str]:
        """The columns of the seal that its table has no more."""
        model = self.models.get(seal.kind)
        return set(seal.columns) - set(columns_of(model)) if model else set()

    def of_stretch(self, seal: Sealed, after: int) -> Iterator[str]:
        kind, model = words_of(seal.kind), self.models.get(seal.kind)
        if model is None:
            yield f"{kind}: the table is gone, and {counted(len(seal.ids), 'sealed change')} in it."
        elif lost := self.lost(seal):
            yield (
                f"{named(seal)} cannot be compared: the columns {', '.join(sorted(lost))} are gone."
            )
        else:
            sealed = seal.by_id
            # More than were sealed: enough to name those that were put between.
            most = 10 * len(sealed) + 100
            found = dict(hashes_of(model, seal.columns, after, seal.ids[-1], most))
            if seal.in_place_of is not None:
                found = {id_: hashed for id_, hashed in found.items() if id_ in sealed}
            for id_, what in compared(sealed, found):
                sealed_at = day_time(seal.sealed_at)
                yield f"{kind}: entry {id_} of the trail was {what} after {sealed_at}."

    def waiting(self) -> int:
        return sum(
            model.objects.filter(pgh_id__gt=self.reached[kind]).count()
            for kind, model in self.models.items()
        )

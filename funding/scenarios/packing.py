"""A reading kept as bytes, so that a changed value is worked out without reading it again. Pure."""

import datetime as dt
import json
import zlib
from fractions import Fraction
from typing import Any
from uuid import UUID

from banding.found_moves import FoundMove, FoundMoves
from funding.scenarios.pricing import (
    BandFacts,
    Caseload,
    Extra,
    Kept,
    PupilFacts,
    SchoolFacts,
    SchoolYear,
    State,
    Term,
)


def packed(caseload: Caseload, bands: tuple[UUID, ...]) -> bytes:
    held = {
        "terms": caseload.terms,
        "states": caseload.states,
        "pupils": caseload.pupils,
        "schools": caseload.schools,
        "bands": caseload.bands,
        "extras": [[pupil, found] for pupil, found in caseload.extras.items()],
        "unbanded": caseload.unbanded,
        "kept": [[pupil, found] for pupil, found in caseload.kept.items()],
        "school_years": [[*key, *found] for key, found in caseload.school_years.items()],
        "phase_end": caseload.phase_end,
        "moderated": packed_moves(caseload.moderated),
        "ids": [str(band) for band in bands],
    }
    return zlib.compress(json.dumps(held, separators=(",", ":")).encode())


def unpacked(content: bytes) -> tuple[Caseload, tuple[UUID, ...]]:
    held = json.loads(zlib.decompress(content))
    caseload = Caseload(
        terms=list(map(Term._make, held["terms"])),
        states=list(map(State._make, held["states"])),
        pupils=list(map(PupilFacts._make, held["pupils"])),
        schools=list(map(SchoolFacts._make, held["schools"])),
        bands=list(map(BandFacts._make, held["bands"])),
        extras={pupil: [Extra(*row) for row in found] for pupil, found in held["extras"]},
        unbanded=list(map(State._make, held["unbanded"])),
        kept={pupil: [Kept(*row) for row in found] for pupil, found in held["kept"]},
        school_years={
            (term, school): SchoolYear(first, upto)
            for term, school, first, upto in held["school_years"]
        },
        phase_end=held["phase_end"],
        moderated=unpacked_moves(held["moderated"]),
    )
    return caseload, tuple(UUID(each) for each in held["ids"])


def packed_moves(found: FoundMoves | None) -> list[Any] | None:
    if found is None:
        return None
    moves = [[*move.weight.as_integer_ratio(), *move[1:]] for move in found.moves]
    return [found.collection, found.drawn_on.isoformat(), found.population, moves]


def unpacked_moves(held: list[Any] | None) -> FoundMoves | None:
    if held is None:
        return None
    collection, day, population, moves = held
    return FoundMoves(
        collection,
        dt.date.fromisoformat(day),
        population,
        [FoundMove(Fraction(above, below), *rest) for above, below, *rest in moves],
    )

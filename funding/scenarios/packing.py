"""A reading kept as bytes, so that a changed value is worked out without reading it again. Pure."""

import json
import zlib
from uuid import UUID

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
        "ids": [str(band) for band in bands],
    }
    return zlib.compress(json.dumps(held, separators=(",", ":")).encode())


def unpacked(content: bytes) -> tuple[Caseload, tuple[UUID, ...]]:
    held = json.loads(zlib.decompress(content))
    caseload = Caseload(
        terms=[Term(*row) for row in held["terms"]],
        states=[State(*row) for row in held["states"]],
        pupils=[PupilFacts(*row) for row in held["pupils"]],
        schools=[SchoolFacts(*row) for row in held["schools"]],
        bands=[BandFacts(*row) for row in held["bands"]],
        extras={pupil: [Extra(*row) for row in found] for pupil, found in held["extras"]},
        unbanded=[State(*row) for row in held["unbanded"]],
        kept={pupil: [Kept(*row) for row in found] for pupil, found in held["kept"]},
        school_years={
            (term, school): SchoolYear(first, upto)
            for term, school, first, upto in held["school_years"]
        },
    )
    return caseload, tuple(UUID(each) for each in held["ids"])

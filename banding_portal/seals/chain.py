"""The chain (pure): each seal holds what a stretch of rows hashes to, and the seal before it.

Whoever changes a row changes what it hashes to. Whoever changes a seal breaks the chain from
there on. Whoever makes the whole chain anew has another head than the one kept outside.
"""

import datetime as dt
import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace

START = "0" * 64
"""What stands for the seal before the first."""
HASH_BYTES = 12
"""Of each row’s SHA-256: 96 bits, which nobody meets by chance or by trying."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A stretch of rows of one kind, in order of their ids."""

    number: int
    """1, 2, 3 and so on without a gap."""
    kind: str
    """Label of the audited model, like `schools.pupil`."""
    columns: tuple[str, ...]
    """The columns that were hashed: a later one is left out when they are hashed again."""
    ids: tuple[int, ...]
    hashes: bytes
    """HASH_BYTES a row, in the order of the ids."""
    sealed_at: dt.datetime
    in_place_of: int | None
    """The seal whose columns a migration took away, where this one covers the same rows."""
    before: str
    """Digest of the seal before, 64 hexadecimal digits."""
    digest: str = ""

    @property
    def by_id(self) -> dict[int, bytes]:
        return dict(zip(self.ids, pieces(self.hashes), strict=True))

    def with_digest(self) -> "Sealed":
        return replace(self, digest=digest_of(self))


def pieces(hashes: bytes) -> list[bytes]:
    return [hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES)]


def digest_of(seal: Sealed) -> str:
    """SHA-256 of the seal’s line without its digest, in hexadecimal digits."""
    return hashlib.sha256(line_of(seal, with_digest=False).encode()).hexdigest()


def line_of(seal: Sealed, *, with_digest: bool = True) -> str:
    """A seal as one line of JSON, as it stands in the copy outside."""
    found = asdict(seal) | {
        "ids": list(stretches(seal.ids)),
        "hashes": b64encode(seal.hashes).decode(),
        "sealed_at": seal.sealed_at.astimezone(dt.UTC).isoformat(),
    }
    if not with_digest:
        del found["digest"]
    return json.dumps(found, sort_keys=True, separators=(",", ":"))


def read_line(line: str) -> Sealed:
    """Raises ValueError where it is no line of a copy."""
    try:
        found = json.loads(line)
        ids = [id_ for first, last in found["ids"] for id_ in range(first, last + 1)]
        seal = Sealed(
            **found
            | {
                "columns": tuple(found["columns"]),
                "ids": tuple(ids),
                "hashes": b64decode(found["hashes"], validate=True),
                "sealed_at": dt.datetime.fromisoformat(found["sealed_at"]),
            }
        )
    except (KeyError, TypeError) as problem:
        raise ValueError(str(problem)) from problem
    if len(seal.hashes) != HASH_BYTES * len(seal.ids):
        raise ValueError("There is not one hash for each row.")
    return seal


def stretches(ids: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Ids in order as first and last of each stretch without a gap."""
    first = last = None
    for id_ in ids:
        if first is None or last is None:
            first = last = id_
        elif id_ == last + 1:
            last = id_
        else:
            yield first, last
            first = last = id_
    if first is not None and last is not None:
        yield first, last


def breaks(seals: Iterable[Sealed]) -> Iterator[tuple[Sealed, str]]:
    """The seals that do not follow from the one before, each with why."""
    number, before = 0, START
    for seal in seals:
        if seal.number != number + 1:
            yield seal, f"it follows seal {number}, so that seals are missing"
        elif seal.before != before:
            yield seal, "it does not follow from the seal before it"
        elif seal.digest != digest_of(seal):
            yield seal, "it is not as it was made"
        number, before = seal.number, seal.digest


def compared(sealed: dict[int, bytes], found: dict[int, bytes]) -> Iterator[tuple[int, str]]:
    """Each row that is not as it was sealed, and whether it was changed, removed or inserted."""
    for id_ in sorted(sealed.keys() | found.keys()):
        if id_ not in found:
            yield id_, "removed"
        elif id_ not in sealed:
            yield id_, "inserted"
        elif found[id_] != sealed[id_]:
            yield id_, "changed"

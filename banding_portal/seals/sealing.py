"""Sealing what was added to the trail since; done twice or by two at once, it does no harm."""

import datetime as dt
import logging
import time
from typing import Any

from django.conf import settings
from django.db import transaction

from banding_portal.audit_trail.events import event_models
from banding_portal.jobs.locks import one_at_a_time
from banding_portal.seals.chain import START, Sealed
from banding_portal.seals.copy import write_missing
from banding_portal.seals.models import Seal
from banding_portal.seals.rows import blocks_of, columns_of, last_older_than, writers

logger = logging.getLogger(__name__)
ROWS = 1_000
"""Of a seal at most: little enough to say which stretch is meant."""
YOUNG = dt.timedelta(minutes=5)
"""Younger events wait: what wrote them may still say more about who did it."""
PATIENCE = 60.0
"""Seconds to wait for those who were writing when sealing began."""
LOCK = 7_265_411


def seal_trail(*, now: dt.datetime, young: dt.timedelta = YOUNG, patience: float = PATIENCE) -> int:
    """How many changes were sealed: those older than `young` that no seal covers.

    An event gets its number before others can see it. So what is to be sealed is settled first,
    and sealed once everybody who was writing then has ended; where somebody does not, later.
    """
    models = event_models()
    up_to = {kind: last_older_than(model, now - young) for kind, model in models.items()}
    if not all_end(writers(), patience):
        logger.warning("The audit trail is not sealed: a transaction goes on for too long")
        return 0
    count = sum(seal_kind(kind, model, up_to[kind], now) for kind, model in models.items())
    keep_outside()
    return count


def all_end(numbers: set[str], patience: float) -> bool:
    until = time.monotonic() + patience
    while numbers & writers():
        if time.monotonic() > until:
            return False
        time.sleep(0.2)
    return True


@transaction.atomic
def seal_kind(kind: str, model: Any, last: int, now: dt.datetime) -> int:
    one_at_a_time(LOCK)
    columns = columns_of(model)
    seal_in_place(kind, model, columns, now)
    newest = Seal.objects.filter(kind=kind, in_place_of=None).order_by("-last_id").first()
    count = 0
    for block in blocks_of(model, columns, newest.last_id if newest else 0, last, ROWS):
        add_seal(kind, columns, block, now)
        count += len(block)
    return count


def seal_in_place(kind: str, model: Any, columns: tuple[str, ...], now: dt.datetime) -> None:
    """Seal again what was sealed with a column that a migration has taken away since.

    The old seal stays in the chain, and says what its rows were.
    """
    replaced = Seal.objects.exclude(in_place_of=None).values("in_place_of")
    old = Seal.objects.filter(kind=kind).exclude(columns__contained_by=list(columns))
    for seal in old.exclude(number__in=replaced):
        ids = set(seal.ids)
        found = blocks_of(model, columns, seal.ids[0] - 1, seal.last_id, ROWS)
        rows = [row for block in found for row in block if row[0] in ids]
        if rows:
            add_seal(kind, columns, rows, now, in_place_of=seal.number)


def add_seal(
    kind: str,
    columns: tuple[str, ...],
    rows: list[tuple[int, bytes]],
    now: dt.datetime,
    in_place_of: int | None = None,
) -> None:
    newest = Seal.objects.order_by("-number").values("number", "digest").first()
    seal = Sealed(
        number=newest["number"] + 1 if newest else 1,
        kind=kind,
        columns=columns,
        ids=tuple(id_ for id_, _ in rows),
        hashes=b"".join(hashed for _, hashed in rows),
        sealed_at=now,
        in_place_of=in_place_of,
        before=newest["digest"] if newest else START,
    ).with_digest()
    Seal.of(seal).save(force_insert=True)


def keep_outside() -> None:
    """The head goes into the log, and every seal into the file of AUDIT_COPY where there is one."""
    newest = Seal.objects.order_by("-number").values("number", "digest").first()
    if newest is None:
        return
    logger.info("Head of the audit trail: seal %(number)s, %(digest)s", newest)
    if settings.AUDIT_COPY:
        try:
            write_missing(settings.AUDIT_COPY)
        except OSError as problem:
            why = problem.strerror
            logger.error("AUDIT_COPY cannot be written: %s", why)  # noqa: TRY400 - no fault of ours

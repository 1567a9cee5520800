"""One child once (rules.md S8, S9): what the matcher finds among pupils with seeded typing errors,
and how long a search takes.

Every kind of error is told with its own recall, those that the rule leaves out included.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random
from statistics import median

from django.db import connection
from django.db.models import Q

from benchmarks.typing_errors import Copies, invented_pupils
from schools.models import Pupil
from schools.selectors.matches import PossibleDuplicate, possible_duplicates
from schools.selectors.pupils import search

PUPILS, FEWER = 50_000, 5_000
WORDS = ("nunez", "otesta", "berlin zoe", "zoe lu", "walesa", "mary-ann", "nobodysname")


def measure_matching(rounds: int) -> Iterator[str]:
    """Yield the report, a line at a time."""
    dice = Random(2026)  # noqa: S311 - the same pupils each time
    invented = invented_pupils(dice, PUPILS)
    Pupil.objects.bulk_create(invented.pupils[:FEWER])
    few = time_of_searches(rounds, search)
    Pupil.objects.bulk_create(invented.pupils[FEWER:], batch_size=5_000)
    Pupil.objects.bulk_create(invented.copies)
    many, plain = time_of_searches(rounds, search), time_of_searches(rounds, plain_search)
    total = Pupil.objects.count()
    yield f"search among {total:,} pupils: {many * 1000:.1f} ms, the median of {len(WORDS)} texts"
    yield f"search among {total:,} ÷ among {FEWER:,}: {many / few:.1f}"
    yield f"the same texts by icontains without folding ÷ search: {plain / many:.1f}"
    start = time.perf_counter()
    found = possible_duplicates()
    yield f"standing check of {total:,} pupils: {time.perf_counter() - start:.1f} s"
    yield from report(found, invented)


def report(found: list[PossibleDuplicate], invented: Copies) -> Iterator[str]:
    pairs = {frozenset((each.one.pk, each.other.pk)) for each in found}
    seeded = Counter(invented.kinds.values())
    right = Counter(kind for pair, kind in invented.kinds.items() if pair in pairs)
    in_reach = [kind for kind in seeded if kind not in invented.out_of_reach]
    yield precision(len(pairs), right.total())
    yield recall("every kind of error", right.total(), seeded.total())
    known, all_known = (sum(counts[kind] for kind in in_reach) for counts in (right, seeded))
    yield recall("the kinds that the rule names", known, all_known)
    for kind in sorted(seeded):
        yield recall(kind, right[kind], seeded[kind])


def precision(found: int, right: int) -> str:
    return f"precision: {right / found:.3f} ({right:,} of {found:,} pairs shown)"


def recall(what: str, right: int, seeded: int) -> str:
    return f"recall, {what}: {right / seeded:.3f} ({right:,} of {seeded:,})"


def time_of_searches(rounds: int, condition: Callable[[str], Q]) -> float:
    """Seconds of the middle one of the texts, each the median of the rounds, as a page asks."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE schools_pupil")
    return median(median(timed(text, condition) for _ in range(rounds)) for text in WORDS)


def timed(text: str, condition: Callable[[str], Q]) -> float:
    start = time.perf_counter()
    found = Pupil.objects.filter(condition(text))
    found.count()
    list(found[:50])
    return time.perf_counter() - start


def plain_search(text: str) -> Q:
    return Q(surname__icontains=text) | Q(forename__icontains=text)

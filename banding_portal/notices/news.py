"""What home shows of what a person was told: of many alike one line."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from banding_portal.notices.models import Notice
from banding_portal.words import short_day

MANY = 3
"""From so many on those of the same words are one line; of one school, page and day
already two."""
SHOWN = 10
NEW_FOR = timedelta(days=1)
"""From when it first stood on home, unless it is opened before."""


@dataclass(frozen=True)
class News:
    """One line, the newest of its notices first."""

    notices: Sequence[Notice]

    @property
    def newest(self) -> Notice:
        return self.notices[0]

    @property
    def is_new(self) -> bool:
        return any(is_new(notice) for notice in self.notices)

    @property
    def about(self) -> str:
        """What tells it from another line of the same words."""
        return self.newest.school

    @property
    def hint(self) -> str:
        """Where and when; of many alike how many there are."""
        where_and_when = [self.newest.school, short_day(self.newest.created_at)]
        first, *rest = [part for part in where_and_when if part]
        if len(self.notices) > 1:
            schools = {notice.school for notice in self.notices} - {""}
            count = f"{len(schools)} schools" if len(schools) > 1 else f"{len(self.notices)} times"
            first = f"{count}, most recently {first}"
        return " · ".join([first, *rest])


def is_new(notice: Notice) -> bool:
    if notice.opened_at is not None:
        return False
    return notice.seen_at is None or timezone.now() - notice.seen_at < NEW_FOR


def line_with(notice: Notice, notices: Sequence[Notice]) -> News:
    """The line of home on which it stands, or one of its own."""
    lines = news_of(notices)
    return next((line for line in lines if notice in line.notices), News([notice]))


def news_of(notices: Sequence[Notice]) -> list[News]:
    """At most SHOWN lines, the newest first."""
    many = Counter(words_of(notice) for notice in notices)
    lines: dict[tuple[str, ...], list[Notice]] = {}
    for notice in notices:
        alike = words_of(notice)
        if many[alike] < MANY:
            alike = (*alike, notice.school, notice.path, short_day(notice.created_at))
        lines.setdefault(alike, []).append(notice)
    return [News(same) for same in lines.values()][:SHOWN]


def words_of(notice: Notice) -> tuple[str, ...]:
    return (notice.kind, notice.title)

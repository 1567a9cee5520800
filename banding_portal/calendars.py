"""Calendar files (RFC 5545): whole days, and what begins at a time. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Event:
    """A whole day in a calendar, or several."""

    uid: str
    title: str
    day: dt.date
    days: int = 1

    @property
    def when(self) -> list[str]:
        end = self.day + dt.timedelta(days=self.days)
        return [f"DTSTART;VALUE=DATE:{self.day:%Y%m%d}", f"DTEND;VALUE=DATE:{end:%Y%m%d}"]

    @property
    def more(self) -> list[str]:
        """Whole days leave the person free."""
        return ["TRANSP:TRANSPARENT"]


@dataclass(frozen=True)
class Meeting:
    """What begins at a time, somewhere."""

    uid: str
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    where: str = ""

    @property
    def when(self) -> list[str]:
        times = {"DTSTART": self.starts_at, "DTEND": self.ends_at}
        return [f"{name}:{time.astimezone(dt.UTC):{STAMP}}" for name, time in times.items()]

    @property
    def more(self) -> list[str]:
        return [f"LOCATION:{escaped(self.where)}"] if self.where else []


def calendar_of(events: Iterable[Event | Meeting], made: dt.datetime, name: str = "") -> str:
    """A calendar file, its lines folded at 75 octets."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Banding portal//EN"]
    if name:
        lines += [f"NAME:{escaped(name)}", f"X-WR-CALNAME:{escaped(name)}"]
    for each in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{each.uid}",
            f"DTSTAMP:{made.astimezone(dt.UTC):{STAMP}}",
            *each.when,
            f"SUMMARY:{escaped(each.title)}",
            *each.more,
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def escaped(text: str) -> str:
    text = " ".join(text.split())
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text


def folded(line: str) -> str:
    """No line longer than 75 octets, and no letter cut in two."""
    pieces: list[str] = []
    piece = ""
    for letter in line:
        room = 75 if not pieces else 74
        if len((piece + letter).encode()) > room:
            pieces.append(piece)
            piece = ""
        piece += letter
    return "\r\n ".join([*pieces, piece])

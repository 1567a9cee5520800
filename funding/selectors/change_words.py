"""Changes in the words of whoever asks why an amount is another now (rules.md F8).

Of a row before and after, as the audit trail keeps it; None for a row that was not there. No name
of a pupil or a school: schools read these.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from banding_portal.words import day, money
from funding.selectors.lines import MADE_BY
from schools.authorities import authority_of
from schools.choices import PlanType, Sector

Row = dict[str, Any]
UNKNOWN_VALUE = "not known yet"


def said_of_placement(before: Row | None, after: Row | None) -> str:
    if before is None or after is None:
        return of_stretch("on roll", before, after)
    if before["start"] != after["start"]:
        return f"on roll from {day(after['start'])} instead of {day(before['start'])}"
    return of_end("left", "stays", "leaving", before["end"], after["end"])


def said_of_plan(before: Row | None, after: Row | None) -> str:
    kind = PlanType((after or before or {})["plan_type"]).label
    if before is None or after is None:
        return of_stretch(kind, before, after)
    if before["start"] != after["start"]:
        return f"{kind} from {day(after['start'])} instead of {day(before['start'])}"
    return of_end(f"{kind} ended", f"{kind} goes on", "ending", before["end"], after["end"])


def of_stretch(what: str, before: Row | None, after: Row | None) -> str:
    if after is None:
        return f"{what} from {day((before or {})['start'])} taken away again"
    until = f" to {day(after['end'])}" if after["end"] else ""
    return f"{what} from {day(after['start'])}{until}"


def of_end(
    ended: str, goes_on: str, ending: str, before: dt.date | None, after: dt.date | None
) -> str:
    if after is None:
        return f"{goes_on}, instead of {ending} on {day(before)}"
    instead = f" instead of {day(before)}" if before else ""
    return f"{ended} on {day(after)}{instead}"


def said_of_decision(row: Row, band: str, in_force: bool) -> str:
    since = day(row["effective_from"])
    if not in_force:
        return f"{band} from {since} does not count any more"
    maker = MADE_BY.get(row["source"], "")
    return f"{band} from {since} by {maker}" if maker else f"{band} from {since}"


def said_of_value(before: Row | None, after: Row | None, band: str) -> str:
    row: Row = after or before or {}
    of_what = f"{band} in {Sector(row['sector']).label.lower()} from {day(row['effective_from'])}"
    if after is None:
        return f"the value of {of_what} taken away"
    what = f"{of_what} is worth {money(after['annual_value'], UNKNOWN_VALUE)} a year"
    return f"{what} instead of {money(before['annual_value'], UNKNOWN_VALUE)}" if before else what


def said_of_rate(row: Row, band: str, is_there: bool) -> str:
    until = f" to {day(row['ends_on'])}" if row["ends_on"] else ""
    what = f"the school’s own rate of {band}, {money(row['annual'])} a year, from "
    what += f"{day(row['starts_on'])}{until}"
    return what if is_there else f"{what} taken away"


def said_of_policy(before: Row | None, after: Row | None, framework: str) -> str:
    row: Row = after or before or {}
    which = f"{framework} pays in {Sector(row['sector']).label.lower()}"
    since = day(row["effective_from"])
    return f"{which} from {since}" if after else f"{which} from {since} no longer"


def said_of_school(before: Row, after: Row) -> str:
    if before["sector"] != after["sector"]:
        now, was = Sector(after["sector"]).label, Sector(before["sector"]).label
        return f"the school’s sector is {now.lower()} instead of {was.lower()}"
    return f"pupils there are {'' if after['is_paid'] else 'not '}paid for"


def said_of_authority(after: Row) -> str:
    return f"{authority_of(after['responsible_la'])} is responsible for the pupil"


def said_of_amount(amount: Decimal, starts_on: dt.date, ends_on: dt.date | None) -> str:
    until = f" to {day(ends_on)}" if ends_on else ""
    return f"{money(amount)} a year agreed beside the band from {day(starts_on)}{until}"


def said_of_school_days(start: dt.date, *, is_own: bool) -> str:
    whose = "the school’s own school days" if is_own else "the school days"
    return f"{whose} of the financial year from {day(start)} put right"


def said_of_protection(row: Row, *, is_there: bool) -> str:
    days = f"{day(row['starts_on'])} to {day(row['ends_on'])}"
    what = f"protection in {Sector(row['sector']).label.lower()} from {days}"
    return what if is_there else f"{what} taken away"

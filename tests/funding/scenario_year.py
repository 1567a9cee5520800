"""A payment calendar of three terms, and a scenario's file given to its command."""

import datetime as dt
import io
import json

from django.core.management import call_command

from banding_portal.commands import RefusedCommandError
from funding.models import PaymentCalendar

TERMS = [
    ("2026-autumn", (2026, 9, 1), (2026, 12, 31), 4),
    ("2027-spring", (2027, 1, 1), (2027, 3, 31), 3),
    ("2027-summer", (2027, 4, 1), (2027, 8, 31), 5),
]


def make_year() -> PaymentCalendar:
    calendar = PaymentCalendar.objects.create(year="2026-27", proration="calendar_days")
    for code, start, end, numerator in TERMS:
        calendar.periods.create(
            code=code, name=code, start=dt.date(*start), end=dt.date(*end),
            count_date=dt.date(*start), numerator=numerator, denominator=12,
        )  # fmt: skip
    return calendar


def command_on(folder, name: str, content: dict):
    """What a command prints for a file; the problems alone where it refuses it."""
    file = folder / "file.json"
    file.write_text(json.dumps(content))
    out = io.StringIO()
    try:
        call_command(name, str(file), "--json", stdout=out, stderr=io.StringIO())
    except RefusedCommandError:
        problems = json.loads(out.getvalue())["problems"]
        return [each if isinstance(each, str) else each["message"] for each in problems]
    return json.loads(out.getvalue())

"""What a file of payments out of the ledger holds (rules.md F22). Pure."""

import re
from dataclasses import dataclass
from decimal import Decimal

from banding_portal.files.cells import Value, shown
from banding_portal.files.columns import Column
from banding_portal.files.kinds import BadValueError, Date, Kind, Pounds, Text
from banding_portal.files.limits import MEGABYTE, Limits

BELOW_ZERO = re.compile(r"^\s*[-−]|^\s*\((.*)\)\s*$|[-−]\s*$")


@dataclass(frozen=True)
class Booked(Kind):
    """An amount as ledgers write it: with a minus before or after it, or in brackets."""

    @property
    def allowed(self) -> str:
        return "an amount in pounds such as 2240.00 or -2240.00"

    def read(self, value: Value) -> Decimal:
        text = shown(value)
        try:
            amount: Decimal = Pounds().read(text.strip(" ()-−"))
        except BadValueError as problem:
            raise BadValueError("This is not", self.allowed) from problem
        return -amount if BELOW_ZERO.search(text) else amount


PAYMENT_LIMITS = Limits(
    noun="file of payments",
    endings=(".csv", ".xlsx"),
    max_bytes=MEGABYTE,
    max_rows=20_000,
    advice="Send the payments in several files.",
)
PAYMENT_COLUMNS = (
    Column(
        "document",
        "document",
        Text(120),
        ("reference",),
        filled=True,
        help="As in the payables file, like 2026-autumn-1-T100.",
    ),
    Column("paid_on", "paid_on", Date(), ("date",), filled=True, said="the day it was paid"),
    Column("amount", "amount", Booked(), filled=True, help="Below zero for a credit note."),
)

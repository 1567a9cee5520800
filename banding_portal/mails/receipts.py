"""What GOV.UK Notify says became of an email (its delivery receipts, “callbacks”)."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from pydantic import BaseModel

from banding_portal.mails.log import sources
from banding_portal.mails.models import MAX_REFUSALS, Sendable
from banding_portal.verbs import verb

WHY = {
    "permanent-failure": "GOV.UK Notify: there is no such address.",
    "temporary-failure": "GOV.UK Notify: the mailbox took nothing for three days. It may be full.",
    "technical-failure": "GOV.UK Notify could not send it.",
}
BOUNCED = "permanent-failure"
DELIVERED = "delivered"


class Receipt(BaseModel):
    """What the portal reads of one; the address in it is not read."""

    reference: str | None
    status: str
    completed_at: dt.datetime | None = None


@verb
def note_receipt(*, receipt: Receipt, now: dt.datetime) -> bool:
    """Keep what became of an email; False where the portal knows none of that number.

    One that was asked for again has another number, and an old receipt changes nothing of it.
    """
    row = row_of(receipt.reference or "")
    if row is None:
        return False
    values = became(receipt, now)
    if values.get("problem") and isinstance(row, Sendable):
        values |= {"refusals": MAX_REFUSALS, "attempts": MAX_REFUSALS}  # nobody tries again
    if values:
        type(row)._default_manager.filter(pk=row.pk).update(**values)
    return True


def row_of(reference: str) -> Any:
    code, _, rest = reference.partition("-")
    source = sources().get(code)
    if source is None:
        return None
    rows = source.rows().model._default_manager
    try:
        row = rows.filter(pk=rest.partition(".")[0]).first()
    except (ValueError, ValidationError):
        return None
    return row if row and row.mail_id == reference else None


def became(receipt: Receipt, now: dt.datetime) -> dict[str, Any]:
    """Fields of the row; none where it is still on its way."""
    if receipt.status == DELIVERED:
        return {"delivered_at": receipt.completed_at or now, "problem": "", "bounced": False}
    why = WHY.get(receipt.status)
    if why is None:
        return {}
    gone = {"sent_at": None, "delivered_at": None, "problem": why}
    return gone | {"bounced": receipt.status == BOUNCED}

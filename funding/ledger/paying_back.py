"""What the ledger has paid, read back from a file: all or nothing (rules.md F22)."""

from collections.abc import Mapping

from banding_portal.files.previews import Change, Figure, New, Preview
from banding_portal.files.tables import Table, TableLine, read_table
from banding_portal.jobs.results import Progress, Result
from banding_portal.words import money, short_day
from funding.ledger.columns import PAYMENT_COLUMNS, PAYMENT_LIMITS
from funding.ledger.models import PayableDocument

Documents = Mapping[str, PayableDocument]


def import_payments(_: Progress, *, filename: str, content: bytes) -> Result:
    """Note when each document was paid and how much; the same file again changes nothing.

    Call it inside a transaction and roll back when the result has issues. An amount other than
    the document’s is a warning: the ledger knows what it paid.
    """
    table = read_table(filename, content, PAYMENT_COLUMNS, PAYMENT_LIMITS)
    numbers = {line.text("document") for line in table.lines}
    locked = PayableDocument.objects.select_for_update().filter(number__in=numbers).order_by("pk")
    documents = {document.number: document for document in locked}
    first: dict[str, TableLine] = {}
    for line in table.lines:
        check_document(line, documents, first)
    if table.issues:
        return Result(issues=table.issues)
    other = [
        line.note(
            "amount", f"The payables file has {money(document.amount)} for it.", "Is this right?"
        )
        for line in table.lines
        if line["amount"] != (document := documents[line["document"]]).amount
    ]
    return Result(warnings=[*table.warnings, *other], preview=save(table, documents).as_dict())


def check_document(line: TableLine, documents: Documents, first: dict[str, TableLine]) -> None:
    number = line.text("document")
    if not number:
        return
    if number not in documents:
        line.refuse("document", "No payables file that was made has this document.")
    elif first.setdefault(number, line) is not line:
        line.refuse("document", f"Row {first[number].number} already has this document.")


def save(table: Table, documents: Documents) -> Preview:
    new, changes, saved = [], [], []
    for line in table.lines:
        document = documents[line["document"]]
        now = f"{money(line['amount'])} on {short_day(line['paid_on'])}"
        if document.paid_on is None:
            new.append(New(document.number, now))
        elif (document.paid_on, document.paid_amount) == (line["paid_on"], line["amount"]):
            continue
        else:
            was = f"{money(document.paid_amount)} on {short_day(document.paid_on)}"
            changes.append(Change(document.number, "paid", was, now))
        document.paid_on, document.paid_amount = line["paid_on"], line["amount"]
        saved.append(document)
    PayableDocument.objects.bulk_update(saved, ["paid_on", "paid_amount"])
    rows = len(table.lines)
    return Preview(
        figures=[
            Figure("payments", "Payments read", rows),
            Figure("created", "New", len(new)),
            Figure("updated", "Changed", len(changes)),
            Figure("unchanged", "Unchanged", rows - len(saved)),
        ],
        new=new,
        changes=changes,
        ignored=table.headings.ignored,
    )

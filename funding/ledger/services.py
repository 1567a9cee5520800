"""Keeping the ledger's codes, and making its files of a published run (F18)."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.utils import timezone

from banding_portal.refusals import RefusalError
from banding_portal.verbs import verb
from banding_portal.words import counted
from funding.choices import LedgerFileKind, RunState
from funding.ledger.files import document_of, journal_file, payables_file
from funding.ledger.layouts import LAYOUTS, OWN, Columns, Layout
from funding.ledger.models import (
    LedgerCode,
    LedgerFile,
    LedgerSetup,
    OwnLayout,
    PayableDocument,
)
from funding.ledger.rules import (
    ZERO,
    Instalment,
    JournalLine,
    Settled,
    instalments_of,
    problems_of,
    problems_of_dates,
    total_of,
)
from funding.ledger.selectors import LedgerEntries, as_json, entries_of, resting_on
from funding.models import Run
from schools.models import School, User

NAMED = 5
NO_OWN = "Say on “Your own layout” first which columns your ledger takes."


@verb
def set_ledger_code(
    *, section: str, sector: str, cost_centre: str, subjective: str, by: User
) -> LedgerCode:
    """Say where something is booked; the code it had before is replaced."""
    account = {"cost_centre": cost_centre.strip(), "subjective": subjective.strip()}
    code, _ = LedgerCode.objects.update_or_create(section=section, sector=sector, defaults=account)
    return code


@verb
def remove_ledger_code(*, code: LedgerCode, by: User) -> None:
    """Files that were made with it stay."""
    code.delete()


@verb
def set_up_ledger(
    *,
    layout: str,
    contra_cost_centre: str,
    contra_subjective: str,
    vat_code: str,
    carries: bool,
    by: User,
) -> LedgerSetup:
    """Raises RefusalError where the columns of the authority's own layout are not said yet."""
    if layout == OWN and not OwnLayout.objects.exists():
        raise RefusalError(NO_OWN, field="layout")
    wanted = {
        "layout": layout,
        "contra_cost_centre": contra_cost_centre.strip(),
        "contra_subjective": contra_subjective.strip(),
        "vat_code": vat_code.strip(),
        "carries": carries,
    }
    setup, _ = LedgerSetup.objects.update_or_create(is_the_one=True, defaults=wanted)
    return setup


@verb
def set_own_layout(
    *, delimiter: str, day: str, journal: Columns, payables: Columns, by: User
) -> OwnLayout:
    """The columns of the authority's own ledger; files that were made stay as they are."""
    wanted = {"delimiter": delimiter, "day": day, "journal": journal, "payables": payables}
    own, _ = OwnLayout.objects.update_or_create(is_the_one=True, defaults=wanted)
    return own


def layout_of(setup: LedgerSetup) -> Layout:
    return OwnLayout.objects.get().layout if setup.layout == OWN else LAYOUTS[setup.layout]


@verb
def make_ledger_files(
    *, run: Run, posting_date: dt.date, by: User, pay_dates: Sequence[dt.date] = ()
) -> list[LedgerFile]:
    """The journal and the payables of a published run, kept as they are made; those made before
    are replaced. Payees are paid in as many parts as there are pay dates, without any on the
    posting date.

    Raises RefusalError for a run that can still change, without codes, where the files do not
    prove themselves against the control total, and where the ledger has paid some of those before.
    """
    pay_dates = checked_dates(pay_dates, posting_date)
    locked = Run.objects.select_for_update(of=("self",)).select_related("period").get(pk=run.pk)
    if locked.state != RunState.PUBLISHED:
        raise RefusalError("Ledger files are made of a published run: this one can still change.")
    setup = LedgerSetup.objects.first()
    if setup is None:
        raise RefusalError("Say on “Ledger codes” first how your ledger takes files.")
    entries = proven_entries(locked, setup)
    refuse_another_debt(locked, entries.settled)
    refuse_paid(locked)
    layout = layout_of(setup)
    parts = instalments_of(entries.settled.paid, pay_dates)
    runs = {str(each.pk): each for each in Run.objects.select_related("period")}
    payables = payables_as_file(entries.settled, parts)
    name = f"payables-{of(locked)}.csv"
    payables.set_file(name, payables_file(runs, parts, setup, layout, posting_date))
    files = [journal_as_file(locked, entries.journal, layout, posting_date), payables]
    LedgerFile.objects.filter(run=locked).delete()
    for file in files:
        file.run, file.posting_date = locked, posting_date
        file.made_by, file.made_at = by, timezone.now()
        file.save(force_insert=True)
    PayableDocument.objects.bulk_create(documents_of(payables, runs, parts))
    return files


def checked_dates(pay_dates: Sequence[dt.date], posting_date: dt.date) -> list[dt.date]:
    """Those that were given, or the posting date. Raises RefusalError where they make no sense."""
    if problems := list(problems_of_dates(pay_dates, posting_date)):
        raise RefusalError(*problems, field="pay_dates")
    return list(pay_dates) or [posting_date]


def documents_of(
    file: LedgerFile, runs: Mapping[str, Run], parts: Iterable[Instalment]
) -> list[PayableDocument]:
    """A row a document, whatever schools and codes it has."""
    found: dict[str, PayableDocument] = {}
    for part in parts:
        number = document_of(runs[part.booked.run], part)
        document = found.setdefault(
            number,
            PayableDocument(
                file=file,
                number=number,
                payee=part.booked.payee,
                payee_name=part.booked.payee_name,
                pay_date=part.pay_date,
                amount=ZERO,
            ),
        )
        document.amount += part.booked.amount
    return [document for document in found.values() if document.amount]


def refuse_paid(run: Run) -> None:
    """Raise RefusalError where the ledger has paid some of the files made before."""
    paid = PayableDocument.objects.filter(file__run=run, paid_on__isnull=False).count()
    if paid:
        raise RefusalError(
            f"The ledger has paid {counted(paid, 'document')} of these files, so they stay as they "
            "are."
        )


def proven_entries(run: Run, setup: LedgerSetup) -> LedgerEntries:
    entries = entries_of(run, setup)
    if entries.missing:
        named = "; ".join(entries.missing[:NAMED])
        more = len(entries.missing) - NAMED
        rest = f"; and {counted(more, 'school')} more" if more > 0 else ""
        raise RefusalError(f"There is no ledger code for {named}{rest}.")
    if problems := list(problems_of(entries.journal, entries.settled, run.control_total)):
        raise RefusalError(*problems)
    return entries


def refuse_another_debt(run: Run, settled: Settled) -> None:
    """Raise RefusalError where the files of a later run took along what these would not carry."""
    made = LedgerFile.objects.filter(run=run, kind=LedgerFileKind.PAYABLES).first()
    later = resting_on(run)
    before = made.waiting if made else []
    if later and before != [as_json(each) for each in settled.carried]:
        raise RefusalError(
            f"The files of {later.run} are made already and took along what was carried on to it. "
            "Files of this run could only be made with the same debts."
        )


def journal_as_file(run: Run, lines: list[JournalLine], layout: Layout, day: dt.date) -> LedgerFile:
    debit = sum((line.debit for line in lines), ZERO)
    file = LedgerFile(kind=LedgerFileKind.JOURNAL, lines=len(lines), total=debit)
    file.set_file(f"journal-{of(run)}.csv", journal_file(run, lines, layout, day))
    return file


def payables_as_file(settled: Settled, parts: Sequence[Instalment]) -> LedgerFile:
    """With all that is known of it but its bytes."""
    return LedgerFile(
        kind=LedgerFileKind.PAYABLES,
        lines=sum(1 for part in parts if part.booked.amount),
        pay_dates=sorted({part.pay_date.isoformat() for part in parts}),
        total=settled.total,
        waiting=[as_json(each) for each in settled.carried],
        carried=total_of(settled.carried),
        brought=total_of(settled.brought),
    )


def of(run: Run) -> str:
    return f"{run.period.code}-run-{run.sequence}"


@verb
def set_payees(*, references: Mapping[str, str], by: User) -> int:
    """Say by URN under which reference schools are paid from the next calculation on; returns how
    many changed. What is published stays as it was.
    """
    schools = School.objects.select_for_update().filter(urn__in=references).order_by("pk")
    changed = 0
    for school in schools:
        if school.payee_reference != references[school.urn]:
            school.payee_reference = references[school.urn]
            school.save(update_fields=["payee_reference"])
            changed += 1
    return changed

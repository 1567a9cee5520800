"""What a published run books where, from its stored lines and the authority's codes (F18)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from banding_portal.search import found_by
from funding.choices import PAID_KINDS, LedgerFileKind
from funding.ledger.models import LedgerCode, LedgerFile, LedgerSetup, PayableDocument
from funding.ledger.rules import (
    ZERO,
    Account,
    Booked,
    CodeRule,
    JournalLine,
    Settled,
    account_for,
    journal_of,
    settle,
)
from funding.models import Run
from funding.section_251 import LINES, MAINTAINED, section_251_line
from funding.selectors.remittances import PAYEE
from schools.models import School, User

NOWHERE = Account("", "")
UNKNOWN = "Providers whose type is not known"


@dataclass(frozen=True, slots=True)
class LedgerEntries:
    """A run as its ledger files hold it; `missing` says for whom there is no code."""

    journal: list[JournalLine]
    settled: Settled
    missing: list[str]


def code_rules() -> list[CodeRule]:
    return [
        CodeRule(code.section, code.sector, Account(code.cost_centre, code.subjective))
        for code in LedgerCode.objects.all()
    ]


def entries_of(run: Run, setup: LedgerSetup) -> LedgerEntries:
    """The journal of maintained schools, what all others are paid, and what has no code."""
    own = booked_by(run)
    journal = [each for each in own if each.section == MAINTAINED]
    payables = [each for each in own if each.section != MAINTAINED]
    contra = Account(setup.contra_cost_centre, setup.contra_subjective)
    nowhere = [each for each in own if each.account == NOWHERE]
    return LedgerEntries(
        journal=journal_of(journal, contra),
        settled=settle(brought_to(run), payables, carries=setup.carries),
        missing=sorted({f"{LINES.get(each.section, UNKNOWN)}: {each.school}" for each in nowhere}),
    )


def brought_to(run: Run) -> list[Booked]:
    """What the last files that were made of a run published before carried on."""
    files = LedgerFile.objects.filter(
        kind=LedgerFileKind.PAYABLES, run__published_at__lt=run.published_at
    )
    last = files.order_by("-run__published_at").values_list("waiting", flat=True).first()
    return [from_json(row) for row in last or ()]


def resting_on(run: Run) -> LedgerFile | None:
    """The first payables made of a run published later, which took along what was carried."""
    files = LedgerFile.objects.filter(
        kind=LedgerFileKind.PAYABLES, run__published_at__gt=run.published_at
    )
    return files.select_related("run__period").order_by("run__published_at").first()


def as_json(booked: Booked) -> dict[str, Any]:
    return asdict(booked) | {"amount": str(booked.amount)}


def from_json(row: dict[str, Any]) -> Booked:
    return Booked(**row | {"account": Account(**row["account"]), "amount": Decimal(row["amount"])})


def booked_by(run: Run) -> list[Booked]:
    """What a run books, a row a school and account, with the codes of today."""
    rules = code_rules()
    lines = run.lines.filter(kind__in=PAID_KINDS).order_by().annotate(paid_to=PAYEE)
    fields = ("type_code", "type_group_code", "sector", "urn", "school_name", "paid_to")
    rows = lines.values_list(*fields).annotate(total=Sum("amount"))
    booked = []
    for code, group, sector, urn, school, payee, total in rows.order_by(
        "school_name", "urn", "sector"
    ):
        section = section_251_line(code, group, sector)
        account = account_for(rules, section, sector) or NOWHERE
        booked.append(Booked(section, payee, school, urn, school, account, total, str(run.pk)))
    return list(_joined(booked))


def _joined(booked: list[Booked]) -> Iterator[Booked]:
    """A row a school and account, whatever sectors lie behind it."""
    sums: dict[tuple[str, Account], Decimal] = defaultdict(Decimal)
    first: dict[tuple[str, Account], Booked] = {}
    for each in booked:
        key = each.urn, each.account
        sums[key] += each.amount
        first.setdefault(key, each)
    for key, each in first.items():
        yield Booked(
            *(each.section, each.payee, each.payee_name, each.urn, each.school, each.account),
            amount=sums[key],
            run=each.run,
        )


def files_of(run: Run, user: User) -> list[LedgerFile]:
    """Those that were made, without their bytes."""
    files = LedgerFile.objects.visible_to(user).filter(run=run)
    return list(files.select_related("made_by").defer("content"))


@dataclass(frozen=True, slots=True)
class Payments:
    """The documents of a run's payables, in pounds, and those that the ledger has paid."""

    documents: int
    amount: Decimal
    paid: int
    paid_amount: Decimal


def documents_of_run(run: Run, user: User) -> QuerySet[PayableDocument]:
    documents = PayableDocument.objects.visible_to(user).filter(file__run=run)
    return documents.order_by("pay_date", "number")


def payments_of(run: Run, user: User) -> Payments:
    """One query."""
    of_run = PayableDocument.objects.visible_to(user).filter(file__run=run).order_by()
    found = of_run.aggregate(
        documents=Count("pk"),
        amount=Sum("amount", default=ZERO),
        paid=Count("pk", filter=Q(paid_on__isnull=False)),
        paid_amount=Sum("paid_amount", default=ZERO),
    )
    return Payments(**found)


def schools_with_payees(user: User, text: str = "") -> QuerySet[School]:
    """Schools by name, URN or payee reference; what pupils have without a school has its own."""
    schools = School.objects.visible_to(user).filter(arrangement="").order_by("name", "urn")
    if text := text.strip():
        named = found_by(text, "folded") | Q(name__icontains=text)
        schools = schools.filter(named | Q(urn=text) | Q(payee_reference__iexact=text))
    return schools

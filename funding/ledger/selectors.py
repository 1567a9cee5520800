"""What a published run books where, from its stored lines and the authority's codes (F18)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from banding_portal.search import found_by
from funding.choices import PAID_KINDS, RunState
from funding.ledger.models import LedgerCode, LedgerFile, LedgerSetup
from funding.ledger.rules import (
    Account,
    Booked,
    CodeRule,
    JournalLine,
    Settled,
    account_for,
    journal_of,
    settle,
)
from funding.models import Line, Run
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
    runs = booked_by_run(run)
    own = runs[-1]
    journal = [each for each in own if each.section == MAINTAINED]
    payables = [[each for each in one if each.section != MAINTAINED] for one in runs]
    contra = Account(setup.contra_cost_centre, setup.contra_subjective)
    settled = settle(payables, carries=setup.carries)
    nowhere = [each for each in (*own, *settled.paid) if each.account == NOWHERE]
    return LedgerEntries(
        journal=journal_of(journal, contra),
        settled=settled,
        missing=sorted({f"{LINES.get(each.section, UNKNOWN)}: {each.school}" for each in nowhere}),
    )


def booked_by_run(run: Run) -> list[list[Booked]]:
    """What each run published up to this one books, in that order; this one is the last."""
    published = Run.objects.filter(state=RunState.PUBLISHED, published_at__lte=run.published_at)
    earlier = list(published.exclude(pk=run.pk).order_by("published_at", "sequence"))
    runs = {each.pk: each for each in [*earlier, run]}
    rules, found = code_rules(), defaultdict(list)
    for row in _rows(list(runs)):
        section = section_251_line(row["type_code"], row["type_group_code"], row["sector"])
        of = runs[row["run_id"]]
        found[of.pk].append(
            Booked(
                section=section,
                payee=row["paid_to"],
                payee_name=row["school_name"],
                urn=row["urn"],
                school=row["school_name"],
                account=account_for(rules, section, row["sector"]) or NOWHERE,
                amount=row["total"],
                run=str(of.pk),
            )
        )
    return [list(_joined(found[pk])) for pk in runs]


def _rows(runs: list[UUID]) -> Iterator[dict[str, Any]]:
    lines = Line.objects.filter(run__in=runs, kind__in=PAID_KINDS).order_by()
    fields = ("type_code", "type_group_code", "sector", "urn", "school_name", "paid_to")
    grouped = lines.annotate(paid_to=PAYEE).values("run_id", *fields).annotate(total=Sum("amount"))
    yield from grouped.order_by("school_name", "urn", "sector")


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


def schools_with_payees(user: User, text: str = "") -> QuerySet[School]:
    """Schools by name, URN or payee reference; what pupils have without a school has its own."""
    schools = School.objects.visible_to(user).filter(arrangement="").order_by("name", "urn")
    if text := text.strip():
        named = found_by(text, "folded") | Q(name__icontains=text)
        schools = schools.filter(named | Q(urn=text) | Q(payee_reference__iexact=text))
    return schools

"""What a run becomes in a ledger: codes, a journal that balances, payables (F18). Pure; pounds."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from funding.calculation.money import part_of

ZERO = Decimal("0.00")
MOST_DATES = 12


@dataclass(frozen=True, slots=True)
class Account:
    """Where money is booked."""

    cost_centre: str
    subjective: str


@dataclass(frozen=True, slots=True)
class CodeRule:
    """The account of a section 251 line in a sector; an empty one stands for every one."""

    section: str
    sector: str
    account: Account

    def fits(self, section: str, sector: str) -> bool:
        return self.section in ("", section) and self.sector in ("", sector)


@dataclass(frozen=True, slots=True)
class Booked:
    """What a school is paid on an account. `payee` is who gets it, `pupils` are those paid for."""

    section: str
    payee: str
    payee_name: str
    urn: str
    school: str
    account: Account
    amount: Decimal
    run: str = ""
    """Of the run it comes from, like 2026-autumn-1."""


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One side of the journal; exactly one of the two amounts is above zero."""

    account: Account
    debit: Decimal
    credit: Decimal
    urn: str
    what: str

    @property
    def signed(self) -> Decimal:
        """Above zero for a debit."""
        return self.debit - self.credit


def account_for(rules: Sequence[CodeRule], section: str, sector: str) -> Account | None:
    """The account of the rule that says most, a sector before a section; None without one."""
    fitting = [rule for rule in rules if rule.fits(section, sector)]
    best = max(fitting, key=lambda rule: (rule.sector != "", rule.section != ""), default=None)
    return best.account if best else None


def journal_of(booked: Iterable[Booked], contra: Account) -> list[JournalLine]:
    """A line a school and account, and one for the other side of them all; debits equal credits.

    What is taken back on an account is a credit. An account that comes to nothing has no line.
    """
    lines = [
        _line(each.account, each.amount, each.urn, each.school) for each in booked if each.amount
    ]
    total = sum((line.signed for line in lines), ZERO)
    if total:
        lines.append(_line(contra, -total, "", "Other side of this journal"))
    return lines


def _line(account: Account, amount: Decimal, urn: str, what: str) -> JournalLine:
    return JournalLine(account, max(amount, ZERO), max(-amount, ZERO), urn, what)


@dataclass(frozen=True, slots=True)
class Settled:
    """What a run has to pay on, payee by payee, what it carries on, and what was carried to it."""

    paid: tuple[Booked, ...]
    carried: tuple[Booked, ...]
    brought: tuple[Booked, ...]

    @property
    def total(self) -> Decimal:
        return total_of(self.paid)


def total_of(booked: Iterable[Booked]) -> Decimal:
    return sum((each.amount for each in booked), ZERO)


def settle(brought: Sequence[Booked], own: Sequence[Booked], *, carries: bool) -> Settled:
    """What a run has to pay, with what the files of the run before carried on to it.

    A payee who owes more than is paid gets a credit note, or, where the authority `carries` such
    debts, nothing now: all of it goes with what the next run pays, until that comes to more.
    """
    by_payee: dict[str, list[Booked]] = {}
    for each in (*brought, *own):
        by_payee.setdefault(each.payee, []).append(each)
    held = {payee for payee, rows in by_payee.items() if carries and total_of(rows) < 0}
    every = [each for rows in by_payee.values() for each in rows]
    return Settled(
        paid=tuple(each for each in every if each.payee not in held),
        carried=tuple(each for each in every if each.payee in held),
        brought=tuple(brought),
    )


@dataclass(frozen=True, slots=True)
class Instalment:
    """What of a row is paid on a day; `number` counts from 1, 0 where all is paid at once."""

    booked: Booked
    pay_date: dt.date
    number: int


def instalments_of(paid: Sequence[Booked], pay_dates: Sequence[dt.date]) -> list[Instalment]:
    """Each payee’s rows in equal parts, the pennies that are left in the last, day by day. They add
    up to the rows. Who owes more than is paid has a credit note whole on the first day.
    """
    owing = {each.payee for each in paid}
    owing = {payee for payee in owing if total_of(e for e in paid if e.payee == payee) < 0}
    parts = []
    for place, day in enumerate(pay_dates):
        for each in paid:
            if each.payee in owing and place == 0:
                parts.append(Instalment(each, day, 0))
            elif each.payee not in owing:
                number = place + 1 if len(pay_dates) > 1 else 0
                share = part_of(each.amount, place, len(pay_dates))
                parts.append(Instalment(replace(each, amount=share), day, number))
    return parts


def problems_of_dates(pay_dates: Sequence[dt.date], posting: dt.date) -> Iterator[str]:
    if len(pay_dates) > MOST_DATES:
        yield f"There can be {MOST_DATES} pay dates at most."
    if sorted(set(pay_dates)) != list(pay_dates):
        yield "Give the pay dates in order, each once."
    elif pay_dates and pay_dates[0] < posting:
        yield "A pay date cannot lie before the posting date."


def problems_of(
    journal: Sequence[JournalLine], settled: Settled, control: Decimal
) -> Iterator[str]:
    """Sentences where the files do not prove themselves against the control total."""
    debit = sum((line.debit for line in journal), ZERO)
    credit = sum((line.credit for line in journal), ZERO)
    if debit != credit:
        yield f"The journal does not balance: £{debit:,.2f} and £{credit:,.2f}."
    by_school = sum((line.signed for line in journal if line.urn), ZERO)
    own = settled.total + total_of(settled.carried) - total_of(settled.brought)
    if by_school + own != control:
        yield (
            f"The journal has £{by_school:,.2f} and the payables £{own:,.2f} of this run, but its "
            f"control total is £{control:,.2f}."
        )

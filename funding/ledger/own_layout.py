"""A layout of ledger files as an authority writes it: a column a line (rules.md F18). Pure.

“GL date: posting date” is a column with a heading and what stands under it; what stands between
quotation marks is the same on every line.
"""

from collections.abc import Iterable, Iterator

from banding_portal.folding import fold
from funding.ledger.layouts import FIXED, Columns

MOST_COLUMNS, LONGEST = 40, 60
QUOTES = {'"': '"', "“": "”", "'": "'", "‘": "’"}
COMMON = {
    "posting date": "date",
    "cost centre": "cost_centre",
    "subjective code": "subjective",
    "amount below zero for a credit": "signed",
    "amount without a sign": "unsigned",
    "description": "description",
    "run": "reference",
    "URN": "urn",
}
JOURNAL_WORDS = COMMON | {"debit": "debit", "credit": "credit", "D or C": "side"}
PAYABLE_WORDS = COMMON | {
    "payee reference": "supplier",
    "payee name": "supplier_name",
    "document number": "document",
    "INV or CRN": "kind",
    "pay date": "pay_date",
    "VAT code": "vat",
}
ENOUGH = "amount below zero for a credit"
JOURNAL_AMOUNTS = (("signed",), ("debit", "credit"), ("unsigned", "side"))
PAYABLE_AMOUNTS = (("signed",), ("unsigned", "kind"))
NEEDED_IN_JOURNAL = ("date", "cost_centre", "subjective")
NEEDED_IN_PAYABLES = ("supplier", "document")


def read_journal(text: str) -> tuple[Columns, list[str]]:
    """The columns of a journal, and every problem as a sentence."""
    columns, problems = _read(text, JOURNAL_WORDS)
    facts = {fact for _, fact in columns}
    lacking = [*_lacking(facts, NEEDED_IN_JOURNAL, JOURNAL_WORDS)]
    if not _has_one_of(facts, JOURNAL_AMOUNTS):
        ways = "“debit” and “credit”, or “amount without a sign” and “D or C”"
        lacking.append(f"“{ENOUGH}”, or {ways}")
    return columns, problems or _said(lacking)


def read_payables(text: str) -> tuple[Columns, list[str]]:
    """The columns of payables, and every problem as a sentence. The document number is needed: by
    it a payment is known again.
    """
    columns, problems = _read(text, PAYABLE_WORDS)
    facts = {fact for _, fact in columns}
    lacking = [*_lacking(facts, NEEDED_IN_PAYABLES, PAYABLE_WORDS)]
    if not _has_one_of(facts, PAYABLE_AMOUNTS):
        lacking.append(f"“{ENOUGH}”, or “amount without a sign” and “INV or CRN”")
    return columns, problems or _said(lacking)


def written(columns: Iterable[tuple[str, str]], words: dict[str, str]) -> str:
    """Columns as they are typed, to be changed again."""
    names = {fact: word for word, fact in words.items()}
    return "\n".join(f"{heading}: {_shown(fact, names)}" for heading, fact in columns)


def _shown(fact: str, names: dict[str, str]) -> str:
    return f"“{fact.removeprefix(FIXED)}”" if fact.startswith(FIXED) else names[fact]


def _read(text: str, words: dict[str, str]) -> tuple[Columns, list[str]]:
    known = {fold(word): fact for word, fact in words.items()}
    columns: list[tuple[str, str]] = []
    problems: list[str] = []
    for place, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        heading, colon, what = (part.strip() for part in line.partition(":"))
        fact = _fixed(what) or known.get(fold(what), "")
        if not colon or not heading:
            problems.append(f"Line {place}: write a heading, a colon and what stands under it.")
        elif len(heading) > LONGEST:
            problems.append(f"Line {place}: the heading is longer than {LONGEST} characters.")
        elif heading in dict(columns):
            problems.append(f"Line {place}: the heading “{heading}” is there twice.")
        elif not fact:
            problems.append(f"Line {place}: “{what[:LONGEST]}” is nothing that can stand there.")
        else:
            columns.append((heading, fact))
    if len(columns) > MOST_COLUMNS:
        problems.append(f"There are more than {MOST_COLUMNS} columns.")
    return tuple(columns), problems


def _fixed(what: str) -> str:
    """Text between quotation marks, marked as such; empty where it is none."""
    if len(what) < 2 or QUOTES.get(what[0]) != what[-1]:
        return ""
    return f"{FIXED}{what[1:-1][:LONGEST]}"


def _lacking(facts: set[str], needed: Iterable[str], words: dict[str, str]) -> Iterator[str]:
    names = {fact: word for word, fact in words.items()}
    return (f"“{names[fact]}”" for fact in needed if fact not in facts)


def _has_one_of(facts: set[str], ways: Iterable[tuple[str, ...]]) -> bool:
    return any(facts.issuperset(way) for way in ways)


def _said(lacking: list[str]) -> list[str]:
    return [f"A column is missing for {each}." for each in lacking]

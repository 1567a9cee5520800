"""Why what is paid for a pupil, or a school, is another amount than a term before (rules.md F9).
Pure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from funding.calculation.money import in_pounds

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilTerm:
    """What a run pays for a pupil at a school, in pounds, and on what: the band and annual value of
    the last days paid, the days out of those of the term. Nothing at all where it has no lines.
    """

    band: str = ""
    annual: Decimal | None = None
    days: int = 0
    period_days: int = 0
    share: str = ""
    """Of the year, like 4/12; empty where school days say it."""
    allocation: Decimal = ZERO
    exceptional: Decimal = ZERO
    protection: Decimal = ZERO
    adjustment: Decimal = ZERO
    for_school: Decimal = ZERO
    recovery: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        beside = self.exceptional + self.protection + self.adjustment
        return self.allocation + beside + self.for_school + self.recovery


def why_different(was: PupilTerm, now: PupilTerm) -> list[str]:
    """Each thing that is another one, as a short phrase; days and the term's own share last."""
    reasons = []
    if now.days and not was.days:
        reasons.append("Joined")
    elif was.days and not now.days:
        reasons.append("Left")
    elif was.days:
        reasons += _band_and_value(was, now)
    reasons += [
        f"{name} {in_pounds(after)}, before {in_pounds(before)}"
        for name, before, after in (
            ("Exceptional amount", was.exceptional, now.exceptional),
            ("Protection", was.protection, now.protection),
            ("Adjustments", was.adjustment, now.adjustment),
            ("Lump sums and minimum", was.for_school, now.for_school),
            ("Recovery by instalments", was.recovery, now.recovery),
        )
        if before != after
    ]
    if was.days and now.days and (_part(was) or _part(now)):
        reasons.append(f"{_days(now)}, before {_days(was)}")
    if was.share and now.share and was.share != now.share and was.total != now.total:
        reasons.append(f"The term is {now.share} of a year, before {was.share}")
    elif not reasons and was.total != now.total:
        reasons.append("The term’s share of the year")
    return reasons


def difference_sentence(
    *,
    school: str,
    term: str,
    before_term: str,
    before: Decimal,
    now: Decimal,
    steps: Iterable[tuple[str, Decimal]],
) -> str:
    """“Alderbrook Primary School is paid £1,220.00 for Spring term 2027, £305.00 less than the
    £1,525.00 for Autumn term 2026: joiners +£…, leavers −£….”
    """
    change = now - before
    head = f"{school} is paid {in_pounds(now)} for {term}"
    if not change:
        return f"{head}, as much as for {before_term}."
    more = "more" if change > 0 else "less"
    head += f", {in_pounds(abs(change))} {more} than the {in_pounds(before)} for {before_term}"
    moved = [f"{label} {_signed(amount)}" for label, amount in steps if amount]
    return f"{head}: {_in_a_row(moved)}." if moved else f"{head}."


def _band_and_value(was: PupilTerm, now: PupilTerm) -> list[str]:
    if was.band != now.band:
        return [f"{now.band}, before {was.band}"]
    if was.annual == now.annual:
        return []
    return [f"{now.band} is worth {_worth(now.annual)} a year, before {_worth(was.annual)}"]


def _worth(annual: Decimal | None) -> str:
    return "an unknown amount" if annual is None else in_pounds(annual)


def _part(term: PupilTerm) -> bool:
    return term.days != term.period_days


def _days(term: PupilTerm) -> str:
    if not _part(term):
        return f"all {term.period_days} days"
    return f"{term.days} of {term.period_days} days"


def _signed(amount: Decimal) -> str:
    return in_pounds(amount) if amount < 0 else f"+{in_pounds(amount)}"


def _in_a_row(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))

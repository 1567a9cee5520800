"""The results of a sample in words and figures, as pages show them (M7)."""

from dataclasses import dataclass

from banding_portal.pictures.squares import Squares, squares
from banding_portal.words import MINUS, UNBROKEN, counted, number, percent
from moderation.agreement import Agreement, Kappa
from moderation.estimate import Estimate
from moderation.group_rows import (
    NOT_DEFINED,
    UNDER_FIVE,
    GroupRow,
    PairRow,
    bias_words,
    count_words,
    pairs_of,
)
from moderation.selectors.progress import Progress
from moderation.selectors.results import Group, Results

SHADES = 4
MATRIX_TOLD = (
    "Rows are the moderator’s bands. The larger a square, the more cases. On the framed diagonal "
    "both chose the same band; below it the moderator’s is the higher one, above it the school’s. "
    "The table has the figures."
)


COEFFICIENTS = {
    "kappa": "Cohen’s kappa",
    "linear_weighted_kappa": "Linear weighted kappa",
    "quadratic_weighted_kappa": "Quadratic weighted kappa",
    "ac1": "Gwet’s AC1",
    "ac2": "Gwet’s AC2, linear weights",
}


@dataclass(frozen=True)
class MatrixCell:
    text: str
    shade: int
    """0 for none to 4 for the fullest."""
    agrees: bool
    school: str
    """The school's band, which a phone shows beside the count."""


@dataclass(frozen=True)
class MatrixRow:
    band: str
    cells: list[MatrixCell]


def share(value: float | None) -> str:
    return NOT_DEFINED if value is None else percent(value)


def kappa_words(kappa: Kappa | None) -> str:
    """0.71 (0.55 to 0.88)"""
    if kappa is None:
        return NOT_DEFINED
    return f"{kappa.value:.2f} ({kappa.low:.2f} to {kappa.high:.2f})"


def signed(pounds: int) -> str:
    """+£1,200, −£300, £0"""
    sign = f"+{UNBROKEN}" if pounds > 0 else MINUS if pounds < 0 else ""
    return f"{sign}£{abs(pounds):,}"


def seen_words(value: float | None, shown: bool) -> str:
    return share(value) if shown else UNDER_FIVE


def share_words(estimate: Estimate | None) -> str:
    """61.9% (95% interval 54.0% to 69.2%)"""
    if estimate is None:
        return NOT_DEFINED
    value, low, high = (percent(each) for each in estimate.shares)
    return f"{value} (95% interval {low} to {high})"


class ShownResults:
    """Every figure as it is."""

    def __init__(self, results: Results) -> None:
        self.results = results
        self.agreement = results.agreement
        self.bands = results.bands

    @property
    def n(self) -> int:
        return self.agreement.n

    def parts(self, agreement: Agreement) -> list[int | None]:
        """Cases that agree, moderator higher, moderator lower."""
        return [*rows_of(agreement)]

    def may_show_shares(self, agreement: Agreement) -> bool:
        return True

    @property
    def may_show_within_one(self) -> bool:
        return True

    @property
    def may_show_coefficients(self) -> bool:
        """Also what the annual effect tells: both depend on every cell of the matrix."""
        return True

    def possible(self, name: str) -> tuple[float, float] | None:
        """Between what a hidden coefficient lies; none is hidden here."""
        return None

    @property
    def hidden_words(self) -> str:
        """What hidden counts of the matrix come to."""
        return ""

    def counts(self) -> list[list[int | None]]:
        return [list(row) for row in self.agreement.matrix]

    @property
    def shares(self) -> list[tuple[str, str]]:
        """Label and figure, for the figures on top."""
        shown = self.may_show_shares(self.agreement)
        return [
            ("Cases counted", count_words(self.n)),
            ("The same band, of these", seen_words(self.agreement.exact_agreement, shown)),
            (
                "Within one band, of these",
                seen_words(self.agreement.within_one, self.may_show_within_one),
            ),
        ]

    @property
    def weighted(self) -> list[tuple[str, str]]:
        """Of all decisions: each case counts as many as it stands for (M7)."""
        shown = self.may_show_shares(self.agreement)
        results = self.results
        kinds = (
            ("The same band, of all decisions", results.weighted_exact, shown),
            (
                "Within one band, of all decisions",
                results.weighted_within_one,
                self.may_show_within_one,
            ),
        )
        return [(label, share_words(found) if may else UNDER_FIVE) for label, found, may in kinds]

    @property
    def kappas(self) -> list[tuple[str, str]]:
        return [(label, self.coefficient(name)) for name, label in COEFFICIENTS.items()]

    def coefficient(self, name: str) -> str:
        return kappa_words(getattr(self.agreement, name))

    @property
    def directions(self) -> list[dict[str, object]]:
        """Rows of a bar chart."""
        labels = ("Same band", "Moderator higher", "Moderator lower")
        return [
            {"label": label, "value": count or 0, "text": count_words(count)}
            for label, count in zip(labels, self.parts(self.agreement), strict=True)
        ]

    @property
    def bias(self) -> str:
        """Whether the moderator's band is the higher one more often than chance would have it."""
        if None in self.parts(self.agreement):
            return UNDER_FIVE
        return bias_words(self.agreement, self.results.population)

    @property
    def rows(self) -> list[MatrixRow]:
        counts = self.counts()
        most = max((count or 0 for row in counts for count in row), default=0)
        return [
            MatrixRow(
                band,
                [
                    MatrixCell(
                        count_words(count), shade_of(count, most), row == column, self.bands[column]
                    )
                    for column, count in enumerate(counts[row])
                ],
            )
            for row, band in enumerate(self.bands)
        ]

    @property
    def matrix_picture(self) -> Squares:
        return squares(self.bands, self.counts())

    @property
    def matrix_told(self) -> str:
        """What the picture of the matrix shows, and what a question mark in it is."""
        hidden = any(None in row for row in self.counts())
        return MATRIX_TOLD + (" A question mark is a hidden count." if hidden else "")

    @property
    def groups(self) -> list[tuple[str, list[GroupRow]]]:
        """Heading and rows of each breakdown."""
        return [
            (heading, [self.group_row(group) for group in groups])
            for heading, groups in self.results.groups.items()
        ]

    @property
    def areas(self) -> list[GroupRow]:
        return [self.group_row(group) for group in self.results.areas]

    @property
    def pairs(self) -> list[PairRow]:
        """Quadrants side by side: whether schools and moderators agree alike in each."""
        return pairs_of([(one.label, one.same) for one in self.results.groups.get("Quadrant", [])])

    def group_row(self, group: Group) -> GroupRow:
        """The share weighted by the design with its interval, where it is known."""
        agreement, same = group.agreement, group.same
        share, low, high = same.shares if same else (agreement.exact_agreement, None, None)
        _, higher, lower = self.parts(agreement)
        return GroupRow(group.label, agreement.n, share, low, high, higher, lower)

    @property
    def estimate(self) -> str:
        """Decisions that would change in the whole population, with the 95 % interval."""
        estimate = self.results.estimate
        if estimate is None:
            return ""
        around = f"{estimate.value:,.0f} (95% interval {estimate.low:,.0f} to {estimate.high:,.0f})"
        left = f" {number(estimate.left_out)} more are in strata without a judged case."
        return f"{around} of {number(estimate.covered)}." + (left if estimate.left_out else "")

    @property
    def estimate_label(self) -> str:
        """Named apart as long as a judged case is not settled: those settle late."""
        standing = "Final" if self.results.is_final else "Provisional"
        return f"{standing}: decisions that would change if all were moderated"

    @property
    def effect(self) -> str:
        """£12,340 more a year (95% interval …), at today's values."""
        effect = self.results.effect
        if effect is None:
            if without := self.results.unvalued:
                return f"{NOT_DEFINED}: in {counted(without, 'case')} a band has no value"
            return f"{NOT_DEFINED}: no band of this framework has a value"
        between = (
            "no change has been seen, so there is no interval"
            if effect.low is None or effect.high is None
            else f"95% interval {signed(effect.low)} to {signed(effect.high)}"
        )
        without = self.results.unvalued
        left = f" {number(without)} cases are left out: a band has no value." if without else ""
        return f"{signed(effect.value)} a year ({between}), at today’s values.{left}"

    @property
    def so_far(self) -> str:
        """What the provisional estimate rests on; empty when it is final."""
        results = self.results
        if results.is_final or results.estimate is None:
            return ""
        return (
            f"Settled so far: {number(results.settled)}, changed: {number(results.changed)}. "
            f"Judged and not settled: {number(results.unsettled)}, counted by the judgement."
        )

    @property
    def twice(self) -> str:
        if not self.results.twice:
            return ""
        agreed, twice = number(self.results.twice_agreed), number(self.results.twice)
        return f"Two moderators chose the same band in {agreed} of {twice} cases judged twice."

    @property
    def across(self) -> str:
        """Of those judged twice: whether quadrants judge alike."""
        across = self.results.across
        if not across:
            return ""
        same = f"{number(self.results.across_agreed)} of {number(across)}"
        return f"Where the second one moderates another quadrant they did so in {same}."


def rows_of(agreement: Agreement) -> tuple[int, int, int]:
    higher, lower = agreement.moderator_higher, agreement.moderator_lower
    return agreement.n - higher - lower, higher, lower


def shade_of(count: int | None, most: int) -> int:
    return -(-count * SHADES // most) if count and most else 0


def bars_of(groups: list[Progress]) -> list[dict[str, object]]:
    """Rows of a bar chart: the share judged of each group."""
    return [{"label": one.label, "value": one.share, "text": one.text} for one in groups]


def interval_words(half_width: float | None) -> str:
    """± 2.1 points, of a share in percent."""
    return NOT_DEFINED if half_width is None else f"± {half_width * 100:.1f} points"

"""The results of a sample as they may be published: small counts hidden (M7)."""

from banding_portal.disclosure import is_safe, suppressed
from banding_portal.words import in_a_row, number
from moderation.agreement import Agreement
from moderation.group_rows import UNDER_FIVE, GroupRow, PairRow
from moderation.possible import possible_range
from moderation.publication import Row, hidden_rows, published_matrix, published_sizes
from moderation.selectors.results import Group, Results
from moderation.tables import ShownResults, rows_of

PUBLISHED_GROUPS = ("Quadrant", "Sector")
WIDEST = 0.5
"""Between limits farther apart a coefficient tells nothing."""


class PublishedResults(ShownResults):
    """The same for publication: counts under 5 hidden, and what would give them away (M7).

    Moderators are left out: a list of people with their figures is not for publication. Bands are
    the columns of the matrix, which is shown or hidden by itself.
    """

    def __init__(self, results: Results) -> None:
        super().__init__(results)
        self.matrix = published_matrix(self.agreement.matrix)

    def parts(self, agreement: Agreement) -> list[int | None]:
        if agreement is self.agreement:
            return self.matrix.directions
        return super().parts(agreement)

    def may_show_shares(self, agreement: Agreement) -> bool:
        """How many agree is told, whether or not those that differ are told apart."""
        return self.matrix.directions[0] is not None

    @property
    def told_apart(self) -> bool:
        """Whether cases with the moderator's band higher are told from those with it lower."""
        return None not in self.matrix.directions

    @property
    def may_show_within_one(self) -> bool:
        return self.matrix.within_one

    @property
    def may_show_coefficients(self) -> bool:
        return all(None not in row for row in self.matrix.cells)

    def counts(self) -> list[list[int | None]]:
        return self.matrix.cells

    def possible(self, name: str) -> tuple[float, float] | None:
        """What the published counts alone tell of a coefficient that has hidden ones in it."""
        found = possible_range(self.matrix, self.n, name)
        return found if found and found[1] - found[0] <= WIDEST else None

    def coefficient(self, name: str) -> str:
        if self.may_show_coefficients:
            return super().coefficient(name)
        found = self.possible(name)
        if found is None:
            return UNDER_FIVE
        return f"from {found[0]:.2f} to {found[1]:.2f}, by the counts published here"

    @property
    def hidden_words(self) -> str:
        """What the hidden counts of the matrix come to, which the totals tell anyway."""
        if not self.told_apart and self.matrix.directions[0] is not None:
            left = self.n - self.matrix.directions[0]
            return f"Beside the diagonal are {number(left)} cases together, in hidden counts."
        labels = ("where both chose the same band", "with the moderator’s higher",
                  "with the school’s higher")  # fmt: skip
        size = range(len(self.matrix.cells))
        parts = []
        for sign, label, total in zip((0, 1, -1), labels, self.matrix.directions, strict=True):
            own = [self.matrix.cells[r][c] for r in size for c in size if (r > c) - (r < c) == sign]
            if None in own and total is not None:
                left = total - sum(count or 0 for count in own)
                parts.append(f"{number(left)} {label}")
        return f"The hidden counts come to {in_a_row(parts)}." if parts else ""

    @property
    def groups(self) -> list[tuple[str, list[GroupRow]]]:
        shown = {h: self.results.groups.get(h, []) for h in PUBLISHED_GROUPS}
        found = {heading: self.published_rows(groups) for heading, groups in shown.items()}
        return [(heading, rows) for heading, rows in found.items() if rows]

    @property
    def areas(self) -> list[GroupRow]:
        return []

    @property
    def pairs(self) -> list[PairRow]:
        return []

    def published_rows(self, groups: list[Group]) -> list[GroupRow]:
        """Empty where the breakdown cannot be published. Where directions are hidden, cases that
        differ are one count.
        """
        rows = [self.row_of(group.agreement) for group in groups]
        hidden = hidden_rows(rows)
        if hidden is None or not self.may_show_shares(self.agreement):
            hidden = set(range(len(rows)))
        sizes, hidden = published_sizes(rows, hidden)
        if hidden == set(range(len(rows))) or not is_safe([sum(row) for row in rows], sizes):
            return []
        found = [
            self.published_row(group, size, hidden=place in hidden)
            for place, (group, size) in enumerate(zip(groups, sizes, strict=True))
        ]
        return [*found, *together([rows[place] for place in sorted(hidden)])]

    def row_of(self, agreement: Agreement) -> Row:
        same, *differing = rows_of(agreement)
        return (same, *differing) if self.told_apart else (same, sum(differing))

    def published_row(self, group: Group, size: int | None, *, hidden: bool) -> GroupRow:
        """Of the cases as they are: weights would tell how they fall on bands."""
        if hidden:
            return GroupRow(group.label, size, None, None, None, None, None)
        _, higher, lower = self.parts(group.agreement) if self.told_apart else [None] * 3
        same = group.agreement.exact_agreement
        return GroupRow(group.label, size, same, None, None, higher, lower)

    @property
    def so_far(self) -> str:
        return ""

    @property
    def estimate(self) -> str:
        """Hidden with the weighted shares: what would change is what is left of them."""
        told = super().estimate
        return told if self.may_show_shares(self.agreement) or not told else UNDER_FIVE

    @property
    def effect(self) -> str:
        return super().effect if self.may_show_coefficients else UNDER_FIVE

    @property
    def twice(self) -> str:
        results = self.results
        told = suppressed([results.twice_agreed, results.twice - results.twice_agreed])
        return "" if None in told else super().twice

    @property
    def across(self) -> str:
        """Too few ever to be published."""
        return ""


def together(rows: list[Row]) -> list[GroupRow]:
    """The hidden groups as one: what the totals less the groups shown tell anyway."""
    if not rows:
        return []
    same, *differing = (sum(column) for column in zip(*rows, strict=True))
    higher, lower = differing if len(differing) > 1 else (None, None)
    cases = same + sum(differing)
    label = f"{number(len(rows))} hidden, together"
    return [GroupRow(label, cases, same / cases, None, None, higher, lower)]
